//! What IAM is asked about the caller's policies, in few calls.

use std::collections::{BTreeMap, BTreeSet};

use super::{Calls, NotSimulated, Simulated, SimulatedDecision};
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::{ConditionKey, Permission, PolicyScope, Target};

/// One call of `SimulatePrincipalPolicy`, about all actions on the same resource under the same conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) permissions: Vec<Permission>,
    pub(crate) resource: String,
    pub(crate) context: Vec<(ConditionKey, String)>,
}

/// What came of the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SimulationResult {
    pub(crate) simulated: BTreeMap<Permission, Simulated>,
    /// Why none speaks of the others.
    pub not_simulated: NotSimulated,
    pub(crate) shown: Calls,
}

pub(crate) fn questions(flows: &[Flow], place: &PolicyScope, target: &Target) -> Vec<Question> {
    let needed = flows.iter().flat_map(|flow| flow.permissions());
    // Nothing follows from what IAM says about an action that may not be needed.
    let needed = needed.filter(|(_, weight)| *weight != Weight::Doubtful).map(|(permission, _)| permission);
    let permissions: BTreeSet<Permission> = needed.collect();
    let mut questions: Vec<Question> = Vec::new();
    for permission in permissions {
        let resource = permission.resource(place, target);
        for context in permission.contexts(place) {
            match questions.iter_mut().find(|other| other.resource == resource && other.context == context) {
                Some(question) => question.permissions.push(permission.clone()),
                None => questions.push(Question {
                    permissions: vec![permission.clone()],
                    resource: resource.clone(),
                    context,
                }),
            }
        }
    }
    questions
}

impl SimulationResult {
    /// Takes an answer. Where a permission is asked about more than once, all answers have to be yes.
    pub(crate) fn take(&mut self, permission: Permission, said: Simulated) {
        let is_yes = |said: &Simulated| said.decision == SimulatedDecision::Allowed && said.missing_context.is_empty();
        let earlier = self.simulated.get(&permission);
        if earlier.is_none_or(is_yes) {
            self.simulated.insert(permission, said);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permission(name: &str) -> Permission {
        Permission::of_call(name, crate::domain::permission::About::Anything).expect("in the table")
    }

    #[test]
    fn few_calls_ask_about_all_and_each_about_one_thing() {
        let target = Target { member: "444455556666".parse().ok(), principal: None };
        let questions = questions(&Flow::ALL, &PolicyScope::default(), &target);
        assert!(questions.len() <= 16, "{}", questions.len());
        let asked: BTreeSet<&Permission> = questions.iter().flat_map(|question| &question.permissions).collect();
        let needed: Vec<_> = Flow::ALL.iter().flat_map(|flow| flow.permissions()).collect();
        for (permission, weight) in &needed {
            assert_eq!(asked.contains(permission), *weight != Weight::Doubtful, "{permission}");
        }
        for question in &questions {
            let actions: BTreeSet<&str> = question.permissions.iter().map(|one| one.action.name).collect();
            assert_eq!(actions.len(), question.permissions.len(), "{question:?}");
        }
    }

    #[test]
    fn arns_are_of_the_partition() {
        let place = PolicyScope { partition: "aws-us-gov".into(), ..PolicyScope::default() };
        let target = Target { member: "444455556666".parse().ok(), principal: None };
        for question in questions(&Flow::ALL, &place, &target) {
            let arns = question.context.iter().filter(|(key, _)| *key == ConditionKey::TaskPolicyArn);
            for arn in arns.map(|(_, arn)| arn).chain([&question.resource].into_iter().filter(|arn| *arn != "*")) {
                assert!(arn.starts_with("arn:aws-us-gov:"), "{arn}");
            }
        }
    }

    #[test]
    fn every_domain_has_to_be_allowed() {
        let start = permission("account:StartPrimaryEmailUpdate");
        let said = |decision| Simulated { decision, missing_context: Vec::new() };
        let mut simulated_result = SimulationResult::default();
        simulated_result.take(start.clone(), said(SimulatedDecision::Allowed));
        simulated_result.take(start.clone(), said(SimulatedDecision::ImplicitDeny));
        simulated_result.take(start.clone(), said(SimulatedDecision::Allowed));
        assert_eq!(simulated_result.simulated.get(&start), Some(&said(SimulatedDecision::ImplicitDeny)));
    }
}
