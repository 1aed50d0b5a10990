//! `rootdeck contacts`.

use serde_json::{Value, json};

use crate::office::Office;
use crate::program::{Ended, run};
use crate::site::{CANARY, CLEAN, CLOSED, MANAGEMENT, NORTHWIND, SANDBOX};

const GET: &str = "GetAlternateContact";
const GET_PRIMARY: &str = "GetContactInformation";

fn row<'a>(rows: &'a Value, id: &str) -> &'a Value {
    rows.as_array().unwrap().iter().find(|row| row["account_id"] == id).unwrap()
}

fn list(office: &Office, arguments: &[&str]) -> Ended {
    office.run(&[&["contacts", "list"], arguments].concat())
}

#[test]
fn without_trusted_access_it_ends_with_four_and_the_way_to_open_it() {
    let ended = run(&["--demo", "contacts", "list"]);
    ended.expect(4, &["account.amazonaws.com", "rootdeck trust enable account.amazonaws.com"]);
    assert_eq!(ended.stdout, "");
    // The management account's own need no trust.
    run(&["--demo", "contacts", "show", MANAGEMENT]).expect(0, &[]);
}

#[test]
fn all_contacts_are_read_and_a_missing_security_contact_is_a_finding() {
    let office = Office::trusting();
    let ended = list(&office, &["-o", "json"]);
    ended.expect(0, &["41 accounts: 28 without a security contact", "5 skipped", CLOSED]);
    let rows = ended.json();
    assert_eq!(rows.as_array().unwrap().len(), 41);
    let northwind = row(&rows, NORTHWIND);
    assert_eq!((&northwind["status"], &northwind["contact_findings"]), (&"read".into(), &json!([])));
    let security = json!({ "status": "present", "details": {
        "name": "Andrew Fuller",
        "title": "Webmaster (left 2019)",
        "email": "andrew@northwind.example",
        "phone": "206 555 0158",
    } });
    assert_eq!(northwind["security_contact"], security);
    assert_eq!(northwind["operations_contact"], json!({ "status": "absent", "details": null }));
    let primary = &northwind["primary_contact"]["details"];
    assert_eq!((&primary["company"], &primary["country"]), (&"Northwind Traders".into(), &"US".into()));
    assert_eq!(primary["address"], json!(["507 20th Ave. E.", "Apt. 2A"]));

    let sandbox = row(&rows, SANDBOX);
    let finding = &sandbox["contact_findings"][0];
    assert_eq!((&finding["contact_finding"], &finding["severity"]), (&"no_security_contact".into(), &"medium".into()));
    let references = json!([
        "CIS 7.0 2.3",
        "CIS 6.0 2.2",
        "CIS 5.0 1.2",
        "CIS 1.4 to 4.0 1.2",
        "Security Hub Account.1",
        "Prowler account_security_contact_information_is_registered",
    ]);
    assert_eq!(finding["references"], references);
    // Its own contacts are read without naming it.
    assert_eq!(row(&rows, MANAGEMENT)["security_contact"]["status"], "present");
    let closed = row(&rows, CLOSED);
    assert_eq!((&closed["status"], &closed["security_contact"]), (&"skipped".into(), &Value::Null));
    assert!(closed["message"].as_str().unwrap().contains("CLOSED"));
    // Findings come first.
    let findings = rows.as_array().unwrap().iter().take_while(|row| row["contact_findings"] != json!([])).count();
    assert_eq!(findings, 28);
}

#[test]
fn scheduled_jobs_fail_on_findings_and_on_what_is_unread() {
    let office = Office::trusting();
    list(&office, &[CLEAN, "--fail-on", "finding"]).expect(0, &[]);
    list(&office, &[SANDBOX, CLEAN, "--fail-on", "finding"]).expect(1, &["2 accounts: 1 without a security contact"]);
    office.inject("GetContactInformation:access-denied=1x");
    let ended = list(&office, &[SANDBOX, "-o", "json"]);
    ended.expect(3, &["GetContactInformation"]);
    let rows = ended.json();
    let sandbox = row(&rows, SANDBOX);
    // What was read is a finding all the same, and what was not is no absence.
    assert_eq!((&sandbox["status"], &sandbox["primary_contact"]["status"]), (&"unknown".into(), &"unknown".into()));
    assert_eq!(sandbox["contact_findings"].as_array().unwrap().len(), 1);
    office.inject("GetAlternateContact:access-denied=3x");
    let ended = list(&office, &[SANDBOX, "--fail-on", "finding,unread", "-o", "json"]);
    ended.expect(1, &["1 unread"]);
    assert_eq!(row(&ended.json(), SANDBOX)["contact_findings"], Value::Null);
    // One that AWS is not asked about.
    list(&office, &[SANDBOX, CLOSED]).expect(3, &["skipped 777700000003: the account is CLOSED"]);
    list(&office, &[CLOSED]).expect(4, &["none of these accounts"]);
}

#[test]
fn only_the_types_that_are_asked_for_are_read() {
    let office = Office::trusting();
    let ended = list(&office, &["--type", "security", "-o", "csv"]);
    ended.expect(0, &[]);
    assert_eq!((office.arrived(GET), office.arrived(GET_PRIMARY)), (36, 0));
    let mut lines = ended.stdout.lines();
    let head = lines.next().unwrap();
    let names: Vec<_> = head.split(',').collect();
    for name in ["account_id", "contact_findings", "security_contact", "security_email", "billing_phone", "primary"] {
        assert!(names.contains(&name), "{name}: {head}");
    }
    assert!(ended.stdout.contains(",absent,"), "{}", ended.stdout);
    // A phone number is no formula.
    assert!(ended.stdout.contains(",soc@example.com,'+81 3-5550-0110,"), "{}", ended.stdout);
    assert!(lines.all(|line| line.ends_with(",,")), "{}", ended.stdout);
    // Without the security contact nothing is found, and nothing is free of findings.
    let billing = list(&office, &[SANDBOX, "--type", "billing", "-o", "json"]);
    billing.expect(0, &["1 account: 1 read"]);
    assert_eq!(row(&billing.json(), SANDBOX)["contact_findings"], Value::Null);
    list(&office, &["--type", "billing", "--fail-on", "finding"]).expect(2, &["add security to --type"]);
}

#[test]
fn one_account_is_shown_with_its_contacts_and_what_to_do() {
    let office = Office::trusting();
    let ended = office.run(&["contacts", "show", "sandbox-07"]);
    ended.expect(0, &[]);
    for words in [
        "Security    !! none",
        "Operations  -",
        "Primary     Cloud Center of Excellence, Example Corp., 1-2-3 Marunouchi,",
        "no_security_contact (CIS 7.0 2.3,",
    ] {
        assert!(ended.stdout.contains(words), "{words}\n{}", ended.stdout);
    }
    let ended = office.run(&["contacts", "show", CANARY, "-o", "json"]);
    assert_eq!(ended.expect(0, &[]).json()["account_id"], CANARY);
    let table = list(&office, &[]);
    let line = |name: &str| table.stdout.lines().find(|line| line.contains(name)).map(str::to_owned).unwrap();
    assert!(line("sandbox-07").contains("!! none"), "{}", table.stdout);
    assert!(line("payments-prod").contains("soc@example.com"), "{}", table.stdout);
}

const PUT: &str = "PutAlternateContact";

#[test]
fn a_contact_is_set_read_back_and_journaled() {
    let office = Office::trusting();
    let set = ["contacts", "set", SANDBOX, "--type", "security", "--email", "soc@corp.example"];
    // Of a contact that does not exist all texts are needed.
    office.run(&[&set[..], &["-y"]].concat()).expect(2, &["sandbox-07", "name missing", "nothing was changed"]);
    let whole = [&set[..], &["--name", "SOC", "--title", "Team", "--phone", "+1 206-555-0100"]].concat();
    let ended = office.run(&[&whole[..], &["--dry-run", "-o", "json"]].concat());
    assert_eq!(row(&ended.expect(0, &[]).json(), SANDBOX)["status"], "would_change");
    assert_eq!(office.arrived(PUT), 0);
    let ended = office.run(&[&whole[..], &["-y", "--reason", "OPS-12", "-o", "json"]].concat());
    ended.expect(0, &["1 changed (verified)"]);
    let rows = ended.json();
    let changed = row(&rows, SANDBOX);
    assert_eq!((&changed["what"], &changed["status"]), (&"security_contact".into(), &"changed".into()));
    assert_eq!(
        (&changed["before"], &changed["after"]),
        (&Value::Null, &"SOC, Team, soc@corp.example, +1 206-555-0100".into())
    );
    // AWS answers with an empty body, which is a yes.
    assert_eq!((&changed["message"], &changed["aws_code"]), (&Value::Null, &Value::Null));
    let journal = office.journal();
    let entry = journal.first().unwrap();
    assert_eq!((entry.operation.as_str(), entry.reason.as_deref()), ("account:PutAlternateContact", Some("OPS-12")));
    // The same again changes nothing.
    office.run(&[&whole[..], &["-y"]].concat()).expect(0, &["all of it is so already"]);
    assert_eq!(office.arrived(PUT), 1);
    // What is not given stays as it is.
    office.run(&["contacts", "set", SANDBOX, "--type", "security", "--title", "CISO", "-y"]).expect(0, &["1 changed"]);
    let shown = office.run(&["contacts", "show", SANDBOX]);
    assert!(shown.stdout.contains("SOC, CISO, soc@corp.example"), "{}", shown.stdout);
    // A contact is deleted only after its account was typed, or with -y.
    office.run(&["contacts", "delete", SANDBOX, "--type", "security", "-y"]).expect(0, &["1 changed (verified)"]);
    office.run(&["contacts", "delete", SANDBOX, "--type", "security", "-y"]).expect(0, &["all of it is so already"]);
}

#[test]
fn the_journal_has_the_old_address_of_a_contact_and_the_new_one() {
    let office = Office::trusting();
    let whole = ["--email", "soc@corp.example", "--name", "SOC", "--title", "Team", "--phone", "+1 206-555-0100"];
    office.run(&[&["contacts", "set", SANDBOX, "--type", "security", "-y"][..], &whole].concat()).expect(0, &[]);
    let set = ["contacts", "set", SANDBOX, "--type", "security", "--email", "soc2@corp.example", "-y"];
    office.run(&set).expect(0, &[]);
    office.run(&["contacts", "delete", SANDBOX, "--type", "security", "-y"]).expect(0, &[]);
    let journal = office.run(&["journal", "-o", "json"]).json();
    let rows = journal.as_array().unwrap();
    let addresses = |operation: &str| -> Vec<(Value, Value)> {
        let rows = rows.iter().filter(|row| row["operation"] == operation);
        rows.map(|row| (row["old_email"].clone(), row["new_email"].clone())).collect()
    };
    assert!(rows.iter().all(|row| row["account_name"] == "sandbox-07" || row["account_name"].is_null()), "{journal}");
    let puts = addresses("account:PutAlternateContact");
    assert!(puts.contains(&(Value::Null, "soc@corp.example".into())), "{puts:?}");
    assert!(puts.contains(&("soc@corp.example".into(), "soc2@corp.example".into())), "{puts:?}");
    let deleted = addresses("account:DeleteAlternateContact");
    assert_eq!(deleted, [("soc2@corp.example".into(), Value::Null)]);
    let table = office.run(&["journal"]).stdout;
    assert!(table.contains("set security contact soc@corp.example -> soc2@corp.example"), "{table}");
}

#[test]
fn all_problems_of_a_file_are_told_at_once_in_its_order() {
    let office = Office::trusting();
    let plan =
        format!("account_id,new_name,security_email\n{SANDBOX},決済,\n999988887777,x,\n{NORTHWIND},,nobody\n,y,\n");
    let ended = office.give(&["contacts", "plan", "-", "-y"], &plan);
    ended.expect(2, &["nothing was changed"]);
    let lines: Vec<&str> = ended.stderr.lines().filter(|line| line.contains("line ")).collect();
    let places: Vec<Option<usize>> =
        (2..=5).map(|line| lines.iter().position(|text| text.contains(&format!("line {line}:")))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", ended.stderr);
    assert_eq!(office.arrived("GetAlternateContact"), 0);
}

#[test]
fn an_account_that_is_not_active_is_skipped_and_told_in_a_list_and_alone() {
    let office = Office::trusting();
    for command in ["show", "list"] {
        let ended = office.run(&["contacts", command, CLOSED]);
        ended.expect(4, &["the account is CLOSED", "contacts of none"]);
    }
    assert_eq!(office.arrived("GetAlternateContact"), 0);
}

#[test]
fn a_file_changes_contacts_and_names_of_many_and_again_only_what_is_left() {
    let office = Office::trusting();
    let plan = format!(
        "account_id,account_name,new_name,security_name,security_title,security_email,security_phone,billing_email\n\
         {SANDBOX},sandbox-07,sandbox 7,SOC,Team,soc@corp.example,+1 206 555 0100,\n\
         {NORTHWIND},x,,,,new@northwind.example,,\n\
         {CLEAN},x,,,,,,\n"
    );
    let file = ["contacts", "plan", "-", "-o", "json"];
    let dry = office.give(&[&file[..], &["--dry-run"]].concat(), &plan);
    dry.expect(0, &["1 line"]);
    let rows = dry.json();
    let whats: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["what"].as_str().unwrap()).collect();
    assert_eq!(whats, ["account_name", "security_contact", "security_contact"]);
    assert!(rows.as_array().unwrap().iter().all(|row| row["status"] == "would_change"), "{rows}");
    assert_eq!(office.arrived(PUT) + office.arrived("PutAccountName"), 0);
    let ended = office.give(&[&file[..], &["-y"]].concat(), &plan);
    ended.expect(0, &["3 changed (verified)"]);
    let again = office.give(&[&file[..], &["-y"]].concat(), &plan);
    again.expect(0, &["all of it is so already"]);
    assert_eq!((office.arrived(PUT), office.arrived("PutAccountName")), (2, 1));
    assert_eq!(row(&office.run(&["accounts", "-o", "json"]).json(), SANDBOX)["account_name"], "sandbox 7");
}

#[test]
fn a_file_with_problems_changes_nothing_and_names_each() {
    let office = Office::trusting();
    let plan = format!("account_id,new_name\n{SANDBOX},決済\n999999999999,x\n{SANDBOX},y\n{MANAGEMENT},Corp\n");
    let ended = office.give(&["contacts", "plan", "-", "-y"], &plan);
    ended.expect(2, &["line 3", "line 4", "in line 2 already", "nothing was changed"]);
    let plan = format!("account_id,new_name\n{SANDBOX},決済\n{CLEAN},fine\n");
    let ended = office.give(&["contacts", "plan", "-", "-y"], &plan);
    ended.expect(2, &["line 2", "only ASCII characters", "nothing was changed"]);
    assert_eq!(office.arrived("PutAccountName"), 0);
    // Some other file.
    office
        .give(&["contacts", "plan", "-", "-y"], "account_id,new_email\n1,a@b.example\n")
        .expect(2, &["is not a plan"]);
}

#[test]
fn what_rootdeck_refuses_is_journaled_and_what_aws_refuses_is_told() {
    let office = Office::trusting();
    let rename = |account: &str| office.run(&["accounts", "rename", account, "another", "-y", "-o", "json"]);
    rename(CLOSED).expect(4, &["CLOSED", "nothing was changed"]);
    assert_eq!(office.journal().first().unwrap().outcome.as_str(), "refused");
    office.inject("PutAccountName:access-denied=1x");
    let ended = rename(SANDBOX);
    ended.expect(4, &["1 refused"]);
    assert_eq!(row(&ended.json(), SANDBOX)["status"], "refused");
    let ended = rename(SANDBOX);
    assert_eq!(row(&ended.expect(0, &["1 changed (verified)"]).json(), SANDBOX)["status"], "changed");
}

#[test]
fn the_caller_s_own_account_is_changed_without_naming_it() {
    let office = Office::closed();
    let ended = office.run(&["contacts", "set", MANAGEMENT, "--type", "security", "--email", "own@corp.example", "-y"]);
    ended.expect(0, &["1 changed (verified)"]);
}

#[test]
fn without_trusted_access_nothing_is_read_and_the_fix_is_named() {
    let office = Office::closed();
    let set = ["contacts", "set", SANDBOX, "--type", "security", "--email", "soc@corp.example", "-y"];
    for arguments in [&set[..], &["accounts", "rename", SANDBOX, "another", "-y"]] {
        office.run(arguments).expect(4, &["rootdeck trust enable account.amazonaws.com"]);
    }
    assert_eq!((office.arrived(GET), office.arrived("PutAccountName")), (0, 0));
    let journal = office.journal();
    let entry = journal.first().unwrap();
    assert_eq!((entry.operation.as_str(), entry.outcome.as_str()), ("account:PutAccountName", "refused"));
}
