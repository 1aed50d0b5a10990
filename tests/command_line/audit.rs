//! `rootdeck audit`.

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::program::{Ended, run};
use crate::site::{CANARY, CLEAN, CLOSED, MANAGEMENT, NORTHWIND, SANDBOX, Site};

fn row<'a>(rows: &'a Value, id: &str) -> &'a Value {
    rows.as_array().unwrap().iter().find(|row| row["account_id"] == id).unwrap()
}

#[test]
fn a_closed_gate_ends_with_four_and_the_way_to_open_it() {
    let ended = run(&["--demo", "audit"]);
    ended.expect(4, &["iam.amazonaws.com", "rootdeck trust enable iam.amazonaws.com", "rootdeck emulator"]);
    assert_eq!(ended.stdout, "");
}

#[test]
fn everybody_is_audited_and_what_can_not_be_is_told_with_its_cause() {
    let site = Site::open();
    let ended = site.run(&["audit", "-o", "json"]);
    ended.expect(3, &["Alarms on root usage will fire", "aws:AssumedRoot", MANAGEMENT, "41 accounts"]);
    let rows = ended.json();
    assert_eq!(rows.as_array().unwrap().len(), 41);
    for row in rows.as_array().unwrap() {
        let keys = row.as_object().unwrap().keys();
        assert!(keys.into_iter().all(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '_')), "{row}");
    }
    let canary = row(&rows, CANARY);
    assert_eq!((&canary["status"], &canary["finding"]), (&"unknown".into(), &Value::Null));
    assert!(canary["password"]["cause"].as_str().unwrap().contains("service control policy"), "{canary}");
    for skipped in [MANAGEMENT, CLOSED] {
        let skipped = row(&rows, skipped);
        assert_eq!((&skipped["status"], &skipped["password"]), (&"skipped".into(), &Value::Null), "{skipped}");
        assert!(skipped["message"].is_string(), "{skipped}");
    }
    let sandbox = row(&rows, SANDBOX);
    assert_eq!(
        (&sandbox["status"], &sandbox["finding"], &sandbox["depth"]),
        (&"audited".into(), &true.into(), &"quick".into())
    );
    assert_eq!(sandbox["password"], serde_json::json!({ "status": "present", "details": null }));
    assert_eq!(row(&rows, CLEAN)["finding"], false);
    // Findings come first, then what is not known.
    let findings = rows.as_array().unwrap().iter().take_while(|row| row["finding"] == true).count();
    assert!(findings > 0 && rows.as_array().unwrap().iter().skip(findings).all(|row| row["finding"] != true));
}

#[test]
fn a_deep_audit_names_credentials_and_their_ages() {
    let site = Site::open();
    let accounts = format!("{SANDBOX},acquired: northwind traders");
    let ended = site.run(&["audit", "--deep", "--accounts", &accounts, "-o", "json"]);
    ended.expect(0, &["2 accounts: 2 with findings"]);
    let rows = ended.json();
    let northwind = row(&rows, NORTHWIND);
    assert_eq!(northwind["access_keys"]["details"].as_array().unwrap().len(), 2);
    assert!(northwind["access_keys"]["details"][0]["last_used"]["time"].is_string(), "{northwind}");
    assert!(northwind["password"]["details"]["created"].is_string(), "{northwind}");
    assert!(northwind["mfa_devices"]["details"][0]["credential_id"].is_string(), "{northwind}");
}

#[test]
fn csv_has_a_column_for_each_thing_and_the_table_leaves_out_what_is_skipped() {
    let site = Site::open();
    let csv = site.run(&["audit", "--accounts", &format!("{SANDBOX},{CLEAN}"), "-o", "csv"]);
    csv.expect(0, &[]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let place = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!((&records[0][place("account_id")], &records[0][place("password")]), (SANDBOX, "present"));
    assert_eq!((&records[1][place("account_id")], &records[1][place("finding")]), (CLEAN, "false"));
    let table = site.run(&["audit", "--accounts", &format!("{SANDBOX},{MANAGEMENT}")]);
    table.expect(3, &["skipped 111122223333"]);
    assert_eq!(table.stdout.lines().count(), 2, "{}", table.stdout);
}

#[test]
fn a_finding_fails_a_scheduled_run_if_asked_for() {
    let site = Site::open();
    site.run(&["audit", "--accounts", SANDBOX, "--fail-on", "finding"]).expect(1, &[]);
    let named = site.run(&["audit", SANDBOX, "log archive", "-o", "json"]).expect(0, &[]).json();
    assert_eq!(named.as_array().unwrap().len(), 2, "{named}");
    site.run(&["audit", "--accounts", CLEAN, "--fail-on", "finding"]).expect(0, &[]);
    site.run(&["audit", "--accounts", &format!("{SANDBOX},{CANARY}"), "--fail-on", "finding"]).expect(1, &[]);
    site.run(&["audit", "--accounts", &format!("{CLEAN},{CANARY}"), "--fail-on", "finding"]).expect(3, &[]);
    site.run(&["audit", "--accounts", &format!("{CLEAN},{CANARY}"), "--fail-on", "finding,unread"]).expect(1, &[]);
    site.run(&["audit", "--accounts", MANAGEMENT]).expect(4, &["none of these accounts"]);
}

#[test]
fn an_account_that_is_not_there_is_wrong_usage() {
    let site = Site::open();
    let ended = site.run(&["audit", "--accounts", "999900001111"]);
    ended.expect(2, &["no account 999900001111"]);
    assert_eq!(site.arrived("AssumeRoot"), 0);
}

#[test]
fn who_is_not_delegated_for_iam_is_told_so() {
    // The demo's delegated administrator is one for another service.
    let delegated = run(&["--demo", "--demo-as", "delegated-admin", "audit"]);
    delegated.expect(4, &["delegated administrator for iam.amazonaws.com"]);
    run(&["--demo", "--demo-as", "member", "audit"]).expect(4, &["organizations:ListAccounts"]);
}

#[test]
fn all_that_a_denied_session_can_mean_is_told() {
    let site = Site::open();
    site.inject("AssumeRoot:access-denied=1.0");
    let ended = site.run(&["audit", "--accounts", CLEAN, "-o", "json"]);
    ended.expect(3, &["the management account", "lacks sts:AssumeRoot", "no longer the delegated administrator"]);
    let rows = ended.json();
    assert_eq!((&rows[0]["status"], &rows[0]["finding"]), (&"unknown".into(), &Value::Null));
    let session = site.run(&["session", CLEAN, "IAMAuditRootUserCredentials", "--", "env"]);
    assert_eq!(session.expect(4, &["lacks sts:AssumeRoot"]).stdout, "");
}

#[test]
fn reading_only_allows_an_audit() {
    Site::open().run(&["--read-only", "audit", "--accounts", CLEAN]).expect(0, &[]);
}

#[test]
fn an_interrupted_audit_prints_what_it_has() {
    let site = Site::open();
    site.inject("GetAccountSummary:delay(400ms)=1.0");
    let child = site.command(&["audit", "-o", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    site.awaits("GetAccountSummary", 2);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let ended = Ended::from(child.wait_with_output().unwrap());
    ended.expect(130, &["interrupted", "not audited"]);
    let rows = ended.json();
    let count = |status: &str| rows.as_array().unwrap().iter().filter(|row| row["status"] == status).count();
    assert!(count("audited") > 0 && count("not_audited") > 0, "{rows}");
}

#[test]
fn a_row_says_where_its_account_is() {
    let site = Site::open();
    let rows = site.run(&["audit", "--accounts", SANDBOX, "-o", "json"]).expect(0, &[]).json();
    assert!(rows[0]["path"].as_str().is_some_and(|path| path.contains("Sandbox")), "{rows}");
    assert_eq!(rows[0]["new_findings"], Value::Null);
    let line = site.run(&["audit", "--accounts", CLEAN, "-o", "ndjson"]).stdout;
    assert!(line.contains("\"path\":\"Security\""), "{line}");
    let before = site.arrived("ListRoots");
    site.run(&["audit", "--accounts", SANDBOX]).expect(0, &[]);
    assert_eq!(site.arrived("ListRoots"), before, "a table has no paths");
    site.inject("ListRoots:access-denied=1x");
    let rows = site.run(&["audit", "--accounts", SANDBOX, "-o", "json"]).json();
    assert_eq!((&rows[0]["path"]["status"], &rows[0]["finding"]), (&"unknown".into(), &true.into()));
}

#[test]
fn only_what_is_new_since_the_last_audit_is_shown_and_failed_on() {
    let site = Site::open();
    let since_last = |more: &[&str]| {
        let words = ["audit", "--since-last", "--fail-on", "finding,unread", "-o", "json"];
        site.run(&[&words[..], more].concat())
    };
    let ids = |ended: &Ended| {
        let rows = ended.json();
        rows.as_array().unwrap().iter().map(|row| row["account_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // The first time all is new, and what can't be read as well.
    let first = since_last(&[]);
    let found = ids(first.expect(1, &[]));
    assert!(
        found.contains(&SANDBOX.to_owned()) && found.contains(&CANARY.to_owned()) && !found.contains(&CLEAN.to_owned())
    );
    let rows = first.json();
    let new = &row(&rows, SANDBOX)["new_findings"];
    assert!(new.as_array().unwrap().contains(&"access_key".into()), "{new}");
    // Nothing is new then. What still can't be read is told, and fails where asked for.
    let again = since_last(&[]);
    assert_eq!(again.expect(1, &["nothing new in", "unread or partly read as before", CANARY]).stdout, "[]\n");
    let again = site.run(&["audit", "--since-last", "--fail-on", "finding", "-o", "json"]);
    assert_eq!(again.expect(0, &["unread or partly read as before"]).stdout, "[]\n");
    // Somebody allows a recovery, which opens a login profile.
    site.run(&["recovery", "allow", CLEAN, "--yes"]).expect(0, &[]);
    let store = site.home.path().join(".local/state/rootdeck/rootdeck.db");
    let forgotten = format!("DELETE FROM audit WHERE account = '{CLEAN}'");
    rusqlite::Connection::open(store).unwrap().execute(&forgotten, []).unwrap();
    let rows = since_last(&[]).expect(1, &[]).json();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["account_id"]), (1, &CLEAN.into()));
    // What was read before and can't be read now is told.
    site.inject("AssumeRoot:access-denied=1x");
    assert_eq!(ids(since_last(&["--accounts", SANDBOX]).expect(1, &[])), [SANDBOX]);
    let lines = site.run(&["audit", "--since-last", "-o", "ndjson", "--accounts", CLEAN]);
    assert_eq!(lines.expect(0, &[]).stdout, "");
}

#[test]
fn audits_that_are_fresh_enough_answer_without_a_root_session() {
    let site = Site::open();
    let accounts = format!("{SANDBOX},{CLEAN}");
    let audit = |words: &[&str]| site.run(&[&["audit", "--accounts", &accounts, "-o", "json"], words].concat());
    audit(&["--max-age", "7d"]).expect(0, &["Alarms on root usage"]);
    let opened = site.arrived("AssumeRoot");
    assert_eq!(opened, 2);
    let kept = audit(&["--max-age", "7d", "--fail-on", "finding"]);
    kept.expect(1, &["2 accounts answered from audits on this machine, the oldest made just now"]);
    assert!(!kept.stderr.contains("Alarms"), "{}", kept.stderr);
    let rows = kept.json();
    assert_eq!((&row(&rows, SANDBOX)["finding"], &row(&rows, CLEAN)["status"]), (&true.into(), &"audited".into()));
    assert_eq!(site.arrived("AssumeRoot"), opened);
    // A quick audit does not answer for a deep one, an old one not for a new one, and a change here makes it old.
    audit(&["--max-age", "7d", "--deep"]).expect(0, &[]);
    assert_eq!(site.arrived("AssumeRoot"), opened + 2);
    audit(&["--max-age", "0s"]).expect(0, &[]);
    assert_eq!(site.arrived("AssumeRoot"), opened + 4);
    site.run(&["recovery", "allow", CLEAN, "--yes"]).expect(0, &[]);
    let opened = site.arrived("AssumeRoot");
    let kept = audit(&["--max-age", "7d"]);
    kept.expect(0, &["1 account answered"]);
    assert_eq!(site.arrived("AssumeRoot"), opened + 1);
    // A stream has them as well.
    let lines = site.run(&["audit", "--accounts", &accounts, "--max-age", "1d", "-o", "ndjson"]);
    assert_eq!(lines.expect(0, &[]).stdout.lines().count(), 2);
    for kept in [&["--max-age", "1d"][..], &["--since-last"]] {
        run(&[&["audit", "--no-cache"], kept].concat()).expect(2, &["omit --no-cache"]);
    }
    run(&["audit", "--max-age", "soon"]).expect(2, &["an age such as"]);
    run(&["audit", "--max-age", "1d", "--since-last"]).expect(2, &["cannot be used with"]);
}
