//! The names of the organizational units: of all of them, or of those above accounts.

use std::collections::{BTreeSet, HashSet};
use std::pin::pin;
use std::sync::Arc;

use futures::future::try_join_all;
use futures::stream::{self, StreamExt};
use tokio::sync::mpsc;

use super::shared::Engine;
use crate::aws::clients::Clients;
use crate::aws::organizations::{self, Unit};
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AnswerError;
use crate::domain::organization::UnitNames;

/// How many reads of the tree of units are in progress at once. The quota, not this, is the limit.
const UNIT_READS: usize = 4;

/// What has units below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Parent {
    /// The roots of the organization, whose ids are not known yet.
    Root,
    Unit(String),
}

impl Engine {
    /// Reads the tree down from the roots.
    pub async fn unit_names(&self) -> Result<UnitNames, ApiError> {
        let mut names = UnitNames::default();
        let mut seen = HashSet::new();
        let mut level = organizations::root_ids(self.clients()).await?;
        while !level.is_empty() {
            let clients = self.clients();
            let reads = level.into_iter().map(|parent| units_below(clients, parent));
            let answers: Vec<_> = stream::iter(reads).buffer_unordered(UNIT_READS).collect().await;
            level = Vec::new();
            for answer in answers {
                let (parent, units) = answer?;
                for unit in units {
                    if !seen.insert(unit.id.clone()) {
                        let circle = AnswerError::UnitCircle(unit.id);
                        return Err(ApiError::client(organizations::LIST_UNITS, ApiErrorKind::Unreadable, circle));
                    }
                    level.push(unit.id.clone());
                    names.insert_below(&parent, unit.id, unit.name);
                }
            }
        }
        Ok(names)
    }

    /// Lists the accounts as [`Self::accounts`] does, and meanwhile reads the names of the units above them, and of no
    /// others: a call for each unit that has such units, and none for accounts in the root.
    ///
    /// # Errors
    /// Why there is no listing; inside, why there are no names.
    pub async fn accounts_with_units(
        &self,
        mut on_page: impl FnMut(&[Arc<Account>]) + Send,
    ) -> Result<Result<UnitNames, ApiError>, ApiError> {
        let (ask, asked) = mpsc::unbounded_channel();
        let listing = async move {
            let mut known = HashSet::new();
            let listing = self.accounts(|page| {
                for parent in
                    page.iter().flat_map(|account| parents_of(account)).filter(|parent| known.insert(parent.clone()))
                {
                    // Nobody reads on after an error.
                    ask.send(parent).ok();
                }
                on_page(page);
            });
            listing.await
        };
        let mut names = UnitNames::default();
        let (listed, read) = tokio::join!(listing, self.names_below(asked, &mut names));
        listed.map(|()| read.map(|()| names))
    }

    /// Lists the accounts as [`Self::accounts`] does, and gives each page to `on_page` once the units above its accounts
    /// have names. From the first error on there are no names, but its cause.
    ///
    /// # Errors
    /// Why there is no complete listing; inside, why there are no names.
    pub async fn placed_accounts(
        &self,
        mut on_page: impl FnMut(&[Arc<Account>], Result<&UnitNames, &ApiError>) + Send,
    ) -> Result<Result<UnitNames, ApiError>, ApiError> {
        let (send, mut pages) = mpsc::unbounded_channel::<Vec<Arc<Account>>>();
        let listing = async move {
            // The other side reads to the end.
            self.accounts(|page| drop(send.send(page.to_vec()))).await
        };
        let placing = async {
            let mut known = HashSet::new();
            let mut names = Ok(UnitNames::default());
            while let Some(page) = pages.recv().await {
                let (ask, asked) = mpsc::unbounded_channel();
                for parent in
                    page.iter().flat_map(|account| parents_of(account)).filter(|parent| known.insert(parent.clone()))
                {
                    ask.send(parent).ok();
                }
                drop(ask);
                if let Ok(known) = &mut names
                    && let Err(error) = self.names_below(asked, known).await
                {
                    names = Err(error);
                }
                on_page(&page, names.as_ref());
            }
            names
        };
        let (listed, names) = tokio::join!(listing, placing);
        listed.map(|()| names)
    }

    /// Adds the names of the units below each parent that comes.
    async fn names_below(
        &self,
        mut asked: mpsc::UnboundedReceiver<Parent>,
        names: &mut UnitNames,
    ) -> Result<(), ApiError> {
        let clients = self.clients();
        let parents = stream::poll_fn(|context| asked.poll_recv(context));
        let reads = parents.map(|parent| async move {
            match parent {
                Parent::Unit(id) => units_below(clients, id).await.map(|one| vec![one]),
                Parent::Root => {
                    let roots = organizations::root_ids(clients).await?;
                    try_join_all(roots.into_iter().map(|root| units_below(clients, root))).await
                }
            }
        });
        let mut reads = pin!(reads.buffer_unordered(UNIT_READS));
        while let Some(read) = reads.next().await {
            for (parent, units) in read? {
                for unit in units {
                    names.insert_below(&parent, unit.id, unit.name);
                }
            }
        }
        Ok(())
    }

    /// The names of the units above `accounts` only: a call for each unit on the way, and none for accounts in the root.
    pub async fn unit_names_of(&self, accounts: &[&Account]) -> Result<UnitNames, ApiError> {
        let mut names = UnitNames::default();
        let ways: Vec<&[String]> = accounts.iter().filter_map(|account| account.unit_ids.as_deref()).collect();
        if ways.iter().all(|way| way.is_empty()) {
            return Ok(names);
        }
        let mut parents: BTreeSet<String> = organizations::root_ids(self.clients()).await?.into_iter().collect();
        parents.extend(ways.iter().filter_map(|way| way.split_last()).flat_map(|(_, above)| above.iter().cloned()));
        let clients = self.clients();
        let reads = parents.into_iter().map(|parent| units_below(clients, parent));
        let answers: Vec<_> = stream::iter(reads).buffer_unordered(UNIT_READS).collect().await;
        for answer in answers {
            let (parent, units) = answer?;
            for unit in units {
                names.insert_below(&parent, unit.id, unit.name);
            }
        }
        Ok(names)
    }
}

/// With the id of the parent.
async fn units_below(clients: &Clients, parent: String) -> Result<(String, Vec<Unit>), ApiError> {
    let units = organizations::units_below(clients, &parent).await?;
    Ok((parent, units))
}

/// What has the units above `account` below it.
fn parents_of(account: &Account) -> Vec<Parent> {
    let Some((_, above)) = account.unit_ids.as_deref().and_then(<[String]>::split_last) else { return Vec::new() };
    std::iter::once(Parent::Root).chain(above.iter().cloned().map(Parent::Unit)).collect()
}
