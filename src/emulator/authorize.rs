//! The one place where a caller is let through to an operation or not.

use super::callers::{Caller, Rights};
use super::request_context::known;
use super::{Denial, OrgRole, Refusal, Service, World};
use crate::domain::policy::{Context, Request};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    /// An ARN, or `*` where the action knows no resource (Service Authorization Reference).
    pub(crate) resource: String,
    pub(crate) context: Context,
}

impl From<&str> for Subject {
    fn from(resource: &str) -> Self {
        Self::new(resource)
    }
}

impl Subject {
    pub(crate) fn new(resource: impl Into<String>) -> Self {
        Self { resource: resource.into(), context: Context::new() }
    }

    pub(crate) fn with(mut self, key: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.context = self.context.with(key, value);
        }
        self
    }
}

/// `action` is the IAM action without the service's prefix, for instance `ListAllMyBuckets`.
///
/// Service control policies come first, then the caller's own or the task policy of a root session (which of two
/// denials is reported is a guess), then the role in the organization. The rest is the service's to judge. That the
/// policy of a bucket or queue may allow somebody of its own account more is skipped.
pub(crate) fn authorize(
    world: &World,
    caller: &Caller,
    service: Service,
    action: &str,
    subject: impl Into<Subject>,
) -> Result<(), Refusal> {
    let full_action = format!("{}:{action}", service.name());
    let Subject { resource, context } = subject.into();
    let context = known(&world.organization, caller, &resource, context);
    let request = Request { action: &full_action, resource: &resource, context: &context };
    let denied = |denial| Err(service.denied(caller, action, &resource, &denial));
    if let Some(denial) = denial(world, caller, request) {
        return denied(denial);
    }
    match service {
        Service::Organizations if !organizations_allows(world.org_role(&caller.account), action) => {
            denied(Denial::NoIdentityPolicy)
        }
        _ => Ok(()),
    }
}

fn denial(world: &World, caller: &Caller, request: Request<'_>) -> Option<Denial> {
    if let Some(denial) = world.policies.control.denial(&world.organization, &caller.account, request) {
        return Some(denial);
    }
    match &caller.rights {
        Rights::Granted(grants) => grants.judge(request).denial(),
        // The words are a guess: those for anybody who may not.
        Rights::Root => request.action.eq_ignore_ascii_case("sts:AssumeRoot").then_some(Denial::NoIdentityPolicy),
        Rights::RootSession(task) => world.policies.task_denies(*task, request).then_some(Denial::TaskPolicy),
    }
}

/// Who may call what of Organizations (service model's documentation).
fn organizations_allows(org_role: OrgRole, operation: &str) -> bool {
    match org_role {
        OrgRole::Management => true,
        OrgRole::Delegate => operation.starts_with("List") || operation.starts_with("Describe"),
        OrgRole::Member => operation == "DescribeOrganization",
    }
}
