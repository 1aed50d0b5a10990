//! Why something can't be done now.

use super::api_error::short;
use super::keys::{key, named, switches, view};
use super::record::reason;
use crate::app::command::{CommandId, DisabledReason};
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;

fn name_address() -> String {
    format!("enter it in {} ({})", view(CommandId::ViewEmailChanges), key(CommandId::NameAddress))
}

/// The reason, and what can be done about it from the screen.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    let why = reason(refusal);
    match refusal {
        Refusal::NeedsRootFeature(_) => format!("{why}: enable it in {}, management account only", switches()),
        Refusal::IdentityUnconfirmed => {
            format!("{why} (retry: {}, sign in: {})", key(CommandId::Refresh), key(CommandId::SignIn))
        }
        _ => why,
    }
}

pub(crate) fn why(reason: &DisabledReason) -> String {
    match reason {
        DisabledReason::NothingSelected => "no account selected".to_owned(),
        DisabledReason::NotReadYet => format!("state not known yet (reload: {})", key(CommandId::Refresh)),
        DisabledReason::Unread(kind) => {
            format!("could not be read: {} (readiness: {})", short(*kind), key(CommandId::ViewReadiness))
        }
        DisabledReason::Refusal(reason) => refusal(reason),
        DisabledReason::NothingPending => {
            "no email change of this account is waiting for a one-time password".to_owned()
        }
        DisabledReason::AddressUnknown => {
            format!("started elsewhere, address unknown: {}", name_address())
        }
        DisabledReason::AddressUnknownHere => {
            format!("started elsewhere, address unknown: enter it ({})", key(CommandId::NameAddress))
        }
        DisabledReason::AddressForgottenHere => {
            format!("started here, address forgotten: enter it ({})", key(CommandId::NameAddress))
        }
        DisabledReason::AddressForgotten => {
            format!("started here, address forgotten: {}", name_address())
        }
        DisabledReason::Expired => {
            format!("one-time password expired after 24 hours (start again: {})", key(CommandId::ChangeEmail))
        }
        DisabledReason::ReadingOnly => "manage this service in its own console".to_owned(),
        DisabledReason::NothingToRead => "no unread errors".to_owned(),
        DisabledReason::DemoOnly => "demo only".to_owned(),
        DisabledReason::DemoCommand => super::change::NO_DEMO_COMMANDS.to_owned(),
        DisabledReason::DemoAccount => "the accounts of the demo do not exist in AWS".to_owned(),
        DisabledReason::NoConsole => "no console known for this AWS partition".to_owned(),
        DisabledReason::Asked => "already requested, waiting for AWS".to_owned(),
        DisabledReason::NotHere => "not available here".to_owned(),
        DisabledReason::NoCode => "no one-time password field here".to_owned(),
        DisabledReason::RunInProgress => format!("another batch is in progress (stop: {})", key(CommandId::StopRun)),
        DisabledReason::NoProfile => {
            format!("no such profile in the AWS configuration (list: {})", key(CommandId::ChooseProfile))
        }
        DisabledReason::WriteInProgress => "waiting for a change in progress".to_owned(),
        DisabledReason::NoRun => "no batch in progress".to_owned(),
        DisabledReason::HiddenMarks(count) => {
            let (clear, unmark) = (named(CommandId::Back), key(CommandId::ClearMarks));
            format!("{count} marked accounts are hidden: clear the filter ({clear}) or unmark them ({unmark})")
        }
        DisabledReason::NothingMarked => "no accounts marked".to_owned(),
        DisabledReason::NothingToUndo => "no change of marks to undo".to_owned(),
        DisabledReason::NoEntry => "no journal entry selected".to_owned(),
        DisabledReason::NothingToExport => "no rows to export".to_owned(),
        DisabledReason::MemberTrail => {
            "this event is in the member account's CloudTrail: use that account's credentials".to_owned()
        }
        DisabledReason::NoRequestId => "no request id: AWS did not answer, or no request was sent".to_owned(),
        DisabledReason::KnownEnd => "the outcome is known".to_owned(),
        DisabledReason::MarksElsewhere(count, organization) => {
            let (accounts, next) = (if *count == 1 { "account" } else { "accounts" }, key(CommandId::NextOrganization));
            format!("{count} {accounts} marked in {organization}: a batch works in one organization (go there: {next})")
        }
        DisabledReason::OneOrganization => "one organization is shown (several: --profiles)".to_owned(),
        DisabledReason::SeveralOrganizations => {
            format!("--profiles names the profiles (next organization: {})", key(CommandId::NextOrganization))
        }
        DisabledReason::NoDeletion => "no root credentials deleted yet".to_owned(),
        DisabledReason::NoFindings => "no unread findings".to_owned(),
        DisabledReason::NotReadToItsEnd => "scroll to the end of the policy first".to_owned(),
        DisabledReason::NothingAccepted => "no email changes accepted from mails yet".to_owned(),
        DisabledReason::AddressKnown => "no change of this account needs an address".to_owned(),
        DisabledReason::NothingKept => "no email change of this account saved here".to_owned(),
        DisabledReason::NotListed => "the account is not in the account list".to_owned(),
        DisabledReason::NoMail => "no mail yet".to_owned(),
        DisabledReason::NoFixHere => "nothing that rootdeck can fix (see the details)".to_owned(),
        DisabledReason::Gate(switch, cannot) => {
            let what = match switch {
                Switch::TrustedAccess(service) => format!("trusted access for {service}"),
                Switch::RootFeature(feature) => feature.to_string(),
            };
            format!("{what} is off: {}", why(cannot))
        }
        DisabledReason::NoSession => "no open root session".to_owned(),
        DisabledReason::NothingLeftOpen => "no open password recovery started here".to_owned(),
        DisabledReason::NoPolicy => "no policy".to_owned(),
        DisabledReason::NotAPolicy => "not a valid policy".to_owned(),
        DisabledReason::NotSaved => "save the policy first".to_owned(),
        DisabledReason::SavedAlready => "already saved".to_owned(),
        DisabledReason::SamePolicy => "AWS already has this policy: nothing to put".to_owned(),
        DisabledReason::OnlyStatement => {
            "the only statement: delete the policy instead (AWS refuses an empty one)".to_owned()
        }
        DisabledReason::EmptyList => format!("the list is empty ({} to reload)", key(CommandId::ReadPageAgain)),
        DisabledReason::InProgress => "a change is still in progress".to_owned(),
    }
}
