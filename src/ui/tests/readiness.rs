//! Pictures of view 5.

use super::picture::{ASCII, COLOURLESS, Scene, words};
use crate::app::effect::Read;
use crate::app::tests::harness::Driver;
use crate::app::tests::world::*;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::OrgRole;
use crate::domain::readiness::{NotSimulated, SimulatedDecision};
use crate::domain::trusted_access::ServicePrincipal;

const SIZES: &[(u16, u16)] = &[(60, 15), (80, 24), (120, 36)];

pub(super) fn opened_in(world: World) -> Driver {
    Driver::ready_in(world).press("5").asks(&[Read::Readiness, Read::Calls]).aws_answers()
}

/// The role that may not ask IAM.
fn without_simulation() -> World {
    let mut world = World::default();
    let message = "User: arn:aws:sts::111122223333:assumed-role/ReadOnly/bob is not authorized to perform: \
                   iam:SimulatePrincipalPolicy because no identity-based policy allows it";
    let refused = ApiError {
        code: Some("AccessDenied".into()),
        request_id: Some("3f0c-11".into()),
        ..ApiError::new("iam:SimulatePrincipalPolicy", ApiErrorKind::AccessDenied, message)
    };
    world.simulated_result.simulated.clear();
    world.simulated_result.not_simulated = NotSimulated::Failed(refused);
    world
}

#[test]
fn all_flows_of_an_administrator() {
    Scene::of("readiness", || opened_in(World::default())).at(SIZES);
    Scene::of("readiness asking", || Driver::ready().press("5").asks(&[Read::Readiness, Read::Calls])).at(SIZES);
    let scene = Scene::of("readiness off", || opened_in(World::untrusting()).press("G k k k k k"));
    scene.at(SIZES);
    scene.drawn_as("colourless", COLOURLESS).at(&[(120, 36)]);
    scene.drawn_as("ascii", ASCII).at(&[(120, 36)]);
}

#[test]
fn what_the_selected_flow_needs() {
    let narrow = || super::picture::drawn(opened_in(World::untrusting()).press("j j"), (80, 24)).press("enter");
    Scene::of("readiness details", narrow).at(&[(60, 15), (80, 24)]);
}

#[test]
fn a_delegate_a_member_and_one_who_may_not_ask() {
    let iam = || OrgRole::Delegated(vec![ServicePrincipal::iam()]);
    Scene::of("readiness delegate", move || opened_in(World { org_role: iam(), ..World::default() }).press("j j j j"))
        .at(&[(120, 36)]);
    Scene::of("readiness member", || opened_in(World { org_role: OrgRole::Member, ..World::untrusting() }))
        .at(&[(120, 36)]);
    Scene::of("readiness not simulated", || opened_in(without_simulation())).at(SIZES);
    let denied = || World { simulated_result: simulated_result(&SimulatedDecision::DeniedByScp), ..World::default() };
    Scene::of("readiness denied", move || opened_in(denied())).at(&[(120, 36)]);
}

#[test]
fn the_managed_policies() {
    Scene::of("managed policies", || opened_in(World::default()).press("m")).at(SIZES);
    Scene::of("managed policies", || opened_in(World::default()).press("m"))
        .drawn_as("colourless", COLOURLESS)
        .at(&[(120, 36)]);
}

#[test]
fn the_header_says_what_else_the_standing_is_worth() {
    let mut world = World::default();
    world.connection.caller.arn = "arn:aws:iam::111122223333:root".into();
    assert!(words(Driver::ready_in(world), (120, 36)).contains("management (root user)"));
    let mut world = World::default();
    world.organization.all_features = Some(false);
    assert!(words(Driver::ready_in(world), (160, 36)).contains("management, consolidated billing only"));
}

#[test]
fn the_names_of_the_flows_are_whole() {
    for size in [(60, 15), (80, 24), (120, 36), (200, 50)] {
        let driver = opened_in(World::default());
        let flows = driver.app.model.readiness.pane.list.visible().to_vec();
        let text = super::picture::shown(&driver.app, size);
        for flow in flows.into_iter().take(usize::from(size.1) - 6) {
            let name = crate::words::permission::flow(flow);
            assert!(text.contains(name), "{size:?} {name}: {text}");
        }
    }
}
