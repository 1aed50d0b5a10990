//! What is kept and what is recorded: nothing is changed without a journal, what is refused is in it, and
//! alarms outlive the program.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rootdeck::domain::change::Switch;
use rootdeck::domain::otp::{Pasted, find_in_paste};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Ended, program};
use crate::site::{CLEAN, CLOSED, MANAGEMENT, SANDBOX, SHOP, Site};

const NEW: &str = "root-sandbox07@corp.example";
/// Makes the store at a path unusable.
type Spoil = fn(&Path);

const READS: [&str; 4] = ["Get", "List", "Describe", "Simulate"];

fn trusting() -> Site {
    let site = Site::open();
    site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    site
}

fn store(home: &Path) -> PathBuf {
    home.join(".local/state/rootdeck/rootdeck.db")
}

/// A change of each kind, as a script makes it.
fn changes() -> Vec<Vec<&'static str>> {
    vec![
        vec!["trust", "disable", "account.amazonaws.com", "--yes"],
        vec!["features", "disable", "RootSessions", "--yes"],
        vec!["email", "start", SANDBOX, NEW, "--allow-new-domain", "--yes"],
        vec!["recovery", "allow", CLEAN, "--yes"],
        vec!["credentials", "delete", SANDBOX, "--yes"],
        vec!["session", SANDBOX, "S3UnlockBucketPolicy", "--", "true"],
    ]
}

/// The operations that arrived, but for those that only read and the sessions to read with.
fn writes(site: &Site) -> Vec<String> {
    let all = site.emulator.requests().into_iter().map(|(_, name)| name);
    all.filter(|name| !READS.iter().any(|read| name.starts_with(read)) && name != "AssumeRoot").collect()
}

#[test]
fn nothing_is_changed_where_the_journal_can_not_be_kept() {
    let unusable: [(&str, Spoil); 3] = [
        ("newer rootdeck", |path| {
            Connection::open(path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        }),
        ("damaged", |path| fs::write(path, "no database\n".repeat(1000)).unwrap()),
        ("cannot be used", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
    ];
    for (word, spoil) in unusable {
        let site = trusting();
        site.run(&["accounts"]).expect(0, &[]);
        spoil(&store(site.home.path()));
        let before = writes(&site);
        for change in changes() {
            let reported = site.run(&change);
            reported.expect(1, &[word, "nothing is changed in AWS"]);
        }
        assert_eq!(writes(&site), before, "{word}");
        // What only reads goes on.
        site.run(&["audit", "--accounts", SANDBOX]).expect(0, &[word]);
    }
}

#[test]
fn without_a_journal_by_request_a_change_is_made_and_says_so_loudly() {
    let site = trusting();
    let state = site.home.path().join("a-file");
    fs::write(&state, "").unwrap();
    let run = |arguments: &[&str]| Ended::from(site.command(arguments).env("XDG_STATE_HOME", &state).output().unwrap());
    let start = ["email", "start", SANDBOX, NEW, "--allow-new-domain", "--yes"];
    run(&start).expect(1, &["--no-journal"]);
    assert_eq!(site.arrived("StartPrimaryEmailUpdate"), 0);
    let words = ["--no-journal: changes are made even if", "NOT JOURNALED"];
    run(&[&start[..], &["--no-journal"]].concat()).expect(0, &words);
    assert_eq!(site.arrived("StartPrimaryEmailUpdate"), 1);
    // Where it can be journaled it is.
    let reported = site.run(&["recovery", "allow", CLEAN, "--yes", "--no-journal"]);
    assert!(!reported.expect(0, &words[..1]).stderr.contains("NOT JOURNALED"));
    assert_eq!(entries(&site).len(), 2);
}

/// The journal, newest first.
fn entries(site: &Site) -> Vec<Value> {
    let mut entries = site.run(&["journal", "-o", "json"]).expect(0, &[]).json().as_array().unwrap().clone();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry["id"].as_i64()));
    entries
}

#[test]
fn every_refusal_of_a_task_of_root_or_a_plan_is_in_the_journal() {
    let site = trusting();
    let policy = site.home.path().join("policy.json");
    fs::write(&policy, r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::shop-prod-order-exports/*"}]}"#).unwrap();
    let plan = site.home.path().join("plan.csv");
    fs::write(&plan, format!("account_id,new_email\n{SANDBOX},{NEW}\n")).unwrap();
    let closed = site.home.path().join("closed.csv");
    fs::write(&closed, format!("account_id,new_email\n{CLOSED},{NEW}\n")).unwrap();
    let protecting = site.home.path().join("config.toml");
    fs::write(&protecting, format!("protected_accounts = [\"{SANDBOX}\"]")).unwrap();
    let [policy, plan, closed, protecting] =
        [&policy, &plan, &closed, &protecting].map(|path| path.to_str().unwrap().to_owned());
    let bucket = "shop-prod-order-exports";
    let refused: Vec<(Vec<&str>, &str, Option<&str>)> = vec![
        (vec!["--read-only", "credentials", "delete", SANDBOX, "--yes"], "sts:AssumeRoot", Some(SANDBOX)),
        (vec!["credentials", "delete", MANAGEMENT, "--yes"], "sts:AssumeRoot", Some(MANAGEMENT)),
        (vec!["credentials", "delete", CLOSED, "--yes"], "sts:AssumeRoot", Some(CLOSED)),
        (vec!["--config", &protecting, "recovery", "allow", SANDBOX, "--yes"], "iam:CreateLoginProfile", Some(SANDBOX)),
        (vec!["--read-only", "recovery", "close", SANDBOX, "--yes"], "iam:DeleteLoginProfile", Some(SANDBOX)),
        (
            vec!["--config", &protecting, "session", SANDBOX, "S3UnlockBucketPolicy", "--", "true"],
            "sts:AssumeRoot",
            Some(SANDBOX),
        ),
        (vec!["sqs-policy", "delete", MANAGEMENT, "orders", "--yes"], "sts:AssumeRoot", Some(MANAGEMENT)),
        (vec!["s3-policy", "put", MANAGEMENT, bucket, &policy, "--yes"], "sts:AssumeRoot", Some(MANAGEMENT)),
        (
            vec!["--read-only", "email", "plan", &plan, "--allow-new-domain=corp.example", "--yes"],
            "account:StartPrimaryEmailUpdate",
            None,
        ),
    ];
    let before = writes(&site);
    for (arguments, operation, account) in refused {
        let known = entries(&site).len();
        site.run(&arguments).expect(4, &[]);
        let entries = entries(&site);
        assert_eq!(entries.len(), known + 1, "{arguments:?}");
        let entry = &entries[0];
        assert_eq!(
            (entry["outcome"].as_str(), entry["operation"].as_str()),
            (Some("refused"), Some(operation)),
            "{entry}"
        );
        assert!(entry["message"].as_str().is_some_and(|note| note.starts_with("rootdeck: ")), "{entry}");
        let named = ["account_id", "account"].iter().find_map(|key| entry[*key].as_str());
        assert_eq!(named, account, "{entry}");
    }
    // A line that can't be started keeps the plan from being begun.
    let known = entries(&site).len();
    site.run(&["email", "plan", &closed, "--allow-new-domain=corp.example", "--yes"]).expect(2, &[]);
    assert_eq!(entries(&site).len(), known + 1);
    site.run(&["email", "plan", &closed, "--dry-run"]).expect(2, &[]);
    site.run(&["credentials", "delete", MANAGEMENT, "--dry-run"]);
    assert_eq!((entries(&site).len(), writes(&site)), (known + 1, before), "a dry run attempts nothing");
    assert_eq!(site.arrived("AssumeRoot"), 0);
}

#[test]
fn an_alarm_outlives_the_program_until_aws_says_that_it_is_over() {
    let site = trusting();
    // Somebody else, on another machine.
    let elsewhere = TempDir::new().unwrap();
    let start = ["email", "start", SANDBOX, NEW, "--allow-new-domain", "--yes"];
    let mut command = program(&elsewhere, &start);
    command.envs(site.environment());
    Ended::from(command.output().unwrap()).expect(0, &[]);

    let known = |arguments: &[&str]| {
        let rows = site.run(&[&["email", "status", "-o", "json"], arguments].concat()).expect(0, &[]).json();
        rows.as_array().unwrap().iter().filter(|row| row["account_id"] == SANDBOX).count()
    };
    assert_eq!((known(&[]), known(&["--all"]), known(&[])), (0, 1, 1));
    site.run(&["email", "show", SANDBOX]).expect(0, &["PENDING when checked"]);
    site.inject("GetPrimaryEmailUpdateStatus:access-denied=1x");
    site.run(&["email", "status"]).expect(3, &["PENDING when checked"]);
    site.run(&["purge", "--yes"]).expect(0, &["forgotten"]);
    assert_eq!(known(&[]), 1, "an alarm has no address, and is not over");

    // Somebody over there accepts it; a while later it is done.
    let mails = site.emulator.mail();
    let mail = mails.iter().rfind(|mail| mail.to == NEW && mail.subject.starts_with("Verify")).unwrap();
    let Pasted::Code { otp, .. } = find_in_paste(&mail.body) else { unreachable!("no code") };
    let accept = ["email", "accept", SANDBOX, "--new-email", NEW, "--yes"];
    let mut command = program(&elsewhere, &accept);
    let mut child = command.envs(site.environment()).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(otp.expose().as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    site.emulator.advance(Duration::from_mins(1));
    assert_eq!((known(&[]), known(&[])), (1, 0));
}

#[test]
fn what_a_full_disk_leaves_behind_in_the_middle_of_a_plan_is_told_as_it_is() {
    let site = trusting();
    site.run(&["accounts"]).expect(0, &[]);
    let full = "CREATE TRIGGER full BEFORE INSERT ON intended WHEN (SELECT count(*) FROM intended) >= 2
                BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
    Connection::open(store(site.home.path())).unwrap().execute_batch(full).unwrap();
    let plan = site.home.path().join("plan.csv");
    let line = |account: &&str| format!("{account},root-{account}@corp.example\n");
    let lines: String = [SANDBOX, CLEAN, SHOP, "555500000109"].iter().map(line).collect();
    fs::write(&plan, format!("account_id,new_email\n{lines}")).unwrap();
    let reported = site.run(&["email", "plan", plan.to_str().unwrap(), "--allow-new-domain=corp.example", "--yes"]);
    reported.expect(3, &["Changes started before this stay started", "2 started", "email resume --plan 1"]);
    assert!(!reported.stderr.contains("Nothing was sent"), "{}", reported.stderr);
    assert_eq!(site.arrived("StartPrimaryEmailUpdate"), 2);
}

#[test]
fn a_change_of_a_plan_that_was_cut_off_says_when_to_come_back() {
    let site = trusting();
    let plan = site.home.path().join("plan.csv");
    fs::write(&plan, format!("account_id,new_email\n{SANDBOX},{NEW}\n")).unwrap();
    site.inject("StartPrimaryEmailUpdate:access-denied=1x");
    let arguments = ["email", "plan", plan.to_str().unwrap(), "--allow-new-domain=corp.example", "--yes"];
    site.run(&arguments);
    // As if the program had been killed while it was sending.
    let cut_off = "UPDATE plan_item SET state = 'sending', at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), code = NULL, message = NULL";
    Connection::open(store(site.home.path())).unwrap().execute_batch(cut_off).unwrap();
    // A dry run answers as the run would.
    let dry = site.run(&["email", "plan", plan.to_str().unwrap(), "--dry-run"]);
    dry.expect(5, &["1 change with unknown outcome"]);
    site.run(&["email", "resume", "--yes"])
        .expect(5, &["another rootdeck may be sending it: resume the plan after that"]);
}
