//! The commands of view 6.

use super::entry::{Command, always, c, entry, k, keys};
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;

pub(super) const COMMANDS: [Command; 6] = [
    entry(
        CommandId::OpenEntry,
        keys![k(Code::Enter)],
        &[KeyContext::Journal],
        1,
        "details",
        "Read everything that the journal has of the entry, and how to find it in CloudTrail.",
        |app| app.model.can_read_entry(),
    ),
    entry(
        CommandId::Filter,
        keys![c('/')],
        &[KeyContext::Journal],
        2,
        "filter",
        "Show only entries that match all words: parts of any column. -word excludes, a|b is either; outcome:, account:, \
         operation:, since: (30m, 2h, 7d, or a day) ask for one.",
        always,
    ),
    entry(
        CommandId::ResolveEntry,
        keys![c('v')],
        &[KeyContext::Journal],
        3,
        "look",
        "Ask AWS what became of a change whose outcome is unknown. Nothing is sent again.",
        |app| app.model.can_resolve(),
    ),
    entry(
        CommandId::CopyRequestId,
        keys![c('y')],
        &[KeyContext::Journal],
        4,
        "copy id",
        "Copy AWS's request id to the clipboard.",
        |app| app.model.can_copy_request_id(),
    ),
    entry(
        CommandId::CopyLookup,
        keys![c('Y')],
        &[KeyContext::Journal],
        0,
        "copy lookup",
        "Copy the command that finds it in CloudTrail to the clipboard.",
        |app| app.model.can_copy_lookup(),
    ),
    entry(
        CommandId::ExportJournal,
        keys![c('x')],
        &[KeyContext::Journal],
        5,
        "export",
        "Save what is shown to a file, as CSV or JSON.",
        |app| app.model.can_export_journal(),
    ),
];
