//! The filter of the accounts, in views 1 to 3.

use std::fmt::{self, Write};

use super::account_property::AccountProperty;
use super::grammar::{Term, Word};
use super::query::Filter;
use crate::app::state::findings::FoundKinds;
use crate::app::state::root_state::RootFacts;
use crate::domain::account::{AccountId, AccountState};
use crate::domain::finding::DifferenceKind;
use crate::domain::fold::fold;
use crate::domain::root_finding::RootFinding;

const YES: [&str; 3] = ["yes", "true", "on"];
const NO: [&str; 3] = ["no", "false", "off"];

/// The texts of an account, folded once for comparing. `Debug` leaves the text out.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct AccountText {
    /// Id, name, emails and path, each on a line of its own, so that no word matches across two of
    /// them.
    all: String,
    /// Where name, emails and path begin in `all`.
    name: usize,
    emails: usize,
    path: usize,
}

impl fmt::Debug for AccountText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountText({} bytes)", self.all.len())
    }
}

impl AccountText {
    /// `path` is the path of organizational units.
    pub(crate) fn of(id: AccountId, name: &str, emails: &[&str], path: &str) -> Self {
        let mut all = String::with_capacity(18 + name.len() + path.len() + emails.first().map_or(0, |one| one.len()));
        // Writing to a string does not fail.
        let _ = writeln!(all, "{id}");
        let name_at = all.len();
        all.push_str(&fold(name));
        all.push('\n');
        let emails_at = all.len();
        for email in emails {
            all.push_str(&fold(email));
            all.push('\t');
        }
        all.push('\n');
        let path_at = all.len();
        all.push_str(&fold(path));
        Self { all, name: name_at, emails: emails_at, path: path_at }
    }

    fn part(&self, from: usize, to: usize) -> &str {
        self.all.get(from..to).unwrap_or_default().trim_end_matches('\n')
    }

    fn id(&self) -> &str {
        self.part(0, self.name)
    }

    pub(crate) fn name(&self) -> &str {
        self.part(self.name, self.emails)
    }

    pub(crate) fn emails(&self) -> &str {
        self.part(self.emails, self.path)
    }

    pub(crate) fn path(&self) -> &str {
        self.part(self.path, self.all.len())
    }
}

pub(crate) struct AccountFacts<'a, F> {
    pub(crate) text: &'a AccountText,
    pub(crate) state: &'a AccountState,
    /// Computed only where a term needs it.
    pub(crate) beside: F,
}

impl Filter<AccountProperty> {
    pub(crate) fn lets_account<'a>(&self, facts: &AccountFacts<'_, impl Fn() -> Beside<'a>>) -> bool {
        self.lets(|term| has(term, facts))
    }

    /// Whether it matches only what `before` matches: one that was typed on. `false` also where that is not easily seen.
    pub(crate) fn narrows(&self, before: &Self) -> bool {
        if self.problem().is_some() || before.problem().is_some() || self.words.len() < before.words.len() {
            return false;
        }
        let Some((last, others)) = before.words.split_last() else { return true };
        let (ours, rest) = self.words.split_at(others.len());
        let longer = rest.first().is_some_and(|word| match (plain(last), plain(word)) {
            (Some(short), Some(long)) => long.starts_with(short) && written_id(long).is_none(),
            _ => word == last,
        });
        ours == others && longer
    }

    /// Whether it depends on something that changes without the listing.
    pub(crate) fn asks_beside(&self) -> bool {
        self.asks_for(&[AccountProperty::Pending, AccountProperty::Found, AccountProperty::Root, AccountProperty::Org])
    }
}

/// The text of a word that only has to be anywhere.
fn plain(word: &Word<AccountProperty>) -> Option<&str> {
    match word.any.as_slice() {
        [term] if !word.excludes && term.property.is_none() => Some(&term.text),
        _ => None,
    }
}

fn has<'a>(term: &Term<AccountProperty>, facts: &AccountFacts<'_, impl Fn() -> Beside<'a>>) -> bool {
    use AccountProperty as P;
    let (text, value) = (facts.text, term.text.as_str());
    match term.property {
        None => term.is_in(&text.all) || written_id(value).is_some_and(|id| text.id().contains(&id)),
        Some(P::Id) => term.is_in(text.id()),
        Some(P::Name) => term.is_in(text.name()),
        Some(P::Email) => text.emails().split('\t').any(|email| term.is_in(email)),
        Some(P::Domain) => {
            let domain = |email: &str| email.rsplit_once('@').is_some_and(|(_, domain)| term.is_in(domain));
            text.emails().split('\t').any(domain)
        }
        // With a slash it is a path from the top; one at its end ends the name.
        Some(P::Path) if value.contains('/') => {
            let path = text.path();
            path.starts_with(value) || value.strip_suffix('/') == Some(path)
        }
        Some(P::Path) => term.is_in(text.path()),
        Some(P::State) => fold(facts.state.as_str()).starts_with(value),
        Some(P::Pending) => is_pending((facts.beside)().pending, value),
        Some(P::Org) => (facts.beside)().organization.iter().any(|name| fold(name).contains(value)),
        Some(P::Found) => is_found(&(facts.beside)(), value),
        Some(P::Root) => (facts.beside)().root.hold(value),
    }
}

/// A change that AWS was not asked about is neither pending nor not.
fn is_pending(pending: Option<bool>, value: &str) -> bool {
    match pending {
        _ if value.is_empty() => true,
        Some(true) => YES.contains(&value) || "yes".starts_with(value),
        Some(false) => NO.contains(&value) || "no".starts_with(value),
        None => "unknown".starts_with(value),
    }
}

/// A difference between listings, or a finding about root, address or contacts, by the beginning of its name.
fn is_found(beside: &Beside<'_>, value: &str) -> bool {
    let root = beside.root.findings();
    let any = beside.found.any() || !root.is_empty();
    match value {
        "y" | "ye" | "yes" | "true" | "on" => any,
        "no" | "false" | "off" => !any,
        word => {
            let addresses = beside.found.addresses();
            let any_address = (!addresses.is_empty()).then_some("address");
            let names = beside.found.kinds().map(DifferenceKind::as_str).chain(any_address);
            let names = names.chain(addresses.iter().map(|finding| finding.as_str()));
            let contacts = beside.found.contacts();
            let names = names.chain((!contacts.is_empty()).then_some("contact"));
            let names = names.chain(contacts.iter().map(|finding| finding.as_str()));
            names.chain(root.into_iter().map(RootFinding::as_str)).any(|name| name.starts_with(word))
        }
    }
}

/// The length of `1111-2222-3333`.
const WRITTEN_ID: usize = 14;

/// The digits of an id written in groups: `1111-2222-3333`.
fn written_id(value: &str) -> Option<String> {
    // Asked for each row.
    if value.len() != WRITTEN_ID {
        return None;
    }
    let groups: Vec<&str> = value.split('-').collect();
    let is_group = |group: &&str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_digit());
    (groups.len() == 3 && groups.iter().all(is_group)).then(|| groups.concat())
}

/// What is known about an account besides the listing.
#[derive(Clone, Debug)]
pub(crate) struct Beside<'a> {
    /// `None` where it is not known.
    pub(crate) pending: Option<bool>,
    pub(crate) root: RootFacts<'a>,
    pub(crate) found: FoundKinds,
    /// What its organization is called: the profile that leads to it, and the id.
    pub(crate) organization: [&'a str; 2],
}

#[cfg(test)]
#[path = "accounts_tests.rs"]
mod tests;
