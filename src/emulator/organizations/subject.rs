//! What requests of Organizations are authorized on (Service Authorization Reference).

use super::shape;
use crate::emulator::world::World;
use crate::emulator::{Input, Subject};

/// A member of the wrong type counts as missing here; the operation refuses it.
pub(crate) fn subject(world: &World, operation: &str, input: &Input) -> Subject {
    let organization = &world.organization;
    let policy = || world.policies.control.find(input.text("PolicyId").ok().flatten()?);
    let text = |name: &str| input.text(name).ok().flatten();
    let resource = match operation {
        "DescribeAccount"
        | "ListDelegatedServicesForAccount"
        | "RegisterDelegatedAdministrator"
        | "DeregisterDelegatedAdministrator" => text("AccountId").map(|id| shape::arn_of(organization, id)),
        "ListAccountsForParent" | "ListOrganizationalUnitsForParent" => {
            text("ParentId").map(|id| shape::arn_of(organization, id))
        }
        "ListParents" => text("ChildId").map(|id| shape::arn_of(organization, id)),
        "ListPoliciesForTarget" => text("TargetId").map(|id| shape::arn_of(organization, id)),
        // Attaching is authorized on the target as well (Service Authorization Reference); that is skipped.
        "DescribePolicy" | "UpdatePolicy" | "AttachPolicy" | "DetachPolicy" => {
            policy().map(|policy| policy.arn(organization))
        }
        _ => None,
    };
    let policy_type = match operation {
        "ListPolicies" | "ListPoliciesForTarget" => text("Filter"),
        "CreatePolicy" => text("Type"),
        _ => policy().map(|policy| policy.kind.name()),
    };
    let principal = match operation {
        "EnableAWSServiceAccess"
        | "DisableAWSServiceAccess"
        | "ListDelegatedAdministrators"
        | "RegisterDelegatedAdministrator"
        | "DeregisterDelegatedAdministrator" => text("ServicePrincipal"),
        _ => None,
    };
    let resource = resource.unwrap_or_else(|| "*".to_owned());
    Subject::new(resource)
        .with("organizations:ServicePrincipal", principal)
        .with("organizations:PolicyType", policy_type)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use std::net::SocketAddr;

    use crate::emulator::Options;
    use crate::emulator::world::blueprint::Blueprint;

    #[test]
    fn an_operation_about_something_is_authorized_on_it() {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let demo = Blueprint::demo().and_then(|blueprint| World::new(&Options::default(), blueprint, address));
        let Ok(world) = demo else { unreachable!("it holds together") };
        let iam = json!({ "ServicePrincipal": "iam.amazonaws.com", "AccountId": "444455558888" });
        for (operation, input, kind_and_id, has_principal) in [
            ("ListAccounts", json!({}), None, false),
            ("EnableAWSServiceAccess", iam.clone(), None, true),
            ("ListDelegatedAdministrators", iam.clone(), None, true),
            ("RegisterDelegatedAdministrator", iam.clone(), Some(("account", "444455558888")), true),
            ("DescribeAccount", iam, Some(("account", "444455558888")), false),
            ("DescribeAccount", json!({ "AccountId": 1 }), None, false),
            ("ListAccountsForParent", json!({ "ParentId": "r-8j81" }), Some(("root", "r-8j81")), false),
            ("ListParents", json!({ "ChildId": "ou-8j81-vthxpywb" }), Some(("ou", "ou-8j81-vthxpywb")), false),
        ] {
            let resource = kind_and_id.map_or("*".to_owned(), |(kind, id)| {
                format!("arn:aws:organizations::111122223333:{kind}/o-8j81brsjuj/{id}")
            });
            let principal = has_principal.then_some("iam.amazonaws.com");
            let expected = Subject::new(resource).with("organizations:ServicePrincipal", principal);
            assert_eq!(subject(&world, operation, &Input::of(input.clone())), expected, "{operation} {input}");
        }
    }
}
