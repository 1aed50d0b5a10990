//! The one place where a caller is let through to an operation or not.

use super::callers::Caller;
use super::refusal::Refusal;
use super::service::{Denial, Service};
use super::world::World;
use crate::domain::policy::{Context, Request};

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
/// Policies come first and standing second, as with AWS: service control policies, then the task
/// policy of a root session (that of two denials the former is told is a guess). Callers outside
/// of root sessions are administrators of their account. What else depends on the request is
/// judged by the service.
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
    authorize_knowing(world, caller, service, action, resource, Context::new())
}

/// Like [`authorize`], with the service's own condition keys in `context`.
///
/// # Errors
/// The service's own refusal.
pub(crate) fn authorize_knowing(
    world: &World,
    caller: &Caller,
    service: Service,
    action: &str,
    resource: &str,
    context: Context,
) -> Result<(), Refusal> {
    let full_action = format!("{}:{action}", service.name());
    let context = known(caller, resource, context);
    let request = Request { action: &full_action, resource, context: &context };
    let denied = |denial| Err(service.denied(caller, action, resource, denial));
    if world.policies.control_denies(&world.organization, &caller.account, request) {
        return denied(Denial::ServiceControlPolicy);
    }
    if caller.root_session.is_some_and(|task| world.policies.task_denies(task, request)) {
        return denied(Denial::TaskPolicy);
    }
    match service {
        Service::Organizations if !organizations_allows(world.standing(&caller.account), action) => {
            denied(Denial::NoIdentityPolicy)
        }
        _ => Ok(()),
    }
}

/// The global condition keys that policies here may ask for. `aws:AssumedRoot` is there in root
/// sessions only; `aws:ResourceAccount` where the resource's ARN tells it.
fn known(caller: &Caller, resource: &str, mut context: Context) -> Context {
    context = context.with("aws:PrincipalArn", &caller.principal_arn).with("aws:PrincipalAccount", &caller.account);
    if caller.root_session.is_some() {
        context = context.with("aws:AssumedRoot", "true");
    }
    match resource.split(':').nth(4) {
        Some(account) if !account.is_empty() => context.with("aws:ResourceAccount", account),
        _ => context,
    }
}

/// Who may call what of Organizations (service model's documentation).
fn organizations_allows(standing: Standing, operation: &str) -> bool {
    match standing {
        Standing::Management => true,
        Standing::Delegate => operation.starts_with("List") || operation.starts_with("Describe"),
        Standing::Member => operation == "DescribeOrganization",
    }
}
