//! A policy document, as its JSON says it.

use std::fmt;

use serde_json::{Map, Value};

use super::not_json::NotJson;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(super) statements: Vec<Statement>,
    /// Only version 2012-10-17 has policy variables; older ones take them literally (AWS documentation).
    pub(super) has_variables: bool,
}

/// Why a text is no policy that can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PolicyError {
    NotJson(NotJson),
    NotAPolicy {
        /// Its number, from 1; `None` for the policy as a whole.
        statement: Option<usize>,
        problem: PolicyProblem,
    },
}

/// What is wrong with a policy or a statement. The names are those of its elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PolicyProblem {
    NotAnObject,
    Lacks(&'static str),
    NotText(String),
    UnknownVersion,
    UnknownElement(String),
    /// Neither an object nor a list.
    StatementKind,
    NoEffect,
    ListsNothing(String),
    Both(String, String),
    /// Neither `*` nor an object.
    PrincipalKind(String),
    ConditionNotAnObject,
    /// The operator whose keys are no object.
    OperatorNotAnObject(String),
    /// The key with a value that is neither text, number nor boolean.
    ConditionValue(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementName {
    /// Its place in the list, from 0.
    pub(crate) index: usize,
    pub(crate) sid: Option<String>,
}

/// `statement 2 (DenyAll)`; counted from 1, as people do.
impl fmt::Display for StatementName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "statement {}", self.index.saturating_add(1))?;
        match &self.sid {
            Some(sid) => write!(formatter, " ({sid})"),
            None => Ok(()),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) name: StatementName,
    pub(super) effect: Effect,
    /// `None` in policies that are attached to who they are about.
    pub(super) principals: Option<Listed<Principal>>,
    pub(super) actions: Listed<String>,
    /// `None` in policies that are attached to the one resource they are about.
    pub(super) resources: Option<Listed<String>>,
    pub(super) conditions: Vec<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// What a statement is about, or (`NotAction` and its like) all but which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Listed<T> {
    These(Vec<T>),
    AllBut(Vec<T>),
}

impl<T> Listed<T> {
    pub(super) fn entries(&self) -> &[T] {
        match self {
            Self::These(list) | Self::AllBut(list) => list,
        }
    }

    pub(super) fn covers(&self, matches: impl Fn(&T) -> bool) -> bool {
        match self {
            Self::These(list) => list.iter().any(matches),
            Self::AllBut(list) => !list.iter().any(matches),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Principal {
    /// `*`, or `*` among those of AWS.
    Everyone,
    /// An account id or an ARN.
    Aws(String),
    /// A service, a federation or a canonical user: nobody this program acts as.
    Other(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) operator: String,
    pub(super) key: String,
    pub(super) values: Vec<String>,
}

/// `StringNotEquals aws:PrincipalArn arn:…`
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.operator, self.key, self.values.join(", "))
    }
}

impl Policy {
    /// Elements that the policy language does not have are errors: skipping them might change the meaning.
    pub(crate) fn parse(text: &str) -> Result<Self, PolicyError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| PolicyError::NotJson(NotJson::of(text, &error)))?;
        let wrong = |problem| PolicyError::NotAPolicy { statement: None, problem };
        let Value::Object(mut members) = value else {
            return Err(wrong(PolicyProblem::NotAnObject));
        };
        let version = members.remove("Version");
        members.remove("Id");
        let statements = match members.remove("Statement") {
            Some(Value::Array(list)) => list,
            Some(one @ Value::Object(_)) => vec![one],
            Some(_) => return Err(wrong(PolicyProblem::StatementKind)),
            None => return Err(wrong(PolicyProblem::Lacks("Statement"))),
        };
        nothing_left(&members).map_err(wrong)?;
        let has_variables = match version.as_ref().map(Value::as_str) {
            None | Some(Some("2008-10-17")) => false,
            Some(Some("2012-10-17")) => true,
            Some(_) => return Err(wrong(PolicyProblem::UnknownVersion)),
        };
        let statements = statements.into_iter().enumerate().map(|(index, value)| {
            Statement::read(index, value)
                .map_err(|problem| PolicyError::NotAPolicy { statement: Some(index + 1), problem })
        });
        Ok(Self { statements: statements.collect::<Result<_, _>>()?, has_variables })
    }
}

impl Statement {
    fn read(index: usize, value: Value) -> Result<Self, PolicyProblem> {
        let Value::Object(mut members) = value else {
            return Err(PolicyProblem::NotAnObject);
        };
        let sid = match members.remove("Sid") {
            None => None,
            Some(Value::String(sid)) => Some(sid),
            Some(_) => return Err(PolicyProblem::NotText("Sid".to_owned())),
        };
        let effect = match members.remove("Effect").as_ref().and_then(Value::as_str) {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err(PolicyProblem::NoEffect),
        };
        let principals = either(&mut members, "Principal", "NotPrincipal", principals)?;
        let actions = either(&mut members, "Action", "NotAction", texts)?.ok_or(PolicyProblem::Lacks("Action"))?;
        let resources = either(&mut members, "Resource", "NotResource", texts)?;
        let conditions = members.remove("Condition").map_or_else(|| Ok(Vec::new()), conditions)?;
        nothing_left(&members)?;
        Ok(Self { name: StatementName { index, sid }, effect, principals, actions, resources, conditions })
    }
}

fn nothing_left(members: &Map<String, Value>) -> Result<(), PolicyProblem> {
    match members.keys().next() {
        Some(name) => Err(PolicyProblem::UnknownElement(name.clone())),
        None => Ok(()),
    }
}

/// A list of nothing is refused, as AWS does: all but nothing would be everything.
fn either<T>(
    members: &mut Map<String, Value>,
    these: &str,
    all_but: &str,
    read: impl Fn(&str, Value) -> Result<Vec<T>, PolicyProblem>,
) -> Result<Option<Listed<T>>, PolicyProblem> {
    let read = |name: &str, value| match read(name, value) {
        Ok(list) if list.is_empty() => Err(PolicyProblem::ListsNothing(name.to_owned())),
        other => other,
    };
    match (members.remove(these), members.remove(all_but)) {
        (None, None) => Ok(None),
        (Some(value), None) => Ok(Some(Listed::These(read(these, value)?))),
        (None, Some(value)) => Ok(Some(Listed::AllBut(read(all_but, value)?))),
        (Some(_), Some(_)) => Err(PolicyProblem::Both(these.to_owned(), all_but.to_owned())),
    }
}

fn texts(name: &str, value: Value) -> Result<Vec<String>, PolicyProblem> {
    let list = match value {
        Value::Array(list) => list,
        one => vec![one],
    };
    let text = |value| match value {
        Value::String(text) => Ok(text),
        _ => Err(PolicyProblem::NotText(name.to_owned())),
    };
    list.into_iter().map(text).collect()
}

fn principals(name: &str, value: Value) -> Result<Vec<Principal>, PolicyProblem> {
    let kinds = match value {
        Value::String(text) if text == "*" => return Ok(vec![Principal::Everyone]),
        Value::Object(kinds) => kinds,
        _ => return Err(PolicyProblem::PrincipalKind(name.to_owned())),
    };
    let mut all = Vec::new();
    for (kind, value) in kinds {
        let of_kind = texts(name, value)?.into_iter().map(|text| match (kind.as_str(), text.as_str()) {
            ("AWS", "*") => Principal::Everyone,
            ("AWS", _) => Principal::Aws(text),
            _ => Principal::Other(text),
        });
        all.extend(of_kind);
    }
    Ok(all)
}

/// `{operator: {key: value or list of values}}`; numbers and booleans count as their text.
fn conditions(value: Value) -> Result<Vec<Condition>, PolicyProblem> {
    let Value::Object(operators) = value else {
        return Err(PolicyProblem::ConditionNotAnObject);
    };
    let mut all = Vec::new();
    for (operator, keys) in operators {
        let Value::Object(keys) = keys else {
            return Err(PolicyProblem::OperatorNotAnObject(operator));
        };
        for (key, value) in keys {
            let values = match value {
                Value::Array(list) => list,
                one => vec![one],
            };
            let values = values.into_iter().map(|value| match value {
                Value::String(text) => Ok(text),
                Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
                _ => Err(PolicyProblem::ConditionValue(key.clone())),
            });
            let values = values.collect::<Result<_, _>>()?;
            all.push(Condition { operator: operator.clone(), key, values });
        }
    }
    Ok(all)
}
