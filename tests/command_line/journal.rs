//! `rootdeck journal`.

use std::fs;
use std::process::Stdio;

use crate::program::{Ended, program, run};
use crate::site::{CLEAN, SANDBOX, Site};

/// A recovery that is allowed with a reason and then refused to a read-only run.
fn with_entries() -> Site {
    let site = Site::open();
    site.run(&["recovery", "allow", CLEAN, "--yes", "--reason", "=TICKET-7"]).expect(0, &[]);
    site.inject("AssumeRoot:access-denied=1x");
    site.run(&["recovery", "allow", SANDBOX, "--yes"]).expect(4, &[]);
    site
}

fn column<'a>(rows: &'a serde_json::Value, name: &str) -> Vec<&'a str> {
    rows.as_array().unwrap().iter().map(|row| row[name].as_str().unwrap_or("null")).collect()
}

#[test]
fn the_journal_tells_what_was_done_and_refused_oldest_first_without_asking_aws() {
    let site = with_entries();
    let calls = site.emulator.requests().len();
    let ended = site.run(&["journal", "-o", "json"]);
    let rows = ended.expect(0, &["journal of this machine for organization o-", "other machines"]).json();
    assert_eq!(site.emulator.requests().len(), calls);
    let operations = column(&rows, "operation");
    assert_eq!(operations.first(), Some(&"iam:CreateLoginProfile"));
    assert_eq!(operations.last(), Some(&"sts:AssumeRoot"));
    assert_eq!(column(&rows, "outcome").last(), Some(&"refused"));
    for row in rows.as_array().unwrap() {
        let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
        assert!(keys.iter().all(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '_')), "{keys:?}");
        assert!(row["time"].as_str().unwrap().ends_with('Z') && row["caller_arn"].as_str().is_some(), "{row}");
        assert!(row["profile"].is_null() && row["request_id"].is_string(), "{row}");
    }
    let first = &rows[0];
    assert_eq!((first["reason"].as_str(), first["outcome"].as_str()), (Some("=TICKET-7"), Some("ok")));
    let kinds = column(&rows, "kind");
    assert_eq!((kinds.first(), kinds.last()), (Some(&"allow_root_password_recovery"), Some(&"open_root_session")));
    let last = rows.as_array().unwrap().last().unwrap();
    assert_eq!((&last["task"], &last["new_email"]), (&"IAMCreateRootUserPassword".into(), &serde_json::Value::Null));
}

#[test]
fn no_cell_of_the_csv_is_a_formula_and_the_table_is_for_people() {
    let site = with_entries();
    let csv = site.run(&["journal", "-o", "csv"]);
    let mut lines = csv.expect(0, &[]).stdout.lines();
    assert_eq!(
        lines.next(),
        Some(
            "id,time,finished,outcome,account_id,account_name,operation,caller_arn,profile,reason,aws_code,message,request_id,\
             outcome_cause,kind,old_email,new_email,service,feature,contact,old_name,new_name,credential,credential_id,policy_holder,policy_holder_name,\
             region,bytes,task,seconds,plan,line,accounts,until"
        )
    );
    assert!(lines.next().unwrap().contains(",'=TICKET-7,"));
    let table = site.run(&["journal"]);
    let table = &table.expect(0, &[]).stdout;
    let head = table.lines().next().unwrap();
    assert!(head.starts_with("ID") && head.contains("TIME (UTC)") && head.contains("OUTCOME"), "{head}");
    assert!(table.contains("allow recovery of the root password") && table.contains("role/OrgAdmin"), "{table}");
}

#[test]
fn entries_are_chosen_by_account_outcome_and_time_and_the_newest_are_kept() {
    let site = with_entries();
    let rows = |words: &[&str]| site.run(&[&["journal", "-o", "json"], words].concat()).expect(0, &[]).json();
    let all = rows(&["--all"]).as_array().unwrap().len();
    assert!(all >= 3, "{all}");
    assert!(column(&rows(&["--account", CLEAN]), "account_id").iter().all(|id| *id == CLEAN));
    assert_eq!(column(&rows(&["--outcome", "refused", "--account", SANDBOX]), "operation").len(), 2);
    assert_eq!(rows(&["--since", "1h"]).as_array().unwrap().len(), all);
    assert_eq!(rows(&["--since", "2999-01-01"]), serde_json::json!([]));
    let newest = site.run(&["journal", "-o", "json", "--limit", "1"]);
    let newest = newest.expect(0, &[&format!("newest 1 of {all}")]).json();
    assert_eq!(column(&newest, "operation"), ["sts:AssumeRoot"]);
    site.run(&["journal", "--since", "yesterday"]).expect(2, &["30m, 2h, 7d"]);
    site.run(&["journal", "--account", "nobody"]).expect(2, &["no account list saved here"]);
    // By its name in the last listing.
    let name = site.run(&["accounts", "-o", "json"]).json();
    let name = name.as_array().unwrap().iter().find(|row| row["account_id"] == CLEAN).unwrap()["account_name"].clone();
    assert_eq!(column(&rows(&["--account", name.as_str().unwrap()]), "account_id").first(), Some(&CLEAN));
}

#[test]
fn programs_get_all_entries_and_people_the_newest_hundred() {
    let site = Site::open();
    for _ in 0..35 {
        site.run(&["recovery", "allow", CLEAN, "--yes", "--read-only"]).expect(4, &[]);
    }
    // Each reads the records of this test alone.
    let records = |words: &[&str]| site.run(&[&["journal"], words].concat());
    let count = records(&["-o", "json"]).json().as_array().unwrap().len();
    assert!(count >= 35, "{count}");
    assert_eq!(records(&["-o", "csv"]).stdout.lines().count(), count + 1);
    assert_eq!(records(&["-o", "json", "--limit", "7"]).json().as_array().unwrap().len(), 7);
    records(&["--limit", "7"]).expect(0, &["newest 7 of", "--all"]);
}

#[test]
fn entries_are_chosen_by_operation_and_by_the_end_of_a_time_and_sessions_are_no_changes() {
    let site = with_entries();
    let rows = |words: &[&str]| site.run(&[&["journal", "-o", "json"], words].concat()).expect(0, &[]).json();
    let kinds = |words: &[&str]| column(&rows(words), "kind").into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert!(kinds(&[]).contains(&"open_root_session".to_owned()));
    assert!(
        kinds(&["--changes"]).iter().all(|kind| kind == "allow_root_password_recovery"),
        "{:?}",
        kinds(&["--changes"])
    );
    assert_eq!(kinds(&["--changes"]), kinds(&["--operation", "allow-root-password-recovery"]));
    assert_eq!(kinds(&["--operation", "iam:CreateLoginProfile"]), kinds(&["--operation", "CreateLoginProfile"]));
    assert!(!kinds(&["--operation", "AssumeRoot"]).is_empty());
    site.run(&["journal", "--operation", "emails"]).expect(2, &["start_primary_email_change"]);
    assert_eq!(rows(&["--until", "2020-01-01"]), serde_json::json!([]));
    assert_eq!(rows(&["--until", "2999-01-01"]), rows(&[]));
    assert_eq!(rows(&["--until", "1h"]), serde_json::json!([]));
}

#[test]
fn the_demo_and_a_machine_that_did_nothing_have_an_empty_journal() {
    let ended = run(&["journal", "--demo", "-o", "json"]);
    assert_eq!(ended.expect(0, &["the demo keeps no journal"]).json(), serde_json::json!([]));
    let ended = run(&["journal", "-o", "csv"]);
    assert_eq!(ended.expect(0, &["no journal on this machine yet"]).stdout.lines().count(), 1);
    run(&["journal", "--demo", "--resolve"]).expect(0, &["no changes with unknown outcome"]);
}

#[test]
fn another_endpoint_has_a_journal_of_its_own() {
    let site = with_entries();
    let mut command = site.command(&["journal", "-o", "json"]);
    let output = command.env("AWS_ENDPOINT_URL", "http://127.0.0.1:1").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "[]\n");
}

#[test]
fn the_endpoint_of_a_profile_leads_to_what_was_done_with_it() {
    let site = Site::open();
    let config = site.home.path().join(".aws/config");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    let profile = format!(
        "[profile prod]\nregion = us-east-1\naws_access_key_id = AKIADEMOMANAGEMENT00\n\
         aws_secret_access_key = demo/not/a/secret\nendpoint_url = {}\n",
        site.emulator.endpoint_url()
    );
    fs::write(config, profile).unwrap();
    let run = |words: &[&str]| -> Ended {
        program(&site.home, &[words, &["--profile", "prod"]].concat()).output().unwrap().into()
    };
    run(&["recovery", "allow", CLEAN, "--yes"]).expect(0, &[]);
    let ended = run(&["journal", "-o", "json"]);
    let rows = ended.expect(0, &["journal of this machine for organization o-"]).json();
    assert_eq!(column(&rows, "profile").first(), Some(&"prod"));
    assert!(run(&["recovery", "list"]).expect(0, &[]).stdout.contains(CLEAN));
}

#[test]
fn a_store_that_can_not_be_used_is_told_and_left_as_it_is() {
    let site = with_entries();
    let store = site.home.path().join(".local/state/rootdeck/rootdeck.db");
    let newer = rusqlite::Connection::open(&store).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let ended = site.run(&["journal", "-o", "json"]);
    ended.expect(1, &["newer", "no journal"]);
    assert_eq!(ended.stdout, "");
    fs::write(&store, "no database at all, and long enough to be told from one: ".repeat(100)).unwrap();
    let before = fs::read(&store).unwrap();
    site.run(&["journal"]).expect(1, &["no journal"]);
    site.run(&["journal", "--resolve"]).expect(1, &[]);
    assert_eq!(fs::read(&store).unwrap(), before);
}

#[test]
fn a_change_that_was_killed_is_unknown_until_it_is_looked_for() {
    let site = Site::open();
    site.inject("CreateLoginProfile:delay(20s)=1x");
    let mut child = site.command(&["recovery", "allow", CLEAN, "--yes"]).stderr(Stdio::null()).spawn().unwrap();
    site.awaits("CreateLoginProfile", 1);
    child.kill().unwrap();
    child.wait().unwrap();
    let ended = site.run(&["journal", "-o", "json", "--outcome", "unknown"]);
    let rows = ended.json();
    let operations = column(&rows, "operation");
    // That the session was opened is written down beside the call, and may have been cut off with it.
    ended.expect(0, &[&format!("{} with unknown outcome", operations.len()), "--resolve"]);
    let known = ["sts:AssumeRoot", "iam:CreateLoginProfile"];
    assert!(operations.contains(&known[1]) && operations.iter().all(|one| known.contains(one)), "{operations:?}");
    assert!(rows[0]["finished"].is_null());
    // Only a look into the account shows a root task, and none is taken by itself.
    let sessions = site.arrived("AssumeRoot");
    let ended = site.run(&["journal", "--resolve", "-o", "json"]);
    let audit = "still unknown. Run `rootdeck audit --deep --accounts 222233335555 --endpoint-url http://";
    ended.expect(0, &[audit, "` to find out"]);
    assert_eq!(site.arrived("AssumeRoot"), sessions);
}

#[test]
fn the_audit_that_is_named_settles_what_another_run_left_unknown() {
    let site = Site::open();
    site.inject("CreateLoginProfile:lose-reply=1x");
    site.inject("GetLoginProfile:access-denied=1x");
    site.run(&["recovery", "allow", CLEAN, "--yes"]).expect(5, &["could not be read"]);
    let outcome = || {
        let rows = site.run(&["journal", "-o", "json"]).expect(0, &[]).json();
        let about = |row: &&serde_json::Value| row["operation"] == "iam:CreateLoginProfile";
        rows.as_array().unwrap().iter().find(about).unwrap()["outcome"].clone()
    };
    let way = format!("rootdeck audit --deep --accounts {CLEAN}");
    site.run(&["journal", "--resolve"]).expect(0, &[&way]);
    assert_eq!(outcome(), "unknown");
    site.run(&["audit", "--deep", "--accounts", CLEAN]).expect(0, &[]);
    assert_eq!(outcome(), "ok");
    site.run(&["recovery", "list"]).expect(0, &[]);
    assert!(site.run(&["recovery", "list"]).stdout.contains(CLEAN));
}

#[test]
fn resolving_needs_aws() {
    let home = tempfile::TempDir::new().unwrap();
    let ended = program(&home, &["journal", "--resolve"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", String::from_utf8_lossy(&ended.stderr));
}
