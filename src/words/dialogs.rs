//! What dialogs say about themselves: their keys, and what has to be read or typed.

use super::keys::{key, view};
use crate::app::command::{CommandId, KeyContext, by_id};
use crate::app::notification::Missing;
use crate::domain::root_session::LONGEST_SECONDS;

/// What Enter does: it presses the button that has the focus, or goes to the last one.
pub(crate) fn enter(button: &str, focused: bool) -> String {
    if focused { button.to_owned() } else { format!("to [ {button} ]") }
}

pub(crate) fn more(pages: usize) -> String {
    let noun = if pages == 1 { "page" } else { "pages" };
    format!("{}: {pages} more {noun}", key(CommandId::PageDown))
}

/// What has to be typed; `count` says what the number is of, if it is one.
pub(crate) fn type_to_confirm(token: &str, is_count: bool) -> String {
    let what = if is_count { " (the number of accounts)" } else { "" };
    format!("Type {token}{what} to confirm: ")
}

/// What comes before that while the end of the text was not on screen.
pub(crate) fn read_then_type(token: &str) -> String {
    format!("Read to the end ({}), then type {token}.", key(CommandId::PageDown))
}

pub(crate) fn read_first() -> String {
    format!("scroll to the end first ({})", key(CommandId::PageDown))
}

/// What has to be done before the button works.
pub(crate) fn missing(what: Missing) -> String {
    let said = match what {
        Missing::Check => "check the box first (space)",
        Missing::Address => "enter a valid new address first",
        Missing::Code => "enter all six letters or digits of the code first",
        Missing::Account => "enter the id or the unique name of an account first",
        Missing::File => "enter a file first",
        Missing::FileType => "the file name must end with .csv or .json",
        Missing::Domain => "enter a valid domain, or none",
        Missing::CredentialType => "check at least one credential type (space)",
        Missing::Duration => return format!("enter the seconds first: 1 to {LONGEST_SECONDS}"),
        Missing::Queue => "enter regions or a queue first",
        Missing::Pattern => "enter a pattern that gives each account a valid address",
        Missing::Line => "no change is left in the plan",
        Missing::ShorterReason => "shorten the reason first",
    };
    said.to_owned()
}

pub(crate) fn no_command() -> String {
    format!("key not used here ({} closes, {} for help)", key(CommandId::DialogClose), key(CommandId::Help))
}

pub(crate) fn place(place: KeyContext) -> String {
    match place {
        KeyContext::Accounts | KeyContext::Details | KeyContext::Switches => view(CommandId::ViewAccounts),
        KeyContext::EmailChanges => view(CommandId::ViewEmailChanges),
        KeyContext::RootAccess => view(CommandId::ViewRootAccess),
        KeyContext::Organization => view(CommandId::ViewOrganization),
        KeyContext::Readiness => view(CommandId::ViewReadiness),
        KeyContext::Journal => view(CommandId::ViewJournal),
        KeyContext::Mailbox => view(CommandId::ViewMailbox),
        KeyContext::Filter => "filter".to_owned(),
        KeyContext::Dialog => "dialogs".to_owned(),
        KeyContext::Reader => "texts".to_owned(),
    }
}

pub(crate) fn works_there(command: CommandId, there: KeyContext) -> String {
    let title = by_id(command).map_or("", |command| command.title);
    match there {
        KeyContext::Filter => format!("{title}: {} while a filter is typed", key(command)),
        KeyContext::Dialog => format!("{title}: {} in dialogs", key(command)),
        KeyContext::Reader => format!("{title}: {} in texts and menus", key(command)),
        _ => format!("{title}: press {} on a row", key(command)),
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
