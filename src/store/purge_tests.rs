//! That nothing of an address is left, in no byte of any file, and that the rest is.

use crate::domain::records::{AuditRecords, JournalRecords, ListingRecords, Records, StartRecords};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::{FORGOTTEN, Holdings, without_addresses};
use crate::domain::account::{Account, AccountState};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedProgress};
use crate::domain::journal::Intention;
use crate::domain::recorded_change::{RecordedAddress, RecordedChange};
use crate::domain::root_credentials::{AuditDepth, RootAudit, RootCredential};
use crate::domain::root_feature::RootFeature;
use crate::store::tests::{account, bound, organization, start, time};
use crate::store::{ScopedStore, Store};

const AT: &str = "2026-03-01T15:00:00Z";

fn listed(number: u64) -> Account {
    Account {
        id: account(number),
        name: format!("sandbox-{number}"),
        email: format!("aws+{number}@secret.example"),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    }
}

fn intention(change: RecordedChange, reason: Option<&str>) -> Intention {
    Intention {
        at: time(AT),
        caller: "arn:aws:sts::111122223333:assumed-role/Admin/alice@corp.example".to_owned(),
        profile: Some("prod".to_owned()),
        account: Some(account(7)),
        operation: "account:StartPrimaryEmailUpdate".to_owned(),
        change,
        reason: reason.map(str::to_owned),
    }
}

fn started(old: &str, new: &str) -> RecordedChange {
    let known = |text: &str| Some(RecordedAddress::from(text.to_owned()));
    RecordedChange::StartPrimaryEmailChange { old_email: known(old), new_email: known(new), plan: None, line: None }
}

fn enable() -> RecordedChange {
    RecordedChange::EnableRootFeature { feature: RootFeature::RootSessions }
}

/// One of everything, of two organizations.
fn fill(store: &Store) -> [ScopedStore; 2] {
    let other = store.scope(Some("dev"), None);
    other.bind(&organization("o-another000")).expect("bound");
    let scopes = [bound(store), other];
    for scope in &scopes {
        scope.save_listing(&(0..500).map(listed).map(Arc::new).collect::<Vec<_>>(), time(AT)).expect("saved");
        scope.save_listing(&(100..600).map(listed).map(Arc::new).collect::<Vec<_>>(), time(AT)).expect("saved");
        let report = EmailChangeReport { status: EmailChangeStatus::Pending, updated: None };
        scope.note_report(account(9), &report, time(AT)).expect("an alarm");
        let denied = "User: arn:aws:sts::1:assumed-role/Admin/eve@secret.example is not authorized";
        let audit =
            RootAudit::unknown(AuditDepth::Quick, &ApiError::new("sts:AssumeRoot", ApiErrorKind::AccessDenied, denied));
        scope.save_audits(&[(account(9), time(AT), audit)]).expect("an audit");
        scope.record_start(&start("root@secret.example")).expect("recorded");
        scope.set_progress(account(7), StartedProgress::Pending).expect("noted");
        scope.record_start(&start("next@secret.example")).expect("recorded");
        let mut over = start("over@secret.example");
        over.account = account(8);
        over.progress = StartedProgress::Completed;
        scope.record_start(&over).expect("recorded");
        let start = started("a@secret.example", "root@secret.example");
        scope.intend(&intention(start, Some("asked for by bob@secret.example, T-1"))).expect("recorded");
        scope.intend(&intention(enable(), Some("T-2"))).expect("recorded");
    }
    let sql = "INSERT INTO plan (binding, at, caller, source) VALUES (1, '2026-03-01T15:00:00Z', 'x', 'p@secret.example.csv');
               INSERT INTO plan_item (plan, line, account, old_email, new_email, state)
               VALUES (1, 2, '000000000007', 'a@secret.example', 'b@secret.example', 'waiting')";
    store.with(|connection| Ok(connection.execute_batch(sql)?)).expect("a plan");
    scopes
}

/// Where any file of the folder has `text`.
fn holders_of(folder: &Path, text: &str) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let holds = |path: &std::path::PathBuf| {
        fs::read(path).expect("read").windows(text.len()).any(|window| window == text.as_bytes())
    };
    files.filter(holds).map(|path| path.display().to_string()).collect()
}

#[test]
fn what_there_is_is_told() {
    let store = Store::in_memory();
    assert!(store.holdings(time(AT)).expect("read").is_empty());
    fill(&store);
    let holdings = Holdings {
        listings: 2,
        accounts: 1000,
        findings: 400,
        audits: 2,
        alarms: 2,
        changes: 6,
        open_changes: 4,
        filters: 0,
        plans: 1,
        unfinished_plans: 1,
        entries: 4,
        entries_with_addresses: 2,
    };
    assert_eq!(store.holdings(time(AT)), Ok(holdings));
    // A day later the passwords have expired.
    assert_eq!(store.holdings(time("2026-03-02T14:02:01Z")).map(|held| held.open_changes), Ok(0));
}

#[test]
fn no_byte_of_an_address_is_left() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("state/rootdeck.db");
    let store = Store::open(&path).expect("opened");
    let scopes = fill(&store);
    let folder = path.parent().expect("a folder");
    assert_eq!(holders_of(folder, "@secret.example").len(), 1);
    let size = fs::metadata(&path).expect("there").len();
    store.purge().expect("forgotten");
    assert_eq!(holders_of(folder, "secret"), Vec::<String>::new());
    assert!(fs::metadata(&path).expect("there").len() < size / 2, "the file shrinks");
    let held = store.holdings(time(AT)).expect("read");
    assert_eq!(held, Holdings { entries: 4, alarms: 2, ..Holdings::default() });
    assert!(held.is_empty());
    // The journal tells the rest of the story, and goes on; so does everything else.
    for scope in scopes {
        let journal = scope.journal(10).expect("read");
        let reported: Vec<_> = journal.iter().map(|entry| (entry.change.clone(), entry.reason.as_deref())).collect();
        let reason = format!("asked for by {FORGOTTEN} T-1");
        assert_eq!(reported, [(enable(), Some("T-2")), (started(FORGOTTEN, FORGOTTEN), Some(reason.as_str()))]);
        assert!(journal.iter().all(|entry| entry.caller.ends_with("/alice@corp.example")));
        scope.intend(&intention(enable(), None)).expect("recorded");
        assert_eq!(scope.audits(), Ok(vec![]));
        assert_eq!(scope.alarms().expect("read").len(), 1, "it has no address, and is not over");
        scope.save_listing(&[listed(1).into()], time(AT)).expect("saved");
        assert_eq!(scope.findings(), Ok(vec![]));
    }
    drop(store);
    assert!(Store::open(&path).is_ok());
}

#[test]
fn what_is_forgotten_day_by_day_leaves_nothing_in_the_file_either() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("state/rootdeck.db");
    let scope = bound(&Store::open(&path).expect("opened"));
    scope.record_start(&start("root@secret.example")).expect("recorded");
    scope.save_listing(&[listed(1).into()], time(AT)).expect("saved");
    scope.forget(account(7)).expect("forgotten");
    scope.save_listing(&[], time(AT)).expect("saved");
    let gone: Vec<i64> = scope.findings().expect("read").iter().map(|finding| finding.id).collect();
    scope.acknowledge(&gone).expect("noted");
    assert_eq!(holders_of(path.parent().expect("a folder"), "secret"), Vec::<String>::new());
}

#[test]
fn a_store_in_use_is_not_half_purged() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("state/rootdeck.db");
    let store = Store::open(&path).expect("opened");
    fill(&store);
    // Another rootdeck that is open, and writes nothing now, is no hindrance.
    let open = bound(&Store::open(&path).expect("opened"));
    assert_eq!(open.started().expect("read").len(), 2);
    let before = store.holdings(time(AT)).expect("read");
    let writing = Connection::open(&path).expect("opened");
    writing.execute_batch("BEGIN IMMEDIATE").expect("begun");
    store.with(|connection| Ok(connection.busy_timeout(std::time::Duration::ZERO)?)).expect("set");
    let error = store.purge().expect_err("another one writes");
    assert!(error.sentence().contains("another rootdeck is writing"), "{}", error.sentence());
    assert_eq!(store.holdings(time(AT)), Ok(before));
    writing.execute_batch("ROLLBACK").expect("ended");
    store.purge().expect("forgotten");
    assert_eq!(open.started(), Ok(vec![]));
    // What was on its way in it ends without a word.
    open.set_progress(account(7), StartedProgress::Pending).expect("nothing to note");
}

#[test]
fn addresses_go_by_their_columns_whatever_they_look_like_and_others_by_their_words() {
    let scope = bound(&Store::in_memory());
    let device = |serial: &str| {
        let credential = RootCredential::MfaDevice(serial.to_owned());
        RecordedChange::DeleteRootCredential { credential }
    };
    let other = |text: &str| RecordedChange::Other { text: text.to_owned() };
    let nameless = RecordedChange::AcceptPrimaryEmailChange { new_email: None };
    let cases = [
        (started("root at secret", "x"), started(FORGOTTEN, FORGOTTEN)),
        (nameless.clone(), nameless),
        (device("arn:aws:iam::1:mfa/bob@secret.example"), device(FORGOTTEN)),
        (device("GAHT20488317"), device("GAHT20488317")),
        (other("mail bob@secret.example twice"), other(&format!("mail {FORGOTTEN} twice"))),
        (enable(), enable()),
    ];
    for (change, _) in &cases {
        scope.intend(&intention(change.clone(), None)).expect("recorded");
    }
    assert_eq!(scope.store.holdings(time(AT)).map(|held| held.entries_with_addresses), Ok(3));
    scope.store.purge().expect("forgotten");
    let left: Vec<_> = scope.journal(10).expect("read").into_iter().rev().map(|entry| entry.change).collect();
    assert_eq!(left, cases.map(|(_, left)| left));
    assert_eq!(scope.store.holdings(time(AT)).map(|held| held.entries_with_addresses), Ok(0));
    // What was forgotten is not made up again.
    for sql in [
        "UPDATE intended SET new_email = 'a@b.example' WHERE new_email IS NOT NULL",
        "UPDATE intended SET credential_id = 'x' WHERE credential_id IS NOT NULL",
    ] {
        scope.store.with(|connection| Ok(connection.execute(sql, [])?)).expect_err(sql);
    }
}

#[test]
fn only_words_with_an_address_go() {
    assert_eq!(without_addresses("T-1:  two  blanks"), "T-1:  two  blanks");
    assert_eq!(without_addresses("mail <a@b.c>, then \u{3000}d@e.f"), format!("mail {FORGOTTEN} then {FORGOTTEN}"));
    assert_eq!(without_addresses("@"), FORGOTTEN);
}
