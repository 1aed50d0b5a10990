//! What requests of Account Management are authorized on (Service Authorization Reference).

use super::check;
use crate::emulator::world::organization::Organization;
use crate::emulator::{Caller, Input, Subject};

/// The account of the organization that the request names, or the caller's own. An invalid id counts as missing here;
/// the operation refuses it.
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
    let contact_type = match operation {
        "GetAlternateContact" | "PutAlternateContact" | "DeleteAlternateContact" => {
            input.text("AlternateContactType").ok().flatten()
        }
        _ => None,
    };
    let domain = email.and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
    Subject::new(resource)
        .with("account:AccountResourceOrgPaths", paths)
        .with("account:EmailTargetDomain", domain)
        .with("account:AlternateContactTypes", contact_type)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::policy::Context;
    use crate::emulator::world::blueprint::Blueprint;

    const KENSHO: &str = "444455558888";

    fn of(blueprint: &Blueprint, operation: &str, input: Value) -> Subject {
        let Ok(organization) = Organization::new(blueprint) else { unreachable!("it holds together") };
        subject(&organization, &Caller::root("111122223333"), operation, &Input::of(input))
    }

    #[test]
    fn a_named_account_is_one_of_the_organization_and_else_it_is_the_callers_own() {
        let Ok(demo) = Blueprint::demo() else { unreachable!("it is readable") };
        let own = "arn:aws:account::111122223333:account";
        let kensho = format!("{own}/o-8j81brsjuj/{KENSHO}");
        let path = "o-8j81brsjuj/r-8j81/ou-8j81-6g3wpjyb/ou-8j81-3xujvh9s/";
        let in_tree = || Context::new().with("account:AccountResourceOrgPaths", path);
        let with_domain = in_tree().with("account:EmailTargetDomain", "Corp.example");
        let start = json!({ "AccountId": KENSHO, "PrimaryEmail": "a@b@Corp.example" });
        for (operation, input, resource, context) in [
            ("GetAccountInformation", json!({}), own, Context::new()),
            ("GetAccountInformation", json!({ "AccountId": "1" }), own, Context::new()),
            ("GetPrimaryEmail", json!({ "AccountId": KENSHO }), &kensho, in_tree()),
            ("StartPrimaryEmailUpdate", start.clone(), &kensho, with_domain),
            ("GetPrimaryEmail", start, &kensho, in_tree()),
            ("PutAccountName", json!({ "AccountId": KENSHO, "AccountName": "x" }), &kensho, in_tree()),
            (
                "GetAlternateContact",
                json!({ "AccountId": KENSHO, "AlternateContactType": "SECURITY" }),
                &kensho,
                in_tree().with("account:AlternateContactTypes", "SECURITY"),
            ),
        ] {
            let expected = Subject { resource: resource.to_owned(), context };
            assert_eq!(of(&demo, operation, input.clone()), expected, "{operation} {input}");
        }
        let Ok([_, alone]) = Blueprint::outside() else { unreachable!("they are readable") };
        assert_eq!(of(&alone, "GetPrimaryEmail", json!({ "AccountId": KENSHO })).resource, own);
    }
}
