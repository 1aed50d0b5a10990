//! Changes that have no known end: told at the start, looked for by reading.

use std::collections::BTreeMap;

use crate::domain::remote_data::RemoteData;
use crate::domain::resolution::Doubt;

/// What is known of the changes that have no known end.
#[derive(Clone, Debug, Default)]
pub struct Unresolved {
    /// How many there are of the last days.
    pub count: usize,
    /// Looking what became of them.
    pub(in crate::app) resolving: RemoteData<()>,
    /// Why it can't be told what became of an entry, as far as that was looked for.
    pub(in crate::app) doubts: BTreeMap<i64, Doubt>,
    /// Whether it was said how many there are.
    pub(in crate::app) told: bool,
    /// Whether it was said what was found out about them first.
    pub(in crate::app) announced: bool,
    /// Whether a timer for looking again runs.
    pub(in crate::app) look_due: bool,
}

impl Unresolved {
    /// Why it can't be told what became of an entry, as far as that was looked for.
    #[must_use]
    pub fn doubt(&self, entry: i64) -> Option<Doubt> {
        self.doubts.get(&entry).cloned()
    }

    /// Lets go of those that have an end by now: a look into their account has told it, or another program.
    pub(in crate::app) fn forget_ended(&mut self, ended: impl Iterator<Item = i64>) {
        let known = ended.filter(|entry| self.doubts.remove(entry).is_some()).count();
        self.count = self.count.saturating_sub(known);
    }
}
