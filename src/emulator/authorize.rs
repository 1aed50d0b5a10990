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

/// Whether `caller` may call `operation` at all.
///
/// Policies come first and standing second, as with AWS. Today every caller is an administrator
/// of its account, so its policies allow everything and only standing is left; a caller with
/// policies of its own is judged here. What depends on the request (which account it is about)
/// is judged by the service.
///
/// # Errors
/// The service's own refusal.
pub(crate) fn authorize(world: &World, caller: &Caller, service: Service, operation: &str) -> Result<(), Refusal> {
    let allowed = match service {
        Service::Organizations => organizations_allows(world.standing(&caller.account), operation),
        Service::Account | Service::Iam | Service::Sts => true,
    };
    if allowed { Ok(()) } else { Err(service.access_denied(caller, operation)) }
}

/// Who may call what of Organizations (service model's documentation).
fn organizations_allows(standing: Standing, operation: &str) -> bool {
    match standing {
        Standing::Management => true,
        Standing::Delegate => operation.starts_with("List") || operation.starts_with("Describe"),
        Standing::Member => operation == "DescribeOrganization",
    }
}
