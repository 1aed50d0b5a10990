//! What `rootdeck accounts` says.

pub(crate) const UNITS: &str = "organizational units";
pub(crate) const NO_PATHS: &str = "organizations:ListAccounts: the answer has no Paths for this account";

sentences! {
    no_findings(why) = "changes since the last listing are unknown: {why}";
}
