//! Why something can't be done now.

use super::api_error::short;
use crate::app::command::DisabledReason;
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;

pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NeedsRootFeature(_) => format!("{refusal}: view 4, key t, management account only"),
        Refusal::IdentityUnconfirmed => format!("{refusal}; r asks again, I signs in"),
        _ => refusal.to_string(),
    }
}

pub(crate) fn why(reason: &DisabledReason) -> String {
    match reason {
        DisabledReason::NothingSelected => "no account is selected".to_owned(),
        DisabledReason::NotReadYet => "AWS has not said yet how it is; r asks again".to_owned(),
        DisabledReason::Unread(kind) => format!("it could not be read: {}; 5 tells what is missing", short(*kind)),
        DisabledReason::Refusal(reason) => refusal(reason),
        DisabledReason::NothingPending => "no email change of this account waits for a one-time password".to_owned(),
        DisabledReason::AddressUnknown => {
            "the change was not started from here, so its address is not known; in view 2, n enters it".to_owned()
        }
        DisabledReason::AddressForgotten => {
            "the change was started from here and its address was forgotten; in view 2, n enters it".to_owned()
        }
        DisabledReason::Expired => "the one-time password is older than 24 hours; e starts anew".to_owned(),
        DisabledReason::ReadingOnly => "read-only: rootdeck switches only Account Management and IAM".to_owned(),
        DisabledReason::NothingToRead => "there is no unread error".to_owned(),
        DisabledReason::DemoOnly => "only the demo has a mailbox".to_owned(),
        DisabledReason::DemoCommand => super::change::NO_DEMO_COMMANDS.to_owned(),
        DisabledReason::Asked => "AWS was asked already and has not answered yet".to_owned(),
        DisabledReason::NotHere => "there is nothing to choose here".to_owned(),
        DisabledReason::NoCode => "no one-time password is being entered here".to_owned(),
        DisabledReason::RunUnderWay => "another run is under way: X stops it".to_owned(),
        DisabledReason::NoProfile => "the AWS configuration has no such profile; w shows those it has".to_owned(),
        DisabledReason::WriteUnderWay => "a change is on its way to AWS; its outcome is waited for".to_owned(),
        DisabledReason::NoRun => "no run over accounts is under way".to_owned(),
        DisabledReason::HiddenMarks(count) => {
            format!("{count} marked accounts are hidden: clear the filter (Esc) to see them, or unmark them (u)")
        }
        DisabledReason::NothingMarked => "no account is marked".to_owned(),
        DisabledReason::NoEntry => "the journal shows no entry".to_owned(),
        DisabledReason::MemberTrail => {
            "the member account's CloudTrail has this event: look there, with that account's credentials".to_owned()
        }
        DisabledReason::NoRequestId => "it has no request id: AWS never answered it, or was never asked".to_owned(),
        DisabledReason::KnownEnd => "what came of it is known".to_owned(),
        DisabledReason::NoDeletion => "no root credentials were deleted yet".to_owned(),
        DisabledReason::NoFindings => "the listings showed nothing that was not read already".to_owned(),
        DisabledReason::NotReadToItsEnd => "read it to its end first; G goes there".to_owned(),
        DisabledReason::NothingAccepted => "no email change was accepted from mails yet".to_owned(),
        DisabledReason::AddressKnown => "no change of this account waits for an address that is not known".to_owned(),
        DisabledReason::NothingKept => "nothing is kept here of an email change of this account".to_owned(),
        DisabledReason::NotListed => "the account is not in the listing".to_owned(),
        DisabledReason::NoMail => "there is no mail yet".to_owned(),
        DisabledReason::NoMendHere => "no change of rootdeck opens it further; the details say what does".to_owned(),
        DisabledReason::Gate(switch, cannot) => {
            let what = match switch {
                Switch::TrustedAccess(service) => format!("trusted access for {service}"),
                Switch::RootFeature(feature) => feature.to_string(),
            };
            format!("{what} has to be on first; {}", why(cannot))
        }
        DisabledReason::NoSession => "no root session is in hand".to_owned(),
        DisabledReason::NothingLeftOpen => "no password recovery was left open from here".to_owned(),
        DisabledReason::NoPolicy => "there is no policy".to_owned(),
        DisabledReason::NotSaved => "save the policy as it is shown first".to_owned(),
        DisabledReason::SavedAlready => "what is shown lies in a file already".to_owned(),
        DisabledReason::UnderWay => "a change of it is still under way".to_owned(),
    }
}
