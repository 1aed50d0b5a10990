//! What requests of Organizations are authorized on (Service Authorization Reference).

use super::shape;
use crate::emulator::authorize::Subject;
use crate::emulator::wire::Input;
use crate::emulator::world::organization::Organization;

/// The resource and the condition keys of a request. A member of the wrong type counts as
/// missing here; the operation refuses it.
pub(crate) fn subject(organization: &Organization, operation: &str, input: &Input) -> Subject {
    let text = |name: &str| input.text(name).ok().flatten();
    let resource = match operation {
        "DescribeAccount"
        | "ListDelegatedServicesForAccount"
        | "RegisterDelegatedAdministrator"
        | "DeregisterDelegatedAdministrator" => text("AccountId").map(|id| shape::arn_of_account(organization, id)),
        "ListAccountsForParent" | "ListOrganizationalUnitsForParent" => {
            text("ParentId").map(|id| shape::arn_of(organization, id))
        }
        "ListParents" => text("ChildId").map(|id| shape::arn_of(organization, id)),
        _ => None,
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
    Subject::new(resource).with("organizations:ServicePrincipal", principal)
}
