//! Opening the gates of centralized root access in an emulator, for tests that begin behind them.

use std::sync::Arc;

use jiff::Timestamp;
use rootdeck::aws::session::{FixedCredentials, Session, SessionOptions};
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::permit::Rules;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{PresentPolicy, WriteOutcome, WriteRequest};
use rootdeck::emulator::{Emulator, Identity};
use rootdeck::engine::Engine;
use rootdeck::store::Store;

/// Turns on trusted access for IAM and both root features.
pub(crate) async fn open(emulator: &Emulator) {
    turn(emulator, Switch::TrustedAccess(ServicePrincipal::iam()).set(true)).await;
    turn(emulator, Switch::RootFeature(RootFeature::RootCredentialsManagement).set(true)).await;
    turn(emulator, Switch::RootFeature(RootFeature::RootSessions).set(true)).await;
}

/// Sets a switch as the administrator of the management account.
pub(crate) async fn turn(emulator: &Emulator, change: Change) {
    let key = emulator.access_key(Identity::Management);
    let fixed = FixedCredentials { access_key_id: key.id, secret_access_key: key.secret.into() };
    let endpoint_url = Some(emulator.endpoint_url());
    let options = SessionOptions { endpoint_url, fixed: Some(fixed), paced: false, ..SessionOptions::default() };
    let session = Session::connect(options).await.unwrap();
    let records = Arc::new(Store::in_memory().scope(None, session.endpoint_override()));
    let engine = Engine::new(session, Rules::default(), records);
    let request =
        WriteRequest { change, account: None, reason: None, present: PresentPolicy::Any, until: None, resend: false };
    let outcome = engine.write(request, Timestamp::now).await.outcome;
    assert!(matches!(outcome, WriteOutcome::Taken(_)), "{outcome:?}");
}
