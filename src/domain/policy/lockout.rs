//! The statements of a resource's policy that shut everyone out.

use super::condition::Met;
use super::context::Context;
use super::document::{Condition, Effect, Listed, Policy, Principal, Statement, StatementName};
use super::evaluate::{Request, is_account_arn};

/// A statement that denies everyone, or nearly everyone, to look at or change a resource's policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lockout {
    pub(crate) statement: StatementName,
    /// Which of the actions asked about it denies, in the order they were asked about.
    pub(crate) actions: Vec<String>,
    pub(crate) reach: Reach,
    /// One a line, for instance `StringNotEquals aws:PrincipalArn arn:…`. They are not judged: whether they are met
    /// differs from request to request. If there are none, the statement always holds.
    pub(crate) conditions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    Everyone,
    /// Everyone but these, as the policy names them (`NotPrincipal`). They may no longer exist.
    AllBut(Vec<String>),
    /// Everyone in the account that owns the resource: a Deny of an account is one of all in it.
    Owner,
}

/// The statements of `policy` that deny everyone at least one of `actions` on `resource`.
///
/// `actions` are those it takes to fix the policy, for instance `s3:PutBucketPolicy`; `owner` is the account of the
/// resource. A statement about other particular principals is none of these. Policy variables in its resource count as
/// if they matched.
pub(crate) fn lockouts(policy: &Policy, actions: &[&str], resource: &str, owner: &str) -> Vec<Lockout> {
    let context = Context::new();
    let lockout = |statement: &Statement| {
        if statement.effect != Effect::Deny || is_about_plain_http(statement) {
            return None;
        }
        let reach = reach(statement, owner)?;
        let denies = |action: &&str| {
            let request = Request { action, resource, context: &context };
            statement.covers_action(action) && policy.covers_resource(statement, request) != Met::No
        };
        let actions: Vec<_> = actions.iter().copied().filter(denies).map(str::to_owned).collect();
        let conditions = statement.conditions.iter().map(Condition::to_string).collect();
        (!actions.is_empty()).then(|| Lockout { statement: statement.name.clone(), actions, reach, conditions })
    };
    policy.statements.iter().filter_map(lockout).collect()
}

/// A statement that allows something to everyone, in any account or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenStatement {
    pub(crate) statement: StatementName,
    /// As those of a [`Lockout`].
    pub(crate) conditions: Vec<String>,
}

/// The statements of `policy` that allow everyone something, or everyone but some. Whether a bucket blocks public
/// access is not looked at.
pub(crate) fn open_statements(policy: &Policy) -> Vec<OpenStatement> {
    let is_open = |statement: &&Statement| {
        statement.effect == Effect::Allow
            && match &statement.principals {
                Some(Listed::These(list)) => list.contains(&Principal::Everyone),
                Some(Listed::AllBut(_)) => true,
                None => false,
            }
    };
    let open = |statement: &Statement| OpenStatement {
        statement: statement.name.clone(),
        conditions: statement.conditions.iter().map(Condition::to_string).collect(),
    };
    policy.statements.iter().filter(is_open).map(open).collect()
}

/// Whether the statement holds only for calls without TLS, which AWS's clients do not make.
fn is_about_plain_http(statement: &Statement) -> bool {
    statement.conditions.iter().any(|condition| {
        let operator = &condition.operator;
        (operator.eq_ignore_ascii_case("Bool") || operator.eq_ignore_ascii_case("BoolIfExists"))
            && condition.key.eq_ignore_ascii_case("aws:SecureTransport")
            && !condition.values.is_empty()
            && condition.values.iter().all(|value| value.eq_ignore_ascii_case("false"))
    })
}

fn reach(statement: &Statement, owner: &str) -> Option<Reach> {
    let is_owner =
        |one: &Principal| matches!(one, Principal::Aws(text) if text == owner || is_account_arn(text, owner));
    match statement.principals.as_ref()? {
        Listed::These(list) if list.contains(&Principal::Everyone) => Some(Reach::Everyone),
        Listed::These(list) => list.iter().any(is_owner).then_some(Reach::Owner),
        Listed::AllBut(list) if list.contains(&Principal::Everyone) => None,
        Listed::AllBut(list) => {
            let names = list.iter().map(|principal| match principal {
                Principal::Everyone => "*".to_owned(),
                Principal::Aws(name) | Principal::Other(name) => name.clone(),
            });
            Some(Reach::AllBut(names.collect()))
        }
    }
}
