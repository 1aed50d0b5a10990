//! What is known of a request.

use std::collections::BTreeMap;

/// What is known of a request: condition keys and their values, for instance
/// `aws:PrincipalArn`. The case of a key does not matter (AWS documentation).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Context {
    known: BTreeMap<String, Vec<String>>,
    open: bool,
}

impl Context {
    /// Nothing is known.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Nothing is known, and what is not told may have any value or none: what depends on it is then
    /// not understood ([`Evaluation::not_understood`](super::Evaluation)), under the key's name.
    pub(crate) fn open() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// With one more value of a key.
    #[must_use]
    pub(crate) fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.known.entry(key.to_lowercase()).or_default().push(value.into());
        self
    }

    /// The values of a key; `None` if the request has none.
    pub(super) fn values(&self, key: &str) -> Option<&[String]> {
        self.known.get(&key.to_lowercase()).map(Vec::as_slice)
    }

    /// Whether what is not told may have any value or none.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn one(&self, key: &str) -> Option<&str> {
        self.values(key)?.first().map(String::as_str)
    }
}
