//! What a policy says about a request.

use std::collections::BTreeSet;

use super::condition::Met;
use super::context::Context;
use super::document::{Effect, Listed, Policy, Principal, Statement, StatementName};
use super::pattern::{NoValue, Pattern};

/// A request, as policies see it.
///
/// The caller is in the context, as `aws:PrincipalArn` and `aws:PrincipalAccount`; without them it is unknown, and a
/// `Principal` names it only as `*`. For the session of a role that is the role: a `Principal` that names one session
/// is not recognized.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    /// With the service's prefix, for instance `s3:GetBucketPolicy`.
    pub(crate) action: &'a str,
    /// An ARN, or `*` for actions that know no resource.
    pub(crate) resource: &'a str,
    pub(crate) context: &'a Context,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// A statement allows it and none denies it.
    Allowed,
    /// No statement is about it.
    ImplicitDeny,
    /// This statement denies it; the first of them, if there are several.
    ExplicitDeny(StatementName),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evaluation {
    /// With what is not understood taken for the stricter of its meanings.
    pub(crate) decision: Decision,
    /// Condition operators that are not implemented here, and policy variables without a value, that statements about
    /// this request depend on. If there are any, AWS may decide otherwise.
    pub(crate) not_understood: BTreeSet<String>,
    /// The statements that make the decision: all that allow it, or all that deny it. None for an implicit deny.
    pub(crate) decisive: Vec<StatementName>,
}

/// What a statement says about a request that it is about, or may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementAbout {
    pub(crate) statement: StatementName,
    pub(crate) denies: bool,
    /// The condition keys, operators and policy variables that it depends on; none if it holds.
    pub(crate) depends_on: BTreeSet<String>,
}

impl Policy {
    /// Each statement that is about the request, or may be, in the order of the document.
    pub(crate) fn statements_about(&self, request: Request<'_>) -> Vec<StatementAbout> {
        let about = |statement: &Statement| {
            let depends_on = match self.holds(statement, request) {
                Met::No => return None,
                Met::Yes => BTreeSet::new(),
                Met::Unknown(what) => what.into_iter().collect(),
            };
            let denies = statement.effect == Effect::Deny;
            Some(StatementAbout { statement: statement.name.clone(), denies, depends_on })
        };
        self.statements.iter().filter_map(about).collect()
    }

    /// Whether the conditions of a statement, by its place from 0, have this key.
    pub(crate) fn has_condition_on(&self, index: usize, key: &str) -> bool {
        let conditions = self.statements.get(index).map(|statement| statement.conditions.as_slice());
        conditions.unwrap_or_default().iter().any(|condition| condition.key.eq_ignore_ascii_case(key))
    }

    pub(crate) fn evaluate(&self, request: Request<'_>) -> Evaluation {
        let (mut allowing, mut denying) = (Vec::new(), Vec::new());
        let mut not_understood = BTreeSet::new();
        for statement in &self.statements {
            let holds = self.holds(statement, request);
            if let Met::Unknown(what) = &holds {
                not_understood.extend(what.iter().cloned());
            }
            match (statement.effect, holds) {
                (_, Met::No) | (Effect::Allow, Met::Unknown(_)) => {}
                (Effect::Allow, Met::Yes) => allowing.push(statement.name.clone()),
                (Effect::Deny, Met::Yes | Met::Unknown(_)) => denying.push(statement.name.clone()),
            }
        }
        let (decision, decisive) = match (denying.first().cloned(), allowing.is_empty()) {
            (Some(first), _) => (Decision::ExplicitDeny(first), denying),
            (None, false) => (Decision::Allowed, allowing),
            (None, true) => (Decision::ImplicitDeny, Vec::new()),
        };
        Evaluation { decision, not_understood, decisive }
    }

    /// The condition keys that statements about this action and resource need and the request does not have.
    pub(crate) fn missing_keys(&self, request: Request<'_>) -> BTreeSet<String> {
        let about = |statement: &&Statement| {
            statement.covers_action(request.action) && self.covers_resource(statement, request) != Met::No
        };
        let conditions = self.statements.iter().filter(about).flat_map(|statement| &statement.conditions);
        let keys = conditions.map(|condition| &condition.key);
        keys.filter(|key| request.context.values(key).is_none()).cloned().collect()
    }

    /// Whether a statement is about the request and its conditions are met. A certain no beats what is unknown.
    fn holds(&self, statement: &Statement, request: Request<'_>) -> Met {
        let named = statement.principals.as_ref().is_none_or(|principals| names_caller(principals, request.context));
        if !named || !statement.covers_action(request.action) {
            return Met::No;
        }
        let conditions =
            statement.conditions.iter().map(|condition| condition.met(request.context, self.has_variables));
        let mut unknown = Vec::new();
        for met in std::iter::once(self.covers_resource(statement, request)).chain(conditions) {
            match met {
                Met::Yes => {}
                Met::No => return Met::No,
                Met::Unknown(what) => unknown.extend(what),
            }
        }
        if unknown.is_empty() { Met::Yes } else { Met::Unknown(unknown) }
    }

    pub(super) fn covers_resource(&self, statement: &Statement, request: Request<'_>) -> Met {
        let Some(resources) = &statement.resources else {
            return Met::Yes;
        };
        let variables = self.has_variables.then_some(request.context);
        // As in conditions: what has no value might match nothing or anything.
        let covers = |otherwise: bool| {
            resources.covers(|text| {
                Pattern::new(text, variables).map_or(otherwise, |pattern| pattern.matches(request.resource))
            })
        };
        let (least, most) = (covers(false), covers(true));
        if least == most {
            return Met::from(least);
        }
        let unclear = resources.entries().iter().filter_map(|text| Pattern::new(text, variables).err());
        Met::Unknown(unclear.map(|NoValue(variable)| variable).collect())
    }
}

impl Statement {
    pub(super) fn covers_action(&self, action: &str) -> bool {
        let action = action.to_lowercase();
        let matches =
            |text: &String| Pattern::new(&text.to_lowercase(), None).is_ok_and(|pattern| pattern.matches(&action));
        self.actions.covers(matches)
    }
}

/// `Principal` names a caller by the ARN or by the account. `NotPrincipal` spares only callers listed by the ARN (AWS
/// documentation: listing the account does not spare those in it).
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
pub(super) fn is_account_arn(text: &str, account: &str) -> bool {
    let parts: Vec<_> = text.split(':').collect();
    matches!(parts.as_slice(), ["arn", _, "iam", "", named, "root"] if *named == account)
}
