//! Deleting root credentials: nothing goes that was not read, shown and confirmed.

use super::harness::Driver;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::root_deletion::{Asking, Stage};
use crate::app::effect::Effect;
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::notification::{Notification, Tone};
use crate::domain::deletion::{DeletionCall, DeletionPlan, DeletionResult, DeletionVerdict};
use crate::domain::permit::Refusal;
use crate::domain::root_credentials::{AuditDepth, CredentialKind, Presence, RootAudit, RootCredential};
use crate::domain::run::{Run, RunReport, Steering};
use crate::domain::write::WriteOutcome;

/// The dialog of `sandbox-07`, kinds to be chosen.
pub(super) fn choosing() -> Driver {
    Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("d").quietly()
}

/// The look beforehand in progress.
pub(super) fn looking(driver: Driver) -> Driver {
    driver.press("enter enter").runs()
}

/// What would go of `sandbox-07` is shown.
pub(super) fn asking() -> Driver {
    looking(choosing()).audits_all()
}

/// Three accounts are marked: one with everything, one that can't be read, one with nothing.
fn several() -> Driver {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space").on(SANDBOX_08).press("space");
    driver.on(KENSHO).press("space d")
}

fn shown(driver: &Driver) -> &Asking {
    match driver.layer() {
        Some(Layer::Delete(dialog)) => match &dialog.stage {
            Stage::Asking(asking) => asking,
            other => panic!("not asking yet: {other:?}"),
        },
        other => panic!("no dialog: {other:?}"),
    }
}

fn deleting() -> Driver {
    asking().types(SANDBOX_07).press("enter enter").runs()
}

fn done(driver: &Driver, call: &DeletionCall, audit: RootAudit) -> RunReport {
    let Run::DeleteCredentials { plans, .. } = driver.run() else { panic!("not a deletion: {:?}", driver.run()) };
    let credentials = plans[0].credentials.iter().cloned();
    let results = credentials.map(|one| DeletionResult::proved_by(one, call.clone(), &audit)).collect();
    RunReport::Deleted { account: plans[0].account.id, results, audit: Box::new(audit) }
}

#[test]
fn all_kinds_are_chosen_at_first_and_space_takes_one_out() {
    let driver = choosing();
    let Some(Layer::Delete(dialog)) = driver.layer() else { panic!("a dialog") };
    assert_eq!(dialog.kinds, CredentialKind::ALL.into());
    let driver = driver.press("space");
    let Some(Layer::Delete(dialog)) = driver.layer() else { panic!("a dialog") };
    assert!(!dialog.kinds.contains(&CredentialKind::Password));
}

#[test]
fn without_a_kind_there_is_nothing_to_look_for() {
    let driver = choosing().press("space down space down space down space enter down down enter").quietly();
    let Some(Layer::Delete(dialog)) = driver.layer() else { panic!("a dialog") };
    assert_eq!((&dialog.stage, dialog.form.focus), (&Stage::Kinds, Focus::Item(0)));
}

#[test]
fn the_accounts_are_read_deeply_before_anything_is_shown() {
    let driver = looking(choosing());
    assert!(matches!(driver.run(), Run::Audit { depth: AuditDepth::Deep, accounts } if accounts.len() == 1));
    let driver = driver.audits_all();
    let asking = shown(&driver);
    assert_eq!(asking.plans.len(), 1);
    assert_eq!(asking.plans[0].credentials, full(AuditDepth::Deep).credentials());
    assert_eq!(asking.token(), SANDBOX_07);
    driver.focuses(Focus::Field);
}

#[test]
fn an_older_audit_is_not_the_look_beforehand() {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("a tab enter").runs().audits_all();
    let driver = looking(driver.press("d")).audits(SANDBOX_07, clean(AuditDepth::Deep)).reports(RunReport::Ended);
    assert!(shown(&driver).plans.is_empty(), "what was there before is gone now");
}

#[test]
fn nothing_goes_without_the_token() {
    let driver = asking().press("enter enter tab tab enter enter").quietly();
    let driver = driver.types("444455556667").press("enter tab tab enter").quietly();
    assert!(!shown(&driver).is_ready());
    driver.says(&Notification::NotTyped(SANDBOX_07.into()));
}

#[test]
fn exactly_what_was_shown_goes() {
    let driver = asking();
    let plans = shown(&driver).plans.clone();
    let driver = driver.types(SANDBOX_07).press("enter enter").runs();
    assert_eq!(driver.run(), &Run::DeleteCredentials { plans, reason: None });
    assert!(matches!(driver.layer(), Some(Layer::Results(_))));
}

#[test]
fn kinds_that_were_not_chosen_are_not_in_the_plan() {
    // Password and certificates out.
    let driver = looking(choosing().press("space down down space")).audits_all();
    let kinds: Vec<_> = shown(&driver).plans[0].credentials.iter().map(RootCredential::kind).collect();
    assert_eq!(kinds, [CredentialKind::AccessKey, CredentialKind::AccessKey, CredentialKind::MfaDevice]);
    assert_eq!(shown(&driver).weakened(), [id(SANDBOX_07)], "the second factor goes and the password stays");
}

#[test]
fn where_the_password_goes_too_nothing_becomes_weaker() {
    assert!(shown(&asking()).weakened().is_empty());
}

#[test]
fn accounts_that_could_not_be_read_are_named_and_left_alone() {
    let driver = looking(several()).audits_all();
    let asking = shown(&driver);
    let planned: Vec<_> = asking.plans.iter().map(|plan| plan.account.id).collect();
    assert_eq!(planned, [id(SANDBOX_07)]);
    assert_eq!(asking.unread.len(), 1);
    assert_eq!((asking.unread[0].account, &asking.unread[0].error), (id(SANDBOX_08), &Some(scp_denial())));
    assert_eq!(asking.nothing, [id(KENSHO)]);
}

#[test]
fn an_account_of_which_a_chosen_kind_is_unknown_is_left_alone() {
    let partly = RootAudit { mfa_devices: Presence::Unknown(scp_denial()), ..full(AuditDepth::Deep) };
    let driver = looking(choosing()).audits(SANDBOX_07, partly.clone()).reports(RunReport::Ended);
    assert!(shown(&driver).plans.is_empty());
    assert_eq!(shown(&driver).unread.len(), 1);
    let without_mfa = choosing().press("down down down space");
    let driver = looking(without_mfa).audits(SANDBOX_07, partly).reports(RunReport::Ended);
    assert_eq!(shown(&driver).plans.len(), 1, "what was not chosen need not be known");
}

#[test]
fn several_accounts_are_confirmed_by_their_number() {
    let driver = looking(several());
    let driver = driver.audits(SANDBOX_07, full(AuditDepth::Deep)).audits(KENSHO, full(AuditDepth::Deep));
    let driver = driver.audits(SANDBOX_08, RootAudit::unknown(AuditDepth::Deep, &scp_denial()));
    let driver = driver.reports(RunReport::Ended);
    assert_eq!(shown(&driver).token(), "2");
    let driver = driver.types("3").press("enter enter").quietly().press("backspace").types("2");
    let driver = driver.press("enter enter").runs();
    assert_eq!(driver.run().accounts(), 2);
}

#[test]
fn an_account_that_was_not_reached_is_not_in_the_plan() {
    let driver = looking(several()).audits(SANDBOX_07, full(AuditDepth::Deep)).reports(RunReport::Ended);
    let unread: Vec<_> = shown(&driver).unread.iter().map(|unread| unread.account).collect();
    assert_eq!(unread, [id(SANDBOX_08), id(KENSHO)]);
    assert!(shown(&driver).unread.iter().all(|unread| unread.error.is_none()));
}

#[test]
fn closing_the_dialog_stops_the_look_beforehand() {
    let driver = looking(several()).press("esc").steers(Steering::Stop).reports(RunReport::Ended);
    assert!(driver.layer().is_none());
}

#[test]
fn results_come_account_by_account_and_the_fresh_audit_stands_in_the_row() {
    let driver = deleting();
    let report = done(&driver, &DeletionCall::Made(WriteOutcome::Taken(None)), clean(AuditDepth::Deep));
    let driver = driver.reports(report);
    let deletion = driver.app.model.root.deletion.as_ref().expect("a deletion");
    let verdicts: Vec<_> = deletion.results[&id(SANDBOX_07)].iter().map(DeletionResult::verdict).collect();
    assert_eq!(verdicts, [DeletionVerdict::Deleted; 5]);
    assert_eq!(driver.app.model.root.audit(id(SANDBOX_07)), Some(&clean(AuditDepth::Deep)));
    let driver = driver.reports(RunReport::Ended);
    assert_eq!(driver.notification().map(Notification::tone), Some(Tone::Good));
}

#[test]
fn what_was_not_proved_is_bad_news_until_its_results_are_read() {
    let driver = deleting();
    let report = done(
        &driver,
        &DeletionCall::Made(WriteOutcome::Taken(None)),
        RootAudit::unknown(AuditDepth::Deep, &scp_denial()),
    );
    let driver = driver.press("esc").reports(report).reports(RunReport::Ended);
    let Some(Notification::RunEnded(summary)) = driver.notification() else { panic!("the end is told") };
    assert_eq!((summary.failed, driver.notification().map(Notification::tone)), (5, Some(Tone::Bad)));
    let driver = driver.press("!");
    assert!(matches!(driver.layer(), Some(Layer::Results(_))));
    assert_eq!(driver.press("esc").notification(), None);
}

#[test]
fn the_results_can_be_seen_again() {
    let driver = Driver::ready_in(managed()).press("3 R");
    let driver = driver.says(&Notification::Unavailable(CommandId::Results, DisabledReason::NoDeletion));
    drop(driver);
    let driver = deleting().press("esc R").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Results(_))));
}

#[test]
fn leaving_stops_a_deletion_and_waits_for_what_is_in_progress() {
    let driver = deleting().press("esc q").steers(Steering::Stop).quietly();
    let driver = driver.press("ctrl-c").quietly();
    let report = done(&driver, &DeletionCall::Made(WriteOutcome::Taken(None)), clean(AuditDepth::Deep));
    driver.reports(report).quietly().reports(RunReport::Ended).wants(&Effect::Quit);
}

#[test]
fn a_deletion_is_not_confirmed_against_what_the_rules_say_now() {
    let mut driver = asking().types(SANDBOX_07).press("enter");
    driver.world.features = crate::domain::root_feature::RootFeatures::Enabled(vec![]);
    driver.app.model.switches.features.set(Ok(driver.world.features.clone()), driver.now);
    let refusal = Refusal::NeedsRootFeature(crate::domain::root_feature::RootFeature::RootCredentialsManagement);
    let driver = driver.press("enter").quietly();
    driver.says(&Notification::Unavailable(CommandId::DeleteCredentials, DisabledReason::Refusal(refusal)));
}

#[test]
fn each_credential_has_a_command_that_acts_in_a_session_of_its_own() {
    let commands = asking().app.commands_on_top().expect("commands");
    let session =
        format!("rootdeck session {SANDBOX_07} IAMDeleteRootUserCredentials --profile prod --region us-east-1");
    let calls: Vec<String> = commands.iter().map(ToString::to_string).collect();
    assert_eq!(calls.len(), 5);
    for (call, name) in calls.iter().zip(["delete-login-profile", "delete-access-key"]) {
        assert!(call.starts_with(&format!("{session} -- aws iam {name}")), "{call}");
    }
    assert!(calls.last().is_some_and(|call| call.contains("deactivate-mfa-device")));
}

#[test]
fn a_plan_is_empty_where_nothing_is_there() {
    let driver = Driver::ready_in(managed()).press("3").on(KENSHO).press("d");
    let driver = looking(driver).audits_all();
    let none: Vec<DeletionPlan> = vec![];
    assert_eq!(&shown(&driver).plans, &none);
    let driver = driver.focuses(Focus::Cancel);
    let driver = driver.press("tab enter").quietly();
    assert!(driver.layer().is_none());
}
