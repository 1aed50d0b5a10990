//! Why a caller may not do something.

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Denial {
    NoIdentityPolicy,
    IdentityPolicy,
    NoPermissionsBoundary,
    PermissionsBoundary,
    /// The ARN of the policy, which is attached to the account or above it.
    ServiceControlPolicy(String),
    /// One of the levels from the root of the organization to the account has no policy that allows it.
    NoServiceControlPolicy,
    /// The ARN of the policy, which is attached to the resource's account or above it.
    ResourceControlPolicy(String),
    TaskPolicy,
    ResourcePolicy,
    /// The resource is another account's, and its policy does not allow it.
    NoResourcePolicy,
}

impl Denial {
    /// The end of AWS's text. Captured for identity policies, AWS documentation for the others; that a task policy is
    /// reported as a session policy is a guess. Since January 2026 service control policies are named by ARN (AWS
    /// announcement).
    pub(crate) fn words(&self, action: &str) -> String {
        match self {
            Self::NoIdentityPolicy => format!(" because no identity-based policy allows the {action} action"),
            Self::IdentityPolicy => " with an explicit deny in an identity-based policy".to_owned(),
            Self::NoPermissionsBoundary => format!(" because no permissions boundary allows the {action} action"),
            Self::PermissionsBoundary => " with an explicit deny in a permissions boundary".to_owned(),
            Self::ServiceControlPolicy(arn) => format!(" with an explicit deny in a service control policy: {arn}"),
            Self::NoServiceControlPolicy => format!(" because no service control policy allows the {action} action"),
            Self::ResourceControlPolicy(arn) => format!(" with an explicit deny in a resource control policy: {arn}"),
            Self::TaskPolicy => " with an explicit deny in a session policy".to_owned(),
            Self::ResourcePolicy => " with an explicit deny in a resource-based policy".to_owned(),
            Self::NoResourcePolicy => format!(" because no resource-based policy allows the {action} action"),
        }
    }
}
