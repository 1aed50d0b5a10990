use super::*;

/// Whether an event matches a pattern, by `EventBridge`'s rules for what the patterns here have: lists of values, any of
/// which must be there, and objects of which each member must match.
fn matches(pattern: &Value, event: &Value) -> bool {
    match pattern {
        Value::Object(members) => members.iter().all(|(name, pattern)| matches(pattern, &event[name])),
        Value::Array(values) => values.iter().any(|value| {
            assert!(value.is_string(), "{value}: a kind of pattern that the matcher does not know");
            value == event
        }),
        other => unreachable!("{other} is no pattern"),
    }
}

fn call(service: &str, name: &str) -> Value {
    json!({
        "version": "0",
        "source": format!("aws.{service}"),
        "detail-type": "AWS API Call via CloudTrail",
        "region": "us-east-1",
        "detail": {
            "eventVersion": "1.10",
            "userIdentity": { "type": "AssumedRole", "arn": "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice" },
            "eventSource": format!("{service}.amazonaws.com"),
            "eventName": name,
            "eventType": "AwsApiCall",
        },
    })
}

fn sign_in(who: &str, name: &str) -> Value {
    json!({
        "source": "aws.signin",
        "detail-type": "AWS Console Sign In via CloudTrail",
        "detail": {
            "userIdentity": { "type": who, "arn": "arn:aws:iam::444455556666:root" },
            "eventSource": "signin.amazonaws.com",
            "eventName": name,
            "responseElements": { name: "Success" },
        },
    })
}

fn membership(name: &str) -> Value {
    json!({
        "source": "aws.organizations",
        "detail-type": "AWS Service Event via CloudTrail",
        "detail": {
            "userIdentity": { "accountId": "111122223333", "invokedBy": "organizations.amazonaws.com" },
            "eventSource": "organizations.amazonaws.com",
            "eventName": name,
            "eventType": "AwsServiceEvent",
        },
    })
}

#[test]
fn each_event_matches_the_pattern_that_is_about_it_and_no_other() {
    for (event, expected) in [
        (call("account", "StartPrimaryEmailUpdate"), Some(Alarm::PrimaryEmailChange)),
        (call("account", "AcceptPrimaryEmailUpdate"), Some(Alarm::PrimaryEmailChange)),
        (call("account", "GetPrimaryEmail"), None),
        (call("sts", "AssumeRoot"), Some(Alarm::RootSession)),
        (call("sts", "AssumeRole"), None),
        (call("organizations", "EnableAWSServiceAccess"), Some(Alarm::TrustedAccessChange)),
        (call("organizations", "DisableAWSServiceAccess"), Some(Alarm::TrustedAccessChange)),
        (call("organizations", "RegisterDelegatedAdministrator"), Some(Alarm::TrustedAccessChange)),
        (call("organizations", "DeregisterDelegatedAdministrator"), Some(Alarm::TrustedAccessChange)),
        (call("organizations", "ListAccounts"), None),
        (call("iam", "EnableOrganizationsRootCredentialsManagement"), Some(Alarm::RootFeatureChange)),
        (call("iam", "DisableOrganizationsRootCredentialsManagement"), Some(Alarm::RootFeatureChange)),
        (call("iam", "EnableOrganizationsRootSessions"), Some(Alarm::RootFeatureChange)),
        (call("iam", "DisableOrganizationsRootSessions"), Some(Alarm::RootFeatureChange)),
        (call("iam", "ListOrganizationsFeatures"), None),
        (sign_in("Root", "ConsoleLogin"), Some(Alarm::RootSignIn)),
        (sign_in("IAMUser", "ConsoleLogin"), None),
        (sign_in("Root", "SwitchRole"), None),
        (membership("AccountJoinedOrganization"), Some(Alarm::MembershipChange)),
        (membership("AccountDepartedOrganization"), Some(Alarm::MembershipChange)),
        (membership("CreateAccountResult"), None),
    ] {
        let found: Vec<Alarm> = Alarm::ALL.into_iter().filter(|alarm| matches(&alarm.pattern(), &event)).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{event}");
    }
}

#[test]
fn the_patterns_alone_are_those_of_the_rules() {
    let all: Value = serde_json::from_str(&patterns()).expect("json");
    assert!(Alarm::ALL.into_iter().all(|alarm| all[alarm.as_str()] == alarm.pattern()));
}
