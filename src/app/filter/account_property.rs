//! What a filter can ask about an account.

use super::grammar::{Property, ValueKind};
use crate::app::state::root_state::RootFacts;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccountProperty {
    Name,
    Id,
    Email,
    Domain,
    Path,
    /// What the organization is called, where several are shown.
    Org,
    /// A prefix of its state.
    State,
    Pending,
    /// What the listings showed to have changed, and what audits found.
    Found,
    Root,
}

/// The values of `found:`: the kinds of differences between listings, any finding about the address or the contacts, then
/// those about root, the address and the contacts by name.
pub(super) const FOUND: [&str; 22] = [
    "yes",
    "no",
    "email",
    "new",
    "gone",
    "state",
    "address",
    "contact",
    "password_without_mfa",
    "access_key_in_use",
    "access_key",
    "recent_sign_in",
    "no_hardware_mfa",
    "signing_certificate",
    "password",
    "look_alike_domain",
    "personal_provider",
    "foreign_domain",
    "invalid_address",
    "several_plus_signs",
    "shared_mailbox",
    "no_security_contact",
];

/// Other words for yes and no.
const SWITCHES: [&str; 4] = ["true", "false", "on", "off"];

impl Property for AccountProperty {
    const ALL: &'static [(&'static str, Self)] = &[
        ("name", Self::Name),
        ("id", Self::Id),
        ("email", Self::Email),
        ("domain", Self::Domain),
        ("ou", Self::Path),
        ("org", Self::Org),
        ("state", Self::State),
        ("pending", Self::Pending),
        ("found", Self::Found),
        ("root", Self::Root),
    ];

    fn values(self) -> &'static [&'static str] {
        match self {
            Self::Pending => &["yes", "no", "unknown"],
            Self::Found => &FOUND,
            Self::Root => RootFacts::WORDS,
            // AWS may add states.
            Self::State | Self::Name | Self::Id | Self::Email | Self::Domain | Self::Path | Self::Org => &[],
        }
    }

    fn value(self, value: &str) -> ValueKind {
        let is_switch = matches!(self, Self::Pending | Self::Found);
        let value = &self.compared(value.to_owned());
        let known = is_switch && SWITCHES.contains(&value.as_str())
            || self.values().is_empty()
            || self.values().iter().any(|known| known.starts_with(value.as_str()));
        if known { ValueKind::Known } else { ValueKind::Unknown }
    }

    fn compared(self, value: String) -> String {
        match self {
            // As people write it: 1111-2222-3333.
            Self::Id => value.replace('-', ""),
            Self::Domain => value.trim_start_matches('@').to_owned(),
            Self::State | Self::Found => value.replace('-', "_"),
            _ => value,
        }
    }
}
