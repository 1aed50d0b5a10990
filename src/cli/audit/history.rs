//! `rootdeck audit history`: what audits from this machine found in an account over time.

use crate::cli::arguments::{Arguments, AuditHistory};
use crate::cli::environment::{Environment, configuration};
use crate::cli::error::{CliError, Done};
use crate::cli::find::find;
use crate::cli::output::{self, print_note};
use crate::cli::rows;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::permit::Refusal;
use crate::words::cli::audit as words;
use crate::words::cli::journal::NO_LISTING;
use crate::words::columns::audit_history::{Row, columns};
use crate::words::record::message;
use crate::words::refusal::refusal as refusal_words;

pub(super) async fn run(arguments: &Arguments, wanted: &AuditHistory) -> Done {
    let place = Environment::new(arguments, &configuration(arguments));
    let listing = place.last_listing().await.map_err(|error| CliError::failed(message(&error.message)))?;
    let account = which(&listing, &wanted.account)?;
    let history = place.audit_history(account).await;
    let history = history.map_err(|error| CliError::failed(message(&error.message)))?;
    let known = listing.iter().find(|known| known.id == account);
    if history.is_empty() {
        // A slip in an id is no account without audits.
        if known.is_none() && !listing.is_empty() {
            find(&listing, &wanted.account).map_err(CliError::usage)?;
        }
        let refused = known.filter(|known| known.state != AccountState::Active);
        print_note(&refused.map_or_else(
            || words::no_history(account),
            |known| words::never_audited(account, refusal_words(&Refusal::NotActive(known.state.clone()))),
        ));
    }
    let name = known.map(|known| known.name.clone()).unwrap_or_default();
    // Oldest first, as the journal: the newest is where the prompt is.
    let rows: Vec<Row> = history.into_iter().rev().map(|past| Row { account, name: name.clone(), past }).collect();
    output::deliver(rows::write(*wanted.output, &columns(), &rows))
}

/// One that is gone from the organization may have been audited.
fn which(listing: &[Account], text: &str) -> Result<AccountId, CliError> {
    match AccountId::written(text) {
        Some(id) => Ok(id),
        None if listing.is_empty() => Err(CliError::usage(NO_LISTING)),
        None => Ok(find(listing, text).map_err(CliError::usage)?.id),
    }
}
