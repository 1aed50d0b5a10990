//! Forgetting an email change on this machine.

use super::known::{kept_of, open};
use crate::cli::arguments::{Arguments, Consent, ForgetEmail};
use crate::cli::error::{CliError, Done};
use crate::cli::ground::Ground;
use crate::cli::output::{self, complain};
use crate::domain::permit::Refusal;
use crate::words::email::FORGETTING;

/// Forgets the addresses of the changes of an account that were started from here.
pub(super) async fn forget(arguments: &Arguments, wanted: &ForgetEmail) -> Done {
    let consent = Consent { yes: wanted.yes, reason: None };
    consent.check()?;
    let ground = Ground::read(arguments).await?;
    if ground.engine.rules().read_only {
        // Its address is kept nowhere else.
        return Err(ground.refusal(&Refusal::ReadOnly, None));
    }
    let account = ground.find(&wanted.account)?;
    let facts = kept_of(&ground, account.id).await?;
    if facts.started.is_none() {
        return output::line(&format!("{}: no change is kept on this machine", account.id));
    }
    complain(&format!("Forget the email change of {} ({})", account.id, account.name));
    for change in open(&facts) {
        complain(&format!("the change to {}, started {:.0}, is not over", change.new, change.started));
    }
    if !open(&facts).is_empty() {
        complain(FORGETTING);
    }
    consent.agree().await?;
    let forgotten = ground.engine.forget_email_change(account.id).await;
    forgotten.map_err(|fault| CliError::failed(fault.message))?;
    output::line(&format!("{}: forgotten on this machine", account.id))
}
