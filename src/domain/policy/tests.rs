use proptest::prelude::*;
use serde_json::json;

use super::document::StatementName;
use super::*;

const ROOT: &str = "arn:aws:iam::444455556666:root";

fn policy(document: &serde_json::Value) -> Policy {
    match Policy::parse(&document.to_string()) {
        Ok(policy) => policy,
        Err(error) => unreachable!("{error:?}: {document}"),
    }
}

fn statement(statement: &serde_json::Value) -> Policy {
    policy(&json!({ "Version": "2012-10-17", "Statement": statement }))
}

fn root() -> Context {
    Context::new().with("aws:PrincipalArn", ROOT).with("aws:PrincipalAccount", "444455556666")
}

fn decide(policy: &Policy, action: &str, resource: &str, context: &Context) -> Decision {
    policy.evaluate(Request { action, resource, context }).decision
}

fn denied(index: usize, sid: Option<&str>) -> Decision {
    Decision::ExplicitDeny(StatementName { index, sid: sid.map(str::to_owned) })
}

/// Whether a `Deny` with this condition denies in this context.
fn met(operator: &str, key: &str, value: &serde_json::Value, context: &Context) -> bool {
    let deny = json!({ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { operator: { key: value } } });
    decide(&statement(&deny), "s3:GetObject", "*", context) != Decision::ImplicitDeny
}

#[test]
fn nothing_said_is_an_implicit_deny_and_a_deny_beats_an_allow() {
    let both = policy(&json!({ "Statement": [
        { "Effect": "Allow", "Action": "iam:*", "Resource": "*" },
        { "Sid": "NoKeys", "Effect": "Deny", "Action": ["iam:DeleteAccessKey", "iam:UpdateAccessKey"], "Resource": "*" },
    ] }));
    let context = Context::new();
    assert_eq!(decide(&both, "iam:GetUser", "*", &context), Decision::Allowed);
    assert_eq!(decide(&both, "s3:GetObject", "*", &context), Decision::ImplicitDeny);
    assert_eq!(decide(&both, "iam:UpdateAccessKey", "*", &context), denied(1, Some("NoKeys")));
}

#[test]
fn actions_know_wildcards_and_no_case() {
    let some = statement(&json!({ "Effect": "Allow", "Action": ["IAM:get*", "s3:?etObject"], "Resource": "*" }));
    for (action, decision) in [
        ("iam:GetUser", Decision::Allowed),
        ("iam:ListUsers", Decision::ImplicitDeny),
        ("s3:PutObject", Decision::ImplicitDeny),
        ("s3:SetObject", Decision::Allowed),
        ("s3:GetObjectAcl", Decision::ImplicitDeny),
    ] {
        assert_eq!(decide(&some, action, "*", &Context::new()), decision, "{action}");
    }
}

#[test]
fn not_action_and_not_resource_cover_all_but_what_they_list() {
    let task = policy(&json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Deny", "NotAction": ["iam:GetUser"], "Resource": "*" },
        { "Effect": "Deny", "Action": "iam:GetUser", "NotResource": "arn:aws:iam::*:root" },
    ] }));
    let context = root();
    assert_eq!(decide(&task, "iam:GetUser", ROOT, &context), Decision::ImplicitDeny);
    assert_eq!(decide(&task, "iam:ListUsers", ROOT, &context), denied(0, None));
    assert_eq!(decide(&task, "iam:GetUser", "arn:aws:iam::444455556666:user/x", &context), denied(1, None));
}

#[test]
fn principals_are_named_by_arn_by_account_or_as_everyone() {
    let role = "arn:aws:iam::444455556666:role/Admin";
    let context = Context::new().with("aws:PrincipalArn", role).with("aws:PrincipalAccount", "444455556666");
    for (principal, names) in [
        (json!("*"), true),
        (json!({ "AWS": "*" }), true),
        (json!({ "AWS": [role] }), true),
        (json!({ "AWS": "444455556666" }), true),
        (json!({ "AWS": ROOT }), true),
        (json!({ "AWS": "111122223333" }), false),
        (json!({ "AWS": "arn:aws:iam::444455556666:role/Other" }), false),
        (json!({ "Service": "sqs.amazonaws.com" }), false),
    ] {
        let allow = statement(&json!({ "Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*" }));
        let expected = if names { Decision::Allowed } else { Decision::ImplicitDeny };
        assert_eq!(decide(&allow, "s3:GetObject", "*", &context), expected, "{principal}");
        // Of somebody unknown only `*` speaks.
        let anyone = decide(&allow, "s3:GetObject", "*", &Context::new()) == Decision::Allowed;
        assert_eq!(anyone, principal.to_string().contains('*'), "{principal}");
    }
    let spared = |not_principal| {
        statement(
            &json!({ "Effect": "Deny", "NotPrincipal": { "AWS": not_principal }, "Action": "*", "Resource": "*" }),
        )
    };
    assert_eq!(decide(&spared(role), "s3:GetObject", "*", &context), Decision::ImplicitDeny);
    assert_eq!(decide(&spared(ROOT), "s3:GetObject", "*", &context), denied(0, None));
    assert_eq!(decide(&spared(ROOT), "s3:GetObject", "*", &root()), Decision::ImplicitDeny);
}

#[test]
fn operators_compare_as_documented() {
    let context = root().with("aws:AssumedRoot", "true");
    for (operator, key, value, expected) in [
        ("StringEquals", "aws:principalarn", json!(ROOT), true),
        ("StringEquals", "aws:PrincipalArn", json!("arn:aws:iam::*:root"), false),
        ("StringNotEquals", "aws:PrincipalArn", json!(["a", ROOT]), false),
        ("StringEqualsIgnoreCase", "aws:PrincipalArn", json!(ROOT.to_uppercase()), true),
        ("StringNotEqualsIgnoreCase", "aws:PrincipalArn", json!("other"), true),
        ("StringLike", "aws:PrincipalArn", json!("arn:*:iam::*:root"), true),
        ("StringNotLike", "aws:PrincipalArn", json!("arn:aws:iam::*:root"), false),
        ("ArnLike", "aws:PrincipalArn", json!("arn:aws:iam::*:root"), true),
        ("ArnEquals", "aws:PrincipalArn", json!("arn:aws:iam::4444*:r??t"), true),
        ("ArnLike", "aws:PrincipalArn", json!("arn:*:root"), false),
        ("ArnNotLike", "aws:PrincipalArn", json!("arn:aws:iam::*:role/*"), true),
        ("Bool", "aws:AssumedRoot", json!(true), true),
        ("Bool", "aws:AssumedRoot", json!("False"), false),
        ("Null", "aws:AssumedRoot", json!("true"), false),
        ("Null", "aws:AssumedRoot", json!(false), true),
        // A key that the request does not have.
        ("Null", "aws:SourceIp", json!("true"), true),
        ("StringEquals", "aws:SourceIp", json!("x"), false),
        ("StringEqualsIfExists", "aws:SourceIp", json!("x"), true),
        ("StringNotEquals", "aws:SourceIp", json!("x"), true),
        ("Bool", "aws:SecureTransport", json!("false"), false),
        ("ForAllValues:StringEquals", "aws:TagKeys", json!("x"), true),
        ("ForAnyValue:StringEquals", "aws:TagKeys", json!("x"), false),
    ] {
        assert_eq!(met(operator, key, &value, &context), expected, "{operator} {key} {value}");
    }
}

#[test]
fn keys_of_several_values_are_compared_as_the_quantifier_says() {
    let context = Context::new().with("aws:TagKeys", "a").with("aws:TagKeys", "b");
    for (operator, value, expected) in [
        ("ForAllValues:StringEquals", json!("a"), false),
        ("ForAllValues:StringEquals", json!(["a", "b", "c"]), true),
        ("ForAnyValue:StringEquals", json!(["b", "c"]), true),
        ("ForAnyValue:StringNotEquals", json!(["a"]), true),
        ("ForAnyValue:StringNotEquals", json!(["a", "b"]), false),
    ] {
        assert_eq!(met(operator, "aws:TagKeys", &value, &context), expected, "{operator} {value}");
    }
}

#[test]
fn variables_stand_for_what_is_known_and_are_no_wildcards() {
    let context = root().with("aws:username", "a*");
    let value = json!("${aws:PrincipalAccount}");
    assert!(!met("StringNotEquals", "aws:PrincipalAccount", &value, &context));
    assert!(met("StringNotEquals", "aws:PrincipalAccount", &json!("${aws:ResourceAccount}"), &context));
    assert!(!met("StringNotEquals", "aws:PrincipalAccount", &json!("${aws:x, '444455556666'}"), &context));
    let home = statement(&json!({ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${aws:username}/*" }));
    assert_eq!(decide(&home, "s3:GetObject", "arn:aws:s3:::b/a*/x", &context), Decision::Allowed);
    assert_eq!(decide(&home, "s3:GetObject", "arn:aws:s3:::b/ab/x", &context), Decision::ImplicitDeny);
    let old = policy(&json!({ "Version": "2008-10-17", "Statement":
        { "Effect": "Allow", "Action": "*", "Resource": "${aws:username}" } }));
    assert_eq!(decide(&old, "s3:GetObject", "a*", &context), Decision::ImplicitDeny);
    assert_eq!(decide(&old, "s3:GetObject", "${aws:username}", &context), Decision::Allowed);
}

#[test]
fn an_unknown_operator_keeps_a_deny_and_keeps_from_allowing_and_is_named() {
    for (effect, expected) in [("Deny", denied(0, None)), ("Allow", Decision::ImplicitDeny)] {
        let one = statement(&json!({ "Effect": effect, "Action": "s3:*", "Resource": "*",
            "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } } }));
        let context = Context::new();
        let evaluation = one.evaluate(Request { action: "s3:GetObject", resource: "*", context: &context });
        assert_eq!(evaluation.decision, expected);
        assert_eq!(evaluation.not_understood.into_iter().collect::<Vec<_>>(), ["IpAddress"]);
        let other = one.evaluate(Request { action: "sqs:SendMessage", resource: "*", context: &context });
        assert_eq!(
            other,
            Evaluation { decision: Decision::ImplicitDeny, not_understood: [].into(), decisive: Vec::new() }
        );
    }
    // Another condition that is not met settles it.
    let settled = statement(&json!({ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
        "IpAddress": { "aws:SourceIp": "10.0.0.0/8" }, "StringEquals": { "aws:PrincipalAccount": "1" } } }));
    assert_eq!(decide(&settled, "s3:GetObject", "*", &root()), Decision::ImplicitDeny);
}

#[test]
fn a_variable_without_a_value_keeps_a_deny_and_keeps_from_allowing_and_is_named() {
    let said = |effect: &str, rest: &serde_json::Value| {
        let mut document = json!({ "Effect": effect, "Action": "*", "Resource": "*" });
        for (name, value) in rest.as_object().into_iter().flatten() {
            document[name.as_str()] = value.clone();
        }
        statement(&document).evaluate(Request { action: "s3:GetObject", resource: "b/x", context: &root() })
    };
    let unclear = [
        json!({ "Resource": "b/${aws:username}" }),
        json!({ "Condition": { "StringEquals": { "aws:PrincipalArn": "${aws:username}" } } }),
        json!({ "Condition": { "StringNotLike": { "aws:PrincipalArn": ["x", "${aws:username}"] } } }),
    ];
    for rest in unclear {
        for (effect, expected) in [("Deny", denied(0, None)), ("Allow", Decision::ImplicitDeny)] {
            let evaluation = said(effect, &rest);
            assert_eq!(evaluation.decision, expected, "{effect} {rest}");
            assert_eq!(evaluation.not_understood.into_iter().collect::<Vec<_>>(), ["${aws:username}"], "{rest}");
        }
    }
    // It makes no difference beside a value that settles it, or for a key that is missing.
    for (rest, holds) in [
        (json!({ "Resource": ["b/${aws:username}", "b/*"] }), true),
        (json!({ "Condition": { "StringEquals": { "aws:PrincipalArn": ["${aws:username}", ROOT] } } }), true),
        (json!({ "Condition": { "StringEquals": { "aws:SourceIp": "${aws:username}" } } }), false),
    ] {
        let evaluation = said("Allow", &rest);
        let expected = if holds { Decision::Allowed } else { Decision::ImplicitDeny };
        assert_eq!((evaluation.decision, evaluation.not_understood), (expected, [].into()), "{rest}");
    }
}

#[test]
fn the_statements_that_decide_are_named() {
    let said = policy(&json!({ "Statement": [
        { "Sid": "All", "Effect": "Allow", "Action": "iam:*", "Resource": "*" },
        { "Sid": "Users", "Effect": "Allow", "Action": "iam:*User", "Resource": "*" },
        { "Sid": "NoDelete", "Effect": "Deny", "Action": "iam:Delete*", "Resource": "*" },
    ] }));
    let context = Context::new();
    for (action, names) in [
        ("iam:GetUser", &["All", "Users"][..]),
        ("iam:GetRole", &["All"]),
        ("iam:DeleteUser", &["NoDelete"]),
        ("s3:GetObject", &[]),
    ] {
        let decisive = said.evaluate(Request { action, resource: "*", context: &context }).decisive;
        let sids: Vec<_> = decisive.iter().filter_map(|name| name.sid.as_deref()).collect();
        assert_eq!(sids, names, "{action}");
    }
}

#[test]
fn the_keys_a_request_lacks_are_those_of_the_statements_about_it() {
    let said = statement(&json!([
        { "Effect": "Allow", "Action": "organizations:EnableAWSServiceAccess", "Resource": "*",
          "Condition": { "StringEquals": { "organizations:ServicePrincipal": "iam.amazonaws.com" } } },
        { "Effect": "Allow", "Action": "sts:AssumeRoot", "Resource": ROOT,
          "Condition": { "StringEquals": { "sts:TaskPolicyArn": "x" }, "Null": { "aws:AssumedRoot": "true" } } },
    ]));
    let missing = |action, resource, context: &Context| {
        said.missing_keys(Request { action, resource, context }).into_iter().collect::<Vec<_>>()
    };
    let nothing = Context::new();
    assert_eq!(missing("organizations:enableawsserviceaccess", "*", &nothing), ["organizations:ServicePrincipal"]);
    assert_eq!(missing("sts:AssumeRoot", ROOT, &nothing), ["aws:AssumedRoot", "sts:TaskPolicyArn"]);
    assert_eq!(missing("sts:AssumeRoot", "*", &nothing), [""; 0]);
    let known = Context::new().with("STS:TaskPolicyArn", "x").with("aws:AssumedRoot", "true");
    assert_eq!(missing("sts:AssumeRoot", ROOT, &known), [""; 0]);
}

#[test]
fn in_an_open_context_what_is_not_told_is_unknown() {
    let open = Context::open().with("aws:PrincipalArn", ROOT);
    let deny = |condition: &serde_json::Value| {
        let statement = json!({ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition });
        self::statement(&statement).evaluate(Request { action: "s3:GetObject", resource: "*", context: &open })
    };
    for operator in ["Null", "StringEquals", "StringNotEquals", "BoolIfExists", "ForAllValues:StringEquals"] {
        let unknown = deny(&json!({ operator: { "aws:AssumedRoot": "true" } }));
        assert_eq!(unknown.not_understood.into_iter().collect::<Vec<_>>(), ["aws:AssumedRoot"], "{operator}");
    }
    // What is told counts, and settles it where the rest makes no difference.
    let other = deny(&json!({ "StringEquals": { "aws:PrincipalArn": "x", "aws:AssumedRoot": "true" } }));
    assert_eq!(other, Evaluation { decision: Decision::ImplicitDeny, not_understood: [].into(), decisive: vec![] });
}

#[test]
fn a_document_that_is_no_policy_says_why() {
    for (text, says) in [
        ("{", "not valid JSON"),
        ("[]", "the policy is not an object"),
        ("{}", "the policy has no Statement"),
        (r#"{"Version":"2030-01-01","Statement":[]}"#, "the policy has an unknown Version"),
        (r#"{"Statement":[1]}"#, "statement 1 is not an object"),
        (r#"{"Statement":{"Effect":"deny","Action":"*"}}"#, "statement 1 has no Effect of Allow or Deny"),
        (r#"{"Statement":{"Effect":"Deny"}}"#, "statement 1 has neither Action nor NotAction"),
        (r#"{"Statement":{"Effect":"Allow","NotAction":[]}}"#, "statement 1 has an empty NotAction"),
        (r#"{"Statement":{"Effect":"Allow","Action":"*","NotPrincipal":{}}}"#, "statement 1 has an empty NotPrincipal"),
        (
            r#"{"Statement":{"Effect":"Allow","Action":"*","Principal":"me"}}"#,
            "statement 1 has a Principal that is neither",
        ),
        (
            r#"{"Statement":[{"Effect":"Deny","Action":"*"},{"Effect":"Deny","Action":"*","NotAction":"*"}]}"#,
            "statement 2 has both Action and NotAction",
        ),
        (
            r#"{"Statement":{"Effect":"Deny","Action":"*","Conditions":{}}}"#,
            "statement 1 has an unknown element: Conditions",
        ),
    ] {
        let error =
            Policy::parse(text).err().map(|error| crate::words::client_error::policy(&error)).unwrap_or_default();
        assert!(error.starts_with(says), "{text}: {error}");
    }
}

#[test]
fn a_denial_of_the_owning_account_locks_out_everyone_in_it() {
    let reach = |principal: &serde_json::Value| {
        let document =
            json!({ "Statement": { "Effect": "Deny", "Principal": principal, "Action": "SQS:*", "Resource": "*" } });
        lockouts(&policy(&document), &["sqs:SetQueueAttributes"], "arn:aws:sqs:x:444455556666:q", "444455556666")
            .pop()
            .map(|lockout| lockout.reach)
    };
    for owner in
        [json!("444455556666"), json!("arn:aws:iam::444455556666:root"), json!(["111122223333", "444455556666"])]
    {
        assert_eq!(reach(&json!({ "AWS": owner })), Some(Reach::Owner), "{owner}");
    }
    assert_eq!(reach(&json!({ "AWS": ["444455556666", "*"] })), Some(Reach::Everyone));
    for other in
        [json!("111122223333"), json!("arn:aws:iam::444455556666:role/x"), json!("arn:aws:iam::111122223333:root")]
    {
        assert_eq!(reach(&json!({ "AWS": other })), None, "{other}");
    }
}

#[test]
fn a_lockout_is_a_deny_of_the_administrative_actions_to_everyone() {
    const FIXING: [&str; 3] = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];
    let bucket = "arn:aws:s3:::locked";
    let all = policy(&json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*" },
        { "Sid": "DenyAll", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [bucket, "arn:aws:s3:::locked/*"] },
        { "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::444455556666:role/Gone" }, "Action": "s3:PutBucketPolicy", "Resource": bucket },
        { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::locked/*" },
        { "Effect": "Deny", "Principal": { "AWS": "111122223333" }, "Action": "s3:*", "Resource": bucket },
        { "Effect": "Deny", "Principal": { "AWS": ["*"] }, "NotAction": "s3:GetBucketPolicy", "Resource": "*",
          "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-1" } } },
        { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::other" },
        // Whoever calls over TLS is not denied.
        { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
          "Condition": { "Bool": { "aws:SecureTransport": false } } },
        { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
          "Condition": { "boolIfExists": { "AWS:securetransport": ["false"] } } },
    ] }));
    let found = lockouts(&all, &FIXING, bucket, "444455556666");
    let owned = |actions: &[&str]| actions.iter().map(|action| (*action).to_owned()).collect::<Vec<_>>();
    let name = |index, sid: Option<&str>| StatementName { index, sid: sid.map(str::to_owned) };
    assert_eq!(
        found,
        [
            Lockout {
                statement: name(1, Some("DenyAll")),
                actions: owned(&FIXING),
                reach: Reach::Everyone,
                conditions: Vec::new(),
            },
            Lockout {
                statement: name(2, None),
                actions: owned(&["s3:PutBucketPolicy"]),
                reach: Reach::AllBut(vec!["arn:aws:iam::444455556666:role/Gone".to_owned()]),
                conditions: Vec::new(),
            },
            Lockout {
                statement: name(5, None),
                actions: owned(&["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]),
                reach: Reach::Everyone,
                conditions: vec!["StringNotEquals aws:SourceVpce vpce-1".to_owned()],
            },
        ]
    );
    assert_eq!(found.first().map(|lockout| lockout.statement.to_string()).as_deref(), Some("statement 2 (DenyAll)"));
}

/// JSON that looks like a policy more often than not.
fn almost_a_policy() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|value| json!(value)),
        any::<i64>().prop_map(|value| json!(value)),
        "[*?${}a:,' ]{0,12}|Allow|Deny|\\*|2012-10-17|s3:GetObject|\\PC{0,8}".prop_map(|value| json!(value)),
    ];
    let name = "Version|Statement|Effect|Action|NotAction|Resource|NotResource|Principal|NotPrincipal|AWS|Condition|\
                StringLike|ArnLike|Null|Bool|Sid|[a-z:]{0,6}";
    leaf.prop_recursive(6, 48, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|list| json!(list)),
            prop::collection::btree_map(name, inner, 0..6).prop_map(|members| json!(members)),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused_and_judged(document in almost_a_policy(), action in "\\PC{0,12}", resource in "\\PC{0,12}") {
        if let Ok(policy) = Policy::parse(&document.to_string()) {
            let _ = policy.evaluate(Request { action: &action, resource: &resource, context: &root() });
            let _ = lockouts(&policy, &[&action], &resource, "444455556666");
        }
    }

    #[test]
    fn any_statement_is_judged(
        effect in "Allow|Deny",
        actions in prop::collection::vec("[s*?3:ab]{0,8}", 1..3),
        resources in prop::collection::vec("[arn:*?${},'a]{0,12}", 1..3),
        operator in "(ForAllValues:|ForAnyValue:)?(StringEquals|StringNotLike|ArnLike|Null|DateLessThan)(IfExists)?",
        value in "[arn:*?${},'a]{0,12}",
        action in "[s3:ab]{0,8}",
        resource in "[arn:a]{0,12}",
    ) {
        let policy = statement(&json!({ "Effect": effect, "Action": actions, "Resource": resources,
            "Condition": { operator: { "aws:PrincipalArn": value } } }));
        let decision = decide(&policy, &action, &resource, &root());
        let possible = matches!(
            (decision, effect.as_str()),
            (Decision::ImplicitDeny, _) | (Decision::Allowed, "Allow") | (Decision::ExplicitDeny(_), "Deny")
        );
        prop_assert!(possible);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let is_named_so = matches!(Policy::parse(&text), Err(PolicyError::NotJson(_)));
        prop_assert_eq!(is_named_so, !is_json);
    }

    /// What two patterns have in common is found if there is anything, and both match it.
    #[test]
    fn what_two_patterns_have_in_common_is_matched_by_both(
        one in "[ab*?]{0,7}", other in "[ab*?]{0,7}", text in "[ab]{0,6}",
    ) {
        let (Ok(first), Ok(second)) = (pattern::Pattern::new(&one, None), pattern::Pattern::new(&other, None)) else {
            unreachable!("no variables")
        };
        match first.common_text(&second) {
            Some(common) => prop_assert!(first.matches(&common) && second.matches(&common), "{common}"),
            None => prop_assert!(!(first.matches(&text) && second.matches(&text))),
        }
    }

    /// Compared with the definition, which tries every way.
    #[test]
    fn wildcards_match_as_defined(pattern in "[ab*?]{0,7}", text in "[ab]{0,7}") {
        fn matches(pattern: &[u8], text: &[u8]) -> bool {
            match (pattern.split_first(), text.split_first()) {
                (None, None) => true,
                (Some((b'*', rest)), _) => (0..=text.len()).any(|skip| matches(rest, text.get(skip..).unwrap_or_default())),
                (Some((b'?', rest)), Some((_, others))) => matches(rest, others),
                (Some((wanted, rest)), Some((letter, others))) => wanted == letter && matches(rest, others),
                _ => false,
            }
        }
        let ours = pattern::Pattern::new(&pattern, None).is_ok_and(|compiled| compiled.matches(&text));
        prop_assert_eq!(ours, matches(pattern.as_bytes(), text.as_bytes()));
    }
}
