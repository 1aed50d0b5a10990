//! The commands of views 2 and 7, and of bulk plans.

use super::entry::{ACCOUNT, Command, always, c, email_changes_key, entry, k};
use crate::app::command_id::KeyContext::{EmailChanges, Mailbox};
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;
use crate::app::shell::App;

const HERE: &[KeyContext] = &[EmailChanges];
const TEMPLATE: &str = "Write a CSV template for a plan of email changes: the marked accounts, or the selected one.";

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenChange, &[k(Code::Enter)], HERE, 6, "open", App::can_mark)
        .help("Show the change: who, when, what it means, what can be done; and ask AWS where it stands."),
    entry(CommandId::ReadMails, &[c('m')], HERE, 4, "mails", always).help(
        "Read mails with one-time passwords from a file and accept the changes they are for; pasting them works \
         as well.",
    ),
    entry(CommandId::SendAgain, &[c('s')], HERE, 5, "send again", App::can_send_again)
        .help("Have the one-time password sent again to the same address; the older one counts no more."),
    entry(CommandId::AskMenu, &[c('V')], HERE, 5, "ask AWS", |app| app.model.can_ask_changes()).help(
        "Ask GetPrimaryEmailUpdateStatus: of the open changes, the marked accounts, those shown, or all active \
         members.",
    ),
    entry(CommandId::NameAddress, &[c('n')], HERE, 0, "name address", App::can_name_address).help(
        "Enter the new address of a change that was started elsewhere, so that its one-time password can be entered.",
    ),
    entry(CommandId::ForgetChange, &[c('f')], HERE, 0, "forget", App::can_forget)
        .help("Forget what this machine keeps of the change. AWS keeps the one-time password good for its 24 hours."),
    entry(CommandId::Results, &[c('R')], HERE, 0, "results", |app| app.model.has_acceptances())
        .help("Show what came of accepting the changes of the mails, one by one."),
    entry(CommandId::CopyMail, &[c('y')], &[Mailbox], 1, "copy", |app| app.model.can_copy_mail()).help(concat!(
        "Copy the mail to the clipboard, to paste it in view ",
        email_changes_key!(),
        "."
    )),
    entry(CommandId::BulkPlan, &[c('b')], HERE, 4, "bulk plan", always)
        .help("Change many primary emails: read a plan from a CSV file, go on with one, or see what came of it."),
    entry(CommandId::PlanTemplate, &[c('T')], HERE, 4, "template", App::can_template).help(TEMPLATE),
    entry(CommandId::PlanTemplate, &[c('T')], ACCOUNT, 0, "template", App::can_template).help(TEMPLATE),
];
