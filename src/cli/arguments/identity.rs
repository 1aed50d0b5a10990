//! Whose credentials the demo uses.

use std::fmt::Write;
use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::emulator::{Identity, SSO_TOKEN};

/// Whose credentials the demo uses: one of the emulator's callers, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoIdentity(Identity);

static ALL: LazyLock<Vec<DemoIdentity>> = LazyLock::new(|| Identity::ALL.into_iter().map(DemoIdentity).collect());

impl ValueEnum for DemoIdentity {
    fn value_variants<'a>() -> &'a [Self] {
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.description()))
    }
}

impl From<DemoIdentity> for Identity {
    fn from(identity: DemoIdentity) -> Self {
        identity.0
    }
}

/// What `rootdeck emulator --help` says of its callers.
pub(super) fn access_keys() -> String {
    let mut text = "Access key ids, and whose they are (any secret access key will do):\n".to_owned();
    for who in Identity::ALL {
        let (key, name) = (who.access_key().id, who.name());
        let line = match who {
            Identity::Managed(_) => writeln!(text, "  {key}  {name}"),
            _ => writeln!(text, "  {key}  {name}: {}", who.description()),
        };
        // Nothing can go wrong in writing to a String.
        line.unwrap_or_default();
    }
    let user = Identity::User.name();
    let tail = write!(
        text,
        "The names are those of --demo-as. A policy's name is a role with this policy alone.\n\
         Serial number and code of {user}'s MFA device, which the role OrgAdmin wants: GET /_emulator/mfa\n\
         Access token of the SSO portal (account 111122223333, role OrgAdmin): {SSO_TOKEN}"
    );
    tail.unwrap_or_default();
    text
}
