//! The one table of commands: footer, help, palette, key handling and documentation come from it.

use super::App;
use super::key::{Code, Key};
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;

/// A command's name in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is described by its title and help in COMMANDS")]
pub enum CommandId {
    Up,
    Down,
    PageUp,
    PageDown,
    HalfPageUp,
    HalfPageDown,
    First,
    Last,
    Open,
    ChangeEmail,
    EnterOtp,
    Verify,
    Toggle,
    RootTasks,
    RootSessions,
    LeftOpen,
    Filter,
    Sort,
    ReverseSort,
    CopyMenu,
    Refresh,
    NextPane,
    PreviousPane,
    ViewAccounts,
    ViewOrganization,
    ViewMailbox,
    ReadNotice,
    Palette,
    Help,
    Back,
    Quit,
    QuitNow,
    Suspend,
    Redraw,
    FilterKeep,
    FilterClear,
    Choose,
    DialogNext,
    DialogPrevious,
    DialogAct,
    DialogClose,
    DialogCopy,
    DialogReveal,
}

/// Where a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The list of view 1.
    Accounts,
    /// The details of view 1.
    Details,
    /// The switches of view 1.
    Switches,
    /// View 4.
    Organization,
    /// View 7.
    Mailbox,
    /// The filter being typed.
    Filter,
    /// A dialog.
    Dialog,
    /// A text to read or a list to choose from, over the view.
    Reader,
}

const VIEWS: &[Place] = &[Place::Accounts, Place::Details, Place::Switches, Place::Organization, Place::Mailbox];
const LISTS: &[Place] =
    &[Place::Accounts, Place::Details, Place::Switches, Place::Organization, Place::Mailbox, Place::Reader];
/// In a text field the key is text; elsewhere in a dialog it helps.
const HELPED: &[Place] = &[
    Place::Accounts,
    Place::Details,
    Place::Switches,
    Place::Organization,
    Place::Mailbox,
    Place::Reader,
    Place::Dialog,
];
const ACCOUNT: &[Place] = &[Place::Accounts, Place::Details];
/// All places, in the order of the documentation.
pub const EVERYWHERE: &[Place] = &[
    Place::Accounts,
    Place::Details,
    Place::Switches,
    Place::Organization,
    Place::Mailbox,
    Place::Filter,
    Place::Dialog,
    Place::Reader,
];

/// One command.
#[derive(Debug)]
pub struct Command {
    /// Its name in the program.
    pub id: CommandId,
    /// Two or three words, for footer and palette.
    pub title: &'static str,
    /// A sentence, for the help.
    pub help: &'static str,
    /// The keys it has by default.
    pub keys: &'static [Key],
    /// Where these keys mean it.
    pub places: &'static [Place],
    /// Its rank in the footer: the lowest stay longest; 0 is never shown there.
    pub footer: u8,
    /// Whether it can run now, or why not.
    pub available: fn(&App) -> Result<(), Why>,
}

/// Why a command can't run now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No row is selected.
    NothingSelected,
    /// What it works on has not been read yet.
    NotReadYet,
    /// The change itself is not permitted.
    Refusal(Refusal),
    /// No email change of this account waits for a one-time password.
    NothingPending,
    /// An email change is pending that was not started from here: its address is not known.
    AddressUnknown,
    /// The one-time password is older than 24 hours.
    Expired,
    /// The row is for reading only.
    ReadingOnly,
    /// There is no unread error.
    NothingToRead,
    /// Only the demo has it.
    DemoOnly,
    /// There is nothing to choose here.
    NotHere,
    /// A write of the same thing is still under way.
    UnderWay,
    /// No one-time password is being entered.
    NoCode,
    /// A switch has to be on first, and why the caller can't turn it on.
    Gate(Switch, Box<Why>),
    /// No root session is in hand.
    NoSession,
    /// No account was left open for password recovery from here.
    NothingLeftOpen,
    /// There is no policy.
    NoPolicy,
    /// The policy on screen lies in no file yet.
    NotSaved,
    /// The policy on screen lies in a file already.
    SavedAlready,
}

#[expect(clippy::unnecessary_wraps, reason = "has the type of the functions that can say why not")]
fn always(_: &App) -> Result<(), Why> {
    Ok(())
}

macro_rules! keys {
    ($($key:expr),* $(,)?) => { &[$($key),*] };
}

const fn c(c: char) -> Key {
    Key::char(c)
}

const fn k(code: Code) -> Key {
    Key::plain(code)
}

const fn entry(
    id: CommandId,
    keys: &'static [Key],
    places: &'static [Place],
    footer: u8,
    title: &'static str,
    help: &'static str,
    available: fn(&App) -> Result<(), Why>,
) -> Command {
    Command { id, title, help, keys, places, footer, available }
}

/// All commands, in the order of the help.
pub const COMMANDS: &[Command] = &[
    entry(
        CommandId::Open,
        keys![k(Code::Enter)],
        &[Place::Accounts],
        1,
        "open",
        "Show the account and ask AWS for its primary email and for any change of it.",
        App::can_open,
    ),
    entry(
        CommandId::ChangeEmail,
        keys![c('e')],
        ACCOUNT,
        2,
        "email",
        "Change the primary email of the account: have a one-time password sent to the new address.",
        App::can_change_email,
    ),
    entry(
        CommandId::EnterOtp,
        keys![c('o')],
        ACCOUNT,
        3,
        "OTP",
        "Enter the one-time password of a started email change.",
        App::can_enter_otp,
    ),
    entry(
        CommandId::Verify,
        keys![c('v')],
        ACCOUNT,
        10,
        "verify",
        "Ask GetPrimaryEmail and GetPrimaryEmailUpdateStatus about the account.",
        App::can_open,
    ),
    entry(
        CommandId::Toggle,
        keys![c('t')],
        &[Place::Accounts, Place::Details, Place::Switches, Place::Organization],
        9,
        "toggle",
        "Turn trusted access or a root feature on or off.",
        App::can_toggle,
    ),
    entry(
        CommandId::Toggle,
        keys![k(Code::Enter)],
        &[Place::Switches, Place::Organization],
        0,
        "toggle",
        "Turn the selected switch on or off.",
        App::can_toggle,
    ),
    entry(
        CommandId::RootTasks,
        keys![c('p')],
        ACCOUNT,
        4,
        "root task",
        "Do a privileged task of root in the account: password recovery, locked policies, a root session.",
        App::can_open,
    ),
    entry(
        CommandId::RootSessions,
        keys![c('P')],
        VIEWS,
        0,
        "root sessions",
        "Show the root sessions in hand: what they allow, how long they live, how to hand them over.",
        App::can_list_sessions,
    ),
    entry(
        CommandId::LeftOpen,
        keys![c('O')],
        VIEWS,
        0,
        "left open",
        "Show the accounts whose password recovery was left open from here, and close it.",
        App::can_list_left_open,
    ),
    entry(
        CommandId::Filter,
        keys![c('/')],
        ACCOUNT,
        5,
        "filter",
        "Show only accounts that match: words in id, name, email and path, and state:, ou:, email:, pending:.",
        always,
    ),
    entry(CommandId::Sort, keys![c('s')], ACCOUNT, 11, "sort", "Sort by the next column.", always),
    entry(CommandId::ReverseSort, keys![c('S')], ACCOUNT, 0, "reverse", "Reverse the order.", always),
    entry(
        CommandId::CopyMenu,
        keys![c('y')],
        ACCOUNT,
        12,
        "copy",
        "Copy the account's id, email, name, path or new email to the clipboard.",
        App::can_open,
    ),
    entry(CommandId::Refresh, keys![c('r')], VIEWS, 9, "refresh", "Read everything on this view again.", always),
    entry(CommandId::Up, keys![k(Code::Up), c('k')], LISTS, 0, "up", "One row up.", always),
    entry(CommandId::Down, keys![k(Code::Down), c('j')], LISTS, 0, "down", "One row down.", always),
    entry(CommandId::PageUp, keys![k(Code::PageUp), Key::ctrl('b')], LISTS, 0, "page up", "One page up.", always),
    entry(
        CommandId::PageDown,
        keys![k(Code::PageDown), Key::ctrl('f')],
        LISTS,
        0,
        "page down",
        "One page down.",
        always,
    ),
    entry(CommandId::HalfPageUp, keys![Key::ctrl('u')], LISTS, 0, "half page up", "Half a page up.", always),
    entry(CommandId::HalfPageDown, keys![Key::ctrl('d')], LISTS, 0, "half page down", "Half a page down.", always),
    entry(CommandId::First, keys![c('g'), k(Code::Home)], LISTS, 0, "first", "To the first row.", always),
    entry(CommandId::Last, keys![c('G'), k(Code::End)], LISTS, 0, "last", "To the last row.", always),
    entry(
        CommandId::NextPane,
        keys![k(Code::Tab), c('l'), k(Code::Right)],
        &[Place::Accounts, Place::Details, Place::Switches],
        13,
        "pane",
        "To the next pane.",
        always,
    ),
    entry(
        CommandId::PreviousPane,
        keys![k(Code::BackTab), c('h'), k(Code::Left)],
        &[Place::Accounts, Place::Details, Place::Switches],
        0,
        "previous pane",
        "To the previous pane.",
        always,
    ),
    entry(CommandId::ViewAccounts, keys![c('1')], VIEWS, 0, "Accounts", "To the accounts.", always),
    entry(
        CommandId::ViewOrganization,
        keys![c('4')],
        VIEWS,
        0,
        "Organization",
        "To trusted access, root features and delegated administrators.",
        always,
    ),
    entry(
        CommandId::ViewMailbox,
        keys![c('7')],
        VIEWS,
        0,
        "Mailbox",
        "To the mails that AWS would send (demo only).",
        App::can_see_mailbox,
    ),
    entry(
        CommandId::ReadNotice,
        keys![c('!')],
        VIEWS,
        0,
        "read error",
        "Read the newest error: AWS's words, the cause and the mend.",
        App::can_read_notice,
    ),
    entry(
        CommandId::Palette,
        keys![c(':')],
        VIEWS,
        6,
        "commands",
        "Search all commands, also those that can't run now, with the reason.",
        always,
    ),
    entry(CommandId::Help, keys![c('?')], HELPED, 7, "help", "Show the commands of this place.", always),
    entry(
        CommandId::Back,
        keys![k(Code::Esc)],
        VIEWS,
        0,
        "back",
        "One step back: close, clear the filter, leave the pane.",
        always,
    ),
    entry(CommandId::Back, keys![k(Code::Esc), c('q')], &[Place::Reader], 2, "close", "Close this.", always),
    entry(CommandId::Quit, keys![c('q')], VIEWS, 8, "quit", "Leave rootdeck; a write under way is waited for.", always),
    entry(
        CommandId::FilterKeep,
        keys![k(Code::Enter), k(Code::Down)],
        &[Place::Filter],
        1,
        "keep",
        "Keep the filter and go back to the list.",
        always,
    ),
    entry(CommandId::FilterClear, keys![k(Code::Esc)], &[Place::Filter], 2, "clear", "Clear the filter.", always),
    entry(
        CommandId::Choose,
        keys![k(Code::Enter)],
        &[Place::Reader],
        1,
        "choose",
        "Do what the selected row says.",
        App::can_choose,
    ),
    entry(
        CommandId::DialogAct,
        keys![k(Code::Enter)],
        &[Place::Dialog],
        1,
        "go on",
        "From the last field to its button; on a button, do what it says.",
        always,
    ),
    entry(
        CommandId::DialogNext,
        keys![k(Code::Tab), k(Code::Down)],
        &[Place::Dialog],
        3,
        "next",
        "To the next field or button.",
        always,
    ),
    entry(
        CommandId::DialogPrevious,
        keys![k(Code::BackTab), k(Code::Up)],
        &[Place::Dialog],
        0,
        "previous",
        "To the previous field or button.",
        always,
    ),
    entry(
        CommandId::DialogClose,
        keys![k(Code::Esc)],
        &[Place::Dialog],
        2,
        "close",
        "Close the dialog; nothing is done that was not confirmed.",
        always,
    ),
    entry(
        CommandId::DialogCopy,
        keys![c('y')],
        &[Place::Dialog, Place::Reader],
        4,
        "copy",
        "Copy the AWS CLI command, or the error, to the clipboard (outside text fields).",
        always,
    ),
    entry(
        CommandId::DialogReveal,
        keys![Key::ctrl('t')],
        &[Place::Dialog],
        5,
        "show code",
        "Show or hide the one-time password.",
        App::can_reveal,
    ),
    entry(
        CommandId::QuitNow,
        keys![Key::ctrl('c')],
        EVERYWHERE,
        0,
        "quit",
        "Leave rootdeck from anywhere; a write under way is waited for.",
        always,
    ),
    entry(
        CommandId::Suspend,
        keys![Key::ctrl('z')],
        EVERYWHERE,
        0,
        "suspend",
        "Back to the shell; fg returns.",
        always,
    ),
    entry(CommandId::Redraw, keys![Key::ctrl('l')], EVERYWHERE, 0, "redraw", "Draw the screen anew.", always),
];

/// The command that `key` means in `place`.
#[must_use]
pub fn by_key(place: Place, key: Key) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.places.contains(&place) && command.keys.contains(&key))
}

/// The first entry of a command.
#[must_use]
pub fn by_id(id: CommandId) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

#[cfg(test)]
mod tests {
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
