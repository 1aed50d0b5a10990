//! What a person comes to this program for.

use super::root_feature::RootFeature;
use super::task_policy::TaskPolicy;
use super::trusted_access::ServicePrincipal;
use super::word_enum::word_enum;

word_enum! {
    /// One thing that can be done with this program, from its beginning to its end.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Flow {
        /// See the accounts of the organization.
        Browse = "browse",
        /// Ask for the primary emails, and where their changes stand.
        ReadEmails = "read-emails",
        /// Start and accept changes of primary emails.
        ChangeEmails = "change-emails",
        /// See the contacts of the accounts.
        ReadContacts = "read-contacts",
        /// Change contacts and names of the accounts.
        ChangeContacts = "change-contacts",
        /// See the service and resource control policies that restrict root sessions.
        ReadScps = "read-scps",
        /// Turn trusted access of the two services on and off.
        TrustedAccess = "trusted-access",
        /// Turn the features of centralized root access on and off.
        RootFeatures = "root-features",
        /// Register and deregister delegated administrators of the two services.
        Delegation = "delegation",
        /// See which root credentials the member accounts have.
        Audit = "audit",
        /// Delete root credentials.
        DeleteCredentials = "delete-credentials",
        /// Allow and close the recovery of root passwords.
        Recovery = "recovery",
        /// See and change bucket policies as root.
        UnlockBuckets = "s3-policies",
        /// See and change queue policies as root.
        UnlockQueues = "sqs-policies",
        /// Ask IAM beforehand what the caller may do. Nothing else depends on it.
        Simulate = "simulate",
    }
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
    /// The tasks whose root sessions it opens. A deletion audits first; so does closing a recovery, not allowing one.
    pub(crate) fn tasks(self) -> &'static [(TaskPolicy, Weight)] {
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

    pub(crate) fn of_task(task: TaskPolicy) -> Self {
        match task {
            TaskPolicy::AuditRootCredentials => Self::Audit,
            TaskPolicy::DeleteRootCredentials => Self::DeleteCredentials,
            TaskPolicy::AllowPasswordRecovery => Self::Recovery,
            TaskPolicy::UnlockBucketPolicy => Self::UnlockBuckets,
            TaskPolicy::UnlockQueuePolicy => Self::UnlockQueues,
        }
    }

    pub(crate) fn trusted_service(self) -> Option<ServicePrincipal> {
        match self {
            Self::ReadEmails | Self::ChangeEmails | Self::ReadContacts | Self::ChangeContacts => {
                Some(ServicePrincipal::account_management())
            }
            Self::Browse | Self::ReadScps | Self::TrustedAccess | Self::Delegation | Self::Simulate => None,
            _ => Some(ServicePrincipal::iam()),
        }
    }

    /// The feature of centralized root access that has to be on.
    pub(crate) fn gate(self) -> Option<RootFeature> {
        self.tasks().first().map(|(task, _)| task.gate())
    }

    /// The services whose switches and delegated administrators it changes.
    pub(crate) fn switched_services(self) -> Vec<ServicePrincipal> {
        match self {
            Self::TrustedAccess | Self::Delegation => ServicePrincipal::switchable().to_vec(),
            // The features need it on before they can be turned on.
            Self::RootFeatures => vec![ServicePrincipal::iam()],
            _ => Vec::new(),
        }
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
