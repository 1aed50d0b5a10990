//! IAM's simulation of what the caller's policies allow, and where IAM keeps the caller's role.

use std::collections::BTreeSet;

use aws_sdk_iam::types::{
    ContextEntry, ContextKeyTypeEnum, EvaluationResult, OrganizationsDecisionDetail, PermissionsBoundaryDecisionDetail,
    PolicyEvaluationDecisionType, ResourceSpecificResult,
};

use super::clients::Clients;
use super::{pages, wire};
use crate::domain::api_error::ApiError;
use crate::domain::permission::Permission;
use crate::domain::readiness::simulation::Question;
use crate::domain::readiness::{Simulated, SimulatedDecision};
use crate::domain::text;

const SIMULATE: &str = "iam:SimulatePrincipalPolicy";
const GET_ROLE: &str = "iam:GetRole";

/// `source` is the ARN of a user or role. `NotFound`: there is none.
pub(crate) async fn simulate(
    clients: &Clients,
    source: &str,
    question: &Question,
) -> Result<Vec<(Permission, Simulated)>, ApiError> {
    let results = pages::all(
        SIMULATE,
        "EvaluationResults",
        |one| Some(EvaluationResult::eval_action_name(one)),
        |marker| async move {
            clients.pace.wait(SIMULATE).await;
            let names = question.permissions.iter().map(|permission| permission.action.name.to_owned()).collect();
            let answer = clients
                .iam
                .simulate_principal_policy()
                .policy_source_arn(source)
                .set_action_names(Some(names))
                .resource_arns(&question.resource)
                .set_context_entries(context(question))
                .set_marker(marker)
                .send()
                .await;
            let answer = clients.answered(SIMULATE, answer)?;
            Ok((Some(answer.evaluation_results.unwrap_or_default()), wire::marker(answer.is_truncated, answer.marker)))
        },
    );
    // IAM gives names back in its own spelling.
    let asked = |name: &str| question.permissions.iter().find(|one| one.action.name.eq_ignore_ascii_case(name));
    let said = |result| Some((asked(EvaluationResult::eval_action_name(result))?.clone(), read(result)?));
    Ok(results.await?.iter().filter_map(said).collect())
}

pub(crate) async fn role_arn(clients: &Clients, name: &str) -> Result<String, ApiError> {
    clients.pace.wait(GET_ROLE).await;
    let answer = clients.answered(GET_ROLE, clients.iam.get_role().role_name(name).send().await)?;
    wire::required(GET_ROLE, "Role.Arn", answer.role().map(aws_sdk_iam::types::Role::arn))
}

fn context(question: &Question) -> Option<Vec<ContextEntry>> {
    let entry = |key: &str, value: &str| {
        ContextEntry::builder()
            .context_key_name(key)
            .context_key_type(ContextKeyTypeEnum::String)
            .context_key_values(value)
            .build()
    };
    let entries: Vec<_> = question.context.iter().map(|(key, value)| entry(key.as_str(), value)).collect();
    (!entries.is_empty()).then_some(entries)
}

/// `None` for a decision that this program does not know, or none at all: neither yes nor no.
fn read(result: &EvaluationResult) -> Option<Simulated> {
    let scp = result.organizations_decision_detail().map(OrganizationsDecisionDetail::allowed_by_organizations);
    let boundary = result
        .permissions_boundary_decision_detail()
        .map(PermissionsBoundaryDecisionDetail::allowed_by_permissions_boundary);
    let decision = match result.eval_decision() {
        PolicyEvaluationDecisionType::Allowed => SimulatedDecision::Allowed,
        known if !PolicyEvaluationDecisionType::values().contains(&known.as_str()) => return None,
        _ if scp == Some(false) => SimulatedDecision::DeniedByScp,
        _ if boundary == Some(false) => SimulatedDecision::DeniedByBoundary,
        PolicyEvaluationDecisionType::ExplicitDeny => {
            let mut policies: Vec<String> = result
                .matched_statements()
                .iter()
                .filter_map(|statement| statement.source_policy_id())
                .map(text::clean)
                .collect();
            policies.dedup();
            // Since July 2026 SCPs deny explicitly, and IAM lists their statements nowhere (service model). Those of any
            // other policy that denies are listed.
            let is_scp = policies.is_empty() && scp.is_none() && boundary.is_none();
            if is_scp { SimulatedDecision::DeniedByScp } else { SimulatedDecision::ExplicitDeny(policies) }
        }
        _ => SimulatedDecision::ImplicitDeny,
    };
    // Where a resource was named, IAM reports them for that resource only (service model).
    let specific = result.resource_specific_results().iter().flat_map(ResourceSpecificResult::missing_context_values);
    let missing: BTreeSet<String> =
        result.missing_context_values().iter().chain(specific).map(|key| text::clean(key)).collect();
    let missing_context = missing.into_iter().collect();
    Some(Simulated { decision, missing_context })
}

#[cfg(test)]
mod tests {
    use PolicyEvaluationDecisionType as D;
    use aws_sdk_iam::types::Statement;

    use super::*;

    #[test]
    fn an_explicit_deny_of_no_statement_is_that_of_a_service_control_policy() {
        let result = |statements: &[&str]| {
            let statement = |id: &&str| Statement::builder().source_policy_id(*id).build();
            let built = EvaluationResult::builder()
                .eval_action_name("sts:AssumeRoot")
                .eval_decision(D::ExplicitDeny)
                .set_matched_statements(Some(statements.iter().map(statement).collect()))
                .build();
            read(&built.expect("a result")).map(|simulated| simulated.decision)
        };
        assert_eq!(result(&[]), Some(SimulatedDecision::DeniedByScp));
        assert_eq!(result(&["NoRoot"]), Some(SimulatedDecision::ExplicitDeny(vec!["NoRoot".to_owned()])));
    }

    #[test]
    fn what_holds_it_back_is_named() {
        let result = |decision, scp, boundary| {
            let built = EvaluationResult::builder()
                .eval_action_name("sts:AssumeRoot")
                .eval_decision(decision)
                .matched_statements(Statement::builder().source_policy_id("NoRoot").build())
                .organizations_decision_detail(
                    OrganizationsDecisionDetail::builder().allowed_by_organizations(scp).build(),
                )
                .permissions_boundary_decision_detail(
                    PermissionsBoundaryDecisionDetail::builder().allowed_by_permissions_boundary(boundary).build(),
                )
                .build();
            read(&built.expect("a result")).map(|simulated| simulated.decision)
        };
        assert_eq!(result(D::Allowed, true, true), Some(SimulatedDecision::Allowed));
        assert_eq!(result(D::ExplicitDeny, false, true), Some(SimulatedDecision::DeniedByScp));
        assert_eq!(result(D::ImplicitDeny, true, false), Some(SimulatedDecision::DeniedByBoundary));
        assert_eq!(
            result(D::ExplicitDeny, true, true),
            Some(SimulatedDecision::ExplicitDeny(vec!["NoRoot".to_owned()]))
        );
        assert_eq!(result(D::ImplicitDeny, true, true), Some(SimulatedDecision::ImplicitDeny));
        // What AWS may say one day is neither yes nor no, whatever stands beside it.
        assert_eq!(result(D::from("perhaps"), true, true), None);
        assert_eq!(result(D::from("perhaps"), false, false), None);
    }
}
