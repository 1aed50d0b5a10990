//! Files of earlier versions.

use crate::domain::records::{AuditRecords, JournalRecords, ListingRecords, StartRecords};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;

use super::{APPLICATION_ID, LATEST, VERSION_1, VERSION_2, VERSION_3, migrate, version};
use crate::domain::account::{Account, AccountState};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedProgress};
use crate::domain::journal::{JournalOutcome, OutcomeCause};
use crate::domain::recorded_change::{RecordedAddress, RecordedChange};
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::root_feature::RootFeature;
use crate::store::Store;
use crate::store::tests::{account, bound};

/// What the first version may have held: two organizations, each with something of everything.
const CONTENT: &str = "
INSERT INTO binding VALUES (1, 'aws', 'o-8j81brsjuj', ''), (2, 'aws', 'o-another000', 'http://127.0.0.1:4599');
INSERT INTO scope VALUES ('prod', '', 1), ('dev', 'http://127.0.0.1:4599', 2);
INSERT INTO started VALUES
  (3, 1, '000000000007', 'aws+7@example.com', 'a@new.example', 'arn:a', '2026-03-01T14:02:00.123456789Z', 'pending'),
  (5, 1, '000000000007', 'aws+7@example.com', 'b@new.example', 'arn:a', '2026-03-01T15:02:00Z', 'unconfirmed'),
  (6, 1, '000000000008', 'aws+8@example.com', 'c@new.example', 'arn:b', '2026-03-01T16:02:00Z', 'completed'),
  (7, 2, '000000000007', 'aws+7@example.com', 'd@new.example', 'arn:c', '2026-03-01T17:02:00Z', 'accepted');
INSERT INTO intended VALUES
  (1, 1, '2026-03-01T14:02:00Z', 'arn:a', 'prod', '000000000007', 'account:StartPrimaryEmailUpdate',
   'start primary email change aws+7@example.com -> a@new.example', 'T-1'),
  (2, 1, '2026-03-01T15:02:00Z', 'arn:a', NULL, NULL, 'iam:EnableOrganizationsRootSessions', 'enable RootSessions', NULL),
  (3, 2, '2026-03-01T16:02:00Z', 'arn:c', NULL, '000000000007', 'account:AcceptPrimaryEmailUpdate', 'x', NULL);
INSERT INTO concluded VALUES
  (1, 1, '2026-03-01T14:02:01Z', 'unknown', NULL, NULL), (2, 1, '2026-03-01T14:03:01Z', 'ok', NULL, 'r-1'),
  (3, 3, '2026-03-01T16:02:01Z', 'refused', 'ConflictException', 'r-2');
INSERT INTO listing VALUES (1, '2026-03-01T12:00:00Z');
INSERT INTO listed VALUES
  (1, 0, '000000000007', 'sandbox', 'aws+7@example.com', 'ACTIVE', '2019-06-09T08:01:02.123Z', 'ou-ab12-1/ou-ab12-2'),
  (1, 1, '000000000008', '検証環境', 'aws+8@example.com', NULL, NULL, '');
";

/// Entries of the third version: an acceptance, and words that nobody can read.
const MORE_ENTRIES: &str = "
INSERT INTO intended VALUES
  (4, 1, '2026-03-01T18:02:00Z', 'arn:a', 'prod', '000000000007', 'account:AcceptPrimaryEmailUpdate',
   'accept primary email change -> e@new.example', NULL),
  (5, 1, '2026-03-01T19:02:00Z', 'arn:a', 'prod', '000000000007', 'x:Y', 'told by bob@corp.example in other words', NULL);
INSERT INTO concluded (id, intended, at, outcome, note) VALUES
  (4, 4, '2026-03-01T18:02:01Z', 'ok', 'seen afterwards: ACCEPTED since 2026-03-01T18:02:01Z'),
  (5, 5, '2026-03-01T19:02:01Z', 'refused', 'rootdeck: read-only');
";

/// A file as the first version left it, with what `more` adds.
fn first_version(more: &str) -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("rootdeck.db");
    let file = Connection::open(&path).expect("made");
    file.execute_batch(VERSION_1).and_then(|()| file.execute_batch(CONTENT)).expect("filled");
    file.pragma_update(None, "user_version", 1).expect("marked");
    file.pragma_update(None, "application_id", APPLICATION_ID).expect("marked");
    file.execute_batch(more).expect("filled");
    (home, path)
}

/// Every row of the tables of the first version, as text.
fn rows(path: &Path) -> Vec<String> {
    let file = Connection::open(path).expect("opened");
    let tables = ["binding", "scope", "started", "intended", "concluded", "listing", "listed", "sqlite_sequence"];
    let mut all = Vec::new();
    for table in tables {
        let mut statement = file.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).expect("a table");
        // Later versions have a note behind what was concluded, the data of what was intended, how accounts joined.
        let columns = match table {
            "concluded" => 6,
            "intended" => 7,
            "listed" => 8,
            _ => statement.column_count(),
        };
        let mut rows = statement.query([]).expect("read");
        while let Some(row) = rows.next().expect("read") {
            let cells: Vec<rusqlite::types::Value> = (0..columns).map(|at| row.get(at).expect("a cell")).collect();
            all.push(format!("{table} {cells:?}"));
        }
    }
    all
}

#[test]
fn a_file_of_the_first_version_keeps_everything_it_had() {
    let (_home, path) = first_version("");
    let before = rows(&path);
    assert!(before.len() > 16, "{before:?}");
    let store = Store::open(&path).expect("brought up to date");
    assert_eq!(rows(&path), before);
    assert_eq!(version(&Connection::open(&path).expect("opened")), Ok(LATEST));

    let scope = bound(&store);
    let started: Vec<_> =
        scope.started().expect("read").into_iter().map(|it| (it.new.to_string(), it.progress)).collect();
    let progress = [("b@new.example", StartedProgress::Unconfirmed), ("c@new.example", StartedProgress::Completed)];
    assert_eq!(started, progress.map(|(new, progress)| (new.to_owned(), progress)));
    assert_eq!(scope.started_earlier(account(7)).expect("read")[0].new.as_str(), "a@new.example");
    let journal: Vec<_> = scope.journal(10).expect("read").iter().map(|entry| (entry.id, entry.outcome)).collect();
    assert_eq!(journal, [(2, JournalOutcome::Intended), (1, JournalOutcome::Ok)]);
    let (_, mut accounts) = scope.listing().expect("read").expect("a listing");
    assert_eq!(
        (accounts[1].state.clone(), accounts[0].unit_ids.as_deref().map(<[_]>::len)),
        (AccountState::Unknown, Some(2))
    );

    // What is new in the tables works on what was there.
    accounts.remove(1);
    scope.save_listing(&accounts, "2026-03-02T12:00:00Z".parse().expect("a time")).expect("saved");
    assert_eq!(scope.findings().expect("read").len(), 1);
    store.purge().expect("forgotten");
    assert!(scope.journal(10).expect("read").iter().all(|entry| !format!("{:?}", entry.change).contains('@')));
}

#[test]
fn a_file_of_the_second_version_takes_alarms_and_audits() {
    let (_home, path) = first_version(VERSION_2);
    Connection::open(&path).and_then(|file| file.pragma_update(None, "user_version", 2)).expect("marked");
    let before = rows(&path);
    let scope = bound(&Store::open(&path).expect("brought up to date"));
    assert_eq!((rows(&path), version(&Connection::open(&path).expect("opened"))), (before, Ok(LATEST)));
    assert_eq!((scope.alarms(), scope.audits()), (Ok(vec![]), Ok(vec![])));
    let at = "2026-03-02T12:00:00Z".parse().expect("a time");
    let report = EmailChangeReport { status: EmailChangeStatus::Pending, updated: Some(at) };
    scope.note_report(account(9), &report, at).expect("noted");
    let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::Throttled, "");
    scope.save_audits(&[(account(9), at, RootAudit::unknown(AuditDepth::Quick, &error))]).expect("saved");
    assert_eq!((scope.alarms().expect("read").len(), scope.audits().expect("read").len()), (1, 1));
}

#[test]
fn a_file_of_the_third_version_has_its_sentences_read_once() {
    let (_home, path) = first_version(&format!(
        "{VERSION_2} {VERSION_3} {MORE_ENTRIES} UPDATE sqlite_sequence SET seq = 50 WHERE name = 'intended';"
    ));
    let file = Connection::open(&path).expect("opened");
    file.pragma_update(None, "user_version", 3).expect("marked");
    drop(file);
    let before = rows(&path);
    let store = Store::open(&path).expect("brought up to date");
    assert_eq!((rows(&path), version(&Connection::open(&path).expect("opened"))), (before, Ok(LATEST)));
    let journal = bound(&store).journal(10).expect("read");
    let changes: Vec<RecordedChange> = journal.iter().rev().map(|entry| entry.change.clone()).collect();
    let known = |text: &str| Some(RecordedAddress::Known(text.to_owned()));
    let expected = [
        RecordedChange::StartPrimaryEmailChange {
            old_email: known("aws+7@example.com"),
            new_email: known("a@new.example"),
            plan: None,
            line: None,
        },
        RecordedChange::EnableRootFeature { feature: RootFeature::RootSessions },
        RecordedChange::AcceptPrimaryEmailChange { new_email: known("e@new.example") },
        RecordedChange::Other { text: "told by bob@corp.example in other words".to_owned() },
    ];
    assert_eq!(changes, expected);
    let causes: Vec<Option<OutcomeCause>> = journal.iter().rev().map(|entry| entry.cause).collect();
    assert_eq!(causes, [None, None, Some(OutcomeCause::SeenAfterwards), Some(OutcomeCause::NotPermitted)]);
    // What was accepted from here is not taken for somebody else's, and everything can be forgotten.
    let listed = |email: &str| Account {
        id: account(7),
        name: "sandbox".to_owned(),
        email: email.to_owned(),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    };
    let scope = bound(&store);
    scope
        .save_listing(&[listed("aws+7@example.com").into()], "2026-03-01T12:30:00Z".parse().expect("a time"))
        .expect("saved");
    let unread = scope.findings().expect("read").len();
    scope
        .save_listing(&[listed("e@new.example").into()], "2026-03-02T12:00:00Z".parse().expect("a time"))
        .expect("saved");
    assert_eq!(scope.findings().expect("read").len(), unread);
    store.purge().expect("forgotten");
    assert!(!format!("{:?}", scope.journal(10).expect("read")).contains('@'));
    let refused =
        store.with(|file| Ok(file.execute("UPDATE concluded SET cause = NULL", [])?)).expect_err("sealed again");
    assert!(refused.sentence().contains("append-only"), "{}", refused.sentence());
}

#[test]
fn a_file_that_can_not_be_brought_up_to_date_is_left_as_it_was() {
    // In the way of a table of the second version.
    let (_home, path) = first_version("CREATE TABLE finding (x)");
    let before = std::fs::read(&path).expect("read");
    let refused = Store::open(&path).expect_err("in the way");
    let sentence = crate::words::store::error(&refused);
    assert!(sentence.contains("rootdeck.db"), "{sentence}");
    assert_eq!(rows(&path).len(), rows(&first_version("").1).len());
    assert_eq!(version(&Connection::open(&path).expect("opened")), Ok(1));
    assert_eq!(std::fs::read(&path).expect("read").len(), before.len(), "nothing was added");
}

#[test]
fn of_two_that_bring_a_file_up_to_date_at_once_one_does() {
    let (_home, path) = first_version("");
    let before = rows(&path);
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| drop(Store::open(&path).expect("opened")));
        }
    });
    assert_eq!(rows(&path), before);
    let mut file = Connection::open(&path).expect("opened");
    migrate(&mut file).expect("done already");
    assert_eq!(version(&file), Ok(LATEST));
}
