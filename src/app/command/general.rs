//! The commands of every view, and those of dialogs and readers.

use super::entry::{
    ACCOUNT, Command, EVERYWHERE, LISTS, ROWS, VIEWS, WITH_DIALOGS, WITH_PANES, always, c, email_changes_key, entry, k,
};
use crate::app::command_id::CommandId;
use crate::app::command_id::KeyContext::{Dialog, Filter, Reader};
use crate::app::key::{Code, Key};
use crate::app::shell::App;

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::Filter, &[c('/')], ROWS, 5, "filter", always).help(
        "Show only accounts that match all words: parts of id, name, email or path. -word excludes, a|b is \
         either, \"two words\" a phrase; name:, id:, email:, domain:, ou:, state:, pending:, found:, root: ask \
         for one property, commas for either. Each view has its own filter.",
    ),
    entry(CommandId::Sort, &[c('s')], ACCOUNT, 11, "sort", always).help("Choose the column to sort by."),
    entry(CommandId::ReverseSort, &[c('S')], ACCOUNT, 0, "reverse", always).help("Reverse the order."),
    entry(CommandId::ChooseColumns, &[c('c')], ACCOUNT, 13, "columns", always)
        .help("Choose the columns of the list, or leave them to the width of the screen."),
    entry(CommandId::BrowseUnits, &[c('B')], VIEWS, 0, "browse OUs", App::can_browse_units)
        .help("Show the organizational units with the number of accounts in each, to filter the accounts by one."),
    entry(CommandId::CopyMenu, &[c('y')], ROWS, 12, "copy", App::can_open)
        .help("Copy the account's id, email, name, path or new email to the clipboard."),
    entry(CommandId::Refresh, &[c('r')], VIEWS, 9, "refresh", always).help("Read everything on this view again."),
    entry(CommandId::ChooseProfile, &[c('w')], VIEWS, 14, "profile", |app| app.model.can_take_profile())
        .help("Use another profile of the AWS configuration; everything is read anew."),
    entry(CommandId::SignIn, &[c('I')], VIEWS, 0, "sign in", |app| app.model.can_take_profile())
        .help("Sign in for this profile: IAM Identity Center, `aws login`, or the code of an MFA device."),
    entry(CommandId::Up, &[k(Code::Up), c('k')], LISTS, 0, "up", always).help("One row up."),
    entry(CommandId::Down, &[k(Code::Down), c('j')], LISTS, 0, "down", always).help("One row down."),
    entry(CommandId::PageUp, &[k(Code::PageUp), Key::ctrl('b')], WITH_DIALOGS, 0, "page up", always)
        .help("One page up."),
    entry(CommandId::PageDown, &[k(Code::PageDown), Key::ctrl('f')], WITH_DIALOGS, 0, "page down", always)
        .help("One page down."),
    entry(CommandId::HalfPageUp, &[Key::ctrl('u')], LISTS, 0, "half page up", always).help("Half a page up."),
    entry(CommandId::HalfPageDown, &[Key::ctrl('d')], LISTS, 0, "half page down", always).help("Half a page down."),
    entry(CommandId::First, &[c('g'), k(Code::Home)], LISTS, 0, "first", always).help("To the first row."),
    entry(CommandId::Last, &[c('G'), k(Code::End)], LISTS, 0, "last", always).help("To the last row."),
    entry(CommandId::NextPane, &[k(Code::Tab), c('l'), k(Code::Right)], WITH_PANES, 13, "pane", always)
        .help("To the next pane."),
    entry(CommandId::PreviousPane, &[k(Code::BackTab), c('h'), k(Code::Left)], WITH_PANES, 0, "previous pane", always)
        .help("To the previous pane."),
    entry(CommandId::ViewAccounts, &[c('1')], VIEWS, 0, "Accounts", always).help("To the accounts."),
    entry(CommandId::ViewEmailChanges, &[c(email_changes_key!())], VIEWS, 0, "Email changes", always)
        .help("To the email changes that are known, with the time each has left."),
    entry(CommandId::ViewRootAccess, &[c('3')], VIEWS, 0, "Root access", always)
        .help("To the root credentials of the accounts."),
    entry(CommandId::ViewOrganization, &[c('4')], VIEWS, 0, "Organization", always)
        .help("To trusted access, root features and delegated administrators."),
    entry(CommandId::ViewJournal, &[c('6')], VIEWS, 0, "Journal", always)
        .help("To what this program did and was refused."),
    entry(CommandId::ViewMailbox, &[c('7')], VIEWS, 0, "Mailbox", |app| app.model.can_see_mailbox())
        .help("To the mails that AWS would send (demo only)."),
    entry(CommandId::ReadNotice, &[c('!')], VIEWS, 0, "read error", App::can_read_notice)
        .help("Read the newest error: AWS's words, the cause and the mend."),
    entry(CommandId::Findings, &[c('F')], VIEWS, 4, "findings", |app| app.model.has_findings()).help(
        "Read what the listings showed to be otherwise than before: addresses that somebody else changed come first.",
    ),
    entry(CommandId::Acknowledge, &[c('a')], &[Reader], 1, "note as read", App::can_acknowledge)
        .help("Note that these findings were read: they are not kept any longer. The end has to be on screen."),
    entry(CommandId::Palette, &[c(':')], VIEWS, 6, "commands", always)
        .help("Find any command of the program and go where it works, or any account by its name or id."),
    entry(CommandId::Help, &[c('?')], WITH_DIALOGS, 7, "help", always).help("Show the commands of this place."),
    entry(CommandId::Back, &[k(Code::Esc)], VIEWS, 0, "back", always)
        .help("One step back inside the view: close, leave the pane, clear the filter."),
    entry(CommandId::Back, &[k(Code::Esc), c('q')], &[Reader], 2, "close", always).help("Close this."),
    entry(CommandId::Quit, &[c('q')], VIEWS, 8, "quit", always)
        .help("Leave rootdeck; a write under way is waited for."),
    entry(CommandId::FilterKeep, &[k(Code::Enter), k(Code::Down)], &[Filter], 1, "keep", always)
        .help("Keep the filter and go back to the list."),
    entry(CommandId::FilterClear, &[k(Code::Esc)], &[Filter], 2, "clear", always).help("Clear the filter."),
    entry(CommandId::Choose, &[k(Code::Enter)], &[Reader], 1, "choose", App::can_choose)
        .help("Do what the selected row says."),
    entry(CommandId::CheckLine, &[c(' ')], &[Reader], 2, "toggle", App::can_check)
        .help("Check the selected line, or take the check away."),
    entry(CommandId::ReadPageAgain, &[c('r')], &[Reader], 3, "read again", App::can_read_again)
        .help("Ask AWS again for the buckets, queues or policy shown."),
    entry(CommandId::DialogAct, &[k(Code::Enter)], &[Dialog], 1, "go on", always)
        .help("From the last field to its button; on a button, do what it says."),
    entry(CommandId::DialogNext, &[k(Code::Tab), k(Code::Down)], &[Dialog], 3, "next", always)
        .help("To the next field or button."),
    entry(CommandId::DialogPrevious, &[k(Code::BackTab), k(Code::Up)], &[Dialog], 0, "previous", always)
        .help("To the previous field or button."),
    entry(CommandId::DialogClose, &[k(Code::Esc)], &[Dialog], 2, "close", always)
        .help("Close the dialog; nothing is done that was not confirmed."),
    entry(CommandId::DialogCopy, &[c('y')], &[Dialog, Reader], 6, "copy", always)
        .help("Copy the commands of the dialog, or the error, to the clipboard (outside text fields)."),
    entry(CommandId::DialogReveal, &[Key::ctrl('t')], &[Dialog], 4, "show code", App::can_reveal)
        .help("Show or hide the one-time password."),
    entry(CommandId::DialogReason, &[Key::ctrl('r')], &[Dialog], 5, "reason", App::can_give_reason)
        .help("Give the reason or ticket of the change, for the journal."),
    entry(CommandId::QuitNow, &[Key::ctrl('c')], EVERYWHERE, 0, "quit", always)
        .help("Leave rootdeck from anywhere; a write under way is waited for."),
    entry(CommandId::Suspend, &[Key::ctrl('z')], EVERYWHERE, 0, "suspend", always)
        .help("Back to the shell; fg returns."),
    entry(CommandId::Redraw, &[Key::ctrl('l')], EVERYWHERE, 0, "redraw", always).help("Draw the screen anew."),
];
