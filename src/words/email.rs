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
        AddressCheck::Problem(EmailProblem::Empty) => "the new address is still to be typed".to_owned(),
        AddressCheck::Problem(EmailProblem::TooShort) => format!("too short: AWS wants at least {EMAIL_MIN}"),
        AddressCheck::Problem(EmailProblem::TooLong(length)) => {
            format!("{length} characters: AWS takes at most {EMAIL_MAX}")
        }
        AddressCheck::Problem(EmailProblem::BadCharacter(c)) if c.is_whitespace() => {
            "an address holds no white space".to_owned()
        }
        AddressCheck::Problem(EmailProblem::BadCharacter(c)) => {
            format!("U+{:04X} is not a plain ASCII character", u32::from(*c))
        }
        AddressCheck::Problem(EmailProblem::Link) => "mailto: is not part of the address".to_owned(),
        AddressCheck::Problem(EmailProblem::Named) => "keep only the address, without the name".to_owned(),
        AddressCheck::Problem(EmailProblem::Shape) => "not an address yet: name@domain.example".to_owned(),
        AddressCheck::Same => "the account has this address already".to_owned(),
        AddressCheck::Used(holder) => format!("account {holder} has this address already"),
        AddressCheck::NotAllowed(domain) => format!("the configuration does not allow the domain {domain}"),
        AddressCheck::NewDomain(address) => {
            format!("no account of the organization uses {} yet; whoever reads its mail gets root", address.domain())
        }
    })
}

pub(crate) fn problem(problem: &EmailProblem) -> String {
    match problem {
        EmailProblem::Empty => "there is no new address".to_owned(),
        EmailProblem::TooShort => format!("the new address is too short: AWS wants at least {EMAIL_MIN} characters"),
        EmailProblem::TooLong(length) => {
            format!("the new address has {length} characters: AWS takes at most {EMAIL_MAX}")
        }
        EmailProblem::BadCharacter(c) if c.is_whitespace() => "the new address holds white space".to_owned(),
        EmailProblem::BadCharacter(c) => {
            format!("U+{:04X} in the new address is not a plain ASCII character", u32::from(*c))
        }
        EmailProblem::Link => {
            "the new address begins with mailto:, as spreadsheets write links: remove that".to_owned()
        }
        EmailProblem::Named => "the new address has a name beside the address: keep only what is in < >".to_owned(),
        EmailProblem::Shape => "the new address is none: name@domain.example".to_owned(),
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
        "The mail can take 5 minutes; look in spam too. You can close this: the change stays with its account (key \
         {code} there) and can be finished later, from another session.";
    documented_as_invalid(why) =
        "AWS documents this address as invalid: {why}. Nobody can reach root of an account with an invalid address.";
    confirm_domain(domain) = "{domain} is ours and spelled right";
    other_address(address) = "that mail is about {address}; its code was not taken";
    other_account(account) = "that mail is about account {account}; its code was not taken";
}

pub(crate) fn paste(notification: &PasteResult) -> String {
    match notification {
        PasteResult::Found => format!("code found; press {} to go to Accept", key(CommandId::DialogAct)),
        PasteResult::NoCode => "no one-time password was found in what was pasted".to_owned(),
        PasteResult::Several => "several codes for this address were pasted; take that of the newest mail".to_owned(),
        PasteResult::OtherAddress(address) => other_address(address),
        PasteResult::OtherAccount(account) => other_account(*account),
        PasteResult::Unrelated => UNRELATED_CODE.to_owned(),
    }
}

pub(crate) const UNRELATED_CODE: &str = "the text does not name this change (account and new address), so its code was not \
                                  used. Give the code alone, or the whole mail.";

pub(crate) const NO_CODE: &str = "no one-time password was found: six letters or digits, or the mail with them";

pub(crate) const SEVERAL_CODES: &str = "there are several codes for this address; give that of the newest mail";

pub(crate) const FORGETTING: &str = "AWS does not forget it: whoever has the mail can use its code for 24 hours. Only this \
                              machine's record of the new address goes, and AWS does not tell that address.";

pub(crate) const CODE_NOT_ACCEPTED: &str =
    "Check the code in the newest mail and try again, have it sent again, or do it later.";

pub(crate) const CODE_EXPIRED: &str = "One-time passwords are valid for 24 hours. Have a new one sent (Send again).";

pub(crate) const OTP_SENT_AGAIN: &str = "A new mail is on its way. Use the code of the newest one.";

pub(crate) const ADDRESS_UNKNOWN: &str =
    "started elsewhere: AWS does not tell the new address. If nobody of you started it, look into CloudTrail now.";

pub(crate) const ADDRESS_FORGOTTEN: &str =
    "started from here, as the journal shows. Its address was forgotten, and AWS does not tell it.";

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
            Some(format!("This change is open already. Close this and enter its one-time password ({code})."))
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
        ChangeState::AddressForgotten => Some(
            "A change started from here is PENDING; its address was forgotten. Sending a code replaces it.".to_owned(),
        ),
        ChangeState::Accepted => Some("AWS is still carrying out an ACCEPTED change of this account.".to_owned()),
        ChangeState::OtherStatus(word, None) => {
            Some(format!("AWS reports {word} for this account. Whether a change is pending is unknown."))
        }
        ChangeState::Quiet | ChangeState::Expired(_) | ChangeState::Failed | ChangeState::Completed => None,
    }
}

/// What AWS reports of a start whose answer was lost; `None` where it could not be asked.
pub(crate) fn seen_after_lost_answer(seen: Option<&EmailChangeStatus>) -> String {
    let (code, verify) = (key(CommandId::EnterOtp), key(CommandId::Verify));
    let again = format!("Look ({verify}) before sending again.");
    match seen {
        Some(EmailChangeStatus::Pending) => format!(
            "AWS shows a PENDING change. It may be this one or one from before: the mail names its address. Close this \
             and enter the one-time password ({code})."
        ),
        Some(EmailChangeStatus::None) => format!("AWS shows no change yet. {again}"),
        Some(EmailChangeStatus::Accepted | EmailChangeStatus::Completed | EmailChangeStatus::Failed) => {
            format!("AWS shows an earlier change only. {again}")
        }
        Some(EmailChangeStatus::Other(word)) => {
            format!("AWS reports {word}, a status that rootdeck does not know: it may be this change. {again}")
        }
        None => format!("AWS could not be asked what became of it. {again}"),
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
        ChangeState::AddressUnknown => "UNKNOWN ADDRESS",
        ChangeState::AddressForgotten => "ADDRESS FORGOTTEN",
        ChangeState::Accepted => "ACCEPTED",
        ChangeState::Failed => "FAILED",
        ChangeState::Completed => "COMPLETED",
        ChangeState::OtherStatus(word, _) => word,
    }
}

pub(crate) fn starter(started: &StartedEmailChange) -> String {
    match starter_name(started) {
        Some(name) => format!("by {name}"),
        None => "elsewhere; the address was entered here".to_owned(),
    }
}

/// The name of who started a change; `None` if it was started elsewhere.
pub(crate) fn starter_name(started: &StartedEmailChange) -> Option<&str> {
    started.by.as_deref().and_then(|arn| arn.rsplit('/').next())
}

pub(crate) const NOT_KEPT: &str = "The store of this machine can't be used: the new address is forgotten when rootdeck ends, \
                            and AWS does not tell it. Write it down.";
