//! Why something can't be done now.

use super::api_error::short;
use super::keys::{key, named, switches, view};
use super::record::reason;
use crate::app::command::{CommandId, DisabledReason};
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;

fn name_address() -> String {
    format!("in {}, {} enters it", view(CommandId::ViewEmailChanges), key(CommandId::NameAddress))
}

/// The reason, and what can be done about it from the screen.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    let why = reason(refusal);
    match refusal {
        Refusal::NeedsRootFeature(_) => format!("{why}: {}, management account only", switches()),
        Refusal::IdentityUnconfirmed => {
            format!("{why}; {} asks again, {} signs in", key(CommandId::Refresh), key(CommandId::SignIn))
        }
        _ => why,
    }
}

pub(crate) fn why(reason: &DisabledReason) -> String {
    match reason {
        DisabledReason::NothingSelected => "no account is selected".to_owned(),
        DisabledReason::NotReadYet => format!("AWS has not said yet how it is; {} asks again", key(CommandId::Refresh)),
        DisabledReason::Unread(kind) => {
            format!("it could not be read: {}; {} tells what is missing", short(*kind), key(CommandId::ViewReadiness))
        }
        DisabledReason::Refusal(reason) => refusal(reason),
        DisabledReason::NothingPending => "no email change of this account waits for a one-time password".to_owned(),
        DisabledReason::AddressUnknown => {
            format!("the change was not started from here, so its address is not known; {}", name_address())
        }
        DisabledReason::AddressForgotten => {
            format!("the change was started from here and its address was forgotten; {}", name_address())
        }
        DisabledReason::Expired => {
            format!("the one-time password is older than 24 hours; {} starts anew", key(CommandId::ChangeEmail))
        }
        DisabledReason::ReadingOnly => "read-only: rootdeck switches only Account Management and IAM".to_owned(),
        DisabledReason::NothingToRead => "there is no unread error".to_owned(),
        DisabledReason::DemoOnly => "only the demo has a mailbox".to_owned(),
        DisabledReason::DemoCommand => super::change::NO_DEMO_COMMANDS.to_owned(),
        DisabledReason::Asked => "AWS was asked already and has not answered yet".to_owned(),
        DisabledReason::NotHere => "there is nothing to choose here".to_owned(),
        DisabledReason::NoCode => "no one-time password is being entered here".to_owned(),
        DisabledReason::RunInProgress => format!("another run is under way: {} stops it", key(CommandId::StopRun)),
        DisabledReason::NoProfile => {
            format!("the AWS configuration has no such profile; {} shows those it has", key(CommandId::ChooseProfile))
        }
        DisabledReason::WriteUnderWay => "a change is on its way to AWS; its outcome is waited for".to_owned(),
        DisabledReason::NoRun => "no run over accounts is under way".to_owned(),
        DisabledReason::HiddenMarks(count) => {
            let (clear, unmark) = (named(CommandId::Back), key(CommandId::ClearMarks));
            format!(
                "{count} marked accounts are hidden: clear the filter ({clear}) to see them, or unmark them ({unmark})"
            )
        }
        DisabledReason::NothingMarked => "no account is marked".to_owned(),
        DisabledReason::NothingToUndo => "no change of marks to undo".to_owned(),
        DisabledReason::NoEntry => "the journal shows no entry".to_owned(),
        DisabledReason::MemberTrail => {
            "the member account's CloudTrail has this event: look there, with that account's credentials".to_owned()
        }
        DisabledReason::NoRequestId => "it has no request id: AWS never answered it, or was never asked".to_owned(),
        DisabledReason::KnownEnd => "what came of it is known".to_owned(),
        DisabledReason::NoDeletion => "no root credentials were deleted yet".to_owned(),
        DisabledReason::NoFindings => "the listings showed nothing that was not read already".to_owned(),
        DisabledReason::NotReadToItsEnd => format!("read it to its end first; {} goes there", key(CommandId::Last)),
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
        DisabledReason::InProgress => "a change of it is still under way".to_owned(),
    }
}
