//! Profiles of the AWS configuration.

use super::keys::key;
use crate::app::command::CommandId;
use crate::domain::profile::{CredentialSource, Profile};

pub(crate) fn unnamed(demo: bool) -> &'static str {
    if demo { "(as started)" } else { "(none named)" }
}

pub(crate) fn source(source: &CredentialSource) -> String {
    match source {
        CredentialSource::IdentityCenter(set) if set.is_empty() => "SSO".to_owned(),
        CredentialSource::IdentityCenter(set) => format!("SSO {set}"),
        CredentialSource::Login => "aws login".to_owned(),
        CredentialSource::Role(role, from) => format!("role {role} from {from}"),
        CredentialSource::WebIdentity(role) => format!("role {role} by a web identity"),
        CredentialSource::Keys => "access keys".to_owned(),
        CredentialSource::Process => "credential process".to_owned(),
        CredentialSource::Environment => "access keys of the environment".to_owned(),
        CredentialSource::Machine => "container or instance, if any".to_owned(),
        CredentialSource::Demo(about) => (*about).to_owned(),
    }
}

pub(crate) fn kind(profile: &Profile) -> String {
    let code = if profile.mfa.is_some() { ", MFA code" } else { "" };
    format!("{}{code}", source(&profile.source))
}

pub(crate) fn no_sign_in(from: &CredentialSource) -> String {
    format!("no sign-in for this profile: {}; {} takes another", source(from), key(CommandId::ChooseProfile))
}

pub(crate) const EVERYTHING_IS_RELOADED: &str =
    "Typing searches. Everything is read anew as the profile that is chosen.";

pub(crate) fn sessions(count: usize) -> String {
    let (what, it) = if count == 1 { ("a root session", "its") } else { ("root sessions", "their") };
    let number = if count == 1 { String::new() } else { format!("{count} ") };
    format!("{number}{what} in hand: {it} credentials are let go, and stay good at AWS until they end.")
}

pub(crate) const NOT_FOUND: &str = "no profile is called so";
