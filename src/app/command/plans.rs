//! The commands of bulk plans.

use super::entry::{Command, always, c, entry, keys};
use crate::app::command_id::{CommandId, CommandInfo, KeyContext};
use crate::app::shell::App;

const TEMPLATE: Command = entry(
    CommandId::PlanTemplate,
    keys![c('T')],
    &[KeyContext::EmailChanges],
    4,
    "template",
    "Write a CSV template for a plan of email changes: the marked accounts, or the selected one.",
    App::can_template,
);

pub(super) const COMMANDS: [Command; 3] = [
    entry(
        CommandId::BulkPlan,
        keys![c('b')],
        &[KeyContext::EmailChanges],
        4,
        "bulk plan",
        "Change many primary emails: read a plan from a CSV file, go on with one, or see what came of it.",
        always,
    ),
    TEMPLATE,
    Command {
        info: CommandInfo { places: &[KeyContext::Accounts, KeyContext::Details], footer: 0, ..TEMPLATE.info },
        ..TEMPLATE
    },
];
