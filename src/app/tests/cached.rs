//! What earlier runs and other copies of the program have kept: alarms and audits.

use super::harness::{Driver, start};
use super::rooted::{change, choosing, gated, there};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::Read;
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::state::choices::RootTask;
use crate::app::state::left_behind::LeftBehind;
use crate::app::state::root_state::RootState;
use crate::domain::account::Account;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::audit_record::AuditRecord;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::email_change::{EmailAlarm, EmailChangeStatus, StartedProgress};
use crate::domain::emails::ChangeState;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::recovery::LeftOpen;
use crate::domain::remote_data::Known;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::stored::Stored;
use crate::domain::write::WriteOutcome;

const YESTERDAY: &str = "2025-03-13T14:02:00Z";
const LATER: &str = "2025-03-14T14:03:00Z";

/// What is kept of the organization of every test.
fn kept(stored: Stored) -> World {
    World { stored: Stored { organization: Some("o-8j81brsjuj".into()), ..stored }, ..gated() }
}

fn alarmed(at: &str) -> World {
    let alarm = EmailAlarm { account: id(KENSHO), report: report(EmailChangeStatus::Pending), at: time(at) };
    kept(Stored { alarms: vec![alarm], ..Stored::default() })
}

fn state(driver: &Driver) -> ChangeState<'_> {
    driver.app.model.emails.state(id(KENSHO), driver.now)
}

fn record(account: &str, at: &str) -> AuditRecord {
    AuditRecord::after(None, id(account), clean(AuditDepth::Deep), time(at))
}

fn audited(at: &str) -> World {
    kept(Stored { audits: vec![record(SANDBOX_07, at)], ..Stored::default() })
}

fn before_aws_answers(world: World) -> Driver {
    Driver::started(start(), world).asks(&[Read::Stored, Read::Connect]).aws_answers_to(Read::Stored).quietly()
}

#[test]
fn an_alarm_is_shown_before_aws_answers_and_asked_about_once_it_can_be() {
    let driver = before_aws_answers(alarmed(YESTERDAY));
    assert_eq!((state(&driver), driver.app.model.board.alarms), (ChangeState::AddressUnknown, 1));
    let question = Read::EmailChange(id(KENSHO));
    let driver = driver.aws_answers_to(Read::Connect);
    let first = [
        Read::Organization,
        Read::Accounts,
        Read::TrustedAccess,
        Read::RootFeatures,
        Read::DelegatedAdministrators,
        Read::UnitNames,
    ];
    let driver = driver.asks(&first).asks(&[question]).quietly();
    // AWS can't be asked: it is open as far as is known.
    let driver = driver.fails(question, ApiErrorKind::Timeout);
    assert_eq!(state(&driver), ChangeState::AddressUnknown);
    assert!(driver.app.model.emails.get(id(KENSHO)).expect("facts").change.error().is_some());
}

#[test]
fn an_alarm_ends_once_aws_says_that_it_is_over_and_not_before() {
    let mut world = alarmed(YESTERDAY);
    world.changes.insert(id(KENSHO), EmailChangeStatus::Pending);
    let driver = Driver::ready_in(world);
    assert_eq!((state(&driver), driver.app.model.board.alarms), (ChangeState::AddressUnknown, 1));
    let driver = Driver::ready_in(alarmed(YESTERDAY));
    assert_eq!((state(&driver), driver.app.model.board.alarms), (ChangeState::Quiet, 0));
}

#[test]
fn what_another_copy_finds_is_seen_at_the_next_refresh_unless_it_is_older() {
    let mut driver = Driver::ready_in(kept(Stored::default()));
    driver.world.stored = alarmed(LATER).stored;
    driver.world.stored.audits = vec![record(SANDBOX_07, LATER)];
    driver.world.changes.insert(id(KENSHO), EmailChangeStatus::Pending);
    let driver = driver.press("r").aws_answers();
    assert_eq!(driver.app.model.board.alarms, 1);
    let mut driver = driver.after(120).press("3").on(SANDBOX_07).press("a tab enter").runs();
    driver = driver.audits(SANDBOX_07, full(AuditDepth::Quick)).reports(crate::domain::run::RunReport::Ended);
    let driver = driver.press("r").aws_answers();
    assert_eq!(driver.app.model.root.audit(id(SANDBOX_07)), Some(&full(AuditDepth::Quick)), "ours is newer");
}

#[test]
fn what_stays_open_is_named_at_the_end_and_nothing_stays_of_the_demo() {
    let mut world = alarmed(YESTERDAY);
    world.stored.left_open = vec![LeftOpen::new(id(SANDBOX_07), noon(), "arn".into())];
    // Before the accounts are listed, they are named by their ids.
    let left = before_aws_answers(world.clone()).app.left_behind();
    assert_eq!((left.elsewhere, left.recoveries), (vec![KENSHO.to_owned()], vec![SANDBOX_07.to_owned()]));
    world.changes.insert(id(KENSHO), EmailChangeStatus::Pending);
    let left = Driver::ready_in(world.clone()).app.left_behind();
    assert_eq!(left.recoveries, ["sandbox-07"]);
    assert_eq!(left.elsewhere.len(), 1);
    let demo = Driver::ready_with(Start { demo: true, ..start() }, world);
    assert_eq!(demo.app.left_behind(), LeftBehind::default());
    assert_eq!(Driver::ready_in(World::default()).app.left_behind(), LeftBehind::default());
}

#[test]
fn a_change_whose_address_was_entered_is_no_alarm() {
    let mut world = alarmed(YESTERDAY);
    world.stored.started = vec![started_for(KENSHO, OTHER_NEW, YESTERDAY, StartedProgress::Pending)];
    let driver = before_aws_answers(world);
    assert_eq!(driver.app.model.board.alarms, 0);
}

#[test]
fn an_audit_of_an_earlier_run_is_shown_with_its_age_and_opens_no_session() {
    let driver = before_aws_answers(audited(YESTERDAY));
    let known = Known { value: clean(AuditDepth::Deep), at: time(YESTERDAY) };
    assert_eq!(driver.app.model.root.audits.get(&id(SANDBOX_07)), Some(&known));
    let driver = Driver::ready_in(audited(YESTERDAY)).quietly();
    assert_eq!(driver.app.model.root.audits.get(&id(SANDBOX_07)), Some(&known));
}

#[test]
fn an_account_that_an_earlier_run_could_not_read_is_unknown_with_its_cause_beside_what_was_known() {
    let unread = RootAudit::unknown(AuditDepth::Quick, &scp_denial());
    let failed = AuditRecord::after(Some(record(SANDBOX_07, YESTERDAY)), id(SANDBOX_07), unread.clone(), noon());
    let never_read = AuditRecord::after(None, id(SANDBOX_08), unread.clone(), noon());
    let driver = Driver::ready_in(kept(Stored { audits: vec![failed, never_read], ..Stored::default() }));
    for account in [SANDBOX_07, SANDBOX_08].map(id) {
        assert_eq!(driver.app.model.root.audits.get(&account), Some(&Known { value: unread.clone(), at: noon() }));
        let account = driver.app.model.accounts.get(account).expect("an account");
        assert_eq!(driver.app.model.root_state(account), RootState::Unknown);
    }
    let good = Known { value: clean(AuditDepth::Deep), at: time(YESTERDAY) };
    assert_eq!(driver.app.model.root.earlier.get(&id(SANDBOX_07)), Some(&good));
}

#[test]
fn what_was_kept_of_another_organization_is_forgotten() {
    let mut world = audited(YESTERDAY);
    world.stored.alarms = alarmed(YESTERDAY).stored.alarms;
    world.stored.organization = Some("o-another000".into());
    let mut driver = before_aws_answers(world);
    driver.world.stored = Stored::default();
    let driver = driver.aws_answers();
    assert_eq!((driver.app.model.root.audits.len(), driver.app.model.board.alarms), (0, 0));
    assert_eq!(state(&driver), ChangeState::Quiet);
}

#[test]
fn an_audit_from_before_a_change_from_here_is_known_to_be_old_until_the_next() {
    let since = |driver: &Driver| {
        let at = driver.app.model.root.audits[&id(SANDBOX_07)].at;
        driver.app.model.root.changed_since(id(SANDBOX_07), at)
    };
    let driver = Driver::ready_in(audited(YESTERDAY)).on(SANDBOX_07);
    assert_eq!(since(&driver), None);
    let driver = driver.press(&choosing(RootTask::AllowRecovery)).asks(&[Read::PrimaryEmail(id(SANDBOX_07))]);
    let driver = driver.types(SANDBOX_07).press("enter enter").writing(&change(RootChange::AllowPasswordRecovery));
    let driver = driver.ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), there());
    assert_eq!(since(&driver), Some(CredentialChangeKind::RecoveryAllowed));
    let driver = driver.after(60).press("3 a tab enter").runs().audits(SANDBOX_07, full(AuditDepth::Quick));
    assert_eq!(since(&driver), None);
}

#[test]
fn what_aws_refused_makes_no_audit_old() {
    let driver = Driver::ready_in(audited(YESTERDAY)).on(SANDBOX_07);
    let driver = driver.press(&choosing(RootTask::AllowRecovery)).asks(&[Read::PrimaryEmail(id(SANDBOX_07))]);
    let driver = driver.types(SANDBOX_07).press("enter enter").writes();
    let driver = driver.ends(WriteOutcome::Refused(scp_denial()), there());
    assert_eq!(driver.app.model.root.changed_since(id(SANDBOX_07), time(YESTERDAY)), None);
}

/// The audit of sandbox-07 is of yesterday, and its recovery was allowed from here since.
pub(crate) fn allowed_since_its_audit() -> World {
    let mut world = audited(YESTERDAY);
    let kind = CredentialChangeKind::RecoveryAllowed;
    world.stored.credential_changes = vec![CredentialChange { account: id(SANDBOX_07), kind, at: noon() }];
    world
}

#[test]
fn a_change_of_an_earlier_run_makes_an_audit_before_it_old() {
    let kind = CredentialChangeKind::RecoveryAllowed;
    let driver = before_aws_answers(allowed_since_its_audit());
    assert_eq!(driver.app.model.root.changed_since(id(SANDBOX_07), time(YESTERDAY)), Some(kind));
    assert_eq!(driver.app.model.root.changed_since(id(SANDBOX_07), noon()), None);
}

fn read_only() -> Driver {
    let rules = Rules { read_only: true, ..Rules::default() };
    Driver::ready_with(Start { rules, ..start() }, gated()).on(SANDBOX_07)
}

#[test]
fn what_rootdeck_does_not_let_a_person_do_is_journaled() {
    let operations = |driver: &Driver| -> Vec<&'static str> {
        assert!(driver.refused.iter().all(|(subject, why)| {
            *why == Refusal::ReadOnly && subject.account.is_none_or(|account| account == id(SANDBOX_07))
        }));
        driver.refused.iter().map(|(subject, _)| subject.operation).collect()
    };
    let driver = read_only().press("e").press("3").on(SANDBOX_07).press("d").quietly();
    assert_eq!(operations(&driver), ["account:StartPrimaryEmailUpdate", "sts:AssumeRoot"]);
    let driver = read_only().press(&choosing(RootTask::AllowRecovery)).quietly();
    let why = DisabledReason::Refusal(Refusal::ReadOnly);
    let driver = driver.says(&Notification::Unavailable(CommandId::RootTasks, why));
    assert_eq!(operations(&driver), ["iam:CreateLoginProfile"]);
    let driver = read_only().press(&choosing(RootTask::Session)).quietly();
    assert_eq!(operations(&driver), ["sts:AssumeRoot"]);
}

#[test]
fn what_only_reads_or_can_not_be_attributed_yet_is_not_journaled_as_refused() {
    assert!(read_only().press("v").aws_answers().press("2").refused.is_empty());
    let world = World::default();
    let listing = Some((noon(), Account::shared(&world.accounts)));
    let early = before_aws_answers(kept(Stored { listing, ..Stored::default() })).on(SANDBOX_07).press("e");
    assert!(early.refused.is_empty());
}
