//! What each subcommand prints as JSON is what its schema says, in the demo organization.

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;
use serde_json::Value;

use crate::office::Office;
use crate::program::{Ended, run};
use crate::site::{CANARY, CLEAN, CLOSED, MANAGEMENT, NORTHWIND, SANDBOX, SHOP, Site};

/// Why `value` is not what `schema` says; the part of JSON Schema that rootdeck writes.
fn breach(schema: &Value, value: &Value, place: &str) -> Option<String> {
    let keyword = |name: &str| schema.get(name);
    if let Some(choices) = keyword("anyOf").and_then(Value::as_array) {
        let breaches: Vec<String> = choices.iter().map_while(|choice| breach(choice, value, place)).collect();
        return (breaches.len() == choices.len()).then(|| breaches.join("; "));
    }
    let is_of = |kind: &Value| match kind.as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        _ => false,
    };
    match keyword("type") {
        Some(Value::Array(kinds)) if !kinds.iter().any(is_of) => {
            return Some(format!("{place}: {value} is no {kinds:?}"));
        }
        Some(kind @ Value::String(_)) if !is_of(kind) => return Some(format!("{place}: {value} is no {kind}")),
        _ => {}
    }
    if let Some(words) = keyword("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        return Some(format!("{place}: {value} is none of {words:?}"));
    }
    match value {
        Value::String(text) => {
            let is_time = text.len() == 20 && text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok();
            let is_id = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
            let is_wrong = (keyword("format").is_some() && !is_time) || (keyword("pattern").is_some() && !is_id);
            is_wrong.then(|| format!("{place}: {text}"))
        }
        Value::Array(items) => {
            let each = keyword("items")?;
            items.iter().find_map(|item| breach(each, item, &format!("{place}[]")))
        }
        Value::Object(fields) => {
            let properties = keyword("properties")?.as_object().unwrap();
            let required = keyword("required").unwrap().as_array().unwrap();
            let missing = required.iter().find(|name| !fields.contains_key(name.as_str().unwrap()));
            let of_field = |(name, value): (&String, &Value)| match properties.get(name) {
                Some(schema) => breach(schema, value, &format!("{place}.{name}")),
                None => Some(format!("{place}.{name}: no such property")),
            };
            missing.map(|name| format!("{place}: {name} is missing")).or_else(|| fields.iter().find_map(of_field))
        }
        _ => None,
    }
}

#[track_caller]
fn check(name: &str, ended: &Ended) {
    let schema = run(&["schema", name]).expect(0, &[]).json();
    let value = ended.json();
    let why = breach(&schema, &value, name);
    assert_eq!(why, None, "{}", ended.stdout);
}

fn json(site: &Site, arguments: &[&str]) -> Ended {
    site.run(&[arguments, &["-o", "json"]].concat())
}

#[test]
fn rows_of_several_organizations_are_what_the_schemas_say() {
    for (name, arguments) in [
        ("accounts", &["accounts"][..]),
        ("trust-list", &["trust", "list"]),
        ("features-list", &["features", "list"]),
        ("journal", &["journal"]),
    ] {
        let several = ["--demo", "--profiles", "management,acquired", "-o", "json"];
        let ended = run(&[&several, arguments].concat());
        check(name, &ended);
    }
}

#[test]
fn what_the_demo_prints_is_what_the_schemas_say() {
    for (name, arguments) in [
        ("accounts", &["accounts"][..]),
        ("status", &["status"]),
        ("trust-list", &["trust", "list"]),
        ("features-list", &["features", "list"]),
        ("delegated-admins-list", &["delegated-admins", "list"]),
        ("policy-explain", &["policy", "explain"]),
        ("policy-explain", &["policy", "explain", "PowerUserAccess"]),
        ("config", &["config"]),
        ("journal", &["journal"]),
        ("recovery-list", &["recovery", "list"]),
        ("findings-list", &["findings", "list"]),
        ("accounts-show", &["accounts", "show", SANDBOX]),
        ("email-status", &["email", "status"]),
        ("email-resume", &["email", "resume", "--yes"]),
        ("email-plans-list", &["email", "plans", "list"]),
    ] {
        check(name, &run(&[arguments, &["--demo", "-o", "json"]].concat()));
    }
    for who in ["no-organization", "member", "delegated-admin", "scp", "root-user", "consolidated-billing"] {
        for (name, arguments) in [("status", "status"), ("accounts", "accounts")] {
            let ended = run(&[arguments, "--demo", "--demo-as", who, "-o", "json"]);
            if !ended.stdout.is_empty() {
                check(name, &ended);
            }
        }
    }
}

#[test]
fn what_root_tasks_print_is_what_the_schemas_say() {
    let site = Site::open();
    check("audit", &json(&site, &["audit"]));
    check("audit", &json(&site, &["audit", "--deep", "--accounts", &[NORTHWIND, CANARY, CLOSED, CLEAN].join(",")]));
    check("audit", &json(&site, &["audit", "--since-last", "--accounts", CLEAN]));
    check("audit-history", &json(&site, &["audit", "history", NORTHWIND]));
    check("audit-history", &json(&site, &["audit", "history", CANARY]));
    for account in [CLEAN, SANDBOX, CLOSED, MANAGEMENT, CANARY] {
        check("accounts-show", &json(&site, &["accounts", "show", account]));
    }
    check("features-list", &json(&site, &["features", "list"]));
    check("credentials-delete", &json(&site, &["credentials", "delete", "--dry-run", NORTHWIND, CANARY]));
    check("credentials-delete", &json(&site, &["credentials", "delete", "--yes", NORTHWIND]));
    check(
        "credentials-delete",
        &json(&site, &["credentials", "delete", "--dry-run", "--older-than", "90d", CANARY, SANDBOX]),
    );
    check("recovery-allow", &json(&site, &["recovery", "allow", CLEAN, "--yes"]));
    check("recovery-allow", &json(&site, &["recovery", "allow", CANARY, SHOP, "--yes"]));
    check("recovery-close", &json(&site, &["recovery", "close", SHOP, "--yes"]));
    let open = json(&site, &["recovery", "list"]);
    assert_eq!(open.json().as_array().map(Vec::len), Some(1));
    check("recovery-list", &open);
    for account in [CANARY, SHOP, MANAGEMENT] {
        check("scp-explain", &json(&site, &["scp", "explain", account]));
    }
    check("s3-policy-list", &json(&site, &["s3-policy", "list", SHOP]));
    check("sqs-policy-list", &json(&site, &["sqs-policy", "list", SHOP]));
    check("features-disable", &json(&site, &["features", "disable", "RootSessions", "--yes"]));
    check("features-enable", &json(&site, &["features", "enable", "RootSessions", "--yes"]));
    check(
        "delegated-admins-register",
        &json(&site, &["delegated-admins", "register", CLEAN, "iam.amazonaws.com", "--yes"]),
    );
    check(
        "delegated-admins-deregister",
        &json(&site, &["delegated-admins", "deregister", CLEAN, "iam.amazonaws.com", "--yes"]),
    );
    check("trust-enable", &json(&site, &["trust", "enable", "account.amazonaws.com", "--yes"]));
    check("trust-disable", &json(&site, &["trust", "disable", "account.amazonaws.com", "--yes"]));
    site.inject("DisableOrganizationsRootSessions:drop=1x");
    let unknown = json(&site, &["features", "disable", "RootSessions", "--yes", "--no-wait"]);
    check("features-disable", unknown.expect(5, &[]));
    let journal = json(&site, &["journal"]);
    assert!(journal.json().as_array().is_some_and(|entries| entries.len() > 5));
    check("journal", &journal);
}

#[test]
fn what_email_changes_print_is_what_the_schemas_say() {
    let site = Office::trusting();
    check("email-show", &json(&site, &["email", "show", SANDBOX, CANARY]));
    check("contacts-list", &json(&site, &["contacts", "list"]));
    check("contacts-list", &json(&site, &["contacts", "list", SANDBOX, "--type", "billing,security"]));
    check("contacts-show", &json(&site, &["contacts", "show", NORTHWIND]));
    check("email-start", &site.start(SANDBOX, "new@corp.example"));
    check("email-status", &json(&site, &["email", "status"]));
    check("email-status", &json(&site, &["email", "status", CLEAN]));
    check("email-resend", &json(&site, &["email", "resend", SANDBOX, "--yes"]));
    let code = site.code_to("new@corp.example");
    check("email-accept", &site.give(&["email", "accept", SANDBOX, "--yes", "-o", "json"], &code));
    let plan = site.home.path().join("plan.csv");
    let file = plan.to_str().unwrap();
    std::fs::write(&plan, format!("account_id,new_email\n{CLEAN},a@corp.example\n1,b@corp.example\n")).unwrap();
    check("email-plan", &json(&site, &["email", "plan", file, "--dry-run"]));
    std::fs::write(&plan, format!("account_id,new_email\n{CLEAN},a@corp.example\n{SANDBOX},b@other.example\n"))
        .unwrap();
    let dry = json(&site, &["email", "plan", file, "--dry-run", "--allow-new-domain"]);
    check("email-plan", &dry);
    let ended = json(&site, &["email", "plan", file, "--yes", "--allow-new-domain"]);
    check("email-plan", &ended);
    check("email-plans-list", &json(&site, &["email", "plans", "list"]));
    check("email-plans-show", &json(&site, &["email", "plans", "show", "1"]));
    let accepted =
        site.give(&["email", "accept", "--mails", "-", "--yes", "-o", "json"], &site.mail_to("a@corp.example"));
    check("email-accept-mails", &accepted);
    let (before, after) = (dry.json(), ended.json());
    assert!(before[0].as_object().unwrap().keys().eq(after[0].as_object().unwrap().keys()), "{before} {after}");
    assert_eq!((&before[0]["status"], &after[0]["status"]), (&"would_start".into(), &"started".into()));
    check("journal", &json(&site, &["journal"]));
    check("email-forget", &json(&site, &["email", "forget", CLEAN, "--yes"]));
    check("email-forget", &json(&site, &["email", "forget", CLEAN, "--yes"]));
    check("email-plans-drop", &json(&site, &["email", "plans", "drop", "1", "--yes"]));
    check("purge", &json(&site, &["purge", "--dry-run"]));
    check("purge", &json(&site, &["purge", "--yes"]));
    check("purge", &run(&["purge", "--yes", "--demo", "-o", "json"]));
}

/// The same objects, however they are printed.
#[test]
fn each_line_of_ndjson_is_an_object_of_the_array() {
    let site = Site::open();
    site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    let named = ["audit", "--accounts", &[NORTHWIND, CANARY, CLOSED, CLEAN].join(",")];
    for arguments in [
        &["accounts"][..],
        &named,
        &["journal"],
        &["features", "list"],
        &["policy", "explain"],
        &["s3-policy", "list", SHOP, CLEAN],
        &["sqs-policy", "list", SHOP, "--regions", "eu-west-1,us-east-1"],
        &["email", "status", SANDBOX, NORTHWIND, MANAGEMENT],
        &["email", "status", "all"],
    ] {
        let without_times = |mut row: Value| {
            row.as_object_mut().unwrap().remove("audited_at");
            row.to_string()
        };
        let lines = site.run(&[arguments, &["-o", "ndjson"]].concat());
        let mut lines: Vec<String> =
            lines.stdout.lines().map(|line| without_times(serde_json::from_str(line).unwrap())).collect();
        let array = json(&site, arguments).json();
        let mut rows: Vec<String> = array.as_array().unwrap().iter().cloned().map(without_times).collect();
        lines.sort();
        rows.sort();
        assert_eq!(lines, rows, "{arguments:?}");
    }
}

#[test]
fn accounts_are_given_in_every_way_people_write_them() {
    let site = Office::trusting();
    let arn = format!("arn:aws:organizations::111122223333:account/o-exampleorgid/{CANARY}");
    let ids = |ended: &Ended| {
        let rows = ended.json();
        rows.as_array().unwrap().iter().map(|row| row["account_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let ended = json(&site, &["email", "show", "4444-5555-6666", &arn, "2222 3333 5555"]);
    assert_eq!(ids(&ended), [SANDBOX, CANARY, CLEAN]);
    let ended = site.give(&["email", "show", "-", "-o", "json"], &format!("{SANDBOX}\n\n{CLEAN}\n"));
    assert_eq!(ids(&ended), [SANDBOX, CLEAN]);
    site.give(&["email", "show", "-"], "\n").expect(2, &["no account given"]);
    for again in [&["--accounts", SANDBOX, "--accounts", CLEAN][..], &[SANDBOX, CLEAN], &[SANDBOX, "--accounts", CLEAN]]
    {
        let template = site.run(&[&["email", "template"], again].concat());
        assert_eq!(template.expect(0, &[]).stdout.lines().count(), 3, "{again:?}");
    }
    site.start(SANDBOX, "new@corp.example").expect(0, &[]);
    let all = ["all", "--all"].map(|all| ids(&json(&site, &["email", "status", all])));
    assert!(all[0] == all[1] && all[0].contains(&SANDBOX.to_owned()) && !all[0].contains(&CLEAN.to_owned()), "{all:?}");
    let of = |accounts: &[&str]| json(&site, &[&["journal"], accounts].concat()).json().as_array().map(Vec::len);
    let everything = of(&[]).unwrap();
    assert!(everything > 0 && of(&["--account", "all"]) == Some(everything));
    let one = of(&["--account", SANDBOX]).unwrap();
    assert!(one > 0 && of(&["--account", &format!("{SANDBOX},{CLEAN}")]) >= Some(one));
    assert_eq!(of(&["--account", SANDBOX, "--account", CLEAN]), of(&["--accounts", &format!("{SANDBOX},{CLEAN}")]));
}

#[test]
fn a_schema_is_printed_by_its_name() {
    let names = run(&["schema"]).expect(0, &[]).stdout.clone();
    assert!(names.lines().any(|name| name == "audit"), "{names}");
    run(&["schema", "nothing"]).expect(2, &["no output is named nothing", "email-status"]);
}

/// A checker that passes everything would prove nothing.
#[test]
fn a_breach_is_found() {
    let schema = run(&["schema", "accounts"]).json();
    let good = run(&["accounts", "--demo", "-o", "json"]).json();
    let spoiled = |spoil: fn(&mut Value)| {
        let mut rows = good.clone();
        spoil(&mut rows[3]);
        breach(&schema, &rows, "").is_some()
    };
    assert!(!spoiled(|_| {}));
    assert!(spoiled(|row| row["account_id"] = "1".into()) && spoiled(|row| row["joined"] = "2026-01-01".into()));
    assert!(spoiled(|row| row["extra"] = 1.into()) && spoiled(|row| row["path"] = Value::Null));
    assert!(spoiled(|row| drop(row.as_object_mut().unwrap().remove("email"))));
}
