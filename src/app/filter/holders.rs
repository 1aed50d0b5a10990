//! The filter of buckets and queues.

use super::grammar::{Property, ValueKind};
use super::query::Filter;
use crate::domain::fold::fold;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HolderProperty {
    Region,
}

impl Property for HolderProperty {
    const ALL: &'static [(&'static str, Self)] = &[("region", Self::Region)];

    fn value(self, _value: &str) -> ValueKind {
        ValueKind::Known
    }
}

impl Filter<HolderProperty> {
    /// Whether a bucket or queue of this name in this region matches.
    pub(crate) fn lets_holder(&self, name: &str, region: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let (name, region) = (fold(name), fold(region));
        self.lets(|term| {
            let in_region = region.contains(&term.text);
            in_region || term.property.is_none() && name.contains(&term.text)
        })
    }
}
