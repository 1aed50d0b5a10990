//! The commands of root access.

use super::entry::{Command, LISTS, ROWS, VIEWS, WITH_ROOT, always, c, entry, k};
use crate::app::command_id::CommandId;
use crate::app::command_id::KeyContext::RootAccess;
use crate::app::key::{Code, Key};
use crate::app::shell::App;

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenRoot, &[k(Code::Enter)], &[RootAccess], 1, "open", App::can_mark)
        .help("Show what is known of root of the account. Nothing is asked of AWS."),
    entry(CommandId::Audit, &[c('a')], WITH_ROOT, 4, "audit", App::can_audit).help(
        "Audit the root credentials of the marked accounts, or of the selected one, quickly: which kinds there \
         are. Opens root sessions, which set off alarms: asks first.",
    ),
    entry(CommandId::AuditMenu, &[c('A')], WITH_ROOT, 14, "audit menu", |app| app.model.can_audit_any())
        .help("Audit quickly or deeply: the selected account, the marked ones, those shown, or all."),
    entry(CommandId::DeleteCredentials, &[c('d')], &[RootAccess], 4, "delete", App::can_delete_credentials).help(
        "Delete root credentials of the marked accounts, or of the selected one: first a look at exactly what \
         would go.",
    ),
    entry(CommandId::Results, &[c('R')], &[RootAccess], 0, "results", |app| app.model.has_results())
        .help("Show what came of the newest deletion, credential by credential."),
    entry(CommandId::PauseRun, &[c('P')], LISTS, 0, "pause", |app| app.model.can_steer())
        .help("Pause the run over the accounts, or let it go on."),
    entry(CommandId::StopRun, &[c('X')], LISTS, 0, "stop", |app| app.model.can_steer())
        .help("Stop the run over the accounts; what is under way is finished."),
    entry(CommandId::Toggle, &[c('t')], &[RootAccess], 0, "toggle", App::can_toggle)
        .help("Turn trusted access or a root feature on or off."),
    entry(CommandId::RootTasks, &[c('p')], WITH_ROOT, 5, "root task", App::can_open)
        .help("Do a privileged task of root in the account: password recovery, locked policies, a root session."),
    entry(CommandId::RootSessions, &[c('i')], VIEWS, 0, "root sessions", |app| app.model.can_list_sessions())
        .help("Show the root sessions in hand: what they allow, how long they live, how to hand them over."),
    entry(CommandId::LeftOpen, &[c('O')], VIEWS, 0, "left open", |app| app.model.can_list_left_open())
        .help("Show the accounts whose password recovery was left open from here, and close it."),
    entry(CommandId::Mark, &[c(' ')], ROWS, 6, "mark", App::can_mark)
        .help("Mark the account for work on several, or take the mark away, and go on to the next row."),
    entry(CommandId::MarkRange, &[Key::ctrl(' ')], ROWS, 0, "mark range", App::can_mark)
        .help("Mark all rows from the account marked last to the cursor."),
    entry(CommandId::MarkShown, &[c('*')], ROWS, 0, "mark all", always)
        .help("Mark all accounts that are shown. If all are marked, unmark them."),
    entry(CommandId::InvertMarks, &[c('~')], ROWS, 0, "invert marks", always)
        .help("Mark the accounts shown that are not marked, and unmark the others. Hidden marks stay."),
    entry(CommandId::ClearMarks, &[c('u')], ROWS, 0, "unmark", |app| app.model.has_marks())
        .help("Unmark all accounts, hidden ones included."),
    entry(CommandId::UndoMarks, &[c('U')], ROWS, 0, "undo marks", |app| app.model.can_undo_marks())
        .help("Undo the last change of the marks. Again: the change before it."),
];
