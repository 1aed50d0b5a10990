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
