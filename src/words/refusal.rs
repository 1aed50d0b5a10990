//! Why something can't be done now.

use crate::app::command::Why;
use crate::domain::permit::Refusal;

/// Why a change may not be made.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::ReadOnly => "rootdeck runs read-only: nothing is written".to_owned(),
        Refusal::IdentityUnconfirmed => "AWS has not confirmed yet whose credentials these are".to_owned(),
        Refusal::Protected(id) => format!("{id} is protected in the configuration"),
        Refusal::DomainNotAllowed(domain) => format!("the configuration does not allow the domain {domain}"),
        Refusal::ManagementAccount => {
            "the primary email of the management account can only be changed by its root user, in the console"
                .to_owned()
        }
        Refusal::NotActive(state) => format!("the account is {}, and AWS changes only ACTIVE ones", state.as_str()),
        Refusal::NeedsManagement => "only the management account may do this".to_owned(),
        Refusal::NeedsDelegation(service) => {
            format!("only the management account or the delegated administrator for {service} may do this")
        }
        Refusal::NotAllFeatures => "the organization does not have all features".to_owned(),
        Refusal::NeedsTrustedAccess(service) => format!("trusted access for {service} has to be on first"),
        Refusal::AlreadySo(true) => "it is on already".to_owned(),
        Refusal::AlreadySo(false) => "it is off already".to_owned(),
        Refusal::RootOfManagement => {
            "AWS opens no root session in the management account; its root user is not managed centrally".to_owned()
        }
        Refusal::CallerIsRoot => "these are root's own credentials, and root can't open root sessions".to_owned(),
        Refusal::NeedsRootFeature(feature) => format!("{feature} has to be on first"),
        Refusal::OwnConsole(service) => format!("AWS wants {service} switched in its own console"),
    }
}

/// Why a command can't run now.
#[must_use]
pub fn why(reason: &Why) -> String {
    match reason {
        Why::NothingSelected => "no account is selected".to_owned(),
        Why::NotReadYet => "AWS has not said yet how it is; r asks again".to_owned(),
        Why::Refusal(reason) => refusal(reason),
        Why::NothingPending => "no email change of this account waits for a one-time password".to_owned(),
        Why::AddressUnknown => {
            "the change was not started from here, so its address is not known; e starts anew".to_owned()
        }
        Why::Expired => "the one-time password is older than 24 hours; e starts anew".to_owned(),
        Why::ReadingOnly => "this row is for reading: AWS wants it switched elsewhere".to_owned(),
        Why::NothingToRead => "there is no unread error".to_owned(),
        Why::DemoOnly => "only the demo has a mailbox".to_owned(),
        Why::NotHere => "there is nothing to choose here".to_owned(),
        Why::NoCode => "no one-time password is being entered here".to_owned(),
        Why::Gate(switch, cannot) => {
            format!("{} has to be on first; {}", super::change::switch(switch), why(cannot))
        }
        Why::NoSession => "no root session is in hand".to_owned(),
        Why::NothingLeftOpen => "no password recovery was left open from here".to_owned(),
        Why::NoPolicy => "there is no policy".to_owned(),
        Why::NotSaved => "save the policy as it is shown first".to_owned(),
        Why::SavedAlready => "what is shown lies in a file already".to_owned(),
        Why::UnderWay => "a change of it is still under way".to_owned(),
    }
}
