//! The commands of view 6.

use super::entry::{Command, always, c, entry, k};
use crate::app::command_id::CommandId;
use crate::app::command_id::KeyContext::Journal;
use crate::app::key::Code;

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenEntry, &[k(Code::Enter)], &[Journal], 1, "details", |app| app.model.can_read_entry())
        .help("Read everything that the journal has of the entry, and how to find it in CloudTrail."),
    entry(CommandId::Filter, &[c('/')], &[Journal], 2, "filter", always).help(
        "Show only entries that match all words: parts of any column. -word excludes, a|b is either; outcome:, \
         account:, operation:, since: (30m, 2h, 7d, or a day) ask for one.",
    ),
    entry(CommandId::ResolveEntry, &[c('v')], &[Journal], 3, "look", |app| app.model.can_resolve())
        .help("Ask AWS what became of a change whose outcome is unknown. Nothing is sent again."),
    entry(CommandId::CopyRequestId, &[c('y')], &[Journal], 4, "copy id", |app| app.model.can_copy_request_id())
        .help("Copy AWS's request id to the clipboard."),
    entry(CommandId::CopyLookup, &[c('Y')], &[Journal], 0, "copy lookup", |app| app.model.can_copy_lookup())
        .help("Copy the command that finds it in CloudTrail to the clipboard."),
    entry(CommandId::ExportJournal, &[c('x')], &[Journal], 5, "export", |app| app.model.can_export_journal())
        .help("Save what is shown to a file, as CSV or JSON."),
];
