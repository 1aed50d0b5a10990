//! What requests of Account Management are authorized on (Service Authorization Reference).

use super::check;
use crate::emulator::authorize::Subject;
use crate::emulator::callers::Caller;
use crate::emulator::wire::Input;
use crate::emulator::world::organization::Organization;

/// The resource and the condition keys of a request: the account of the organization it names, or
/// the caller's own. An id that is none counts as missing here; the operation refuses it.
pub(crate) fn subject(organization: &Organization, caller: &Caller, operation: &str, input: &Input) -> Subject {
    let named = check::account_id(input).ok().flatten();
    let resource = match named {
        Some(id) if organization.exists() => {
            format!("arn:aws:account::{}:account/{}/{id}", organization.management_account, organization.id)
        }
        _ => format!("arn:aws:account::{}:account", caller.account),
    };
    let paths = named.and_then(|id| organization.parent_of(id)).map(|above| above.path.as_str());
    let email = match operation {
        "StartPrimaryEmailUpdate" | "AcceptPrimaryEmailUpdate" => input.text("PrimaryEmail").ok().flatten(),
        _ => None,
    };
    let domain = email.and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
    Subject::new(resource).with("account:AccountResourceOrgPaths", paths).with("account:EmailTargetDomain", domain)
}
