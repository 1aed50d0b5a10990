//! The template of alarms, and what is said with it.

use serde_json::{Value, json};

use crate::domain::alarms::{Alarm, global_regions};

/// What it is about, and in which accounts CloudTrail has the events.
pub(crate) fn about(alarm: Alarm) -> &'static str {
    match alarm {
        Alarm::PrimaryEmailChange => {
            "A primary email change is started or accepted (in the management account or the delegated administrator)"
        }
        Alarm::RootSession => "A root session is opened (in the account of the caller)",
        Alarm::TrustedAccessChange => "Trusted access or a delegated administrator changes (in the management account)",
        Alarm::RootFeatureChange => "A root feature changes (in the management account or the delegated administrator)",
        Alarm::RootSignIn => "Root signs in to the console, or tries to (in the account itself)",
        Alarm::MembershipChange => "An account joins or leaves the organization (in the management account)",
    }
}

/// A `CloudFormation` template with a rule for each, as JSON. It can be deployed in several regions: the rules about global
/// services are made in theirs alone.
pub(crate) fn template(partition: &str) -> String {
    const GLOBAL: &str = "HasGlobalServices";
    let regions = global_regions(partition);
    let here = |region: &&str| json!({ "Fn::Equals": [{ "Ref": "AWS::Region" }, region] });
    let conditions: Vec<Value> = regions.unwrap_or_default().iter().map(here).collect();
    let rule = |alarm: Alarm| {
        let mut rule = json!({
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Description": about(alarm),
                "EventPattern": alarm.pattern(),
                "State": "ENABLED",
                "Targets": [{ "Id": "AlarmTopic", "Arn": { "Ref": "AlarmTopicArn" } }],
            },
        });
        if let (Some(rule), false, true) = (rule.as_object_mut(), alarm.is_in_every_region(), regions.is_some()) {
            rule.insert("Condition".to_owned(), json!(GLOBAL));
        }
        (alarm.to_string(), rule)
    };
    let mut template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Alarms on changes of who controls the root users of an AWS organization",
        "Parameters": {
            "AlarmTopicArn": {
                "Type": "String",
                "AllowedPattern": "arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+",
                "Description": "SNS topic in this region. Its policy must allow events.amazonaws.com to publish.",
            },
        },
        "Resources": Value::Object(Alarm::ALL.into_iter().map(rule).collect()),
    });
    let condition = match conditions.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(json!({ "Fn::Or": several })),
    };
    if let (Some(template), Some(condition)) = (template.as_object_mut(), condition) {
        template.insert("Conditions".to_owned(), json!({ GLOBAL: condition }));
    }
    // Values of JSON can always be written.
    serde_json::to_string_pretty(&template).map(|text| text + "\n").unwrap_or_default()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_has_a_rule_for_each_pattern_and_only_those_of_global_services_are_for_one_region() {
        let template: Value = serde_json::from_str(&template("aws")).expect("json");
        assert_eq!(template["AWSTemplateFormatVersion"], "2010-09-09");
        let rules = template["Resources"].as_object().expect("resources");
        assert_eq!(rules.len(), Alarm::ALL.len());
        for alarm in Alarm::ALL {
            let rule = &rules[alarm.as_str()];
            // A logical id is alphanumeric.
            assert!(alarm.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric()));
            assert_eq!(rule["Type"], "AWS::Events::Rule");
            assert_eq!(rule["Properties"]["EventPattern"], alarm.pattern());
            assert_eq!(rule["Properties"]["Targets"][0]["Arn"], json!({ "Ref": "AlarmTopicArn" }));
            assert_eq!(rule.get("Condition").is_none(), alarm.is_in_every_region(), "{alarm}");
            // EventBridge takes at most 512 characters.
            assert!(about(alarm).len() <= 512);
        }
        let condition = &template["Conditions"]["HasGlobalServices"];
        assert_eq!(*condition, json!({ "Fn::Equals": [{ "Ref": "AWS::Region" }, "us-east-1"] }));
        assert_eq!(template["Parameters"].as_object().map(serde_json::Map::len), Some(1));
    }

    #[test]
    fn other_partitions_have_their_own_regions_or_no_condition() {
        let china: Value = serde_json::from_str(&template("aws-cn")).expect("json");
        let or = &china["Conditions"]["HasGlobalServices"]["Fn::Or"];
        assert_eq!(or.as_array().map(Vec::len), Some(2));
        let iso: Value = serde_json::from_str(&template("aws-iso")).expect("json");
        assert!(iso.get("Conditions").is_none());
        assert!(iso["Resources"]["TrustedAccessChange"].get("Condition").is_none());
    }
}
