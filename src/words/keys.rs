//! The keys that sentences name, from the table of commands.

use crate::app::command::{CommandId, by_id};
use crate::domain::text::capital;

/// The key of a command: the first of its first entry.
pub(crate) fn key(command: CommandId) -> String {
    by_id(command).and_then(|command| command.keys.first()).map(ToString::to_string).unwrap_or_default()
}

/// The same as a word that stands alone or begins a sentence: `Esc`. A letter stays as it is typed.
pub(crate) fn named(command: CommandId) -> String {
    let key = key(command);
    if key.chars().nth(1).is_some() { capital(&key) } else { key }
}

/// A view by the key that leads to it: `view 4`.
pub(crate) fn view(command: CommandId) -> String {
    format!("view {}", key(command))
}

/// Where switches are turned: `view 4, key t`.
pub(crate) fn switches() -> String {
    format!("{}, key {}", view(CommandId::ViewOrganization), key(CommandId::Toggle))
}

/// How the bulk plans are opened from anywhere: `2 b`.
pub(crate) fn bulk_plans() -> String {
    format!("{} {}", key(CommandId::ViewEmailChanges), key(CommandId::BulkPlan))
}
