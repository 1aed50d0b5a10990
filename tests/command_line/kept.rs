//! What is kept on this machine: forgotten when asked to, rid of what is old, and left alone where it is
//! not sound.

use rootdeck::domain::records::{JournalRecords, Records, StartRecords};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rootdeck::domain::email::EmailAddress;
use rootdeck::domain::email_change::{StartedEmailChange, StartedProgress};
use rootdeck::domain::journal::{Binding, Intention};
use rootdeck::domain::recorded_change::{RecordedAddress, RecordedChange};
use rootdeck::store::{ScopedStore, Store};
use rootdeck::words::journal::sentence;
use tempfile::TempDir;

use crate::program::{Ended, program};
use crate::site::{CLEAN, Site};
use crate::terminal::Start;

fn store(home: &Path) -> PathBuf {
    home.join(".local/state/rootdeck/rootdeck.db")
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// A change of an account to an address that nobody else knows, and its line in the journal.
fn start_a_change(records: &ScopedStore, progress: StartedProgress, days: i64) {
    let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days);
    let by = "arn:aws:sts::111122223333:assumed-role/Admin/alice@corp.example".to_owned();
    let intention = Intention {
        at,
        caller: by.clone(),
        profile: None,
        account: Some("444455556666".parse().unwrap()),
        operation: "account:StartPrimaryEmailUpdate".to_owned(),
        change: RecordedChange::StartPrimaryEmailChange {
            old_email: Some(RecordedAddress::Known("aws@secret.example".to_owned())),
            new_email: Some(RecordedAddress::Known("root@secret.example".to_owned())),
            plan: None,
            line: None,
        },
        reason: Some("T-1 for bob@secret.example".to_owned()),
    };
    records.intend(&intention).unwrap();
    let change = StartedEmailChange {
        account: "444455556666".parse().unwrap(),
        old: "aws@secret.example".to_owned(),
        new: address("root@secret.example"),
        by: Some(by),
        started: at,
        progress,
    };
    records.record_start(&change).unwrap();
}

fn records(home: &Path) -> ScopedStore {
    let records = Store::open(&store(home)).unwrap().scope(None, None);
    records.bind(&Binding { partition: "aws".to_owned(), organization: "o-8j81brsjuj".to_owned() }).unwrap();
    records
}

/// A home with an open email change.
fn home() -> TempDir {
    let home = TempDir::new().unwrap();
    start_a_change(&records(home.path()), StartedProgress::Pending, 0);
    home
}

fn run(home: &TempDir, arguments: &[&str]) -> Ended {
    program(home, arguments).output().unwrap().into()
}

/// Whether any file of the store's folder has the word.
fn is_kept(home: &TempDir, word: &str) -> bool {
    let folder = store(home.path()).parent().unwrap().to_owned();
    let holds = |bytes: Vec<u8>| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
    files.map(|path| fs::read(path).unwrap()).any(holds)
}

#[test]
fn a_purge_says_what_there_is_and_forgets_every_address() {
    let home = home();
    let policies = store(home.path()).with_file_name("policies");
    fs::create_dir(&policies).unwrap();
    let reported = run(&home, &["purge", "--dry-run"]);
    let words = [
        "1 email change can still be completed",
        "AWS does not return the new address",
        "policies",
        "SSO user",
        "dry run",
    ];
    reported.expect(0, &words);
    let counts: Vec<Vec<&str>> = reported.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(counts[5], ["email", "changes", "1", "1", "of", "them", "open"]);
    assert_eq!(counts[8], ["journal", "entries", "1", "1", "of", "them", "with", "an", "address"]);
    assert!(is_kept(&home, "secret.example"));

    run(&home, &["purge", "--yes", "--read-only"]).expect(4, &["read-only"]);
    run(&home, &["purge", "--dry-run", "--read-only"]).expect(0, &[]);
    assert!(is_kept(&home, "secret.example"));

    run(&home, &["purge", "--yes"]).expect(0, &["forgotten"]);
    assert!(!is_kept(&home, "secret") && policies.exists());
    let journal = records(home.path()).journal(10).unwrap();
    let reported = "start primary email change (address forgotten) -> (address forgotten)";
    assert_eq!(sentence(&journal[0].change), reported);
    assert_eq!(journal[0].reason.as_deref(), Some("T-1 for (address forgotten)"));
    assert!(journal[0].caller.ends_with("alice@corp.example"));
    run(&home, &["purge", "--yes"]).expect(0, &["nothing to forget"]);
}

#[test]
fn a_purge_is_confirmed() {
    let home = home();
    run(&home, &["purge"]).expect(2, &["add --yes"]);
    run(&home, &["purge", "--yes", "--dry-run"]).expect(2, &["cannot be used with"]);
    let mut terminal = Start::new(&["purge"]).home(home.path()).run();
    terminal.sees("Type purge to continue:").types("yes\r").sees("nothing was changed");
    assert_eq!(terminal.ends().exit_code(), 1);
    let mut terminal = Start::new(&["purge"]).home(home.path()).run();
    terminal.sees("to continue:").types("\x03").sees("nothing was changed");
    assert_eq!(terminal.ends().exit_code(), 130);
    assert!(is_kept(&home, "secret"));
    let mut terminal = Start::new(&["purge"]).home(home.path()).run();
    terminal.sees("to continue:").types("purge\r").sees("forgotten");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!is_kept(&home, "secret"));
}

#[test]
fn where_nothing_is_kept_a_purge_makes_nothing_and_the_demo_touches_nothing() {
    let empty = TempDir::new().unwrap();
    run(&empty, &["purge", "--yes"]).expect(0, &["no data on this machine"]);
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
    let home = home();
    run(&home, &["purge", "--yes", "--demo"]).expect(0, &["the demo saves nothing"]);
    assert!(is_kept(&home, "secret"));
}

#[test]
fn while_another_one_writes_nothing_is_half_forgotten() {
    let home = home();
    let writing = rusqlite::Connection::open(store(home.path())).unwrap();
    writing.execute_batch("BEGIN IMMEDIATE").unwrap();
    let reported = run(&home, &["purge", "--yes"]);
    reported.expect(1, &["another rootdeck is writing", "nothing was forgotten"]);
    writing.execute_batch("ROLLBACK").unwrap();
    assert_eq!(records(home.path()).started().unwrap().len(), 1);
}

#[test]
fn a_store_that_is_not_sound_is_not_purged_but_told_of() {
    let home = home();
    fs::write(store(home.path()), "not a database, but root@secret.example\n".repeat(100)).unwrap();
    run(&home, &["purge", "--yes"]).expect(1, &["is damaged", "nothing was forgotten", "Delete the file"]);
    assert!(is_kept(&home, "secret"));
}

#[test]
fn what_is_over_goes_after_the_time_that_is_configured() {
    let site = Site::closed();
    let home = site.home.path();
    let left = |days: i64, setting: &str| {
        start_a_change(&records(home), StartedProgress::Completed, days);
        let file = home.join("config.toml");
        fs::write(&file, setting).unwrap();
        site.run(&["accounts", "--config", file.to_str().unwrap()]).expect(0, &[]);
        records(home).started().unwrap().len()
    };
    assert_eq!((left(89, ""), left(91, "")), (1, 0));
    assert_eq!((left(91, "keep_finished_days = 100"), left(2, "keep_finished_days = 1")), (1, 0));
    // What can't be understood takes nothing away that the default would leave.
    assert_eq!(left(89, "keep_finished_days = 'few'"), 1);
    assert_eq!(records(home).journal(10).unwrap().len(), 5);
}

#[test]
fn findings_are_told_and_stand_with_their_account_in_json() {
    let site = Site::closed();
    let listed = |arguments: &[&str]| site.run(&[&["accounts", "-o", "json"], arguments].concat());
    listed(&[]).expect(0, &[]);
    // As if the listing before had had another address, and an account that is gone.
    let file = rusqlite::Connection::open(store(site.home.path())).unwrap();
    let sql = "UPDATE listed SET email = 'before@example.com' WHERE account = '444455556666';
               INSERT INTO listed SELECT binding, 9999, '999988887777', 'x', 'x@example.com', NULL, NULL, '', NULL FROM listing";
    file.execute_batch(sql).unwrap();
    let reported = listed(&[]);
    reported.expect(0, &["2 findings since", "a primary email was changed by someone else"]);
    let rows = reported.json();
    let rows = rows.as_array().unwrap();
    let found: Vec<_> = rows.iter().filter(|row| row["findings"] != serde_json::json!([])).collect();
    let [row] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&row["account_id"], &row["findings"][0]["kind"]), (&"444455556666".into(), &"email".into()));
    assert_eq!(row["findings"][0]["before"], "before@example.com");
    assert_eq!((&row["findings"][0]["after"], rows.len()), (&row["email"], 41));
    // They stay until they are read on the screen; without a kept listing there are none.
    listed(&[]).expect(0, &["2 findings since"]);
    let ended = listed(&["--no-cache"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

/// The program with a disk on which no file can grow, or be written to behind its first block.
fn on_a_full_disk(site: &Site, arguments: &[&str]) -> Ended {
    let command = site.command(arguments);
    let mut full = Command::new("sh");
    full.args(["-c", r#"trap '' XFSZ; ulimit -f 1; exec "$0" "$@""#])
        .arg(command.get_program())
        .args(command.get_args());
    full.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    full.stdin(std::process::Stdio::null()).output().unwrap().into()
}

#[test]
fn on_a_full_disk_the_accounts_are_listed_and_nothing_is_sent_that_can_not_be_recorded() {
    let site = Site::open();
    site.run(&["accounts"]).expect(0, &[]);
    let kept = fs::read(store(site.home.path())).unwrap();
    let listed = on_a_full_disk(&site, &["accounts", "-o", "csv"]);
    listed.expect(0, &["its disk may be full"]);
    assert_eq!(listed.stdout.lines().count(), 42);
    let refused = on_a_full_disk(&site, &["recovery", "allow", CLEAN, "--yes"]);
    refused.expect(1, &["its disk may be full"]);
    assert_eq!((site.arrived("CreateLoginProfile"), site.arrived("AssumeRoot")), (0, 0));
    assert!(fs::read(store(site.home.path())).unwrap() == kept, "the file is as it was");
    // A store can't even be begun there.
    fs::remove_file(store(site.home.path())).unwrap();
    on_a_full_disk(&site, &["accounts"]).expect(0, &["cannot be used", "continues without it"]);
    site.run(&["recovery", "allow", CLEAN, "--yes"]).expect(0, &[]);
}

#[test]
fn a_store_that_can_not_be_used_is_told_of_and_left_alone() {
    let site = Site::closed();
    site.run(&["accounts"]).expect(0, &[]);
    let file = store(site.home.path());
    let whole = fs::read(&file).unwrap();
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let newer = fs::read(&file).unwrap();
    let spoilt = [(newer, "created by a newer rootdeck"), (whole[..whole.len() / 2].to_vec(), "is damaged")];
    for (bytes, words) in spoilt {
        fs::write(&file, &bytes).unwrap();
        site.run(&["accounts"]).expect(0, &[words, "was not changed", "continues without it"]);
        assert!(fs::read(&file).unwrap() == bytes, "{words}");
    }
}
