//! What `rootdeck email accept --mails` says.

use crate::domain::mail_match::MailProblem;
use crate::words::refusal::refusal;

pub(crate) use crate::words::board::ACCEPT;

pub(crate) const NO_MAILS: &str = "no mail with a one-time password of an email change";
pub(crate) const NOTHING_TO_ACCEPT: &str = "nothing to accept";
pub(crate) const SKIPPED: &str = "Skipped:";
pub(crate) const DRY_RUN: &str = "dry run: nothing was sent";
pub(crate) const NOT_SENT: &str = "not sent: interrupted before this change";
pub(crate) const ANSWER_LOST: &str = "answer lost; AWS shows that the code was accepted";

sentences! {
    file_has(name, what) = "{name}: {what}";
    will_accept(changes, table) = "Will accept {changes}:\n{table}";
    skipped(who, why) = "  {who}: {why}";
    accepted(count, status) = "{count} accepted. AWS completes them in the background (check: `{status}`)";
    no_answer(status) = "outcome unknown: check with `{status}`";
    request_new(why, resend) = "{why}. Request a new one with `{resend}`";
}

pub(crate) fn changes(count: usize) -> String {
    if count == 1 { "1 email change".to_owned() } else { format!("{count} email changes") }
}

pub(crate) fn problem(problem: &MailProblem) -> String {
    match problem {
        MailProblem::NoChange => "no change to this address was started from this machine".to_owned(),
        MailProblem::StartedElsewhere => {
            "started elsewhere: accept it with rootdeck email accept ACCOUNT --new-email ADDRESS".to_owned()
        }
        MailProblem::SeveralAccounts => {
            "several accounts have an open change to this address: accept each with rootdeck email accept ACCOUNT"
                .to_owned()
        }
        MailProblem::SeveralCodes => {
            "several codes for this address, newest unclear (no dates): keep only the newest mail".to_owned()
        }
        MailProblem::Older => "older mail to this address: the newer one is used".to_owned(),
        MailProblem::Superseded => "replaced by a later change of this account, whose mail is used".to_owned(),
        MailProblem::Expired => "the one-time password has expired (24 hours)".to_owned(),
        MailProblem::Accepted => "already accepted".to_owned(),
        MailProblem::Over => "the change has ended".to_owned(),
        MailProblem::NotListed => "the account is not in the account list".to_owned(),
        MailProblem::InProgress => "a change of this account is in progress".to_owned(),
        MailProblem::Refused(reason) => refusal(reason),
    }
}
