//! Which keys each command has: those of the table, but for what the configuration changes.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::command_id::{CommandId, CommandInfo};
use crate::app::key::Key;

/// The keys of every command. The default map has the keys of the table. One with changes comes from
/// `app::command::bindings`, which sees that no key means two things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyMap(Arc<HashMap<CommandId, Vec<Key>>>);

impl KeyMap {
    pub(in crate::app) fn changing(changed: HashMap<CommandId, Vec<Key>>) -> Self {
        Self(Arc::new(changed))
    }

    /// The keys of a command, the one to name first; none if the configuration took them away.
    pub fn of<'a>(&'a self, command: &'a CommandInfo) -> &'a [Key] {
        self.0.get(&command.id).map_or(command.default_keys, Vec::as_slice)
    }

    /// The same as words.
    pub fn names(&self, command: &CommandInfo) -> String {
        self.of(command).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}
