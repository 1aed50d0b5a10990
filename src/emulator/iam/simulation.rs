//! `SimulatePrincipalPolicy`, answered by the policies that decide.
//!
//! As with AWS it is a hint: it does not know which operations are for the management account alone, nor what an
//! operation would be asked with beyond the given context.

use super::simulation_input::{SimulationInput, invalid};
use crate::domain::policy::Request;
use crate::emulator::grants::{Judgement, Say};
use crate::emulator::request_context::known;
use crate::emulator::world::entities::Entity;
use crate::emulator::{Answer, Caller, Denial, Element, Input, PageKey, Refusal, Service, Window, World};

/// As it is on the wire (captured); the service model's enumeration has other words.
const IDENTITY_POLICY: &str = "IAM Policy";
const BOUNDARY_POLICY: &str = "Permissions Boundary Policy";

/// Guesses: a result for every pair of action and resource, which of two denials is reported, and the refusal of a
/// principal of another account.
pub(super) fn simulate(world: &World, caller: &Caller, input: &Input) -> Result<Answer, Refusal> {
    let asked = SimulationInput::read(input)?;
    if asked.source.account != caller.account {
        let denial = Denial::NoResourcePolicy;
        return Err(Service::Iam.denied(caller, "SimulatePrincipalPolicy", asked.source_arn, &denial));
    }
    let entity = asked.source.find(world)?;
    let resources = if asked.resources.is_empty() { vec!["*"] } else { asked.resources.clone() };
    let pairs: Vec<_> =
        asked.actions.iter().flat_map(|action| resources.iter().map(move |resource| (*action, *resource))).collect();
    let listing = PageKey { operation: "SimulatePrincipalPolicy", about: asked.source_arn };
    let window = Window::plain(listing, pairs.len(), asked.page, asked.marker)
        .ok_or_else(|| invalid("Invalid Marker.".to_owned()))?;
    let shown = pairs.get(window.start..window.end).unwrap_or_default();
    let results = shown.iter().map(|(action, resource)| result(world, entity, &asked, action, resource));
    let is_truncated = if window.next.is_some() { "true" } else { "false" };
    let mut answer =
        vec![Element::structures("EvaluationResults", results), Element::text("IsTruncated", is_truncated)];
    answer.extend(window.next.map(|marker| Element::text("Marker", marker)));
    Ok(Answer::Xml(answer))
}

/// What concerns a named resource is repeated in a list of its own, which then has the missing keys (service model's
/// documentation).
fn result(world: &World, entity: &Entity, asked: &SimulationInput<'_>, action: &str, resource: &str) -> Vec<Element> {
    let principal = entity.caller();
    let context = known(&world.organization, &principal, resource, asked.context.clone());
    let request = Request { action, resource, context: &context };
    let judgement = entity.grants.judge(request);
    let above = world.policies.control.denial(&world.organization, &entity.account, request);
    let denied_above = above.is_some();
    let decision = decision(&judgement, above.as_ref());
    let missing = |has: bool| {
        let keys = judgement.missing_keys.iter().map(String::as_str);
        Element::list("MissingContextValues", keys.filter(|_| has))
    };
    let is_named = resource != "*";
    let mut inside = vec![
        Element::text("EvalActionName", action),
        Element::text("EvalResourceName", resource),
        Element::text("EvalDecision", decision),
        matched(&judgement),
        missing(!is_named),
    ];
    if world.organization.exists() {
        let allowed = Element::text("AllowedByOrganizations", (!denied_above).to_string());
        inside.push(Element::nested("OrganizationsDecisionDetail", vec![allowed]));
    }
    inside.extend(boundary(&judgement));
    if is_named {
        let mut about = vec![
            Element::text("EvalResourceName", resource),
            Element::text("EvalResourceDecision", decision),
            matched(&judgement),
            missing(true),
        ];
        about.extend(boundary(&judgement));
        inside.push(Element::structures("ResourceSpecificResults", [about]));
    }
    inside
}

/// Since July 2026 IAM evaluates service control policies with their conditions (AWS announcement). That one which
/// does not allow it is an implicit deny is a guess.
fn decision(judgement: &Judgement, above: Option<&Denial>) -> &'static str {
    match judgement.denial() {
        _ if above.is_some_and(|denial| *denial != Denial::NoServiceControlPolicy) => "explicitDeny",
        None if above.is_some() => "implicitDeny",
        None => "allowed",
        Some(Denial::IdentityPolicy | Denial::PermissionsBoundary) => "explicitDeny",
        Some(_) => "implicitDeny",
    }
}

fn matched(judgement: &Judgement) -> Element {
    let of = |ids: &'_ [String], kind: &'static str| {
        let statement =
            |id: &String| vec![Element::text("SourcePolicyId", id), Element::text("SourcePolicyType", kind)];
        ids.iter().map(statement).collect::<Vec<_>>()
    };
    let identity = of(&judgement.identity_statements, IDENTITY_POLICY);
    let boundary = of(&judgement.boundary_statements, BOUNDARY_POLICY);
    Element::structures("MatchedStatements", identity.into_iter().chain(boundary))
}

/// There only for a principal that has one.
fn boundary(judgement: &Judgement) -> Option<Element> {
    let allowed = judgement.boundary? == Say::Allowed;
    let detail = Element::text("AllowedByPermissionsBoundary", allowed.to_string());
    Some(Element::nested("PermissionsBoundaryDecisionDetail", vec![detail]))
}
