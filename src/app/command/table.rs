//! All commands.

use super::entry::{Command, joined};
use super::{accounts, email_changes, general, journal, readiness, root_access};
use crate::app::command_id::{CommandId, CommandInfo, KeyContext};
use crate::app::key::Key;
use crate::app::key_map::KeyMap;

pub const COMMANDS: &[Command] = &joined::<_, 105>(&[
    accounts::COMMANDS,
    email_changes::COMMANDS,
    root_access::COMMANDS,
    readiness::COMMANDS,
    journal::COMMANDS,
    general::COMMANDS,
]);

/// The command that `key` means in `place`.
pub fn by_key(keys: &KeyMap, place: KeyContext, key: Key) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.places.contains(&place) && keys.of(command).contains(&key))
}

/// The entry that is described so.
pub fn by_info(info: &CommandInfo) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.info == *info)
}

pub fn by_id(id: CommandId) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

#[cfg(test)]
mod tests {
    use super::super::EVERYWHERE;
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for &place in EVERYWHERE {
            let mut seen = Vec::new();
            for command in COMMANDS.iter().filter(|command| command.places.contains(&place)) {
                for key in command.default_keys {
                    assert!(!seen.contains(key), "{key} twice in {place:?}: {:?}", command.id);
                    seen.push(*key);
                }
            }
        }
    }

    #[test]
    fn every_command_can_be_reached_and_says_what_it_does() {
        for command in COMMANDS {
            assert!(!command.default_keys.is_empty() && !command.places.is_empty(), "{:?}", command.id);
            assert!(command.help.ends_with('.') && !command.title.is_empty(), "{:?}", command.id);
        }
    }
}
