//! Whose credentials the demo uses.

use std::fmt::Write;
use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::emulator::{Identity, SSO_TOKEN};
use crate::words::cli::arguments as words;

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
    let mut text = words::ACCESS_KEYS.to_owned();
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
    text + &words::about_access_keys(user, SSO_TOKEN)
}
