//! The commands of view 6.

use super::entry::{Command, always, c, entry, k};
use crate::app::command_id::CommandId;
use crate::app::command_id::KeyContext::Journal;
use crate::app::key::{Code, Key};
use crate::app::shell::App;

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenEntry, &[k(Code::Enter)], &[Journal], 1, "details", |app| app.model.can_read_entry())
        .help("Open the entry: all its details, and how to find it in CloudTrail."),
    entry(CommandId::Filter, &[c('/')], &[Journal], 2, "filter", always).help(
        "Filter the entries: all words must match any column. -word excludes, a|b matches either. Properties: \
         outcome: account: operation: since: (30m, 2h, 7d, or a day).",
    ),
    entry(CommandId::ResolveEntry, &[c('v')], &[Journal], 3, "resolve", |app| app.model.can_resolve())
        .help("Resolve an unknown outcome: check the current state with AWS. Nothing is sent again."),
    entry(CommandId::CopyRequestId, &[c('y')], &[Journal], 4, "copy id", |app| app.model.can_copy_request_id())
        .help("Copy AWS's request id."),
    entry(CommandId::CopyLookup, &[c('Y')], &[Journal], 0, "copy command", |app| app.model.can_copy_lookup())
        .help("Copy the command that finds the event in CloudTrail."),
    entry(CommandId::OpenConsole, &[Key::ctrl('o')], &[Journal], 0, "console", App::can_open_console).help(
        "Find the event in the AWS console: CloudTrail's event history by name and time. Opens a browser, or copies \
         the link.",
    ),
];
