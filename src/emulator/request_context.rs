//! What policies know of a request.

use super::callers::Caller;
use super::world::organization::Organization;
use crate::domain::policy::Context;

/// Global condition keys. `aws:AssumedRoot` is there in root sessions only, those of an organization in one only;
/// `aws:ResourceAccount` where the resource's ARN tells it.
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
