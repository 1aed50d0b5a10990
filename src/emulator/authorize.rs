//! The one place where a caller is let through to an operation or not.

use super::callers::Caller;
use super::refusal::Refusal;
use super::service::Service;
use super::world::World;

/// The part an account plays in the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Management,
    /// A delegated administrator, of whatever service.
    Delegate,
    Member,
}

/// Whether `caller` may perform `action` on `resource`.
///
/// `action` is the IAM action without the service's prefix, for instance `ListAllMyBuckets`,
/// which for most services is the operation's name; `resource` is an ARN, or `*` where the action
/// knows no resource.
///
/// Policies come first and standing second, as with AWS. Callers outside of root sessions are
/// administrators of their account. What else depends on the request is judged by the service.
///
/// # Errors
/// The service's own refusal.
pub(crate) fn authorize(
    world: &World,
    caller: &Caller,
    service: Service,
    action: &str,
    resource: &str,
) -> Result<(), Refusal> {
    let _ = resource;
    let allowed = match service {
        Service::Organizations => organizations_allows(world.standing(&caller.account), action),
        Service::Account | Service::Iam | Service::Sts | Service::S3 | Service::Sqs => true,
    };
    if allowed { Ok(()) } else { Err(service.access_denied(caller, action)) }
}

/// Who may call what of Organizations (service model's documentation).
fn organizations_allows(standing: Standing, operation: &str) -> bool {
    match standing {
        Standing::Management => true,
        Standing::Delegate => operation.starts_with("List") || operation.starts_with("Describe"),
        Standing::Member => operation == "DescribeOrganization",
    }
}
