//! `rootdeck policy`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{program, run};

fn asset(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/policies").join(name);
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_policy_is_printed_without_asking_aws_and_is_that_of_the_assets() {
    for name in ["browse", "change-emails", "audit", "recovery", "everything", "scp"] {
        let printed = run(&["policy", "--for", name]);
        assert_eq!(printed.expect(0, &["rootdeck: "]).stdout, asset(&format!("{name}.json")), "{name}");
    }
    // With nothing said it is everything; words of subcommands are understood.
    assert_eq!(run(&["policy"]).expect(0, &[]).stdout, asset("everything.json"));
    assert_eq!(run(&["policy", "--for", "credentials"]).stdout, asset("delete-credentials.json"));
}

#[test]
fn alarms_are_a_template_or_patterns_and_no_policy() {
    let template =
        run(&["policy", "--for", "alarms"]).expect(0, &["us-east-1", "StackSets", "aws cloudformation"]).json();
    assert_eq!(template["Resources"]["RootSession"]["Type"], "AWS::Events::Rule");
    let patterns = run(&["policy", "--for", "alarms", "--patterns"]).json();
    assert_eq!(patterns["RootSession"]["detail"]["eventName"], serde_json::json!(["AssumeRoot"]));
    run(&["policy", "--for", "alarms,audit"]).expect(2, &["print it separately"]);
    run(&["policy", "--patterns"]).expect(2, &["--for alarms"]);
}

#[test]
fn the_kind_of_a_policy_of_ones_own_can_be_told() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("policy.json");
    let explain = |document: &str, kind: &[&str]| {
        fs::write(&file, document).unwrap();
        let words = [&["policy", "explain", "--file", file.to_str().unwrap(), "-o", "json"], kind].concat();
        program(&home, &words).output().map(crate::program::Ended::from).unwrap()
    };
    let allow = r#"{"Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}"#;
    assert_eq!(explain(allow, &[]).json()[0]["root_sessions"], serde_json::Value::Null);
    let scp = explain(allow, &["--kind", "scp"]).json();
    assert_eq!(scp[0]["root_sessions"].as_array().map(Vec::len), Some(5));
    let rcp = r#"{"Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}}"#;
    explain(rcp, &[]).expect(1, &["--kind rcp"]);
    let judged = explain(rcp, &["--kind", "rcp"]).json();
    assert_eq!(judged[0]["root_sessions"].as_array().map(Vec::len), Some(2));
    assert_eq!(judged[0]["root_sessions"][1]["actions"][0]["answer"], "denied");
}

#[test]
fn flows_are_put_together_and_narrowed() {
    let wanted = [
        "policy",
        "--for=change-emails,audit",
        "--partition=aws-cn",
        "--organization=o-8j81brsjuj",
        "--management-account=111122223333",
        "--allowed-domains=Corp.Example,corp.test",
        "--essential",
        "--with-doubtful",
    ];
    let policy = run(&wanted).expect(0, &["attach it"]).json();
    let statement = |sid: &str| {
        let all = policy["Statement"].as_array().unwrap();
        all.iter().find(|one| one["Sid"] == sid).unwrap_or_else(|| panic!("{sid}: {policy:#}")).clone()
    };
    let change = statement("ChangePrimaryEmails");
    assert_eq!(change["Resource"], "arn:aws-cn:account::111122223333:account/o-8j81brsjuj/*");
    let domains = &change["Condition"]["StringEqualsIgnoreCase"]["account:EmailTargetDomain"];
    assert_eq!(*domains, serde_json::json!(["corp.example", "corp.test"]));
    let task = &statement("OpenRootSessions")["Condition"]["ArnEquals"]["sts:TaskPolicyArn"];
    assert_eq!(task, "arn:aws-cn:iam::aws:policy/root-task/IAMAuditRootUserCredentials");
    assert_eq!(statement("PerhapsAlsoForEmailChanges")["Action"], "iam:UpdateAccountEmailAddress");
    let text = policy.to_string();
    assert!(!text.contains("GetPrimaryEmail") && !text.contains("ListOrganizationsFeatures"), "{text}");
}

#[test]
fn the_domains_of_the_configuration_hold_unless_others_are_named() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join(".config/rootdeck");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "allowed_email_domains = [\"corp.example\"]\n").unwrap();
    let policy = |more: &[&str]| {
        let arguments = [&["policy", "--for", "email"], more].concat();
        String::from_utf8(program(&home, &arguments).output().unwrap().stdout).unwrap()
    };
    assert!(policy(&[]).contains("\"account:EmailTargetDomain\": \"corp.example\""));
    let other = policy(&["--allowed-domains", "other.example"]);
    assert!(other.contains("other.example") && !other.contains("corp.example"));
}

#[test]
fn how_the_policy_that_guards_root_is_attached_is_told() {
    let guard = run(&["policy", "--for", "scp", "--partition", "aws-us-gov"]);
    guard.expect(0, &["attach-policy", "SERVICE_CONTROL_POLICY", "management account"]);
    assert_eq!(guard.json()["Statement"][0]["Condition"]["Null"]["aws:AssumedRoot"], "true");
    assert!(guard.stdout.contains("arn:aws-us-gov:iam::*:root"));
    run(&["policy", "--for", "scp,audit"]).expect(2, &["print it separately"]);
}

#[test]
fn what_is_no_flow_or_place_is_wrong_usage() {
    for arguments in [
        &["policy", "--for", "nothing"][..],
        &["policy", "--for", "audit", "--organization", "o-*"],
        &["policy", "--for", "audit", "--management-account", "*"],
        &["policy", "--for", "email", "--allowed-domains", "*"],
        &["policy", "--partition", "gcp"],
        &["policy", "--for", "audit", "explain"],
        &["policy", "explain", "NoSuchPolicy"],
        &["policy", "explain", "PowerUserAccess", "--file", "x"],
    ] {
        assert_eq!(run(arguments).expect(2, &[]).stdout, "", "{arguments:?}");
    }
}

#[test]
fn the_managed_policies_are_explained_in_one_table() {
    let table = run(&["policy", "explain"]).expect(0, &[]).stdout.clone();
    let line = |start: &str| table.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{table}"));
    assert!(line("6  PowerUserAccess").contains("v12 of 2026-02-12"));
    let words = |start: &str| line(start).trim_start_matches(start).split_whitespace().collect::<Vec<_>>();
    assert_eq!(words("read primary emails"), ["mostly", "no", "partly", "partly", "no", "partly", "yes"]);
    assert_eq!(words("change primary emails"), ["no", "no", "no", "partly", "no", "no", "yes"]);
    assert!(table.lines().all(|line| line.len() <= 100), "{table}");

    let rows = run(&["policy", "explain", "-o", "csv"]).expect(0, &[]).stdout.clone();
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let found = reader.records().map(Result::unwrap).any(|row| {
        let cells: Vec<&str> = row.iter().take(8).collect();
        cells[0] == "AWSOrganizationsFullAccess" && cells[4] == "account:GetPrimaryEmail" && cells[7] == "not_allowed"
    });
    assert!(found, "{rows}");
    let all = run(&["policy", "explain", "-o", "json"]).json();
    assert_eq!(all.as_array().map(Vec::len), Some(7));
}

#[test]
fn one_policy_is_explained_with_what_is_missing_and_what_that_costs() {
    let power = run(&["policy", "explain", "poweruseraccess"]).expect(0, &[]).stdout.clone();
    for words in [
        "v12 of 2026-02-12, published by AWS as of 2026-11-22",
        "audit root credentials    partly",
        "  needs organizations:ListAccounts: no accounts to list or pick from",
        "  helped by iam:ListOrganizationsFeatures: a disabled feature is found only by trying",
    ] {
        assert!(power.contains(words), "{words}\n{power}");
    }
    let one = &run(&["policy", "explain", "AWSOrganizationsFullAccess", "-o", "json"]).json()[0];
    assert_eq!((one["policy"].as_str(), one["version"].as_str()), (Some("AWSOrganizationsFullAccess"), Some("v9")));
    let flow = |name: &str| {
        let flows = one["flows"].as_array().unwrap();
        flows.iter().find(|flow| flow["flow"] == name).unwrap()["allowed"].as_str().map(str::to_owned)
    };
    assert_eq!(flow("browse").as_deref(), Some("whole"));
    assert_eq!(flow("read-emails").as_deref(), Some("nothing"));
}

#[test]
fn a_policy_of_ones_own_is_explained() {
    let home = TempDir::new().unwrap();
    let explain = |text: &str| {
        let file = home.path().join("own.json");
        fs::write(&file, text).unwrap();
        run(&["policy", "explain", "--file", file.to_str().unwrap()])
    };
    let own = explain(
        r#"{"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":["organizations:List*","organizations:Describe*"],"Resource":"*"},
            {"Effect":"Allow","Action":"sts:AssumeRoot","Resource":"arn:aws:iam::444455556666:root"},
            {"Effect":"Allow","Action":"account:GetPrimaryEmail","Resource":"*",
             "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}"#,
    );
    for words in [
        "list accounts             yes",
        "read primary emails       ?",
        "unknown: depends on aws:MultiFactorAuthPresent",
        "audit root credentials    partly",
        "allowed only on arn:aws:iam::444455556666:root",
    ] {
        assert!(own.expect(0, &[]).stdout.contains(words), "{words}\n{}", own.stdout);
    }
    explain("{").expect(2, &["not valid JSON"]);
    explain(r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#)
        .expect(2, &["Principal"]);
    run(&["policy", "explain", "--file", "/nowhere/at/all"]).expect(2, &["does not exist"]);
    // What stands in it does not drive the terminal.
    let hostile = explain(
        "{\"Statement\":{\"Sid\":\"a\\u001b[2J\",\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\\u001b[31m\"}}",
    );
    assert!(!hostile.stdout.contains('\u{1b}') && !hostile.stderr.contains('\u{1b}'));
}

#[test]
fn a_service_control_policy_is_explained_as_what_it_takes_away() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("scp.json");
    fs::write(
        &file,
        r#"{"Version":"2012-10-17","Statement":[
            {"Sid":"NoRoot","Effect":"Deny","NotAction":["s3:*","sqs:*"],"Resource":"*",
             "Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}},
            {"Sid":"OnlyQueues","Effect":"Deny","Action":"sts:AssumeRoot","Resource":"*",
             "Condition":{"StringNotEquals":{"sts:TaskPolicyArn":"arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy"}}}]}"#,
    )
    .unwrap();
    let explain = |form: &str| run(&["policy", "explain", "--file", file.to_str().unwrap(), "-o", form]);
    let table = explain("table").expect(0, &[]).stdout.clone();
    for words in [
        "No Allow statement",
        "(SCP)",
        "list accounts             yes",
        "audit root credentials    no",
        "applies if StringLike aws:PrincipalArn arn:aws:iam::*:root",
        "IAMAuditRootUserCredentials   no",
        "denied by statement 1 (NoRoot): iam:GetUser",
        "S3UnlockBucketPolicy          yes",
        "sts:AssumeRoot is denied by statement 2 (OnlyQueues)",
        "SCPs apply to member accounts",
    ] {
        assert!(table.contains(words), "{words}\n{table}");
    }
    let json = &explain("json").json()[0];
    assert_eq!(json["guardrail"], true);
    let opening: Vec<_> =
        json["root_sessions"].as_array().unwrap().iter().map(|task| task["opening"].clone()).collect();
    assert_eq!(opening.iter().filter(|answer| **answer == "allowed").count(), 1, "{json}");
    let csv = explain("csv").expect(0, &[]).stdout.clone();
    assert!(csv.contains("root session SQSUnlockQueuePolicy"), "{csv}");
    assert!(!run(&["policy", "explain"]).stdout.contains("No Allow statement"));
}
