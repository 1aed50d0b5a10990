//! Opening: permissions, files that are not to be touched, processes that die.

use crate::domain::records::{JournalRecords, ListingRecords, StartRecords};
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::domain::account::{Account, AccountState};
use crate::domain::email_change::StartedProgress;
use crate::domain::journal::{Conclusion, Intention, JournalOutcome};
use crate::domain::recorded_change::RecordedChange;
use crate::domain::store_error::StoreError;
use crate::store::tests::{account, bound, start, time};
use crate::store::{Store, default_path, schema};

/// Where a child of this test process finds the file it is to work on.
const CHILD_PATH: &str = "ROOTDECK_TEST_STORE";

fn new_path() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("state/rootdeck/rootdeck.db");
    (home, path)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("changed");
}

/// Runs one of the ignored tests below in a process of its own, after `preparation` in a shell.
fn run_child(preparation: &str, test: &str, path: &Path) {
    let done = Command::new("sh")
        .arg("-c")
        .arg(format!("{preparation}; exec \"$0\" --ignored --exact store::open::tests::{test}"))
        .arg(std::env::current_exe().expect("this program"))
        .env(CHILD_PATH, path)
        .output()
        .expect("ran");
    let reported = String::from_utf8_lossy(&done.stdout);
    // One that dies on purpose says nothing any more.
    assert!(done.status.success() && !reported.contains(" 0 passed"), "{reported}");
}

/// The file, if this process is such a child.
fn child_path() -> Option<PathBuf> {
    std::env::var_os(CHILD_PATH).map(PathBuf::from)
}

#[test]
#[ignore = "a child of the test below"]
fn child_that_opens() {
    let Some(path) = child_path() else { return };
    bound(&Store::open(&path).expect("opened")).record_start(&start("a@new.example")).expect("recorded");
}

#[test]
#[ignore = "a child of the test below"]
fn child_that_looks_for_its_place() {
    let Some(path) = child_path() else { return };
    assert_eq!(default_path(), Some(path));
}

#[test]
fn the_state_folder_is_found_by_the_rules_of_xdg() {
    let looks = |preparation: &str, expected: &str| {
        run_child(preparation, "child_that_looks_for_its_place", Path::new(expected));
    };
    looks("export XDG_STATE_HOME=/x/state", "/x/state/rootdeck/rootdeck.db");
    looks("unset XDG_STATE_HOME; export HOME=/y", "/y/.local/state/rootdeck/rootdeck.db");
    looks("export XDG_STATE_HOME=relative HOME=/y", "/y/.local/state/rootdeck/rootdeck.db");
}

#[test]
fn folder_and_file_are_the_owners_alone_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let (home, path) = new_path();
        run_child(&format!("umask {umask}"), "child_that_opens", &path);
        assert_eq!(mode(&path), 0o600, "umask {umask}");
        assert_eq!(mode(&home.path().join("state/rootdeck")), 0o700, "umask {umask}");
        assert_eq!(mode(&home.path().join("state")), 0o700, "umask {umask}");
    }
}

#[test]
fn what_was_open_to_others_is_closed_on_opening() {
    let (_home, path) = new_path();
    let folder = path.parent().expect("a folder").to_owned();
    drop(Store::open(&path).expect("opened"));
    let journal = super::beside(&path, "-journal");
    fs::write(&journal, "").expect("written");
    set_mode(&journal, 0o644);
    set_mode(&path, 0o664);
    set_mode(&folder, 0o755);
    // SQLite takes an empty journal away when it meets one.
    Store::open(&path).expect("opened");
    assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
    assert!(!journal.exists() || mode(&journal) == 0o600);
}

#[test]
fn a_folder_that_all_share_is_refused_and_left_alone() {
    let home = tempfile::tempdir().expect("a folder");
    set_mode(home.path(), 0o1777);
    let refused = Store::open(&home.path().join("rootdeck.db"));
    assert!(matches!(refused, Err(StoreError::NotPrivate { .. })), "{refused:?}");
    assert_eq!(mode(home.path()), 0o1777);
    assert_eq!(fs::read_dir(home.path()).expect("read").count(), 0);
}

#[test]
fn a_file_without_a_folder_or_in_a_file_is_refused() {
    assert!(matches!(Store::open(Path::new("rootdeck.db")), Err(StoreError::Unusable { .. })));
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("state"), "in the way").expect("written");
    let refused = Store::open(&home.path().join("state/rootdeck.db"));
    assert!(matches!(refused, Err(StoreError::Folder { .. })), "{refused:?}");
    let refused = Store::open(home.path());
    assert!(refused.is_err(), "a folder is not a store");
}

/// Opens `path`, which must be refused and neither changed nor made readable or unreadable.
fn refused_and_untouched(path: &Path) -> StoreError {
    let (bytes, permissions) = (fs::read(path).expect("read"), mode(path));
    let error = Store::open(path).expect_err("refused");
    assert_eq!(fs::read(path).expect("read"), bytes, "{error:?}");
    assert_eq!(mode(path), permissions, "{error:?}");
    let sentence = crate::words::store::error(&error).to_lowercase();
    assert!(sentence.contains(&path.display().to_string().to_lowercase()), "{sentence}");
    assert!(sentence.contains("move"), "it says what to do: {sentence}");
    error
}

fn in_its_folder(path: &Path) -> &Path {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    path
}

#[test]
fn what_is_not_sqlite_is_refused_and_kept() {
    let (_home, path) = new_path();
    fs::write(in_its_folder(&path), "not a database, but somebody's notes\n".repeat(100)).expect("written");
    set_mode(&path, 0o644);
    assert!(matches!(refused_and_untouched(&path), StoreError::Damaged { .. }));
}

#[test]
fn a_file_that_lost_its_end_or_its_middle_is_refused_and_kept() {
    let (_home, path) = new_path();
    bound(&Store::open(&path).expect("opened"))
        .save_listing(&accounts(2000), time("2026-03-01T14:02:00Z"))
        .expect("saved");
    let whole = fs::read(&path).expect("read");
    fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    assert!(matches!(refused_and_untouched(&path), StoreError::Damaged { .. }));
    let mut holed = whole.clone();
    holed[8192..whole.len() - 8192].fill(0x55);
    fs::write(&path, &holed).expect("written");
    assert!(matches!(refused_and_untouched(&path), StoreError::Damaged { .. }));
}

#[test]
fn a_newer_file_is_refused_and_kept() {
    let (_home, path) = new_path();
    drop(Store::open(&path).expect("opened"));
    Connection::open(&path).and_then(|file| file.pragma_update(None, "user_version", 99)).expect("changed");
    let error = refused_and_untouched(&path);
    assert!(matches!(error, StoreError::Newer { found: 99, known: schema::LATEST, .. }), "{error:?}");
}

#[test]
fn another_programs_file_is_refused_and_kept() {
    for statements in [
        "CREATE TABLE recipes (name TEXT)",
        "PRAGMA application_id = 77",
        "PRAGMA user_version = 1",
        "PRAGMA application_id = 77; CREATE TABLE started (id INTEGER); PRAGMA user_version = 1",
    ] {
        let (_home, path) = new_path();
        Connection::open(in_its_folder(&path)).and_then(|file| file.execute_batch(statements)).expect("made");
        set_mode(&path, 0o644);
        let error = refused_and_untouched(&path);
        assert!(matches!(error, StoreError::Foreign { .. }), "{statements}: {error:?}");
    }
}

#[test]
fn version_zero_is_brought_up_to_date() {
    for marked in [false, true] {
        let (_home, path) = new_path();
        let file = Connection::open(in_its_folder(&path)).expect("made");
        if marked {
            file.pragma_update(None, "application_id", schema::APPLICATION_ID).expect("marked");
        }
        drop(file);
        let scope = bound(&Store::open(&path).expect("opened"));
        scope.record_start(&start("a@new.example")).expect("recorded");
        let file = Connection::open(&path).expect("opened");
        assert_eq!(schema::version(&file).expect("read"), schema::LATEST);
        let id: i64 = file.pragma_query_value(None, "application_id", |row| row.get(0)).expect("read");
        assert_eq!(id, schema::APPLICATION_ID);
    }
}

#[test]
fn the_settings_that_keep_records_safe_are_on() {
    let (_home, path) = new_path();
    let store = Store::open(&path).expect("opened");
    let setting = |name: &str| -> rusqlite::types::Value {
        store.with(|connection| Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)).expect("read")
    };
    assert_eq!(setting("journal_mode"), "delete".to_owned().into());
    assert_eq!(setting("synchronous"), 2.into());
    assert_eq!(setting("foreign_keys"), 1.into());
    assert_eq!(setting("secure_delete"), 1.into());
    assert_eq!(setting("busy_timeout"), 5000.into());
}

fn accounts(count: u64) -> Vec<Arc<Account>> {
    let one = |number| Account {
        id: account(number),
        name: format!("sandbox-{number}"),
        email: format!("aws+{number}@example.com"),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    };
    (0..count).map(one).map(Arc::new).collect()
}

#[test]
#[ignore = "a child of the test below"]
fn child_that_dies_in_the_middle_of_a_write() {
    let Some(path) = child_path() else { return };
    let scope = bound(&Store::open(&path).expect("opened"));
    scope.record_start(&start("a@new.example")).expect("recorded");
    scope.set_progress(account(7), StartedProgress::Pending).expect("noted");
    scope.save_listing(&accounts(100), time("2026-03-01T14:02:00Z")).expect("saved");
    let _never = scope.store.with(|connection| {
        // With hardly any cache, SQLite writes to the file before the transaction ends.
        connection
            .execute_batch("PRAGMA cache_size = 5; PRAGMA cache_spill = 5; BEGIN IMMEDIATE; DELETE FROM started")?;
        let mut statement =
            connection.prepare("INSERT INTO listed SELECT 1, ?1, '000000000001', ?2, '', NULL, NULL, '', NULL")?;
        for position in 1000..5000 {
            statement.execute((position, "x".repeat(100)))?;
        }
        // Ends the process without rolling back.
        std::process::exit(0);
        #[expect(unreachable_code, reason = "gives the closure its type")]
        Ok(())
    });
}

#[test]
fn a_process_that_dies_in_the_middle_of_a_write_loses_only_that_write() {
    let (_home, path) = new_path();
    run_child("umask 000", "child_that_dies_in_the_middle_of_a_write", &path);
    let journal = super::beside(&path, "-journal");
    assert!(fs::metadata(&journal).is_ok_and(|journal| journal.len() > 0), "the write had reached the file");
    assert_eq!(mode(&journal), 0o600);
    let scope = bound(&Store::open(&path).expect("opened"));
    let mut pending = start("a@new.example");
    pending.progress = StartedProgress::Pending;
    assert_eq!(scope.started().expect("read"), [pending]);
    assert_eq!(scope.listing().expect("read").map(|(_, accounts)| accounts.len()), Some(100));
}

#[test]
#[ignore = "a child of the test below"]
fn child_that_writes_until_it_is_killed() {
    let Some(path) = child_path() else { return };
    let reported = File::create(path.with_extension("told")).expect("made");
    let scope = bound(&Store::open(&path).expect("opened"));
    let before = scope.started().expect("read").len();
    for number in 0_u64.. {
        let mut change = start("a@new.example");
        change.account = account(u64::try_from(before).expect("few") + number);
        let entry = scope.intend(&intention(&change.account.to_string())).expect("recorded");
        scope.record_start(&change).expect("recorded");
        scope.set_progress(change.account, StartedProgress::Pending).expect("noted");
        let done = Conclusion { outcome: JournalOutcome::Ok, code: None, request_id: None, cause: None, note: None };
        scope.conclude(entry, change.started, &done).expect("recorded");
        scope.save_listing(&accounts(number % 50), change.started).expect("saved");
        // Only now is it acknowledged.
        writeln!(&reported, "{}", change.account).expect("told");
    }
}

fn intention(text: &str) -> Intention {
    Intention {
        at: time("2026-03-01T14:02:00Z"),
        caller: String::new(),
        profile: None,
        account: None,
        operation: "account:StartPrimaryEmailUpdate".to_owned(),
        change: RecordedChange::Other { text: text.to_owned() },
        reason: None,
    }
}

#[test]
fn killed_at_any_moment_nothing_that_was_acknowledged_is_lost_and_the_file_is_sound() {
    let (_home, path) = new_path();
    drop(Store::open(&path).expect("opened"));
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 1..=6 {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--ignored", "--exact", "store::open::tests::child_that_writes_until_it_is_killed"])
            .env(CHILD_PATH, &path)
            .stdout(Stdio::null())
            .spawn()
            .expect("started");
        // After so many lines, and then in the midst of whatever it does.
        let reported = || fs::read_to_string(path.with_extension("told")).unwrap_or_default();
        while reported().matches('\n').count() < round {
            assert_eq!(child.try_wait().expect("a child"), None, "it writes until it is killed");
            std::thread::sleep(Duration::from_micros(200));
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        // A line that was cut off was not told.
        let reported = reported();
        let whole = reported.rsplit_once('\n').map_or("", |(whole, _)| whole);
        acknowledged.extend(whole.lines().map(str::to_owned));
        fs::remove_file(path.with_extension("told")).expect("removed");
        let scope = bound(&Store::open(&path).expect("the file is sound"));
        let started = scope.started().expect("read");
        let journal = scope.journal(usize::MAX).expect("read");
        for account in &acknowledged {
            let change = started.iter().find(|change| change.account.to_string() == *account);
            assert_eq!(change.map(|change| change.progress), Some(StartedProgress::Pending), "{account}");
            let written = RecordedChange::Other { text: account.clone() };
            let entry = journal.iter().find(|entry| entry.change == written);
            assert_eq!(entry.map(|entry| entry.outcome), Some(JournalOutcome::Ok), "{account}");
        }
        // Of what it was at, at most one step more than was told.
        assert!(started.len() <= acknowledged.len() + round, "{} of {}", acknowledged.len(), started.len());
    }
}

#[test]
fn a_transaction_that_was_not_finished_leaves_nothing() {
    let (_home, path) = new_path();
    let store = Store::open(&path).expect("opened");
    bound(&store).record_start(&start("a@new.example")).expect("recorded");
    store.with(|connection| Ok(connection.execute_batch("BEGIN IMMEDIATE; DELETE FROM started")?)).expect("begun");
    drop(store);
    let scope = bound(&Store::open(&path).expect("opened"));
    assert_eq!(scope.started().expect("read"), [start("a@new.example")]);
}

#[test]
fn many_handles_that_open_and_write_at_once_lose_nothing() {
    let (_home, path) = new_path();
    std::thread::scope(|threads| {
        for number in 0..4 {
            let path = &path;
            threads.spawn(move || {
                let scope = bound(&Store::open(path).expect("opened"));
                for step in 0..5 {
                    let mut change = start("a@new.example");
                    change.account = account(number * 100 + step);
                    scope.record_start(&change).expect("recorded");
                }
            });
        }
    });
    assert_eq!(bound(&Store::open(&path).expect("opened")).started().expect("read").len(), 20);
}
