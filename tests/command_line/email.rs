//! `rootdeck email`, from scripts.

use std::fs;
use std::time::Duration;

use rootdeck::domain::journal::JournalOutcome;
use rootdeck::words::journal::sentence;
use serde_json::json;

use crate::office::{Office, START};
use crate::site::{CLEAN, CLOSED, MANAGEMENT, NORTHWIND, SANDBOX};

pub(crate) const NEW: &str = "root-sandbox07@corp.example";
const EMAIL: &str = "aws+sandbox07@example.com";

#[test]
fn an_email_change_goes_from_its_start_to_the_new_address() {
    let office = Office::trusting();
    let started = office.start(SANDBOX, NEW);
    started.expect(
        0,
        &[
            "Change the primary email of 444455556666 (sandbox-07)",
            "no account uses corp.example yet",
            "now aws+sandbox07@example.com, then root-sandbox07@corp.example",
            "aws account start-primary-email-update --account-id 444455556666",
            "rootdeck email accept 444455556666",
        ],
    );
    let row = started.json();
    assert_eq!(
        (&row["account_id"], &row["status"], &row["old_email"], &row["new_email"]),
        (&json!(SANDBOX), &json!("PENDING"), &json!(EMAIL), &json!(NEW))
    );
    assert!(row["expires"].as_str().is_some_and(|at| at.ends_with('Z')), "{row}");

    let status = office.run(&["email", "status", "-o", "json"]);
    let rows = status.expect(0, &[]).json();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["new_email"]), (1, &json!(NEW)));

    let accepted = office.give(&["email", "accept", "sandbox-07", "--yes", "-o", "json"], &office.mail_to(NEW));
    accepted.expect(0, &["The new address becomes the root user's", "rootdeck email status 444455556666"]);
    assert_eq!(accepted.json()["status"], "ACCEPTED");
    let again = office.give(&["email", "accept", SANDBOX, "--yes", "-o", "json"], "482915");
    assert_eq!(again.expect(0, &["already accepted"]).json()["status"], "ACCEPTED");

    office.emulator.advance(Duration::from_mins(1));
    let status = office.run(&["email", "status", SANDBOX, "-o", "csv"]);
    assert!(
        status
            .expect(0, &[])
            .stdout
            .contains(",COMPLETED,,false,aws+sandbox07@example.com,root-sandbox07@corp.example,")
    );
    let again = office.give(&["email", "accept", SANDBOX, "--yes"], "482915");
    again.expect(4, &["email change of sandbox-07", "AWS reports COMPLETED"]);
    assert!(office.run(&["accounts", "-o", "csv"]).stdout.contains(NEW));

    let summaries: Vec<String> = office.journal().iter().map(|entry| sentence(&entry.change)).collect();
    assert_eq!(
        summaries,
        [
            "accept primary email change -> root-sandbox07@corp.example",
            "start primary email change aws+sandbox07@example.com -> root-sandbox07@corp.example",
        ]
    );
    assert!(office.journal().iter().all(|entry| entry.reason.as_deref() != Some("")));
}

#[test]
fn the_primary_email_is_what_aws_tells_and_not_the_listing() {
    let office = Office::trusting();
    let shown = office.run(&["email", "show", SANDBOX]);
    assert_eq!(
        shown.expect(0, &[]).stdout,
        format!("ACCOUNT       NAME        PRIMARY EMAIL\n{SANDBOX}  sandbox-07  {EMAIL}\n")
    );
    office.inject("GetPrimaryEmail:access-denied=1x");
    let rows =
        office.run(&["email", "show", SANDBOX, CLEAN, "-o", "json"]).expect(3, &["unknown: 444455556666"]).json();
    assert_eq!(rows[0]["email"]["status"], "unknown");
    assert!(rows[1]["email"].is_string(), "{rows}");
    Office::closed().run(&["email", "show", SANDBOX]).expect(4, &["rootdeck trust enable account.amazonaws.com"]);
}

#[test]
fn a_one_time_password_is_kept_nowhere_and_said_nowhere() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    let code = office.code_to(NEW);
    let log = office.home.path().join("log");
    let accept = ["--log-file", log.to_str().unwrap(), "email", "accept", SANDBOX, "--yes"];
    for given in [office.wrong_code_to(NEW), code.clone()] {
        let ended = office.give(&accept, &given);
        assert!(!ended.stderr.contains(&given) && !ended.stdout.contains(&given), "{}", ended.stderr);
    }
    let mut folders = vec![office.home.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
                assert!(!text.contains(&code), "{}", entry.path().display());
            }
        }
    }
}

#[test]
fn without_trusted_access_the_command_that_fixes_it_is_told() {
    let office = Office::closed();
    let ended = office.start(SANDBOX, NEW);
    ended.expect(4, &["trusted access for account.amazonaws.com", "rootdeck trust enable account.amazonaws.com"]);
    assert_eq!((ended.stdout.as_str(), office.arrived(START)), ("", 0));
    let refused = &office.journal()[0];
    assert_eq!((refused.outcome, refused.reason.as_deref()), (JournalOutcome::Refused, Some("TICKET-7")));
    office.run(&["email", "status", "--all"]).expect(4, &["rootdeck trust enable account.amazonaws.com"]);
    assert_eq!(office.arrived("GetPrimaryEmailUpdateStatus"), 0);
    let asked = office.run(&["email", "status", SANDBOX, "-o", "json"]);
    let rows = asked.expect(4, &["rootdeck trust enable account.amazonaws.com"]).json();
    assert_eq!(rows[0]["status"]["status"], "unknown");
}

#[test]
fn an_address_that_aws_documents_as_invalid_has_to_be_insisted_on() {
    let office = Office::trusting();
    let start = |address: &str, more: &[&str]| {
        office.run(&[&["email", "start", SANDBOX, address, "--yes", "--allow-new-domain"], more].concat())
    };
    for (address, why) in [("o'brien@corp.example", "contains '"), (".root@corp.example", "begins with a dot")] {
        start(address, &[]).expect(2, &["AWS documents this address as invalid", why, "--allow-unusual-address"]);
    }
    assert_eq!(office.arrived(START), 0);
    start("a%b@corp.example", &["--allow-unusual-address"]).expect(0, &["documents this address as invalid"]);
    assert_eq!(office.arrived(START), 1);
}

#[test]
fn what_is_pending_already_is_sent_again_only_on_request() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &["one-time password sent"]);
    let again = office.run(&[
        "email",
        "start",
        SANDBOX,
        "ROOT-sandbox07@corp.example",
        "--yes",
        "--allow-new-domain",
        "-o",
        "json",
    ]);
    assert_eq!(again.expect(0, &["already pending", "rootdeck email resend 444455556666"]).json()["status"], "PENDING");
    assert_eq!(office.arrived(START), 1);
    let resend = ["email", "start", SANDBOX, NEW, "--yes", "--allow-new-domain", "--resend"];
    office.run(&resend).expect(0, &["one-time password sent"]);
    office.run(&["email", "resend", SANDBOX, "--yes"]).expect(0, &["one-time password sent"]);
    assert_eq!(office.arrived(START), 3);
}

#[test]
fn an_address_that_can_not_be_the_account_s_is_not_sent() {
    let office = Office::trusting();
    let start = |address: &str| office.run(&["email", "start", SANDBOX, address, "--yes"]);
    start("root").expect(2, &["incomplete address"]);
    start("AWS+Sandbox07@example.com").expect(0, &["already has this address", "nothing was sent"]);
    office.run(&["accounts"]).expect(0, &[]);
    start("aws+sandbox08@EXAMPLE.com").expect(2, &["account 444455556008 already has this address"]);
    start(NEW).expect(2, &["no account uses corp.example yet", "--allow-new-domain"]);
    office.run(&["email", "start", SANDBOX, NEW]).expect(2, &["--yes"]);
    office.run(&["email", "start", "999900001111", NEW, "--yes"]).expect(2, &["no account 999900001111"]);
    assert_eq!(office.arrived(START), 0);
    start("root-sandbox07@example.com").expect(0, &[]);
}

#[test]
fn what_the_configuration_and_the_organization_rule_out_is_refused_and_journaled() {
    let office = Office::trusting();
    let configuration = office.home.path().join("rootdeck.toml");
    let rules = format!("protected_accounts = [\"{CLEAN}\"]\nallowed_email_domains = [\"example.com\"]\n");
    fs::write(&configuration, rules).unwrap();
    let start = |options: &[&str], account: &str, address: &str| {
        office.run(&[options, &["email", "start", account, address, "--yes", "--allow-new-domain"]].concat())
    };
    let configured = ["--config", configuration.to_str().unwrap()];
    start(&configured, CLEAN, "new@example.com").expect(4, &["222233335555 is protected"]);
    start(&configured, SANDBOX, NEW).expect(4, &["domain corp.example is not allowed"]);
    start(&["--read-only"], SANDBOX, NEW).expect(4, &["read-only"]);
    start(&[], MANAGEMENT, NEW).expect(4, &["management account"]);
    start(&[], CLOSED, NEW).expect(4, &["CLOSED"]);
    assert_eq!(office.arrived(START), 0);
    let outcomes: Vec<JournalOutcome> = office.journal().iter().map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [JournalOutcome::Refused; 5]);

    office.start(SANDBOX, NEW).expect(0, &[]);
    let accept = ["--read-only", "email", "accept", SANDBOX, "--yes"];
    office.give(&accept, &office.code_to(NEW)).expect(4, &["read-only"]);
    office.run(&["--read-only", "email", "resend", SANDBOX, "--yes"]).expect(4, &["read-only"]);
    assert_eq!(office.journal()[0].operation, "account:StartPrimaryEmailUpdate");
    assert_eq!(sentence(&office.journal()[1].change), format!("accept primary email change -> {NEW}"));
}

#[test]
fn a_code_that_aws_does_not_take_is_told_with_what_can_be_done() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    let accept = ["email", "accept", SANDBOX, "--yes"];
    let wrong = office.give(&accept, &office.wrong_code_to(NEW));
    wrong.expect(1, &["The one-time password is incorrect.", "rootdeck email resend 444455556666"]);
    assert_eq!(wrong.stdout, "");
    office.give(&accept, "").expect(2, &["no one-time password"]);
    let device = "Amazon Web Services\nVerify your identity\nVerification code: 123456\n";
    office.give(&accept, device).expect(2, &["does not name this change"]);
    office.give(&accept, &office.mail_to(NEW).replace(SANDBOX, "555566667777")).expect(2, &["account 555566667777"]);
    office.give(&accept, "12345 or 123456 or 654321").expect(2, &["no one-time password"]);
    office.give(&accept, &office.mail_to(NEW).replace(NEW, "other@corp.example")).expect(2, &["other@corp.example"]);
    office.give(&["email", "accept", SANDBOX], &office.code_to(NEW)).expect(2, &["--yes"]);
    assert_eq!(office.arrived("AcceptPrimaryEmailUpdate"), 1);
    assert_eq!(office.arrived("AcceptPrimaryEmailUpdate"), 1, "AWS was asked about the wrong code alone");
    let full_width = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap();
    let code: String = office.code_to(NEW).chars().map(full_width).collect();
    office.give(&accept, &format!(" {code}\n")).expect(0, &[]);
}

#[test]
fn an_expired_code_is_not_sent() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    office.backdate(SANDBOX, Duration::from_hours(25));
    let row = office.run(&["email", "status", "-o", "json"]).json();
    assert_eq!((&row[0]["status"], &row[0]["expired"]), (&json!("PENDING"), &json!(true)));
    let ended = office.give(&["email", "accept", SANDBOX, "--yes"], &office.code_to(NEW));
    ended.expect(4, &["has expired (24 hours)", "rootdeck email resend 444455556666"]);
    assert_eq!(office.arrived("AcceptPrimaryEmailUpdate"), 0);
}

#[test]
fn a_start_whose_answer_is_lost_is_what_aws_shows_and_can_be_finished() {
    let office = Office::trusting();
    office.inject("StartPrimaryEmailUpdate:lose-reply=1x");
    let started = office.start(SANDBOX, NEW);
    let row = started.expect(0, &["answer lost; AWS shows the change"]).json();
    assert_eq!((&row["status"], &row["new_email"]), (&json!("PENDING"), &json!(NEW)));
    // As the journal has it.
    assert_eq!(office.journal()[0].outcome, JournalOutcome::Ok);
    office.give(&["email", "accept", SANDBOX, "--yes"], &office.mail_to(NEW)).expect(0, &[]);
    // What AWS does not show is unknown in both.
    let office = Office::trusting();
    office.inject("StartPrimaryEmailUpdate:drop=1x");
    let started = office.start(SANDBOX, NEW);
    let row = started.expect(5, &["may have sent the mail", "rootdeck email accept 444455556666"]).json();
    assert_eq!((&row["status"]["status"], &row["new_email"]), (&json!("unknown"), &json!(NEW)));
    assert!(row["status"]["cause"].as_str().is_some_and(|cause| cause.starts_with("account:Start")), "{row}");
    assert_eq!(office.journal()[0].outcome, JournalOutcome::Unknown);
}

#[test]
fn an_acceptance_whose_answer_is_lost_is_settled_by_what_is_seen() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    office.inject("AcceptPrimaryEmailUpdate:lose-reply=1x");
    let accepted = office.give(&["email", "accept", SANDBOX, "--yes", "-o", "json"], &office.mail_to(NEW));
    let row = accepted.expect(0, &["AWS shows that the code was accepted"]).json();
    assert_eq!((&row["status"], &row["new_email"]), (&json!("ACCEPTED"), &json!(NEW)));
}

#[test]
fn an_acceptance_of_which_nothing_is_seen_is_unknown() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    office.inject("AcceptPrimaryEmailUpdate:drop=1x");
    let accepted = office.give(&["email", "accept", SANDBOX, "--yes", "-o", "json"], &office.mail_to(NEW));
    assert_eq!(accepted.expect(5, &["before you try again"]).json()["status"]["status"], "unknown");
}

#[test]
fn the_mail_tells_which_of_several_starts_it_belongs_to() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    let other = "another@corp.example";
    // Its report is to be older than the next start by more than times are rounded.
    std::thread::sleep(Duration::from_secs(3));
    office.inject("StartPrimaryEmailUpdate:drop=1x");
    office.start(SANDBOX, other).expect(5, &["root-sandbox07@corp.example", "replaces it"]);
    let accept = ["email", "accept", SANDBOX, "--yes", "-o", "json"];
    let accepted = office.give(&accept, &office.mail_to(NEW));
    accepted.expect(
        0,
        &["then another@corp.example", "may be an earlier one", "using the code for the change to root-sandbox07"],
    );
    let row = accepted.json();
    assert_eq!((&row["status"], &row["new_email"]), (&json!("ACCEPTED"), &json!(NEW)));
}

#[test]
fn a_change_started_elsewhere_is_an_alarm_and_is_accepted_by_its_named_address() {
    let office = Office::trusting();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = office.command(&["email", "start", SANDBOX, NEW, "--yes", "--allow-new-domain"]);
    assert_eq!(command.env("HOME", elsewhere.path()).output().unwrap().status.code(), Some(0));

    let all = office.run(&["email", "status", "--all", "-o", "json"]);
    let rows = all.expect(0, &["started elsewhere", "CloudTrail", "without a change"]).json();
    // The other one is of the demo organization as it is.
    let ids: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["account_id"].as_str().unwrap()).collect();
    assert_eq!(ids, [SANDBOX, NORTHWIND]);
    assert_eq!((&rows[0]["status"], &rows[0]["new_email"]), (&json!("PENDING"), &json!(null)));
    // Both are known from now on.
    assert_eq!(office.run(&["email", "status"]).stdout.lines().count(), 3);

    let code = office.code_to(NEW);
    let unknown = office.give(&["email", "accept", SANDBOX, "--yes"], &code);
    unknown.expect(4, &["started elsewhere", "--new-email"]);
    office.give(&["email", "accept", SANDBOX, "--yes", "--new-email", NEW], &code).expect(0, &[]);
}

#[test]
fn a_password_is_sent_again_to_the_address_that_is_kept() {
    let office = Office::trusting();
    office.run(&["email", "resend", SANDBOX, "--yes"]).expect(4, &["email change of sandbox-07"]);
    office.start(SANDBOX, NEW).expect(0, &[]);
    let first = office.code_to(NEW);
    let again = office.run(&["email", "resend", SANDBOX, "--yes", "-o", "json"]);
    assert_eq!(again.expect(0, &["use the newest"]).json()["new_email"], NEW);
    assert_eq!(office.arrived(START), 2);
    assert!(office.mails_to(NEW) == 2 && office.code_to(NEW).len() == first.len());
    office.give(&["email", "accept", SANDBOX, "--yes"], &office.code_to(NEW)).expect(0, &[]);
    office.run(&["email", "resend", SANDBOX, "--yes"]).expect(4, &["email change of sandbox-07"]);
}

#[test]
fn what_is_forgotten_here_is_not_forgotten_by_aws() {
    let office = Office::trusting();
    let forget = ["email", "forget", SANDBOX, "--yes"];
    assert_eq!(office.run(&forget).expect(0, &[]).stdout, format!("{SANDBOX}: no change saved on this machine\n"));
    office.start(SANDBOX, NEW).expect(0, &[]);
    office.run(&["email", "forget", SANDBOX]).expect(2, &["--yes"]);
    office.run(&["email", "forget", SANDBOX, "--yes", "--read-only"]).expect(4, &["read-only"]);
    let forgotten = office.run(&forget);
    forgotten.expect(0, &["whoever has the mail can use its code for 24 hours", NEW]);
    let status = office.run(&["email", "status", SANDBOX, "-o", "json"]);
    let row = &status.json()[0];
    assert_eq!((&row["status"], &row["address_known"]), (&json!("PENDING"), &json!(false)));
    assert_eq!(row["started_elsewhere"], false);
    let accept = office.run(&["email", "accept", SANDBOX, "--yes"]);
    accept.expect(4, &["started here, according to the journal", "--new-email"]);
    for said in [&status.stderr, &accept.stderr] {
        assert!(!said.contains("started elsewhere"), "{said}");
    }
}

#[test]
fn what_aws_does_not_tell_is_unknown_with_its_cause() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    office.inject("GetPrimaryEmailUpdateStatus:access-denied=1x");
    let status = office.run(&["email", "status", SANDBOX, CLEAN, "-o", "json"]);
    let rows = status.expect(3, &["account:GetPrimaryEmailUpdateStatus", "unknown:"]).json();
    let unknown = rows.as_array().unwrap().iter().filter(|row| row["status"]["status"] == "unknown").count();
    assert_eq!((rows.as_array().unwrap().len(), unknown), (2, 1), "{rows}");
    let quiet = office.run(&["email", "status", CLEAN, "-o", "json"]).json();
    assert_eq!(quiet[0]["status"], json!(null));
    office.inject("GetPrimaryEmailUpdateStatus:access-denied=1x");
    let table = office.run(&["email", "status"]);
    assert!(table.expect(4, &[]).stdout.contains("unknown"), "{}", table.stdout);
}

#[test]
fn an_accepted_change_is_followed_until_aws_shows_the_new_address() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    let accept = ["email", "accept", SANDBOX, "--yes", "--wait", "-o", "json"];
    let accepted = office.give(&accept, &office.mail_to(NEW));
    accepted.expect(0, &["the primary email of 444455556666 is root-sandbox07@corp.example"]);
    assert_eq!(accepted.json()["status"], "COMPLETED");
}

#[test]
fn the_demo_says_that_it_forgets() {
    let ended = crate::program::run(&["--demo", "email", "start", SANDBOX, NEW, "--yes", "--allow-new-domain"]);
    ended.expect(4, &["rootdeck trust enable account.amazonaws.com", "the demo starts fresh each time"]);
    let ended = crate::program::run(&["--demo", "email", "accept", SANDBOX, "--yes"]);
    ended.expect(4, &["email change of sandbox-07", "the demo starts fresh each time"]);
    let ended = crate::program::run(&["--demo", "email", "status"]);
    assert_eq!(ended.expect(0, &["no email changes started from this machine"]).stdout.lines().count(), 1);
}

#[test]
fn without_a_store_the_address_has_to_be_written_down() {
    let office = Office::trusting();
    let state = office.home.path().join("state-that-is-a-file");
    fs::write(&state, "").unwrap();
    let mut command = office.command(&["email", "start", SANDBOX, NEW, "--yes", "--allow-new-domain", "--no-journal"]);
    let ended = crate::program::Ended::from(command.env("XDG_STATE_HOME", &state).output().unwrap());
    ended.expect(0, &["cannot be used", "Write down the new address", "NOT JOURNALED"]);
}

#[test]
fn who_may_not_change_emails_is_told_so() {
    // The demo's delegated administrator is one for another service.
    let start = ["email", "start", SANDBOX, NEW, "--yes", "--allow-new-domain", "--demo", "--demo-as"];
    let delegated = crate::program::run(&[&start[..], &["delegated-admin"]].concat());
    delegated.expect(4, &["delegated administrator for account.amazonaws.com"]);
    crate::program::run(&[&start[..], &["member"]].concat()).expect(4, &["organizations:ListAccounts"]);
}
