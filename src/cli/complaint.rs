//! What went wrong, for a person on stderr, and what the program ends with for it.

use super::Exit;
use super::again::caller;
use super::arguments::Arguments;
use super::output::complain;
use crate::aws::profiles;
use crate::domain::aws_command::CallerOptions;
use crate::domain::cause::Cause;
use crate::domain::change::Switch;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::permit::Refusal;
use crate::domain::task_policy::TaskPolicy;
use crate::words::commands::{mend as command_mend, turn_on};
use crate::words::fault::{FaultWords, fault as fault_words};
use crate::words::refusal::refusal as refusal_words;

/// Says what was tried, what AWS said, why, and what mends it.
pub(super) fn complain_of(fault: &Fault, caller: Option<&CallerOptions>) -> Exit {
    let words = fault_words(fault, caller);
    let FaultWords { tried, said, cause, consequence, mend } = words;
    let mend = command_mend(fault, caller).unwrap_or(mend);
    complain(&format!("{tried}\n  {said}\n  {cause}\n  {consequence}\n  {mend}"));
    exit_of(fault)
}

/// The same of a failure that leaves something else behind than the call that failed.
pub(super) fn complain_of_with(fault: &Fault, consequence: &str, caller: Option<&CallerOptions>) {
    let FaultWords { tried, said, cause, mend, .. } = fault_words(fault, caller);
    let mend = command_mend(fault, caller).unwrap_or(mend);
    complain(&format!("{tried}\n  {said}\n  {cause}\n  {consequence}\n  {mend}"));
}

/// Says why there is no connection. The commands that mend are for the profile that a person signs in
/// with, where that is another than the one named.
pub(super) async fn complain_of_connection(fault: &Fault, arguments: &Arguments) -> Exit {
    let Some(caller) = caller(arguments) else { return complain_of(fault, None) };
    let known = if fault.kind.is_about_credentials() { profiles::list().await.unwrap_or_default() } else { Vec::new() };
    let in_use = known.into_iter().find(|profile| profile.name == caller.profile);
    let signs_in = in_use.as_ref().and_then(|profile| profile.mends(Cause::of(fault)));
    let profile = signs_in.map(ToOwned::to_owned).or_else(|| caller.profile.clone());
    complain_of(fault, Some(&CallerOptions { profile, ..caller }))
}

/// What a command ends with that could do nothing because of `fault`.
pub(super) fn exit_of(fault: &Fault) -> Exit {
    match fault.kind {
        FaultKind::CredentialLoop => Exit::Usage,
        // No permission helps where the thing itself is missing, wrong or taken.
        FaultKind::NotFound | FaultKind::Invalid | FaultKind::Conflict => Exit::Failed,
        kind if kind.is_refusal() || kind.is_about_credentials() => Exit::NotPermitted,
        _ => Exit::Failed,
    }
}

/// Says why rootdeck itself does not do something, in a session for `task` if it needs one, and how a
/// closed gate is opened.
pub(super) fn complain_of_refusal(refusal: &Refusal, task: Option<TaskPolicy>, caller: Option<&CallerOptions>) -> Exit {
    complain(&refusal_words(refusal));
    let gates = closed_gates(refusal, task);
    if !gates.is_empty() {
        let needs = task.map(|task| format!("{task} needs {}. ", task.gate())).unwrap_or_default();
        let commands: Vec<String> = gates.iter().map(|gate| format!("  {}", turn_on(gate, caller))).collect();
        complain(&format!(
            "{needs}Turn it on in view 4 of the dashboard (t), or with credentials of the management account:\n{}",
            commands.join("\n")
        ));
    }
    Exit::NotPermitted
}

/// What has to be turned on first, in this order.
fn closed_gates(refusal: &Refusal, task: Option<TaskPolicy>) -> Vec<Switch> {
    let feature = task.map(|task| Switch::RootFeature(task.gate()));
    match refusal.gate() {
        Some(gate @ Switch::TrustedAccess(_)) => std::iter::once(gate).chain(feature).collect(),
        Some(gate) => vec![gate],
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
        let task = Some(TaskPolicy::UnlockQueuePolicy);
        let feature = Switch::RootFeature(RootFeature::RootSessions);
        let off = Refusal::NeedsRootFeature(RootFeature::RootSessions);
        assert_eq!(closed_gates(&off, task), std::slice::from_ref(&feature));
        let trusted = Switch::TrustedAccess(ServicePrincipal::iam());
        let untrusted = Refusal::NeedsTrustedAccess(ServicePrincipal::iam());
        assert_eq!(closed_gates(&untrusted, task), [trusted.clone(), feature]);
        assert_eq!(closed_gates(&untrusted, None), [trusted]);
        assert!(closed_gates(&Refusal::ReadOnly, task).is_empty());
    }

    #[test]
    fn what_is_not_there_is_no_matter_of_permission() {
        let exit = |kind| exit_of(&Fault::new("s3:GetBucketPolicy", kind, "x"));
        assert_eq!(exit(FaultKind::NotFound), Exit::Failed);
        assert_eq!(exit(FaultKind::Conflict), Exit::Failed);
        assert_eq!(exit(FaultKind::Timeout), Exit::Failed);
        assert_eq!(exit(FaultKind::DeniedByScp), Exit::NotPermitted);
        assert_eq!(exit(FaultKind::NoCredentials), Exit::NotPermitted);
    }
}
