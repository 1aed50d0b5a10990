//! Whether a new address is another account's, and its domain one that the organization uses.
//!
//! One account is not worth the listing of all. The listing that is kept on this machine says whom to ask, and only what
//! AWS answers now counts: an address or a domain that was in use then may be nobody's by now. A domain that nobody is
//! seen to use is new, whatever the listing said, and has to be confirmed.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use crate::cli::context::CommandContext;
use crate::cli::output::{Progress, print_note};
use crate::cli::target;
use crate::domain::account::{Account, AccountState};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::email::EmailAddress;
use crate::domain::email_check::{AddressCheck, check_address};
use crate::words::api_error::headline;
use crate::words::cli::email as words;
use crate::words::time::ago;

/// How many accounts with the domain are asked for until one still has it.
const WITNESSES: usize = 3;

/// Judges `new` as the address of `account`, which has `old`. `confirmed` says that the person owns its domain even if
/// it is new.
pub(super) async fn check(
    context: &CommandContext,
    (account, old): (&Account, &str),
    new: &EmailAddress,
    confirmed: bool,
) -> AddressCheck {
    let rules = context.engine.rules();
    let by = |listed: &[Account]| check_address(new.as_str(), account.id, old, listed.iter(), rules);
    if context.knows_all_accounts() {
        return by(&context.accounts);
    }
    let present = Account { email: old.to_owned(), ..account.clone() };
    let mut judged = by(&[present]);
    if judged.address().is_none() {
        return judged;
    }
    let kept = context.engine.last_listing().await.ok().flatten();
    let listed = kept.as_ref().map(|(_, accounts)| accounts.as_slice()).unwrap_or_default();
    let others = || listed.iter().map(Arc::as_ref).filter(|other| other.id != account.id);
    if let Some(holder) = others().find(|other| new.same_mailbox(&other.email)) {
        let holds = match context.engine.account(holder.id).await {
            Ok(now) => new.same_mailbox(&now.email),
            Err(error) => error.kind != ApiErrorKind::NotFound,
        };
        if holds {
            return AddressCheck::Used(holder.id);
        }
    }
    if matches!(judged, AddressCheck::NewDomain(..)) && is_in_use(context, others(), &new.domain()).await {
        judged = AddressCheck::Good(new.clone());
    }
    if matches!(judged, AddressCheck::NewDomain(..)) && !confirmed {
        // Before a person is told that nobody uses it.
        match target::list(&context.engine, &Progress::new()).await {
            Ok(all) => return by(&all),
            Err(error) => print_note(&words::domain_unknown(new.domain(), headline(&error))),
        }
    }
    print_note(&match kept {
        Some((at, _)) => words::compared_with(ago(at, Timestamp::now())),
        None => words::NOT_COMPARED.to_owned(),
    });
    judged
}

/// Whether AWS shows one of `accounts` with an address of this domain. An active one is the best witness.
async fn is_in_use<'a>(context: &CommandContext, accounts: impl Iterator<Item = &'a Account>, domain: &str) -> bool {
    let mut witnesses: Vec<&Account> = accounts.filter(|one| one.email_domain().as_deref() == Some(domain)).collect();
    witnesses.sort_by_key(|one| Reverse(one.state == AccountState::Active));
    for witness in witnesses.into_iter().take(WITNESSES) {
        let now = context.engine.account(witness.id).await;
        if now.is_ok_and(|now| now.email_domain().as_deref() == Some(domain)) {
            return true;
        }
    }
    false
}
