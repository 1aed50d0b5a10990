//! What `rootdeck scp` says.

use crate::domain::control_policy::Verdict;

pub(crate) fn sum(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "no SCP or RCP blocks root sessions in this account",
        Verdict::Unknown => "unknown whether SCPs or RCPs block root sessions in this account: see above",
        Verdict::Blocked => "SCPs or RCPs block root sessions in this account",
    }
}
