//! Choosing a profile, signing in, and the code of an MFA device.

use super::harness::{Driver, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::mfa_code::EnterMfaCode;
use crate::app::effect::{Effect, Read};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::{Answer, Msg};
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::mfa::MfaCode;
use crate::domain::profile::{Browser, CredentialSource};
use crate::domain::write::WriteOutcome;

const DEVICE_CODE: &str = "123456";

fn choosing() -> Driver {
    Driver::ready().on(SANDBOX_07).press("w").asks(&[Read::Profiles]).aws_answers_to(Read::Profiles)
}

fn signing_in_as(profile: &str) -> Driver {
    let start = Start { profile: Some(profile.into()), ..start() };
    Driver::ready_with(start, World::default()).press("I").asks(&[Read::Profiles]).aws_answers_to(Read::Profiles)
}

/// A profile whose role wants a code, at the start.
fn wanting_a_code() -> Driver {
    let start = Start { profile: Some("mfa".into()), ..start() };
    Driver::started(start, World::default())
        .asks(&[Read::Stored, Read::Connect])
        .aws_answers_to(Read::Stored)
        .fails(Read::Connect, ApiErrorKind::MfaCodeNeeded)
        .asks(&[Read::Profiles])
        .aws_answers_to(Read::Profiles)
}

fn dialog(driver: &Driver) -> &EnterMfaCode {
    match driver.layer() {
        Some(Layer::MfaCode(dialog)) => dialog,
        other => panic!("the dialog of the code is not open: {other:?}"),
    }
}

#[test]
fn another_profile_begins_again_and_no_answer_to_the_one_before_counts() {
    let driver = choosing().press("esc").press("r");
    let stale = Read::Accounts;
    let driver = driver.asks(&[
        Read::Organization,
        stale,
        Read::UnitNames,
        Read::TrustedAccess,
        Read::RootFeatures,
        Read::DelegatedAdministrators,
    ]);
    let late = driver.in_progress(stale);
    let driver = driver
        .press("w")
        .asks(&[Read::Profiles])
        .aws_answers_to(Read::Profiles)
        .types("key")
        .press("enter")
        .wants(&Effect::TakeProfile(Some("keys".into())))
        .asks(&[Read::Stored, Read::Connect])
        .quietly();
    assert_eq!(driver.app.model.start.profile.as_deref(), Some("keys"));
    assert!(driver.layer().is_none() && driver.app.model.accounts.is_empty(), "nothing of the other profile is shown");
    let accounts = driver.world.accounts.clone();
    let driver = driver.send(Msg::Answer(late, Answer::AccountPages(Account::shared(&accounts))));
    assert!(driver.app.model.accounts.is_empty(), "an answer that the profile before was given");
}

#[test]
fn the_profile_in_use_is_the_one_that_is_selected() {
    let driver = choosing();
    let Some(Layer::Profiles(dialog)) = driver.layer() else { panic!("the profiles are not shown") };
    let selected = dialog.list.selected().and_then(|index| driver.world.profiles.get(index));
    assert_eq!(selected.and_then(|profile| profile.name.as_deref()), Some("prod"));
}

#[test]
fn no_other_profile_is_taken_while_a_change_is_on_its_way() {
    let unavailable = Notification::Unavailable(CommandId::ChooseProfile, DisabledReason::WriteInProgress);
    let sent = || Driver::ready().on(SANDBOX_07).press("e").types(NEW).press("enter enter").writes().press("esc");
    let driver = sent().press("w").says(&unavailable).quietly();
    assert!(driver.layer().is_none());
    // Nor in the middle of a run.
    let driver = super::root_access::auditing();
    let driver =
        driver.press("w").says(&Notification::Unavailable(CommandId::ChooseProfile, DisabledReason::RunInProgress));
    driver.reports(crate::domain::run::RunReport::Ended).quietly();
    sent()
        .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), Driver::seen_before(pending()))
        .press("w")
        .asks(&[Read::Profiles]);
}

fn pending() -> crate::domain::email_change::EmailChangeStatus {
    crate::domain::email_change::EmailChangeStatus::Pending
}

#[test]
fn a_code_is_asked_for_at_once_and_again_until_aws_takes_one() {
    let driver = wanting_a_code().quietly();
    assert_eq!(dialog(&driver).form.trouble, None, "nobody has tried one yet");
    let code = MfaCode::parse(DEVICE_CODE).expect("a code");
    // Enter in the field moves to the button; only there it goes out.
    let driver = driver.types(DEVICE_CODE).press("enter").quietly().press("enter").connects(&code);
    assert_eq!(dialog(&driver).form.focus, Focus::Cancel);
    let driver = driver.press("enter").quietly();
    assert!(driver.layer().is_none(), "the wait can be left");
    // What AWS says then is not lost with the dialog.
    let driver = driver.fails(Read::Connect, ApiErrorKind::MfaCodeNeeded).quietly();
    assert!(dialog(&driver).form.trouble.is_some());

    let driver = wanting_a_code().pastes(" 123 456\n").press("enter enter").connects(&code);
    let driver = driver.fails(Read::Connect, ApiErrorKind::MfaCodeNeeded).quietly();
    assert!(dialog(&driver).form.trouble.is_some() && dialog(&driver).field.len() == 0, "the code is used up");
    let driver = driver.types(DEVICE_CODE).press("enter enter").connects(&code).aws_answers();
    assert!(driver.layer().is_none() && !driver.app.model.accounts.is_empty());
}

#[test]
fn a_code_is_asked_for_behind_nothing_that_is_read_or_typed() {
    let mut world = World::default();
    world.stored.listing = Some((noon(), Account::shared(&world.accounts)));
    let start = Start { profile: Some("mfa".into()), ..start() };
    let driver = Driver::started(start, world).asks(&[Read::Stored, Read::Connect]).aws_answers_to(Read::Stored);
    let driver = driver.press("?").fails(Read::Connect, ApiErrorKind::MfaCodeNeeded).asks(&[Read::Profiles]);
    assert!(matches!(driver.layer(), Some(Layer::Help(_))));
    assert!(
        matches!(driver.notification(), Some(Notification::ReadFailed(error)) if error.kind == ApiErrorKind::MfaCodeNeeded)
    );
}

#[test]
fn root_sessions_that_go_with_their_profile_are_told() {
    let driver = super::rooted::with_session().press("esc esc").press("w").asks(&[Read::Profiles]);
    let driver = driver.aws_answers_to(Read::Profiles).types("keys").press("enter");
    let driver = driver.wants(&Effect::TakeProfile(Some("keys".into()))).asks(&[Read::Stored, Read::Connect]);
    driver.says(&Notification::SessionsLetGo(1));
}

#[test]
fn who_leaves_the_dialog_of_the_code_comes_back_to_it() {
    let driver = wanting_a_code().press("esc");
    assert!(driver.layer().is_none());
    let driver = driver.press("I").asks(&[Read::Profiles]).aws_answers_to(Read::Profiles);
    assert!(matches!(driver.layer(), Some(Layer::MfaCode(_))));
    let driver = driver.press("tab enter").press("r").asks(&[Read::Connect]);
    let driver = driver.fails(Read::Connect, ApiErrorKind::MfaCodeNeeded);
    assert_eq!(dialog(&driver).form.trouble, None);
}

#[test]
fn signing_in_hands_the_terminal_over_and_connects_again_where_one_was() {
    let driver = signing_in_as("prod").press("enter").wants(&Effect::SignIn(sso(), Browser::Here)).quietly();
    let driver = driver.on(SANDBOX_07).send(Msg::SignedIn(Ok(()))).aws_answers();
    assert_eq!(driver.app.selected_id(), Some(id(SANDBOX_07)), "it is the same account that calls");
    // A role takes its credentials from another profile: that is the one to sign in with.
    signing_in_as("audit").press("j enter").wants(&Effect::SignIn(sso(), Browser::Elsewhere));
    // Who came by SSH has the browser elsewhere.
    let by_ssh = Start { browser: Browser::Elsewhere, ..start() };
    let driver = Driver::ready_with(by_ssh, World::default()).press("I").asks(&[Read::Profiles]);
    driver.aws_answers_to(Read::Profiles).press("enter").wants(&Effect::SignIn(sso(), Browser::Elsewhere));
}

#[test]
fn a_sign_in_that_failed_is_told_and_changes_nothing() {
    let error = ApiError::new("rootdeck:sign-in", ApiErrorKind::Local, "exit code 1");
    let driver = Driver::ready().send(Msg::SignedIn(Err(error.clone()))).says(&Notification::Local(error)).quietly();
    assert!(!driver.app.model.accounts.is_empty());
}

#[test]
fn whoever_signed_in_as_somebody_else_sees_nothing_of_the_one_before() {
    let driver = Driver::ready().send(Msg::SignedIn(Ok(()))).asks(&[Read::Connect]);
    let mut other = driver.world.connection.clone();
    other.caller.account = id(SANDBOX_07);
    let driver = driver.answers(Read::Connect, Answer::Connected(Ok(other)));
    // As with another profile: no answer to the one before counts any more.
    let driver = driver.wants(&Effect::TakeProfile(Some("prod".into()))).asks(&[Read::Stored, Read::Connect]).quietly();
    assert!(driver.app.model.accounts.is_empty() && driver.app.model.organization.value().is_none());
}

#[test]
fn what_a_role_is_assumed_from_is_signed_in_before_its_code_is_of_any_use() {
    let mut world = World::default();
    let Some(mfa) = world.profiles.iter_mut().find(|profile| profile.mfa.is_some()) else { panic!("it has one") };
    mfa.sign_in = Some(sso());
    let start = || Start { profile: Some("mfa".into()), ..start() };
    let connecting = |world: &World| {
        let driver = Driver::started(start(), world.clone()).asks(&[Read::Stored, Read::Connect]);
        driver.aws_answers_to(Read::Stored)
    };
    let expired = ApiError::new("sso:GetRoleCredentials", ApiErrorKind::ExpiredCredentials, "the token has expired");
    let driver = connecting(&world).answers(Read::Connect, Answer::Connected(Err(expired.clone())));
    let driver = driver.asks(&[Read::Profiles]).aws_answers_to(Read::Profiles);
    assert_eq!(driver.app.model.caller_to_fix(&expired).and_then(|caller| caller.profile).as_deref(), Some("prod"));
    let other = ApiError::new("sts:GetCallerIdentity", ApiErrorKind::Configuration, "a broken file");
    assert_eq!(
        driver.app.model.caller_to_fix(&other).and_then(|caller| caller.profile).as_deref(),
        Some("mfa"),
        "only a sign-in is another profile's"
    );
    let driver = driver.press("I").asks(&[Read::Profiles]).aws_answers_to(Read::Profiles).press("enter");
    driver.wants(&Effect::SignIn(sso(), Browser::Here)).quietly();
    // Once it has signed in, the code is what is missing.
    let driver = connecting(&world).fails(Read::Connect, ApiErrorKind::MfaCodeNeeded).asks(&[Read::Profiles]);
    assert!(matches!(driver.layer(), Some(Layer::MfaCode(_))));
    let driver = driver.aws_answers_to(Read::Profiles).press("esc").press("I").asks(&[Read::Profiles]);
    assert!(matches!(driver.aws_answers_to(Read::Profiles).layer(), Some(Layer::MfaCode(_))));
}

#[test]
fn what_the_view_shows_is_read_and_an_unread_error_stays() {
    let lost = ApiError::new("store:open", ApiErrorKind::Local, "disk full");
    let driver = Driver::ready().press("6").aws_answers().send(Msg::Local(lost.clone()));
    let driver = driver.press("w").asks(&[Read::Profiles]).aws_answers_to(Read::Profiles).types("keys").press("enter");
    let driver = driver.wants(&Effect::TakeProfile(Some("keys".into()))).says(&Notification::Local(lost));
    let driver = driver.asks(&[Read::Stored, Read::Connect]).aws_answers_to(Read::Stored).aws_answers_to(Read::Connect);
    driver.asks(&[Read::Journal]).aws_answers();
}

#[test]
fn keys_of_the_environment_are_not_those_of_a_profile_it_names() {
    let start = Start { named: false, ..start() };
    let driver = Driver::ready_with(start, World::default()).press("I").asks(&[Read::Profiles]);
    driver.aws_answers_to(Read::Profiles).says(&Notification::NoSignIn(CredentialSource::Machine)).quietly();
}

#[test]
fn nobody_signs_in_for_a_profile_that_is_not_there() {
    let why = Notification::Unavailable(CommandId::SignIn, DisabledReason::NoProfile);
    signing_in_as("pord").says(&why).quietly();
}

#[test]
fn who_wanted_to_sign_in_and_changed_something_meanwhile_waits_for_its_outcome() {
    let driver = Driver::ready().on(SANDBOX_07).press("I").asks(&[Read::Profiles]).press("e").types(NEW);
    let driver = driver.press("enter enter").writes().press("esc").aws_answers_to(Read::Profiles);
    let driver = driver.says(&Notification::Unavailable(CommandId::SignIn, DisabledReason::WriteInProgress)).quietly();
    assert!(driver.layer().is_none());
}

#[test]
fn an_endpoint_that_is_not_aws_is_seen_before_a_code_goes_there() {
    let wanting = |start: Start, world: World| {
        let driver = Driver::started(start, world).asks(&[Read::Stored, Read::Connect]).aws_answers_to(Read::Stored);
        let driver = driver.fails(Read::Connect, ApiErrorKind::MfaCodeNeeded).asks(&[Read::Profiles]);
        driver.aws_answers_to(Read::Profiles)
    };
    let mfa = || Start { profile: Some("mfa".into()), ..start() };
    let asked = Start { endpoint: Some("http://proxy.example".into()), ..mfa() };
    assert_eq!(wanting(asked, World::default()).app.model.endpoint(), Some("http://proxy.example"));
    let mut world = World::default();
    let Some(profile) = world.profiles.iter_mut().find(|profile| profile.mfa.is_some()) else { panic!("it has one") };
    profile.endpoint = Some("http://vpce.example".into());
    assert_eq!(wanting(mfa(), world).app.model.endpoint(), Some("http://vpce.example"));
    assert_eq!(wanting(mfa(), World::default()).app.model.endpoint(), None);
}

#[test]
fn a_code_that_is_skipped_is_told_where_accounts_of_an_earlier_run_are_shown() {
    let mut world = World::default();
    world.stored.listing = Some((noon(), Account::shared(&world.accounts)));
    let start = Start { profile: Some("mfa".into()), ..start() };
    let driver = Driver::started(start, world).asks(&[Read::Stored, Read::Connect]).aws_answers_to(Read::Stored);
    let driver = driver.fails(Read::Connect, ApiErrorKind::MfaCodeNeeded).asks(&[Read::Profiles]).press("esc");
    assert!(
        matches!(driver.notification(), Some(Notification::ReadFailed(error)) if error.kind == ApiErrorKind::MfaCodeNeeded)
    );
    // Once somebody has signed in, there is nothing to tell.
    let code = MfaCode::parse(DEVICE_CODE).expect("a code");
    let driver =
        driver.aws_answers_to(Read::Profiles).press("I").asks(&[Read::Profiles]).aws_answers_to(Read::Profiles);
    let driver = driver.types(DEVICE_CODE).press("enter enter").connects(&code).aws_answers_to(Read::Connect);
    assert_eq!(driver.notification(), None);
    driver.aws_answers();
}

#[test]
fn the_field_takes_digits_and_says_how_many_are_wanted() {
    let driver = wanting_a_code().types("w12 3x").press("enter").says(&Notification::ShortCode).quietly();
    assert_eq!(dialog(&driver).field.reveal(), "123");
    driver.types("45").press("tab tab enter").says(&Notification::ShortCode).quietly();
}

#[test]
fn the_profile_in_use_is_not_taken_again() {
    let driver = choosing().press("enter").quietly();
    assert!(driver.layer().is_none() && !driver.app.model.accounts.is_empty());
}

#[test]
fn nobody_signs_in_for_access_keys() {
    signing_in_as("keys").says(&Notification::NoSignIn(CredentialSource::Keys)).quietly();
}
