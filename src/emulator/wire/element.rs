//! Pieces of XML.

use std::borrow::Cow;

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    name: &'static str,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Text(String),
    Elements(Vec<Element>),
}

impl Element {
    pub(crate) fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, content: Content::Text(text.into()) }
    }

    /// A list as awsQuery writes it: each entry is a `<member>`.
    pub(crate) fn list<'a>(name: &'static str, entries: impl IntoIterator<Item = &'a str>) -> Self {
        let members = entries.into_iter().map(|text| Self::text("member", text));
        Self { name, content: Content::Elements(members.collect()) }
    }

    pub(crate) fn nested(name: &'static str, inside: Vec<Self>) -> Self {
        Self { name, content: Content::Elements(inside) }
    }

    /// As [`Element::list`], of structures.
    pub(crate) fn structures(name: &'static str, entries: impl IntoIterator<Item = Vec<Self>>) -> Self {
        Self::nested(name, entries.into_iter().map(|entry| Self::nested("member", entry)).collect())
    }

    /// `<entry>`s with `<key>` and `<value>`.
    pub(crate) fn map(name: &'static str, entries: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let entry = |(key, value)| Self::nested("entry", vec![Self::text("key", key), Self::text("value", value)]);
        Self::nested(name, entries.into_iter().map(entry).collect())
    }

    /// In whole seconds, as IAM and STS tell it.
    pub(crate) fn time(name: &'static str, at: Timestamp) -> Self {
        let seconds = Timestamp::from_second(at.as_second()).unwrap_or(at);
        Self::text(name, seconds.to_string())
    }

    pub(super) fn xml(&self) -> String {
        let name = self.name;
        let inside = match &self.content {
            Content::Text(text) => escaped(text),
            Content::Elements(elements) => Cow::Owned(elements.iter().map(Self::xml).collect()),
        };
        format!("<{name}>{inside}</{name}>")
    }
}

pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;");
    Cow::Owned(escaped)
}

/// As IAM has the policies inside its answers.
pub(crate) fn encoded(text: &str) -> String {
    const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(text, ENCODED).to_string()
}
