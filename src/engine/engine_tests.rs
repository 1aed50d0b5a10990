#[path = "reason_tests.rs"]
mod reasons;

use std::sync::Arc;

use super::fake::{Answer, Answers, Memory, engine};
use super::shared::Engine;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::caller::OrgRole;
use crate::domain::change::{Change, Switch};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeStatus, StartedEmailChange, StartedProgress};
use crate::domain::journal::JournalOutcome;
use crate::domain::otp::Otp;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{PresentPolicy, Seen, WriteOutcome, WriteRequest, Written};
use jiff::Timestamp;

const MANAGEMENT: &str = "111122223333";
const OTHER: &str = "222233334444";
/// The time of the engine's clock; AWS's reports in these tests are of later or earlier.
const NOW: i64 = 1_760_000_000;

fn ok(body: &str) -> Vec<Answer> {
    vec![Answer::Ok(body.to_owned())]
}

fn refused(code: &'static str) -> Vec<Answer> {
    vec![Answer::Error(409, code, "no")]
}

fn report(status: &str, after: i64) -> Vec<Answer> {
    ok(&format!(r#"{{"Status":"{status}","UpdatedAt":{}}}"#, NOW + after))
}

/// An organization with `answers` besides what every test needs.
fn aws(answers: impl IntoIterator<Item = (&'static str, Vec<Answer>)>) -> Answers {
    let organization = r#"{"Organization":{"Id":"o-8j81brsjuj","FeatureSet":"ALL",
        "MasterAccountId":"111122223333","MasterAccountEmail":"m@example.com"}}"#;
    let mut all = Answers::from([
        ("DescribeOrganization", ok(organization)),
        ("getPrimaryEmail", ok(r#"{"PrimaryEmail":"old@example.com"}"#)),
        ("getPrimaryEmailUpdateStatus", report("PENDING", 1)),
    ]);
    all.extend(answers);
    all
}

async fn managing(answers: impl IntoIterator<Item = (&'static str, Vec<Answer>)>) -> (Engine, Arc<Memory>) {
    engine(MANAGEMENT, Rules::default(), aws(answers)).await
}

fn id() -> AccountId {
    "444455556666".parse().expect("an id")
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a time")
}

fn start(new: &str) -> Change {
    Change::StartEmailChange { account: id(), old: "old@example.com".into(), new: address(new) }
}

fn accept(new: &str) -> Change {
    Change::AcceptEmailChange { account: id(), new: address(new), otp: Some(Otp::parse("482915").expect("a code")) }
}

async fn write(engine: &Engine, change: Change) -> Written {
    let request = WriteRequest {
        change,
        account: None,
        reason: Some("TICKET-1".into()),
        present: PresentPolicy::Any,
        until: None,
        resend: false,
    };
    engine.write(request, || at(NOW)).await
}

fn open_start(new: &str) -> StartedEmailChange {
    StartedEmailChange {
        account: id(),
        old: "old@example.com".into(),
        new: address(new),
        by: Some("arn".into()),
        started: at(NOW - 3600),
        progress: StartedProgress::Pending,
    }
}

impl Memory {
    fn with_start(&self, change: StartedEmailChange) {
        self.starts.lock().expect("starts").entry(change.account).or_default().push(change);
    }

    fn kept(&self) -> (String, StartedProgress) {
        let newest = self.newest(id()).expect("a start");
        (newest.new.to_string(), newest.progress)
    }

    fn sent(&self, operation: &str) -> usize {
        self.log.lock().expect("a log").iter().filter(|entry| *entry == operation).count()
    }

    fn outcomes(&self) -> Vec<Option<JournalOutcome>> {
        let entries = self.entries.lock().expect("entries");
        entries.iter().map(|(_, conclusion)| conclusion.as_ref().map(|it| it.outcome)).collect()
    }

    fn broken(&self, call: &'static str) {
        self.broken.lock().expect("a list").push(call);
    }
}

#[tokio::test]
async fn a_report_without_a_status_is_unknown_and_never_none() {
    let (engine, _) = managing([("getPrimaryEmailUpdateStatus", ok(r#"{"UpdatedAt":1760000000}"#))]).await;
    let error = engine.email_change(id()).await.expect_err("AWS did not tell");
    assert_eq!(error.kind, ApiErrorKind::Unreadable);
    let (engine, _) = managing([("getPrimaryEmailUpdateStatus", report("VERIFYING", 1))]).await;
    let report = engine.email_change(id()).await.expect("a report");
    assert_eq!(report.status, EmailChangeStatus::Other("VERIFYING".into()));
}

#[tokio::test]
async fn a_start_is_journaled_and_recorded_before_it_is_sent_and_concluded_before_looking() {
    let (engine, memory) = managing([("startPrimaryEmailUpdate", ok(r#"{"Status":"PENDING"}"#))]).await;
    let written = write(&engine, start("root@corp.example")).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(EmailChangeStatus::Pending)));
    assert!(matches!(&written.seen, Seen::Email { report: Ok(_), email: Ok(email) } if email == "old@example.com"));
    let log = memory.log.lock().expect("a log").clone();
    let position = |what: &str| log.iter().position(|entry| entry == what).expect("it happened");
    let order =
        ["bind", "intend", "record_start", "startPrimaryEmailUpdate", "set_progress", "conclude", "getPrimaryEmail"];
    assert!(order.map(position).is_sorted(), "{log:?}");
    assert_eq!(memory.kept(), ("root@corp.example".into(), StartedProgress::Pending));
    let (intention, conclusion) = memory.entries.lock().expect("entries")[0].clone();
    assert_eq!(intention.operation, "account:StartPrimaryEmailUpdate");
    assert_eq!((intention.account, intention.reason.as_deref()), (Some(id()), Some("TICKET-1")));
    let conclusion = conclusion.expect("a conclusion");
    assert_eq!((conclusion.outcome, conclusion.request_id.as_deref()), (JournalOutcome::Ok, Some("req-7")));
}

#[tokio::test]
async fn a_journal_that_does_not_last_or_cannot_be_read_says_so() {
    let (engine, memory) = managing([]).await;
    assert_eq!(engine.read_journal(10).await.expect("a journal").trouble, None);
    memory.broken("lasting");
    assert!(engine.read_journal(10).await.expect("a journal").trouble.is_some());
    memory.broken("entries");
    assert_eq!(engine.read_journal(10).await.expect_err("no journal").kind, ApiErrorKind::Local);
}

#[tokio::test]
async fn what_cant_be_written_down_is_not_sent() {
    for call in ["lasting", "bind", "intend", "record_start"] {
        let (engine, memory) = managing([("startPrimaryEmailUpdate", ok("{}"))]).await;
        memory.broken(call);
        let written = write(&engine, start("root@corp.example")).await;
        assert!(
            matches!(written.outcome, WriteOutcome::Failed(ref error) if error.kind == ApiErrorKind::Local),
            "{call}"
        );
        assert_eq!(written.seen, Seen::Nothing);
        assert_eq!(memory.sent("startPrimaryEmailUpdate"), 0, "{call}");
    }
}

#[tokio::test]
async fn a_run_without_a_journal_sends_what_cant_be_written_down_and_counts_it() {
    let rules = || Rules { no_journal: true, ..Rules::default() };
    for call in ["lasting", "bind", "intend", "record_start"] {
        let (engine, memory) =
            engine(MANAGEMENT, rules(), aws([("startPrimaryEmailUpdate", ok(r#"{"Status":"PENDING"}"#))])).await;
        memory.broken(call);
        let written = write(&engine, start("root@corp.example")).await;
        assert_eq!(written.outcome, WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), "{call}");
        assert!(engine.unjournaled() > 0, "{call}");
    }
    let (engine, _) = engine(MANAGEMENT, rules(), aws([("startPrimaryEmailUpdate", ok("{}"))])).await;
    write(&engine, start("root@corp.example")).await;
    assert_eq!(engine.unjournaled(), 0, "where it can be, it is journaled");
}

#[tokio::test]
async fn every_report_on_an_email_change_reaches_the_alarms() {
    let (engine, memory) = managing([]).await;
    engine.organization().await.expect("an organization");
    engine.email_change(id()).await.expect("a report");
    assert_eq!(memory.sent("report 444455556666 PENDING"), 1);
}

#[tokio::test]
async fn an_outcome_that_cant_be_journaled_is_still_the_outcome() {
    let (engine, memory) = managing([("startPrimaryEmailUpdate", ok(r#"{"Status":"PENDING"}"#))]).await;
    memory.broken("conclude");
    memory.broken("set_progress");
    let written = write(&engine, start("root@corp.example")).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(EmailChangeStatus::Pending)));
    assert_eq!(memory.outcomes(), [None]);
}

#[tokio::test]
async fn a_lost_answer_is_not_asked_for_again_but_looked_up() {
    let (engine, memory) = managing([("startPrimaryEmailUpdate", vec![Answer::Lost])]).await;
    let written = write(&engine, start("root@corp.example")).await;
    assert!(matches!(written.outcome, WriteOutcome::Unknown(ref error) if error.kind == ApiErrorKind::ConnectionLost));
    assert_eq!(memory.sent("startPrimaryEmailUpdate"), 1);
    // AWS shows a change that is not older than the start: it has begun.
    assert_eq!(memory.outcomes(), [Some(JournalOutcome::Ok)]);
    assert_eq!(memory.kept(), ("root@corp.example".into(), StartedProgress::Pending));
}

#[tokio::test]
async fn a_lost_answer_stays_unconfirmed_if_aws_shows_an_older_change_only() {
    let (engine, memory) = managing([
        ("startPrimaryEmailUpdate", vec![Answer::Lost]),
        ("getPrimaryEmailUpdateStatus", report("COMPLETED", -60)),
    ])
    .await;
    write(&engine, start("root@corp.example")).await;
    assert_eq!(memory.kept(), ("root@corp.example".into(), StartedProgress::Unconfirmed));
}

#[tokio::test]
async fn a_refused_start_fails_and_does_not_cost_the_address_of_the_one_before() {
    let (engine, memory) = managing([("startPrimaryEmailUpdate", refused("ConflictException"))]).await;
    let written = write(&engine, start("typo@corp.example")).await;
    assert!(matches!(written.outcome, WriteOutcome::Refused(ref error) if error.kind == ApiErrorKind::Conflict));
    assert_eq!(memory.kept(), ("typo@corp.example".into(), StartedProgress::Failed));

    let (engine, memory) = managing([("startPrimaryEmailUpdate", refused("ConflictException"))]).await;
    memory.with_start(open_start("root@corp.example"));
    write(&engine, start("typo@corp.example")).await;
    assert_eq!(memory.kept(), ("root@corp.example".into(), StartedProgress::Pending));
    assert_eq!(memory.outcomes(), [Some(JournalOutcome::Refused)]);
}

#[tokio::test]
async fn accepting_moves_the_record_of_that_address_and_ends_that_of_another() {
    let accepted = || ok(r#"{"Status":"ACCEPTED","UpdatedAt":4102444800}"#);
    let answers = || [("acceptPrimaryEmailUpdate", accepted()), ("getPrimaryEmailUpdateStatus", accepted())];
    let (engine, memory) = managing(answers()).await;
    memory.with_start(open_start("root@corp.example"));
    let written = write(&engine, accept("Root@corp.example")).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(EmailChangeStatus::Accepted)));
    assert_eq!(memory.kept().1, StartedProgress::Accepted);

    let (engine, memory) = managing(answers()).await;
    memory.with_start(open_start("elsewhere@corp.example"));
    write(&engine, accept("root@corp.example")).await;
    assert_eq!(memory.kept(), ("elsewhere@corp.example".into(), StartedProgress::Failed));
}

#[tokio::test]
async fn a_wrong_password_leaves_the_change_open() {
    let (engine, memory) =
        managing([("acceptPrimaryEmailUpdate", vec![Answer::Error(400, "ValidationException", "bad otp")])]).await;
    memory.with_start(open_start("root@corp.example"));
    let written = write(&engine, accept("root@corp.example")).await;
    assert!(matches!(written.outcome, WriteOutcome::Refused(ref error) if error.message == "bad otp"));
    assert_eq!(memory.kept().1, StartedProgress::Pending);
}

#[tokio::test]
async fn what_is_not_permitted_is_journaled_and_not_sent() {
    let rules = Rules { read_only: true, ..Rules::default() };
    let (engine, memory) = engine(MANAGEMENT, rules, aws([("startPrimaryEmailUpdate", ok("{}"))])).await;
    let written = write(&engine, start("root@corp.example")).await;
    assert_eq!(written, Written { outcome: WriteOutcome::NotPermitted(Refusal::ReadOnly), seen: Seen::Nothing });
    assert_eq!(memory.sent("startPrimaryEmailUpdate"), 0);
    assert_eq!(memory.outcomes(), [Some(JournalOutcome::Refused)]);
}

#[tokio::test]
async fn the_management_account_is_refused_before_any_call_even_if_nothing_was_read_before() {
    let (engine, memory) = managing([("startPrimaryEmailUpdate", ok("{}"))]).await;
    let change = Change::StartEmailChange {
        account: MANAGEMENT.parse().expect("an id"),
        old: "m@example.com".into(),
        new: address("root@corp.example"),
    };
    assert_eq!(write(&engine, change).await.outcome, WriteOutcome::NotPermitted(Refusal::ManagementAccount));
    assert_eq!(memory.sent("startPrimaryEmailUpdate"), 0);
}

#[tokio::test]
async fn nothing_is_written_outside_a_known_organization() {
    let (engine, memory) = managing([
        ("DescribeOrganization", vec![Answer::Error(400, "AWSOrganizationsNotInUseException", "none")]),
        ("startPrimaryEmailUpdate", ok("{}")),
    ])
    .await;
    let written = write(&engine, start("root@corp.example")).await;
    assert!(
        matches!(written.outcome, WriteOutcome::Failed(ref error) if error.kind == ApiErrorKind::NotInOrganization)
    );
    assert_eq!((memory.sent("startPrimaryEmailUpdate"), memory.sent("intend")), (0, 0));
}

#[tokio::test]
async fn a_write_goes_on_when_nobody_waits_for_it() {
    let (engine, memory) = managing([("startPrimaryEmailUpdate", ok(r#"{"Status":"PENDING"}"#))]).await;
    let request = WriteRequest {
        change: start("root@corp.example"),
        account: None,
        reason: None,
        present: PresentPolicy::Any,
        until: None,
        resend: false,
    };
    let mut abandoned = Box::pin(engine.write(request, || at(NOW)));
    assert!(futures::poll!(&mut abandoned).is_pending());
    drop(abandoned);
    let finished = async {
        while memory.outcomes() != [Some(JournalOutcome::Ok)] {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), finished).await.expect("the write goes on");
}

#[tokio::test]
async fn switches_are_seen_after_they_were_set() {
    let features =
        "<OrganizationId>o-example123</OrganizationId><EnabledFeatures><member>RootSessions</member></EnabledFeatures>";
    let (engine, _) = managing([
        ("EnableOrganizationsRootSessions", vec![Answer::Query(features)]),
        ("ListOrganizationsFeatures", vec![Answer::Query(features)]),
        ("DisableAWSServiceAccess", vec![Answer::Error(400, "ConstraintViolationException", DELEGATES)]),
        (
            "ListAWSServiceAccessForOrganization",
            ok(r#"{"EnabledServicePrincipals":[{"ServicePrincipal":"iam.amazonaws.com"}]}"#),
        ),
    ])
    .await;
    let written = write(&engine, Switch::RootFeature(RootFeature::RootSessions).set(true)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(None));
    assert_eq!(written.seen, Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![RootFeature::RootSessions]))));
    let written = write(&engine, Switch::TrustedAccess(ServicePrincipal::iam()).set(false)).await;
    assert!(matches!(written.outcome, WriteOutcome::Refused(ref error) if error.kind == ApiErrorKind::DelegateExists));
    assert!(matches!(written.seen, Seen::TrustedAccess(Ok(trusted)) if trusted.is_on(&ServicePrincipal::iam())));
}

const DELEGATES: &str =
    "You have delegated administrator/s for this service. De-register them in order to disable service access.";

#[tokio::test]
async fn features_behind_a_missing_trust_are_an_answer_and_a_denial_is_not() {
    let features = |code| [("ListOrganizationsFeatures", vec![Answer::Error(400, code, "no")])];
    let (engine, _) = managing(features("ServiceAccessNotEnabledException")).await;
    assert_eq!(engine.root_features().await, Ok(RootFeatures::NeedTrustedAccess));
    let (engine, _) = managing(features("AccountNotManagementOrDelegatedAdministratorException")).await;
    let error = engine.root_features().await.expect_err("unknown");
    assert_eq!(error.kind, ApiErrorKind::NotManagementOrDelegated);
}

#[tokio::test]
async fn empty_pages_do_not_end_a_listing_and_only_a_complete_one_is_kept() {
    let page = |id: &str, next: &str| {
        Answer::Ok(format!(r#"{{"Accounts":[{{"Id":"{id}","Name":"a","Email":"e@x.yz","State":"ACTIVE"}}]{next}}}"#))
    };
    let empty = Answer::Ok(r#"{"Accounts":[],"NextToken":"2"}"#.into());
    let pages = vec![page("444455556666", r#","NextToken":"1""#), empty, page("555566667777", "")];
    let (engine, memory) = managing([("ListAccounts", pages.clone())]).await;
    engine.organization().await.expect("an organization");
    let (mut sizes, mut all) = (Vec::new(), Vec::new());
    let listing = engine.accounts(|page: &[Arc<Account>]| {
        sizes.push(page.len());
        all.extend_from_slice(page);
    });
    listing.await.expect("all accounts");
    assert_eq!((all.len(), sizes), (2, vec![1, 1]));
    assert!(all.iter().all(|account| account.state == AccountState::Active));
    assert_eq!(memory.sent("save_listing 2"), 1);

    let broken = vec![pages[0].clone(), Answer::Error(400, "InvalidInputException", "token")];
    let (engine, memory) = managing([("ListAccounts", broken)]).await;
    engine.organization().await.expect("an organization");
    assert!(engine.accounts(|_| {}).await.is_err());
    assert!(!memory.log.lock().expect("a log").iter().any(|entry| entry.starts_with("save_listing")));
}

#[tokio::test]
async fn the_names_of_units_are_read_down_to_the_leaves() {
    let unit =
        |id: &str, name: &str| Answer::Ok(format!(r#"{{"OrganizationalUnits":[{{"Id":"{id}","Name":"{name}"}}]}}"#));
    let (engine, _) = managing([
        ("ListRoots", ok(r#"{"Roots":[{"Id":"r-ab12"}]}"#)),
        (
            "ListOrganizationalUnitsForParent",
            vec![unit("ou-1", "Sandbox"), unit("ou-2", "Team A"), Answer::Ok(r#"{"OrganizationalUnits":[]}"#.into())],
        ),
    ])
    .await;
    let names = engine.unit_names().await.expect("names");
    let account = Account {
        id: id(),
        name: String::new(),
        email: String::new(),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some(["ou-1".into(), "ou-2".into()].into()),
    };
    assert_eq!(names.path_of(&account).as_deref(), Some("Sandbox/Team A"));
}

#[tokio::test]
async fn reading_a_change_moves_its_record_on() {
    let (engine, memory) = managing([("getPrimaryEmailUpdateStatus", report("COMPLETED", 60))]).await;
    memory.with_start(open_start("root@corp.example"));
    engine.organization().await.expect("an organization");
    assert_eq!(engine.email_change(id()).await.expect("a report").status, EmailChangeStatus::Completed);
    assert_eq!(memory.kept().1, StartedProgress::Completed);
}

#[tokio::test]
async fn another_organization_makes_the_standing_unknown() {
    let organization = |id| {
        Answer::Ok(format!(r#"{{"Organization":{{"Id":"{id}","FeatureSet":"ALL","MasterAccountId":"{MANAGEMENT}"}}}}"#))
    };
    let moves = vec![organization("o-8j81brsjuj"), organization("o-8j81brsjuj"), organization("o-elsewhere0")];
    let (engine, _) = managing([("DescribeOrganization", moves)]).await;
    let before = engine.organization().await.expect("an organization");
    engine.org_role(&before).await.expect("a standing");
    engine.organization().await.expect("an organization");
    assert_eq!(engine.known().org_role, Some(OrgRole::Management));
    engine.organization().await.expect("an organization");
    assert_eq!(engine.known().org_role, None);
}

#[tokio::test]
async fn no_history_is_an_answer() {
    let none = vec![Answer::Error(400, "ValidationException", "No email update found for account")];
    let (engine, _) = managing([("getPrimaryEmailUpdateStatus", none)]).await;
    assert_eq!(engine.email_change(id()).await.expect("a report").status, EmailChangeStatus::None);
}

#[tokio::test]
async fn the_standing_is_only_told_where_it_is_certain() {
    async fn org_role(
        account: &'static str,
        answers: Vec<(&'static str, Vec<Answer>)>,
    ) -> Result<OrgRole, ApiErrorKind> {
        let (engine, _) = engine(account, Rules::default(), aws(answers)).await;
        let organization = engine.organization().await.expect("an organization");
        engine.org_role(&organization).await.map_err(|error| error.kind)
    }
    let neither = "AccountNotManagementOrDelegatedAdministratorException";
    let not_iam = ("ListOrganizationsFeatures", vec![Answer::Error(400, neither, "no")]);
    let services = ok(r#"{"DelegatedServices":[{"ServicePrincipal":"account.amazonaws.com"}]}"#);
    assert_eq!(org_role(MANAGEMENT, vec![]).await, Ok(OrgRole::Management));
    assert_eq!(
        org_role(OTHER, vec![("ListDelegatedServicesForAccount", services)]).await,
        Ok(OrgRole::Delegated(vec![ServicePrincipal::account_management()]))
    );
    assert_eq!(org_role(OTHER, vec![not_iam.clone()]).await, Ok(OrgRole::Member));
    let off = ("ListOrganizationsFeatures", vec![Answer::Error(400, "ServiceAccessNotEnabledException", "no")]);
    assert_eq!(org_role(OTHER, vec![off]).await, Ok(OrgRole::Member));
    // Denied, but nothing says that it is for being a member.
    assert_eq!(org_role(OTHER, vec![]).await, Err(ApiErrorKind::AccessDenied));
    let listed = ("ListAccounts", ok(r#"{"Accounts":[]}"#));
    assert_eq!(org_role(OTHER, vec![not_iam, listed]).await, Err(ApiErrorKind::AccessDenied));
}

#[tokio::test]
async fn an_acceptance_without_its_password_is_refused_before_it_is_journaled() {
    let (engine, records) = managing([]).await;
    let change = Change::AcceptEmailChange { account: id(), new: address("new@example.com"), otp: None };
    let written = write(&engine, change).await;
    assert!(
        matches!(&written.outcome, WriteOutcome::Failed(error) if error.kind == ApiErrorKind::Local),
        "{written:?}"
    );
    assert_eq!(written.seen, Seen::Nothing);
    assert!(records.outcomes().is_empty(), "{:?}", records.outcomes());
}
