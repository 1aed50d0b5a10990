//! View 2: the email changes known from the store and from AWS.

use crate::app::derived::Derived;
use crate::app::filter::Filter;
use crate::app::histogram::Histogram;
use crate::app::list::{ListPane, OwnRows};
use crate::domain::account::AccountId;

#[derive(Clone, Debug, Default)]
pub(crate) struct Widths {
    /// Of the accounts that are listed.
    pub(crate) names: Histogram,
    pub(crate) old_addresses: Histogram,
    pub(crate) new_addresses: Histogram,
    /// How many of the accounts are not listed.
    pub(crate) unlisted: usize,
    /// How many changes have no known new address.
    pub(crate) unaddressed: usize,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Board {
    pub(crate) pane: ListPane<AccountId>,
    pub(crate) own: OwnRows<AccountId>,
    pub(crate) filter: Filter,
    pub(crate) open: usize,
    pub(crate) alarms: usize,
    /// How many were started elsewhere, or failed.
    pub(crate) dangers: usize,
    /// How many changes are known, whatever the filter.
    pub(crate) known: usize,
    /// Of how many of these it is not known whether there is a change.
    pub(crate) unread: usize,
    /// The accounts that these are of, in no order.
    pub(crate) changing: Vec<AccountId>,
    /// The widths of what it shows, whatever the filter.
    pub(crate) widths: Widths,
    /// The accounts, the changes, the minute, and whether the rows are on screen.
    pub(in crate::app) derived: Derived<(u64, u64, i64, bool)>,
}
