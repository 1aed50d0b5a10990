//! The commands of root access.

use super::entry::{Command, LISTS, VIEWS, always, c, entry, k, keys};
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;
use crate::app::shell::App;

const ROWS: &[KeyContext] = &[KeyContext::Accounts, KeyContext::Details, KeyContext::RootAccess];
const MARKABLE: &[KeyContext] =
    &[KeyContext::Accounts, KeyContext::Details, KeyContext::EmailChanges, KeyContext::RootAccess];

pub(super) const COMMANDS: [Command; 14] = [
    entry(
        CommandId::OpenRoot,
        keys![k(Code::Enter)],
        &[KeyContext::RootAccess],
        1,
        "open",
        "Show what is known of root of the account. Nothing is asked of AWS.",
        App::can_mark,
    ),
    entry(
        CommandId::Audit,
        keys![c('a')],
        ROWS,
        4,
        "audit",
        "Audit the root credentials of the marked accounts, or of the selected one, quickly: which kinds there are. Opens \
         root sessions, which set off alarms: asks first.",
        App::can_audit,
    ),
    entry(
        CommandId::AuditMenu,
        keys![c('A')],
        ROWS,
        14,
        "audit menu",
        "Audit quickly or deeply: the selected account, the marked ones, those shown, or all.",
        |app| app.model.can_audit_any(),
    ),
    entry(
        CommandId::DeleteCredentials,
        keys![c('d')],
        &[KeyContext::RootAccess],
        4,
        "delete",
        "Delete root credentials of the marked accounts, or of the selected one: first a look at exactly what would go.",
        App::can_delete_credentials,
    ),
    entry(
        CommandId::Results,
        keys![c('R')],
        &[KeyContext::RootAccess],
        0,
        "results",
        "Show what came of the newest deletion, credential by credential.",
        |app| app.model.has_results(),
    ),
    entry(
        CommandId::PauseRun,
        keys![c('P')],
        LISTS,
        0,
        "pause",
        "Pause the run over the accounts, or let it go on.",
        |app| app.model.can_steer(),
    ),
    entry(
        CommandId::StopRun,
        keys![c('X')],
        LISTS,
        0,
        "stop",
        "Stop the run over the accounts; what is under way is finished.",
        |app| app.model.can_steer(),
    ),
    entry(
        CommandId::Toggle,
        keys![c('t')],
        &[KeyContext::RootAccess],
        0,
        "toggle",
        "Turn trusted access or a root feature on or off.",
        App::can_toggle,
    ),
    entry(
        CommandId::RootTasks,
        keys![c('p')],
        ROWS,
        5,
        "root task",
        "Do a privileged task of root in the account: password recovery, locked policies, a root session.",
        App::can_open,
    ),
    entry(
        CommandId::RootSessions,
        keys![c('i')],
        VIEWS,
        0,
        "root sessions",
        "Show the root sessions in hand: what they allow, how long they live, how to hand them over.",
        |app| app.model.can_list_sessions(),
    ),
    entry(
        CommandId::LeftOpen,
        keys![c('O')],
        VIEWS,
        0,
        "left open",
        "Show the accounts whose password recovery was left open from here, and close it.",
        |app| app.model.can_list_left_open(),
    ),
    entry(
        CommandId::Mark,
        keys![c(' ')],
        MARKABLE,
        6,
        "mark",
        "Mark the account for work on several, or take the mark away, and go on to the next row.",
        App::can_mark,
    ),
    entry(CommandId::MarkShown, keys![c('*')], MARKABLE, 0, "mark all", "Mark all accounts that are shown.", always),
    entry(CommandId::ClearMarks, keys![c('u')], MARKABLE, 0, "unmark", "Take all marks away.", |app| {
        app.model.has_marks()
    }),
];
