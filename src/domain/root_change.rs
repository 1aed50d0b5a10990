//! What can be changed in a member account through a root session.

use super::account::AccountId;
use super::aws_command::{AwsCommand, ascii_json};
use super::danger::Danger;
use super::policy_holder::{PolicyHolder, PolicyText};
use super::root_credentials::{AuditDepth, RootCredential};
use super::root_session::SessionKey;
use super::task_policy::TaskPolicy;

/// One write in a root session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootChange {
    /// Delete one credential of root.
    DeleteCredential(RootCredential),
    /// Let whoever reads the root mailbox set a password (`CreateLoginProfile` without arguments).
    AllowPasswordRecovery,
    /// Take that back (`DeleteLoginProfile`). Takes the password, too, if one was set meanwhile.
    ClosePasswordRecovery,
    /// Delete the policy of a bucket, or clear that of a queue.
    DeletePolicy(PolicyHolder),
    /// Put a policy in the place of the present one.
    PutPolicy(PolicyHolder, PolicyText),
}

impl RootChange {
    /// The task policy whose session it needs.
    pub fn task(&self) -> TaskPolicy {
        match self {
            Self::DeleteCredential(_) | Self::ClosePasswordRecovery => TaskPolicy::DeleteRootCredentials,
            Self::AllowPasswordRecovery => TaskPolicy::AllowPasswordRecovery,
            Self::DeletePolicy(holder) | Self::PutPolicy(holder, _) => match holder {
                PolicyHolder::Bucket { .. } => TaskPolicy::UnlockBucketPolicy,
                PolicyHolder::Queue { .. } => TaskPolicy::UnlockQueuePolicy,
            },
        }
    }

    pub(crate) fn danger(&self) -> Danger {
        match self {
            Self::DeleteCredential(_) | Self::ClosePasswordRecovery | Self::DeletePolicy(_) => Danger::Severe,
            Self::AllowPasswordRecovery | Self::PutPolicy(..) => Danger::Strong,
        }
    }

    pub(crate) fn operation(&self) -> &'static str {
        match self {
            Self::DeleteCredential(RootCredential::Password) | Self::ClosePasswordRecovery => "iam:DeleteLoginProfile",
            Self::DeleteCredential(RootCredential::AccessKey(_)) => "iam:DeleteAccessKey",
            Self::DeleteCredential(RootCredential::SigningCertificate(_)) => "iam:DeleteSigningCertificate",
            Self::DeleteCredential(RootCredential::MfaDevice(_)) => "iam:DeactivateMFADevice",
            Self::AllowPasswordRecovery => "iam:CreateLoginProfile",
            Self::DeletePolicy(PolicyHolder::Bucket { .. }) => "s3:DeleteBucketPolicy",
            Self::PutPolicy(PolicyHolder::Bucket { .. }, _) => "s3:PutBucketPolicy",
            Self::DeletePolicy(PolicyHolder::Queue { .. }) | Self::PutPolicy(PolicyHolder::Queue { .. }, _) => {
                "sqs:SetQueueAttributes"
            }
        }
    }

    /// The same as a command line: the call in a root session of its own.
    pub fn command(&self, account: AccountId) -> AwsCommand {
        self.inside().in_session(account, self.task())
    }

    fn inside(&self) -> AwsCommand {
        match self {
            Self::DeleteCredential(RootCredential::Password) | Self::ClosePasswordRecovery => {
                AwsCommand::new("iam", "delete-login-profile")
            }
            Self::DeleteCredential(RootCredential::AccessKey(id)) => {
                AwsCommand::new("iam", "delete-access-key").with("access-key-id", id)
            }
            Self::DeleteCredential(RootCredential::SigningCertificate(id)) => {
                AwsCommand::new("iam", "delete-signing-certificate").with("certificate-id", id)
            }
            Self::DeleteCredential(RootCredential::MfaDevice(serial)) => {
                AwsCommand::new("iam", "deactivate-mfa-device").with("serial-number", serial)
            }
            Self::AllowPasswordRecovery => AwsCommand::new("iam", "create-login-profile"),
            Self::DeletePolicy(PolicyHolder::Bucket { name, region }) => {
                AwsCommand::new("s3api", "delete-bucket-policy").with("bucket", name).with("region", region)
            }
            Self::PutPolicy(PolicyHolder::Bucket { name, region }, text) => {
                put_bucket_policy(name, text).with("region", region)
            }
            Self::DeletePolicy(PolicyHolder::Queue { url, region }) => AwsCommand::new("sqs", "set-queue-attributes")
                .with("queue-url", url)
                .with("attributes", r#"{"Policy":""}"#)
                .with("region", region),
            Self::PutPolicy(PolicyHolder::Queue { url, region }, text) => {
                AwsCommand::new("sqs", "set-queue-attributes")
                    .with("queue-url", url)
                    .with("attributes", &policy_member(text))
                    .with("region", region)
            }
        }
    }
}

/// The policy to the byte, in one line that no terminal and no shell reads otherwise.
fn put_bucket_policy(name: &str, text: &str) -> AwsCommand {
    let command = AwsCommand::new("s3api", "put-bucket-policy").with("bucket", name);
    // Other beginnings may mean a file to the AWS CLI.
    if text.starts_with('{') && text.chars().all(|character| matches!(character, ' '..='~')) {
        command.with("policy", text)
    } else {
        command.with("cli-input-json", &policy_member(text))
    }
}

/// `{"Policy": TEXT}`.
fn policy_member(text: &str) -> String {
    ascii_json(&serde_json::json!({ "Policy": text }).to_string())
}

/// The command line that opens a root session of `seconds` seconds and hands it to a shell.
pub fn shell_command(key: SessionKey, seconds: u16) -> AwsCommand {
    AwsCommand::of(&["rootdeck", "session", &key.account.to_string(), key.task.as_str()])
        .with("seconds", &seconds.to_string())
        .with_flag("shell")
}

/// The commands that make the calls of an audit, without those about each access key that they show.
pub fn audit_commands(account: AccountId, depth: AuditDepth) -> Vec<AwsCommand> {
    let deep: &[&str] = match depth {
        AuditDepth::Quick => &[],
        AuditDepth::Deep => &["get-login-profile", "list-access-keys", "list-mfa-devices", "list-signing-certificates"],
    };
    let calls = ["get-account-summary"].into_iter().chain(deep.iter().copied());
    calls.map(|call| AwsCommand::new("iam", call).in_session(account, TaskPolicy::AuditRootCredentials)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_one_that_its_task_policy_allows() {
        let bucket = || PolicyHolder::Bucket { name: "b".into(), region: "eu-west-1".into() };
        let queue = || PolicyHolder::Queue { url: "https://q/1/n".into(), region: "eu-west-1".into() };
        for change in [
            RootChange::DeleteCredential(RootCredential::Password),
            RootChange::DeleteCredential(RootCredential::AccessKey("AKIA1".into())),
            RootChange::DeleteCredential(RootCredential::SigningCertificate("C".into())),
            RootChange::DeleteCredential(RootCredential::MfaDevice("arn:aws:iam::444455556666:mfa/x".into())),
            RootChange::AllowPasswordRecovery,
            RootChange::ClosePasswordRecovery,
            RootChange::DeletePolicy(bucket()),
            RootChange::DeletePolicy(queue()),
            RootChange::PutPolicy(bucket(), "{}".into()),
            RootChange::PutPolicy(bucket(), "{\n\t\"Id\": \"o'é\"}\n".into()),
            RootChange::PutPolicy(queue(), "{}".into()),
        ] {
            assert!(change.task().actions().contains(&change.operation()), "{change:?}");
            let command = change.command("444455556666".parse().expect("an id")).to_string();
            let session = format!("rootdeck session 444455556666 {} -- aws ", change.task());
            assert!(command.starts_with(&session) && !command.contains('\n'), "{command}");
            assert!(change.danger() >= Danger::Strong);
        }
    }
}
