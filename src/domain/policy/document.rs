//! A policy document, as its JSON says it.

use std::fmt;

use serde_json::{Map, Value};

use super::not_json::not_json;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(super) statements: Vec<Statement>,
    /// Only version 2012-10-17 has policy variables; older ones take them literally (AWS documentation).
    pub(super) has_variables: bool,
}

/// Why a text is no policy that can be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PolicyError {
    /// The text is not JSON; what is wrong, and where.
    #[error("not JSON: {0}")]
    NotJson(String),
    #[error("{place} {problem}")]
    NotAPolicy {
        /// `the policy`, or which statement of it.
        place: String,
        problem: String,
    },
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

    /// Whether it covers something, given which entries match it.
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

impl Policy {
    /// Elements that the policy language does not have are errors: skipping them might change the meaning.
    pub(crate) fn parse(text: &str) -> Result<Self, PolicyError> {
        let value: Value = serde_json::from_str(text).map_err(|error| PolicyError::NotJson(not_json(text, &error)))?;
        let wrong = |problem: String| PolicyError::NotAPolicy { place: "the policy".to_owned(), problem };
        let Value::Object(mut members) = value else {
            return Err(wrong("is not an object".to_owned()));
        };
        let version = members.remove("Version");
        members.remove("Id");
        let statements = match members.remove("Statement") {
            Some(Value::Array(list)) => list,
            Some(one @ Value::Object(_)) => vec![one],
            Some(_) => return Err(wrong("has a Statement that is neither an object nor a list".to_owned())),
            None => return Err(wrong("has no Statement".to_owned())),
        };
        nothing_left(&members).map_err(wrong)?;
        let has_variables = match version.as_ref().map(Value::as_str) {
            None | Some(Some("2008-10-17")) => false,
            Some(Some("2012-10-17")) => true,
            Some(_) => return Err(wrong("has an unknown Version".to_owned())),
        };
        let statements = statements.into_iter().enumerate().map(|(index, value)| {
            Statement::read(index, value)
                .map_err(|problem| PolicyError::NotAPolicy { place: format!("statement {}", index + 1), problem })
        });
        Ok(Self { statements: statements.collect::<Result<_, _>>()?, has_variables })
    }
}

impl Statement {
    fn read(index: usize, value: Value) -> Result<Self, String> {
        let Value::Object(mut members) = value else {
            return Err("is not an object".to_owned());
        };
        let sid = match members.remove("Sid") {
            None => None,
            Some(Value::String(sid)) => Some(sid),
            Some(_) => return Err("has a Sid that is not text".to_owned()),
        };
        let effect = match members.remove("Effect").as_ref().and_then(Value::as_str) {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err("has no Effect of Allow or Deny".to_owned()),
        };
        let principals = either(&mut members, "Principal", "NotPrincipal", principals)?;
        let actions = either(&mut members, "Action", "NotAction", texts)?.ok_or("has neither Action nor NotAction")?;
        let resources = either(&mut members, "Resource", "NotResource", texts)?;
        let conditions = members.remove("Condition").map_or_else(|| Ok(Vec::new()), conditions)?;
        nothing_left(&members)?;
        Ok(Self { name: StatementName { index, sid }, effect, principals, actions, resources, conditions })
    }
}

fn nothing_left(members: &Map<String, Value>) -> Result<(), String> {
    match members.keys().next() {
        Some(name) => Err(format!("has an element that policies do not have: {name}")),
        None => Ok(()),
    }
}

/// A list of nothing is refused, as AWS does: all but nothing would be everything.
fn either<T>(
    members: &mut Map<String, Value>,
    these: &str,
    all_but: &str,
    read: impl Fn(&str, Value) -> Result<Vec<T>, String>,
) -> Result<Option<Listed<T>>, String> {
    let read = |name: &str, value| match read(name, value) {
        Ok(list) if list.is_empty() => Err(format!("has a {name} that lists nothing")),
        other => other,
    };
    match (members.remove(these), members.remove(all_but)) {
        (None, None) => Ok(None),
        (Some(value), None) => Ok(Some(Listed::These(read(these, value)?))),
        (None, Some(value)) => Ok(Some(Listed::AllBut(read(all_but, value)?))),
        (Some(_), Some(_)) => Err(format!("has both {these} and {all_but}")),
    }
}

fn texts(name: &str, value: Value) -> Result<Vec<String>, String> {
    let list = match value {
        Value::Array(list) => list,
        one => vec![one],
    };
    let text = |value| match value {
        Value::String(text) => Ok(text),
        _ => Err(format!("has a {name} that is not text")),
    };
    list.into_iter().map(text).collect()
}

fn principals(name: &str, value: Value) -> Result<Vec<Principal>, String> {
    let kinds = match value {
        Value::String(text) if text == "*" => return Ok(vec![Principal::Everyone]),
        Value::Object(kinds) => kinds,
        _ => return Err(format!("has a {name} that is neither * nor an object")),
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
fn conditions(value: Value) -> Result<Vec<Condition>, String> {
    let Value::Object(operators) = value else {
        return Err("has a Condition that is not an object".to_owned());
    };
    let mut all = Vec::new();
    for (operator, keys) in operators {
        let Value::Object(keys) = keys else {
            return Err(format!("has a Condition whose {operator} is not an object"));
        };
        for (key, value) in keys {
            let values = match value {
                Value::Array(list) => list,
                one => vec![one],
            };
            let values = values.into_iter().map(|value| match value {
                Value::String(text) => Ok(text),
                Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
                _ => Err(format!("has a Condition whose {key} is neither text, number nor boolean")),
            });
            let values = values.collect::<Result<_, _>>()?;
            all.push(Condition { operator: operator.clone(), key, values });
        }
    }
    Ok(all)
}
