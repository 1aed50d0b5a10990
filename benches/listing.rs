//! Ten thousand accounts: from AWS through the SDK, and to and from the disk.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use rootdeck::domain::records::{ListingRecords, Records};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use rootdeck::aws::session::{FixedCredentials, Session, SessionOptions};
use rootdeck::domain::account::Account;
use rootdeck::domain::journal::Binding;
use rootdeck::domain::permit::Rules;
use rootdeck::emulator::{self, Emulator, Identity, Options};
use rootdeck::engine::Engine;
use rootdeck::store::{ScopedStore, Store};
use secrecy::SecretString;
use tokio::runtime::Runtime;

const ACCOUNTS: usize = 10_000;

/// An unthrottled organization, and an unpaced engine on it that keeps no listing.
async fn organization() -> (Emulator, Engine) {
    let options = Options { accounts: Some(ACCOUNTS), ..Options::default() };
    let emulator = emulator::start(options).await.unwrap();
    let key = emulator.access_key(Identity::Management);
    let options = SessionOptions {
        endpoint_url: Some(emulator.endpoint_url()),
        fixed: Some(FixedCredentials { access_key_id: key.id, secret_access_key: SecretString::from(key.secret) }),
        paced: false,
        ..SessionOptions::default()
    };
    let session = Session::connect(options).await.unwrap();
    let store = Store::in_memory();
    store.set_keep_listing(false);
    let records = store.scope(None, Some(&emulator.endpoint_url()));
    (emulator, Engine::new(session, Rules::default(), Arc::new(records)))
}

async fn list(engine: &Engine) -> Vec<Arc<Account>> {
    let mut all = Vec::with_capacity(ACCOUNTS);
    engine.accounts(|page| all.extend_from_slice(page)).await.unwrap();
    assert_eq!(all.len(), ACCOUNTS);
    all
}

/// A store in a file, bound.
fn records(path: &Path) -> ScopedStore {
    let records = Store::open(path).unwrap().scope(None, None);
    records.bind(&Binding { partition: "aws".into(), organization: "o-8j81brsjuj".into() }).unwrap();
    records
}

fn listing(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let (emulator, engine) = runtime.block_on(organization());
    criterion.bench_function("list 10,000 accounts", |bencher| bencher.iter(|| runtime.block_on(list(&engine))));

    let accounts = runtime.block_on(list(&engine));
    drop(emulator);
    let folder = tempfile::tempdir().unwrap();
    let records = records(&folder.path().join("state").join("rootdeck.db"));
    let at = Timestamp::UNIX_EPOCH;
    criterion.bench_function("save a listing of 10,000", |bencher| {
        bencher.iter(|| records.save_listing(&accounts, at).unwrap());
    });
    criterion.bench_function("load a listing of 10,000", |bencher| {
        bencher.iter(|| assert_eq!(records.listing().unwrap().unwrap().1.len(), ACCOUNTS));
    });
}

criterion_group! {
    name = benches;
    // One listing is five hundred requests; ten of them tell enough.
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(10));
    targets = listing
}
criterion_main!(benches);
