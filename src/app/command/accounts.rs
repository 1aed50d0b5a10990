//! The commands about an account and about the organization's switches.

use super::entry::{Command, WITH_CHANGES, always, c, email_changes_key, entry, k};
use crate::app::command_id::CommandId;
use crate::app::command_id::KeyContext::{Accounts, Details, Organization, Switches};
use crate::app::key::Code;
use crate::app::shell::App;

pub(super) const COMMANDS: &[Command] = &[
    entry(CommandId::Open, &[k(Code::Enter)], &[Accounts], 1, "open", App::can_open)
        .help("Open the account: read its primary email and its email change from AWS."),
    entry(CommandId::ChangeEmail, &[c('e')], WITH_CHANGES, 2, "email", App::can_change_emails).help(
        "Change the account's primary email: AWS sends a one-time password to the new address. With marks: make a \
         plan for the marked accounts.",
    ),
    entry(CommandId::EnterOtp, &[c('o')], WITH_CHANGES, 3, "code", App::can_enter_otp).help(concat!(
        "Enter the one-time password of the account's email change. For several accounts, paste their mails in view ",
        email_changes_key!(),
        "."
    )),
    entry(CommandId::Verify, &[c('v')], WITH_CHANGES, 10, "verify", App::can_open)
        .help("Verify the email and the email change with AWS."),
    entry(CommandId::Contacts, &[c('C')], &[Accounts, Details], 9, "contacts", App::can_open)
        .help("Show the contacts of the account, set or delete them, or rename the account."),
    entry(CommandId::Toggle, &[c('t')], &[Accounts, Details, Switches, Organization], 4, "toggle", App::can_toggle)
        .help("Enable or disable trusted access or a root feature."),
    entry(CommandId::Delegate, &[c('D')], &[Organization], 5, "delegate", |app| app.model.can_delegate())
        .help("Register a delegated administrator for the selected service, or deregister the selected one."),
    entry(CommandId::OpenSwitch, &[k(Code::Enter)], &[Switches], 1, "details", always)
        .help("Show the selected service or feature in view Organization."),
    entry(CommandId::OpenSwitch, &[k(Code::Enter)], &[Organization], 1, "details", always)
        .help("Show the details of the row: its state, what can be changed, and what that does."),
];
