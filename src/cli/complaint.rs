//! What went wrong, for a person on stderr, and what the program ends with for it.

use super::Exit;
use super::output::complain;
use crate::domain::change::{Change, Switch};
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::permit::Refusal;
use crate::domain::task_policy::TaskPolicy;
use crate::words::fault::{FaultWords, fault as fault_words};
use crate::words::refusal::refusal as refusal_words;

/// Says what was tried, what AWS said, why, and what mends it.
pub(super) fn complain_of(fault: &Fault, profile: Option<&str>) -> Exit {
    let words = fault_words(fault, profile);
    let FaultWords { tried, said, cause, consequence, mend } = words;
    complain(&format!("{tried}\n  {said}\n  {cause}\n  {consequence}\n  {mend}"));
    exit_of(fault)
}

/// What a command ends with that could do nothing because of `fault`.
pub(super) fn exit_of(fault: &Fault) -> Exit {
    match fault.kind {
        // No permission helps where the thing itself is missing or wrong.
        FaultKind::NotFound | FaultKind::Invalid => Exit::Failed,
        kind if kind.is_refusal() || kind.is_about_credentials() => Exit::NotPermitted,
        _ => Exit::Failed,
    }
}

/// Says why rootdeck itself does not open a session for `task`, and how a closed gate is opened.
pub(super) fn complain_of_refusal(refusal: &Refusal, task: TaskPolicy, partition: &str) -> Exit {
    complain(&refusal_words(refusal));
    let gates = closed_gates(refusal, task);
    if !gates.is_empty() {
        let commands = gates.iter().flat_map(|change| change.aws_commands(partition));
        let lines: Vec<String> = commands.map(|command| format!("  {command}")).collect();
        complain(&format!(
            "{task} needs {}. Turn it on in view 4 of the dashboard (t), or with credentials of the management \
             account:\n{}",
            task.gate(),
            lines.join("\n")
        ));
    }
    Exit::NotPermitted
}

/// What has to be turned on first, in this order.
fn closed_gates(refusal: &Refusal, task: TaskPolicy) -> Vec<Change> {
    let feature = Change::EnableRootFeature(task.gate());
    match refusal.gate() {
        Some(gate @ Switch::TrustedAccess(_)) => vec![gate.set(true), feature],
        Some(Switch::RootFeature(_)) => vec![feature],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::root_feature::RootFeature;
    use crate::domain::trusted_access::ServicePrincipal;

    #[test]
    fn a_closed_gate_names_what_opens_it_in_order() {
        let task = TaskPolicy::UnlockQueuePolicy;
        let feature = Change::EnableRootFeature(RootFeature::RootSessions);
        assert_eq!(closed_gates(&Refusal::NeedsRootFeature(task.gate()), task), std::slice::from_ref(&feature));
        let trusted = Change::EnableTrustedAccess(ServicePrincipal::iam());
        let closed = closed_gates(&Refusal::NeedsTrustedAccess(ServicePrincipal::iam()), task);
        assert_eq!(closed, [trusted, feature]);
        assert!(closed_gates(&Refusal::ReadOnly, task).is_empty());
    }

    #[test]
    fn what_is_not_there_is_no_matter_of_permission() {
        let exit = |kind| exit_of(&Fault::new("s3:GetBucketPolicy", kind, "x"));
        assert_eq!(exit(FaultKind::NotFound), Exit::Failed);
        assert_eq!(exit(FaultKind::Timeout), Exit::Failed);
        assert_eq!(exit(FaultKind::DeniedByScp), Exit::NotPermitted);
        assert_eq!(exit(FaultKind::NoCredentials), Exit::NotPermitted);
    }
}
