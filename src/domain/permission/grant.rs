//! Policies that allow what a flow needs, and no more.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{About, Action, ConditionKey, Permission, PolicyScope, ResourceKind};
use crate::domain::flow::{Flow, Weight};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PolicyRequest {
    pub(crate) flows: BTreeSet<Flow>,
    /// Also what only helps them.
    pub(crate) helpful: bool,
    /// Also what AWS's documents contradict each other about.
    pub(crate) doubtful: bool,
}

impl PolicyRequest {
    pub(crate) fn of(flows: impl IntoIterator<Item = Flow>) -> Self {
        Self { flows: flows.into_iter().collect(), helpful: true, doubtful: false }
    }

    pub(crate) fn permissions(&self) -> BTreeSet<Permission> {
        let all = self.flows.iter().flat_map(|flow| flow.permissions());
        let wanted = all.filter(|(_, weight)| match weight {
            Weight::Essential => true,
            Weight::Helpful => self.helpful,
            Weight::Doubtful => self.doubtful,
        });
        wanted.map(|(permission, _)| permission).collect()
    }
}

/// An IAM policy for the caller that allows `wanted`, as JSON.
pub(crate) fn policy(wanted: &PolicyRequest, place: &PolicyScope) -> String {
    let permissions = wanted.permissions();
    let mut statements: Vec<Statement> = Vec::new();
    for action in super::ACTIONS {
        let abouts: Vec<&About> =
            permissions.iter().filter(|one| one.action == action).map(|permission| &permission.about).collect();
        if abouts.is_empty() {
            continue;
        }
        let statement = Statement::allowing(action, &abouts, place);
        match statements.iter_mut().find(|other| other.is_like(&statement)) {
            Some(other) => other.actions.extend(statement.actions),
            None => statements.push(statement),
        }
    }
    number_alike(&mut statements);
    text(&Document { version: VERSION, statements })
}

/// A service control policy that denies root of the member accounts everything but what is done in root sessions: those
/// carry `aws:AssumedRoot`, a root user who signed in does not.
pub(crate) fn root_guard(place: &PolicyScope) -> String {
    let root = format!("arn:{}:iam::*:root", place.partition);
    let condition = [
        ("ArnLike", BTreeMap::from([("aws:PrincipalArn", OneOrMore::One(root))])),
        ("Null", BTreeMap::from([("aws:AssumedRoot", OneOrMore::One("true".to_owned()))])),
    ];
    let statement = Statement {
        sid: "DenyRootOutsideOfRootSessions".to_owned(),
        effect: "Deny",
        actions: OneOrMore::One("*".to_owned()),
        resources: OneOrMore::One("*".to_owned()),
        condition: BTreeMap::from(condition),
    };
    text(&Document { version: VERSION, statements: vec![statement] })
}

const VERSION: &str = "2012-10-17";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    version: &'static str,
    #[serde(rename = "Statement")]
    statements: Vec<Statement>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    sid: String,
    effect: &'static str,
    #[serde(rename = "Action")]
    actions: OneOrMore,
    #[serde(rename = "Resource")]
    resources: OneOrMore,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    condition: Condition,
}

/// By operator and key.
type Condition = BTreeMap<&'static str, BTreeMap<&'static str, OneOrMore>>;

#[derive(PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl From<Vec<String>> for OneOrMore {
    fn from(mut list: Vec<String>) -> Self {
        match (list.pop(), list.is_empty()) {
            (Some(one), true) => Self::One(one),
            (end, _) => Self::More(list.into_iter().chain(end).collect()),
        }
    }
}

impl OneOrMore {
    fn extend(&mut self, more: Self) {
        let list = |this| match this {
            Self::One(one) => vec![one],
            Self::More(list) => list,
        };
        let mut all = list(std::mem::replace(self, Self::More(Vec::new())));
        all.extend(list(more));
        *self = all.into();
    }
}

impl Statement {
    fn allowing(action: &Action, abouts: &[&About], place: &PolicyScope) -> Self {
        let mut condition = Condition::new();
        for key in action.keys() {
            let values = values(*key, abouts, place);
            if !values.is_empty() {
                condition.entry(key.operator()).or_default().insert(key.as_str(), values.into());
            }
        }
        Self {
            sid: action.purpose.to_owned(),
            effect: "Allow",
            actions: OneOrMore::One(action.name.to_owned()),
            resources: resources(action, place).into(),
            condition,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        self.sid == other.sid && self.resources == other.resources && self.condition == other.condition
    }
}

/// Who may list the accounts may ask about each of them.
fn resources(action: &Action, place: &PolicyScope) -> Vec<String> {
    match action.resource() {
        ResourceKind::Unit | ResourceKind::OrganizationAccount if !action.writes => vec!["*".to_owned()],
        kind => kind.patterns(place),
    }
}

fn values(key: ConditionKey, abouts: &[&About], place: &PolicyScope) -> Vec<String> {
    let value = |about: &&About| match (key, about) {
        (ConditionKey::ServicePrincipal, About::Service(service)) => Some(service.to_string()),
        (ConditionKey::TaskPolicyArn, About::Task(task)) => Some(task.arn(&place.partition)),
        _ => None,
    };
    match key {
        ConditionKey::EmailTargetDomain => place.domains.iter().cloned().collect(),
        _ => abouts.iter().filter_map(value).collect(),
    }
}

/// A `Sid` stands once in a policy.
fn number_alike(statements: &mut [Statement]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for statement in statements {
        let count = seen.entry(statement.sid.clone()).or_default();
        *count += 1;
        if *count > 1 {
            statement.sid = format!("{}{count}", statement.sid);
        }
    }
}

fn text(document: &Document) -> String {
    // Texts and maps with texts for keys always have a form in JSON.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}
