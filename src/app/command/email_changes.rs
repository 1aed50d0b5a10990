//! The commands of views 2 and 7, and of bulk plans.

use super::entry::{ACCOUNT, Command, c, email_changes_key, entry, k};
use crate::app::command_id::KeyContext::{EmailChanges, Mailbox};
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;
use crate::app::shell::App;

const HERE: &[KeyContext] = &[EmailChanges];
const TEMPLATE: &str = "Write a CSV template for a bulk plan: the marked accounts, or the selected one.";

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::OpenChange, &[k(Code::Enter)], HERE, 1, "open", App::can_mark)
        .help("Open the change: who started it, when, what it means, what you can do. Checks its status with AWS."),
    entry(CommandId::ReadMails, &[c('m')], HERE, 4, "mails", |app| app.model.may_start_plans())
        .help("Read mails with one-time passwords from a file and accept their changes. You can also paste them."),
    entry(CommandId::SendAgain, &[c('s')], HERE, 5, "resend", App::can_send_again)
        .help("Resend the one-time password to the same address. The old one becomes invalid."),
    entry(CommandId::AskMenu, &[c('V')], HERE, 5, "check", |app| app.model.can_ask_changes())
        .help("Check email changes with AWS: open changes, marked accounts, accounts shown, or all active members."),
    entry(CommandId::NameAddress, &[c('n')], HERE, 0, "set address", App::can_name_address)
        .help("Enter the new address of a change started elsewhere, to use its one-time password."),
    entry(CommandId::ForgetChange, &[c('f')], HERE, 0, "forget", App::can_forget)
        .help("Forget the change on this machine. If it is pending, its one-time password stays valid in AWS."),
    entry(CommandId::Results, &[c('R')], HERE, 0, "results", |app| app.model.has_acceptances())
        .help("Show the results of accepting changes from mails."),
    entry(CommandId::CopyMail, &[c('y')], &[Mailbox], 1, "copy", |app| app.model.can_copy_mail()).help(concat!(
        "Copy the mail, to paste it in view ",
        email_changes_key!(),
        "."
    )),
    entry(CommandId::BulkPlan, &[c('b')], HERE, 4, "bulk plan", |app| app.model.can_open_plans())
        .help("Change many primary emails: start a plan from a CSV file, resume one, or show its results."),
    entry(CommandId::PlanTemplate, &[c('T')], HERE, 4, "template", App::can_template).help(TEMPLATE),
    entry(CommandId::PlanTemplate, &[c('T')], ACCOUNT, 0, "template", App::can_template).help(TEMPLATE),
];
