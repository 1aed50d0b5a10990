//! The columns of view 1: which are shown, and which one the rows are sorted by.

use std::collections::BTreeSet;

pub(crate) use crate::domain::account_column::AccountColumn as Column;

/// The optional columns that a person chose; `None` leaves it to the width of the screen.
pub(crate) type ChosenColumns = Option<BTreeSet<Column>>;
