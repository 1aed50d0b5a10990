//! Whether the caller is permitted something.

use super::demand::Demand;
use super::judgement::Judgement;
use super::knowledge::{Knowledge, NotSimulated, Simulated, SimulatedDecision};
use super::requirement::{Answer, Reason, Remedy};
use crate::domain::api_error::ApiError;
use crate::domain::caller::OrgRole;
use crate::domain::cause::Cause;
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::Permission;
use crate::domain::trusted_access::ServicePrincipal;

/// What calls of this run showed; else what a simulation foretells.
pub(super) fn permitted(demand: &Demand, permission: &Permission, weight: Weight, knowledge: &Knowledge) -> Judgement {
    if weight == Weight::Doubtful {
        return doubtful(demand, knowledge);
    }
    let shown = knowledge.shown.get(permission);
    let denied = shown.and_then(|shown| shown.denied.as_ref());
    let worked = shown.is_some_and(|shown| shown.worked);
    // A simulation since then was about policies that may have been fixed.
    let simulated = knowledge.simulated.get(permission);
    let is_newest = shown.is_some_and(|shown| !shown.denied_before) || simulated.is_none();
    match denied {
        None if worked => return Judgement::yes(Reason::ShownBy(permission.action.name)),
        Some(error) if !worked && is_newest && is_about_policies(permission, error, knowledge) => {
            return Judgement::no(Reason::Refused(error.clone()), remedy_of(error, demand.flow));
        }
        _ => {}
    }
    let simulated_result = match knowledge.caller.current() {
        Some(caller) if caller.is_root() => of_root(demand, permission, knowledge),
        _ => match simulated {
            Some(simulated) => simulated_result(simulated, demand.flow),
            None => Judgement::unknown(Reason::NotSimulated(knowledge.not_simulated.clone()), Remedy::Try),
        },
    };
    match denied {
        // Neither is it sure to be refused again, nor to work because a simulation says so.
        Some(error) if simulated_result.answer != Answer::No => {
            let fix = if knowledge.org_role.current() == Some(&OrgRole::Member) {
                // What AWS tells no member is no matter of policies.
                Remedy::UseManagement
            } else {
                remedy_of(error, demand.flow)
            };
            Judgement::unknown(Reason::RefusedOnce(error.clone()), fix)
        }
        _ => simulated_result,
    }
}

/// Whether it is needed shows when the changes work.
fn doubtful(demand: &Demand, knowledge: &Knowledge) -> Judgement {
    let mut writes =
        demand.permissions.iter().filter(|(one, weight)| one.action.writes && *weight == Weight::Essential);
    let worked = writes.find(|(one, _)| knowledge.shown.get(one).is_some_and(|shown| shown.worked));
    match worked {
        Some((one, _)) => Judgement::yes(Reason::ShownBy(one.action.name)),
        None => Judgement::unknown(Reason::Doubtful, Remedy::Try),
    }
}

fn simulated_result(simulated: &Simulated, flow: Flow) -> Judgement {
    if !simulated.missing_context.is_empty() {
        return Judgement::unknown(Reason::DependsOn(simulated.missing_context.clone()), Remedy::Try);
    }
    match &simulated.decision {
        SimulatedDecision::Allowed => Judgement::yes(Reason::Simulated),
        SimulatedDecision::ExplicitDeny(policies) => {
            Judgement::no(Reason::ExplicitDeny(policies.clone()), Remedy::ChangePolicies(policies.clone()))
        }
        SimulatedDecision::ImplicitDeny => Judgement::no(Reason::NothingAllows, Remedy::AttachPolicy(flow)),
        SimulatedDecision::DeniedByScp => Judgement::no(Reason::DeniedByScp, Remedy::ChangeScp),
        SimulatedDecision::DeniedByBoundary => Judgement::no(Reason::DeniedByBoundary, Remedy::ChangeBoundary),
    }
}

/// Root needs no policy; in a member account, service control policies bind it.
fn of_root(demand: &Demand, permission: &Permission, knowledge: &Knowledge) -> Judgement {
    if permission.action.name == "sts:AssumeRoot" {
        return Judgement::no(Reason::CallerIsRoot, Remedy::UseUserOrRole);
    }
    let manages = match (knowledge.organization.current(), knowledge.caller.current()) {
        (Some(organization), Some(caller)) => organization.management_account == caller.account,
        // No organization, no service control policy.
        _ => knowledge.is_in_none() && demand.own_account,
    };
    if manages {
        Judgement::yes(Reason::RootMayAll)
    } else {
        Judgement::unknown(Reason::NotSimulated(NotSimulated::NotAUserOrRole), Remedy::Try)
    }
}

/// Whether a denial can only be about what policies allow. AWS has the same words for other things: for an account that
/// has no say, or one that may not be asked about.
fn is_about_policies(permission: &Permission, error: &ApiError, knowledge: &Knowledge) -> bool {
    let org_role = knowledge.org_role.current();
    let has_a_say = |service: &ServicePrincipal| {
        org_role.is_some_and(|org_role| *org_role == OrgRole::Management || org_role.is_delegated_for(service))
    };
    match Cause::of(error) {
        Cause::NoIdentityPolicy
        | Cause::DeniedByIdentityPolicy
        | Cause::PermissionsBoundary
        | Cause::CallersControlPolicy
        | Cause::SessionPolicy
        | Cause::EndpointPolicy
        | Cause::ResourceControlPolicy
        | Cause::OtherPolicy => true,
        // Delegates, too, may only look.
        Cause::OrganizationsDenied | Cause::OrganizationsChangeDenied => org_role == Some(&OrgRole::Management),
        Cause::NotManagementOrDelegatedForAccount => has_a_say(&ServicePrincipal::account_management()),
        Cause::AssumeRootDenied => has_a_say(&ServicePrincipal::iam()),
        // IAM has other codes for the role of an account in the organization.
        Cause::Denied => permission.action.name.starts_with("iam:"),
        _ => false,
    }
}

fn remedy_of(error: &ApiError, flow: Flow) -> Remedy {
    match Cause::of(error) {
        Cause::CallersControlPolicy | Cause::RootsControlPolicy => Remedy::ChangeScp,
        Cause::PermissionsBoundary => Remedy::ChangeBoundary,
        Cause::DeniedByIdentityPolicy
        | Cause::SessionPolicy
        | Cause::EndpointPolicy
        | Cause::ResourceControlPolicy
        | Cause::OtherPolicy => Remedy::ChangePolicies(Vec::new()),
        _ => Remedy::AttachPolicy(flow),
    }
}
