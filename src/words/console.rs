//! Links to AWS's console.

use super::keys::key;
use crate::app::command::CommandId;
use crate::app::state::choices::LinkUse;
use crate::domain::console_link::ConsolePage;

pub(crate) const TITLE: &str = "AWS console";
pub(crate) const NO_BROWSER: &str = "No browser on this machine's screen: copy the link.";

sentences! {
    not_started(program, why) = "{program} could not be started: {why}; copy the link instead";
    failed(program) = "{program} failed; copy the link instead";
    sign_in_with(email) = "Choose \"Root user\" and enter {email}.";
    by_request_id(id) = "Events of this name around that time. This entry's request id: {id}";
    other_endpoint(endpoint) = "Calls of rootdeck go to {endpoint}. The link leads to AWS.";
}

pub(crate) const BY_NAME: &str = "Events of this name around that time. This entry has no request id.";
pub(crate) const SIGN_IN_WITH_EMAIL: &str = "Choose \"Root user\" and enter the account's primary email.";
pub(crate) const SIGNED_IN: &str = "Sign in to the management account first.";

pub(crate) fn page(page: ConsolePage) -> &'static str {
    match page {
        ConsolePage::Account => "account in Organizations",
        ConsolePage::RootSignIn => "root sign-in",
        ConsolePage::Event => "event in CloudTrail",
    }
}

pub(crate) fn verb(wanted: LinkUse) -> &'static str {
    match wanted {
        LinkUse::Open => "open",
        LinkUse::Copy => "copy link",
    }
}

pub(crate) fn opened(opened: ConsolePage) -> String {
    format!("opening in the browser: {} ({} copies the link)", page(opened), key(CommandId::OpenConsole))
}
