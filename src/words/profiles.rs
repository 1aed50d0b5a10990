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
    format!("no sign-in for this profile: {} (other profile: {})", source(from), key(CommandId::ChooseProfile))
}

pub(crate) const EVERYTHING_IS_RELOADED: &str = "Type to search. Choosing a profile reloads everything.";

pub(crate) fn sessions(count: usize) -> String {
    let (what, it) = if count == 1 { ("a root session", "its") } else { ("root sessions", "their") };
    let number = if count == 1 { String::new() } else { format!("{count} ") };
    format!("{number}{what} open: rootdeck discards {it} credentials, which stay valid at AWS until they expire.")
}

pub(crate) const NOT_FOUND: &str = "no such profile";
