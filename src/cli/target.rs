//! The accounts that a command is about, each asked for by its id: nothing waits for the listing of all.

use futures::stream::{self, StreamExt};

use super::find::find_list;
use super::output::Progress;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::organization::UnitNames;
use crate::engine::Engine;
use crate::words::cli::program as words;

/// How many accounts are asked for at once. The quota, not this, is the limit.
const ASKED_AT_ONCE: usize = 8;

/// So many are asked for one by one whatever the size of the organization …
const ALWAYS_ONE_BY_ONE: usize = 20;

/// … and more while that takes no longer than the listing: a page of 20 accounts may be read 8 times a second, an
/// account 20 times.
const ACCOUNTS_PER_CALL: usize = 8;

/// An account that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target {
    id: AccountId,
    /// What it was called, where it was named: the name may be another's by now.
    name: Option<String>,
}

/// The accounts that `texts` mean, and with them all others if they had to be listed. One that is not there is missing.
pub(super) async fn look_up(
    engine: &Engine,
    progress: &Progress,
    texts: &[String],
) -> Result<(Vec<Account>, Extent), ApiError> {
    let kept = match by_ids(texts) {
        Some(_) => Vec::new(),
        // An unreadable listing is none.
        None => engine
            .last_listing()
            .await
            .ok()
            .flatten()
            .map(|(_, accounts)| Account::unshared(accounts))
            .unwrap_or_default(),
    };
    if let Some(targets) = targets(&kept, texts)
        && targets.len() <= ALWAYS_ONE_BY_ONE.max(kept.len() / ACCOUNTS_PER_CALL)
        && let Some(found) = ask_for(engine, targets).await?
    {
        return Ok((found, Extent::Named));
    }
    Ok((list(engine, progress).await?, Extent::All))
}

/// Whether all accounts are known or only those that were named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    All,
    Named,
}

pub(super) async fn list(engine: &Engine, progress: &Progress) -> Result<Vec<Account>, ApiError> {
    let mut accounts = Vec::new();
    let shows = shows_pages(engine, progress).await;
    let listing = engine.accounts(|page| {
        accounts.extend_from_slice(page);
        shows(accounts.len());
    });
    listing.await?;
    let mut accounts = Account::unshared(accounts);
    accounts.sort_by_key(|account| account.id);
    Ok(accounts)
}

/// All accounts, and meanwhile the names of the units above them; inside, why there are no names.
pub(super) async fn list_with_units(
    engine: &Engine,
    progress: &Progress,
) -> Result<(Vec<Account>, Result<UnitNames, ApiError>), ApiError> {
    let mut accounts = Vec::new();
    let shows = shows_pages(engine, progress).await;
    let listing = engine.accounts_with_units(|page| {
        accounts.extend_from_slice(page);
        shows(accounts.len());
    });
    let units = listing.await?;
    let mut accounts = Account::unshared(accounts);
    accounts.sort_by_key(|account| account.id);
    Ok((accounts, units))
}

/// Shows how many accounts are listed, of about how many if there was a listing before.
pub(super) async fn shows_pages(engine: &Engine, progress: &Progress) -> impl Fn(usize) + Send {
    let before = engine.last_listing_length().await.unwrap_or_default();
    // Without an earlier listing nobody knows how many there are.
    if before > 0 {
        progress.expects(words::LISTING, before);
    }
    move |count| {
        if before > 0 {
            progress.reached(count);
        } else {
            progress.show(words::accounts(count));
        }
    }
}

/// `None` if only the listing tells: a name is another's by now, or the caller may not ask for single accounts.
async fn ask_for(engine: &Engine, targets: Vec<Target>) -> Result<Option<Vec<Account>>, ApiError> {
    let asked = targets.into_iter().map(|target| async move {
        let answer = engine.account(target.id).await;
        (target, answer)
    });
    let answers: Vec<_> = stream::iter(asked).buffered(ASKED_AT_ONCE).collect().await;
    let mut found = Vec::new();
    for (Target { name, .. }, answer) in answers {
        match (answer, name) {
            (Ok(account), None) => found.push(account),
            (Ok(account), Some(name)) if account.name.to_lowercase() == name.to_lowercase() => found.push(account),
            (Err(error), None) if error.kind == ApiErrorKind::NotFound => {}
            (Err(error), _) if error.kind != ApiErrorKind::NotFound && !error.kind.is_refusal() => return Err(error),
            _ => return Ok(None),
        }
    }
    Ok(Some(found))
}

/// The ids that `texts` consist of, if of nothing else.
fn by_ids(texts: &[String]) -> Option<Vec<Target>> {
    let ids: Option<Vec<_>> = texts.iter().map(|text| AccountId::written_list(text)).collect();
    Some(ids?.concat().into_iter().map(|id| Target { id, name: None }).collect())
}

/// Whom `texts` mean by the listing that is kept; `None` if that does not tell.
fn targets(kept: &[Account], texts: &[String]) -> Option<Vec<Target>> {
    let mut targets: Vec<Target> = Vec::new();
    for text in texts {
        let meant = if let Some(targets) = by_ids(std::slice::from_ref(text)) {
            targets
        } else {
            let found = find_list(kept, text).ok()?;
            found.into_iter().map(|one| Target { id: one.id, name: Some(one.name.clone()) }).collect()
        };
        for target in meant {
            if targets.iter().all(|other| other.id != target.id) {
                targets.push(target);
            }
        }
    }
    Some(targets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountState;

    fn account(id: &str, name: &str) -> Account {
        Account {
            id: id.parse().expect("an id"),
            name: name.into(),
            email: "aws@example.com".into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        }
    }

    fn meant(texts: &[&str]) -> Option<Vec<(String, Option<String>)>> {
        let kept = [
            account("444455556666", "Sandbox"),
            account("444455557777", "Acme, Inc."),
            account("444455558888", "twin"),
            account("444455559999", "Twin"),
        ];
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let targets = targets(&kept, &texts)?;
        Some(targets.into_iter().map(|target| (target.id.to_string(), target.name)).collect())
    }

    #[test]
    fn ids_need_no_listing_and_names_are_looked_up_in_the_one_that_is_kept() {
        let id = |id: &str| (id.to_owned(), None);
        let named = |id: &str, name: &str| (id.to_owned(), Some(name.to_owned()));
        assert_eq!(meant(&["1111-2222-3333,"]), Some(vec![id("111122223333")]));
        assert_eq!(meant(&["sandbox"]), Some(vec![named("444455556666", "Sandbox")]));
        let both = vec![named("444455557777", "Acme, Inc."), named("444455556666", "Sandbox")];
        assert_eq!(meant(&["acme, inc.,Sandbox", "444455556666"]), Some(both));
        assert_eq!(meant(&["nobody"]), None);
        assert_eq!(meant(&["twin"]), None, "ambiguous");
    }
}
