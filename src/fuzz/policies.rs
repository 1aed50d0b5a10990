//! Policy documents.

use super::held::text;
use crate::domain::policy::{
    Context, Policy, Request, exempted, laid_out_as, lockouts, open_statements, pretty, without_statement,
};

const OWNER: &str = "111122223333";

/// A document is laid out without loss, loses the statement it is meant to lose and no other, and can be evaluated.
pub(super) fn policy(bytes: &[u8]) {
    let text = text(bytes);
    let value = serde_json::from_str::<serde_json::Value>(&text).ok();
    if value.is_some() {
        let laid_out = pretty(&text).join("\n");
        assert_eq!(serde_json::from_str(&laid_out).ok(), value, "laid out");
        assert_eq!(serde_json::from_str(&laid_out_as("{}", &text)).ok(), value, "on one line");
    }
    let statements = value.as_ref().and_then(|value| value.get("Statement")?.as_array()).map_or(1, Vec::len);
    for index in 0..=statements.min(4) {
        if let Some(left) = without_statement(&text, index) {
            let left: Option<serde_json::Value> = serde_json::from_str(&left).ok();
            let left = left.and_then(|value| value.get("Statement")?.as_array().map(Vec::len));
            assert_eq!(left, Some(statements.saturating_sub(1)), "statement {index} of {statements} was taken out");
        }
        // What is added for root sessions leaves a document that can be read.
        if let Some(exempted) = exempted(&text, &[index]) {
            assert!(serde_json::from_str::<serde_json::Value>(&exempted).is_ok(), "an exemption that is no JSON");
        }
    }
    let Ok(policy) = Policy::parse(&text) else { return };
    let context = Context::open().with("aws:PrincipalArn", "arn:aws:iam::111122223333:root");
    for action in ["s3:PutBucketPolicy", "sts:AssumeRoot", "*", ""] {
        let request = Request { action, resource: "arn:aws:s3:::bucket", context: &context };
        policy.evaluate(request);
        policy.statements_about(request);
        policy.missing_keys(request);
    }
    lockouts(&policy, &["s3:GetBucketPolicy", "s3:PutBucketPolicy"], "arn:aws:s3:::bucket", OWNER);
    open_statements(&policy);
}
