//! What a person comes to this program for.

use std::fmt;

use super::root_feature::RootFeature;
use super::task_policy::TaskPolicy;
use super::trusted_access::ServicePrincipal;

/// One thing that can be done with this program, from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// See the accounts of the organization.
    Browse,
    /// Ask for the primary emails, and where their changes stand.
    ReadEmails,
    /// Start and accept changes of primary emails.
    ChangeEmails,
    /// Turn trusted access of the two services on and off.
    TrustedAccess,
    /// Turn the features of centralized root access on and off.
    RootFeatures,
    /// Register and deregister delegated administrators of the two services.
    Delegation,
    /// See which root credentials the member accounts have.
    Audit,
    /// Delete root credentials.
    DeleteCredentials,
    /// Allow and close the recovery of root passwords.
    Recovery,
    /// See and change bucket policies as root.
    UnlockBuckets,
    /// See and change queue policies as root.
    UnlockQueues,
    /// Ask IAM beforehand what the caller may do. Nothing else depends on it.
    Simulate,
}

/// How much a flow needs something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// The flow is not possible without it.
    Essential,
    /// The flow is poorer without it.
    Helpful,
    /// AWS's own documents contradict each other about it.
    Doubtful,
}

impl Flow {
    /// All, in the order they are shown.
    pub const ALL: [Self; 12] = [
        Self::Browse,
        Self::ReadEmails,
        Self::ChangeEmails,
        Self::TrustedAccess,
        Self::RootFeatures,
        Self::Delegation,
        Self::Audit,
        Self::DeleteCredentials,
        Self::Recovery,
        Self::UnlockBuckets,
        Self::UnlockQueues,
        Self::Simulate,
    ];

    /// Its word on the command line, in file names and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Browse => "browse",
            Self::ReadEmails => "read-emails",
            Self::ChangeEmails => "change-emails",
            Self::TrustedAccess => "trusted-access",
            Self::RootFeatures => "root-features",
            Self::Delegation => "delegation",
            Self::Audit => "audit",
            Self::DeleteCredentials => "delete-credentials",
            Self::Recovery => "recovery",
            Self::UnlockBuckets => "s3-policies",
            Self::UnlockQueues => "sqs-policies",
            Self::Simulate => "simulate",
        }
    }

    /// The task policies whose root sessions it opens. A deletion looks first at what would go;
    /// closing a recovery is a deletion, too, so allowing one does without it.
    #[must_use]
    pub fn tasks(self) -> &'static [(TaskPolicy, Weight)] {
        use Weight::{Essential, Helpful};
        match self {
            Self::Audit => &[(TaskPolicy::AuditRootCredentials, Essential)],
            Self::DeleteCredentials => {
                &[(TaskPolicy::AuditRootCredentials, Essential), (TaskPolicy::DeleteRootCredentials, Essential)]
            }
            Self::Recovery => &[
                (TaskPolicy::AuditRootCredentials, Helpful),
                (TaskPolicy::DeleteRootCredentials, Helpful),
                (TaskPolicy::AllowPasswordRecovery, Essential),
            ],
            Self::UnlockBuckets => &[(TaskPolicy::UnlockBucketPolicy, Essential)],
            Self::UnlockQueues => &[(TaskPolicy::UnlockQueuePolicy, Essential)],
            _ => &[],
        }
    }

    /// The flow of a task in a member account.
    #[must_use]
    pub fn of_task(task: TaskPolicy) -> Self {
        match task {
            TaskPolicy::AuditRootCredentials => Self::Audit,
            TaskPolicy::DeleteRootCredentials => Self::DeleteCredentials,
            TaskPolicy::AllowPasswordRecovery => Self::Recovery,
            TaskPolicy::UnlockBucketPolicy => Self::UnlockBuckets,
            TaskPolicy::UnlockQueuePolicy => Self::UnlockQueues,
        }
    }

    /// The service whose trusted access has to be on.
    #[must_use]
    pub fn trusted_service(self) -> Option<ServicePrincipal> {
        match self {
            Self::ReadEmails | Self::ChangeEmails => Some(ServicePrincipal::account_management()),
            Self::RootFeatures
            | Self::Audit
            | Self::DeleteCredentials
            | Self::Recovery
            | Self::UnlockBuckets
            | Self::UnlockQueues => Some(ServicePrincipal::iam()),
            Self::Browse | Self::TrustedAccess | Self::Delegation | Self::Simulate => None,
        }
    }

    /// The feature of centralized root access that has to be on: the gate of its tasks.
    #[must_use]
    pub fn gate(self) -> Option<RootFeature> {
        self.tasks().first().map(|(task, _)| task.gate())
    }

    /// The services whose switches and delegates it is about.
    #[must_use]
    pub fn switched_services(self) -> Vec<ServicePrincipal> {
        match self {
            Self::TrustedAccess | Self::Delegation => ServicePrincipal::switchable().to_vec(),
            // The features need it on before they can be turned on.
            Self::RootFeatures => vec![ServicePrincipal::iam()],
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tasks_of_a_flow_have_the_same_gate() {
        for flow in Flow::ALL {
            assert!(flow.tasks().iter().all(|(task, _)| Some(task.gate()) == flow.gate()), "{flow}");
        }
        for task in TaskPolicy::ALL {
            assert!(Flow::of_task(task).tasks().contains(&(task, Weight::Essential)), "{task}");
        }
    }
}
