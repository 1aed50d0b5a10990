//! Trusted access for IAM, and the two features of centralized root access behind it.

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Switch;
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::permit::Refusal;
use rootdeck::domain::records::JournalRecords;
use rootdeck::domain::root_feature::{RootFeature, RootFeatures};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{Seen, WriteOutcome, Written};
use rootdeck::emulator::Identity;

use super::office::{Office, SECURITY, failed, refused};

use RootFeature::{RootCredentialsManagement as Credentials, RootSessions as Sessions};

/// The features that were seen to be on after the write, in the order they are shown.
#[track_caller]
fn on(written: &Written) -> Vec<RootFeature> {
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    match &written.seen {
        Seen::RootFeatures(Ok(features)) => {
            RootFeature::ALL.into_iter().filter(|feature| features.is_on(*feature) == Some(true)).collect()
        }
        other => panic!("nothing seen: {other:?}"),
    }
}

async fn trusting_iam() -> Office {
    let office = Office::open().await;
    office.trust(ServicePrincipal::iam()).await;
    office
}

#[tokio::test]
async fn without_trusted_access_features_are_not_told_and_can_not_be_turned_on() {
    let office = Office::open().await;
    assert_eq!(office.engine.root_features().await.unwrap(), RootFeatures::NeedTrustedAccess);
    let written = office.write(Switch::RootFeature(Credentials).set(true)).await;
    let error = refused(&written);
    assert_eq!(error.kind, ApiErrorKind::TrustedAccessOff);
    assert_eq!(error.code.as_deref(), Some("ServiceAccessNotEnabledException"));
    assert_eq!(error.message, "Trusted Access for IAM not enabled by organization of input account 111122223333.");
    assert!(error.request_id.is_some());
    assert_eq!(written.seen, Seen::RootFeatures(Ok(RootFeatures::NeedTrustedAccess)));
    let entry = office.newest_entry();
    assert_eq!(entry.operation, "iam:EnableOrganizationsRootCredentialsManagement");
    assert_eq!((entry.outcome, entry.code), (JournalOutcome::Refused, error.code.clone()));
}

#[tokio::test]
async fn each_feature_goes_on_and_off_by_itself() {
    let office = trusting_iam().await;
    assert_eq!(office.engine.root_features().await.unwrap(), RootFeatures::Enabled(vec![]));
    let write = |change| office.write(change);
    assert_eq!(on(&write(Switch::RootFeature(Sessions).set(true)).await), [Sessions]);
    assert_eq!(on(&write(Switch::RootFeature(Credentials).set(true)).await), [Credentials, Sessions]);
    // On is on: a second time changes nothing and is no error.
    assert_eq!(on(&write(Switch::RootFeature(Credentials).set(true)).await), [Credentials, Sessions]);
    assert_eq!(on(&write(Switch::RootFeature(Sessions).set(false)).await), [Credentials]);
    assert_eq!(on(&write(Switch::RootFeature(Credentials).set(false)).await), []);
    let journal = office.records.journal(5).unwrap();
    assert!(journal.iter().all(|entry| entry.outcome == JournalOutcome::Ok && entry.request_id.is_some()));
}

#[tokio::test]
async fn features_outlive_trusted_access_and_are_unknown_rather_than_off_without_it() {
    let office = trusting_iam().await;
    office.write(Switch::RootFeature(Credentials).set(true)).await;
    let written = office.write(Switch::TrustedAccess(ServicePrincipal::iam()).set(false)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    assert!(matches!(&written.seen, Seen::TrustedAccess(Ok(trusted)) if !trusted.is_on(&ServicePrincipal::iam())));
    let features = office.engine.root_features().await.unwrap();
    assert_eq!(features, RootFeatures::NeedTrustedAccess);
    assert_eq!(features.is_on(Credentials), None);
    office.trust(ServicePrincipal::iam()).await;
    assert_eq!(office.engine.root_features().await.unwrap(), RootFeatures::Enabled(vec![Credentials]));
}

#[tokio::test]
async fn a_delegate_may_look_and_turn_off_but_not_on() {
    let office = trusting_iam().await;
    office.register(SECURITY, &ServicePrincipal::iam()).await;
    office.write(Switch::RootFeature(Sessions).set(true)).await;
    let delegate = office.engine_of(Identity::DelegatedAdministrator).await;
    assert_eq!(delegate.root_features().await.unwrap(), RootFeatures::Enabled(vec![Sessions]));

    // As long as rootdeck does not know the role in the organization, AWS judges.
    let enable = Switch::RootFeature(Credentials).set(true);
    let written = office.write_by(&delegate, enable.clone(), None).await;
    let error = refused(&written);
    assert_eq!(error.kind, ApiErrorKind::NotManagement);
    assert_eq!(error.code.as_deref(), Some("CallerIsNotManagementAccountException"));
    assert_eq!(
        error.message,
        "Caller account 222233334444 is not management account of the organization and cannot enable IAM features."
    );
    assert_eq!(written.seen, Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![Sessions]))));
    assert_eq!(office.arrived("EnableOrganizationsRootCredentialsManagement"), 1);

    // Once it does, the request stays here.
    let organization = delegate.organization().await.unwrap();
    assert!(delegate.org_role(&organization).await.unwrap().is_delegated_for(&ServicePrincipal::iam()));
    let written = office.write_by(&delegate, enable, None).await;
    assert_eq!(written.outcome, WriteOutcome::NotPermitted(Refusal::NeedsManagement));
    assert_eq!(office.arrived("EnableOrganizationsRootCredentialsManagement"), 1);

    assert_eq!(on(&office.write_by(&delegate, Switch::RootFeature(Sessions).set(false), None).await), []);
}

#[tokio::test]
async fn that_the_features_may_not_be_known_is_a_fault_and_never_off() {
    let office = trusting_iam().await;
    office.write(Switch::RootFeature(Sessions).set(true)).await;
    for who in [Identity::Member, Identity::DelegatedAdministrator] {
        let engine = office.engine_of(who).await;
        assert_eq!(failed(engine.root_features().await), ApiErrorKind::NotManagementOrDelegated, "{who:?}");
    }
    for (error, kind) in [
        ("access-denied", ApiErrorKind::AccessDenied),
        ("expired-token", ApiErrorKind::ExpiredCredentials),
        ("malformed", ApiErrorKind::Unreadable),
    ] {
        office.inject(&format!("ListOrganizationsFeatures:{error}=1x"));
        assert_eq!(failed(office.engine.root_features().await), kind, "{error}");
    }
    assert_eq!(office.engine.root_features().await.unwrap().is_on(Sessions), Some(true));
}

#[tokio::test]
async fn trusted_access_with_a_delegate_can_not_be_turned_off_and_is_still_seen_on() {
    for service in ServicePrincipal::switchable() {
        let office = Office::open().await;
        office.trust(service.clone()).await;
        office.register(SECURITY, &service).await;
        let written = office.write(Switch::TrustedAccess(service.clone()).set(false)).await;
        let error = refused(&written);
        assert_eq!(error.kind, ApiErrorKind::DelegateExists);
        assert_eq!(error.code.as_deref(), Some("ConstraintViolationException"));
        assert!(error.message.contains("De-register them"), "{}", error.message);
        assert!(matches!(&written.seen, Seen::TrustedAccess(Ok(trusted)) if trusted.is_on(&service)));
        let delegates = office.engine.delegated_administrators().await.unwrap();
        assert!(delegates.iter().any(|delegate| {
            delegate.account.to_string() == SECURITY
                && delegate.services.iter().any(|(name, since)| *name == service && since.is_some())
        }));
    }
}

#[tokio::test]
async fn a_service_that_has_its_own_console_is_not_switched() {
    let office = Office::open().await;
    let sso = ServicePrincipal::new("sso.amazonaws.com");
    let written = office.write(Switch::TrustedAccess(sso.clone()).set(false)).await;
    assert_eq!(written.outcome, WriteOutcome::NotPermitted(Refusal::OwnConsole(sso.clone())));
    assert_eq!(office.arrived("DisableAWSServiceAccess"), 0);
    assert!(office.engine.trusted_access().await.unwrap().is_on(&sso));
}
