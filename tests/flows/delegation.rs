//! Delegated administrators through the real SDK.

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{Seen, WriteOutcome, Written};

use crate::office::{OTHER, Office, SANDBOX, id, refused};

fn service() -> ServicePrincipal {
    ServicePrincipal::account_management()
}

fn register(account: &str) -> Change {
    Change::Delegation { account: id(account), service: service(), register: true }
}

fn administers(written: &Written, account: &str) -> bool {
    match &written.seen {
        Seen::Delegates(Ok(delegates)) => {
            delegates.iter().any(|delegate| delegate.account == id(account) && delegate.administers(&service()))
        }
        other => panic!("no list but {other:?}"),
    }
}

#[tokio::test]
async fn a_delegate_is_registered_bars_its_service_and_is_deregistered() {
    let office = Office::trusting().await;
    let written = office.write(register(SANDBOX)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    assert!(administers(&written, SANDBOX));
    let entry = office.newest_entry();
    assert_eq!(entry.operation, "organizations:RegisterDelegatedAdministrator");
    assert_eq!((entry.account, entry.outcome), (Some(id(SANDBOX)), JournalOutcome::Ok));
    assert!(entry.request_id.is_some());

    let written = office.write(Switch::TrustedAccess(service()).set(false)).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::DelegateExists);
    let written = office.write(register(SANDBOX)).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::AlreadyExists);
    // Account Management has one.
    let written = office.write(register(OTHER)).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::Invalid);

    let deregister = Change::Delegation { account: id(SANDBOX), service: service(), register: false };
    let written = office.write(deregister.clone()).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    assert!(!administers(&written, SANDBOX));
    assert_eq!(refused(&office.write(deregister).await).kind, ApiErrorKind::NotFound);
    assert_eq!(office.write(Switch::TrustedAccess(service()).set(false)).await.outcome, WriteOutcome::Taken(None));
}
