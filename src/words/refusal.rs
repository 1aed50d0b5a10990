//! Why something can't be done now.

use super::fault::short;
use crate::app::command::Why;
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;

/// Why a change may not be made.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NeedsRootFeature(_) => format!("{refusal}: view 4, key t, management account only"),
        Refusal::IdentityUnconfirmed => format!("{refusal}; r asks again, I signs in"),
        _ => refusal.to_string(),
    }
}

/// Why a command can't run now.
#[must_use]
pub fn why(reason: &Why) -> String {
    match reason {
        Why::NothingSelected => "no account is selected".to_owned(),
        Why::NotReadYet => "AWS has not said yet how it is; r asks again".to_owned(),
        Why::Unread(kind) => format!("it could not be read: {}; 5 tells what is missing", short(*kind)),
        Why::Refusal(reason) => refusal(reason),
        Why::NothingPending => "no email change of this account waits for a one-time password".to_owned(),
        Why::AddressUnknown => {
            "the change was not started from here, so its address is not known; in view 2, n enters it".to_owned()
        }
        Why::AddressForgotten => {
            "the change was started from here and its address was forgotten; in view 2, n enters it".to_owned()
        }
        Why::Expired => "the one-time password is older than 24 hours; e starts anew".to_owned(),
        Why::ReadingOnly => "read-only: rootdeck switches only Account Management and IAM".to_owned(),
        Why::NothingToRead => "there is no unread error".to_owned(),
        Why::DemoOnly => "only the demo has a mailbox".to_owned(),
        Why::DemoCommand => super::change::NO_DEMO_COMMANDS.to_owned(),
        Why::Asked => "AWS was asked already and has not answered yet".to_owned(),
        Why::NotHere => "there is nothing to choose here".to_owned(),
        Why::NoCode => "no one-time password is being entered here".to_owned(),
        Why::RunUnderWay => "another run is under way: X stops it".to_owned(),
        Why::NoProfile => "the AWS configuration has no such profile; w shows those it has".to_owned(),
        Why::WriteUnderWay => "a change is on its way to AWS; its outcome is waited for".to_owned(),
        Why::NoRun => "no run over accounts is under way".to_owned(),
        Why::HiddenMarks(count) => {
            format!("{count} marked accounts are hidden: clear the filter (Esc) to see them, or unmark them (u)")
        }
        Why::NothingMarked => "no account is marked".to_owned(),
        Why::NoEntry => "the journal shows no entry".to_owned(),
        Why::MemberTrail => {
            "the member account's CloudTrail has this event: look there, with that account's credentials".to_owned()
        }
        Why::NoRequestId => "it has no request id: AWS never answered it, or was never asked".to_owned(),
        Why::KnownEnd => "what came of it is known".to_owned(),
        Why::NoDeletion => "no root credentials were deleted yet".to_owned(),
        Why::NoFindings => "the listings showed nothing that was not read already".to_owned(),
        Why::NotReadToItsEnd => "read it to its end first; G goes there".to_owned(),
        Why::NothingAccepted => "no email change was accepted from mails yet".to_owned(),
        Why::AddressKnown => "no change of this account waits for an address that is not known".to_owned(),
        Why::NothingKept => "nothing is kept here of an email change of this account".to_owned(),
        Why::NotListed => "the account is not in the listing".to_owned(),
        Why::NoMail => "there is no mail yet".to_owned(),
        Why::NoMendHere => "no change of rootdeck opens it further; the details say what does".to_owned(),
        Why::Gate(switch, cannot) => {
            let what = match switch {
                Switch::TrustedAccess(service) => format!("trusted access for {service}"),
                Switch::RootFeature(feature) => feature.to_string(),
            };
            format!("{what} has to be on first; {}", why(cannot))
        }
        Why::NoSession => "no root session is in hand".to_owned(),
        Why::NothingLeftOpen => "no password recovery was left open from here".to_owned(),
        Why::NoPolicy => "there is no policy".to_owned(),
        Why::NotSaved => "save the policy as it is shown first".to_owned(),
        Why::SavedAlready => "what is shown lies in a file already".to_owned(),
        Why::UnderWay => "a change of it is still under way".to_owned(),
    }
}
