//! `rootdeck credentials delete`.

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};

use crate::program::Ended;
use crate::site::{CANARY, CLEAN, MANAGEMENT, NORTHWIND, SANDBOX, Site};

/// Every operation that deletes a credential.
const DELETIONS: [&str; 4] =
    ["DeleteLoginProfile", "DeleteAccessKey", "DeleteSigningCertificate", "DeactivateMFADevice"];

fn deletions(site: &Site) -> usize {
    DELETIONS.iter().map(|operation| site.arrived(operation)).sum()
}

#[test]
fn a_dry_run_lists_exactly_what_would_go_and_deletes_nothing() {
    let site = Site::open();
    let ended = site.run(&["credentials", "delete", "--dry-run", NORTHWIND, CLEAN]);
    ended.expect(0, &["Alarms on root usage will fire"]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines.len(), 1 + 5, "{}", ended.stdout);
    for (line, what) in lines.iter().skip(1).zip(["password", "access key", "access key", "signing certificate", "MFA"])
    {
        assert!(line.starts_with(NORTHWIND) && line.contains(what), "{what}: {line}");
    }
    let only = site.run(&["credentials", "delete", "--dry-run", "--only", "mfa-devices,password", NORTHWIND]);
    assert_eq!(only.expect(0, &[]).stdout.lines().count(), 1 + 2, "{}", only.stdout);
    let mfa = site.run(&["credentials", "delete", "--dry-run", "--only", "mfa-devices", NORTHWIND]);
    mfa.expect(0, &["keeps the password"]);
    // Nothing more is needed for a look than that audits are allowed.
    site.run(&["--read-only", "credentials", "delete", "--dry-run", SANDBOX]).expect(0, &[]);
    assert_eq!(deletions(&site), 0);
}

#[test]
fn without_a_terminal_it_has_to_be_agreed_to_beforehand() {
    let site = Site::open();
    let ended = site.run(&["credentials", "delete", SANDBOX]);
    ended.expect(2, &["--yes"]);
    assert_eq!((ended.stdout.as_str(), site.arrived("AssumeRoot")), ("", 0));
}

#[test]
fn each_credential_gets_its_verdict_and_a_fresh_audit_shows_it() {
    let site = Site::open();
    let ended = site.run(&["credentials", "delete", "--yes", "--reason", "T-1", NORTHWIND]);
    ended.expect(0, &["will be deleted", "cannot be undone"]);
    let (results, proof) = ended.stdout.split_once("\n\n").unwrap();
    let results: Vec<&str> = results.lines().skip(1).collect();
    assert_eq!(results.len(), 5);
    assert!(
        results.iter().all(|line| line.starts_with(NORTHWIND) && line.contains("  deleted (verified)")),
        "{results:?}"
    );
    let proof: Vec<&str> = proof.lines().last().unwrap().split_whitespace().rev().take(4).collect();
    assert_eq!(proof, ["-", "-", "-", "-"], "{}", ended.stdout);
    let again = site.run(&["credentials", "delete", "--yes", NORTHWIND]);
    again.expect(0, &["Nothing to delete"]);
    assert_eq!((again.stdout.as_str(), deletions(&site)), ("", 5));
}

#[test]
fn programs_get_a_row_for_each_credential_and_for_what_is_not_known() {
    let site = Site::open();
    let dry = site.run(&["credentials", "delete", "--dry-run", SANDBOX, CANARY, "-o", "json"]);
    let rows = dry.expect(3, &[]).json();
    let statuses: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["would_delete", "would_delete", "unknown", "unknown", "unknown", "unknown"]);
    assert!(rows[2]["message"].as_str().is_some_and(|cause| cause.contains("service control policy")), "{rows}");

    let done = site.run(&["credentials", "delete", "--yes", SANDBOX, "-o", "csv"]);
    done.expect(0, &[]);
    let lines: Vec<&str> = done.stdout.lines().skip(1).collect();
    assert!(lines[0].starts_with(&format!("{SANDBOX},sandbox-07,password,,deleted,,false,20")), "{}", lines[0]);
    assert!(lines[1].starts_with(&format!("{SANDBOX},sandbox-07,access_key,AKIA")), "{}", done.stdout);
    let again = site.run(&["credentials", "delete", "--yes", SANDBOX, "-o", "json"]);
    assert_eq!(again.expect(0, &[]).json(), serde_json::json!([]));
}

#[test]
fn only_the_chosen_kinds_go() {
    let site = Site::open();
    site.run(&["credentials", "delete", "--yes", "--only", "access-keys", SANDBOX]).expect(0, &[]);
    assert_eq!((site.arrived("DeleteAccessKey"), deletions(&site)), (1, 1));
}

#[test]
fn what_could_not_be_read_is_left_and_told() {
    let site = Site::open();
    let ended = site.run(&["credentials", "delete", "--yes", SANDBOX, CANARY]);
    ended.expect(3, &["unknown, so unchanged", "aws:AssumedRoot"]);
    assert!(!ended.stdout.contains(CANARY), "{}", ended.stdout);
    assert!(ended.stdout.contains("deleted"), "{}", ended.stdout);
}

#[test]
fn an_account_that_could_not_be_read_is_not_one_with_nothing_to_delete() {
    let site = Site::open();
    let ended = site.run(&["credentials", "delete", "--yes", CANARY]);
    ended.expect(3, &["unread credentials may still exist"]);
    assert!(!ended.stderr.contains("nothing to delete"), "{}", ended.stderr);
}

#[test]
fn a_refusal_by_aws_is_not_called_deleted() {
    let site = Site::open();
    site.inject("DeleteLoginProfile:access-denied=1.0");
    let ended = site.run(&["credentials", "delete", "--yes", SANDBOX]);
    ended.expect(3, &["iam:DeleteLoginProfile"]);
    let password = ended.stdout.lines().find(|line| line.contains("  password")).unwrap();
    assert!(password.contains("  failed"), "{password}");
    let all = site.run(&["credentials", "delete", "--yes", "--only", "password", SANDBOX]);
    all.expect(4, &[]);
}

#[test]
fn a_lost_answer_is_settled_by_the_fresh_audit() {
    let site = Site::open();
    site.inject("DeleteLoginProfile:lose-reply=1x");
    let ended = site.run(&["credentials", "delete", "--yes", "--only", "password", SANDBOX]);
    ended.expect(0, &[]);
    assert!(ended.stdout.contains("password    deleted"), "{}", ended.stdout);
}

#[test]
fn without_a_read_afterwards_nothing_is_proved() {
    let site = Site::open();
    site.inject("DeleteLoginProfile:delay(500ms)=1x");
    let mut command = site.command(&["credentials", "delete", "--yes", "--only", "password", SANDBOX]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    site.awaits("DeleteLoginProfile", 1);
    // From here on nothing can be read.
    site.inject("GetLoginProfile:access-denied=1.0");
    let ended = Ended::from(child.wait_with_output().unwrap());
    ended.expect(5, &["verification could not be read"]);
    assert!(ended.stdout.contains("not verified"), "{}", ended.stdout);
    assert!(ended.stdout.lines().last().unwrap().contains("? not permitted"), "{}", ended.stdout);
}

#[test]
fn an_interrupted_deletion_finishes_what_is_in_progress_and_starts_nothing_new() {
    let site = Site::open();
    site.inject("DeleteLoginProfile:delay(500ms)=1x");
    let mut command = site.command(&["credentials", "delete", "--yes", NORTHWIND]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    site.awaits("DeleteLoginProfile", 1);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let ended = Ended::from(child.wait_with_output().unwrap());
    ended.expect(130, &["interrupted"]);
    let verdict = |what: &str| ended.stdout.lines().find(|line| line.contains(what)).unwrap().to_owned();
    assert!(verdict("  password").contains("  deleted"), "{}", ended.stdout);
    assert!(verdict("  MFA device").ends_with("  not attempted"), "{}", ended.stdout);
    assert_eq!(site.arrived("DeactivateMFADevice"), 0);
}

#[test]
fn nothing_is_begun_if_one_account_may_not_be_written_to() {
    let site = Site::open();
    let ended = site.run(&["credentials", "delete", "--yes", SANDBOX, MANAGEMENT]);
    ended.expect(4, &[MANAGEMENT]);
    site.run(&["--read-only", "credentials", "delete", "--yes", SANDBOX]).expect(4, &["read-only"]);
    assert_eq!((deletions(&site), site.arrived("AssumeRoot")), (0, 0));
}

#[test]
fn programs_are_told_what_could_not_be_read_whether_something_was_deleted_or_not() {
    let site = Site::open();
    let unread = |ended: &crate::program::Ended| {
        let rows = ended.json();
        let rows: Vec<_> = rows.as_array().unwrap().iter().filter(|row| row["status"] == "unknown").cloned().collect();
        assert!(
            !rows.is_empty() && rows.iter().all(|row| row["account_id"] == CANARY && row["message"].is_string()),
            "{rows:?}"
        );
    };
    let nothing = site.run(&["credentials", "delete", "--yes", CANARY, CLEAN, "-o", "json"]);
    unread(nothing.expect(3, &[]));
    let csv = site.run(&["credentials", "delete", "--yes", CLEAN, "-o", "csv"]);
    assert!(csv.expect(0, &[]).stdout.starts_with("account_id,account_name,credential,"), "{}", csv.stdout);
    assert_eq!(site.run(&["credentials", "delete", "--yes", CLEAN, "-o", "json"]).json(), serde_json::json!([]));
    let some = site.run(&["credentials", "delete", "--yes", SANDBOX, CANARY, "-o", "json"]);
    unread(&some);
    assert!(some.json().as_array().unwrap().iter().any(|row| row["status"] == "deleted"), "{}", some.stdout);
}

#[test]
fn only_what_is_known_to_be_old_or_unused_is_deleted_and_the_rest_told() {
    let site = Site::open();
    let dry =
        |words: &[&str]| site.run(&[&["credentials", "delete", "--dry-run", NORTHWIND, "-o", "json"], words].concat());
    let all = dry(&[]).expect(0, &[]).json();
    for row in all.as_array().unwrap() {
        assert!(row["created"].is_string() || row["created"].is_null(), "{row}");
        let is_used = ["access_key", "password"].contains(&row["credential"].as_str().unwrap());
        assert_eq!(row["last_used"].is_object(), is_used, "{row}");
        let has_status = ["access_key", "signing_certificate"].contains(&row["credential"].as_str().unwrap());
        assert_eq!(row["credential_status"].is_string(), has_status, "{row}");
    }
    let old = dry(&["--older-than", "90d"]).json();
    let status = |rows: &serde_json::Value, status: &str| {
        rows.as_array().unwrap().iter().filter(|row| row["status"] == status).count()
    };
    assert_eq!(old.as_array().unwrap().len(), all.as_array().unwrap().len());
    let older = status(&old, "would_delete");
    let ancient = dry(&["--older-than", "5000w"]);
    let rows = ancient.expect(0, &["kept, created"]).json();
    assert_eq!((status(&rows, "would_delete"), status(&rows, "kept") + status(&rows, "unknown")), (0, 5), "{older}");
    let unused = dry(&["--unused-for", "1s"]);
    let rows = unused.expect(0, &["not deleted: AWS does not report when it was last used"]).json();
    let deleted = rows.as_array().unwrap().iter().filter(|row| row["status"] == "would_delete");
    assert!(deleted.clone().count() > 0 && deleted.clone().all(|row| row["last_used"].is_object()), "{rows}");
    let nothing = site.run(&["credentials", "delete", "--yes", "--older-than", "5000w", NORTHWIND, "-o", "csv"]);
    nothing.expect(0, &["Nothing to delete"]);
    assert_eq!(deletions(&site), 0);
    let keys =
        ["credentials", "delete", "--yes", "--only", "access-keys", "--older-than", "1s", NORTHWIND, "-o", "json"];
    let rows = site.run(&keys).expect(0, &[]).json();
    assert!(status(&rows, "deleted") > 0 && rows[0]["created"].is_string(), "{rows}");
}

#[test]
fn a_last_use_that_could_not_be_read_is_not_taken_for_none() {
    let site = Site::open();
    site.inject("GetAccessKeyLastUsed:access-denied=1.0");
    let ended = site.run(&["credentials", "delete", "--yes", "--only", "access-keys", "--unused-for", "1s", NORTHWIND]);
    ended.expect(3, &["not deleted: last use unknown"]);
    assert_eq!(deletions(&site), 0);
}
