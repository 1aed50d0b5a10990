//! The one table of commands: footer, help, palette, key handling and documentation come from it.

mod accounts;
mod email_changes;
mod general;
mod journal;
mod plans;
mod readiness;
mod root_access;

use super::key::{Code, Key};
use crate::app::shell::App;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;

/// A command's name in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    OpenChange,
    SendAgain,
    NameAddress,
    ForgetChange,
    AskMenu,
    ReadMails,
    CopyMail,
    Verify,
    OpenRoot,
    Audit,
    AuditMenu,
    DeleteCredentials,
    Results,
    BulkPlan,
    PlanTemplate,
    PauseRun,
    StopRun,
    Mark,
    MarkShown,
    ClearMarks,
    Toggle,
    Delegate,
    RootTasks,
    RootSessions,
    LeftOpen,
    ReadPageAgain,
    OpenEntry,
    ResolveEntry,
    CopyRequestId,
    CopyLookup,
    ExportJournal,
    Filter,
    Sort,
    ReverseSort,
    CopyMenu,
    Refresh,
    ChooseProfile,
    SignIn,
    NextPane,
    PreviousPane,
    ViewAccounts,
    ViewEmailChanges,
    ViewRootAccess,
    ViewOrganization,
    OpenFlow,
    Remedy,
    CopyPolicy,
    ManagedPolicies,
    ViewReadiness,
    ViewJournal,
    ViewMailbox,
    ReadNotice,
    Findings,
    Acknowledge,
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
pub enum KeyContext {
    /// The list of view 1.
    Accounts,
    /// The details of view 1.
    Details,
    /// The switches of view 1.
    Switches,
    /// View 2.
    EmailChanges,
    /// View 3.
    RootAccess,
    /// View 4.
    Organization,
    /// View 5.
    Readiness,
    /// View 6.
    Journal,
    /// View 7.
    Mailbox,
    /// The filter being typed.
    Filter,
    /// A dialog.
    Dialog,
    /// A text to read or a list to choose from, over the view.
    Reader,
}

const VIEWS: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
];
const LISTS: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
    KeyContext::Reader,
];
/// Also in dialogs: outside text fields, where a key is text, and where a dialog lists more than fits.
const WITH_DIALOGS: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
    KeyContext::Reader,
    KeyContext::Dialog,
];
const ACCOUNT: &[KeyContext] = &[KeyContext::Accounts, KeyContext::Details];
/// Where an account with its email change is at hand.
const WITH_CHANGES: &[KeyContext] = &[KeyContext::Accounts, KeyContext::Details, KeyContext::EmailChanges];
/// All places, in the order of the documentation.
pub const EVERYWHERE: &[KeyContext] = &[
    KeyContext::Accounts,
    KeyContext::Details,
    KeyContext::Switches,
    KeyContext::EmailChanges,
    KeyContext::RootAccess,
    KeyContext::Organization,
    KeyContext::Readiness,
    KeyContext::Journal,
    KeyContext::Mailbox,
    KeyContext::Filter,
    KeyContext::Dialog,
    KeyContext::Reader,
];

/// One command.
#[derive(Clone, Copy, Debug)]
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
    pub places: &'static [KeyContext],
    /// Its rank in the footer: the lowest stay longest; 0 is never shown there.
    pub footer: u8,
    /// Whether it can run now, or why not.
    pub available: fn(&App) -> Result<(), DisabledReason>,
}

/// Why a command can't run now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisabledReason {
    /// No row is selected.
    NothingSelected,
    /// What it works on has not been read yet.
    NotReadYet,
    /// What it works on could not be read, for this kind of reason.
    Unread(ApiErrorKind),
    /// The change itself is not permitted.
    Refusal(Refusal),
    /// No email change of this account waits for a one-time password.
    NothingPending,
    /// An email change is pending that was not started from here: its address is not known.
    AddressUnknown,
    /// The email change was started from here, and its address was forgotten.
    AddressForgotten,
    /// The one-time password is older than 24 hours.
    Expired,
    /// The row is for reading only.
    ReadingOnly,
    /// There is no unread error.
    NothingToRead,
    /// Only the demo has it.
    DemoOnly,
    /// Outside the demo the command would act on another organization.
    DemoCommand,
    /// AWS was asked for it and has not answered.
    Asked,
    /// There is nothing to choose here.
    NotHere,
    /// A write of the same thing is still under way.
    UnderWay,
    /// No one-time password is being entered.
    NoCode,
    /// A switch has to be on first, and why the caller can't turn it on.
    Gate(Switch, Box<DisabledReason>),
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
    /// A run over accounts is under way, and there is one at a time.
    RunUnderWay,
    /// The AWS configuration does not have the profile, or could not be read.
    NoProfile,
    /// A write is on its way to AWS, whatever it is about.
    WriteUnderWay,
    /// No run is under way.
    NoRun,
    /// No account is marked.
    NothingMarked,
    /// More marked accounts are hidden by the filter than a question can name.
    HiddenMarks(usize),
    /// No root credentials were deleted yet.
    NoDeletion,
    /// The listings showed nothing that nobody has read.
    NoFindings,
    /// The end of a text was not on screen yet.
    NotReadToItsEnd,
    /// No email change was accepted from mails yet.
    NothingAccepted,
    /// No change of the account waits for an address that is not known.
    AddressKnown,
    /// This machine keeps nothing of an email change of the account.
    NothingKept,
    /// The account is not in the listing.
    NotListed,
    /// There is no mail.
    NoMail,
    /// No entry of the journal is shown.
    NoEntry,
    /// The entry has no request id.
    NoRequestId,
    /// The trail of a member account has the event, which these credentials can't ask.
    MemberTrail,
    /// What came of it is known.
    KnownEnd,
    /// No change of this program opens the flow further.
    NoMendHere,
}

#[expect(clippy::unnecessary_wraps, reason = "has the type of the functions that can say why not")]
fn always(_: &App) -> Result<(), DisabledReason> {
    Ok(())
}

macro_rules! keys {
    ($($key:expr),* $(,)?) => { &[$($key),*] };
}
use keys;

const fn c(c: char) -> Key {
    Key::char(c)
}

const fn k(code: Code) -> Key {
    Key::plain(code)
}

const fn entry(
    id: CommandId,
    keys: &'static [Key],
    places: &'static [KeyContext],
    footer: u8,
    title: &'static str,
    help: &'static str,
    available: fn(&App) -> Result<(), DisabledReason>,
) -> Command {
    Command { id, title, help, keys, places, footer, available }
}

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
#[must_use]
pub fn by_key(place: KeyContext, key: Key) -> Option<&'static Command> {
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
