//! `rootdeck recovery`.

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;

use crate::program::Ended;
use crate::site::{CANARY, CLEAN, CLOSED, NORTHWIND, SANDBOX, SHOP, Site};

/// Another without root credentials.
const SECOND: &str = "333311110001";

#[test]
fn recovery_is_allowed_listed_and_closed_as_aws_shows_it() {
    let site = Site::open();
    let allowed = site.run(&["recovery", "allow", CLEAN, "--yes"]);
    allowed.expect(0, &["Forgot password", "the root mailbox is aws+", "Alarms on root usage will fire"]);
    assert_eq!(allowed.stdout, format!("{CLEAN}: recovery is allowed (verified)\n"));
    let again = site.run(&["recovery", "allow", CLEAN, "--yes"]);
    let reported = again.expect(0, &[]).stdout.clone();
    assert!(reported.starts_with(&format!("{CLEAN}: root already has a login profile")), "{reported}");
    assert!(
        reported.contains("nothing was changed (AWS: EntityAlreadyExists)") && !reported.contains("took"),
        "{reported}"
    );
    // It was not done from here, and the journal does not say so.
    let entries = site.run(&["journal", "-o", "json"]);
    let entries = entries.expect(0, &[]).json();
    let outcomes: Vec<_> =
        entries.as_array().unwrap().iter().filter(|entry| entry["operation"] == "iam:CreateLoginProfile").collect();
    let outcomes: Vec<_> = outcomes.iter().map(|entry| &entry["outcome"]).collect();
    assert!(outcomes.contains(&&"refused".into()) && outcomes.contains(&&"ok".into()), "{outcomes:?}");

    let left_open = site.run(&["recovery", "list", "-o", "json"]);
    let rows = left_open.expect(0, &["run an audit to verify"]).json();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["account_id"]), (1, &CLEAN.into()));
    assert_eq!(rows[0]["account_name"], serde_json::Value::Null, "no list is saved");
    site.run(&["accounts"]).expect(0, &[]);
    let rows = site.run(&["recovery", "list", "-o", "json"]).json();
    assert_eq!(rows[0]["account_name"], "Log Archive");
    let entries = site.run(&["journal", "-o", "json"]).json();
    assert!(entries.as_array().unwrap().iter().all(|entry| entry["account_name"] == "Log Archive"), "{entries}");

    let closed = site.run(&["recovery", "close", CLEAN, "--yes"]);
    assert_eq!(closed.expect(0, &["the login profile"]).stdout, format!("{CLEAN}: recovery is closed (verified)\n"));
    let again = site.run(&["recovery", "close", CLEAN, "--yes"]);
    assert_eq!(again.expect(0, &[]).stdout, format!("{CLEAN}: recovery is already closed (verified)\n"));
    let left_open = site.run(&["recovery", "list", "-o", "json"]);
    assert_eq!(left_open.expect(0, &[]).json(), serde_json::json!([]));
}

#[test]
fn a_recovery_that_was_closed_elsewhere_is_noted() {
    let site = Site::open();
    site.run(&["recovery", "allow", CLEAN, "--yes"]).expect(0, &[]);
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = site.command(&["recovery", "close", CLEAN, "--yes"]);
    assert_eq!(command.env("HOME", elsewhere.path()).output().unwrap().status.code(), Some(0));
    site.run(&["recovery", "close", CLEAN, "--yes"]).expect(0, &[]);
    let left_open = site.run(&["recovery", "list", "-o", "csv"]);
    assert_eq!(left_open.expect(0, &[]).stdout, "account_id,account_name,since,caller_arn,until,expired,reason\n");
}

#[test]
fn a_password_is_told_before_it_goes() {
    let site = Site::open();
    site.run(&["recovery", "close", SANDBOX, "--yes"]).expect(0, &["will be deleted: the login profile of 20"]);
}

#[test]
fn nothing_is_asked_of_nobody() {
    let site = Site::open();
    for verb in ["allow", "close"] {
        site.run(&["recovery", verb, CLEAN]).expect(2, &["--yes"]);
        site.run(&["--read-only", "recovery", verb, CLEAN, "--yes"]).expect(4, &["read-only"]);
    }
    assert_eq!(site.arrived("AssumeRoot"), 0);
}

#[test]
fn a_denial_is_told_with_its_fix() {
    let site = Site::open();
    let ended = site.run(&["recovery", "allow", CANARY, "--yes"]);
    ended.expect(4, &["aws:AssumedRoot", "whether recovery is allowed could not be read"]);
    assert_eq!(ended.stdout, "");
}

#[test]
fn a_lost_answer_is_settled_by_what_is_seen() {
    let site = Site::open();
    site.inject("CreateLoginProfile:lose-reply=1x");
    let ended = site.run(&["recovery", "allow", CLEAN, "--yes"]);
    assert_eq!(ended.expect(0, &[]).stdout, format!("{CLEAN}: recovery is allowed (verified)\n"));
}

#[test]
fn a_lost_answer_without_a_look_is_unknown() {
    let site = Site::open();
    site.inject("CreateLoginProfile:lose-reply=1x");
    site.inject("GetLoginProfile:access-denied=1.0");
    let ended = site.run(&["recovery", "allow", CLEAN, "--yes"]);
    ended.expect(5, &["iam:CreateLoginProfile", "could not be read"]);
    assert_eq!(ended.stdout, "");
}

fn statuses(ended: &Ended) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let rows = ended.json();
    rows.as_array().unwrap().iter().map(|row| (text(&row["account_id"]), text(&row["status"]))).collect()
}

#[test]
fn recovery_of_several_accounts_is_allowed_and_closed_account_by_account() {
    let site = Site::open();
    let allowed = site.run(&["recovery", "allow", CLEAN, SHOP, "--yes", "--reason", "T-5"]);
    allowed.expect(0, &["Allow recovery of the root password in 2 accounts", "ROOT MAILBOX", "Forgot password"]);
    let lines: Vec<&str> = allowed.stdout.lines().collect();
    let expected = [CLEAN, SHOP].map(|account| format!("{account}: recovery is allowed (verified)"));
    assert_eq!(lines, expected);
    let journal = site.run(&["journal", "--changes", "-o", "json"]).json();
    let reasons: Vec<_> = journal.as_array().unwrap().iter().map(|row| (&row["account_id"], &row["reason"])).collect();
    assert_eq!(reasons, [(&CLEAN.into(), &"T-5".into()), (&SHOP.into(), &"T-5".into())]);
    let again = site.run(&["recovery", "allow", SHOP, NORTHWIND, "--yes", "-o", "json"]);
    let already = |account: &str, status: &str| (account.to_owned(), status.to_owned());
    let both = [already(SHOP, "already_allowed"), already(NORTHWIND, "already_allowed")];
    assert_eq!(statuses(again.expect(0, &[])), both);
    let closed = site.run(&["recovery", "close", CLEAN, SHOP, "--yes", "-o", "json"]);
    assert_eq!(statuses(closed.expect(0, &[])), [already(CLEAN, "closed"), already(SHOP, "closed")]);
    let closed = site.run(&["recovery", "close", CLEAN, "--yes", "-o", "json"]);
    assert_eq!(statuses(closed.expect(0, &[])), [already(CLEAN, "already_closed")]);
}

#[test]
fn what_one_account_refuses_is_told_beside_what_was_done_in_the_other() {
    let site = Site::open();
    let ended = site.run(&["recovery", "allow", CANARY, CLEAN, "--yes", "-o", "json"]);
    ended.expect(3, &["aws:AssumedRoot", &format!("({CANARY})")]);
    let rows = ended.json();
    assert_eq!((&rows[0]["status"], &rows[1]["status"]), (&"refused".into(), &"allowed".into()));
    assert!(rows[0]["message"].as_str().is_some_and(|why| why.contains("iam:CreateLoginProfile")), "{rows}");
    // What rootdeck itself refuses in one is done in none.
    let before = site.arrived("CreateLoginProfile");
    site.run(&["recovery", "allow", CLEAN, CLOSED, "--yes"]).expect(4, &["CLOSED"]);
    assert_eq!(site.arrived("CreateLoginProfile"), before);
}

#[test]
fn several_accounts_are_confirmed_with_their_number() {
    let site = Site::open();
    let mut terminal = site.terminal(&["recovery", "allow", CLEAN, SHOP]);
    terminal.sees("Type 2 to continue:").types(&format!("{CLEAN}\r")).sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), site.arrived("CreateLoginProfile")), (1, 0));
    let mut terminal = site.terminal(&["recovery", "allow", CLEAN, SHOP]);
    terminal.sees("Type 2 to continue:").types("2\r").sees(&format!("{SHOP}: recovery is allowed"));
    assert_eq!((terminal.ends().exit_code(), site.arrived("CreateLoginProfile")), (0, 2));
}

#[test]
fn all_stands_for_the_active_members_and_is_confirmed_with_their_number() {
    let site = Site::open();
    let mut terminal = site.terminal(&["recovery", "allow", "all"]);
    terminal.sees("Type 35 to continue:").types("41\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), site.arrived("CreateLoginProfile")), (1, 0));
    site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    let shown = site.run(&["email", "show", "ALL", "-o", "json"]);
    assert_eq!(shown.expect(0, &[]).json().as_array().unwrap().len(), 35);
    let preview = site.run(&["credentials", "delete", "--dry-run", "all", "-o", "json"]);
    assert!(preview.expect(3, &[]).json().as_array().unwrap().iter().any(|row| row["account_id"] == NORTHWIND));
}

#[test]
fn an_end_is_kept_with_who_and_why_and_closed_once_it_is_past() {
    let site = Site::open();
    let allow =
        |account: &str, arguments: &[&str]| site.run(&[&["recovery", "allow", account, "--yes"], arguments].concat());
    for wrong in [
        &["--until", "2020-01-01"][..],
        &["--until", "soon"],
        &["--for", "-2h"],
        &["--for", "2h", "--until", "2099-01-01"],
    ] {
        assert_eq!(allow(CLEAN, wrong).code, Some(2), "{wrong:?}");
    }
    allow(CLEAN, &["--for", "1s", "--reason", "OPS-12"]).expect(0, &["to be closed by", "recovery close --expired"]);
    allow(SHOP, &["--until", "2099-01-01T12:00:00Z"]).expect(0, &["2099-01-01T12:00:00Z"]);
    allow(SECOND, &[]).expect(0, &[]);
    let listed = || site.run(&["recovery", "list", "-o", "json"]).expect(0, &[]).json();
    let of = |rows: &serde_json::Value, id: &str| {
        rows.as_array().unwrap().iter().find(|row| row["account_id"] == id).cloned().unwrap()
    };
    let rows = loop {
        // One second is over soon.
        let rows = listed();
        if of(&rows, CLEAN)["expired"] == true {
            break rows;
        }
    };
    let clean = of(&rows, CLEAN);
    assert_eq!(clean["reason"], "OPS-12");
    assert!(clean["caller_arn"].as_str().unwrap().contains("OrgAdmin"), "{clean}");
    assert_eq!(
        (&of(&rows, SHOP)["until"], &of(&rows, SHOP)["expired"]),
        (&"2099-01-01T12:00:00Z".into(), &false.into())
    );
    assert_eq!((&of(&rows, SECOND)["until"], &of(&rows, SECOND)["expired"]), (&serde_json::Value::Null, &false.into()));
    let table = site.run(&["recovery", "list"]).stdout;
    assert!(table.contains("!! 20") && table.contains("2099-01-01T12:00:00Z ("), "{table}");
    let shown = site.run(&["accounts", "show", SHOP, "-o", "json"]).json();
    assert_eq!(shown["recovery_open_until"], "2099-01-01T12:00:00Z");
    let entries = site.run(&["journal", "-o", "json"]).json();
    let ends = entries.as_array().unwrap().iter().filter_map(|entry| entry["until"].as_str()).count();
    assert_eq!(ends, 2, "{entries}");

    site.run(&["recovery", "close", "--expired"]).expect(2, &["--yes"]);
    site.run(&["recovery", "close", CLEAN, "--expired", "--yes"]).expect(2, &[]);
    let closed = site.run(&["recovery", "close", "--expired", "--yes"]);
    assert_eq!(closed.expect(0, &[]).stdout, format!("{CLEAN}: recovery is closed (verified)\n"));
    assert_eq!(listed().as_array().unwrap().len(), 2, "the others stay open");
    let before = site.arrived("DeleteLoginProfile");
    site.run(&["recovery", "close", "--expired", "--yes"]).expect(0, &["no recovery"]);
    // An open recovery gets an end later, and another.
    let moved = allow(SECOND, &["--until", "2099-05-01T12:00:00Z"]);
    assert!(moved.expect(0, &[]).stdout.contains("to be closed by 2099-05-01T12:00:00Z now"), "{}", moved.stdout);
    assert_eq!(of(&listed(), SECOND)["until"], "2099-05-01T12:00:00Z");
    let moved = allow(SHOP, &["--until", "2099-06-01T12:00:00Z", "-o", "json"]).expect(0, &[]).json();
    assert_eq!(moved[0]["status"], "already_allowed");
    assert!(moved[0]["message"].as_str().is_some_and(|why| why.contains("to be closed by 2099-06-01")), "{moved}");
    assert_eq!(of(&listed(), SHOP)["until"], "2099-06-01T12:00:00Z");
    // A login profile that was not opened here has none.
    allow(NORTHWIND, &["--for", "2h"]).expect(1, &["the end was not set"]);
    let none = site.run(&["recovery", "close", "--expired", "--yes", "-o", "json"]);
    assert_eq!(none.expect(0, &[]).json(), serde_json::json!([]));
    assert_eq!(site.arrived("DeleteLoginProfile"), before);
}

#[test]
fn what_could_not_be_read_is_not_closed_for_being_past_its_end() {
    let site = Site::open();
    site.run(&["recovery", "allow", CLEAN, "--yes", "--for", "1s"]).expect(0, &[]);
    while site.run(&["recovery", "list", "-o", "json"]).json()[0]["expired"] != true {}
    for operation in ["GetLoginProfile", "GetAccountSummary"] {
        site.inject(&format!("{operation}:access-denied=100%"));
    }
    let ended = site.run(&["recovery", "close", "--expired", "--yes"]);
    assert_ne!(ended.code, Some(0));
    assert_eq!(site.arrived("DeleteLoginProfile"), 0);
}
