//! The policies of buckets and queues: which are taken, and what they say.

use serde_json::{Map, Value};

use super::request_context::known;
use super::world::organization::Organization;
use super::{Caller, Denial, Service};
use crate::domain::policy::{Context, Decision, Policy, Request};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) organization: &'a Organization,
    pub(crate) caller: &'a Caller,
    pub(crate) service: Service,
    /// Without the service's prefix.
    pub(crate) action: &'a str,
    pub(crate) arn: &'a str,
    pub(crate) owner: &'a str,
}

impl Question<'_> {
    /// Whether the policy leaves the caller what its own policies allow: one of the owner's account must not be denied,
    /// anybody else has to be allowed.
    ///
    /// The owner's root is never held to it: for buckets so the service model's documentation, for queues it follows
    /// from what `SQSUnlockQueuePolicy` is for.
    pub(crate) fn ask(self, policy: Option<&str>) -> Result<(), Denial> {
        let own = self.caller.account == self.owner;
        if own && self.caller.is_root() {
            return Ok(());
        }
        let decision = match policy.map(Policy::parse) {
            None => Decision::ImplicitDeny,
            Some(Ok(policy)) => self.decision(&policy),
            // None is taken that cannot be read.
            Some(Err(_)) => return Err(Denial::ResourcePolicy),
        };
        match decision {
            Decision::Allowed => Ok(()),
            Decision::ImplicitDeny if own => Ok(()),
            Decision::ImplicitDeny => Err(Denial::NoResourcePolicy),
            Decision::ExplicitDeny(_) => Err(Denial::ResourcePolicy),
        }
    }

    fn decision(self, policy: &Policy) -> Decision {
        // The emulator stands for endpoints that are reached over TLS.
        let context = Context::new().with("aws:SecureTransport", "true");
        let mut context = known(self.organization, self.caller, self.arn, context);
        if self.service == Service::S3 {
            // The ARN of a bucket does not tell it.
            context = context.with("aws:ResourceAccount", self.owner);
        }
        let action = format!("{}:{}", self.service.name(), self.action);
        policy.evaluate(Request { action: &action, resource: self.arn, context: &context }).decision
    }
}

/// Whether `text` may become the policy of `arn`; if not, why, in S3's words (AWS documentation and a guess).
pub(crate) fn check(text: &str, service: Service, arn: &str) -> Result<(), String> {
    let document: Option<Map<String, Value>> = text.starts_with('{').then(|| serde_json::from_str(text).ok()).flatten();
    let document = document.ok_or("Policies must be valid JSON and the first byte must be '{'")?;
    if !matches!(document.get("Version").map(Value::as_str), None | Some(Some("2012-10-17" | "2008-10-17"))) {
        return Err("The policy must contain a valid version string".to_owned());
    }
    let statements = match document.get("Statement") {
        None => return Err(missing("Statement")),
        Some(Value::Array(statements)) if statements.is_empty() => {
            return Err("Could not parse the policy: Statement is empty!".to_owned());
        }
        Some(Value::Array(statements)) => statements.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    for statement in statements {
        check_statement(statement, service, arn)?;
    }
    Policy::parse(text).map(|_| ()).map_err(|_| "Invalid policy syntax.".to_owned())
}

fn check_statement(statement: &Value, service: Service, arn: &str) -> Result<(), String> {
    for (name, instead) in
        [("Effect", ""), ("Principal", "NotPrincipal"), ("Action", "NotAction"), ("Resource", "NotResource")]
    {
        if statement.get(name).is_none() && statement.get(instead).is_none() {
            return Err(missing(name));
        }
    }
    let prefix = format!("{}:", service.name());
    let foreign = |action: &str| action != "*" && !action.to_lowercase().starts_with(&prefix);
    if ["Action", "NotAction"].into_iter().flat_map(|name| texts(statement.get(name))).any(foreign) {
        return Err("Policy has invalid action".to_owned());
    }
    let elsewhere = |resource: &str| !is_about(resource, arn);
    if ["Resource", "NotResource"].into_iter().flat_map(|name| texts(statement.get(name))).any(elsewhere) {
        return Err("Policy has invalid resource".to_owned());
    }
    Ok(())
}

/// Whether a resource may mean `arn` or something in it. Only what comes before the first wildcard is compared.
fn is_about(resource: &str, arn: &str) -> bool {
    let fixed = resource.split(['*', '?', '$']).next().unwrap_or_default();
    let is_pattern = fixed.len() < resource.len();
    fixed == arn
        || fixed.strip_prefix(arn).is_some_and(|rest| rest.starts_with('/'))
        || is_pattern && arn.starts_with(fixed)
}

fn missing(field: &str) -> String {
    format!("Missing required field {field}")
}

fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:s3:::data";

    fn flaw(text: &str) -> Option<String> {
        check(text, Service::S3, ARN).err()
    }

    #[test]
    fn a_policy_is_about_its_own_resource() {
        let about = |resource: &str| {
            flaw(&format!(
                r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"{resource}"}}}}"#
            ))
        };
        for good in ["arn:aws:s3:::data", "arn:aws:s3:::data/*", "arn:aws:s3:::data/a/b", "*", "arn:aws:s3:::da*"] {
            assert_eq!(about(good), None, "{good}");
        }
        for bad in ["arn:aws:s3:::other", "arn:aws:s3:::data-2", "arn:aws:s3:::dat", "", "arn:aws:s3:::other*"] {
            assert_eq!(about(bad).as_deref(), Some("Policy has invalid resource"), "{bad}");
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        let statement = |body: &str| flaw(&format!(r#"{{"Statement":[{{{body}}}]}}"#)).unwrap_or_default();
        let not_json = "Policies must be valid JSON and the first byte must be '{'";
        for text in ["", " {}", "[]", "{", "null"] {
            assert_eq!(flaw(text).as_deref(), Some(not_json), "{text:?}");
        }
        assert_eq!(flaw("{}").as_deref(), Some("Missing required field Statement"));
        assert_eq!(
            flaw(r#"{"Version":"2026-01-01","Statement":[]}"#).as_deref(),
            Some("The policy must contain a valid version string")
        );
        assert_eq!(flaw(r#"{"Statement":[]}"#).as_deref(), Some("Could not parse the policy: Statement is empty!"));
        assert_eq!(statement(""), "Missing required field Effect");
        assert_eq!(statement(r#""Effect":"Deny""#), "Missing required field Principal");
        assert_eq!(statement(r#""Effect":"Deny","Principal":"*""#), "Missing required field Action");
        assert_eq!(
            statement(r#""Effect":"Deny","NotPrincipal":{"AWS":"*"},"NotAction":"s3:*""#),
            "Missing required field Resource"
        );
        assert_eq!(
            statement(r#""Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*""#),
            "Policy has invalid action"
        );
        assert_eq!(
            statement(r#""Effect":"deny","Principal":"*","Action":"s3:*","Resource":"*""#),
            "Invalid policy syntax."
        );
    }
}
