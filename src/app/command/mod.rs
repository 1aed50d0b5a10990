//! The one table of commands: footer, help, palette, key handling and documentation come from it.

mod accounts;
pub mod bindings;
mod email_changes;
mod entry;
mod general;
mod journal;
mod readiness;
mod root_access;
mod table;

pub use crate::app::command_id::{CommandId, CommandInfo, DisabledReason, KeyContext};
pub use entry::{Command, EVERYWHERE};
pub use table::{COMMANDS, by_id, by_info, by_key};
