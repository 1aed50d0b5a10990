//! The task policies: AWS's managed policies that a root session is held to.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TaskPolicy {
    AuditRootUserCredentials,
    CreateRootUserPassword,
    DeleteRootUserCredentials,
    UnlockBucketPolicy,
    UnlockQueuePolicy,
}

/// Neither feature implies the other (captured; the documentation speaks of root sessions for all tasks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    RootCredentialsManagement,
    RootSessions,
}

impl TaskPolicy {
    pub(crate) const ALL: [Self; 5] = [
        Self::AuditRootUserCredentials,
        Self::CreateRootUserPassword,
        Self::DeleteRootUserCredentials,
        Self::UnlockBucketPolicy,
        Self::UnlockQueuePolicy,
    ];

    pub(crate) fn with_arn(arn: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.arn() == arn)
    }

    pub(crate) fn arn(self) -> String {
        format!("arn:aws:iam::aws:policy/root-task/{}", self.name())
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AuditRootUserCredentials => "IAMAuditRootUserCredentials",
            Self::CreateRootUserPassword => "IAMCreateRootUserPassword",
            Self::DeleteRootUserCredentials => "IAMDeleteRootUserCredentials",
            Self::UnlockBucketPolicy => "S3UnlockBucketPolicy",
            Self::UnlockQueuePolicy => "SQSUnlockQueuePolicy",
        }
    }

    pub(crate) fn gate(self) -> Gate {
        match self {
            Self::AuditRootUserCredentials | Self::CreateRootUserPassword | Self::DeleteRootUserCredentials => {
                Gate::RootCredentialsManagement
            }
            Self::UnlockBucketPolicy | Self::UnlockQueuePolicy => Gate::RootSessions,
        }
    }

    /// As AWS publishes it. It only denies: root may do the rest.
    pub(crate) fn document(self) -> &'static str {
        match self {
            Self::AuditRootUserCredentials => {
                include_str!("../../assets/policies/root-task/IAMAuditRootUserCredentials.json")
            }
            Self::CreateRootUserPassword => {
                include_str!("../../assets/policies/root-task/IAMCreateRootUserPassword.json")
            }
            Self::DeleteRootUserCredentials => {
                include_str!("../../assets/policies/root-task/IAMDeleteRootUserCredentials.json")
            }
            Self::UnlockBucketPolicy => include_str!("../../assets/policies/root-task/S3UnlockBucketPolicy.json"),
            Self::UnlockQueuePolicy => include_str!("../../assets/policies/root-task/SQSUnlockQueuePolicy.json"),
        }
    }
}
