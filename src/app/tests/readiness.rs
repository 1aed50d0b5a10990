//! View 5: what is asked, how it is judged, and what it starts.

use super::harness::{Driver, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Read};
use crate::app::layers::Layer;
use crate::app::msg::{Answer as Msg5, Geometry, Msg};
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::view::ViewId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::OrgRole;
use crate::domain::change::Switch;
use crate::domain::flow::Flow;
use crate::domain::permission::{About, Permission};
use crate::domain::readiness::simulation::SimulationResult;
use crate::domain::readiness::{Answer, Calls, NotSimulated, SimulatedDecision};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::ServicePrincipal;

/// Where everything is on.
fn open() -> World {
    World { features: RootFeatures::Enabled(RootFeature::ALL.to_vec()), ..World::default() }
}

fn opened_in(world: World) -> Driver {
    Driver::ready_in(world).press("5").asks(&[Read::Readiness, Read::Calls]).aws_answers()
}

/// With the cursor on the flow.
fn on_flow(mut driver: Driver, flow: Flow) -> Driver {
    driver = driver.press("g");
    while driver.app.model.readiness.pane.list.selected() != Some(flow) {
        let before = driver.app.model.readiness.pane.list.selected();
        driver = driver.press("j");
        assert_ne!(driver.app.model.readiness.pane.list.selected(), before, "{flow} is not there");
    }
    driver
}

fn verdicts(driver: &Driver) -> Vec<Answer> {
    driver.app.model.readiness.judged.iter().map(crate::domain::readiness::Readiness::verdict).collect()
}

#[test]
fn iam_is_asked_when_the_view_is_opened_and_not_before() {
    let driver = opened_in(open());
    assert_eq!(driver.app.view, ViewId::Readiness);
    assert_eq!(verdicts(&driver), [Answer::Yes; Flow::ALL.len()]);
    // What calls showed meanwhile is looked up each time; IAM is asked again by hand only.
    let driver = driver.press("1 5").asks(&[Read::Calls]).aws_answers();
    let reads =
        [Read::Organization, Read::Readiness, Read::TrustedAccess, Read::RootFeatures, Read::DelegatedAdministrators];
    let driver = driver.press("r").asks(&reads);
    // What was found before stays until all is answered.
    assert_eq!(verdicts(&driver), [Answer::Yes; Flow::ALL.len()]);
    driver.aws_answers().quietly();
}

#[test]
fn nothing_is_asked_before_it_is_known_which_organization_it_is_about() {
    let driver = Driver::started(start(), open()).asks(&[Read::Stored, Read::Connect]);
    let driver = driver.press("5").aws_answers_to(Read::Connect);
    assert!(verdicts(&driver).iter().all(|verdict| *verdict != Answer::Yes));
    let driver = driver.aws_answers();
    assert!(!driver.app.model.readiness.simulated_result.is_loading());
    assert_eq!(verdicts(&driver), [Answer::Yes; Flow::ALL.len()]);
}

#[test]
fn a_change_that_opens_the_flow_is_confirmed_from_here() {
    let driver = on_flow(opened_in(World::untrusting()), Flow::Audit);
    let iam = Switch::TrustedAccess(ServicePrincipal::iam()).set(true);
    assert_eq!(driver.app.model.fix_change(), Ok(iam.clone()));
    let driver = on_flow(opened_in(World::untrusting()), Flow::Audit).press("t");
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!(dialog.change, iam);
    driver.press("esc").quietly();
}

#[test]
fn where_nothing_can_be_started_that_is_said() {
    let driver = on_flow(opened_in(open()), Flow::Audit).press("t");
    driver.says(&Notification::Unavailable(CommandId::Remedy, DisabledReason::NoFixHere)).quietly();
    let member = World { org_role: OrgRole::Member, ..World::untrusting() };
    let driver = on_flow(opened_in(member), Flow::Audit);
    assert!(driver.app.model.fix_change().is_err());
    let read_only = Start { rules: crate::domain::permit::Rules { read_only: true, ..Default::default() }, ..start() };
    let driver = Driver::ready_with(read_only, World::untrusting()).press("5").asks(&[Read::Readiness, Read::Calls]);
    let driver = on_flow(driver.aws_answers(), Flow::Audit);
    assert!(
        matches!(driver.app.model.fix_change(), Err(DisabledReason::Refusal(_))),
        "{:?}",
        driver.app.model.fix_change()
    );
}

#[test]
fn enter_opens_and_fixes_nothing() {
    let narrow = Msg::Geometry(Geometry { list_rows: 10, one_pane: true, ..Geometry::default() });
    let driver = on_flow(opened_in(World::untrusting()), Flow::Audit).send(narrow).press("enter enter");
    assert!(driver.app.model.readiness.pane.reading && driver.app.layers.is_empty());
    let driver = driver.press("t");
    assert!(matches!(driver.layer(), Some(Layer::Confirm(_))));
    let driver = driver.press("esc esc");
    assert!(!driver.app.model.readiness.pane.reading);
    assert_eq!(driver.press("esc").app.view, ViewId::Readiness);
}

#[test]
fn the_policy_of_a_flow_is_copied() {
    let driver = on_flow(opened_in(open()), Flow::Audit);
    let mut driver = driver;
    let effects = driver.app.update(driver.now, Msg::Key(super::harness::key("y")));
    let copied = effects.iter().find_map(|it| if let Effect::Copy(text) = it { Some(text.clone()) } else { None });
    let policy = copied.expect("a policy");
    assert!(policy.contains("sts:AssumeRoot") && policy.contains("IAMAuditRootUserCredentials"), "{policy}");
    assert!(!policy.contains("StartPrimaryEmailUpdate"), "{policy}");
    driver.says(&Notification::FlowPolicyCopied(Flow::Audit)).quietly();
}

#[test]
fn the_managed_policies_are_shown_and_closed() {
    let driver = opened_in(open()).press("m");
    let Some(Layer::ManagedPolicies(reader)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!(reader.about.len(), Flow::ALL.len());
    assert!(driver.press("j esc").app.layers.is_empty());
}

#[test]
fn refusals_of_this_run_count_when_they_are_looked_up() {
    let list = Permission::of_call("organizations:ListAccounts", About::Anything).expect("in the table");
    let message = "User: x is not authorized to perform: organizations:ListAccounts because no \
                   identity-based policy allows the organizations:ListAccounts action";
    let refused = ApiError {
        code: Some("AccessDeniedException".into()),
        ..ApiError::new("organizations:ListAccounts", ApiErrorKind::AccessDenied, message)
    };
    let mut calls = Calls::default();
    calls.note(list, Err(&refused));
    let driver = opened_in(open()).press("1 5").asks(&[Read::Calls]);
    let driver = driver.answers(Read::Calls, Msg5::Calls(Ok(calls)));
    let browse = driver.app.model.readiness.judged.first();
    assert_eq!(verdicts(&driver).first(), Some(&Answer::No), "{browse:?}");
    driver.quietly();
}

#[test]
fn what_iam_could_not_be_asked_is_unknown_and_never_yes() {
    let mut world = World { simulated_result: SimulationResult::default(), ..open() };
    let refused = ApiError::new("iam:SimulatePrincipalPolicy", ApiErrorKind::AccessDenied, "no");
    world.simulated_result.not_simulated = NotSimulated::Failed(refused);
    let driver = opened_in(world);
    assert_eq!(verdicts(&driver), [Answer::Unknown; Flow::ALL.len()]);
    let denied = World { simulated_result: simulated_result(&SimulatedDecision::DeniedByScp), ..open() };
    assert_eq!(verdicts(&opened_in(denied)), [Answer::No; Flow::ALL.len()]);
}
