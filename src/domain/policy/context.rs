//! What is known of a request.

use std::collections::BTreeMap;

/// What is known of a request: condition keys and their values. The case of a key does not matter (AWS documentation).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Context {
    known: BTreeMap<String, Vec<String>>,
    open: bool,
}

impl Context {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Any other key may have any value or none: what depends on it is not understood ([`super::Evaluation`]).
    pub(crate) fn open() -> Self {
        Self { open: true, ..Self::default() }
    }

    #[must_use]
    pub(crate) fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.known.entry(key.to_lowercase()).or_default().push(value.into());
        self
    }

    /// The values of a key; `None` if the request has none.
    pub(super) fn values(&self, key: &str) -> Option<&[String]> {
        self.known.get(&key.to_lowercase()).map(Vec::as_slice)
    }

    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn one(&self, key: &str) -> Option<&str> {
        self.values(key)?.first().map(String::as_str)
    }
}
