//! `rootdeck trust` and `rootdeck features`.

use rootdeck::domain::change::Change;
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::trusted_access::ServicePrincipal;
use serde_json::json;

use crate::office::Office;
use crate::program::run;
use crate::site::{CLEAN, SANDBOX, Site};

const ACCOUNT: &str = "account.amazonaws.com";
const IAM: &str = "iam.amazonaws.com";
const ENABLE: &str = "EnableAWSServiceAccess";

#[test]
fn a_service_is_trusted_once_aws_shows_it() {
    let site = Site::closed();
    let enabled = site.run(&["trust", "enable", ACCOUNT, "--yes"]);
    enabled.expect(
        0,
        &["will be able to read and change the primary (root) emails", "aws organizations enable-aws-service-access"],
    );
    assert_eq!(enabled.stdout, format!("{ACCOUNT} is on (verified)\n"));
    let again = site.run(&["trust", "enable", ACCOUNT, "--yes"]);
    assert_eq!(again.expect(0, &[]).stdout, format!("{ACCOUNT} is already on (verified)\n"));
    assert_eq!(site.arrived(ENABLE), 1);

    let rows = site.run(&["trust", "list", "-o", "json"]).expect(0, &[]).json();
    let row = |name: &str| rows.as_array().unwrap().iter().find(|row| row["service"] == name).cloned().unwrap();
    assert_eq!(row(ACCOUNT)["status"], "on");
    assert!(row(ACCOUNT)["since"].as_str().is_some_and(|at| at.ends_with('Z')), "{rows}");
    assert_eq!(row(IAM), json!({ "service": IAM, "status": "off", "since": null }));

    let disabled = site.run(&["trust", "disable", ACCOUNT, "--yes"]);
    assert_eq!(
        disabled.expect(0, &["cannot be accepted while it is off"]).stdout,
        format!("{ACCOUNT} is off (verified)\n")
    );
    let again = site.run(&["trust", "disable", ACCOUNT, "--yes"]);
    assert_eq!(again.expect(0, &[]).stdout, format!("{ACCOUNT} is already off (verified)\n"));
}

#[test]
fn features_come_after_trusted_access() {
    let site = Site::closed();
    let listed = site.run(&["features", "list", "-o", "json"]);
    let rows = listed.expect(0, &["AWS does not report them"]).json();
    assert_eq!(rows[0]["feature"], "RootCredentialsManagement");
    assert_eq!(rows[0]["status"]["status"], "unknown");
    let table = site.run(&["features", "list"]);
    assert!(table.stdout.lines().skip(1).all(|line| line.ends_with("unknown")), "{}", table.stdout);

    let early = site.run(&["features", "enable", "RootSessions", "--yes"]);
    early.expect(4, &["rootdeck trust enable iam.amazonaws.com"]);
    site.run(&["trust", "enable", IAM, "--yes"]).expect(0, &[]);
    let enabled = site.run(&["features", "enable", "rootsessions", "--yes", "--reason", "TICKET-7"]);
    enabled.expect(0, &["aws iam enable-organizations-root-sessions"]);
    assert_eq!(enabled.stdout, "RootSessions is on (verified)\n");
    let csv = site.run(&["features", "list", "-o", "csv"]);
    assert_eq!(csv.stdout, "feature,status\nRootCredentialsManagement,off\nRootSessions,on\n");
    site.run(&["features", "disable", "RootSessions", "--yes"]).expect(0, &["can no longer be unlocked centrally"]);
}

#[test]
fn a_reason_is_one_line_of_256_characters_at_most() {
    let office = Office::closed();
    let enable = |reason: &str| office.run(&["trust", "enable", IAM, "--yes", "--reason", reason]);
    enable(&"x".repeat(257)).expect(2, &["--reason", "at most 256 characters (1 too many)"]);
    enable(" ").expect(2, &["omit --reason"]);
    assert_eq!((office.journal().len(), office.arrived(ENABLE)), (0, 0));
    enable(" OPS-7\nnew owner\u{1b}").expect(0, &[]);
    assert_eq!(office.journal()[0].reason.as_deref(), Some("OPS-7 new owner\u{FFFD}"));
}

#[test]
fn what_can_not_be_switched_here_is_refused_with_the_reason_and_journaled() {
    let office = Office::closed();
    let unknown = office.run(&["trust", "enable", "foo.amazonaws.com", "--yes"]);
    unknown.expect(4, &["foo.amazonaws.com is managed in its own console"]);
    office.run(&["--read-only", "trust", "enable", ACCOUNT, "--yes"]).expect(4, &["read-only"]);
    office.run(&["trust", "enable", ACCOUNT]).expect(2, &["--yes"]);
    assert_eq!(office.arrived(ENABLE), 0);
    let outcomes: Vec<JournalOutcome> = office.journal().iter().map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [JournalOutcome::Refused; 2]);
    for who in ["delegated-admin", "member"] {
        let ended = run(&["--demo", "--demo-as", who, "trust", "enable", IAM, "--yes"]);
        ended.expect(4, &["management account only"]);
    }
    run(&["--demo", "--demo-as", "member", "trust", "list"]).expect(4, &["organizations:ListAWSServiceAccess"]);
}

#[test]
fn a_lost_answer_is_settled_by_what_is_seen() {
    let site = Site::closed();
    site.inject("EnableAWSServiceAccess:lose-reply=1x");
    let enabled = site.run(&["trust", "enable", IAM, "--yes"]);
    assert_eq!(enabled.expect(0, &[]).stdout, format!("{IAM} is on (verified)\n"));
    assert_eq!(site.arrived(ENABLE), 1);
}

#[test]
fn what_is_not_seen_is_not_called_done() {
    let site = Site::closed();
    site.run(&["trust", "enable", IAM, "--yes"]).expect(0, &[]);
    // The list is read before and after.
    site.inject("EnableOrganizationsRootSessions:drop=1x");
    let ended = site.run(&["features", "enable", "RootSessions", "--yes", "--no-wait"]);
    ended.expect(5, &["not verified that RootSessions is on", "rootdeck features list"]);
    assert_eq!(ended.stdout, "");
}

#[test]
fn a_refusal_of_aws_changes_nothing() {
    let site = Site::closed();
    site.inject("EnableAWSServiceAccess:access-denied=1x");
    let ended = site.run(&["trust", "enable", IAM, "--yes"]);
    ended.expect(4, &["organizations:EnableAWSServiceAccess"]);
    assert_eq!(ended.stdout, "");
}

#[test]
fn what_waits_is_told_before_trust_is_taken_away() {
    let office = Office::trusting();
    office.start(SANDBOX, "root-sandbox07@corp.example").expect(0, &[]);
    office.run(&["trust", "disable", ACCOUNT, "--yes"]).expect(0, &["open email changes started from this machine: 1"]);
}

#[test]
fn trust_is_not_taken_away_from_a_service_with_a_delegated_administrator() {
    let site = Site::open();
    let (account, service) = (CLEAN.parse().unwrap(), ServicePrincipal::iam());
    site.turn(Change::Delegation { account, service, register: true });
    let ended = site.run(&["trust", "disable", IAM, "--yes"]);
    ended.expect(4, &[CLEAN]);
    assert_eq!(site.arrived("DisableAWSServiceAccess"), 0);
}

#[test]
fn delegated_administrators_are_registered_and_deregistered() {
    let site = Site::open();
    let run = |words: &[&str]| site.run(&[&["delegated-admins"], words].concat());
    let register = ["register", "Security Tooling", IAM, "--yes"];
    let first = run(&[&register[..], &["-o", "json", "--reason", "OPS-7"]].concat());
    let said = ["able to audit and delete root credentials", "aws organizations register-delegated-administrator"];
    let row = first.expect(0, &said).json();
    assert_eq!((&row["status"], &row["changed"], &row["service"]), (&"registered".into(), &true.into(), &IAM.into()));
    let again = run(&register);
    assert!(
        again.expect(0, &[]).stdout.ends_with(&format!("is already delegated administrator for {IAM} (verified)\n"))
    );
    assert_eq!(site.arrived("RegisterDelegatedAdministrator"), 1);
    let rows = run(&["list", "-o", "json"]).expect(0, &[]).json();
    assert!(rows.as_array().unwrap().iter().any(|one| one["service"] == IAM && one["account_id"] == row["account_id"]));
    // There is one for each service.
    run(&["register", CLEAN, IAM, "--yes"]).expect(4, &[row["account_id"].as_str().unwrap()]);
    run(&["register", CLEAN, "s3.amazonaws.com", "--yes"]).expect(4, &["s3.amazonaws.com"]);
    let account = row["account_id"].as_str().unwrap().to_owned();
    run(&["deregister", &account, IAM]).expect(2, &["--yes"]);
    let ended = run(&["deregister", &account, IAM, "--yes", "-o", "csv"]);
    assert!(ended.expect(0, &[]).stdout.ends_with(&format!(",{IAM},not_registered,true\n")), "{}", ended.stdout);
    let none = run(&["deregister", &account, IAM, "--yes", "-o", "json"]).expect(0, &[]).json();
    assert_eq!((&none["status"], &none["changed"]), (&"not_registered".into(), &false.into()));
    let kinds = site.run(&["journal", "--changes", "--account", &account, "-o", "json"]).json();
    assert_eq!(kinds.as_array().unwrap().iter().filter(|entry| entry["outcome"] == "ok").count(), 2, "{kinds}");
}

#[test]
fn a_required_reason_is_required_of_what_can_do_harm_and_the_refusal_is_journaled() {
    let site = Site::open();
    let file = site.home.path().join("rootdeck.toml");
    std::fs::write(&file, "reason_required = true\n").unwrap();
    let run = |arguments: &[&str]| site.run(&[&["--config", file.to_str().unwrap()], arguments].concat());
    let off = ["features", "disable", "RootSessions", "--yes"];
    for refused in [
        &off[..],
        &["recovery", "allow", CLEAN, "--yes"],
        &["credentials", "delete", CLEAN, "--yes"],
        &["session", CLEAN, "IAMDeleteRootUserCredentials", "--", "true"],
    ] {
        run(refused).expect(4, &["requires a reason or ticket", "add --reason TEXT"]);
    }
    assert_eq!((site.arrived("DisableOrganizationsRootSessions"), site.arrived("AssumeRoot")), (0, 0));
    let entries = run(&["journal", "-o", "json"]).json();
    let refused: Vec<_> = entries.as_array().unwrap().iter().filter(|entry| entry["outcome"] == "refused").collect();
    assert_eq!(refused.len(), 4, "{entries}");
    run(&[&off[..], &["--reason", "OPS-7"]].concat()).expect(0, &[]);
    run(&["session", CLEAN, "IAMAuditRootUserCredentials", "--", "true"]).expect(0, &[]);
    run(&["features", "enable", "RootSessions", "--yes"]).expect(0, &[]);
}
