//! What a service is asked, whatever the protocol.

use std::collections::BTreeMap;
use std::fmt;

use axum::http::request::Parts;
use serde_json::{Map, Value};

use crate::emulator::refusal::Refusal;

#[derive(Clone, Default, PartialEq)]
pub(crate) struct Input(pub(super) Map<String, Value>);

/// Names only: the values may hold addresses and codes.
impl fmt::Debug for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl Input {
    #[cfg(test)]
    pub(crate) fn of(value: Value) -> Self {
        match value {
            Value::Object(members) => Self(members),
            _ => Self::default(),
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn member<'a, T>(&'a self, name: &str, read: impl Fn(&'a Value) -> Option<T>) -> Result<Option<T>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(Refusal::serialization),
        }
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        self.member(name, Value::as_str)
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.member(name, Value::as_i64)
    }

    pub(crate) fn structure(&self, name: &str) -> Result<Option<Self>, Refusal> {
        self.member(name, |value| value.as_object().cloned().map(Self))
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Option<Vec<&str>>, Refusal> {
        self.member(name, |value| value.as_array()?.iter().map(Value::as_str).collect())
    }

    pub(crate) fn map(&self, name: &str) -> Result<Option<Vec<(&str, &str)>>, Refusal> {
        self.member(name, |value| {
            value.as_object()?.iter().map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect()
        })
    }

    /// A list of a form: `NAME.member.1`, `NAME.member.2` and so on, with any zeros before the number (captured).
    /// `MalformedInput` if one is missing or not a number (captured).
    pub(crate) fn members(&self, name: &str) -> Result<Vec<&str>, Refusal> {
        let prefix = format!("{name}.member.");
        let mut numbered = BTreeMap::new();
        for (key, value) in &self.0 {
            let Some(number) = key.strip_prefix(&prefix) else { continue };
            let number: usize = number.parse().map_err(|_| Refusal::malformed())?;
            numbered.insert(number, value.as_str().ok_or_else(Refusal::serialization)?);
        }
        if numbered.keys().copied().eq(1..=numbered.len()) {
            Ok(numbered.into_values().collect())
        } else {
            Err(Refusal::malformed())
        }
    }

    /// `MalformedInput` if it does not fit into 32 bits (captured).
    pub(crate) fn digits(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let number = |text: &str| text.parse::<i32>().map(i64::from).map_err(|_| Refusal::malformed());
        self.text(name)?.map(number).transpose()
    }
}

pub(super) fn header<'a>(head: &'a Parts, name: &str) -> Option<&'a str> {
    head.headers.get(name)?.to_str().ok()
}
