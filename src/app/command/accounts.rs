//! The commands about an account and about the organization's switches.

use super::entry::{Command, WITH_CHANGES, c, entry, k, keys};
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key::Code;
use crate::app::shell::App;

pub(super) const COMMANDS: [Command; 7] = [
    entry(
        CommandId::Open,
        keys![k(Code::Enter)],
        &[KeyContext::Accounts],
        1,
        "open",
        "Show the account and ask AWS for its primary email and for any change of it.",
        App::can_open,
    ),
    entry(
        CommandId::ChangeEmail,
        keys![c('e')],
        WITH_CHANGES,
        2,
        "email",
        "Change the primary email of the account: have a one-time password sent to the new address. With marks: a \
         plan for the marked accounts.",
        App::can_change_emails,
    ),
    entry(
        CommandId::EnterOtp,
        keys![c('o')],
        WITH_CHANGES,
        3,
        "OTP",
        "Enter the one-time password of the selected account's email change. For several, paste their mails in view 2.",
        App::can_enter_otp,
    ),
    entry(
        CommandId::Verify,
        keys![c('v')],
        WITH_CHANGES,
        10,
        "verify",
        "Ask GetPrimaryEmail and GetPrimaryEmailUpdateStatus about the account.",
        App::can_open,
    ),
    entry(
        CommandId::Toggle,
        keys![c('t')],
        &[KeyContext::Accounts, KeyContext::Details, KeyContext::Switches, KeyContext::Organization],
        4,
        "toggle",
        "Turn trusted access or a root feature on or off.",
        App::can_toggle,
    ),
    entry(
        CommandId::Delegate,
        keys![c('D')],
        &[KeyContext::Organization],
        5,
        "delegate",
        "Make an account the delegated administrator of the selected service; on such an account, end that.",
        |app| app.model.can_delegate(),
    ),
    entry(
        CommandId::Toggle,
        keys![k(Code::Enter)],
        &[KeyContext::Switches, KeyContext::Organization],
        0,
        "toggle",
        "Turn the selected switch on or off.",
        App::can_toggle,
    ),
];
