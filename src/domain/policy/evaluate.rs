//! What a policy says about a request.

use std::collections::BTreeSet;

use super::condition::{Context, Met};
use super::document::{Condition, Effect, Listed, Policy, Principal, Statement, StatementName};
use super::pattern::Pattern;

/// A request, as policies see it.
///
/// Who asks is in the context, as `aws:PrincipalArn` and `aws:PrincipalAccount`; without them
/// somebody unknown asks, whom a `Principal` names only as `*`.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// With the service's prefix, for instance `s3:GetBucketPolicy`.
    pub action: &'a str,
    /// An ARN, or `*` for actions that know no resource.
    pub resource: &'a str,
    /// What else is known of it.
    pub context: &'a Context,
}

/// What one policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows it and none denies it.
    Allowed,
    /// No statement is about it.
    ImplicitDeny,
    /// This statement denies it; the first of them, if there are several.
    ExplicitDeny(StatementName),
}

/// A decision, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// With what is not understood taken for the stricter of its meanings.
    pub decision: Decision,
    /// The condition operators of statements about this request that are not implemented here.
    /// If there are any, AWS may decide otherwise.
    pub unknown_operators: BTreeSet<String>,
}

impl Policy {
    /// What this policy says about `request`.
    #[must_use]
    pub fn evaluate(&self, request: Request<'_>) -> Evaluation {
        let mut decision = Decision::ImplicitDeny;
        let mut unknown_operators = BTreeSet::new();
        for statement in self.statements.iter().filter(|statement| self.is_about(statement, request)) {
            let (met, unknown) = self.conditions(&statement.conditions, request.context);
            unknown_operators.extend(unknown);
            match (statement.effect, met) {
                (_, Met::No) | (Effect::Allow, Met::Unknown) => {}
                (Effect::Allow, Met::Yes) => {
                    if decision == Decision::ImplicitDeny {
                        decision = Decision::Allowed;
                    }
                }
                (Effect::Deny, Met::Yes | Met::Unknown) => {
                    if !matches!(decision, Decision::ExplicitDeny(_)) {
                        decision = Decision::ExplicitDeny(statement.name.clone());
                    }
                }
            }
        }
        Evaluation { decision, unknown_operators }
    }

    fn is_about(&self, statement: &Statement, request: Request<'_>) -> bool {
        statement.covers_action(request.action)
            && self.covers_resource(statement, request)
            && statement.principals.as_ref().is_none_or(|principals| names_caller(principals, request.context))
    }

    pub(super) fn covers_resource(&self, statement: &Statement, request: Request<'_>) -> bool {
        let variables = self.has_variables.then_some(request.context);
        let matches =
            |text: &String| Pattern::new(text, variables).is_some_and(|pattern| pattern.matches(request.resource));
        statement.resources.as_ref().is_none_or(|resources| resources.covers(matches))
    }

    /// All together: one that is not met decides, whatever the others mean.
    fn conditions(&self, conditions: &[Condition], context: &Context) -> (Met, Vec<String>) {
        let mut unknown = Vec::new();
        for condition in conditions {
            match condition.met(context, self.has_variables) {
                Met::Yes => {}
                Met::No => return (Met::No, Vec::new()),
                Met::Unknown => unknown.push(condition.operator.clone()),
            }
        }
        let met = if unknown.is_empty() { Met::Yes } else { Met::Unknown };
        (met, unknown)
    }
}

impl Statement {
    pub(super) fn covers_action(&self, action: &str) -> bool {
        let action = action.to_lowercase();
        let matches =
            |text: &String| Pattern::new(&text.to_lowercase(), None).is_some_and(|pattern| pattern.matches(&action));
        self.actions.covers(matches)
    }
}

/// `Principal` names somebody by the ARN or by the account, that is as everybody in it.
/// `NotPrincipal` spares only who is listed by the ARN (AWS documentation: listing the account
/// does not spare those in it).
fn names_caller(principals: &Listed<Principal>, context: &Context) -> bool {
    let arn = context.one("aws:PrincipalArn");
    let account = context.one("aws:PrincipalAccount");
    let by_account = |text: &str| account.is_some_and(|account| account == text || is_account_arn(text, account));
    principals.covers(|principal| match principal {
        Principal::Everyone => true,
        Principal::Aws(text) => match principals {
            Listed::These(_) => arn == Some(text.as_str()) || by_account(text),
            Listed::AllBut(_) => arn == Some(text.as_str()),
        },
        Principal::Other(_) => false,
    })
}

/// Whether `text` is `arn:PARTITION:iam::ACCOUNT:root`.
fn is_account_arn(text: &str, account: &str) -> bool {
    let parts: Vec<_> = text.split(':').collect();
    matches!(parts.as_slice(), ["arn", _, "iam", "", named, "root"] if *named == account)
}
