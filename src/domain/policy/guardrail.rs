//! Policies that only take away: service control policies and their like.

use super::document::{Condition, Effect, Listed, Policy, Statement, StatementName};

const PRINCIPAL: &str = "aws:PrincipalArn";

impl Policy {
    /// Whether nothing in it allows anything, so that it can only take away from what other policies allow.
    pub(crate) fn is_guardrail(&self) -> bool {
        !self.statements.is_empty() && self.statements.iter().all(|statement| statement.effect == Effect::Deny)
    }

    /// The same for a caller to whom another policy allows everything.
    #[must_use]
    pub(crate) fn beside_full_access(&self) -> Self {
        let all = || Listed::These(vec!["*".to_owned()]);
        let full = Statement {
            name: StatementName { index: self.statements.len(), sid: Some("FullAWSAccess".to_owned()) },
            effect: Effect::Allow,
            principals: None,
            actions: all(),
            resources: Some(all()),
            conditions: Vec::new(),
        };
        let statements = self.statements.iter().cloned().chain([full]).collect();
        Self { statements, has_variables: self.has_variables }
    }

    /// Each statement that has conditions, with them: `statement 1 (Lock)`, `Bool aws:SecureTransport false`.
    pub(crate) fn conditional_statements(&self) -> Vec<(String, Vec<String>)> {
        let conditional = self.statements.iter().filter(|statement| !statement.conditions.is_empty());
        let with_conditions = |statement: &Statement| {
            let conditions = statement.conditions.iter().map(Condition::to_string);
            (statement.name.to_string(), conditions.collect())
        };
        conditional.map(with_conditions).collect()
    }

    /// Whether it tells callers that are not root from each other by their ARN.
    pub(crate) fn tells_callers_apart(&self) -> bool {
        let about = |key: &str| key.eq_ignore_ascii_case(PRINCIPAL);
        let conditions = self.statements.iter().flat_map(|statement| &statement.conditions);
        conditions
            .filter(|condition| about(&condition.key))
            .any(|condition| condition.values.iter().any(|value| !value.ends_with(":root")))
    }
}
