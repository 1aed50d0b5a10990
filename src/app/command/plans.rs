//! The commands of bulk plans.

use super::{Command, CommandId, Place, always, c, entry, keys};
use crate::app::App;

pub(super) const COMMANDS: [Command; 2] = [
    entry(
        CommandId::BulkPlan,
        keys![c('b')],
        &[Place::EmailChanges],
        0,
        "bulk plan",
        "Change many primary emails: read a plan from a CSV file, go on with one, or see what came of it.",
        always,
    ),
    entry(
        CommandId::PlanTemplate,
        keys![c('T')],
        &[Place::Accounts, Place::Details, Place::EmailChanges],
        0,
        "plan template",
        "Write a CSV template for a plan of email changes: the marked accounts, or the selected one.",
        App::can_template,
    ),
];
