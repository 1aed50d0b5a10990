//! The tasks of root in a member account: their names, what they need, and what came of them.

use crate::app::state::choices::{PolicyAction, RootChoice, RootMenu, RootTask};
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::policy::{Lockout, OpenStatement, Reach};
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::policy_judgement::Judgement;
use crate::domain::recovery::RecoveryEnd;
use crate::domain::root_change::RootChange;
use crate::domain::root_session::SessionKey;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::capital;

pub(crate) const MAILBOX_AT_RISK: &str =
    "An email change started elsewhere is open. Whoever completes it receives the recovery mails.";

pub(crate) fn task(task: RootTask) -> &'static str {
    match task {
        RootTask::AllowRecovery => "Allow password recovery",
        RootTask::CloseRecovery => "Close password recovery",
        RootTask::UnlockBucket => "Unlock a bucket policy",
        RootTask::UnlockQueue => "Unlock a queue policy",
        RootTask::Session => "Open a root session",
    }
}

pub(crate) fn choice(choice: RootChoice) -> String {
    match choice {
        RootChoice::Task(account, which) => format!("{} in {account}", task(which)),
        RootChoice::Open(key) => format!("open a root session for {}", session(key)),
        RootChoice::Session(key) => session(key),
        RootChoice::Close(account) => format!("{} in {account}", task(RootTask::CloseRecovery)),
        RootChoice::Policy(which) => action(which),
    }
}

pub(crate) fn policy(task: TaskPolicy) -> &'static str {
    match task {
        TaskPolicy::AuditRootCredentials => "list root credentials",
        TaskPolicy::DeleteRootCredentials => "delete root credentials",
        TaskPolicy::AllowPasswordRecovery => "allow password recovery",
        TaskPolicy::UnlockBucketPolicy => "read, put and delete bucket policies",
        TaskPolicy::UnlockQueuePolicy => "read and set queue policies",
    }
}

/// What a menu asks; `named` tells the name of an account with its id.
pub(crate) fn menu(kind: RootMenu, named: impl Fn(AccountId) -> String) -> String {
    match kind {
        RootMenu::Tasks(account) => format!("Root task in {}", named(account)),
        RootMenu::Policies(account) => format!("Task of a root session in {}", named(account)),
        RootMenu::Sessions => "Open root sessions".to_owned(),
        RootMenu::LeftOpen => "Open password recoveries".to_owned(),
        RootMenu::Policy(account) => format!("Policy in {}", named(account)),
    }
}

pub(crate) fn action(action: PolicyAction) -> String {
    let text = match action {
        PolicyAction::Save => "Save it to a file",
        PolicyAction::Delete => "Delete it",
        PolicyAction::PutFile => "Put a policy from a file",
        PolicyAction::Edit => "Edit it, then put it",
        PolicyAction::RemoveStatement(index) => return format!("Remove statement {} only", index + 1),
        PolicyAction::ReadAgain => "Reload it",
    };
    text.to_owned()
}

/// When a recovery is to be closed again, and how that is changed.
pub(crate) fn end(end: RecoveryEnd, at: Option<&str>) -> String {
    match (end, at) {
        (RecoveryEnd::Hours(hours), Some(at)) => format!("Close within {hours} h, by {at} (space changes)"),
        _ => "Close: no time set (space changes)".to_owned(),
    }
}

/// What Enter does with a choice, in the footer.
pub(crate) fn chooses(choice: RootChoice) -> &'static str {
    match choice {
        RootChoice::Task(_, RootTask::AllowRecovery) => "allow recovery",
        RootChoice::Task(_, RootTask::CloseRecovery) | RootChoice::Close(_) => "close recovery",
        RootChoice::Task(_, RootTask::UnlockBucket) => "list buckets",
        RootChoice::Task(_, RootTask::UnlockQueue) => "find queues",
        RootChoice::Task(_, RootTask::Session) => "choose task policy",
        RootChoice::Open(_) => "open session",
        RootChoice::Session(_) => "show session",
        RootChoice::Policy(PolicyAction::Save) => "save",
        RootChoice::Policy(PolicyAction::Delete) => "delete",
        RootChoice::Policy(PolicyAction::PutFile) => "choose file",
        RootChoice::Policy(PolicyAction::Edit) => "edit",
        RootChoice::Policy(PolicyAction::RemoveStatement(_)) => "preview",
        RootChoice::Policy(PolicyAction::ReadAgain) => "reload",
    }
}

pub(crate) fn requirement(task: TaskPolicy) -> String {
    format!("Requires {} ({task}).", task.gate())
}

pub(crate) fn needs(switch: &Switch) -> String {
    match switch {
        Switch::TrustedAccess(_) => "trusted access is off".to_owned(),
        Switch::RootFeature(feature) => format!("{feature} is off"),
    }
}

/// The AWS CLI command of an action in the notation of IAM: `iam:GetUser` is `aws iam get-user`.
pub(crate) fn cli_command(action: &str) -> String {
    match action.split_once(':') {
        // The one whose operation has another name.
        Some(("s3", "ListAllMyBuckets")) => "aws s3api list-buckets".to_owned(),
        Some(("s3", name)) => format!("aws s3api {}", kebab(name)),
        Some((service, name)) => format!("aws {service} {}", kebab(name)),
        None => action.to_owned(),
    }
}

/// `ListMFADevices` becomes `list-mfa-devices`.
fn kebab(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let starts = letter.is_uppercase()
            && before.is_some_and(|before| before.is_lowercase() || after.is_some_and(|after| after.is_lowercase()));
        if starts {
            words.push('-');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

pub(crate) fn session(key: SessionKey) -> String {
    format!("{} in {}", key.task, key.account)
}

pub(crate) const REUSED: &str = "Already open, so it is reused: there is one session per account and task.";

pub(crate) const NO_LOCKOUT: &str = "No statement locks out all principals.";

pub(crate) fn not_judged(problem: &str) -> String {
    format!("Cannot determine which statements lock out whom: {problem}")
}

pub(crate) fn open_statement(open: &OpenStatement) -> String {
    let statement = capital(&open.statement.to_string());
    if open.conditions.is_empty() {
        return format!("{statement} allows all principals: anyone, in any account, can do what it allows.");
    }
    format!("{statement} allows all principals where these conditions are met: {}", open.conditions.join("; "))
}

pub(crate) fn lockout(lockout: &Lockout) -> String {
    let statement = capital(&lockout.statement.to_string());
    let whom = match &lockout.reach {
        Reach::Everyone => "all principals".to_owned(),
        Reach::AllBut(names) => format!("all principals except {}", names.join(", ")),
        Reach::Owner => "all principals of the owning account".to_owned(),
    };
    let actions = lockout.actions.join(", ");
    if lockout.conditions.is_empty() {
        return format!("{statement} locks out {whom}: it denies {actions}.");
    }
    let when = lockout.conditions.join(" and ");
    format!("{statement} denies {actions} to {whom} if {when}. This depends on each call.")
}

pub(crate) fn size(judged: &Judgement) -> String {
    match judged.statements {
        Some(1) => format!("{} bytes, 1 statement", judged.bytes),
        Some(count) => format!("{} bytes, {count} statements", judged.bytes),
        None => format!("{} bytes, not a readable policy", judged.bytes),
    }
}

pub(crate) fn no_policy(holder: &PolicyHolder) -> &'static str {
    match holder {
        PolicyHolder::Bucket { .. } => "The bucket has no policy: nothing to unlock.",
        PolicyHolder::Queue { .. } => "The queue has no policy: nothing to unlock.",
    }
}

pub(crate) fn done(change: &RootChange) -> String {
    match change {
        RootChange::DeleteCredential(credential) => format!("root {credential} deleted"),
        RootChange::AllowPasswordRecovery => "password recovery of root allowed".to_owned(),
        RootChange::ClosePasswordRecovery => "password recovery of root closed".to_owned(),
        RootChange::DeletePolicy(holder) => format!("policy deleted from {holder}"),
        RootChange::PutPolicy(holder, _) => format!("policy put on {holder}"),
    }
}

pub(crate) fn already(change: &RootChange) -> String {
    match change {
        RootChange::DeleteCredential(credential) => format!("root {credential} was already deleted"),
        RootChange::AllowPasswordRecovery => {
            "root already has a login profile (a password, or recovery allowed before); nothing was changed".to_owned()
        }
        RootChange::ClosePasswordRecovery => "already closed: root had no login profile".to_owned(),
        RootChange::DeletePolicy(holder) => format!("{holder} already had no policy"),
        RootChange::PutPolicy(holder, _) => format!("{holder} already had this policy"),
    }
}

pub(crate) fn asked(change: &RootChange) -> String {
    match change {
        RootChange::DeleteCredential(credential) => format!("root {credential} is deleted"),
        RootChange::AllowPasswordRecovery => "password recovery of root is allowed".to_owned(),
        RootChange::ClosePasswordRecovery => "password recovery of root is closed".to_owned(),
        RootChange::DeletePolicy(holder) => format!("the policy of {holder} is deleted"),
        RootChange::PutPolicy(holder, _) => format!("{holder} has the new policy"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_become_the_commands_of_the_aws_cli() {
        for (action, command) in [
            ("iam:GetAccountSummary", "aws iam get-account-summary"),
            ("iam:ListMFADevices", "aws iam list-mfa-devices"),
            ("iam:DeactivateMFADevice", "aws iam deactivate-mfa-device"),
            ("s3:ListAllMyBuckets", "aws s3api list-buckets"),
            ("s3:PutBucketPolicy", "aws s3api put-bucket-policy"),
            ("sqs:GetQueueUrl", "aws sqs get-queue-url"),
        ] {
            assert_eq!(cli_command(action), command);
        }
    }
}
