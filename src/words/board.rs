//! View 2: how a change stands, what it means, what can be done; mails and what came of them.

use jiff::Timestamp;

use super::keys::key;
use super::root_access::accounts;
use super::{refusal, time};
use crate::app::command::CommandId;
use crate::app::dialogs::mails::MailProblem;
use crate::app::state::choices::AskScope;
use crate::app::state::start_asking::{Phase, StartAsking};
use crate::domain::emails::{ChangeState, EmailFacts};

pub(crate) fn status(facts: &EmailFacts, now: Timestamp) -> String {
    let state = facts.state(now);
    let word = super::email::state(&state);
    match state {
        ChangeState::Pending(started) | ChangeState::Unconfirmed(started) => {
            format!("{word} {}", time::hours(started.time_left(now)))
        }
        ChangeState::Quiet => "not known".to_owned(),
        _ => word.to_owned(),
    }
}

pub(crate) fn meaning(state: &ChangeState<'_>) -> &'static str {
    match state {
        ChangeState::Quiet => "AWS was asked and did not tell whether a change is pending.",
        ChangeState::Pending(_) => {
            "The one-time password was mailed to the new address. Until it is entered nothing has changed, and nobody \
             else was told."
        }
        ChangeState::Unconfirmed(_) => {
            "It was sent to AWS, and the answer was lost: it may have been started or not. If its mail arrives, it was."
        }
        ChangeState::Expired(_) => {
            "The one-time password was not entered within 24 hours and counts no more. Nothing has changed."
        }
        ChangeState::AddressUnknown => {
            "A change of the root email is pending that was not started from here. Whoever reads the new mailbox can \
             finish it within its 24 hours and then owns root. Nobody mails the old address about it. If none of you \
             started it, look for StartPrimaryEmailUpdate in CloudTrail now."
        }
        ChangeState::AddressForgotten => {
            "The journal shows that this change was started from here. Its address was forgotten, and AWS does not \
             tell it. The one-time password that was mailed is valid for 24 hours after the start."
        }
        ChangeState::Accepted => {
            "AWS has accepted the one-time password and is carrying it out; that can take up to 4 hours. It is asked \
             again until it is over, also after a restart."
        }
        ChangeState::Failed => {
            "AWS says the change did not come about. Another account may have taken the address meanwhile."
        }
        ChangeState::Completed => "The account has the new address.",
        ChangeState::OtherStatus(..) => {
            "This is AWS's word. This version of rootdeck does not know the status, so whether the change waits for a \
             one-time password is unknown."
        }
    }
}

/// What can be done, as commands and what each does here.
pub(crate) fn choices(facts: &EmailFacts, now: Timestamp) -> Vec<(CommandId, String)> {
    let choice = |command, does: &str| (command, does.to_owned());
    let ask = choice(CommandId::Verify, "asks AWS where it stands");
    let forget = choice(CommandId::ForgetChange, "forgets what is kept here");
    let mut choices = match facts.state(now) {
        ChangeState::Pending(_) | ChangeState::Unconfirmed(_) => vec![
            choice(CommandId::EnterOtp, "enters the one-time password; or paste its mail here"),
            choice(CommandId::SendAgain, "has it sent again"),
            choice(CommandId::ChangeEmail, "starts anew, with another address"),
            ask,
        ],
        ChangeState::Expired(_) => vec![
            choice(CommandId::SendAgain, "has a new one-time password sent"),
            choice(CommandId::ChangeEmail, "starts anew, with another address"),
            ask,
        ],
        ChangeState::AddressUnknown | ChangeState::AddressForgotten => vec![
            (
                CommandId::NameAddress,
                format!(
                    "enters the address, if one of you knows it; then {} enters the one-time password",
                    key(CommandId::EnterOtp)
                ),
            ),
            choice(
                CommandId::ChangeEmail,
                "starts anew: that replaces the pending one, whose one-time password then counts no more",
            ),
            ask,
        ],
        ChangeState::Failed => vec![choice(CommandId::ChangeEmail, "starts anew"), ask],
        ChangeState::OtherStatus(_, Some(_)) => vec![
            ask,
            choice(CommandId::EnterOtp, "enters the one-time password"),
            choice(CommandId::SendAgain, "has it sent again"),
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
        Phase::Asking => Some(format!("asking AWS about all accounts: {done} of {total}")),
        Phase::TooMany => Some(format!("{total} accounts not checked ({})", key(CommandId::AskMenu))),
        Phase::Stopped(kind) => {
            let (left, why) = (total - done.min(total), super::api_error::short(kind));
            Some(format!("{left} not checked: {why} ({})", key(CommandId::AskMenu)))
        }
    }
}

pub(crate) const MAIL_FILES: &str = "Mails saved as text, as .eml or as a mailbox (.mbox), several in one file as well. \
     Nothing is sent before you have seen and confirmed what they match.";

pub(crate) fn nothing() -> [String; 5] {
    let [accounts, change, plan] = [CommandId::ViewAccounts, CommandId::ChangeEmail, CommandId::BulkPlan].map(key);
    let (ask, mails) = (key(CommandId::AskMenu), key(CommandId::ReadMails));
    [
        "No email change is known.".to_owned(),
        "Here stand the changes of root emails that wait for their one-time password or for AWS: those started from \
         this machine, and those AWS tells of."
            .to_owned(),
        format!("To start one: {accounts}, select the account, {change}. Many at once: {plan}."),
        format!("Somebody else may have started one: {ask} asks AWS about all."),
        format!("Mails with one-time passwords: paste them here, or {mails} reads them from a file."),
    ]
}

pub(crate) fn scope(scope: AskScope, count: usize, takes: &str) -> String {
    let what = match scope {
        AskScope::Open => "those not over",
        AskScope::Selected => return "the selected account".to_owned(),
        AskScope::Marked => "the marked",
        AskScope::Shown => "those shown",
        AskScope::All => "all active members",
    };
    format!("{what}: {}, about {takes}", accounts(count))
}

sentences! {
    asking() [pause: PauseRun, stop: StopRun] =
        "GetPrimaryEmailUpdateStatus, three a second. It changes nothing; {pause} pauses, {stop} stops.";
    address_may_be_wrong() [forget: ForgetChange] =
        "The address of this change was entered by hand. AWS refuses a code together with another address than that of \
         its change: if the code is right, forget this ({forget}) and enter the address as its mail names it.";
    address_not_pending() [ask: Verify] =
        "No change to this address is pending: it was started anew with another address, is over, or never began. Close \
         this; {ask} asks AWS.";
}

pub(crate) const FORGET: [&str; 2] = [
    "AWS keeps its change: the one-time password stays good for its 24 hours, for whoever has it and the address.",
    "The new address is then gone. No API returns it, and without it the change can't be accepted; while AWS shows it \
     as PENDING it is listed here as ADDRESS FORGOTTEN.",
];

pub(crate) const ADOPT: &str = "Enter the address that the change was started with; whoever started it knows, and the mail \
                         with the one-time password names it: it can be pasted. It is kept on this machine and needed again to accept. \
                         AWS does not tell it, so it can't be checked: a wrong one is refused when it is accepted.";

pub(crate) const AGAIN: &str = "AWS mails a new one-time password to the same address; the older one counts no more, and the \
                         24 hours begin anew.";

pub(crate) fn waits(seconds: i64) -> String {
    format!("AWS takes 3 of these in 30 s for each account: it goes out in about {} s", seconds.max(1))
}

pub(crate) fn problem(problem: &MailProblem) -> String {
    match problem {
        MailProblem::NoChange => "no change to this address is known here".to_owned(),
        MailProblem::StartedElsewhere => format!(
            "the change of this account was started elsewhere: enter its address first ({})",
            key(CommandId::NameAddress)
        ),
        MailProblem::SeveralAccounts => format!(
            "several accounts have an open change to this address; enter the code with {}",
            key(CommandId::EnterOtp)
        ),
        MailProblem::SeveralCodes => {
            "several codes for this address, and the newest can't be told; paste only the newest mail".to_owned()
        }
        MailProblem::Older => "an older mail to this address; the newer one is taken".to_owned(),
        MailProblem::Superseded => "a later change of this account has a mail as well; that one is taken".to_owned(),
        MailProblem::Expired => {
            format!("expired: its 24 hours are over; {} has it sent again", key(CommandId::SendAgain))
        }
        MailProblem::Accepted => "accepted already".to_owned(),
        MailProblem::Over => "the change is over".to_owned(),
        MailProblem::NotListed => "the account is not in the listing".to_owned(),
        MailProblem::InProgress => "a change of this account is under way".to_owned(),
        MailProblem::Refused(reason) => refusal::refusal(reason),
    }
}

pub(crate) const ACCEPT: &str = "The new addresses become those of the root users. For each the old address, the new one and \
                          the management account's get a mail. They are sent one after the other, one a second.";
