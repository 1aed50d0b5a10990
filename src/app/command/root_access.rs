//! The commands of root access.

use super::entry::{Command, LISTS, ROWS, VIEWS, WITH_ROOT, always, c, entry, k};
use crate::app::command_id::CommandId;
use crate::app::command_id::KeyContext::RootAccess;
use crate::app::key::{Code, Key};
use crate::app::shell::App;

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenRoot, &[k(Code::Enter)], &[RootAccess], 1, "open", App::can_mark)
        .help("Show what is known about root of the account, without calling AWS."),
    entry(CommandId::Audit, &[c('a')], WITH_ROOT, 4, "audit", App::can_audit).help(
        "Audit the root credentials of the marked accounts, or the selected one (quick: which types exist). Opens \
         root sessions, which trigger root alarms: asks first.",
    ),
    entry(CommandId::AuditMenu, &[c('A')], WITH_ROOT, 14, "audit menu", |app| app.model.can_audit_any())
        .help("Audit root credentials, quick or deep: the selected account, marked accounts, accounts shown, or all."),
    entry(CommandId::DeleteCredentials, &[c('d')], &[RootAccess], 4, "delete", App::can_delete_credentials)
        .help("Delete root credentials of the marked accounts, or the selected one. Shows a preview first."),
    entry(CommandId::Results, &[c('R')], &[RootAccess], 0, "results", |app| app.model.has_results())
        .help("Show the results of the last deletion, by credential."),
    entry(CommandId::PauseRun, &[c('P')], LISTS, 1, "pause", |app| app.model.can_steer())
        .help("Pause or resume the batch in progress."),
    entry(CommandId::StopRun, &[c('X')], LISTS, 1, "stop", |app| app.model.can_steer())
        .help("Stop the batch. Calls in progress are completed."),
    entry(CommandId::Toggle, &[c('t')], &[RootAccess], 0, "toggle", App::can_toggle)
        .help("Enable or disable trusted access or a root feature."),
    entry(CommandId::RootTasks, &[c('p')], WITH_ROOT, 5, "root task", App::can_open)
        .help("Run a root task in the account: password recovery, locked policies, a root session."),
    entry(CommandId::ExplainScps, &[c('E')], WITH_ROOT, 0, "explain SCPs", App::can_explain_scps).help(
        "Show which SCPs and RCPs block root sessions in the account, and the change that lets them through. Reads \
         Organizations only.",
    ),
    entry(CommandId::RootSessions, &[c('i')], VIEWS, 0, "root sessions", |app| app.model.can_list_sessions())
        .help("Show open root sessions: allowed actions, time left, how to use them in other tools."),
    entry(CommandId::LeftOpen, &[c('O')], VIEWS, 0, "open recoveries", |app| app.model.can_list_left_open())
        .help("Show password recoveries opened here and still open, and close them."),
    entry(CommandId::Mark, &[c(' ')], ROWS, 6, "mark", App::can_mark)
        .help("Mark or unmark the account and move to the next row."),
    entry(CommandId::MarkRange, &[Key::ctrl(' ')], ROWS, 0, "mark range", App::can_mark)
        .help("Mark all rows from the last marked account to the cursor."),
    entry(CommandId::MarkShown, &[c('*')], ROWS, 0, "mark all", always)
        .help("Mark all accounts shown. If all are marked, unmark them."),
    entry(CommandId::InvertMarks, &[c('~')], ROWS, 0, "invert marks", always)
        .help("Mark the accounts shown that are not marked, and unmark the others. Hidden marks stay."),
    entry(CommandId::ClearMarks, &[c('u')], ROWS, 0, "unmark", |app| app.model.has_marks()).help("Clear all marks."),
    entry(CommandId::UndoMarks, &[c('U')], ROWS, 0, "undo marks", |app| app.model.can_undo_marks())
        .help("Undo the last change of the marks. Again: the change before it."),
];
