//! What this program did and was refused, and what is known of its end.

use jiff::Timestamp;

use super::api_error::headline;
use super::keys::{key, view};
use crate::app::command::CommandId;
use crate::app::notification::Notification;
use crate::app::state::journal::EntryState;
use crate::domain::caller::Caller;
use crate::domain::cloudtrail::is_inside;
use crate::domain::journal::{JournalEntry, JournalOutcome, OutcomeCause, known_from};
use crate::domain::recorded_change::{HolderKind, RecordedAddress, RecordedChange, RecordedHolder};
use crate::domain::resolution::{Doubt, Resolution};
use crate::domain::text::width;
use crate::words::time::utc_second as second;

pub(crate) const NO_JOURNAL: &str = "--no-journal: changes are made even if the journal cannot record them. \
    Unrecorded changes cannot be looked up, resumed or distinguished from changes made elsewhere.";

pub(crate) const NOT_RECORDABLE: &str = "nothing was changed: the journal could not record it";

pub(crate) const NOT_JOURNALED: &str = "NOT JOURNALED: this change is not recorded on this machine";

pub(crate) fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::InProgress => "sent to AWS, no answer yet",
        EntryState::Elsewhere => "no answer yet",
        EntryState::CutOff => "interrupted before the answer arrived",
        EntryState::Ended(JournalOutcome::Ok) => "done by AWS",
        EntryState::Ended(JournalOutcome::Refused) => "refused by AWS or rootdeck; nothing was changed",
        EntryState::Ended(JournalOutcome::Failed) => "failed; nothing was changed",
        EntryState::Ended(JournalOutcome::Intended | JournalOutcome::Unknown) => {
            "outcome unknown: the change may \
            have been made"
        }
    }
}

/// The same for an entry: who refused it, where that is known.
pub(crate) fn state_of(entry: &JournalEntry, state: EntryState) -> &'static str {
    match state {
        EntryState::Ended(JournalOutcome::Refused) if entry.cause.is_some_and(OutcomeCause::is_unsent) => {
            "refused by rootdeck; nothing was changed"
        }
        EntryState::Ended(JournalOutcome::Refused) if entry.code.is_some() || entry.request_id.is_some() => {
            "refused by AWS; nothing was changed"
        }
        _ => self::state(state),
    }
}

pub(crate) fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Recent(until) => format!("Not shown by AWS. {}. Check again after that.", may_have(*until)),
        Doubt::Unread(error) => format!("The current state could not be read: {}.", headline(error)),
        Doubt::LaterFromHere => {
            "A later or simultaneous change from this machine hides the effect of this one.".to_owned()
        }
        Doubt::OtherTime => "Inconclusive: the current state comes from an earlier or later change.".to_owned(),
        Doubt::SoBefore(since) => {
            let since = second(*since);
            format!(
                "Already in this state since {since}, before this call. It makes no difference whether the call \
                arrived."
            )
        }
        Doubt::Traceless => {
            "AWS shows the state from before this change. Only CloudTrail shows whether it was different in between."
                .to_owned()
        }
        Doubt::Hidden => "AWS does not report the features while trusted access for IAM is off.".to_owned(),
        Doubt::NeedsAudit(account) => format!(
            "Run a deep audit of {account} to find out ({}, {}). It opens a root session, which triggers root \
             alarms, so it is not run automatically.",
            view(CommandId::ViewRootAccess),
            key(CommandId::OpenRoot)
        ),
        Doubt::NeedsPolicy(account) => format!(
            "Check the policy in {account} to find out ({}, {}). This opens a root session, which triggers root \
             alarms, so it is not done automatically.",
            view(CommandId::ViewRootAccess),
            key(CommandId::RootTasks)
        ),
        Doubt::Session(until) => format!(
            "A root session may have been issued. Nobody received its credentials, and it expires at {} at the \
             latest. Sessions cannot be listed: only CloudTrail shows it.",
            second(*until)
        ),
        Doubt::NothingTells => "This version cannot find out. CloudTrail shows it.".to_owned(),
    }
}

/// That a change that was about to be made `at` that time may still be made by somebody.
pub(crate) fn may_run(at: Timestamp) -> String {
    format!("{}.", may_have(known_from(at)))
}

fn may_have(until: Timestamp) -> String {
    format!("Until {} another rootdeck may be working on it", second(until))
}

pub(crate) fn notification(notification: &Notification) -> Option<String> {
    let journal = key(CommandId::ViewJournal);
    Some(match notification {
        Notification::CutOff(1) => format!(
            "1 change with unknown outcome ({journal}): interrupted, unanswered, or in progress in another rootdeck. \
             Checking with AWS."
        ),
        Notification::CutOff(count) => format!(
            "{count} changes with unknown outcome ({journal}): interrupted, unanswered, or in progress in another \
             rootdeck. Checking with AWS."
        ),
        Notification::Resolved(resolution) => {
            let what = match resolution.count() {
                1 => "1 change with unknown outcome".to_owned(),
                count => format!("{count} changes with unknown outcome"),
            };
            format!("{what}: {} ({journal})", found(resolution))
        }
        Notification::EntryResolved(_, resolution) => match (resolution.settled.first(), resolution.open.first()) {
            (Some((_, JournalOutcome::Ok)), _) => "done (verified), journal updated".to_owned(),
            (Some(_), _) => "not done (verified), journal updated".to_owned(),
            (None, Some(open)) => format!("still unknown. {}", doubt(&open.doubt)),
            (None, None) => "outcome already known".to_owned(),
        },
        _ => return None,
    })
}

fn found(resolution: &Resolution) -> String {
    let (done, not_done) = (resolution.settled_as(JournalOutcome::Ok), resolution.settled_as(JournalOutcome::Failed));
    let recent = resolution.open.iter().filter(|open| matches!(open.doubt, Doubt::Recent(_))).count();
    let unknown = resolution.open.len() - recent;
    let recent = (recent, "possibly in progress in another rootdeck");
    let parts = [(done, "done"), (not_done, "not done"), recent, (unknown, "still unknown")];
    let words: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    words.join(", ")
}

pub(crate) const EMPTY: &str = "No entries yet. Each change and root session is recorded here before it is sent to \
    AWS, with its outcome.";

pub(crate) const EMPTY_DEMO: &str = "No entries yet. Each change and root session is recorded here. The demo's \
    journal is deleted when it ends.";

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
        RecordedChange::SendOneTimePasswordAgain => "send the one-time password again".to_owned(),
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
        RecordedChange::PutAlternateContact { contact, old_email: Some(old), new_email } => {
            format!("set {contact} contact {old} -> {new_email}")
        }
        RecordedChange::PutAlternateContact { contact, old_email: None, new_email } => {
            format!("set {contact} contact -> {new_email}")
        }
        RecordedChange::DeleteAlternateContact { contact, old_email: Some(old) } => {
            format!("delete {contact} contact {old}")
        }
        RecordedChange::DeleteAlternateContact { contact, old_email: None } => format!("delete {contact} contact"),
        RecordedChange::PutPrimaryContact => "set primary contact".to_owned(),
        RecordedChange::RenameAccount { old_name, new_name } => format!("rename {old_name} -> {new_name}"),
        RecordedChange::DeleteRootCredential { credential } => format!("delete root {credential}"),
        RecordedChange::AllowRootPasswordRecovery { until: None } => "allow recovery of the root password".to_owned(),
        RecordedChange::AllowRootPasswordRecovery { until: Some(until) } => {
            format!("allow recovery of the root password, ends {}", second(*until))
        }
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
        RecordedChange::PutAlternateContact { contact, old_email: Some(_), new_email } => {
            format!("set {contact} contact -> {new_email}")
        }
        RecordedChange::OpenRootSession { task: Some(task), seconds, accounts } => {
            format!("session {task}{}", session(*seconds, *accounts))
        }
        _ => full,
    }
}

pub(crate) fn cloudtrail(entry: &JournalEntry) -> String {
    if is_inside(entry) {
        let by = if entry.request_id.is_some() { "request id (requestID in the event)" } else { "name and time" };
        return format!(
            "In the member account's CloudTrail for 90 days. Find it by its {by}, with credentials of that account."
        );
    }
    let by = if entry.request_id.is_some() {
        "CloudTrail cannot be searched by request id: search by name and time, --query selects the event"
    } else {
        "search CloudTrail by name and time"
    };
    format!(
        "{by}. Available after some minutes, for 90 days, with credentials of the caller's account. Copy the \
         command: {}.",
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
        assert_eq!(reported, "3 changes with unknown outcome: 1 done, 1 not done, 1 still unknown (6)");
    }

    #[test]
    fn a_caller_is_named_shortly() {
        assert_eq!(caller(&entry("x", None)), "role/OrgAdmin");
        assert_eq!(caller(&JournalEntry { caller: "somebody".into(), ..entry("x", None) }), "somebody");
    }
}
