//! What else the journal has that a read may show instead of the change that is looked for.

use super::sought::{Sought, What};
use super::verdict::ROUNDING;
use crate::domain::journal::{JournalEntry, JournalOutcome};

/// Later changes of the same thing that AWS may have accepted, and those just before `entry` that look the same.
pub(crate) fn later(entry: &JournalEntry, sought: &Sought, journal: &[JournalEntry]) -> Vec<Sought> {
    let hides = |other: &JournalEntry| {
        let close = other.id < entry.id && other.operation == entry.operation && other.at + ROUNDING >= entry.at;
        (other.id > entry.id || close) && may_be_taken(other)
    };
    journal.iter().filter(|other| hides(other)).map(Sought::of).filter(|other| sought.shares_with(other)).collect()
}

/// What is looked for to learn what came of `entry`. An account also gets its new address by an acceptance from before a
/// start, or by that of an earlier start to the same address, so the address says nothing about such a start.
pub(crate) fn sought_in(entry: &JournalEntry, journal: &[JournalEntry]) -> Sought {
    let sought = Sought::of(entry);
    let What::Start(account, Some(new)) = &sought.what else { return sought };
    let leads_there = |other: &JournalEntry| match Sought::of(other).what {
        What::Start(of, address) | What::Accept(of, address) => {
            of == *account && address.as_ref().is_none_or(|address| address == new)
        }
        _ => false,
    };
    let before = |other: &&JournalEntry| other.id < entry.id && may_be_taken(other);
    if journal.iter().filter(before).any(leads_there) {
        Sought { what: What::Start(*account, None), ..sought }
    } else {
        sought
    }
}

fn may_be_taken(entry: &JournalEntry) -> bool {
    !matches!(entry.outcome, JournalOutcome::Refused | JournalOutcome::Failed)
}
