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
    // The partition of the caller is in the ARN.
    if let Some(region) = entry.caller.split(':').nth(1).and_then(|partition| global_region(entry, partition)) {
        command = command.with("region", region);
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
    let region = global_region(entry, partition).unwrap_or(region);
    let host = console_link::host(partition, region)?;
    let name = entry.operation.split_once(':').map_or(entry.operation.as_str(), |(_, name)| name);
    let time = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    let (start, end) = (time(entry.at - BEFORE), time(entry.at + AFTER));
    let url = format!(
        "https://{host}/cloudtrailv2/home?region={region}#/events?EventName={name}&StartTime={start}&EndTime={end}"
    );
    Some(ConsoleLink { page: ConsolePage::Event, url })
}

/// The region in which a partition logs the calls of a service that has none: where its endpoint is (AWS General
/// Reference; Organizations of China is in Ningxia, IAM of China in Beijing). `None` for calls that are logged where
/// they were made.
fn global_region(entry: &JournalEntry, partition: &str) -> Option<&'static str> {
    let service = entry.operation.split(':').next().unwrap_or_default();
    match (partition, service) {
        ("aws", "account" | "iam" | "organizations") => Some("us-east-1"),
        ("aws-cn", "account" | "organizations") => Some("cn-northwest-1"),
        ("aws-cn", "iam") => Some("cn-north-1"),
        ("aws-us-gov", "account" | "iam" | "organizations") => Some("us-gov-west-1"),
        _ => None,
    }
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
        assert_eq!(url("iam:DeleteLoginProfile", "aws", "us-east-1"), None, "the trail of the member account has it");
    }

    #[test]
    fn each_call_is_looked_for_where_its_partition_logs_it() {
        let (aws, china, gov) = (".console.aws.amazon.com", "console.amazonaws.cn", "console.amazonaws-us-gov.com");
        for (partition, operation, region, host, logged) in [
            ("aws", "account:StartPrimaryEmailUpdate", "eu-west-1", aws, "us-east-1"),
            ("aws", "organizations:EnableAWSServiceAccess", "eu-west-1", aws, "us-east-1"),
            ("aws", "iam:EnableOrganizationsRootSessions", "eu-west-1", aws, "us-east-1"),
            ("aws", "sts:AssumeRoot", "eu-west-1", aws, "eu-west-1"),
            ("aws-cn", "organizations:EnableAWSServiceAccess", "cn-north-1", china, "cn-northwest-1"),
            ("aws-cn", "account:StartPrimaryEmailUpdate", "cn-north-1", china, "cn-northwest-1"),
            ("aws-cn", "iam:EnableOrganizationsRootSessions", "cn-northwest-1", china, "cn-north-1"),
            ("aws-cn", "sts:AssumeRoot", "cn-northwest-1", china, "cn-northwest-1"),
            ("aws-us-gov", "organizations:EnableAWSServiceAccess", "us-gov-east-1", gov, "us-gov-west-1"),
            ("aws-us-gov", "iam:EnableOrganizationsRootSessions", "us-gov-east-1", gov, "us-gov-west-1"),
            ("aws-us-gov", "sts:AssumeRoot", "us-gov-east-1", gov, "us-gov-east-1"),
        ] {
            let caller = format!("arn:{partition}:sts::111122223333:assumed-role/OrgAdmin/alice");
            let entry = JournalEntry { caller, ..entry(operation, None) };
            let url = event_history(&entry, partition, region).expect("a link").url;
            let host = if partition == "aws" { format!("{logged}{host}") } else { host.to_owned() };
            let begin = format!("https://{host}/cloudtrailv2/home?region={logged}#/events?EventName=");
            assert!(url.starts_with(&begin), "{partition} {operation}: {url}");
            let command = shown(&entry);
            let named = command.contains(&format!("--region {logged}"));
            assert_eq!(named, !operation.starts_with("sts:"), "{command}");
        }
        let iso = event_history(&entry("sts:AssumeRoot", None), "aws-iso", "us-iso-east-1");
        assert_eq!(iso, None, "its console is not known");
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
