//! The one place where a caller is let through to an operation or not.

use super::callers::{Caller, Rights};
use super::refusal::Refusal;
use super::service::{Denial, Service};
use super::world::World;
use super::world::organization::Organization;
use crate::domain::policy::{Context, Request};

/// The part an account plays in the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Management,
    /// A delegated administrator, of whatever service.
    Delegate,
    Member,
}

/// What a request is about, as policies see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    /// An ARN, or `*` where the action knows no resource (Service Authorization Reference).
    pub(crate) resource: String,
    /// The service's own condition keys.
    pub(crate) context: Context,
}

impl Subject {
    pub(crate) fn new(resource: impl Into<String>) -> Self {
        Self { resource: resource.into(), context: Context::new() }
    }

    /// With a condition key, if it has a value.
    pub(crate) fn with(mut self, key: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.context = self.context.with(key, value);
        }
        self
    }
}

/// Whether `caller` may perform `action` on `resource`.
///
/// `action` is the IAM action without the service's prefix, for instance `ListAllMyBuckets`,
/// which for most services is the operation's name; `resource` is an ARN, or `*` where the action
/// knows no resource.
///
/// Policies come first and standing second, as with AWS: service control policies, then the
/// caller's own, or the task policy of a root session (that of two denials the former is told is
/// a guess). What else depends on the request is judged by the service. That the policy of a
/// bucket or queue may allow somebody of its own account what the caller's policies don't is left
/// out.
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
    authorize_subject(world, caller, service, action, Subject::new(resource))
}

/// Like [`authorize`], with the service's own condition keys.
///
/// # Errors
/// The service's own refusal.
pub(crate) fn authorize_subject(
    world: &World,
    caller: &Caller,
    service: Service,
    action: &str,
    subject: Subject,
) -> Result<(), Refusal> {
    let full_action = format!("{}:{action}", service.name());
    let Subject { resource, context } = subject;
    let context = known(&world.organization, caller, &resource, context);
    let request = Request { action: &full_action, resource: &resource, context: &context };
    let denied = |denial| Err(service.denied(caller, action, &resource, &denial));
    if let Some(denial) = denial(world, caller, request) {
        return denied(denial);
    }
    match service {
        Service::Organizations if !organizations_allows(world.standing(&caller.account), action) => {
            denied(Denial::NoIdentityPolicy)
        }
        _ => Ok(()),
    }
}

/// Why policies do not let the caller.
fn denial(world: &World, caller: &Caller, request: Request<'_>) -> Option<Denial> {
    if let Some(policy) = world.policies.control_denial(&world.organization, &caller.account, request) {
        return Some(Denial::ServiceControlPolicy(policy));
    }
    match &caller.rights {
        Rights::Granted(grants) => grants.judge(request).denial(),
        // The words are a guess: those for anybody who may not.
        Rights::Root => request.action.eq_ignore_ascii_case("sts:AssumeRoot").then_some(Denial::NoIdentityPolicy),
        Rights::RootSession(task) => world.policies.task_denies(*task, request).then_some(Denial::TaskPolicy),
    }
}

/// The global condition keys that policies here may ask for. `aws:AssumedRoot` is there in root
/// sessions only, those of an organization in one only; `aws:ResourceAccount` where the
/// resource's ARN tells it.
pub(crate) fn known(organization: &Organization, caller: &Caller, resource: &str, mut context: Context) -> Context {
    context = context
        .with("aws:PrincipalArn", &caller.principal_arn)
        .with("aws:PrincipalAccount", &caller.account)
        .with("aws:PrincipalType", principal_type(caller))
        .with("aws:userid", &caller.user_id);
    if let Some(name) = caller.user_name() {
        context = context.with("aws:username", name);
    }
    if caller.is_in_root_session() {
        context = context.with("aws:AssumedRoot", "true");
    }
    if organization.exists() && organization.account(&caller.account).is_some() {
        context = context.with("aws:PrincipalOrgID", &organization.id);
        if let Some(above) = organization.parent_of(&caller.account) {
            context = context.with("aws:PrincipalOrgPaths", &above.path);
        }
    }
    match resource.split(':').nth(4) {
        Some(account) if !account.is_empty() => context.with("aws:ResourceAccount", account),
        _ => context,
    }
}

/// AWS documentation.
fn principal_type(caller: &Caller) -> &'static str {
    if caller.is_root() {
        "Account"
    } else if caller.user_name().is_some() {
        "User"
    } else {
        "AssumedRole"
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::identity::Identity;
    use crate::emulator::task_policy::TaskPolicy;
    use crate::emulator::world::blueprint::Blueprint;
    use crate::emulator::world::entities::Entities;

    fn caller(blueprint: &Blueprint, who: Identity) -> Caller {
        let Ok(entities) = Entities::new(blueprint) else { unreachable!("it holds together") };
        let found = entities.callers().find(|(key, _)| *key == who.access_key_id()).map(|(_, caller)| caller.clone());
        found.unwrap_or_default()
    }

    fn known_of(blueprint: &Blueprint, caller: &Caller, resource: &str) -> Context {
        let Ok(organization) = Organization::new(blueprint) else { unreachable!("it holds together") };
        known(&organization, caller, resource, Context::new())
    }

    #[test]
    fn what_is_known_of_a_caller_is_what_aws_tells_policies() {
        let Ok(demo) = Blueprint::demo() else { unreachable!("it is readable") };
        let alice = "arn:aws:iam::111122223333:user/ops/alice";
        let expected = Context::new()
            .with("aws:PrincipalArn", alice)
            .with("aws:PrincipalAccount", "111122223333")
            .with("aws:PrincipalType", "User")
            .with("aws:userid", "AIDADEMOALICE0000000")
            .with("aws:username", "alice")
            .with("aws:PrincipalOrgID", "o-8j81brsjuj")
            .with("aws:PrincipalOrgPaths", "o-8j81brsjuj/r-8j81/");
        assert_eq!(known_of(&demo, &caller(&demo, Identity::User), "*"), expected);

        let root = "arn:aws:iam::444455558888:root";
        let expected = Context::new()
            .with("aws:PrincipalArn", root)
            .with("aws:PrincipalAccount", "444455558888")
            .with("aws:PrincipalType", "Account")
            .with("aws:userid", "444455558888")
            .with("aws:AssumedRoot", "true")
            .with("aws:PrincipalOrgID", "o-8j81brsjuj")
            .with("aws:PrincipalOrgPaths", "o-8j81brsjuj/r-8j81/ou-8j81-6g3wpjyb/ou-8j81-3xujvh9s/")
            .with("aws:ResourceAccount", "444455558888");
        let session = Caller::root_session("444455558888", TaskPolicy::AuditRootUserCredentials);
        assert_eq!(known_of(&demo, &session, root), expected);

        let Ok([_, alone]) = Blueprint::outside() else { unreachable!("they are readable") };
        let expected = Context::new()
            .with("aws:PrincipalArn", "arn:aws:iam::999922220001:role/Admin")
            .with("aws:PrincipalAccount", "999922220001")
            .with("aws:PrincipalType", "AssumedRole")
            .with("aws:userid", "AROADEMONOORG0000000:demo");
        assert_eq!(known_of(&alone, &caller(&alone, Identity::WithoutOrganization), "*"), expected);
    }
}
