//! The commands of view 5.

use super::entry::{Command, VIEWS, always, c, entry, k};
use crate::app::command_id::KeyContext::Readiness;
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;

const READINESS: &[KeyContext] = &[Readiness];

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenFlow, &[k(Code::Enter)], READINESS, 1, "open", always)
        .help("Show what the flow needs; where a change of rootdeck opens it further, confirm that change."),
    entry(CommandId::Remedy, &[c('t')], READINESS, 2, "mend", |app| app.model.can_mend())
        .help("Confirm the change that opens the flow further: trusted access, or a root feature."),
    entry(CommandId::CopyPolicy, &[c('y')], READINESS, 3, "copy policy", always)
        .help("Copy the least-privilege policy for the flow, as `rootdeck policy --for` prints it."),
    entry(CommandId::ManagedPolicies, &[c('m')], READINESS, 4, "managed policies", always)
        .help("Show which flows the policies that AWS manages allow."),
    entry(CommandId::ViewReadiness, &[c('5')], VIEWS, 0, "Readiness", always)
        .help("To what each flow needs, whether it is there, and what mends it."),
];
