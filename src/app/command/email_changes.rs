//! The commands of view 2.

use super::entry::{Command, always, c, entry, k, keys};
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;
use crate::app::shell::App;

const HERE: &[KeyContext] = &[KeyContext::EmailChanges];

pub(super) const COMMANDS: [Command; 8] = [
    entry(
        CommandId::OpenChange,
        keys![k(Code::Enter)],
        HERE,
        6,
        "open",
        "Show the change: who, when, what it means, what can be done; and ask AWS where it stands.",
        App::can_mark,
    ),
    entry(
        CommandId::ReadMails,
        keys![c('m')],
        HERE,
        4,
        "mails",
        "Read mails with one-time passwords from a file and accept the changes they are for; pasting them works as well.",
        always,
    ),
    entry(
        CommandId::SendAgain,
        keys![c('s')],
        HERE,
        5,
        "send again",
        "Have the one-time password sent again to the same address; the older one counts no more.",
        App::can_send_again,
    ),
    entry(
        CommandId::AskMenu,
        keys![c('V')],
        HERE,
        5,
        "ask AWS",
        "Ask GetPrimaryEmailUpdateStatus: of the open changes, the marked accounts, those shown, or all active members.",
        |app| app.model.can_ask_changes(),
    ),
    entry(
        CommandId::NameAddress,
        keys![c('n')],
        HERE,
        0,
        "name address",
        "Enter the new address of a change that was started elsewhere, so that its one-time password can be entered.",
        App::can_name_address,
    ),
    entry(
        CommandId::ForgetChange,
        keys![c('f')],
        HERE,
        0,
        "forget",
        "Forget what this machine keeps of the change. AWS keeps the one-time password good for its 24 hours.",
        App::can_forget,
    ),
    entry(
        CommandId::Results,
        keys![c('R')],
        HERE,
        0,
        "results",
        "Show what came of accepting the changes of the mails, one by one.",
        |app| app.model.has_acceptances(),
    ),
    entry(
        CommandId::CopyMail,
        keys![c('y')],
        &[KeyContext::Mailbox],
        1,
        "copy",
        "Copy the mail to the clipboard, to paste it in view 2.",
        |app| app.model.can_copy_mail(),
    ),
];
