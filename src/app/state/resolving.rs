//! Changes with an unknown outcome: reported at the start, checked by reading.

use std::collections::BTreeMap;

use crate::domain::remote_data::RemoteData;
use crate::domain::resolution::Doubt;

#[derive(Clone, Debug, Default)]
pub(crate) struct Unresolved {
    /// How many of them are recent.
    pub(crate) count: usize,
    pub(in crate::app) resolving: RemoteData<()>,
    /// Why the result of an entry can't be known, as far as it was checked.
    pub(in crate::app) doubts: BTreeMap<i64, Doubt>,
    /// Whether the number was reported.
    pub(in crate::app) reported: bool,
    /// Whether the first results were reported.
    pub(in crate::app) announced: bool,
    /// Whether a timer for checking again runs.
    pub(in crate::app) look_due: bool,
}

impl Unresolved {
    /// Drops those with an outcome by now: from a read in their account, or from another program.
    pub(in crate::app) fn forget_ended(&mut self, ended: impl Iterator<Item = i64>) {
        let known = ended.filter(|entry| self.doubts.remove(entry).is_some()).count();
        self.count = self.count.saturating_sub(known);
    }
}
