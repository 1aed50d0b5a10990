//! What this program did and was refused, and what is known of its end.

use jiff::Timestamp;

use super::api_error::headline;
use super::keys::{key, view};
use crate::app::command::CommandId;
use crate::app::notification::Notification;
use crate::app::state::journal::EntryState;
use crate::domain::caller::Caller;
use crate::domain::cloudtrail::is_inside;
use crate::domain::journal::{JournalEntry, JournalOutcome, known_from};
use crate::domain::recorded_change::{HolderKind, RecordedAddress, RecordedChange, RecordedHolder};
use crate::domain::resolution::{Doubt, Resolution};
use crate::domain::text::width;
use crate::words::time::utc_second as second;

pub(crate) const NO_JOURNAL: &str = "--no-journal: changes are made even where the journal of this machine can't record them. \
                              What is not recorded can't be looked up, resumed or told from somebody else's.";

pub(crate) const NOT_RECORDABLE: &str = "nothing was changed: the journal of this machine could not record it";

pub(crate) const NOT_JOURNALED: &str = "NOT JOURNALED: this machine keeps no record of this change";

pub(crate) fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::InProgress => "on its way to AWS; no answer yet",
        EntryState::Elsewhere => "no answer yet",
        EntryState::CutOff => "cut off between call and answer",
        EntryState::Ended(JournalOutcome::Ok) => "AWS did it",
        EntryState::Ended(JournalOutcome::Refused) => "AWS or rootdeck said no; nothing was changed",
        EntryState::Ended(JournalOutcome::Failed) => "it broke before it was done; nothing was changed",
        EntryState::Ended(JournalOutcome::Intended | JournalOutcome::Unknown) => "it may or may not have been done",
    }
}

pub(crate) fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Recent(until) => format!("AWS does not show it. {}; after that, looking again tells.", may_have(*until)),
        Doubt::Unread(error) => format!("What would tell could not be read: {}.", headline(error)),
        Doubt::LaterFromHere => {
            "A change of the same thing from here, later or at the same time, hides what this one did.".to_owned()
        }
        Doubt::OtherTime => {
            "What AWS shows is of another time and says nothing about this one: somebody changed it since, or before."
                .to_owned()
        }
        Doubt::SoBefore(since) => {
            let since = second(*since);
            format!("AWS shows it so since {since}, from before: whether this call arrived makes no difference.")
        }
        Doubt::Traceless => {
            "AWS shows it as it was before. Whether it was otherwise meanwhile, only CloudTrail tells.".to_owned()
        }
        Doubt::Hidden => "AWS tells nothing of the features while trusted access for IAM is off.".to_owned(),
        Doubt::NeedsAudit(account) => format!(
            "A deep audit of {account} tells ({}, {}). It is not made by itself: it opens a root session, which sets \
             off alarms.",
            view(CommandId::ViewRootAccess),
            key(CommandId::OpenRoot)
        ),
        Doubt::NeedsPolicy(account) => format!(
            "A look at the policy in {account} may tell ({}, {}). It is not taken by itself: it opens a root session, \
             which sets off alarms.",
            view(CommandId::ViewRootAccess),
            key(CommandId::RootTasks)
        ),
        Doubt::Session(until) => format!(
            "A root session may have been issued. Nobody had its credentials, and it ends at {} at the latest; \
             nothing lists sessions, only CloudTrail tells.",
            second(*until)
        ),
        Doubt::NothingTells => "Nothing that this version reads tells; CloudTrail does.".to_owned(),
    }
}

/// That a change that was about to be made `at` that time may still be made by somebody.
pub(crate) fn may_run(at: Timestamp) -> String {
    format!("{}.", may_have(known_from(at)))
}

fn may_have(until: Timestamp) -> String {
    format!("Until {} another rootdeck may have it under way", second(until))
}

pub(crate) fn notification(notification: &Notification) -> Option<String> {
    let journal = key(CommandId::ViewJournal);
    Some(match notification {
        Notification::CutOff(1) => format!(
            "a change has no known end: cut off, not answered, or under way in another rootdeck; AWS is asked about it, \
             {journal} shows it"
        ),
        Notification::CutOff(count) => format!(
            "{count} changes have no known end: cut off, not answered, or under way in another rootdeck; AWS is asked about \
             them, {journal} shows them"
        ),
        Notification::Resolved(resolution) => {
            let (what, which) = match resolution.count() {
                1 => ("a change had no known end".to_owned(), "it"),
                count => (format!("{count} changes had no known end"), "them"),
            };
            format!("{what}: {}; {journal} shows {which}", found(resolution))
        }
        Notification::EntryResolved(_, resolution) => match (resolution.settled.first(), resolution.open.first()) {
            (Some((_, JournalOutcome::Ok)), _) => "AWS shows that it was done; the journal has it".to_owned(),
            (Some(_), _) => "AWS shows that it was not done; the journal has it".to_owned(),
            (None, Some(open)) => format!("still unknown. {}", doubt(&open.doubt)),
            (None, None) => "what came of it is known by now".to_owned(),
        },
        _ => return None,
    })
}

fn found(resolution: &Resolution) -> String {
    let (done, not_done) = (resolution.settled_as(JournalOutcome::Ok), resolution.settled_as(JournalOutcome::Failed));
    let recent = resolution.open.iter().filter(|open| matches!(open.doubt, Doubt::Recent(_))).count();
    let unknown = resolution.open.len() - recent;
    let recent = (recent, "maybe under way in another rootdeck");
    let parts = [(done, "done"), (not_done, "not done"), recent, (unknown, "still unknown")];
    let words: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    words.join(", ")
}

pub(crate) const EMPTY: &str = "Nothing yet. Each change that is made from here, and each root session, is written down \
                         before it goes to AWS, with what came of it.";

pub(crate) const EMPTY_DEMO: &str = "Nothing yet. Each change and each root session is written down here. The demo's journal \
                              ends with it.";

pub(crate) fn caller(entry: &JournalEntry) -> String {
    // The account is not asked for here.
    let account = entry.caller.split(':').nth(4).and_then(|id| id.parse().ok());
    account.map_or_else(|| entry.caller.clone(), |account| Caller { account, arn: entry.caller.clone() }.short())
}

pub fn sentence(change: &RecordedChange) -> String {
    match change {
        RecordedChange::EnableTrustedAccess { service } => format!("enable trusted access {service}"),
        RecordedChange::DisableTrustedAccess { service } => format!("disable trusted access {service}"),
        RecordedChange::EnableRootFeature { feature } => format!("enable {feature}"),
        RecordedChange::DisableRootFeature { feature } => format!("disable {feature}"),
        RecordedChange::RegisterDelegatedAdministrator { service } => {
            format!("register delegated administrator for {service}")
        }
        RecordedChange::DeregisterDelegatedAdministrator { service } => {
            format!("deregister delegated administrator for {service}")
        }
        RecordedChange::StartPrimaryEmailChange { old_email, new_email, plan: _, line } => {
            start(old_email.as_ref(), new_email.as_ref(), *line)
        }
        RecordedChange::SendOneTimePasswordAgain => "have a one-time password sent again".to_owned(),
        RecordedChange::AcceptPrimaryEmailChange { new_email: Some(new) } => {
            format!("accept primary email change -> {new}")
        }
        RecordedChange::AcceptPrimaryEmailChange { new_email: None } => "accept a primary email change".to_owned(),
        RecordedChange::AcceptPrimaryEmailChangesOfMails => "accept the primary email changes of mails".to_owned(),
        RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: Some(accounts) } => {
            format!("start the {accounts} primary email changes of a plan")
        }
        RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: None } => {
            "start the primary email changes of a plan".to_owned()
        }
        RecordedChange::DeleteRootCredential { credential } => format!("delete root {credential}"),
        RecordedChange::AllowRootPasswordRecovery => "allow recovery of the root password".to_owned(),
        RecordedChange::CloseRootPasswordRecovery => "close recovery of the root password".to_owned(),
        RecordedChange::DeletePolicy { holder: of } => format!("delete the policy of {}", holder(of)),
        RecordedChange::PutPolicy { holder: of, bytes } => format!("put a policy of {bytes} bytes on {}", holder(of)),
        RecordedChange::OpenRootSession { task, seconds, accounts } => {
            let task = task.map(|task| format!(" for {task}")).unwrap_or_default();
            format!("open a root session{task}{}", session(*seconds, *accounts))
        }
        RecordedChange::Other { text } => text.clone(),
    }
}

fn start(old: Option<&RecordedAddress>, new: Option<&RecordedAddress>, line: Option<u64>) -> String {
    match (old, new, line) {
        (Some(old), Some(new), _) => format!("start primary email change {old} -> {new}"),
        (None, Some(new), _) => format!("start primary email change -> {new}"),
        (Some(old), None, _) => format!("start primary email change of {old}"),
        (None, None, Some(_)) => "start the primary email change of a line of a plan".to_owned(),
        (None, None, None) => "start a primary email change".to_owned(),
    }
}

fn session(seconds: Option<u16>, accounts: Option<u64>) -> String {
    let seconds = seconds.map(|seconds| format!(", {seconds} seconds")).unwrap_or_default();
    let accounts = accounts.map(|accounts| format!(", in {accounts} accounts")).unwrap_or_default();
    seconds + &accounts
}

fn holder(holder: &RecordedHolder) -> String {
    let kind = match holder.kind {
        HolderKind::Bucket => "bucket",
        HolderKind::Queue => "queue",
    };
    format!("{kind} {} ({})", holder.name, holder.region)
}

/// A change in at most `room` columns: in full where that fits, otherwise what tells it from others.
pub(crate) fn change(entry: &JournalEntry, room: usize) -> String {
    let full = sentence(&entry.change);
    if width(&full) <= room {
        return full;
    }
    match &entry.change {
        RecordedChange::StartPrimaryEmailChange { new_email: Some(new), .. } => format!("start email -> {new}"),
        RecordedChange::AcceptPrimaryEmailChange { new_email: Some(new) } => format!("accept email -> {new}"),
        RecordedChange::OpenRootSession { task: Some(task), seconds, accounts } => {
            format!("session {task}{}", session(*seconds, *accounts))
        }
        RecordedChange::EnableTrustedAccess { service } => format!("enable trust {service}"),
        RecordedChange::DisableTrustedAccess { service } => format!("disable trust {service}"),
        _ => full,
    }
}

pub(crate) fn cloudtrail(entry: &JournalEntry) -> String {
    if is_inside(entry) {
        let by = if entry.request_id.is_some() { "request id (requestID in the event)" } else { "name and time" };
        return format!(
            "The member account's CloudTrail has this event for 90 days. Find it there by its {by}, with that account's \
             credentials."
        );
    }
    let by = if entry.request_id.is_some() {
        "CloudTrail takes no request id (its event id is another): it is asked by name and time, and --query picks \
         the event"
    } else {
        "CloudTrail is asked by name and time"
    };
    format!(
        "{by}; with credentials of the caller's account, some minutes after it and for 90 days. {} copies the command.",
        key(CommandId::CopyLookup)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::filter::{EntryCandidate, EntryProperty, Filter};
    use crate::domain::resolution::StillOpen;

    fn entry(operation: &str, account: Option<&str>) -> JournalEntry {
        JournalEntry {
            id: 7,
            at: "2025-03-14T14:02:00.5Z".parse().expect("a time"),
            caller: "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice".into(),
            profile: None,
            account: account.map(|account| account.parse().expect("an id")),
            operation: operation.into(),
            change: RecordedChange::Other { text: "x".into() },
            reason: None,
            outcome: JournalOutcome::Ok,
            finished: Some("2025-03-14T14:02:01Z".parse().expect("a time")),
            code: None,
            cause: None,
            note: None,
            request_id: Some("1f0a-77".into()),
        }
    }

    #[test]
    fn a_change_that_is_cut_keeps_what_tells_it_from_others() {
        let start = JournalEntry {
            change: RecordedChange::StartPrimaryEmailChange {
                old_email: Some(RecordedAddress::Known("old@example.com".into())),
                new_email: Some(RecordedAddress::Known("new@corp.example".into())),
                plan: None,
                line: None,
            },
            ..entry("account:StartPrimaryEmailUpdate", Some("444455556666"))
        };
        assert_eq!(change(&start, 80), "start primary email change old@example.com -> new@corp.example");
        assert_eq!(change(&start, 40), "start email -> new@corp.example");
    }

    #[test]
    fn no_two_changes_read_the_same_and_each_is_found_by_its_words() {
        let records = || crate::domain::recorded_change::tests::records();
        let sentences: std::collections::BTreeSet<String> = records().iter().map(sentence).collect();
        assert_eq!(sentences.len(), records().len(), "{sentences:#?}");
        for record in records() {
            let text = sentence(&record);
            let entry = JournalEntry { change: record, ..entry("x", None) };
            // A colon would make it a term of the filter.
            for word in text.split_whitespace().filter(|word| word.len() > 4 && !word.contains(':')) {
                let word = word.trim_matches([',', '(', ')']);
                let mut filter = Filter::<EntryProperty>::default();
                filter.edit(|field| field.paste(word));
                let candidate =
                    EntryCandidate { entry: &entry, name: "", outcome: "ok", spoken: crate::words::record::note };
                let kept = filter.keep(std::iter::once(candidate), entry.at, &jiff::tz::TimeZone::UTC);
                assert!(!kept.is_empty() || word == "one-time", "{word} of {text}");
            }
        }
    }

    #[test]
    fn an_entry_is_found_by_the_sentence_of_its_refusal() {
        let refusal = crate::domain::permit::Refusal::ReadOnly;
        let entry = JournalEntry { note: Some(format!("rootdeck: {}", refusal.record())), ..entry("x", None) };
        let mut filter = Filter::<EntryProperty>::default();
        filter.edit(|field| field.paste("\"nothing is written\""));
        let candidate = EntryCandidate { entry: &entry, name: "", outcome: "ok", spoken: crate::words::record::note };
        assert!(!filter.keep(std::iter::once(candidate), entry.at, &jiff::tz::TimeZone::UTC).is_empty());
    }

    #[test]
    fn what_was_found_out_is_counted() {
        let open = vec![StillOpen { entry: 3, doubt: Doubt::OtherTime }];
        let settled = vec![(1, JournalOutcome::Ok), (2, JournalOutcome::Failed)];
        let reported =
            notification(&Notification::Resolved(Box::new(Resolution { settled, open }))).unwrap_or_default();
        assert_eq!(reported, "3 changes had no known end: 1 done, 1 not done, 1 still unknown; 6 shows them");
    }

    #[test]
    fn a_caller_is_named_shortly() {
        assert_eq!(caller(&entry("x", None)), "role/OrgAdmin");
        assert_eq!(caller(&JournalEntry { caller: "somebody".into(), ..entry("x", None) }), "somebody");
    }
}
