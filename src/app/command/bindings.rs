//! From the keys that the configuration asks for to the keys that hold.

use std::collections::HashMap;

use super::entry::EVERYWHERE;
use super::table::{COMMANDS, by_id};
use crate::app::command_id::{CommandId, CommandInfo, KeyContext};
use crate::app::field::is_taken_by_text;
use crate::app::key::{Code, Key};
use crate::app::key_map::KeyMap;
use crate::app::key_name::KeyNameError;
use crate::domain::key_setting::KeySetting;

/// Without a key for these, a person could not get out, or not find out how.
const ALWAYS_BOUND: [CommandId; 7] = [
    CommandId::Quit,
    CommandId::QuitNow,
    CommandId::Help,
    CommandId::Palette,
    CommandId::Back,
    CommandId::DialogClose,
    CommandId::FilterClear,
];

/// Esc leads back whatever else does: it is the first key that anybody tries.
const KEEPS_ESC: [CommandId; 3] = [CommandId::Back, CommandId::DialogClose, CommandId::FilterClear];

/// A setting that can't be followed. The command keeps its default keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedKeys {
    pub command: CommandId,
    /// The line of the setting.
    pub line: usize,
    pub why: KeyProblem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// A text is not the name of a key.
    Name(String, KeyNameError),
    /// This command always has a key.
    MustHaveOne,
    /// This command works while text is typed, and all its keys would be text.
    AllText,
    /// This command works everywhere, and the key would be missing in texts.
    MissingInText(Key),
    /// The key is another command's there, by default or by the setting in this line.
    Taken(Key, CommandId, KeyContext, Option<usize>),
}

/// The names of all commands in the configuration, in the order of the help.
pub fn names() -> Vec<String> {
    let mut names = Vec::new();
    for name in COMMANDS.iter().map(|command| command.id.name()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The keys that hold, and the settings that don't. A setting of a name that no command has is ignored.
pub fn key_map(settings: &[KeySetting]) -> (KeyMap, Vec<RejectedKeys>) {
    let (mut accepted, mut rejected) = (Vec::new(), Vec::new());
    for setting in settings {
        let Some(command) = COMMANDS.iter().find(|command| command.id.name() == setting.command) else { continue };
        match keys(command.id, &setting.keys) {
            Ok(keys) => accepted.push(Accepted { command: command.id, keys, line: setting.line }),
            Err(why) => rejected.push(RejectedKeys { command: command.id, line: setting.line, why }),
        }
    }
    // Of two that want the same key, the later one gives way; its defaults may be in the way of another.
    while let Some((place, why)) = accepted.iter().enumerate().rev().find_map(|(place, one)| {
        let why = conflict(&accepted, one)?;
        Some((place, why))
    }) {
        let Accepted { command, line, .. } = accepted.remove(place);
        rejected.push(RejectedKeys { command, line, why });
    }
    let changed: HashMap<CommandId, Vec<Key>> = accepted.into_iter().map(|one| (one.command, one.keys)).collect();
    (KeyMap::changing(changed), rejected)
}

struct Accepted {
    command: CommandId,
    keys: Vec<Key>,
    line: usize,
}

/// The keys of these names, if the command can have them.
fn keys(command: CommandId, names: &[String]) -> Result<Vec<Key>, KeyProblem> {
    let mut keys = Vec::new();
    for name in names {
        let key = Key::named(name).map_err(|error| KeyProblem::Name(name.clone(), error))?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if keys.is_empty() && ALWAYS_BOUND.contains(&command) {
        return Err(KeyProblem::MustHaveOne);
    }
    if by_id(command).is_some_and(|command| command.is_basic())
        && let Some(text) = keys.iter().find(|key| is_taken_by_text(**key))
    {
        return Err(KeyProblem::MissingInText(*text));
    }
    if !keys.is_empty() && works_in_text(command) && keys.iter().all(|key| is_taken_by_text(*key)) {
        return Err(KeyProblem::AllText);
    }
    if KEEPS_ESC.contains(&command) && !keys.contains(&Key::plain(Code::Esc)) {
        keys.push(Key::plain(Code::Esc));
    }
    Ok(keys)
}

/// Whether the command has to work while text is typed: in the filter, in the fields of dialogs, in the palette.
fn works_in_text(command: CommandId) -> bool {
    let of_text = |entry: &&CommandInfo| {
        entry.id == command
            && entry.places.iter().all(|place| matches!(place, KeyContext::Filter | KeyContext::Dialog))
            && entry.default_keys.iter().all(|key| !is_taken_by_text(*key))
    };
    matches!(command, CommandId::Back | CommandId::Choose)
        || COMMANDS.iter().map(|command| &command.info).any(|entry| of_text(&entry))
}

/// The first key of `one` that another command has in the same place.
fn conflict(accepted: &[Accepted], one: &Accepted) -> Option<KeyProblem> {
    let set = |id: CommandId| accepted.iter().find(|other| other.command == id);
    for &place in EVERYWHERE {
        let here = || COMMANDS.iter().filter(move |command| command.places.contains(&place));
        if !here().any(|command| command.id == one.command) {
            continue;
        }
        for other in here().filter(|other| other.id != one.command) {
            let (keys, line) = set(other.id).map_or((other.default_keys, None), |set| (&set.keys, Some(set.line)));
            if let Some(key) = one.keys.iter().find(|key| keys.contains(key)) {
                return Some(KeyProblem::Taken(*key, other.id, place, line));
            }
        }
    }
    None
}

#[cfg(test)]
#[path = "bindings_tests.rs"]
mod tests;
