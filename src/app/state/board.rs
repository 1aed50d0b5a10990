//! View 2: the email changes known from the store and from AWS.

use crate::app::derived::Derived;
use crate::app::filter::Filter;
use crate::app::histogram::Histogram;
use crate::app::list::{List, Motion};
use crate::domain::account::AccountId;

#[derive(Clone, Debug, Default)]
pub(crate) struct Board {
    pub(crate) list: List<AccountId>,
    pub(crate) filter: Filter,
    pub(crate) reading: bool,
    pub(crate) top: usize,
    pub(crate) open: usize,
    pub(crate) alarms: usize,
    /// How many changes are known, whatever the filter.
    pub(crate) known: usize,
    /// The widths of the new addresses on it.
    pub(crate) new_addresses: Histogram,
    /// Whether a row was chosen: until then the first one is.
    pub(in crate::app) chosen: bool,
    /// The accounts, the changes, the minute, and whether the rows are on screen.
    pub(in crate::app) derived: Derived<(u64, u64, i64, bool)>,
}

impl Board {
    pub(in crate::app) fn mark_dirty(&mut self) {
        self.derived.invalidate();
    }

    pub(crate) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.chosen = true;
            self.top = 0;
            self.list.go(motion);
        }
    }
}
