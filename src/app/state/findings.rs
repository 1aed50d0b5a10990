//! What the listings showed to have changed and nobody has read yet.

use std::collections::{HashMap, HashSet};

use crate::domain::account::AccountId;
use crate::domain::finding::{Difference, DifferenceKind, Finding};

#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    /// Most serious first, and of each kind the oldest.
    all: Vec<Finding>,
    places: HashMap<AccountId, Vec<usize>>,
}

impl Findings {
    /// Most serious first.
    pub(crate) fn all(&self) -> &[Finding] {
        &self.all
    }

    /// Most serious first.
    pub(crate) fn of(&self, account: AccountId) -> impl Iterator<Item = &Finding> {
        self.places.get(&account).into_iter().flatten().filter_map(|place| self.all.get(*place))
    }

    pub(crate) fn kinds_of(&self, account: AccountId) -> FoundKinds {
        let mut kinds = FoundKinds::default();
        for finding in self.of(account) {
            match finding.difference {
                Difference::Email { .. } => kinds.email = true,
                Difference::New => kinds.new = true,
                Difference::Gone => kinds.gone = true,
                Difference::State { .. } => kinds.state = true,
            }
        }
        kinds
    }

    /// Returns whether there are new ones among them.
    pub(in crate::app) fn set(&mut self, mut findings: Vec<Finding>) -> bool {
        let known: HashSet<i64> = self.all.iter().map(|finding| finding.id).collect();
        let fresh = findings.iter().any(|finding| !known.contains(&finding.id));
        findings.sort_by_key(|finding| (finding.difference.kind(), finding.id));
        self.places.clear();
        for (place, finding) in findings.iter().enumerate() {
            self.places.entry(finding.account).or_default().push(place);
        }
        self.all = findings;
        fresh
    }

    pub(in crate::app) fn forget(&mut self, read: &[i64]) {
        let read: HashSet<&i64> = read.iter().collect();
        let mut left = std::mem::take(&mut self.all);
        left.retain(|finding| !read.contains(&finding.id));
        self.set(left);
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a set of four")]
pub(crate) struct FoundKinds {
    /// Somebody else changed its address.
    pub(crate) email: bool,
    pub(crate) new: bool,
    pub(crate) gone: bool,
    pub(crate) state: bool,
}

impl FoundKinds {
    /// The values of `found:` in a filter.
    pub(crate) const WORDS: &'static [&'static str] = &["yes", "no", "email", "new", "gone", "state"];

    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }

    pub(crate) fn hold(self, value: &str) -> bool {
        let kinds = [
            (DifferenceKind::Email, self.email),
            (DifferenceKind::New, self.new),
            (DifferenceKind::Gone, self.gone),
            (DifferenceKind::State, self.state),
        ];
        match value {
            "y" | "ye" | "yes" | "true" | "on" => self.any(),
            "no" | "false" | "off" => !self.any(),
            word => kinds.iter().any(|(kind, there)| *there && kind.as_str().starts_with(word)),
        }
    }
}
