//! The commands about an account and about the organization's switches.

use super::entry::{Command, WITH_CHANGES, c, email_changes_key, entry, k};
use crate::app::command_id::CommandId;
use crate::app::command_id::KeyContext::{Accounts, Details, Organization, Switches};
use crate::app::key::Code;
use crate::app::shell::App;

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::Open, &[k(Code::Enter)], &[Accounts], 1, "open", App::can_open)
        .help("Show the account and ask AWS for its primary email and for any change of it."),
    entry(CommandId::ChangeEmail, &[c('e')], WITH_CHANGES, 2, "email", App::can_change_emails).help(
        "Change the primary email of the account: have a one-time password sent to the new address. With marks: a \
         plan for the marked accounts.",
    ),
    entry(CommandId::EnterOtp, &[c('o')], WITH_CHANGES, 3, "OTP", App::can_enter_otp).help(concat!(
        "Enter the one-time password of the selected account's email change. For several, paste their mails in view ",
        email_changes_key!(),
        "."
    )),
    entry(CommandId::Verify, &[c('v')], WITH_CHANGES, 10, "verify", App::can_open)
        .help("Ask GetPrimaryEmail and GetPrimaryEmailUpdateStatus about the account."),
    entry(CommandId::Toggle, &[c('t')], &[Accounts, Details, Switches, Organization], 4, "toggle", App::can_toggle)
        .help("Turn trusted access or a root feature on or off."),
    entry(CommandId::Delegate, &[c('D')], &[Organization], 5, "delegate", |app| app.model.can_delegate())
        .help("Make an account the delegated administrator of the selected service; on such an account, end that."),
    entry(CommandId::Toggle, &[k(Code::Enter)], &[Switches, Organization], 0, "toggle", App::can_toggle)
        .help("Turn the selected switch on or off."),
];
