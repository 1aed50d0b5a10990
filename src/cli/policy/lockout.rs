//! Which statements of a policy shut everyone out, and whether two policies say the same.

use serde_json::Value;

use crate::cli::output::complain;
use crate::domain::account::AccountId;
use crate::domain::policy::{Lockout, Policy, Reach, lockouts};
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::text::one_line;

/// Says on stderr which statements shut everyone out; root can still look at and delete the policy.
pub(super) fn tell(text: &str, account: AccountId, holder: &PolicyHolder, partition: &str) {
    match Policy::parse(text) {
        Err(error) => complain(&format!("rootdeck can't judge this policy: {}", one_line(&error.to_string()))),
        Ok(policy) => {
            for lockout in lockouts(&policy, actions(holder), &arn(holder, account, partition)) {
                complain(&words(&lockout));
            }
        }
    }
}

/// What it takes to mend the policy.
fn actions(holder: &PolicyHolder) -> &'static [&'static str] {
    match holder {
        PolicyHolder::Bucket { .. } => &["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        PolicyHolder::Queue { .. } => &["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"],
    }
}

fn arn(holder: &PolicyHolder, account: AccountId, partition: &str) -> String {
    match holder {
        PolicyHolder::Bucket { name, .. } => format!("arn:{partition}:s3:::{name}"),
        PolicyHolder::Queue { region, .. } => format!("arn:{partition}:sqs:{region}:{account}:{}", holder.name()),
    }
}

fn words(lockout: &Lockout) -> String {
    let whom = match &lockout.reach {
        Reach::Everyone => "everyone".to_owned(),
        Reach::AllBut(kept) => format!("everyone but {}", one_line(&kept.join(", "))),
    };
    let when = if lockout.conditions.is_empty() {
        String::new()
    } else {
        format!(" where {}", one_line(&lockout.conditions.join(" and ")))
    };
    let which = one_line(&lockout.statement.to_string());
    format!("{which} shuts out {whom}{when}: it denies {}", lockout.actions.join(", "))
}

/// Whether two policies are the same but for the order of their lists and for lists of one, which
/// AWS may write differently; `None` is no policy.
pub(super) fn same(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            let parsed = |text| serde_json::from_str::<Value>(text).map(normal).ok();
            one == other || parsed(one).is_some_and(|one| parsed(other) == Some(one))
        }
        _ => false,
    }
}

fn normal(value: Value) -> Value {
    match value {
        Value::Array(list) => {
            let mut list: Vec<Value> = list.into_iter().map(normal).collect();
            list.sort_by_key(Value::to_string);
            match <[Value; 1]>::try_from(list) {
                Ok([one]) => one,
                Err(list) => Value::Array(list),
            }
        }
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, normal(value))).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket() -> PolicyHolder {
        PolicyHolder::Bucket { name: "b".into(), region: "eu-west-1".into() }
    }

    fn account() -> AccountId {
        "444455556666".parse().expect("an id")
    }

    #[test]
    fn a_statement_that_shuts_everyone_out_is_named() {
        let text = r#"{"Version": "2012-10-17", "Statement": [
            {"Sid": "Read", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
            {"Sid": "Lock\u001b[31m", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b"}
        ]}"#;
        let policy = Policy::parse(text).expect("a policy");
        let found: Vec<String> =
            lockouts(&policy, actions(&bucket()), &arn(&bucket(), account(), "aws")).iter().map(words).collect();
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("statement 2 (Lock\u{fffd}[31m) shuts out everyone: it denies s3:Get"),
            "{found:?}"
        );
    }

    #[test]
    fn a_queue_is_named_with_its_region_and_account() {
        let queue = PolicyHolder::Queue { url: "https://sqs/444455556666/jobs".into(), region: "eu-west-1".into() };
        assert_eq!(arn(&queue, account(), "aws-cn"), "arn:aws-cn:sqs:eu-west-1:444455556666:jobs");
    }

    #[test]
    fn a_policy_that_aws_wrote_differently_is_the_same() {
        let put = r#"{"Statement": [{"Action": ["b", "a"], "Effect": "Allow"}]}"#;
        let shown = r#"{"Statement":{"Effect":"Allow","Action":["a","b"]}}"#;
        assert!(same(Some(put), Some(shown)) && same(None, None));
        assert!(!same(Some(put), None) && !same(None, Some(shown)));
        assert!(!same(Some(put), Some(r#"{"Statement":{"Effect":"Deny","Action":["a","b"]}}"#)));
        assert!(!same(Some("not json"), Some("nor this")));
    }
}
