//! What `rootdeck status` says.

pub(crate) const ASKING: &str = "checking readiness";
pub(crate) const NOT_CHECKED: &str = "not checked";
pub(crate) const TRUST_OFF: &str = "trusted access for iam.amazonaws.com is off";
pub(crate) const FEATURES_UNKNOWN: &str = "unknown: reported only while trusted access for iam.amazonaws.com is on";
pub(crate) const TRUSTED_ACCESS: &str = "Trusted access";
pub(crate) const REQUESTS: &str = "Requests";
pub(crate) const ROOT_FEATURE: &str = "Root feature";

sentences! {
    unknown(why) = "unknown: {why}";
    not_ready(task, answer, why) = "not ready for {task} ({answer}): {why}";
    organization(id, management, features) = "{id}, managed by {management}, {features}";
    have_management_run(command) = "run in the management account: {command}";
}

/// How much of AWS's quotas is used.
pub(crate) fn request_rate(percent: Option<u8>) -> String {
    match percent {
        None => "not limited (endpoint on this machine)".to_owned(),
        Some(100) => "limited to AWS's quotas".to_owned(),
        Some(percent) => format!("limited to {percent}% of AWS's quotas (throttled; recovers within 20 s)"),
    }
}

/// Which features of Organizations an organization has; `None` if AWS does not tell.
pub(crate) fn organization_features(all: Option<bool>) -> &'static str {
    match all {
        Some(true) => "all features",
        Some(false) => "consolidated billing only",
        None => "? features unknown",
    }
}
