//! Callers that are not the management account.

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::caller::OrgRole;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::email_change::EmailChangeStatus as Status;
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::otp::Otp;
use rootdeck::domain::permit::Refusal;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{Seen, WriteOutcome};
use rootdeck::emulator::Identity;
use rootdeck::engine::Engine;

use super::office::{Office, SANDBOX, SECURITY, START, address, failed, id, refused, start};

const NEW: &str = "root-sandbox@corp.example";

async fn org_role(engine: &Engine) -> OrgRole {
    let organization = engine.organization().await.unwrap();
    engine.org_role(&organization).await.unwrap()
}

#[tokio::test]
async fn everyone_learns_their_standing_whatever_is_trusted() {
    let office = Office::open().await;
    let analyzer = ServicePrincipal::new("access-analyzer.amazonaws.com");
    let (delegate, member) =
        (office.engine_of(Identity::DelegatedAdministrator).await, office.engine_of(Identity::Member).await);
    assert_eq!(org_role(&office.engine).await, OrgRole::Management);
    assert_eq!(org_role(&delegate).await, OrgRole::Delegated(vec![analyzer.clone()]));
    assert_eq!(org_role(&member).await, OrgRole::Member);
    for service in ServicePrincipal::switchable() {
        office.trust(service.clone()).await;
        office.register(SECURITY, &service).await;
    }
    let [account, iam] = ServicePrincipal::switchable();
    assert_eq!(org_role(&delegate).await, OrgRole::Delegated(vec![analyzer, account, iam]));
    assert_eq!(org_role(&member).await, OrgRole::Member);
    assert_eq!(member.caller().short(), "role/Developer");
}

#[tokio::test]
async fn a_standing_that_could_not_be_asked_for_is_unknown_and_not_that_of_a_member() {
    let office = Office::open().await;
    let member = office.engine_of(Identity::Member).await;
    let organization = member.organization().await.unwrap();
    // One of the three signs of a member is missing because of something else.
    for rule in ["ListAccounts:throttle=100%", "ListOrganizationsFeatures:expired-token=1x"] {
        let office = Office::open().await;
        let member = office.engine_of(Identity::Member).await;
        office.inject(rule);
        assert_eq!(failed(member.org_role(&organization).await), ApiErrorKind::AccessDenied, "{rule}");
    }
    office.inject("ListDelegatedServicesForAccount:expired-token=1x");
    assert_eq!(failed(member.org_role(&organization).await), ApiErrorKind::ExpiredCredentials);
    assert_eq!(member.org_role(&organization).await.unwrap(), OrgRole::Member);
}

#[tokio::test]
async fn no_write_of_a_member_leaves_this_machine_and_each_is_journaled_as_refused() {
    let office = Office::trusting().await;
    let member = office.engine_of(Identity::Member).await;
    org_role(&member).await;
    let account = ServicePrincipal::account_management();
    let email = Refusal::NeedsDelegation(account.clone());
    let writes = [
        (start(SANDBOX, NEW), email.clone()),
        (
            Change::AcceptEmailChange {
                account: id(SANDBOX),
                new: address(NEW),
                otp: Some(Otp::parse("482915").unwrap()),
            },
            email,
        ),
        (Switch::TrustedAccess(ServicePrincipal::iam()).set(true), Refusal::NeedsManagement),
        (Switch::TrustedAccess(account).set(false), Refusal::NeedsManagement),
        (Switch::RootFeature(RootFeature::RootSessions).set(true), Refusal::NeedsManagement),
        (Switch::RootFeature(RootFeature::RootSessions).set(false), Refusal::NeedsManagement),
    ];
    let before = office.emulator.requests().len();
    for (change, refusal) in writes {
        let operation = change.operation();
        let written = office.write_by(&member, change, None).await;
        assert_eq!(written.outcome, WriteOutcome::NotPermitted(refusal), "{operation}");
        assert_eq!(written.seen, Seen::Nothing);
        assert_eq!(office.journaled(), (operation.into(), JournalOutcome::Refused));
        assert!(office.newest_entry().caller.contains("assumed-role/Developer"));
    }
    assert_eq!(office.emulator.requests().len(), before);
    assert_eq!(office.record(SANDBOX), None);
}

#[tokio::test]
async fn a_member_whose_standing_is_not_known_is_refused_by_aws() {
    let office = Office::trusting().await;
    let member = office.engine_of(Identity::Member).await;
    let written = office.write_by(&member, start(SANDBOX, NEW), None).await;
    let error = refused(&written);
    assert_eq!(error.kind, ApiErrorKind::AccessDenied);
    assert!(
        error.message.ends_with("is not authorized to perform: account:StartPrimaryEmailUpdate"),
        "{}",
        error.message
    );
    assert_eq!((office.arrived(START), office.mails_to(NEW)), (1, 0));
    assert_eq!(office.journaled().1, JournalOutcome::Refused);
}

#[tokio::test]
async fn a_member_reads_faults_and_never_nothing() {
    let office = Office::trusting().await;
    let member = office.engine_of(Identity::Member).await;
    assert_eq!(failed(member.accounts(|_| {}).await), ApiErrorKind::AccessDenied);
    assert_eq!(failed(member.trusted_access().await), ApiErrorKind::AccessDenied);
    assert_eq!(failed(member.delegated_administrators().await), ApiErrorKind::AccessDenied);
    assert_eq!(failed(member.unit_names().await), ApiErrorKind::AccessDenied);
    assert_eq!(failed(member.primary_email(id(SANDBOX)).await), ApiErrorKind::AccessDenied);
    assert_eq!(failed(member.email_change(id(SANDBOX)).await), ApiErrorKind::AccessDenied);
    assert_eq!(member.organization().await.unwrap().id, "o-8j81brsjuj");
}

#[tokio::test]
async fn a_delegate_of_another_service_lists_but_changes_no_email() {
    let office = Office::trusting().await;
    let delegate = office.engine_of(Identity::DelegatedAdministrator).await;
    org_role(&delegate).await;
    let mut accounts = 0;
    delegate.accounts(|page| accounts += page.len()).await.unwrap();
    assert_eq!(accounts, 41);
    assert_eq!(failed(delegate.primary_email(id(SANDBOX)).await), ApiErrorKind::AccessDenied);
    let written = office.write_by(&delegate, start(SANDBOX, NEW), None).await;
    let needs = Refusal::NeedsDelegation(ServicePrincipal::account_management());
    assert_eq!(written.outcome, WriteOutcome::NotPermitted(needs));
    assert_eq!(office.arrived(START), 0);
}

#[tokio::test]
async fn the_delegate_for_account_management_changes_an_email_from_start_to_end() {
    let office = Office::trusting().await;
    office.register(SECURITY, &ServicePrincipal::account_management()).await;
    let delegate = office.engine_of(Identity::DelegatedAdministrator).await;
    org_role(&delegate).await;
    let written = office.write_by(&delegate, start(SANDBOX, NEW), None).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    let accept = Change::AcceptEmailChange { account: id(SANDBOX), new: address(NEW), otp: Some(office.code(NEW)) };
    let written = office.write_by(&delegate, accept, None).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert!(office.newest_entry().caller.contains("assumed-role/SecurityAdmin"));
    office.advance(super::office::IN_PROGRESS);
    assert_eq!(delegate.primary_email(id(SANDBOX)).await.unwrap(), NEW);
}
