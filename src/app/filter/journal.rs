//! The filter of the journal.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use nucleo_matcher::pattern::{Atom, AtomKind};

use super::{Filter, Free, Search, Term, atom, property};
use crate::domain::journal::JournalEntry;
use crate::domain::since::since;

/// What a row offers to the filter.
#[derive(Clone, Copy, Debug)]
pub struct EntryCandidate<'a> {
    /// The entry.
    pub entry: &'a JournalEntry,
    /// The name of its account, as far as it is known.
    pub name: &'a str,
    /// What came of it, in the word that is shown.
    pub outcome: &'static str,
}

/// A word of the filter of the journal. Without `Debug`: what is typed can be an address, or a code meant for
/// another field.
#[derive(Clone, PartialEq)]
pub enum EntryTerm {
    /// How the outcome begins.
    Outcome(String),
    /// Part of the account's id or name.
    Account(String),
    /// Part of the operation.
    Operation(String),
    /// Not older than that.
    Since(String),
    /// Anywhere: in name and change its characters may have others between them; in the long texts, where
    /// that would find it nearly everywhere, it stands as it was typed.
    Free(Free, Atom),
}

impl Term for EntryTerm {
    fn of(word: &str) -> Option<Self> {
        if let Some((property, value)) = property(word) {
            match property.as_str() {
                // While the value is still to be typed, the term says nothing.
                "outcome" | "account" | "operation" if value.is_empty() => return None,
                "outcome" => return Some(Self::Outcome(value)),
                "account" => return Some(Self::Account(value)),
                "operation" => return Some(Self::Operation(value)),
                "since" => {
                    let is_one = since(&value, Timestamp::UNIX_EPOCH, &TimeZone::UTC).is_some();
                    return is_one.then_some(Self::Since(value));
                }
                _ => {}
            }
        }
        Some(Self::Free(Free::of(word), atom(word, AtomKind::Substring)))
    }

    fn free(&self) -> Option<&Free> {
        match self {
            Self::Free(free, _) => Some(free),
            Self::Outcome(_) | Self::Account(_) | Self::Operation(_) | Self::Since(_) => None,
        }
    }
}

impl Filter<EntryTerm> {
    /// The entries that match all terms, kept in their order. `since:2h` is meant from `now`, a day as that
    /// of `zone`.
    pub fn keep<'a>(
        &self,
        candidates: impl Iterator<Item = EntryCandidate<'a>>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Vec<i64> {
        let mut search = Search::new();
        candidates
            .filter(|candidate| self.terms.iter().all(|term| search.entry(term, candidate, now, zone)))
            .map(|candidate| candidate.entry.id)
            .collect()
    }
}

impl Search {
    fn entry(&mut self, term: &EntryTerm, candidate: &EntryCandidate<'_>, now: Timestamp, zone: &TimeZone) -> bool {
        let entry = candidate.entry;
        let account = entry.account.map(|account| account.to_string()).unwrap_or_default();
        match term {
            EntryTerm::Outcome(value) => candidate.outcome.starts_with(value.as_str()),
            EntryTerm::Account(value) => {
                account.contains(value.as_str()) || candidate.name.to_lowercase().contains(value)
            }
            EntryTerm::Operation(value) => entry.operation.to_lowercase().contains(value),
            EntryTerm::Since(value) => since(value, now, zone).is_none_or(|since| entry.at >= since),
            EntryTerm::Free(free, plain) => {
                let near = match free {
                    Free::Digits(digits) => candidate.name.contains(digits) || entry.summary.contains(digits),
                    Free::Word(atom) => self.word(atom, candidate.name) || self.word(atom, &entry.summary),
                };
                let optional = [&entry.profile, &entry.reason, &entry.code, &entry.note, &entry.request_id];
                let far = [&account, &entry.operation, candidate.outcome, &entry.caller];
                let mut far = far.into_iter().chain(optional.into_iter().flatten().map(String::as_str));
                near || far.any(|text| self.word(plain, text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::journal::JournalOutcome;
    use proptest::prelude::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn entry() -> JournalEntry {
        JournalEntry {
            id: 7,
            at: time("2026-03-01T14:02:00Z"),
            caller: "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice".into(),
            profile: Some("prod".into()),
            account: Some("444455558888".parse().expect("an id")),
            operation: "account:StartPrimaryEmailUpdate".into(),
            summary: "start primary email change a@example.com -> b@corp.example".into(),
            reason: Some("TICKET-7".into()),
            outcome: JournalOutcome::Refused,
            finished: None,
            code: Some("ConflictException".into()),
            note: None,
            request_id: Some("1f0a-77".into()),
        }
    }

    fn matches(text: &str) -> bool {
        let entry = entry();
        let candidate = EntryCandidate { entry: &entry, name: "検証環境", outcome: "refused" };
        let mut filter = Filter::<EntryTerm>::default();
        filter.edit(|field| field.paste(text));
        let now = time("2026-03-01T16:00:00Z");
        !filter.keep(std::iter::once(candidate), now, &TimeZone::UTC).is_empty()
    }

    #[test]
    fn words_match_any_column_and_all_must() {
        for found in ["検証", "5588", "strtprimary", "alice", "ticket-7", "conflict 1f0a", "prod refused", "Email corp"]
        {
            assert!(matches(found), "{found}");
        }
        for missing in ["conflict ok", "5589", "arnalice", "TiCKET"] {
            assert!(!matches(missing), "{missing}");
        }
    }

    #[test]
    fn terms_ask_for_one_column() {
        assert!(matches("outcome:refused account:5588 account:検証 operation:startprimary since:2h since:2026-03-01"));
        for missing in ["outcome:ok", "account:5589", "operation:accept", "since:1h", "since:2026-03-02"] {
            assert!(!matches(missing), "{missing}");
        }
        assert!(matches("outcome: account: operation: since: since:2"), "a term still being typed hides nothing");
    }

    proptest! {
        #[test]
        fn any_text_is_a_filter(text in "\\PC{0,40}", name in "\\PC{0,20}") {
            let entry = entry();
            let candidate = EntryCandidate { entry: &entry, name: &name, outcome: "refused" };
            let mut filter = Filter::<EntryTerm>::default();
            filter.edit(|field| field.paste(&text));
            let kept = filter.keep(std::iter::once(candidate), Timestamp::UNIX_EPOCH, &TimeZone::UTC);
            prop_assert!(kept.len() <= 1);
            prop_assert!(filter.highlighter().places(&name).iter().all(|&i| (i as usize) < name.chars().count()));
        }
    }
}
