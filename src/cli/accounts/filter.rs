//! Which accounts are listed, and which of them a job is to fail on.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use crate::cli::arguments::{FailOnAccount, ListAccounts};
use crate::cli::email::emails_of;
use crate::cli::environment::Environment;
use crate::cli::error::CliError;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::address_finding::AddressFinding;
use crate::domain::api_error::ApiError;
use crate::domain::finding::Finding;
use crate::domain::organization::UnitNames;
use crate::domain::text::clean;
use crate::words::cli::accounts as said;
use crate::words::record::message;

/// So many units are named where one is unknown.
const NAMED: usize = 20;

pub(super) struct Filter<'a> {
    pub(super) wanted: &'a ListAccounts,
    pub(super) units: Result<&'a UnitNames, &'a ApiError>,
    /// The accounts with an open email change, where that is asked for.
    pub(super) pending: Option<&'a BTreeSet<AccountId>>,
    pub(super) found: &'a [Finding],
    /// What is wrong with the primary emails.
    pub(super) addresses: &'a HashMap<AccountId, Vec<AddressFinding>>,
}

pub(super) fn asks_for_changes(wanted: &ListAccounts) -> bool {
    wanted.pending || wanted.fail_on.contains(&FailOnAccount::Pending)
}

/// The accounts with an open email change, as far as this machine knows.
pub(super) async fn pending(place: &Environment) -> Result<BTreeSet<AccountId>, CliError> {
    let stored = place.stored(None).await.map_err(|error| CliError::failed(message(&error.message)))?;
    let now = Timestamp::now();
    Ok(emails_of(stored).iter().filter(|(_, facts)| facts.is_pending(now)).map(|(id, _)| id).collect())
}

/// Where an account is, as far as AWS tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Inside,
    Outside,
    Unknown,
}

impl Filter<'_> {
    /// Leaves what is wanted; how many accounts were left out because their place is unknown.
    pub(super) fn apply(&self, accounts: &mut Vec<Account>) -> Result<usize, CliError> {
        self.is_possible(accounts)?;
        let mut unplaced = 0;
        accounts.retain(|account| self.takes(account, &mut unplaced));
        Ok(unplaced)
    }

    /// Whether there is what the filter names, as far as `accounts` tell.
    pub(super) fn is_possible(&self, accounts: &[Account]) -> Result<(), CliError> {
        let is_id = |unit: &String| unit.starts_with("ou-");
        if let Err(error) = self.units
            && !self.wanted.ou.iter().all(is_id)
        {
            // Units can't be found by names that nobody knows.
            return Err(CliError::api_error(error, None));
        }
        self.check(accounts)
    }

    /// Whether an account is listed; counts it if that is unknown.
    pub(super) fn takes(&self, account: &Account, unplaced: &mut usize) -> bool {
        if !self.has(account) {
            return false;
        }
        let place = self.place(account);
        *unplaced += usize::from(place == Place::Unknown);
        place == Place::Inside
    }

    /// A state or unit that there is none of is a slip: nothing would be found, and a job stay green.
    fn check(&self, accounts: &[Account]) -> Result<(), CliError> {
        let is_known = |known: &BTreeSet<&str>, word: &str| known.iter().any(|one| same(one, word));
        let states: BTreeSet<&str> = AccountState::NAMED
            .iter()
            .map(AccountState::as_str)
            .chain(accounts.iter().map(|one| one.state.as_str()))
            .collect();
        let mut words = self.wanted.state.iter().map(|word| word.trim());
        if let Some(word) = words.find(|word| !is_known(&states, word)) {
            let known: Vec<&str> = states.into_iter().collect();
            return Err(CliError::usage(said::no_state(clean(word), known.join(", "))));
        }
        let Ok(units) = self.units else { return Ok(()) };
        let names: BTreeSet<&str> = units.names().collect();
        let is_unit = |word: &str| {
            let word = word.trim().trim_matches('/');
            let is_path = || units.has_path(&word.split('/').collect::<Vec<_>>());
            same(word, "Root") || units.has(word) || is_known(&names, word) || is_path()
        };
        let Some(word) = self.wanted.ou.iter().find(|word| !is_unit(word)) else { return Ok(()) };
        let known: Vec<String> = names.iter().take(NAMED).map(|name| clean(name)).collect();
        Err(CliError::usage(said::no_unit(clean(word), known.join(", "), names.len().saturating_sub(NAMED))))
    }

    fn has(&self, account: &Account) -> bool {
        let wanted = self.wanted;
        let is = |words: &[String], value: &str| words.iter().any(|word| word.trim().eq_ignore_ascii_case(value));
        let has_domain = |domains: &[String]| {
            account.email_domain().is_some_and(|domain| domains.iter().any(|word| is_of_domain(&domain, word)))
        };
        (wanted.state.is_empty() || is(&wanted.state, account.state.as_str()))
            && (wanted.email_domain.is_empty() || has_domain(&wanted.email_domain))
            && (wanted.not_email_domain.is_empty() || !has_domain(&wanted.not_email_domain))
            && (!wanted.pending || self.is_pending(account))
            && (!wanted.finding || self.is_finding(account))
            && (!wanted.address_finding || self.addresses.contains_key(&account.id))
    }

    fn place(&self, account: &Account) -> Place {
        if self.wanted.ou.is_empty() {
            return Place::Inside;
        }
        let Some(ids) = &account.unit_ids else { return Place::Unknown };
        let names = self.units.ok().and_then(|units| units.names_of(account)).unwrap_or_default();
        let is_in = |unit: &String| {
            let unit = unit.trim().trim_matches('/');
            let parts: Vec<&str> = unit.split('/').collect();
            let starts = names.len() >= parts.len() && names.iter().zip(&parts).all(|(name, part)| same(name, part));
            let is_root = ids.is_empty() && same(unit, "Root");
            ids.iter().any(|id| id == unit) || names.iter().any(|name| same(name, unit)) || starts || is_root
        };
        if self.wanted.ou.iter().any(is_in) { Place::Inside } else { Place::Outside }
    }

    fn is_pending(&self, account: &Account) -> bool {
        self.pending.is_some_and(|pending| pending.contains(&account.id))
    }

    fn is_finding(&self, account: &Account) -> bool {
        self.found.iter().any(|finding| finding.account == account.id)
    }

    /// Whether a job is to fail on `listed`.
    pub(super) fn fails(&self, listed: &[Account]) -> bool {
        let failed = |what: &FailOnAccount| match what {
            FailOnAccount::Finding if self.is_empty() => !self.found.is_empty(),
            FailOnAccount::Finding => listed.iter().any(|account| self.is_finding(account)),
            FailOnAccount::Pending => listed.iter().any(|account| self.is_pending(account)),
            FailOnAccount::Address => listed.iter().any(|account| self.addresses.contains_key(&account.id)),
            FailOnAccount::Any => !listed.is_empty(),
        };
        self.wanted.fail_on.iter().any(failed)
    }

    fn is_empty(&self) -> bool {
        let ListAccounts { state, ou, email_domain, not_email_domain, pending, finding, address_finding, .. } =
            self.wanted;
        [state, ou, email_domain, not_email_domain].into_iter().all(Vec::is_empty)
            && !pending
            && !finding
            && !address_finding
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether `domain` is the one of `word`, which people also write `@corp.example`, or below `*.corp.example`.
fn is_of_domain(domain: &str, word: &str) -> bool {
    let word = word.trim().trim_start_matches('@').to_lowercase();
    match word.strip_prefix('*') {
        Some(above) => above.starts_with('.') && domain.ends_with(above),
        None => domain == word,
    }
}
