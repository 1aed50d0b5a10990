//! The resources that a policy speaks of by name.

use super::context::Context;
use super::document::{Listed, Policy};
use super::pattern::Pattern;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedResource {
    /// As the policy writes it, wildcards included.
    pub(crate) written: String,
    /// One resource that it covers.
    pub(crate) example: String,
}

impl Policy {
    /// The resources that this policy names and that are among those of `pattern`, each once, without those that have
    /// policy variables.
    pub(crate) fn resources_among(&self, pattern: &str) -> Vec<NamedResource> {
        let Ok(wanted) = Pattern::new(pattern, None) else { return Vec::new() };
        let nothing_known = Context::new();
        let variables = self.has_variables.then_some(&nothing_known);
        let mut found: Vec<NamedResource> = Vec::new();
        let named = self.statements.iter().filter_map(|statement| statement.resources.as_ref());
        for written in named.flat_map(Listed::entries) {
            let example = Pattern::new(written, variables).ok().and_then(|pattern| pattern.common_text(&wanted));
            if let Some(example) = example
                && found.iter().all(|other| other.written != *written)
            {
                found.push(NamedResource { written: written.clone(), example });
            }
        }
        found
    }

    /// Whether it says whom it is about: such a policy is attached to a resource, not to a caller.
    pub(crate) fn names_principals(&self) -> bool {
        self.statements.iter().any(|statement| statement.principals.is_some())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn named_resources_are_those_that_overlap() {
        let document = json!({ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": "*", "Resource": ["arn:aws:iam::1*:root", "arn:aws:s3:::b", "*"] },
            { "Effect": "Deny", "Action": "*", "NotResource": ["arn:*:4444?:root", "arn:aws:iam::${aws:PrincipalAccount}:root"] },
            { "Effect": "Deny", "Action": "*", "Resource": "arn:aws:iam::1*:root" },
        ] });
        let policy = Policy::parse(&document.to_string()).expect("a policy");
        let found = policy.resources_among("arn:aws:iam::*:root");
        let written: Vec<&str> = found.iter().map(|one| one.written.as_str()).collect();
        assert_eq!(written, ["arn:aws:iam::1*:root", "*", "arn:*:4444?:root"]);
        assert!(!policy.names_principals());
    }
}
