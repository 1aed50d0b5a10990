//! Where CloudTrail has what the journal has. Its lookup takes one attribute (AWS API reference): the request id is
//! none of them; the event has it as `requestID`.

use jiff::{SignedDuration, Timestamp};

use super::aws_command::{AwsCommand, CallerOptions};
use super::console_link::{self, ConsoleLink, ConsolePage};
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
    let name = entry.operation.split_once(':').map_or(entry.operation.as_str(), |(_, name)| name);
    let second = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut command = AwsCommand::new("cloudtrail", "lookup-events")
        .with("lookup-attributes", &format!("AttributeKey=EventName,AttributeValue={name}"))
        .with("start-time", &second(entry.at - BEFORE))
        .with("end-time", &second(entry.at + AFTER));
    if logs_in_one_region(entry) {
        command = command.with("region", GLOBAL_REGION);
    }
    if let Some(id) = &entry.request_id {
        command = command.with("query", &format!("Events[?contains(CloudTrailEvent,`{id}`)].CloudTrailEvent"));
    }
    Some(command.by(caller))
}

/// The page of the console's event history with the events of this name around that time: like the lookup, it finds no
/// request id. `None` for what is in the trail of a member account, and where there is no console.
pub(crate) fn event_history(entry: &JournalEntry, partition: &str, region: &str) -> Option<ConsoleLink> {
    if is_inside(entry) {
        return None;
    }
    let region = if logs_in_one_region(entry) { GLOBAL_REGION } else { region };
    let host = console_link::host(partition, region)?;
    let name = entry.operation.split_once(':').map_or(entry.operation.as_str(), |(_, name)| name);
    let time = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    let (start, end) = (time(entry.at - BEFORE), time(entry.at + AFTER));
    let url = format!(
        "https://{host}/cloudtrailv2/home?region={region}#/events?EventName={name}&StartTime={start}&EndTime={end}"
    );
    Some(ConsoleLink { page: ConsolePage::Event, url })
}

const GLOBAL_REGION: &str = "us-east-1";

/// Whether it is a call of a service that has no region. In other partitions than AWS's own it is not known where these
/// log.
fn logs_in_one_region(entry: &JournalEntry) -> bool {
    let service = entry.operation.split(':').next().unwrap_or_default();
    matches!(service, "account" | "iam" | "organizations") && entry.caller.starts_with("arn:aws:")
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
    fn the_console_shows_the_events_of_that_name_around_that_time() {
        let url = |operation, partition, region| {
            let entry = entry(operation, Some("444455556666"));
            event_history(&entry, partition, region).map(|link| link.url)
        };
        let history = "#/events?EventName=StartPrimaryEmailUpdate&StartTime=2025-03-14T13:57:00.000Z&\
                       EndTime=2025-03-14T14:17:00.000Z";
        assert_eq!(
            url("account:StartPrimaryEmailUpdate", "aws", "eu-west-1"),
            Some(format!("https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1{history}"))
        );
        let session = url("sts:AssumeRoot", "aws", "eu-west-1").expect("a link");
        assert!(session.starts_with("https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#"));
        let china = url("sts:AssumeRoot", "aws-cn", "cn-north-1").expect("a link");
        assert!(china.starts_with("https://console.amazonaws.cn/cloudtrailv2/home?region=cn-north-1#/events?"));
        assert_eq!(url("iam:DeleteLoginProfile", "aws", "us-east-1"), None, "the trail of the member account has it");
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
