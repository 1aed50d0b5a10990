//! Root credentials: what an audit found, runs over many accounts, and deletions.

use jiff::{SignedDuration, Timestamp};

use super::api_error::short;
use super::keys::key;
use super::time::ago;
use crate::app::command::CommandId;
use crate::app::state::choices::AuditScope;
use crate::app::state::root_state::RootState;
use crate::app::state::runs::{RunInProgress, RunKind, RunSummary};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::credential_change::CredentialChangeKind;
use crate::domain::deletion::{DeletionCall, DeletionVerdict};
use crate::domain::mfa_device::MfaKind;
use crate::domain::permit::Refusal;
use crate::domain::root_credentials::{AuditDepth, CredentialKind};
use crate::domain::run::Steering;
use crate::domain::sign_in::LastSignIn;

pub(crate) fn kind(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Password => "password",
        CredentialKind::AccessKey => "access keys",
        CredentialKind::SigningCertificate => "signing certificates",
        CredentialKind::MfaDevice => "MFA devices",
    }
}

pub(crate) fn depth(depth: AuditDepth) -> &'static str {
    match depth {
        AuditDepth::Quick => "quick",
        AuditDepth::Deep => "deep",
    }
}

pub(crate) fn depth_help(depth: AuditDepth) -> &'static str {
    match depth {
        AuditDepth::Quick => "which types of credentials exist",
        AuditDepth::Deep => "also which ones, their age and last use",
    }
}

const NOW: &str = "now";

/// `age` is how long ago, in few columns.
pub(crate) fn signed_in(age: &str) -> String {
    if age == NOW { "signed in now".to_owned() } else { format!("signed in {age} ago") }
}

pub(crate) fn state(state: RootState, count: usize) -> String {
    match state {
        RootState::Finding if count == 1 => "1 finding".to_owned(),
        RootState::Finding => format!("{count} findings"),
        RootState::Unknown => format!("{count} unknown"),
        RootState::Clean => format!("{count} clean"),
        RootState::NotAudited => format!("{count} not audited"),
        RootState::Skipped => format!("{count} skipped"),
    }
}

pub(crate) fn accounts(count: usize) -> String {
    if count == 1 { "1 account".to_owned() } else { format!("{count} accounts") }
}

pub(crate) const AUDIT_WITHOUT_ASKING: &str = "Until you quit, ask only for hidden accounts";

pub(crate) fn hidden(count: usize) -> String {
    if count == 1 { "1 marked account hidden".to_owned() } else { format!("{count} marked accounts hidden") }
}

pub(crate) fn skipped(reason: &Refusal) -> String {
    match reason {
        Refusal::RootOfManagement => "management account".to_owned(),
        Refusal::NotActive(state) => state.as_str().to_owned(),
        Refusal::Protected(_) => "protected by the configuration".to_owned(),
        other => super::refusal::refusal(other),
    }
}

pub(crate) fn credentials(count: usize) -> String {
    if count == 1 { "1 credential".to_owned() } else { format!("{count} credentials") }
}

/// `selected` is the name of the selected account.
pub(crate) fn scope(scope: AuditScope, count: usize, selected: &str) -> String {
    match scope {
        AuditScope::Selected => format!("selected: {selected}"),
        AuditScope::Marked => format!("marked: {}", accounts(count)),
        AuditScope::Shown => format!("shown: {}", accounts(count)),
        AuditScope::All => format!("all: {}", accounts(count)),
    }
}

pub(crate) fn run(kind: RunKind) -> &'static str {
    match kind {
        RunKind::Audit(AuditDepth::Quick) => "quick audit",
        RunKind::Audit(AuditDepth::Deep) => "deep audit",
        RunKind::DryRun => "previewing deletion",
        RunKind::Deletion => "deleting",
        RunKind::AskEmailChanges => "checking email changes",
        RunKind::StartEmailChanges => "starting email changes",
        RunKind::AcceptEmailChanges => "accepting email changes",
    }
}

/// What matters most comes first: it is cut at its end. `steered` says whether the keys that steer it work here.
pub(crate) fn progress(in_progress: &RunInProgress, dot: &str, steered: bool) -> String {
    let mut parts = vec![format!("{} {} of {}", run(in_progress.kind), in_progress.done.len(), in_progress.total())];
    match in_progress.steering {
        Steering::Pause => parts.push(format!("paused (resume: {})", key(CommandId::PauseRun))),
        Steering::Stop => parts.push("stopping".to_owned()),
        Steering::GoOn => {
            if let Some(left) = in_progress.left() {
                parts.push(format!("{} left", span(left)));
            }
            if let Some(rate) = in_progress.per_ten_seconds() {
                parts.push(format!("{}.{}/s", rate / 10, rate % 10));
            }
        }
    }
    if in_progress.failed > 0 {
        let how = if in_progress.kind == RunKind::Deletion { "not verified as deleted" } else { "failed or unknown" };
        parts.push(format!("{} {how}", in_progress.failed));
    }
    if in_progress.unread > 0 {
        parts.push(format!("{} unread", in_progress.unread));
    }
    if in_progress.throttled > 0 {
        parts.push(format!("{} throttled", in_progress.throttled));
    }
    if let Some(left) = in_progress.slowed {
        parts.push(format!("slowed to {left}% of the quota"));
    }
    if in_progress.steering == Steering::GoOn && steered {
        parts.push(format!("pause: {}, stop: {}", key(CommandId::PauseRun), key(CommandId::StopRun)));
    }
    parts.join(&format!(" {dot} "))
}

/// A span of work, roughly: `8 s`, `5 min`, `2 h 10 min`.
pub(crate) fn span(span: SignedDuration) -> String {
    let seconds = span.as_secs().max(0);
    match seconds {
        ..1 => "1 s".to_owned(),
        1..90 => format!("{seconds} s"),
        90..5400 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// How long ago in few columns: `now`, `5 min`, `3 h`, `12 d`.
pub(crate) fn short_age(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(at).as_mins();
    match minutes {
        ..1 => NOW.to_owned(),
        1..60 => format!("{minutes} min"),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1440),
    }
}

pub(crate) fn before(kind: CredentialChangeKind) -> &'static str {
    match kind {
        CredentialChangeKind::RecoveryAllowed => "before recovery was allowed",
        CredentialChangeKind::Deleted(CredentialKind::Password) => "before the login profile was deleted",
        CredentialChangeKind::Deleted(CredentialKind::AccessKey) => "before an access key was deleted",
        CredentialChangeKind::Deleted(CredentialKind::SigningCertificate) => "before a certificate was deleted",
        CredentialChangeKind::Deleted(CredentialKind::MfaDevice) => "before an MFA device was deactivated",
    }
}

pub(crate) fn audit_started(audited: &[AccountId], skipped: usize) -> String {
    let rest = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
    let what = match audited {
        [account] => account.to_string(),
        all => accounts(all.len()),
    };
    format!("auditing {what}{rest}: alarms on root usage will fire")
}

pub(crate) fn run_ended(summary: &RunSummary) -> String {
    let (done, total) = (summary.done, summary.total);
    let stopped = if done < total { format!("stopped after {done} of {total}") } else { "done".to_owned() };
    match summary.kind {
        RunKind::Deletion if summary.failed == 0 && done == total => {
            format!("deleted in {}, verified by a new audit", accounts(done))
        }
        RunKind::Deletion => format!("deletion {stopped}: {} not verified as deleted", credentials(summary.failed)),
        RunKind::StartEmailChanges | RunKind::AcceptEmailChanges => {
            let well = done.saturating_sub(summary.failed);
            format!("{} {stopped}: {well} succeeded, {} failed or unknown", run(summary.kind), summary.failed)
        }
        RunKind::AskEmailChanges => {
            format!("{} {stopped}: {} read, {} unread", run(summary.kind), done - summary.unread, summary.unread)
        }
        // In few words: of a line that is too long the middle goes, where the numbers are.
        kind => {
            let whole = if done < total { String::new() } else { format!("{}, ", accounts(done)) };
            let findings = state(RootState::Finding, summary.findings);
            let hidden =
                if summary.hidden > 0 { format!(" ({} hidden by the filter)", summary.hidden) } else { String::new() };
            format!("{} {stopped}: {whole}{findings}{hidden}, {} unread", run(kind), summary.unread)
        }
    }
}

pub(crate) fn verdict(verdict: DeletionVerdict) -> &'static str {
    match verdict {
        DeletionVerdict::Deleted => "deleted (verified)",
        DeletionVerdict::AlreadyAbsent => "already absent",
        DeletionVerdict::Unproved => "accepted by AWS, not verified",
        DeletionVerdict::DeniedByScp => "denied by a service control policy",
        DeletionVerdict::Failed => "failed, probably still present",
        DeletionVerdict::Unknown => "outcome unknown, may have been deleted",
        DeletionVerdict::NotAttempted => "not attempted",
    }
}

pub(crate) fn error_of(call: &DeletionCall) -> Option<&ApiError> {
    match call {
        DeletionCall::Made(outcome) => outcome.error(),
        DeletionCall::NotAttempted(error) => error.as_ref(),
    }
}

/// Why nothing is deleted, where nothing would go: what was not read is not said to be absent.
pub(crate) fn nothing_to_delete(unread: usize) -> &'static str {
    if unread == 0 { "Nothing to delete." } else { "Nothing can be deleted: unread credentials may still exist." }
}

/// Also after the password was deleted: never more than when it was used last.
pub(crate) fn last_sign_in(last: &LastSignIn, now: Timestamp) -> String {
    match last {
        LastSignIn::NotAsked => "last sign-in not read".to_owned(),
        LastSignIn::Never => "no sign-in on record".to_owned(),
        LastSignIn::At(at) => format!("last sign-in {}", ago(*at, now)),
        LastSignIn::Unknown(error) => format!("last sign-in unknown ({})", short(error.kind)),
    }
}

pub(crate) fn mfa_kind(kind: MfaKind) -> &'static str {
    match kind {
        MfaKind::Virtual => "virtual (app)",
        MfaKind::PasskeyOrSecurityKey => "passkey or security key",
        MfaKind::Hardware => "hardware token",
        MfaKind::Other => "kind unknown",
    }
}

pub(crate) const GONE_FOR_GOOD: &str =
    "This cannot be undone. Anything that uses these credentials stops working immediately.";

pub(crate) const WEAKENED: &str =
    "Deletes the MFA device but keeps the password: root can then sign in with the password alone.";

pub(crate) const LOOK_FIRST: &str = "Preview runs a deep audit of each account and lists exactly what will be \
    deleted. Nothing is deleted before you confirm the list.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_found_is_whole_on_the_smallest_usable_screen() {
        let summary = RunSummary {
            kind: RunKind::Audit(AuditDepth::Quick),
            done: 412,
            total: 412,
            findings: 37,
            hidden: 0,
            unread: 12,
            failed: 0,
        };
        let text = run_ended(&summary);
        assert_eq!(text, "quick audit done: 412 accounts, 37 findings, 12 unread");
        assert!(text.len() <= 60 - 4, "{text}");
        let hidden = RunSummary { hidden: 36, ..summary };
        assert!(run_ended(&hidden).contains("37 findings (36 hidden by the filter)"));
        let stopped = RunSummary { done: 24, ..summary };
        assert_eq!(run_ended(&stopped), "quick audit stopped after 24 of 412: 37 findings, 12 unread");
    }

    #[test]
    fn spans_and_ages_are_short() {
        assert_eq!(span(SignedDuration::from_millis(250)), "1 s");
        assert_eq!(span(SignedDuration::from_secs(89)), "89 s");
        assert_eq!(span(SignedDuration::from_secs(100)), "2 min");
        assert_eq!(span(SignedDuration::from_secs(7800)), "2 h 10 min");
        let at = |seconds| Timestamp::from_second(seconds).expect("a time");
        assert_eq!(short_age(at(0), at(59)), "now");
        assert_eq!(short_age(at(0), at(47 * 3600)), "47 h");
        assert_eq!(short_age(at(0), at(72 * 3600)), "3 d");
    }
}
