//! What the policy of a bucket or queue is, apart from its words.

use serde_json::Value;

use super::account::AccountId;
use super::client_error::PolicyFileError;
use super::policy::{Lockout, NotJson, OpenStatement, Policy, PolicyError, lockouts, open_statements};
use super::policy_holder::PolicyHolder;
use super::task_policy::TaskPolicy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) bytes: usize,
    /// How many statements it has; `None` if it is no policy that can be read.
    pub(crate) statements: Option<usize>,
    /// The statements that shut out everyone, or why that can't be told.
    pub(crate) lockouts: Result<Vec<Lockout>, PolicyError>,
    /// The statements that allow everyone something, as far as they can be read.
    pub(crate) open: Vec<OpenStatement>,
}

/// Whether the policy of a bucket or queue keeps people from changing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LockState {
    NoPolicy,
    /// No statement locks out all principals.
    NotLocked,
    /// A statement does, on conditions that depend on each call.
    Depends,
    Locked,
    /// It can't be told what the policy does.
    Unclear,
}

pub(crate) fn lock_state(
    policy: Option<&str>,
    holder: &PolicyHolder,
    account: AccountId,
    partition: &str,
) -> LockState {
    match policy.map(|text| judge(text, holder, account, partition).lockouts) {
        None => LockState::NoPolicy,
        Some(Err(_)) => LockState::Unclear,
        Some(Ok(found)) if found.is_empty() => LockState::NotLocked,
        Some(Ok(found)) if found.iter().all(|lockout| !lockout.conditions.is_empty()) => LockState::Depends,
        Some(Ok(_)) => LockState::Locked,
    }
}

/// Whether a text can be a policy at all: a JSON object with statements, which are AWS's to judge.
pub(crate) fn check(text: &str) -> Result<(), PolicyFileError> {
    match serde_json::from_str::<Value>(text) {
        Err(error) => Err(PolicyFileError::NotJson(NotJson::of(text, &error))),
        Ok(Value::Object(fields)) => match fields.get("Statement") {
            Some(Value::Array(statements)) if !statements.is_empty() => Ok(()),
            Some(Value::Object(_)) => Ok(()),
            _ => Err(PolicyFileError::NoStatements),
        },
        Ok(_) => Err(PolicyFileError::NoObject),
    }
}

/// Whether it is a policy without any statement, which AWS refuses: there is only deleting it.
pub(crate) fn is_empty(text: &str) -> bool {
    let value = serde_json::from_str::<Value>(text).ok();
    value.is_some_and(|value| value.get("Statement").and_then(Value::as_array).is_some_and(Vec::is_empty))
}

pub(crate) fn judge(text: &str, holder: &PolicyHolder, account: AccountId, partition: &str) -> Judgement {
    let statements = serde_json::from_str::<Value>(text).ok().and_then(|value| match value.get("Statement") {
        Some(Value::Array(all)) => Some(all.len()),
        Some(Value::Object(_)) => Some(1),
        _ => None,
    });
    let (task, resource) = match holder {
        PolicyHolder::Bucket { name, .. } => (TaskPolicy::UnlockBucketPolicy, format!("arn:{partition}:s3:::{name}")),
        PolicyHolder::Queue { region, .. } => {
            let name = holder.name();
            (TaskPolicy::UnlockQueuePolicy, format!("arn:{partition}:sqs:{region}:{account}:{name}"))
        }
    };
    // What the task policy allows on the one bucket or queue is what fixing its policy takes.
    let fixing: Vec<&str> = task.actions().iter().copied().filter(|action| !action.contains(":List")).collect();
    let policy = Policy::parse(text);
    let open = policy.as_ref().map(open_statements).unwrap_or_default();
    let found = policy.map(|policy| lockouts(&policy, &fixing, &resource, &account.to_string()));
    Judgement { bytes: text.len(), statements, lockouts: found, open }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy_holder::is_same_policy;

    #[test]
    fn a_policy_is_an_object_with_statements() {
        assert!(check(r#"{"Statement": [{}]}"#).is_ok() && check(r#"{"Statement": {}}"#).is_ok());
        for wrong in ["", "{", "[]", "{}", r#"{"Statement": []}"#, r#"{"statement": [{}]}"#, r#"{"Statement": "x"}"#] {
            assert!(check(wrong).is_err(), "{wrong}");
            assert_eq!(is_empty(wrong), wrong.contains("[]}"), "{wrong}");
        }
    }

    #[test]
    fn what_is_allowed_to_everyone_is_found() {
        let account: AccountId = "444455556666".parse().expect("an id");
        let bucket = PolicyHolder::Bucket { name: "b".into(), region: "eu-west-1".into() };
        let open = |principal: &str, rest: &str| {
            let text =
                format!(r#"{{"Statement":{{"Effect":"Allow",{principal},"Action":"s3:*","Resource":"*"{rest}}}}}"#);
            judge(&text, &bucket, account, "aws").open.into_iter().map(|open| open.conditions.len()).collect::<Vec<_>>()
        };
        assert_eq!(open(r#""Principal":"*""#, ""), [0]);
        assert_eq!(open(r#""Principal":{"AWS":["arn:aws:iam::444455556666:root","*"]}"#, ""), [0]);
        assert_eq!(open(r#""NotPrincipal":{"AWS":"444455556666"}"#, ""), [0]);
        let condition = r#","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#;
        assert_eq!(open(r#""Principal":"*""#, condition), [1]);
        assert!(open(r#""Principal":{"AWS":"444455556666"}"#, "").is_empty());
    }

    #[test]
    fn what_is_not_known_of_a_policy_is_not_taken_for_open() {
        let account: AccountId = "444455556666".parse().expect("an id");
        let bucket = PolicyHolder::Bucket { name: "b".into(), region: "eu-west-1".into() };
        let state = |policy: Option<&str>| lock_state(policy, &bucket, account, "aws");
        let deny = |principal: &str, condition: &str| {
            format!(
                r#"{{"Statement":{{"Effect":"Deny","Principal":"{principal}","Action":"s3:*","Resource":"*"{condition}}}}}"#
            )
        };
        assert_eq!((state(None), state(Some("{"))), (LockState::NoPolicy, LockState::Unclear));
        assert_eq!(state(Some(&deny("*", ""))), LockState::Locked);
        let condition = r#","Condition":{"StringNotEquals":{"aws:PrincipalArn":"x"}}"#;
        assert_eq!(state(Some(&deny("*", condition))), LockState::Depends);
        assert_eq!(state(Some(r#"{"Statement":[]}"#)), LockState::NotLocked);
    }

    #[test]
    fn the_same_policy_is_known_in_other_blanks() {
        assert!(is_same_policy(r#"{"a":1,"b":[2]}"#, "{ \"b\": [2],\n \"a\": 1 }"));
        assert!(!is_same_policy(r#"{"a":1}"#, r#"{"a":2}"#));
        let put = r#"{"Statement": [{"Action": ["b", "a"], "Effect": "Allow"}]}"#;
        assert!(is_same_policy(put, r#"{"Statement":{"Effect":"Allow","Action":["a","b"]}}"#));
        assert!(!is_same_policy(put, r#"{"Statement":{"Effect":"Deny","Action":["a","b"]}}"#));
        assert!(is_same_policy("not json", "not json"));
        assert!(!is_same_policy("not json", "nor this"));
    }

    #[test]
    fn a_statement_that_denies_everyone_is_found_and_what_is_no_policy_is_said_to_be_none() {
        let account: AccountId = "444455556666".parse().expect("an id");
        let bucket = PolicyHolder::Bucket { name: "locked".into(), region: "eu-west-1".into() };
        let queue = PolicyHolder::Queue {
            url: "https://sqs.eu-west-1.amazonaws.com/444455556666/orders".into(),
            region: "eu-west-1".into(),
        };
        for (holder, action, resource) in
            [(bucket, "s3:*", "arn:aws:s3:::locked"), (queue, "sqs:*", "arn:aws:sqs:eu-west-1:444455556666:orders")]
        {
            let text = format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"No","Effect":"Deny","Principal":"*","Action":"{action}","Resource":"{resource}"}}]}}"#
            );
            let judged = judge(&text, &holder, account, "aws");
            assert_eq!(judged.statements, Some(1));
            let found = judged.lockouts.expect("a policy");
            assert_eq!(found.first().map(|lockout| lockout.statement.to_string()).as_deref(), Some("statement 1 (No)"));
            assert!(judge(&text, &holder, account, "aws-cn").lockouts.expect("a policy").is_empty());
            let broken = judge("{", &holder, account, "aws");
            assert!(broken.lockouts.is_err() && broken.statements.is_none());
        }
    }
}
