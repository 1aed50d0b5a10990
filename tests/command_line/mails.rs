//! `rootdeck email accept --mails`: many codes at once.

use std::fs;
use std::time::Duration;

use rootdeck::domain::journal::JournalOutcome;
use serde_json::Value;

use crate::office::Office;
use crate::site::{CLEAN, NORTHWIND, SANDBOX, SHOP};

const ACCEPT: &str = "AcceptPrimaryEmailUpdate";

fn new(account: &str) -> String {
    format!("root+{account}@corp.example")
}

fn started(accounts: &[&str]) -> Office {
    let office = Office::trusting();
    for account in accounts {
        office.start(account, &new(account)).expect(0, &[]);
    }
    office
}

/// The mail of an account as a program saves it.
fn eml(office: &Office, account: &str, date: &str) -> String {
    let to = new(account);
    format!("From: no-reply@signin.aws\nTo: {to}\nDate: {date}\nSubject: Verify\n\n{}\n", office.mail_to(&to))
}

fn mbox(mails: &[String]) -> String {
    let each = mails.iter().map(|mail| format!("From MAILER-DAEMON Mon Nov 30 12:00:00 2026\n{mail}\n"));
    each.collect::<Vec<_>>().concat()
}

const NOON: &str = "Mon, 30 Nov 2026 12:00:00 +0000";
const LATER: &str = "Mon, 30 Nov 2026 12:05:00 +0000";

fn status_of<'a>(rows: &'a Value, account: &str) -> &'a str {
    let row = rows.as_array().unwrap().iter().find(|row| row["account_id"] == account);
    row.unwrap_or_else(|| unreachable!("{account}: {rows}"))["status"].as_str().unwrap()
}

#[test]
fn the_codes_of_a_mailbox_are_accepted_each_for_its_account() {
    let office = started(&[SANDBOX, CLEAN]);
    let path = office.home.path().join("codes.mbox");
    fs::write(&path, mbox(&[eml(&office, CLEAN, NOON), eml(&office, SANDBOX, NOON)])).unwrap();
    let mails = ["email", "accept", "--mails", path.to_str().unwrap()];
    let planned = office.run(&[&mails[..], &["--dry-run", "-o", "json"]].concat());
    let rows = planned.expect(0, &["dry run: nothing was sent"]).json();
    assert_eq!((status_of(&rows, SANDBOX), status_of(&rows, CLEAN)), ("would_accept", "would_accept"));
    office.run(&mails).expect(2, &["--yes"]);
    assert_eq!(office.arrived(ACCEPT), 0);

    let accepted = office.run(&[&mails[..], &["--yes", "-o", "json", "--reason", "T-9"]].concat());
    let said = ["Will accept 2 email changes", SANDBOX, "AWS notifies", "2 accepted", "rootdeck email status"];
    let rows = accepted.expect(0, &said).json();
    assert_eq!((status_of(&rows, SANDBOX), status_of(&rows, CLEAN)), ("accepted", "accepted"));
    assert_eq!(rows[0]["new_email"], new(CLEAN), "in the order of the mails");
    let journal = office.journal();
    let mine: Vec<_> = journal.iter().filter(|entry| entry.operation.ends_with(ACCEPT)).collect();
    assert_eq!(mine.len(), 2);
    assert!(mine.iter().all(|entry| entry.outcome == JournalOutcome::Ok && entry.reason.as_deref() == Some("T-9")));
    for account in [SANDBOX, CLEAN] {
        let code = office.code_to(&new(account));
        assert!(!accepted.stderr.contains(&code) && !accepted.stdout.contains(&code));
        assert!(!format!("{journal:?}").contains(&code));
    }
    let again = office.run(&[&mails[..], &["--yes", "-o", "csv"]].concat());
    assert_eq!(again.expect(0, &["nothing to accept"]).stdout.matches(",already_accepted,").count(), 2);
    assert_eq!(office.arrived(ACCEPT), 2);
}

#[test]
fn what_can_not_be_accepted_is_told_row_by_row_and_the_rest_accepted() {
    let office = started(&[SANDBOX, CLEAN, NORTHWIND]);
    office.backdate(NORTHWIND, Duration::from_hours(25));
    let wrong = eml(&office, CLEAN, NOON).replace(&office.code_to(&new(CLEAN)), &office.wrong_code_to(&new(CLEAN)));
    let stranger = office.mail_to(&new(SANDBOX)).replace(&new(SANDBOX), "root@stranger.example");
    let text = [eml(&office, SANDBOX, NOON), wrong, eml(&office, NORTHWIND, NOON), stranger].join("\n\n");
    let ended = office.give(&["email", "accept", "--mails", "-", "--yes", "-o", "json"], &text);
    let rows = ended.expect(3, &["Skipped:", "root@stranger.example", "1 accepted"]).json();
    assert_eq!((status_of(&rows, SANDBOX), status_of(&rows, CLEAN)), ("accepted", "refused"));
    assert_eq!(status_of(&rows, NORTHWIND), "expired");
    let refused = rows.as_array().unwrap().iter().find(|row| row["account_id"] == CLEAN).unwrap();
    assert!(
        refused["message"].as_str().is_some_and(|why| why.contains("AWS did not accept the one-time password")),
        "{refused}"
    );
    assert!(refused["aws_code"].is_string(), "{refused}");
    let unknown = rows.as_array().unwrap().iter().find(|row| row["new_email"] == "root@stranger.example").unwrap();
    assert_eq!(unknown["status"], "no_change");
    assert!(ended.stderr.contains(&format!("rootdeck email resend {NORTHWIND}")), "{}", ended.stderr);
    assert_eq!(office.arrived(ACCEPT), 2);
}

#[test]
fn of_two_mails_for_one_change_the_latest_counts_and_without_dates_none() {
    let office = started(&[SANDBOX]);
    let first = eml(&office, SANDBOX, NOON);
    let first_text = office.mail_to(&new(SANDBOX));
    office.run(&["email", "resend", SANDBOX, "--yes"]).expect(0, &[]);
    let second = eml(&office, SANDBOX, LATER);
    let undated = [first_text, office.mail_to(&new(SANDBOX))].join("\n");
    let accept = ["email", "accept", "--mails", "-", "--yes", "-o", "json"];
    let rows = office.give(&accept, &undated).expect(3, &["nothing to accept"]).json();
    assert_eq!(rows[0]["status"], "several_codes");
    assert_eq!(office.arrived(ACCEPT), 0);
    let rows = office.give(&accept, &mbox(&[second, first])).expect(0, &[]).json();
    let statuses: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["accepted", "older"]);
}

#[test]
fn what_holds_no_mail_and_what_is_not_permitted_is_said() {
    let office = started(&[SANDBOX]);
    let accept = ["email", "accept", "--mails", "-", "--yes"];
    office.give(&accept, "Hello").expect(2, &["standard input: no mail with a one-time password"]);
    office.run(&["email", "accept", "--mails", "/nowhere", "--yes"]).expect(2, &["/nowhere", "does not exist"]);
    let mail = eml(&office, SANDBOX, NOON);
    let read_only = office.give(&[&accept[..], &["--read-only", "-o", "json"]].concat(), &mail);
    assert_eq!(read_only.expect(4, &[]).json()[0]["status"], "refused");
    assert_eq!(office.journal()[0].outcome, JournalOutcome::Refused);
    assert_eq!(office.arrived(ACCEPT), 0);
}

#[test]
fn a_configuration_that_wants_reasons_wants_one_for_several_accounts() {
    let office = started(&[SANDBOX, SHOP]);
    let config = office.home.path().join("rootdeck.toml");
    fs::write(&config, "reason_required = true\n").unwrap();
    let text = mbox(&[eml(&office, SANDBOX, NOON), eml(&office, SHOP, NOON)]);
    let accept = ["--config", config.to_str().unwrap(), "email", "accept", "--mails", "-", "--yes"];
    office.give(&accept, &text).expect(4, &["--reason"]);
    assert_eq!(office.arrived(ACCEPT), 0);
    office.give(&[&accept[..], &["--reason", "T-1"]].concat(), &text).expect(0, &["2 accepted"]);
}

#[test]
fn a_lost_answer_is_settled_by_what_aws_shows() {
    let office = started(&[SANDBOX]);
    office.inject("AcceptPrimaryEmailUpdate:lose-reply=1x");
    let accept = ["email", "accept", "--mails", "-", "--yes", "-o", "json"];
    let rows = office.give(&accept, &eml(&office, SANDBOX, NOON)).expect(0, &[]).json();
    assert_eq!(rows[0]["status"], "accepted");
    let office = started(&[SANDBOX]);
    office.inject("AcceptPrimaryEmailUpdate:drop=1x");
    let rows = office.give(&accept, &eml(&office, SANDBOX, NOON)).expect(5, &[]).json();
    assert_eq!(rows[0]["status"], "unknown");
}

#[test]
fn a_person_sees_each_change_and_types_their_number() {
    let office = started(&[SANDBOX, CLEAN]);
    let path = office.home.path().join("codes.mbox");
    fs::write(&path, mbox(&[eml(&office, SANDBOX, NOON), eml(&office, CLEAN, NOON)])).unwrap();
    let mut terminal = office.terminal(&["email", "accept", "--mails", path.to_str().unwrap()]);
    terminal.sees(&new(SANDBOX)).sees(&new(CLEAN)).sees("Type 2 to continue:").types("3\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), office.arrived(ACCEPT)), (1, 0));
    let mut terminal = office.terminal(&["email", "accept", "--mails", path.to_str().unwrap()]);
    terminal.sees("Type 2 to continue:").types("2\r").sees("2 accepted");
    assert_eq!((terminal.ends().exit_code(), office.arrived(ACCEPT)), (0, 2));
}

#[test]
fn the_codes_of_a_mailbox_are_accepted_and_waited_for() {
    let office = started(&[SANDBOX, CLEAN]);
    let mails = mbox(&[eml(&office, CLEAN, NOON), eml(&office, SANDBOX, NOON)]);
    let accept = ["email", "accept", "--mails", "-", "--yes", "--wait", "-o", "json"];
    let rows = office.give(&accept, &mails).expect(0, &[]).json();
    assert_eq!((status_of(&rows, SANDBOX), status_of(&rows, CLEAN)), ("completed", "completed"));
    let shown = office.run(&["email", "show", SANDBOX, "-o", "json"]).json();
    assert_eq!(shown[0]["email"], new(SANDBOX).as_str());
}
