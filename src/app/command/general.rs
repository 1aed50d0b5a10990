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
        "Filter the accounts: all words must match id, name, email or OU. -word excludes, a|b matches either, \"two \
         words\" is a phrase. Properties: name: id: email: domain: ou: state: pending: found: root:, with commas \
         for either. Each view has its own filter.",
    ),
    entry(CommandId::Sort, &[c('s')], ACCOUNT, 11, "sort", always).help("Choose the column to sort by."),
    entry(CommandId::ReverseSort, &[c('S')], ACCOUNT, 0, "reverse", always).help("Reverse the order."),
    entry(CommandId::ChooseColumns, &[c('c')], ACCOUNT, 13, "columns", always)
        .help("Choose the columns of the list, or leave them to the width of the screen."),
    entry(CommandId::BrowseUnits, &[c('B')], VIEWS, 0, "browse OUs", App::can_browse_units)
        .help("Show the organizational units with the number of accounts in each, to filter the accounts by one."),
    entry(CommandId::CopyMenu, &[c('y')], ROWS, 12, "copy", App::can_open)
        .help("Copy the account's id, email, name, OU path or new email."),
    entry(CommandId::OpenConsole, &[Key::ctrl('o')], ROWS, 0, "console", App::can_open_console).help(
        "Show the account in the AWS console, or the page where root signs in. Opens a browser, or copies the link.",
    ),
    entry(CommandId::Export, &[c('x')], VIEWS, 13, "export", App::can_export)
        .help("Export the rows shown: save them to a CSV or JSON file, or copy them."),
    entry(CommandId::Refresh, &[c('r')], VIEWS, 9, "refresh", always).help("Reload this view."),
    entry(CommandId::ChooseProfile, &[c('w')], VIEWS, 14, "profile", |app| app.model.can_choose_profile())
        .help("Switch to another profile of the AWS configuration. Reloads everything."),
    entry(CommandId::NextOrganization, &[c('W')], VIEWS, 10, "organization", App::can_turn_organization)
        .help("Go to the next organization, where several are shown (--profiles)."),
    entry(CommandId::SignIn, &[c('I')], VIEWS, 0, "sign in", |app| app.model.can_take_profile())
        .help("Sign in with this profile: IAM Identity Center, `aws login`, or an MFA code."),
    entry(CommandId::Up, &[k(Code::Up), c('k')], LISTS, 0, "up", always).help("Move one row up."),
    entry(CommandId::Down, &[k(Code::Down), c('j')], LISTS, 0, "down", always).help("Move one row down."),
    entry(CommandId::PageUp, &[k(Code::PageUp), Key::ctrl('b')], WITH_DIALOGS, 0, "page up", always)
        .help("Move one page up."),
    entry(CommandId::PageDown, &[k(Code::PageDown), Key::ctrl('f')], WITH_DIALOGS, 0, "page down", always)
        .help("Move one page down."),
    entry(CommandId::HalfPageUp, &[Key::ctrl('u')], LISTS, 0, "half page up", always).help("Move half a page up."),
    entry(CommandId::HalfPageDown, &[Key::ctrl('d')], LISTS, 0, "half page down", always).help(
        "Move half a page \
        down.",
    ),
    entry(CommandId::First, &[c('g'), k(Code::Home)], LISTS, 0, "first", always).help("Go to the first row."),
    entry(CommandId::Last, &[c('G'), k(Code::End)], LISTS, 0, "last", always).help("Go to the last row."),
    entry(CommandId::NextPane, &[k(Code::Tab), c('l'), k(Code::Right)], WITH_PANES, 13, "pane", always)
        .help("Go to the next pane."),
    entry(CommandId::PreviousPane, &[k(Code::BackTab), c('h'), k(Code::Left)], WITH_PANES, 0, "previous pane", always)
        .help("Go to the previous pane."),
    entry(CommandId::ViewAccounts, &[c('1')], VIEWS, 0, "Accounts", always).help(
        "Open view Accounts: the accounts \
        of the organization.",
    ),
    entry(CommandId::ViewEmailChanges, &[c(email_changes_key!())], VIEWS, 0, "Email changes", always)
        .help("Open view Email changes: every known change and the time it has left."),
    entry(CommandId::ViewRootAccess, &[c('3')], VIEWS, 0, "Root access", always)
        .help("Open view Root access: the root credentials of the accounts."),
    entry(CommandId::ViewOrganization, &[c('4')], VIEWS, 0, "Organization", always)
        .help("Open view Organization: trusted access, root features and delegated administrators."),
    entry(CommandId::ViewJournal, &[c('6')], VIEWS, 0, "Journal", always)
        .help("Open view Journal: what rootdeck changed, and what was refused."),
    entry(CommandId::ViewMailbox, &[c('7')], VIEWS, 0, "Mailbox", |app| app.model.can_see_mailbox())
        .help("Open view Mailbox: the mails AWS would send (demo only)."),
    entry(CommandId::ReadNotice, &[c('!')], VIEWS, 0, "read error", App::can_read_notice)
        .help("Show the newest error: AWS's message, the cause and the fix."),
    entry(CommandId::Findings, &[c('F')], VIEWS, 4, "findings", |app| app.model.has_findings())
        .help("Show changes since the last listing. Emails changed by someone else come first."),
    entry(CommandId::Acknowledge, &[c('a')], &[Reader], 1, "acknowledge", App::can_acknowledge)
        .help("Acknowledge these findings: they are no longer shown. Scroll to the end first."),
    entry(CommandId::Palette, &[c(':')], VIEWS, 6, "commands", always)
        .help("Find any command and go where it works, or any account by name or id."),
    entry(CommandId::Help, &[c('?')], WITH_DIALOGS, 7, "help", always).help("Show the commands available here."),
    entry(CommandId::Back, &[k(Code::Esc)], VIEWS, 0, "back", always)
        .help("Go back one step inside the view: close, leave the pane, clear the filter."),
    entry(CommandId::Back, &[k(Code::Esc), c('q')], &[Reader], 2, "close", always).help("Close this."),
    entry(CommandId::Quit, &[c('q')], VIEWS, 8, "quit", always).help("Quit rootdeck. Waits for writes in progress."),
    entry(CommandId::FilterKeep, &[k(Code::Enter), k(Code::Down)], &[Filter], 1, "keep", always)
        .help("Keep the filter and return to the list."),
    entry(CommandId::FilterClear, &[k(Code::Esc)], &[Filter], 2, "clear", always).help("Clear the filter."),
    entry(CommandId::Find, &[c('/')], &[Reader], 4, "find", App::can_find)
        .help("Find words in this text. In a list of buckets or queues, show only those that match."),
    entry(CommandId::FindNext, &[c('n')], &[Reader], 5, "next match", App::can_find_next).help("Go to the next match."),
    entry(CommandId::FindPrevious, &[c('N')], &[Reader], 0, "previous match", App::can_find_next)
        .help("Go to the previous match."),
    entry(CommandId::Choose, &[k(Code::Enter)], &[Reader], 1, "choose", App::can_choose).help("Run the selected item."),
    entry(CommandId::CheckLine, &[c(' ')], &[Reader], 2, "toggle", App::can_check)
        .help("Check or uncheck the selected line."),
    entry(CommandId::EditText, &[c('e')], &[Reader, Dialog], 3, "edit", App::can_edit)
        .help("Edit this policy or plan in $VISUAL or $EDITOR. Nothing is sent before you confirm it."),
    entry(CommandId::CheckLocks, &[c('v')], &[Reader], 2, "check locks", App::can_check_locks).help(
        "Read the policies of the buckets or queues shown, one after the other, to see which are locked. Again: stop.",
    ),
    entry(CommandId::ReadPageAgain, &[c('r')], &[Reader], 3, "reload", App::can_read_again)
        .help("Reload the buckets, queues or policy shown."),
    entry(CommandId::DialogAct, &[k(Code::Enter)], &[Dialog], 1, "press", always)
        .help("Press the focused button; from a field, go to the button."),
    entry(CommandId::DialogNext, &[k(Code::Tab), k(Code::Down)], &[Dialog], 3, "next", always)
        .help("Go to the next field or button."),
    entry(CommandId::DialogPrevious, &[k(Code::BackTab), k(Code::Up)], &[Dialog], 0, "previous", always)
        .help("Go to the previous field or button."),
    entry(CommandId::DialogClose, &[k(Code::Esc)], &[Dialog], 2, "close", always)
        .help("Close the dialog without confirming."),
    entry(CommandId::DialogCopy, &[c('y')], &[Dialog, Reader], 6, "copy", App::can_copy_from_layer)
        .help("Copy the commands of the dialog, or the error (outside text fields)."),
    entry(CommandId::DialogReveal, &[Key::ctrl('t')], &[Dialog], 4, "show code", App::can_reveal)
        .help("Show or hide the one-time password."),
    entry(CommandId::DialogReason, &[Key::ctrl('r')], &[Dialog], 5, "reason", App::can_give_reason)
        .help("Enter a reason or ticket for the journal."),
    entry(CommandId::QuitNow, &[Key::ctrl('c')], EVERYWHERE, 0, "quit", always)
        .help("Quit rootdeck from anywhere. Waits for writes in progress."),
    entry(CommandId::Suspend, &[Key::ctrl('z')], EVERYWHERE, 0, "suspend", always)
        .help("Suspend rootdeck and return to the shell. fg resumes it."),
    entry(CommandId::Redraw, &[Key::ctrl('l')], EVERYWHERE, 0, "redraw", always).help("Redraw the screen."),
];
