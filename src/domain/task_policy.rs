//! The five task policies, each of which a root session is opened for.

use super::root_feature::RootFeature;
use super::word_enum::word_enum;

word_enum! {
    /// A task that `AssumeRoot` gives the power for in a member account (AWS managed policies under `root-task/`). The
    /// policies only deny: they are a ceiling over what root may do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
    #[serde(try_from = "String", into = "String")]
    pub enum TaskPolicy {
        /// See which root credentials there are.
        AuditRootCredentials = "IAMAuditRootUserCredentials",
        /// Delete root credentials.
        DeleteRootCredentials = "IAMDeleteRootUserCredentials",
        /// Allow the recovery of the root password.
        AllowPasswordRecovery = "IAMCreateRootUserPassword",
        /// Read, put and delete the policies of buckets.
        UnlockBucketPolicy = "S3UnlockBucketPolicy",
        /// Read and set the policies of queues.
        UnlockQueuePolicy = "SQSUnlockQueuePolicy",
    }
}

impl TaskPolicy {
    /// From AWS's name, in any case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.as_str().eq_ignore_ascii_case(name))
    }

    /// The ARN of the policy in a partition (`aws`, `aws-cn`, `aws-us-gov` …).
    pub(crate) fn arn(self, partition: &str) -> String {
        format!("arn:{partition}:iam::aws:policy/root-task/{self}")
    }

    /// The feature that has to be on (captured: neither feature opens the other's tasks).
    pub fn gate(self) -> RootFeature {
        match self {
            Self::AuditRootCredentials | Self::DeleteRootCredentials | Self::AllowPasswordRecovery => {
                RootFeature::RootCredentialsManagement
            }
            Self::UnlockBucketPolicy | Self::UnlockQueuePolicy => RootFeature::RootSessions,
        }
    }

    /// Whether nothing can be changed with it.
    pub fn is_reading(self) -> bool {
        self == Self::AuditRootCredentials
    }

    /// The actions that work in such a session, in the notation of IAM (the AWS managed policies).
    pub(crate) fn actions(self) -> &'static [&'static str] {
        match self {
            Self::AuditRootCredentials => &[
                "iam:GetUser",
                "iam:GetAccountSummary",
                "iam:GetLoginProfile",
                "iam:ListAccessKeys",
                "iam:GetAccessKeyLastUsed",
                "iam:ListMFADevices",
                "iam:ListSigningCertificates",
            ],
            Self::DeleteRootCredentials => &[
                "iam:GetUser",
                "iam:GetLoginProfile",
                "iam:ListAccessKeys",
                "iam:GetAccessKeyLastUsed",
                "iam:ListMFADevices",
                "iam:ListSigningCertificates",
                "iam:DeleteLoginProfile",
                "iam:DeleteAccessKey",
                "iam:DeleteSigningCertificate",
                "iam:DeactivateMFADevice",
            ],
            Self::AllowPasswordRecovery => &["iam:GetLoginProfile", "iam:CreateLoginProfile"],
            Self::UnlockBucketPolicy => {
                &["s3:ListAllMyBuckets", "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]
            }
            Self::UnlockQueuePolicy => {
                &["sqs:ListQueues", "sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes"]
            }
        }
    }
}

impl TryFrom<String> for TaskPolicy {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::from_name(&name).ok_or("not a task policy that this program knows")
    }
}

impl From<TaskPolicy> for String {
    fn from(task: TaskPolicy) -> Self {
        task.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_arns_are_awss() {
        for task in TaskPolicy::ALL {
            assert_eq!(TaskPolicy::from_name(&task.to_string().to_lowercase()), Some(task));
            assert!(task.arn("aws-cn").starts_with("arn:aws-cn:iam::aws:policy/root-task/"));
        }
        assert_eq!(TaskPolicy::from_name("AdministratorAccess"), None);
    }

    #[test]
    fn only_the_audit_can_change_nothing() {
        let writes =
            |action: &&str| ["Create", "Delete", "Put", "Set", "Deactivate"].iter().any(|verb| action.contains(verb));
        for task in TaskPolicy::ALL {
            assert_eq!(task.is_reading(), !task.actions().iter().any(writes), "{task}");
        }
    }
}
