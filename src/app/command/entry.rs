//! One entry of the table of commands.

use std::ops::Deref;

use crate::app::command_id::{CommandId, CommandInfo, DisabledReason, KeyContext};
use crate::app::key::{Code, Key};
use crate::app::shell::App;

/// One command.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// What it is called and where its keys mean it.
    pub info: CommandInfo,
    /// Whether it can run now, or why not.
    pub available: fn(&App) -> Result<(), DisabledReason>,
}

impl Deref for Command {
    type Target = CommandInfo;

    fn deref(&self) -> &CommandInfo {
        &self.info
    }
}

pub(super) const VIEWS: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
];
pub(super) const LISTS: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
    KeyContext::Reader,
];
/// Also in dialogs: outside text fields, where a key is text, and where a dialog lists more than fits.
pub(super) const WITH_DIALOGS: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
    KeyContext::Reader,
    KeyContext::Dialog,
];
pub(super) const ACCOUNT: &[KeyContext] = &[KeyContext::Accounts, KeyContext::Details];
/// Where an account with its email change is at hand.
pub(super) const WITH_CHANGES: &[KeyContext] = &[KeyContext::Accounts, KeyContext::Details, KeyContext::EmailChanges];
/// All places, in the order of the documentation.
pub const EVERYWHERE: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
    KeyContext::Filter,
    KeyContext::Dialog,
    KeyContext::Reader,
];

#[expect(clippy::unnecessary_wraps, reason = "has the type of the functions that can say why not")]
pub(super) fn always(_: &App) -> Result<(), DisabledReason> {
    Ok(())
}

macro_rules! keys {
    ($($key:expr),* $(,)?) => { &[$($key),*] };
}
pub(super) use keys;

pub(super) const fn c(c: char) -> Key {
    Key::char(c)
}

pub(super) const fn k(code: Code) -> Key {
    Key::plain(code)
}

pub(super) const fn entry(
    id: CommandId,
    keys: &'static [Key],
    places: &'static [KeyContext],
    footer: u8,
    title: &'static str,
    help: &'static str,
    available: fn(&App) -> Result<(), DisabledReason>,
) -> Command {
    Command { info: CommandInfo { id, title, help, keys, places, footer }, available }
}
