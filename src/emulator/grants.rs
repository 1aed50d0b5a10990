//! What the policies of a role, a user or a group leave it to do.

use std::collections::BTreeSet;

use super::denial::Denial;
use crate::domain::policy::{Decision, Policy, Request};

#[derive(Debug, Default)]
pub(crate) struct Grants {
    pub(crate) policies: Vec<Attached>,
    pub(crate) boundary: Option<Attached>,
}

#[derive(Debug, Clone)]
pub(crate) struct Attached {
    pub(crate) id: String,
    /// `None` for an inline policy.
    pub(crate) arn: Option<String>,
    pub(crate) policy: Policy,
}

/// One policy that denies is enough, then one that allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Say {
    Allowed,
    Nothing,
    Denied,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) identity: Say,
    /// `None` without a permissions boundary.
    pub(crate) boundary: Option<Say>,
    /// The ids of the policies that decide, once for each of their statements.
    pub(crate) identity_statements: Vec<String>,
    pub(crate) boundary_statements: Vec<String>,
    /// Condition keys they ask for, and the request does not have.
    pub(crate) missing_keys: BTreeSet<String>,
}

impl Grants {
    pub(crate) fn judge(&self, request: Request<'_>) -> Judgement {
        let (identity, identity_statements) = say(&self.policies, request);
        let boundary = self.boundary.as_slice();
        let (bounded, boundary_statements) = say(boundary, request);
        let all = self.policies.iter().chain(boundary);
        Judgement {
            identity,
            boundary: self.boundary.is_some().then_some(bounded),
            identity_statements,
            boundary_statements,
            missing_keys: all.flat_map(|attached| attached.policy.missing_keys(request)).collect(),
        }
    }
}

impl Judgement {
    /// `None` if it is allowed. That denials of identity policies come before those of a boundary is a guess.
    pub(crate) fn denial(&self) -> Option<Denial> {
        match (self.identity, self.boundary) {
            (Say::Denied, _) => Some(Denial::IdentityPolicy),
            (_, Some(Say::Denied)) => Some(Denial::PermissionsBoundary),
            (Say::Nothing, _) => Some(Denial::NoIdentityPolicy),
            (Say::Allowed, Some(Say::Nothing)) => Some(Denial::NoPermissionsBoundary),
            (Say::Allowed, None | Some(Say::Allowed)) => None,
        }
    }
}

fn say(policies: &[Attached], request: Request<'_>) -> (Say, Vec<String>) {
    let (mut allowing, mut denying) = (Vec::new(), Vec::new());
    for attached in policies {
        let evaluation = attached.policy.evaluate(request);
        let statements = evaluation.decisive.iter().map(|_| attached.id.clone());
        match evaluation.decision {
            Decision::Allowed => allowing.extend(statements),
            Decision::ExplicitDeny(_) => denying.extend(statements),
            Decision::ImplicitDeny => {}
        }
    }
    if !denying.is_empty() {
        (Say::Denied, denying)
    } else if !allowing.is_empty() {
        (Say::Allowed, allowing)
    } else {
        (Say::Nothing, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::policy::Context;

    fn attached(id: &str, statement: &Value) -> Attached {
        let Ok(policy) = Policy::parse(&json!({ "Statement": statement }).to_string()) else {
            unreachable!("{statement} is none");
        };
        Attached { id: id.to_owned(), arn: None, policy }
    }

    fn rule(effect: &str, action: &str) -> Value {
        json!({ "Effect": effect, "Action": action, "Resource": "*" })
    }

    fn judged(policies: &[(&str, &str)], boundary: Option<(&str, &str)>) -> Judgement {
        let attach = |(effect, action): &(&str, &str)| attached(effect, &rule(effect, action));
        let grants =
            Grants { policies: policies.iter().map(attach).collect(), boundary: boundary.as_ref().map(attach) };
        let context = Context::new();
        grants.judge(Request { action: "sts:AssumeRoot", resource: "*", context: &context })
    }

    #[test]
    fn a_deny_of_any_policy_wins_and_a_boundary_only_narrows() {
        let all = ("Allow", "*");
        for (policies, boundary, denial) in [
            (&[][..], None, Some(Denial::NoIdentityPolicy)),
            (&[all], None, None),
            (&[("Allow", "iam:*")], None, Some(Denial::NoIdentityPolicy)),
            (&[all, ("Deny", "sts:*")], None, Some(Denial::IdentityPolicy)),
            (&[("Deny", "sts:*"), all], Some(("Deny", "sts:*")), Some(Denial::IdentityPolicy)),
            (&[all], Some(("Allow", "iam:*")), Some(Denial::NoPermissionsBoundary)),
            (&[all], Some(("Deny", "sts:*")), Some(Denial::PermissionsBoundary)),
            (&[all], Some(("Allow", "sts:*")), None),
            (&[], Some(all), Some(Denial::NoIdentityPolicy)),
        ] {
            assert_eq!(judged(policies, boundary).denial(), denial, "{policies:?} {boundary:?}");
        }
    }

    #[test]
    fn every_statement_that_decides_is_counted() {
        let twice = attached("Twice", &json!([rule("Allow", "sts:*"), rule("Allow", "*")]));
        let grants = Grants { policies: vec![twice, attached("Once", &rule("Allow", "*"))], boundary: None };
        let context = Context::new();
        let said = grants.judge(Request { action: "sts:AssumeRoot", resource: "*", context: &context });
        assert_eq!(said.identity_statements, ["Twice", "Twice", "Once"]);
        assert_eq!(judged(&[("Allow", "*"), ("Deny", "*")], None).identity_statements, ["Deny"]);
    }
}
