//! Nothing is decided by a sentence: with nonsense in the place of all that were written, everything that is
//! found out, owned and forgotten stays the same.

use rootdeck::domain::records::{JournalRecords, ListingRecords, StartRecords};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rootdeck::domain::account::Account;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::{AuditDepth, RootCredential};
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::store::Store;
use rootdeck::words::journal::sentence;
use rusqlite::Connection;

use super::journal::{cut_off, next_start, resolve};
use super::office::{ACCEPT, OTHER, Office, SANDBOX, START, id};

const NEW: &str = "root-sandbox@corp.example";
const OTHERS: &str = "root-other@corp.example";
/// The account of a change that is not started from here.
const ELSEWHERE: &str = "555500000103";
const FAILED: &str = "555500000102";

/// A change of each kind, cut off or with an answer that said too little, or refused.
async fn with_changes() -> Office {
    let office = Office::with_root_access().await;
    office.trust(ServicePrincipal::account_management()).await;
    office.start(SANDBOX, NEW).await;
    cut_off(&office, office.accept(SANDBOX, NEW, office.code(NEW))).await;
    office.start(OTHER, OTHERS).await;
    office.inject(&format!("{ACCEPT}:drop=1x"));
    office.accept(OTHER, OTHERS, office.code(OTHERS)).await;
    office.inject(&format!("{START}:drop=1x"));
    cut_off(&office, office.start(FAILED, "lost@corp.example")).await;
    let iam = ServicePrincipal::iam();
    cut_off(&office, office.write(Change::Delegation { account: id(OTHER), service: iam, register: true })).await;
    cut_off(&office, office.write(Switch::RootFeature(RootFeature::RootSessions).set(false))).await;
    let account = office.listed(SANDBOX).await;
    cut_off(&office, office.change_root(&account, RootChange::DeleteCredential(RootCredential::Password))).await;
    office
}

fn file(office: &Office) -> std::path::PathBuf {
    office.folder.path().join("state").join("rootdeck.db")
}

/// Puts nonsense where the store has a sentence.
fn garble(office: &Office) {
    let beside = Connection::open(file(office)).unwrap();
    let changed = "DROP TRIGGER concluded_stays;
        UPDATE concluded SET note = 'rootdeck -> seen afterwards (nonsense)' WHERE note IS NOT NULL;
        UPDATE concluded SET note = 'delete root password' WHERE note IS NULL AND id % 2;
        UPDATE plan_item SET message = 'AWS shows the change';";
    beside.execute_batch(changed).unwrap();
}

/// All that is found out, owned, found and forgotten.
async fn everything_reported(office: &Office) -> Vec<String> {
    let mut reported = Vec::new();
    office.advance(Duration::from_mins(6));
    let engine = next_start(office);
    let resolution = resolve(office, &engine).await;
    reported.push(format!("{:?}", resolution.settled));
    let doubt = |doubt| format!("{doubt:?}").split(['(', ' ']).next().unwrap().to_owned();
    reported.extend(resolution.open.iter().map(|open| format!("{} {}", open.entry, doubt(&open.doubt))));
    engine.audit(&office.listed(SANDBOX).await, AuditDepth::Deep).await;
    let outcomes = office.records.journal(100).unwrap().into_iter().map(|entry| (entry.id, entry.outcome, entry.cause));
    reported.push(format!("{:?}", outcomes.collect::<Vec<_>>()));
    reported.push(format!("{:?}", office.records.left_open().unwrap().len()));
    let progress = [SANDBOX, OTHER, FAILED].map(|account| office.record(account).map(|record| record.progress));
    reported.push(format!("{progress:?}"));
    // Only what nobody here has started is a finding.
    let before = office.all_accounts().await;
    let renamed = |account: &Account| {
        let email = match account.id.to_string().as_str() {
            SANDBOX => NEW,
            OTHER => OTHERS,
            ELSEWHERE => "evil@elsewhere.example",
            _ => &account.email,
        };
        Account { email: email.to_owned(), ..account.clone() }
    };
    // The records of starts are gone: the journal alone tells whose change it was.
    office.records.forget(id(SANDBOX)).unwrap();
    office.records.forget(id(OTHER)).unwrap();
    let now = office.clock()();
    office.records.save_listing(&shared(&before), now - Duration::from_hours(1)).unwrap();
    office.records.save_listing(&shared(&before.iter().map(renamed).collect::<Vec<_>>()), now).unwrap();
    reported.push(format!("{:?}", office.records.findings().unwrap().iter().map(|it| it.account).collect::<Vec<_>>()));
    let store = Store::open(&file(office)).unwrap();
    reported.push(format!("{:?}", store.holdings(Timestamp::MAX).unwrap()));
    store.purge().unwrap();
    let journal = office.records.journal(100).unwrap();
    reported.extend(journal.iter().map(|entry| format!("{} {:?} {:?}", entry.operation, entry.change, entry.reason)));
    reported
}

#[tokio::test]
async fn nonsense_in_place_of_every_sentence_changes_nothing() {
    let mut variants = Vec::new();
    for garbled in [false, true] {
        let office = with_changes().await;
        if garbled {
            garble(&office);
        }
        variants.push(everything_reported(&office).await);
    }
    let [plain, garbled] = variants.try_into().unwrap();
    assert_eq!(plain, garbled);
    let reported = plain.join("\n");
    for part in ["NeedsAudit", "SeenAfterwards", ELSEWHERE, "Forgotten"] {
        assert!(reported.contains(part), "{part}: {reported}");
    }
    assert!(!reported.contains('@'), "{reported}");
    let findings = plain.iter().find(|line| line.contains(ELSEWHERE)).unwrap();
    // What was accepted here is ours; what AWS did not accept is not.
    assert!(!findings.contains(SANDBOX) && findings.contains(OTHER), "{findings}");
}

#[tokio::test]
async fn no_sentence_of_a_change_is_in_the_store() {
    let office = with_changes().await;
    let journal = office.records.journal(100).unwrap();
    assert!(journal.len() > 10, "{journal:?}");
    let file = Connection::open(file(&office)).unwrap();
    let mut statement = file.prepare("SELECT * FROM intended").unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        for column in 0..columns {
            let cell = format!("{:?}", row.get_ref(column).unwrap().as_str_or_null());
            let found = journal.iter().find(|entry| cell.contains(&sentence(&entry.change)));
            assert_eq!(found, None, "{cell}");
        }
    }
}

fn shared(accounts: &[Account]) -> Vec<Arc<Account>> {
    accounts.iter().cloned().map(Arc::new).collect()
}
