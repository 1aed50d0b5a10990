//! The filter of the journal.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::grammar::{Property, Term, ValueKind};
use super::query::Filter;
use crate::domain::fold::fold;
use crate::domain::journal::JournalEntry;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::since::since;

#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryCandidate<'a> {
    pub(crate) entry: &'a JournalEntry,
    pub(crate) name: &'a str,
    /// The word that is shown.
    pub(crate) outcome: &'static str,
    /// Makes the sentence of a note that is kept as data.
    pub(crate) spoken: fn(&str) -> String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryProperty {
    /// A prefix of the outcome.
    Outcome,
    Account,
    Operation,
    /// At most this old.
    Since,
}

impl Property for EntryProperty {
    const ALL: &'static [(&'static str, Self)] = &[
        ("outcome", Self::Outcome),
        ("account", Self::Account),
        ("operation", Self::Operation),
        ("since", Self::Since),
    ];

    fn values(self) -> &'static [&'static str] {
        match self {
            Self::Outcome => &["ok", "refused", "failed", "unknown"],
            Self::Since => &["30m", "2h", "7d", "2026-01-31"],
            Self::Account | Self::Operation => &[],
        }
    }

    fn value(self, value: &str) -> ValueKind {
        match self {
            Self::Since if since(value, Timestamp::UNIX_EPOCH, &TimeZone::UTC).is_some() => ValueKind::Known,
            Self::Since if value.bytes().all(|b| b.is_ascii_digit() || b == b'-') => ValueKind::Unfinished,
            Self::Since => ValueKind::Unknown,
            // Outcomes are matched by the words shown; there may be more words than those
            // suggested.
            Self::Outcome | Self::Account | Self::Operation => ValueKind::Known,
        }
    }
}

impl Filter<EntryProperty> {
    /// The matching entries, in their order. `since:2h` counts from `now`, days are those of
    /// `zone`.
    pub(crate) fn keep<'a>(
        &self,
        candidates: impl Iterator<Item = EntryCandidate<'a>>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Vec<i64> {
        let free = self.words.iter().flat_map(|word| &word.any).any(|term| term.property.is_none());
        candidates
            .filter(|candidate| {
                let text = if free { text_of(candidate) } else { String::new() };
                self.lets(|term| has(term, candidate, &text, now, zone))
            })
            .map(|candidate| candidate.entry.id)
            .collect()
    }
}

/// Everything an entry shows, folded, each text on a line of its own.
fn text_of(candidate: &EntryCandidate<'_>) -> String {
    let entry = candidate.entry;
    let account = entry.account.map(|account| account.to_string()).unwrap_or_default();
    let change = change(&entry.change);
    let always = [&account, candidate.name, candidate.outcome, &entry.operation, &change, &entry.caller];
    let note = entry.note.as_deref().map(candidate.spoken);
    let optional = [&entry.profile, &entry.reason, &entry.code, &note, &entry.request_id];
    let optional = optional.into_iter().flatten().map(String::as_str);
    always.into_iter().chain(optional).map(fold).collect::<Vec<_>>().join("\n")
}

/// The data of a change, with its kinds as words.
fn change(change: &RecordedChange) -> String {
    let text = |(name, value): (String, Value)| match (name.as_str(), value) {
        ("kind" | "credential" | "policy_holder", Value::String(word)) => word.replace('_', " "),
        (_, Value::String(text)) => text,
        (_, number) => format!("{number} {name}"),
    };
    change.fields().into_iter().map(text).collect::<Vec<_>>().join("\n")
}

fn has(
    term: &Term<EntryProperty>,
    candidate: &EntryCandidate<'_>,
    text: &str,
    now: Timestamp,
    zone: &TimeZone,
) -> bool {
    let (entry, value) = (candidate.entry, term.text.as_str());
    match term.property {
        None => text.contains(value),
        Some(EntryProperty::Outcome) => candidate.outcome.starts_with(value),
        Some(EntryProperty::Account) => {
            entry.account.is_some_and(|account| account.to_string().contains(value))
                || fold(candidate.name).contains(value)
        }
        Some(EntryProperty::Operation) => fold(&entry.operation).contains(value),
        Some(EntryProperty::Since) => since(value, now, zone).is_none_or(|since| entry.at >= since),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::journal::JournalOutcome;
    use crate::domain::recorded_change::RecordedAddress;
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
            change: RecordedChange::StartPrimaryEmailChange {
                old_email: Some(RecordedAddress::Known("a@example.com".into())),
                new_email: Some(RecordedAddress::Known("b@corp.example".into())),
                plan: None,
                line: None,
            },
            reason: Some("TICKET-7".into()),
            outcome: JournalOutcome::Refused,
            finished: None,
            code: Some("ConflictException".into()),
            cause: None,
            note: None,
            request_id: Some("1f0a-77".into()),
        }
    }

    fn matches(text: &str) -> bool {
        let entry = entry();
        let candidate =
            EntryCandidate { entry: &entry, name: "検証環境", outcome: "refused", spoken: str::to_uppercase };
        let mut filter = Filter::<EntryProperty>::default();
        filter.edit(|field| field.paste(text));
        let now = time("2026-03-01T16:00:00Z");
        !filter.keep(std::iter::once(candidate), now, &TimeZone::UTC).is_empty()
    }

    #[test]
    fn words_match_any_column_and_all_must() {
        for found in
            ["検証", "5588", "startprimary", "ALICE", "TiCKET-7", "conflict 1f0a", "prod refused", "email|zzz corp"]
        {
            assert!(matches(found), "{found}");
        }
        for missing in ["conflict ok", "5589", "arnalice", "strtprimary", "-alice", "sts:x", "since:soon"] {
            assert!(!matches(missing), "{missing}");
        }
    }

    #[test]
    fn terms_ask_for_one_column() {
        assert!(matches(
            "outcome:ok,refused account:5588 account:検証 operation:startprimary since:2h since:2026-03-01 -outcome:ok"
        ));
        for missing in ["outcome:ok", "account:5589", "operation:accept", "since:1h", "since:2026-03-02"] {
            assert!(!matches(missing), "{missing}");
        }
        assert!(matches("outcome: account: operation: since: since:2"), "a term still being typed hides nothing");
    }

    proptest! {
        #[test]
        fn any_text_is_a_filter(text in "\\PC{0,40}", name in "\\PC{0,20}") {
            let entry = entry();
            let candidate = EntryCandidate { entry: &entry, name: &name, outcome: "refused", spoken: str::to_uppercase };
            let mut filter = Filter::<EntryProperty>::default();
            filter.edit(|field| field.paste(&text));
            let kept = filter.keep(std::iter::once(candidate), Timestamp::UNIX_EPOCH, &TimeZone::UTC);
            prop_assert!(kept.len() <= 1);
            prop_assert!(filter.highlighter().places(&name).iter().all(|&i| (i as usize) < name.chars().count()));
        }
    }
}
