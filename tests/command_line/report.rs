//! `rootdeck report` and `rootdeck audit history`, as an auditor meets them.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::program::run;
use crate::site::{CANARY, CLEAN, MANAGEMENT, NORTHWIND, SANDBOX, Site};

/// Its root has a key that is used each day.
const IN_USE: &str = "333311110004";

fn read(site: &Site, name: &str) -> String {
    fs::read_to_string(site.home.path().join(name)).unwrap()
}

fn path(site: &Site, name: &str) -> String {
    site.home.path().join(name).display().to_string()
}

#[test]
fn one_file_says_who_when_what_was_found_and_what_could_not_be_read() {
    let site = Site::open();
    let out = path(&site, "report.html");
    let ended = site.run(&["report", "--format", "html", "--out", &out]);
    ended.expect(3, &["report written to", "41 accounts", "unread"]);
    assert_eq!(ended.stdout, "");
    let page = read(&site, "report.html");
    for part in ["o-", MANAGEMENT, "role/OrgAdmin", "RootCredentialsManagement on", SANDBOX, CANARY, "CIS 7.0 2.4"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("service control policy") && !page.contains("<script"));
    let mode = fs::metadata(&out).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // Nothing is replaced unasked, and no root session is opened in vain.
    let before = site.arrived("AssumeRoot");
    site.run(&["report", "--out", &out]).expect(2, &["already exists", "--force"]);
    assert_eq!(site.arrived("AssumeRoot"), before);
    site.run(&["report", "--accounts", CLEAN, "--out", &out, "--force"]).expect(0, &["0 open findings"]);
    assert!(read(&site, "report.html").starts_with("# Root users of the organization"));
}

#[test]
fn a_report_ends_as_an_audit_does() {
    let site = Site::open();
    site.run(&["report", "--accounts", SANDBOX, "--fail-on", "finding"]).expect(1, &[]);
    site.run(&["report", "--accounts", CLEAN, "--fail-on", "finding,unread"]).expect(0, &[]);
    site.run(&["report", "--accounts", &format!("{CLEAN},{CANARY}")]).expect(3, &[]);
    site.run(&["report", "--accounts", &format!("{CLEAN},{CANARY}"), "--fail-on", "unread"]).expect(1, &[]);
    run(&["--demo", "report"]).expect(4, &["iam.amazonaws.com"]);
}

#[test]
fn centralized_root_access_that_is_off_is_a_finding_of_the_organization() {
    let site = Site::closed();
    let ended = site.run(&["report", "--format", "ocsf"]);
    ended.expect(4, &["rootdeck trust enable iam.amazonaws.com"]);
    let events = ended.json();
    let is_it = |event: &&Value| event["unmapped"]["finding"] == "centralized_root_access_off";
    let found: Vec<&Value> = events.as_array().unwrap().iter().filter(is_it).collect();
    assert_eq!(found.len(), 1, "{events}");
    assert_eq!((&found[0]["cloud"]["account"]["uid"], &found[0]["severity"]), (&MANAGEMENT.into(), &"High".into()));
    assert_eq!(found[0]["message"], "trusted access for iam.amazonaws.com is off");
    assert_eq!(found[0]["resources"][0]["type"], "AwsOrganizationsOrganization");
    let requirements = found[0]["compliance"]["requirements"].to_string();
    assert!(
        requirements.contains("CIS 7.0 2.1.1") && requirements.contains("iam_root_credentials_management_enabled"),
        "{requirements}"
    );
    site.run(&["report", "--fail-on", "finding"]).expect(1, &["1 open finding"]);
    let file = path(&site, "exceptions.toml");
    let exception = format!(
        "[[exception]]\naccount = \"{MANAGEMENT}\"\nfinding = \"centralized_root_access_off\"\nreason = \"r\"\n\
         attested_by = \"CISO\"\nuntil = 2999-01-01\n"
    );
    fs::write(&file, exception).unwrap();
    site.run(&["report", "--exceptions", &file, "--fail-on", "finding"]).expect(4, &["0 open findings"]);
    // Where it is on, there is no such finding, and the exception matches nothing.
    site.run(&["trust", "enable", "iam.amazonaws.com", "--yes"]).expect(0, &[]);
    site.run(&["features", "enable", "RootCredentialsManagement", "--yes"]).expect(0, &[]);
    let on = site.run(&["report", "--quick", "--exceptions", &file]);
    on.expect(3, &["matches nothing"]);
    assert!(!on.stdout.contains("| high | centralized_root_access_off |"), "{}", on.stdout);
}

#[test]
fn a_login_profile_of_an_open_recovery_says_who_allowed_it_until_when() {
    let site = Site::open();
    let allow = ["recovery", "allow", CLEAN, "--for", "2h", "--reason", "INC-7", "--yes"];
    site.run(&allow).expect(0, &[]);
    let report = site.run(&["report", "--accounts", CLEAN]);
    report.expect(0, &[]);
    for words in ["password_without_mfa", "password recovery allowed since", "until", "OrgAdmin", "reason: INC-7"] {
        assert!(report.stdout.contains(words), "{words}: {}", report.stdout);
    }
}

#[test]
fn what_a_caller_without_rights_can_not_read_is_still_known() {
    let site = Site::open();
    site.run(&["audit", "--deep", "--accounts", SANDBOX]).expect(0, &[]);
    site.inject("AssumeRoot:access-denied=1.0");
    let denied = site.run(&["report", "--accounts", SANDBOX]);
    assert!(
        denied.stdout.contains("last known") && denied.stdout.contains("password_without_mfa"),
        "{}",
        denied.stdout
    );
    // The full audit from before answers, also after a quick one.
    let kept = site.run(&["report", "--accounts", SANDBOX, "--max-age", "1h", "--fail-on", "unread"]);
    kept.expect(0, &["no root session"]);
}

#[test]
fn exceptions_are_taken_strictly_and_an_expired_one_is_a_finding() {
    let site = Site::open();
    let file = path(&site, "exceptions.toml");
    let exception = |account: &str, finding: &str, until: &str| {
        format!(
            "[[exception]]\naccount = \"{account}\"\nfinding = \"{finding}\"\nreason = \"r\"\nattested_by = \"CISO\"\nuntil = {until}\n"
        )
    };
    fs::write(&file, exception(SANDBOX, "pasword", "2999-01-01")).unwrap();
    let report = |more: &[&str]| {
        site.run(
            &[&["report", "--accounts", SANDBOX, "--quick", "--exceptions", &file, "--format", "ocsf"], more].concat(),
        )
    };
    report(&[]).expect(2, &["line 3", "did you mean password?"]);
    assert_eq!(site.arrived("AssumeRoot"), 0);
    let all =
        ["password_without_mfa", "access_key_in_use", "access_key", "recent_sign_in", "no_hardware_mfa", "password"];
    let text: String = all.iter().map(|name| exception(SANDBOX, name, "2999-01-01")).collect();
    fs::write(&file, text).unwrap();
    let ended = report(&["--fail-on", "finding"]);
    ended.expect(0, &["0 open findings", "with an exception", "matches nothing"]);
    let events = ended.json();
    let suppressed = events.as_array().unwrap().iter().filter(|event| event["status"] == "Suppressed").count();
    assert!(suppressed > 0, "{events}");
    fs::write(&file, exception(SANDBOX, "password", "2020-01-01")).unwrap();
    let ended = report(&["--fail-on", "finding"]);
    ended.expect(1, &["expired"]);
    let events = ended.json();
    let names: Vec<&str> =
        events.as_array().unwrap().iter().filter_map(|event| event["unmapped"]["finding"].as_str()).collect();
    assert!(names.contains(&"exception_expired") && names.contains(&"password"), "{names:?}");
}

#[test]
fn what_changed_since_the_report_before_is_in_the_next_one_and_in_the_history() {
    let site = Site::open();
    let first = path(&site, "first.json");
    let accounts = format!("{NORTHWIND},{CLEAN}");
    site.run(&["report", "--accounts", &accounts, "--format", "ocsf", "--out", &first]).expect(0, &[]);
    let events: Value = serde_json::from_str(&read(&site, "first.json")).unwrap();
    assert!(events.as_array().unwrap().iter().all(|event| event["class_uid"] == 2003), "{events}");
    let delete = ["credentials", "delete", NORTHWIND, "--only", "access-keys", "--yes", "--reason", "OPS-12"];
    site.run(&delete).expect(0, &[]);
    let second = site.run(&["report", "--accounts", &accounts, "--since", &first]);
    second.expect(0, &[]);
    assert!(second.stdout.contains("resolved: access_key"), "{}", second.stdout);
    // The audits on this machine know it as well, without a root session.
    let before = site.arrived("AssumeRoot");
    let history = site.run(&["audit", "history", NORTHWIND, "-o", "json"]).expect(0, &[]).json();
    assert_eq!(site.arrived("AssumeRoot"), before);
    let rows = history.as_array().unwrap();
    let changes = rows.last().unwrap()["changes"].as_array().unwrap();
    assert!(rows.len() >= 2 && changes.iter().all(|change| change["change"] == "gone"), "{history}");
    let table = site.run(&["audit", "history", NORTHWIND]).expect(0, &[]).stdout.clone();
    assert!(table.contains("access key") && table.contains("deleted"), "{table}");
    let since = site.run(&["report", "--accounts", &accounts, "--since", "1s", "--max-age", "1h"]);
    since.expect(0, &["no root session"]);
    assert!(since.stdout.contains("the audits on this machine as of"), "{}", since.stdout);
    site.run(&["report", "--since", &path(&site, "none.json")]).expect(2, &["does not exist"]);
    let opened = site.arrived("AssumeRoot");
    site.run(&["report", "--since", "garbage"]).expect(2, &["expected a time", "7d", "OCSF"]);
    site.run(&["report", "--since", "2999-01-01"]).expect(2, &["in the future"]);
    assert_eq!(site.arrived("AssumeRoot"), opened);
    fs::write(path(&site, "other.json"), "[]").unwrap();
    site.run(&["report", "--since", &path(&site, "other.json")]).expect(2, &["not a report of rootdeck"]);
}

#[test]
fn a_quick_report_after_a_deep_one_resolves_nothing_it_did_not_ask_for() {
    let site = Site::open();
    let first = path(&site, "first.json");
    let deep = site.run(&["report", "--accounts", IN_USE, "--format", "ocsf", "--out", &first]);
    deep.expect(0, &[]);
    assert!(read(&site, "first.json").contains("access_key_in_use"));
    for since in [first.as_str(), "0s"] {
        let quick = site.run(&["report", "--accounts", IN_USE, "--quick", "--since", since]);
        let text = &quick.expect(0, &[]).stdout;
        assert!(!text.contains("| resolved:") && !text.contains("new finding"), "{text}");
    }
    // And the other way round.
    let second = path(&site, "second.json");
    site.run(&["report", "--accounts", IN_USE, "--quick", "--format", "ocsf", "--out", &second]).expect(0, &[]);
    let deep = site.run(&["report", "--accounts", IN_USE, "--since", &second]);
    let text = &deep.expect(0, &[]).stdout;
    assert!(!text.contains("new finding") && text.contains("neither new nor resolved: access_key_in_use"), "{text}");
}

#[test]
fn an_account_without_audits_has_an_empty_history_and_an_unknown_one_none() {
    let site = Site::open();
    site.run(&["audit", "history", SANDBOX]).expect(0, &["no audits of"]);
    site.run(&["accounts"]).expect(0, &[]);
    let ended = site.run(&["audit", "history", SANDBOX, "-o", "json"]);
    ended.expect(0, &["no audits of"]);
    assert_eq!(ended.json(), Value::Array(vec![]));
    site.run(&["audit", "history", "999900001111"]).expect(2, &["no account 999900001111"]);
    site.run(&["audit", "history", "no such name"]).expect(2, &[]);
}

#[test]
fn a_missing_security_contact_is_a_finding_where_contacts_are_asked_for() {
    let site = Site::open();
    // Without trusted access nothing is opened in vain.
    site.run(&["report", "--contacts"]).expect(4, &["rootdeck trust enable account.amazonaws.com"]);
    assert_eq!(site.arrived("AssumeRoot"), 0);
    site.run(&["trust", "enable", "account.amazonaws.com", "--yes"]).expect(0, &[]);
    let listed = site.run(&["contacts", "list", "--type", "security", "-o", "json"]).json();
    let missing = listed.as_array().unwrap().iter().find(|row| row["contact_findings"][0].is_object()).unwrap();
    let account = missing["account_id"].as_str().unwrap();
    let report = |more: &[&str]| site.run(&[&["report", "--quick", "--accounts", account], more].concat()).stdout;
    assert!(report(&["--contacts"]).contains("no_security_contact"));
    assert!(!report(&[]).contains("no_security_contact"));
}
