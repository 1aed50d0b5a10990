//! Roles and users, as IAM tells them.

use crate::emulator::identity::RoleTrust;
use crate::emulator::sts::LONGEST_ROLE_SESSION;
use crate::emulator::validation::{required, validation_error};
use crate::emulator::wire::{Answer, Element, Input, encoded};
use crate::emulator::world::entities::{Entity, EntityKind};
use crate::emulator::{Caller, Refusal, World};

/// By name alone, whatever the path.
pub(super) fn role(world: &World, caller: &Caller, input: &Input) -> Result<Answer, Refusal> {
    let role = found(world, EntityKind::Role, caller, required(input, "RoleName", "roleName")?)?;
    let mut inside = what_all_have(role, "RoleName", "RoleId");
    inside.push(Element::text("AssumeRolePolicyDocument", encoded(&trust_policy(role))));
    inside.push(Element::text("MaxSessionDuration", LONGEST_ROLE_SESSION.to_string()));
    let boundary = role.grants.boundary.as_ref().and_then(|boundary| boundary.arn.as_ref());
    // The type's spelling is the service model's documentation, and not that of its enumeration.
    inside.extend(boundary.map(|arn| {
        let what =
            vec![Element::text("PermissionsBoundaryType", "Policy"), Element::text("PermissionsBoundaryArn", arn)];
        Element::nested("PermissionsBoundary", what)
    }));
    // Nobody keeps track of it here, and IAM tells it with a delay of days.
    inside.push(Element::nested("RoleLastUsed", Vec::new()));
    Ok(Answer::Xml(vec![Element::nested("Role", inside)]))
}

/// Without a name it is about the caller.
pub(super) fn user(world: &World, caller: &Caller, input: &Input) -> Result<Answer, Refusal> {
    let name = input.text("UserName")?.or_else(|| caller.user_name());
    let name = name.ok_or_else(|| validation_error("Must specify userName when calling with non-User credentials"))?;
    let user = found(world, EntityKind::User, caller, name)?;
    Ok(Answer::Xml(vec![Element::nested("User", what_all_have(user, "UserName", "UserId"))]))
}

fn what_all_have(entity: &Entity, name: &'static str, id: &'static str) -> Vec<Element> {
    vec![
        Element::text("Path", entity.path),
        Element::text(name, entity.name),
        Element::text(id, &entity.id),
        Element::text("Arn", entity.arn()),
        Element::time("CreateDate", entity.created_at),
    ]
}

/// Identity Center, or whoever the account lets, some with MFA only.
fn trust_policy(role: &Entity) -> String {
    let account = &role.account;
    let (principal, action) = if role.trust == Some(RoleTrust::IdentityCenter) {
        let provider = format!("arn:aws:iam::{account}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE");
        (format!("\"Federated\":\"{provider}\""), "sts:AssumeRoleWithSAML")
    } else {
        (format!("\"AWS\":\"arn:aws:iam::{account}:root\""), "sts:AssumeRole")
    };
    let condition = if role.trust == Some(RoleTrust::AccountWithMfa) {
        ",\"Condition\":{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}"
    } else {
        ""
    };
    let statement =
        format!("{{\"Effect\":\"Allow\",\"Principal\":{{{principal}}},\"Action\":\"{action}\"{condition}}}");
    format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{statement}]}}")
}

fn found<'a>(world: &'a World, kind: EntityKind, caller: &Caller, name: &str) -> Result<&'a Entity, Refusal> {
    world.entities.named(kind, &caller.account, name).ok_or_else(|| no_such(kind, name))
}

/// IAM's text (general AWS convention).
pub(super) fn no_such(kind: EntityKind, name: &str) -> Refusal {
    let kind = kind.word();
    Refusal::new(404, "NoSuchEntity", format!("The {kind} with name {name} cannot be found."))
}
