//! One entry of the table of commands.

use std::ops::Deref;

use crate::app::command_id::KeyContext::{
    Accounts, Details, Dialog, EmailChanges, Filter, Journal, Mailbox, Organization, Reader, Readiness, RootAccess,
    Switches,
};
use crate::app::command_id::{CommandId, CommandInfo, DisabledReason, KeyContext};
use crate::app::key::{Code, Key};
use crate::app::shell::App;

#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub info: CommandInfo,
    /// Whether it can run now, or why not.
    pub available: fn(&App) -> Result<(), DisabledReason>,
}

impl Command {
    pub(super) const fn help(mut self, help: &'static str) -> Self {
        self.info.help = help;
        self
    }
}

impl Deref for Command {
    type Target = CommandInfo;

    fn deref(&self) -> &CommandInfo {
        &self.info
    }
}

pub(super) const VIEWS: &[KeyContext] =
    &[Accounts, Details, Switches, EmailChanges, RootAccess, Organization, Readiness, Journal, Mailbox];
pub(super) const LISTS: &[KeyContext] = &joined::<_, 10>(&[VIEWS, &[Reader]]);
/// Also in dialogs: outside text fields, where a key is text, and where a dialog lists more than fits.
pub(super) const WITH_DIALOGS: &[KeyContext] = &joined::<_, 11>(&[LISTS, &[Dialog]]);
/// All places, in the order of the documentation.
pub const EVERYWHERE: &[KeyContext] = &joined::<_, 12>(&[VIEWS, &[Filter, Dialog, Reader]]);
pub(super) const WITH_PANES: &[KeyContext] =
    &[Accounts, Details, Switches, EmailChanges, RootAccess, Organization, Readiness, Journal];
pub(super) const ACCOUNT: &[KeyContext] = &[Accounts, Details];
pub(super) const WITH_CHANGES: &[KeyContext] = &[Accounts, Details, EmailChanges];
pub(super) const WITH_ROOT: &[KeyContext] = &[Accounts, Details, RootAccess];
/// Where each row is an account.
pub(super) const ROWS: &[KeyContext] = &[Accounts, Details, EmailChanges, RootAccess];

/// The parts one after the other. Runs when the program is built: a wrong count does not build.
#[expect(clippy::indexing_slicing, reason = "const functions have no iterators, and this one runs only when building")]
pub(super) const fn joined<T: Copy, const ALL: usize>(parts: &[&[T]]) -> [T; ALL] {
    let mut all = [parts[0][0]; ALL];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut index = 0;
        while index < parts[part].len() {
            all[at] = parts[part][index];
            at += 1;
            index += 1;
        }
        part += 1;
    }
    assert!(at == ALL);
    all
}

#[expect(clippy::unnecessary_wraps, reason = "has the type of the functions that can say why not")]
pub(super) fn always(_: &App) -> Result<(), DisabledReason> {
    Ok(())
}

/// The key of the view of email changes: helps name it, so that they follow the table.
macro_rules! email_changes_key {
    () => {
        '2'
    };
}
pub(super) use email_changes_key;

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
    available: fn(&App) -> Result<(), DisabledReason>,
) -> Command {
    Command { info: CommandInfo { id, title, help: "", default_keys: keys, places, footer }, available }
}
