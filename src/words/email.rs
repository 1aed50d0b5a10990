//! What there is to say about addresses, one-time passwords and email changes.

use super::keys::key;
use crate::app::command::CommandId;
use crate::app::dialogs::enter_code::PasteResult;
use crate::domain::email::{EMAIL_MAX, EMAIL_MIN, EmailAddress, EmailProblem, Unusual};
use crate::domain::email_change::{EmailChangeStatus, StartedEmailChange};
use crate::domain::email_check::AddressCheck;
use crate::domain::emails::ChangeState;

/// What is wrong with an address being typed; `None` where nothing is.
pub(crate) fn check(check: &AddressCheck) -> Option<String> {
    Some(match check {
        AddressCheck::Good(_) => return None,
        AddressCheck::Problem(EmailProblem::Empty) => "enter the new address".to_owned(),
        AddressCheck::Problem(EmailProblem::TooShort) => format!("too short: at least {EMAIL_MIN} characters"),
        AddressCheck::Problem(EmailProblem::TooLong(length)) => {
            format!("too long: {length} characters, at most {EMAIL_MAX}")
        }
        AddressCheck::Problem(EmailProblem::BadCharacter(c)) if c.is_whitespace() => {
            "addresses contain no spaces".to_owned()
        }
        AddressCheck::Problem(EmailProblem::BadCharacter(c)) => {
            format!("U+{:04X} is not an ASCII character", u32::from(*c))
        }
        AddressCheck::Problem(EmailProblem::Link) => "remove mailto:".to_owned(),
        AddressCheck::Problem(EmailProblem::Named) => "enter the address only, without the name".to_owned(),
        AddressCheck::Problem(EmailProblem::Shape) => "incomplete address (example: name@domain.example)".to_owned(),
        AddressCheck::Same => "the account already has this address".to_owned(),
        AddressCheck::Used(holder) => format!("account {holder} already has this address"),
        AddressCheck::NotAllowed(domain) => format!("domain {domain} is not allowed by the configuration"),
        AddressCheck::NewDomain(address, like) => new_domain(&address.domain(), like.as_deref(), ""),
    })
}

/// `lines` are those of a plan that bring it, in parentheses.
pub(crate) fn new_domain(domain: &str, like: Option<&str>, lines: &str) -> String {
    let what = match like {
        Some(like) => format!("{domain} looks like {like}, but no account uses it{lines}"),
        None => format!("no account uses {domain} yet{lines}"),
    };
    format!("New domain: {what}. Whoever receives its mail can take over root.")
}

pub(crate) fn problem(problem: &EmailProblem) -> String {
    match problem {
        EmailProblem::Empty => "new address missing".to_owned(),
        EmailProblem::TooShort => format!("new address too short: at least {EMAIL_MIN} characters"),
        EmailProblem::TooLong(length) => {
            format!("new address too long: {length} characters, at most {EMAIL_MAX}")
        }
        EmailProblem::BadCharacter(c) if c.is_whitespace() => "new address contains spaces".to_owned(),
        EmailProblem::BadCharacter(c) => {
            format!("new address contains U+{:04X}, not an ASCII character", u32::from(*c))
        }
        EmailProblem::Link => "new address starts with mailto: (a spreadsheet link): remove it".to_owned(),
        EmailProblem::Named => "new address includes a name: keep only the part in < >".to_owned(),
        EmailProblem::Shape => "invalid new address (example: name@domain.example)".to_owned(),
    }
}

pub(crate) fn unusual(unusual: Unusual) -> String {
    documented_as_invalid(match unusual {
        Unusual::LeadingDot => "it begins with a dot".to_owned(),
        Unusual::TrailingDot => "there is a dot before the @".to_owned(),
        Unusual::DoubleDot => "it has two dots in a row".to_owned(),
        Unusual::Character(c) => format!("it contains {c}"),
    })
}

pub(crate) const USE_UNUSUAL: &str = "Use this address anyway";

sentences! {
    otp_help() [code: EnterOtp] =
        "The mail can take 5 minutes. Check spam, too. You can close this and enter the code later, also after a \
         restart ({code} on the account).";
    documented_as_invalid(why) =
        "AWS documents this address as invalid: {why}. With an invalid address nobody can recover root.";
    confirm_domain(domain) = "I confirm that we own {domain}";
    other_address(address) = "code not used: the mail is for {address}";
    other_account(account) = "code not used: the mail is for account {account}";
}

pub(crate) fn paste(notification: &PasteResult) -> String {
    match notification {
        PasteResult::Found => format!("code found ({}: go to Accept)", key(CommandId::DialogAct)),
        PasteResult::NoCode => "no one-time password in the pasted text".to_owned(),
        PasteResult::Several => "several codes pasted: use the one in the newest mail".to_owned(),
        PasteResult::OtherAddress(address) => other_address(address),
        PasteResult::OtherAccount(account) => other_account(*account),
        PasteResult::Unrelated => UNRELATED_CODE.to_owned(),
    }
}

pub(crate) const UNRELATED_CODE: &str = "code not used: the text does not name this change (account and new \
    address). Enter the code alone, or the whole mail.";

pub(crate) const NO_CODE: &str = "no one-time password found (six letters or digits, or the whole mail)";

pub(crate) const SEVERAL_CODES: &str = "several codes for this address: enter the one in the newest mail";

pub(crate) const FORGETTING: &str = "AWS keeps the change: whoever has the mail can use its code for 24 hours. Only \
    this machine's record of the new address is deleted. AWS does not return the address.";

pub(crate) const CODE_NOT_ACCEPTED: &str =
    "Check the code in the newest mail and try again, resend it, or continue later.";

/// As AWS answers to a code that it does not take: a dialog keeps room for it.
pub(crate) const REFUSAL_CODE: &str = "ValidationException";
pub(crate) const REFUSALS: [&str; 2] = ["The one-time password is incorrect.", "The one-time password has expired."];
pub(crate) const REQUEST_ID: &str = "00000000-0000-0000-0000-000000000000";

pub(crate) const CODE_EXPIRED: &str = "One-time passwords are valid for 24 hours. Request a new one (Send again).";

pub(crate) const OTP_SENT_AGAIN: &str = "New mail sent. Use the code in the newest mail.";

pub(crate) const ADDRESS_UNKNOWN: &str =
    "started elsewhere: AWS does not return the new address. If nobody on your team started it, check CloudTrail now.";

/// The same below the words "started elsewhere".
pub(crate) const NOT_STARTED_HERE: &str =
    "AWS does not return the new address. If nobody on your team started it, check CloudTrail now.";

pub(crate) const ADDRESS_FORGOTTEN: &str =
    "started here, according to the journal. Its address was forgotten, and AWS does not return it.";

pub(crate) fn without_address(state: &ChangeState<'_>) -> Option<&'static str> {
    match state {
        ChangeState::AddressUnknown => Some(ADDRESS_UNKNOWN),
        ChangeState::AddressForgotten => Some(ADDRESS_FORGOTTEN),
        _ => None,
    }
}

/// What sending a code to `proposed` does to a change that is open already; `None` where none is.
pub(crate) fn replaces(state: &ChangeState<'_>, proposed: Option<&EmailAddress>) -> Option<String> {
    let code = key(CommandId::EnterOtp);
    match state {
        ChangeState::Pending(started) | ChangeState::Unconfirmed(started)
            if proposed.is_some_and(|new| new.same_mailbox(started.new.as_str())) =>
        {
            Some(format!("This change is already open. Close this and enter its one-time password ({code})."))
        }
        ChangeState::Pending(started)
        | ChangeState::Unconfirmed(started)
        | ChangeState::OtherStatus(_, Some(started)) => Some(format!(
            "A change to {new} is open ({word}). Another address replaces it: the code sent to {new} is then no longer \
             valid.",
            new = started.new,
            word = self::state(state),
        )),
        ChangeState::AddressUnknown => {
            Some("A change started elsewhere is PENDING. Sending a code replaces it.".to_owned())
        }
        ChangeState::AddressForgotten => {
            Some("A change started here is PENDING, its address was forgotten. Sending a code replaces it.".to_owned())
        }
        ChangeState::Accepted => Some("An ACCEPTED change of this account is still in progress at AWS.".to_owned()),
        ChangeState::OtherStatus(word, None) => {
            Some(format!("AWS reports {word} for this account. Whether a change is pending is unknown."))
        }
        ChangeState::Quiet | ChangeState::Expired(_) | ChangeState::Failed | ChangeState::Completed => None,
    }
}

/// What AWS reports of a start whose answer was lost; `None` where it could not be asked.
pub(crate) fn seen_after_lost_answer(seen: Option<&EmailChangeStatus>) -> String {
    let (code, verify) = (key(CommandId::EnterOtp), key(CommandId::Verify));
    let again = format!("Check ({verify}) before sending again.");
    match seen {
        Some(EmailChangeStatus::Pending) => format!(
            "AWS shows a PENDING change, this one or an earlier one: its mail names the address. Close this and \
             enter the one-time password ({code})."
        ),
        Some(EmailChangeStatus::None) => format!("AWS shows no change yet. {again}"),
        Some(EmailChangeStatus::Accepted | EmailChangeStatus::Completed | EmailChangeStatus::Failed) => {
            format!("AWS shows an earlier change only. {again}")
        }
        Some(EmailChangeStatus::Other(word)) => {
            format!("AWS reports {word}, an unknown status that may belong to this change. {again}")
        }
        None => format!("The status could not be read from AWS. {again}"),
    }
}

pub(crate) const EXPIRED: &str = "EXPIRED";

/// How a change stands, in AWS's word where there is one.
pub(crate) fn state<'a>(state: &ChangeState<'a>) -> &'a str {
    match state {
        ChangeState::Quiet => "none",
        ChangeState::Pending(_) => "PENDING",
        ChangeState::Unconfirmed(_) => "UNCONFIRMED",
        ChangeState::Expired(_) => EXPIRED,
        ChangeState::AddressUnknown => "started elsewhere",
        ChangeState::AddressForgotten => "address forgotten",
        ChangeState::Accepted => "ACCEPTED",
        ChangeState::Failed => "FAILED",
        ChangeState::Completed => "COMPLETED",
        ChangeState::OtherStatus(word, _) => word,
    }
}

/// Why the status of a start is unknown whose answer was lost.
pub(crate) const NOT_CONFIRMED: &str = "AWS has not confirmed the start";

pub(crate) fn starter(started: &StartedEmailChange) -> String {
    match starter_name(started) {
        Some(name) => format!("by {name}"),
        None => "elsewhere (address entered here)".to_owned(),
    }
}

/// The name of who started a change; `None` if it was started elsewhere.
pub(crate) fn starter_name(started: &StartedEmailChange) -> Option<&str> {
    started.by.as_deref().and_then(|arn| arn.rsplit('/').next())
}

pub(crate) const NOT_KEPT: &str = "Write down the new address: it cannot be saved on this machine, and AWS does not \
    return it.";
