//! The credentials of a root user, in a root session of its account.
//!
//! Captured: the answers to `GetUser` and about login profiles, and that no answer names a user. That IAM has the same
//! texts for root as for users is a guess.

use jiff::Timestamp;

use super::listing::page;
use crate::emulator::validation::{required, validation_error};
use crate::emulator::world::blueprint::{AccessKey, SigningCertificate};
use crate::emulator::world::root_credentials::{Password, RootCredentials, days_before};
use crate::emulator::{Answer, Caller, Element, Input, Refusal, Service, World};

pub(super) fn call(world: &mut World, caller: &Caller, operation: &str, input: &Input) -> Result<Answer, Refusal> {
    is_root(caller, operation, input)?;
    if operation == "GetUser" {
        return Ok(user(world, caller));
    }
    let (account, now) = (caller.account.as_str(), world.now());
    let began = world.root_credentials.began();
    let root = world.root_credentials.of_mut(account);
    let asked = (caller, operation, input);
    match operation {
        "GetLoginProfile" => root.password.as_ref().map(login_profile).ok_or_else(no_login_profile),
        "CreateLoginProfile" if input.text("Password")?.is_some() => {
            // That it may not be given is AWS documentation, the refusal a guess.
            Err(validation_error("A password cannot be set for the root user."))
        }
        "CreateLoginProfile" if root.password.is_some() => Err(Refusal::new(
            409,
            "EntityAlreadyExists",
            format!("Login Profile for account {account} already exists."),
        )),
        "CreateLoginProfile" => Ok(login_profile(root.password.insert(Password { created_at: now }))),
        "DeleteLoginProfile" => root.password.take().map(|_| Answer::Empty).ok_or_else(no_login_profile),
        "ListAccessKeys" => {
            let keys: Vec<_> = root.access_keys.iter().map(|key| access_key(key, began)).collect();
            page("AccessKeyMetadata", asked, &keys)
        }
        "GetAccessKeyLastUsed" => last_use(root, began, required(input, "AccessKeyId", "accessKeyId")?),
        "DeleteAccessKey" => {
            let id = required(input, "AccessKeyId", "accessKeyId")?;
            delete(&mut root.access_keys, |key| key.id == id).ok_or_else(|| no_access_key(id))
        }
        "ListMFADevices" => {
            let devices = root.mfa_devices.iter();
            let devices = devices.map(|device| {
                vec![
                    Element::text("SerialNumber", &device.serial_number),
                    Element::time("EnableDate", days_before(began, device.enabled_days_ago)),
                ]
            });
            page("MFADevices", asked, &devices.collect::<Vec<_>>())
        }
        "DeactivateMFADevice" => {
            let serial_number = required(input, "SerialNumber", "serialNumber")?;
            delete(&mut root.mfa_devices, |device| device.serial_number == serial_number)
                .ok_or_else(|| no_such_entity("MFA Device invalid for user."))
        }
        "ListSigningCertificates" => {
            let all: Vec<_> = root.signing_certificates.iter().map(|one| certificate(one, began)).collect();
            page("Certificates", asked, &all)
        }
        "DeleteSigningCertificate" => {
            let id = required(input, "CertificateId", "certificateId")?;
            delete(&mut root.signing_certificates, |certificate| certificate.id == id)
                .ok_or_else(|| no_such_entity(format!("The Certificate with id {id} cannot be found.")))
        }
        _ => Err(Service::Iam.unknown_operation(operation, input.text("Version")?)),
    }
}

/// Users have no credentials here, so nobody but root finds any; and the session of a role must name a user (IAM's
/// texts).
fn is_root(caller: &Caller, operation: &str, input: &Input) -> Result<(), Refusal> {
    match input.text("UserName")? {
        Some(name) => Err(no_such_entity(format!("The user with name {name} cannot be found."))),
        None if caller.is_root() => Ok(()),
        None if operation == "GetAccessKeyLastUsed" => {
            Err(no_access_key(required(input, "AccessKeyId", "accessKeyId")?))
        }
        None => Err(validation_error("Must specify userName when calling with non-User credentials")),
    }
}

/// `PasswordLastUsed` only if root ever signed in. That root was created when the account joined is a guess.
fn user(world: &World, caller: &Caller) -> Answer {
    let mut inside = vec![Element::text("UserId", &caller.user_id), Element::text("Arn", &caller.arn)];
    let account = world.organization.account(&caller.account);
    inside.extend(account.map(|account| Element::time("CreateDate", account.joined_at)));
    let last_sign_in = world.root_credentials.of(&caller.account).last_sign_in;
    inside.extend(last_sign_in.map(|at| Element::time("PasswordLastUsed", at)));
    Answer::Xml(vec![Element::nested("User", inside)])
}

fn login_profile(password: &Password) -> Answer {
    Answer::Xml(vec![Element::nested(
        "LoginProfile",
        vec![Element::time("CreateDate", password.created_at), Element::text("PasswordResetRequired", "false")],
    )])
}

fn access_key(key: &AccessKey, began: Timestamp) -> Vec<Element> {
    vec![
        Element::text("AccessKeyId", &key.id),
        Element::text("Status", key.status.name()),
        Element::time("CreateDate", days_before(began, key.created_days_ago)),
    ]
}

/// A key that was never used has no date, and `N/A` for the rest (AWS documentation).
fn last_use(root: &RootCredentials, began: Timestamp, id: &str) -> Result<Answer, Refusal> {
    let key = root.access_keys.iter().find(|key| key.id == id).ok_or_else(|| no_access_key(id))?;
    let inside = match &key.last_used {
        Some(last) => vec![
            Element::time("LastUsedDate", days_before(began, last.days_ago)),
            Element::text("ServiceName", &last.service),
            Element::text("Region", &last.region),
        ],
        None => vec![Element::text("ServiceName", "N/A"), Element::text("Region", "N/A")],
    };
    Ok(Answer::Xml(vec![Element::nested("AccessKeyLastUsed", inside)]))
}

/// No real certificate; nobody looks into it.
fn certificate(certificate: &SigningCertificate, began: Timestamp) -> Vec<Element> {
    let body = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----", certificate.id);
    vec![
        Element::text("CertificateId", &certificate.id),
        Element::text("CertificateBody", body),
        Element::text("Status", certificate.status.name()),
        Element::time("UploadDate", days_before(began, certificate.uploaded_days_ago)),
    ]
}

/// `None` if there was nothing to delete.
fn delete<T>(from: &mut Vec<T>, which: impl Fn(&T) -> bool) -> Option<Answer> {
    let before = from.len();
    from.retain(|entry| !which(entry));
    (from.len() < before).then_some(Answer::Empty)
}

fn no_login_profile() -> Refusal {
    no_such_entity("Login Profile for User null cannot be found.")
}

fn no_access_key(id: &str) -> Refusal {
    no_such_entity(format!("The Access Key with id {id} cannot be found."))
}

fn no_such_entity(message: impl Into<String>) -> Refusal {
    Refusal::new(404, "NoSuchEntity", message)
}
