//! The commands of view 5.

use super::entry::{Command, VIEWS, always, c, entry, k, keys};
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;

const READINESS: &[KeyContext] = &[KeyContext::Readiness];

pub(super) const COMMANDS: [Command; 5] = [
    entry(
        CommandId::OpenFlow,
        keys![k(Code::Enter)],
        READINESS,
        1,
        "open",
        "Show what the flow needs; where a change of rootdeck opens it further, confirm that change.",
        always,
    ),
    entry(
        CommandId::Remedy,
        keys![c('t')],
        READINESS,
        2,
        "mend",
        "Confirm the change that opens the flow further: trusted access, or a root feature.",
        |app| app.model.can_mend(),
    ),
    entry(
        CommandId::CopyPolicy,
        keys![c('y')],
        READINESS,
        3,
        "copy policy",
        "Copy the least-privilege policy for the flow, as `rootdeck policy --for` prints it.",
        always,
    ),
    entry(
        CommandId::ManagedPolicies,
        keys![c('m')],
        READINESS,
        4,
        "managed policies",
        "Show which flows the policies that AWS manages allow.",
        always,
    ),
    entry(
        CommandId::ViewReadiness,
        keys![c('5')],
        VIEWS,
        0,
        "Readiness",
        "To what each flow needs, whether it is there, and what mends it.",
        always,
    ),
];
