//! What is said with the template of alarms.

use crate::domain::alarms::{Alarm, global_regions};

/// Where it has to be deployed, and what it needs.
pub(crate) fn about_alarms(partition: &str) -> Vec<String> {
    let names = |everywhere: bool| {
        let alarms = Alarm::ALL.into_iter().filter(|alarm| alarm.is_in_every_region() == everywhere);
        alarms.map(Alarm::as_str).collect::<Vec<_>>().join(", ")
    };
    let mut notes = Vec::new();
    match global_regions(partition) {
        Some(regions) => notes.push(format!(
            "{}: CloudTrail has these events in {} only. Elsewhere the template creates no rule for them",
            names(false),
            regions.join(" and ")
        )),
        None => notes.push(format!(
            "{}: CloudTrail has these events in one region of partition {partition}. Deploy the template there",
            names(false)
        )),
    }
    notes.push(format!(
        "{}: in each region whose STS or sign-in endpoint is used. Deploy the template in all of them",
        names(true)
    ));
    notes.push(
        "rules see the events of their own account: deploy in the management account and the delegated administrators, \
         RootSignIn also in each member account (StackSets)"
            .to_owned(),
    );
    notes.push(
        "needs a CloudTrail trail with management events, and an SNS topic per region whose policy allows \
         events.amazonaws.com to publish"
            .to_owned(),
    );
    notes.push(
        "aws cloudformation deploy --stack-name root-alarms --template-file alarms.json --parameter-overrides \
         AlarmTopicArn=TOPIC_ARN"
            .to_owned(),
    );
    notes
}
