//! Where CloudTrail has what the journal has. Its lookup takes one attribute (AWS API reference): the request id is
//! none of them; the event has it as `requestID`.

use jiff::{SignedDuration, Timestamp};

use super::aws_command::{AwsCommand, CallerOptions};
use super::journal::JournalEntry;

/// Clocks differ.
const BEFORE: SignedDuration = SignedDuration::from_mins(5);
const AFTER: SignedDuration = SignedDuration::from_mins(15);

/// The command that finds the event of an entry. `None` for what is in the trail of a member account: asked with the
/// caller's credentials, the caller's own trail would say that it never happened.
pub fn lookup(entry: &JournalEntry, caller: &CallerOptions) -> Option<AwsCommand> {
    if is_inside(entry) {
        return None;
    }
    let (service, name) = entry.operation.split_once(':').unwrap_or(("", &entry.operation));
    let second = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut command = AwsCommand::new("cloudtrail", "lookup-events")
        .with("lookup-attributes", &format!("AttributeKey=EventName,AttributeValue={name}"))
        .with("start-time", &second(entry.at - BEFORE))
        .with("end-time", &second(entry.at + AFTER));
    if matches!(service, "account" | "iam" | "organizations") && entry.caller.starts_with("arn:aws:") {
        // Where these services, which have no region, log.
        command = command.with("region", "us-east-1");
    }
    if let Some(id) = &entry.request_id {
        command = command.with("query", &format!("Events[?contains(CloudTrailEvent,`{id}`)].CloudTrailEvent"));
    }
    Some(command.by(caller))
}

/// Whether the member account's CloudTrail has it, and not that of the caller's account.
pub(crate) fn is_inside(entry: &JournalEntry) -> bool {
    let service = entry.operation.split(':').next().unwrap_or_default();
    entry.account.is_some() && matches!(service, "iam" | "s3" | "sqs")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::journal::JournalOutcome;
    use crate::domain::recorded_change::RecordedChange;

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
            finished: None,
            code: None,
            cause: None,
            note: None,
            request_id: Some("1f0a-77".into()),
        }
    }

    fn shown(entry: &JournalEntry) -> String {
        lookup(entry, &CallerOptions::default()).expect("a command").to_string()
    }

    #[test]
    fn the_callers_trail_is_not_asked_for_what_it_does_not_have() {
        assert_eq!(lookup(&entry("iam:DeleteLoginProfile", Some("444455556666")), &CallerOptions::default()), None);
    }

    #[test]
    fn cloudtrail_is_asked_by_what_it_can_be_asked_by() {
        assert_eq!(
            shown(&entry("account:StartPrimaryEmailUpdate", Some("444455556666"))),
            "aws cloudtrail lookup-events --lookup-attributes \
             AttributeKey=EventName,AttributeValue=StartPrimaryEmailUpdate --start-time 2025-03-14T13:57:00Z --end-time \
             2025-03-14T14:17:00Z --region us-east-1 --query \
             'Events[?contains(CloudTrailEvent,`1f0a-77`)].CloudTrailEvent'"
        );
        // The region of a session, a bucket or a queue is the caller's to know.
        let session = shown(&entry("sts:AssumeRoot", Some("444455556666")));
        assert!(!session.contains("--region"), "{session}");
        let lost = JournalEntry { request_id: None, ..entry("sts:AssumeRoot", Some("444455556666")) };
        assert!(!shown(&lost).contains("--query"));
    }

    #[test]
    fn what_root_did_is_logged_in_the_member_account() {
        assert!(is_inside(&entry("iam:DeleteLoginProfile", Some("444455556666"))));
        assert!(is_inside(&entry("s3:DeleteBucketPolicy", Some("444455556666"))));
        assert!(!is_inside(&entry("iam:EnableOrganizationsRootSessions", None)));
        assert!(!is_inside(&entry("sts:AssumeRoot", Some("444455556666"))));
        assert!(!is_inside(&entry("account:StartPrimaryEmailUpdate", Some("444455556666"))));
    }
}
