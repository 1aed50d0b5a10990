//! The filter of the accounts.

use super::{Filter, Free, Search, Term, property};
use crate::app::findings::FoundKinds;
use crate::app::root_access::RootFacts;
use crate::domain::account::Account;

/// What a row offers to the filter.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its path of organizational units, by name.
    pub path: &'a str,
    /// Whether an email change of it is pending.
    pub pending: bool,
    /// What is known of its root.
    pub root: RootFacts<'a>,
    /// What the listings showed to be otherwise, and nobody has read yet.
    pub found: FoundKinds,
}

/// A word of the filter of the accounts. Without `Debug`: what is typed can be an address, or a code meant for
/// another field.
#[derive(Clone, PartialEq)]
pub enum AccountTerm {
    /// The account's state.
    State(String),
    /// Part of its path.
    Path(String),
    /// Part of its primary email.
    Email(String),
    /// Whether an email change of it is pending.
    Pending(bool),
    /// What is known of its root.
    Root(String),
    /// What the listings showed to be otherwise.
    Found(String),
    /// Anywhere.
    Free(Free),
}

impl Term for AccountTerm {
    fn of(word: &str) -> Option<Self> {
        if let Some((property, value)) = property(word) {
            match property.as_str() {
                // While the value is still to be typed, the term says nothing.
                "state" | "ou" | "email" | "pending" | "root" | "found" if value.is_empty() => return None,
                "state" => return Some(Self::State(value)),
                "ou" => return Some(Self::Path(value)),
                "email" => return Some(Self::Email(value)),
                "root" => return Some(Self::Root(value)),
                "found" => return Some(Self::Found(value)),
                "pending" => return Some(Self::Pending(!matches!(value.as_str(), "no" | "false" | "off"))),
                _ => {}
            }
        }
        Some(Self::Free(Free::of(word)))
    }

    fn free(&self) -> Option<&Free> {
        match self {
            Self::Free(free) => Some(free),
            Self::State(_) | Self::Path(_) | Self::Email(_) | Self::Pending(_) | Self::Root(_) | Self::Found(_) => None,
        }
    }
}

impl Filter<AccountTerm> {
    /// The candidates that match all terms, kept in their order.
    pub fn keep<'a, K>(&self, candidates: impl Iterator<Item = (K, Candidate<'a>)>) -> Vec<K> {
        let mut search = Search::new();
        candidates
            .filter(|(_, candidate)| self.terms.iter().all(|term| search.account(term, candidate)))
            .map(|(key, _)| key)
            .collect()
    }
}

impl Search {
    fn account(&mut self, term: &AccountTerm, candidate: &Candidate<'_>) -> bool {
        let account = candidate.account;
        match term {
            AccountTerm::State(value) => account.state.as_str().to_lowercase().contains(value),
            AccountTerm::Path(value) => candidate.path.to_lowercase().contains(value),
            AccountTerm::Email(value) => account.email.to_lowercase().contains(value),
            AccountTerm::Pending(wanted) => candidate.pending == *wanted,
            AccountTerm::Root(value) => candidate.root.hold(value),
            AccountTerm::Found(value) => candidate.found.hold(value),
            AccountTerm::Free(Free::Digits(digits)) => {
                account.id.to_string().contains(digits.as_str())
                    || account.name.contains(digits.as_str())
                    || account.email.contains(digits.as_str())
            }
            AccountTerm::Free(Free::Word(atom)) => {
                self.word(atom, &account.name) || self.word(atom, &account.email) || self.word(atom, candidate.path)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::root_access::RootStanding;
    use crate::domain::account::AccountState;
    use proptest::prelude::*;

    fn account(name: &str) -> Account {
        Account {
            id: "444455558888".parse().expect("an id"),
            name: name.into(),
            email: "aws+kensho@example.com".into(),
            state: AccountState::Active,
            joined: None,
            unit_ids: Some(vec![]),
        }
    }

    const ROOT: RootFacts<'static> = RootFacts { standing: RootStanding::NotAudited, audit: None };

    fn matches(text: &str) -> bool {
        let account = account("検証環境");
        let candidate = Candidate {
            account: &account,
            path: "Workloads/Staging",
            pending: true,
            root: ROOT,
            found: FoundKinds::default(),
        };
        let mut filter = Filter::<AccountTerm>::default();
        filter.edit(|field| field.paste(text));
        !filter.keep(std::iter::once(((), candidate))).is_empty()
    }

    #[test]
    fn words_match_any_property_and_all_must() {
        assert!(matches("検証"));
        assert!(matches("kensho stag"));
        assert!(matches("5588"));
        assert!(!matches("kensho sandbox"));
        assert!(!matches("5589"));
    }

    #[test]
    fn terms_ask_for_one_property() {
        assert!(matches("state:active ou:staging email:kensho pending:yes"));
        assert!(!matches("state:closed"));
        assert!(!matches("pending:no"));
        assert!(matches("root:unaudited") && matches("root:un") && !matches("root:clean") && !matches("root:nonsense"));
        assert!(matches("state:"), "a term still being typed hides nothing");
    }

    #[test]
    fn debug_tells_nothing_of_what_was_typed() {
        let mut filter = Filter::<AccountTerm>::default();
        filter.edit(|field| field.paste("482915 email:root state:active kensho"));
        let shown = format!("{filter:?}");
        assert!(["482915", "root", "active", "kensho"].iter().all(|typed| !shown.contains(typed)), "{shown}");
    }

    #[test]
    fn what_matched_can_be_shown() {
        let mut filter = Filter::<AccountTerm>::default();
        filter.edit(|field| field.paste("kens"));
        assert_eq!(filter.highlighter().places("aws+kensho@example.com"), [4, 5, 6, 7]);
    }

    proptest! {
        #[test]
        fn any_text_is_a_filter(text in "\\PC{0,40}", name in "\\PC{0,20}") {
            let account = account(&name);
            let mut filter = Filter::<AccountTerm>::default();
            filter.edit(|field| field.paste(&text));
            let candidate = Candidate { account: &account, path: "", pending: false, root: ROOT, found: FoundKinds::default() };
            let kept = filter.keep(std::iter::once((1, candidate)));
            prop_assert!(kept.len() <= 1);
            prop_assert!(filter.highlighter().places(&name).iter().all(|&i| (i as usize) < name.chars().count()));
        }
    }
}
