//! What dialogs say about themselves: their keys, and what has to be read or typed.

use crate::app::command::{CommandId, Place, by_id};

/// The first key of a command, as the command table has it.
#[must_use]
pub fn key(command: CommandId) -> String {
    by_id(command).and_then(|command| command.keys.first()).map(ToString::to_string).unwrap_or_default()
}

/// What Enter does: it presses the button that has the focus, or goes to the last one.
#[must_use]
pub fn enter(button: &str, focused: bool) -> String {
    if focused { button.to_owned() } else { format!("to {button}") }
}

/// How much of a text is below what is on screen.
#[must_use]
pub fn more(pages: usize) -> String {
    let noun = if pages == 1 { "page" } else { "pages" };
    format!("{}: {pages} more {noun}", key(CommandId::PageDown))
}

/// What has to be typed; `count` says what the number is of, if it is one.
#[must_use]
pub fn type_to_confirm(token: &str, is_count: bool) -> String {
    let what = if is_count { " (the number of accounts)" } else { "" };
    format!("Type {token}{what} to confirm: ")
}

/// What comes before that while the end of the text was not on screen.
#[must_use]
pub fn read_then_type(token: &str) -> String {
    format!("Read on ({}), then type {token}.", key(CommandId::PageDown))
}

/// Why nothing can be confirmed or typed yet.
#[must_use]
pub fn read_first() -> String {
    format!("nothing was sent: read to the end first ({})", key(CommandId::PageDown))
}

/// Where a command works, in few columns.
#[must_use]
pub fn place(place: Place) -> &'static str {
    match place {
        Place::Accounts | Place::Details | Place::Switches => "view 1",
        Place::EmailChanges => "view 2",
        Place::RootAccess => "view 3",
        Place::Organization => "view 4",
        Place::Readiness => "view 5",
        Place::Journal => "view 6",
        Place::Mailbox => "view 7",
        Place::Filter => "filter",
        Place::Dialog => "dialogs",
        Place::Reader => "texts",
    }
}

/// What to press where a command works.
#[must_use]
pub fn works_there(command: CommandId, there: Place) -> String {
    let title = by_id(command).map_or("", |command| command.title);
    match there {
        Place::Filter => format!("{title}: {} while a filter is typed", key(command)),
        Place::Dialog => format!("{title}: {} in dialogs", key(command)),
        Place::Reader => format!("{title}: {} in texts and menus", key(command)),
        _ => format!("{title}: press {} on the row", key(command)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_the_table_and_counts_agree_with_their_nouns() {
        assert_eq!(more(1), "page-down: 1 more page");
        assert_eq!(more(2), "page-down: 2 more pages");
        assert!(read_first().contains("page-down") && read_then_type("3").contains("page-down"));
    }
}
