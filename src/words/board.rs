//! View 2: how a change stands, what it means, what can be done; mails and what came of them.

use jiff::Timestamp;

use super::keys::key;
use super::root_access::accounts;
use super::{refusal, time};
use crate::app::command::CommandId;
use crate::app::state::choices::AskScope;
use crate::app::state::start_asking::{Phase, StartAsking};
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::mail_match::MailProblem;

pub(crate) fn status(facts: &EmailFacts, now: Timestamp) -> String {
    let state = facts.state(now);
    let word = super::email::state(&state);
    match state {
        ChangeState::Pending(started) | ChangeState::Unconfirmed(started) => {
            format!("{word} {}", time::hours(started.time_left(now)))
        }
        ChangeState::Quiet => "unknown".to_owned(),
        _ => word.to_owned(),
    }
}

pub(crate) fn meaning(state: &ChangeState<'_>) -> String {
    let same = match state {
        ChangeState::Quiet => "AWS did not report whether a change is pending.",
        ChangeState::Pending(_) => {
            "AWS sent the one-time password to the new address. Nothing changes until it is entered. Nobody else \
             was notified."
        }
        ChangeState::Unconfirmed(_) => {
            "The request was sent, but AWS's answer was lost. The change may have started. If its mail arrives, it \
             did."
        }
        ChangeState::Expired(_) => {
            "The one-time password was not entered within 24 hours and is no longer valid. Nothing has changed."
        }
        ChangeState::AddressUnknown => {
            return format!(
                "A root email change that was not started here is pending. Whoever reads the new mailbox can complete \
             it within 24 hours and then owns root. AWS does not notify the old address. If nobody on your team \
             started it, find StartPrimaryEmailUpdate in CloudTrail now. Starting a new change ({}) cancels it.",
                key(CommandId::ChangeEmail)
            );
        }
        ChangeState::AddressForgotten => {
            "This change was started here, according to the journal. Its address was forgotten, and AWS does not \
             return it. The one-time password is valid for 24 hours after the start."
        }
        ChangeState::Accepted => {
            "AWS accepted the one-time password and is completing the change. This can take up to 4 hours. rootdeck \
             keeps checking, also after a restart."
        }
        ChangeState::Failed => "AWS reports that the change failed. Another account may use the address now.",
        ChangeState::Completed => "The account has the new address.",
        ChangeState::OtherStatus(..) => {
            "AWS reported this status. This version of rootdeck does not know it, so whether the change is waiting \
             for a one-time password is unknown."
        }
    };
    same.to_owned()
}

/// What can be done, as commands and what each does here.
pub(crate) fn choices(facts: &EmailFacts, now: Timestamp) -> Vec<(CommandId, String)> {
    let choice = |command, does: &str| (command, does.to_owned());
    let ask = choice(CommandId::Verify, "check the status with AWS");
    let forget = choice(CommandId::ForgetChange, "forget the data saved here");
    let mut choices = match facts.state(now) {
        ChangeState::Pending(_) | ChangeState::Unconfirmed(_) => vec![
            choice(CommandId::EnterOtp, "enter the one-time password, or paste its mail here"),
            choice(CommandId::SendAgain, "resend it"),
            choice(CommandId::ChangeEmail, "start again with another address"),
            ask,
        ],
        ChangeState::Expired(_) => vec![
            choice(CommandId::SendAgain, "send a new one-time password"),
            choice(CommandId::ChangeEmail, "start again with another address"),
            ask,
        ],
        ChangeState::AddressUnknown | ChangeState::AddressForgotten => vec![
            (
                CommandId::NameAddress,
                format!(
                    "enter the address if your team knows it, then the one-time password ({})",
                    key(CommandId::EnterOtp)
                ),
            ),
            choice(CommandId::ChangeEmail, "start a new change: it cancels the pending one and its one-time password"),
            ask,
        ],
        ChangeState::Failed => vec![choice(CommandId::ChangeEmail, "start again"), ask],
        ChangeState::OtherStatus(_, Some(_)) => vec![
            ask,
            choice(CommandId::EnterOtp, "enter the one-time password"),
            choice(CommandId::SendAgain, "resend it"),
        ],
        ChangeState::Quiet | ChangeState::Accepted | ChangeState::Completed | ChangeState::OtherStatus(_, None) => {
            vec![ask]
        }
    };
    choices.extend((facts.started.is_some() || !facts.earlier.is_empty()).then_some(forget));
    choices
}

/// How far asking at the start is, whether somebody else started a change; `None` if there is nothing to say.
pub(crate) fn asking_at_start(asking: &StartAsking) -> Option<String> {
    let (done, total) = (asking.done(), asking.total);
    match asking.phase {
        Phase::NotBegun | Phase::Done => None,
        Phase::Asking => Some(format!("checking all accounts: {done} of {total}")),
        Phase::TooMany => Some(format!("{total} accounts not checked ({})", key(CommandId::AskMenu))),
        Phase::Stopped(kind) => {
            let (left, why) = (total - done.min(total), super::api_error::short(kind));
            Some(format!("{left} not checked: {why} ({})", key(CommandId::AskMenu)))
        }
    }
}

pub(crate) const MAIL_FILES: &str = "A text, .eml or .mbox file with one or more mails. Nothing is sent before you \
    confirm what they match.";

pub(crate) fn nothing() -> [String; 5] {
    let [accounts, change, plan] = [CommandId::ViewAccounts, CommandId::ChangeEmail, CommandId::BulkPlan].map(key);
    let (ask, mails) = (key(CommandId::AskMenu), key(CommandId::ReadMails));
    [
        "No email changes.".to_owned(),
        "This view lists root email changes waiting for their one-time password or for AWS: those started on this \
         machine, and those AWS reports."
            .to_owned(),
        format!("Start one: {accounts}, select the account, {change}. Start many: {plan}."),
        format!("Check all accounts for changes started elsewhere: {ask}."),
        format!("Mails with one-time passwords: paste them here, or read them from a file ({mails})."),
    ]
}

/// `selected` is the name of the selected account.
pub(crate) fn scope(scope: AskScope, count: usize, takes: &str, selected: &str) -> String {
    let what = match scope {
        AskScope::Open => "open changes",
        AskScope::Selected => return format!("selected: {selected}"),
        AskScope::Marked => "marked accounts",
        AskScope::Shown => "accounts shown",
        AskScope::All => "all active members",
    };
    format!("{what}: {}, about {takes}", accounts(count))
}

sentences! {
    asking() [pause: PauseRun, stop: StopRun] =
        "Calls GetPrimaryEmailUpdateStatus (read-only), 3 per second. Pause: {pause}. Stop: {stop}.";
    address_may_be_wrong() [forget: ForgetChange] =
        "The address of this change was entered by hand. AWS refuses a code if the address does not match the \
         change. If the code is correct, forget this change ({forget}) and enter the address from its mail.";
    address_not_pending() [ask: Verify] =
        "No change to this address is pending: it was replaced, has ended, or never started. Close this and check \
         with AWS ({ask}).";
}

/// What AWS makes of a change that is forgotten here, and what is lost.
pub(crate) fn forgets(state: &ChangeState<'_>) -> [&'static str; 2] {
    const KEPT: &str = "The new address is deleted from this machine. The journal keeps its record of the change.";
    match state {
        ChangeState::Completed => ["The change has ended: the account has the new address.", KEPT],
        ChangeState::Failed => ["The change has ended: AWS did not set the new address.", KEPT],
        ChangeState::Expired(_) => ["The one-time password has expired. Nothing has changed.", KEPT],
        ChangeState::Accepted => {
            ["AWS has accepted the change and sets the new address. This is no longer followed here.", KEPT]
        }
        ChangeState::Quiet
        | ChangeState::Pending(_)
        | ChangeState::Unconfirmed(_)
        | ChangeState::AddressUnknown
        | ChangeState::AddressForgotten
        | ChangeState::OtherStatus(..) => [
            "AWS keeps the change: whoever has the one-time password and the address can use it for its 24 hours.",
            "The new address is deleted from this machine. No API returns it, and the change cannot be accepted \
             without it. While AWS reports PENDING, the change stays listed as \"address forgotten\".",
        ],
    }
}

pub(crate) const ADOPT: &str = "Enter the new address of the change, or paste the mail with the one-time password, \
    which contains it. The address is saved on this machine and needed to accept the change. AWS does not return \
    it, so it cannot be checked now: AWS refuses a wrong one on acceptance.";

pub(crate) const AGAIN: &str = "AWS sends a new one-time password to the same address. The old one is no longer \
    valid, and the 24 hours start again.";

pub(crate) fn waits(seconds: i64) -> String {
    format!("AWS allows 3 starts per account in 30 s: this one is sent in about {} s", seconds.max(1))
}

pub(crate) fn problem(problem: &MailProblem) -> String {
    match problem {
        MailProblem::NoChange => "no known change to this address".to_owned(),
        MailProblem::StartedElsewhere => {
            format!("started elsewhere: enter the address of the change first ({})", key(CommandId::NameAddress))
        }
        MailProblem::SeveralAccounts => format!(
            "several accounts have an open change to this address: enter the code by account ({})",
            key(CommandId::EnterOtp)
        ),
        MailProblem::SeveralCodes => {
            "several codes for this address, newest unclear: paste only the newest mail".to_owned()
        }
        MailProblem::Older => "older mail to this address: the newer one is used".to_owned(),
        MailProblem::Superseded => "replaced by a later change of this account, whose mail is used".to_owned(),
        MailProblem::Expired => {
            format!("expired after 24 hours (resend: {})", key(CommandId::SendAgain))
        }
        MailProblem::Accepted => "already accepted".to_owned(),
        MailProblem::Over => "the change has ended".to_owned(),
        MailProblem::NotListed => "the account is not in the account list".to_owned(),
        MailProblem::InProgress => "a change of this account is in progress".to_owned(),
        MailProblem::Refused(reason) => refusal::refusal(reason),
    }
}

pub(crate) const ACCEPT: &str = "Each new address becomes the email of its root user. AWS notifies the old address, the \
    new address and the management account. Sent one by one, 1 per second.";
