//! The commands of view 5.

use super::entry::{Command, VIEWS, always, c, entry, k};
use crate::app::command_id::KeyContext::Readiness;
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;

const READINESS: &[KeyContext] = &[Readiness];

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenFlow, &[k(Code::Enter)], READINESS, 1, "open", always)
        .help("Open the task: what it needs, what is missing, and how to fix it."),
    entry(CommandId::Remedy, &[c('t')], READINESS, 2, "fix", |app| app.model.can_fix())
        .help("Fix what is missing: enable trusted access or a root feature (asks for confirmation)."),
    entry(CommandId::CopyPolicy, &[c('y')], READINESS, 3, "copy policy", always)
        .help("Copy the least-privilege policy for the task, as printed by `rootdeck policy --for`."),
    entry(CommandId::ManagedPolicies, &[c('m')], READINESS, 4, "managed policies", always)
        .help("Show which tasks the AWS managed policies allow."),
    entry(CommandId::ViewReadiness, &[c('5')], VIEWS, 0, "Readiness", always)
        .help("Open view Readiness: what each task needs, what is missing, how to fix it."),
];
