//! All commands.

use super::entry::Command;
use super::{accounts, email_changes, general, journal, plans, readiness, root_access};
use crate::app::command_id::{CommandId, CommandInfo, KeyContext};
use crate::app::key::Key;

/// All commands, in the order of the help.
pub const COMMANDS: &[Command] = &joined::<
    {
        accounts::COMMANDS.len()
            + email_changes::COMMANDS.len()
            + plans::COMMANDS.len()
            + root_access::COMMANDS.len()
            + readiness::COMMANDS.len()
            + journal::COMMANDS.len()
            + general::COMMANDS.len()
    },
>(&[
    &accounts::COMMANDS,
    &email_changes::COMMANDS,
    &plans::COMMANDS,
    &root_access::COMMANDS,
    &readiness::COMMANDS,
    &journal::COMMANDS,
    &general::COMMANDS,
]);

/// The parts one after the other. Runs when the program is built: a wrong count does not build.
#[expect(clippy::indexing_slicing, reason = "const functions have no iterators, and this one runs only when building")]
const fn joined<const ALL: usize>(parts: &[&[Command]]) -> [Command; ALL] {
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
    all
}

/// The command that `key` means in `place`.
pub fn by_key(place: KeyContext, key: Key) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.places.contains(&place) && command.keys.contains(&key))
}

/// The entry that is described so.
pub fn by_info(info: &CommandInfo) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.info == *info)
}

/// The first entry of a command.
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
                for key in command.keys {
                    assert!(!seen.contains(key), "{key} twice in {place:?}: {:?}", command.id);
                    seen.push(*key);
                }
            }
        }
    }

    #[test]
    fn every_command_can_be_reached_and_says_what_it_does() {
        for command in COMMANDS {
            assert!(!command.keys.is_empty() && !command.places.is_empty(), "{:?}", command.id);
            assert!(command.help.ends_with('.') && !command.title.is_empty(), "{:?}", command.id);
        }
    }
}
