//! The listing of the accounts: five minutes for the largest organizations, so its pages are kept as they come.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::shared::Engine;
use crate::aws::organizations;
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::unfinished_listing::UnfinishedListing;

/// A listing of fewer accounts takes seconds: nothing of it is kept before it is whole.
const WORTH_KEEPING: usize = 1000;

/// The pages of this time are kept together. A program that is killed loses no more.
const BETWEEN: Duration = Duration::from_secs(4);

impl Engine {
    /// All accounts, given to `on_page` page by page. A complete listing is stored and compared with the one before
    /// ([`Engine::findings`]).
    ///
    /// # Errors
    /// If AWS refuses, or does not answer. Pages may have been given by then.
    pub async fn accounts(&self, on_page: impl FnMut(&[Arc<Account>]) + Send) -> Result<(), ApiError> {
        self.list(None, on_page).await
    }

    /// The same. A listing that was cut off a few minutes ago, by the end of the program or by an error, is continued
    /// where it was if AWS still knows the place.
    ///
    /// # Errors
    /// As [`Engine::accounts`].
    pub async fn accounts_continued(&self, on_page: impl FnMut(&[Arc<Account>]) + Send) -> Result<(), ApiError> {
        let left = self.left_listing().await;
        self.list(left, on_page).await
    }

    async fn left_listing(&self) -> Option<UnfinishedListing> {
        // Nearly always there is none, and nothing has to be asked for that.
        let is_there = self.keep(|records| records.unfinished_listing()).await;
        is_there.ok()??;
        // It may be that of another organization, as long as it is not known which this one is.
        self.bound_organization().await.ok()?;
        let left = self.keep(|records| records.unfinished_listing()).await.ok()??;
        left.is_recent(self.now()).then_some(left)
    }

    async fn list(
        &self,
        left: Option<UnfinishedListing>,
        mut on_page: impl FnMut(&[Arc<Account>]) + Send,
    ) -> Result<(), ApiError> {
        let place = match left {
            Some(left) => self.place_of(left).await?,
            None => Place::default(),
        };
        let began = place.began.unwrap_or_else(|| self.now());
        let keeper = Keeper::of(self.clone(), place.listing, began);
        let held = &self.0.held;
        let share = |page: Vec<Arc<Account>>| page.into_iter().map(|account| held.shared(account)).collect::<Vec<_>>();
        let mut all = share(place.accounts);
        if !all.is_empty() {
            on_page(&all);
        }
        if !place.is_last {
            let page = |page: Vec<Arc<Account>>, next: Option<&str>| {
                let page = share(page);
                on_page(&page);
                if let Some(next) = next {
                    keeper.page(&page, next);
                }
                all.extend(page);
            };
            if let Err(error) = organizations::accounts(self.clients(), place.token, page).await {
                keeper.ends(false).await;
                return Err(error);
            }
        }
        keeper.ends(true).await;
        self.note_member(&all);
        held.hold(&all);
        // What was continued is as old as its first page.
        let at = place.began.unwrap_or_else(|| self.now());
        // A small organization is listed before it is known which it is.
        let kept = match self.bound_organization().await {
            Ok(_) => self.keep(move |records| records.save_listing(&all, at)).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &kept {
            // Not the message: AWS's own may name the caller by an email address.
            tracing::warn!(operation = error.operation, kind = ?error.kind, "the listing was not kept");
        }
        self.known().unkept = kept.err();
        Ok(())
    }

    /// Where to continue. Its pages are given to nobody before AWS has accepted the place: after a listing from its
    /// beginning, an account that is gone would still be shown.
    async fn place_of(&self, left: UnfinishedListing) -> Result<Place, ApiError> {
        match organizations::accounts_page(self.clients(), left.token).await {
            Ok((page, token)) => {
                tracing::info!(accounts = left.accounts.len(), "a listing is continued");
                let mut accounts = left.accounts;
                accounts.extend(page);
                let (listing, began, is_last) = (Some(left.listing), Some(left.began), token.is_none());
                Ok(Place { accounts, token, is_last, began, listing })
            }
            Err(error) if error.kind == ApiErrorKind::Invalid => {
                tracing::info!("AWS does not know the place of an unfinished listing any more: it begins again");
                self.keep(|records| records.forget_unfinished_listing()).await.ok();
                Ok(Place::default())
            }
            Err(error) => Err(error),
        }
    }
}

/// How far a listing was read before.
#[derive(Default)]
struct Place {
    accounts: Vec<Arc<Account>>,
    /// Of the next page; `None` for the first one.
    token: Option<String>,
    /// Whether there is no next page.
    is_last: bool,
    began: Option<Timestamp>,
    listing: Option<u64>,
}

/// Keeps the pages of a listing as they come, so that the next start continues it.
struct Keeper {
    pages: mpsc::UnboundedSender<(Vec<Arc<Account>>, String)>,
    is_whole: Arc<AtomicBool>,
    work: JoinHandle<()>,
}

impl Keeper {
    /// `listing`: the one that is continued.
    fn of(engine: Engine, listing: Option<u64>, began: Timestamp) -> Self {
        let (pages, mut coming) = mpsc::unbounded_channel();
        let is_whole = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&is_whole);
        let work = tokio::spawn(async move {
            let mut part = KeptPart {
                engine,
                is_begun: listing.is_some(),
                listing: listing.unwrap_or_else(|| RandomState::new().build_hasher().finish()),
                began,
                unkept: Vec::new(),
                token: String::new(),
            };
            let mut kept = Instant::now();
            while let Some((page, token)) = coming.recv().await {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                part.add(page, token);
                if kept.elapsed() >= BETWEEN {
                    part.keep().await;
                    kept = Instant::now();
                }
            }
            if !ended.load(Ordering::SeqCst) {
                part.keep().await;
            }
        });
        Self { pages, is_whole, work }
    }

    fn page(&self, page: &[Arc<Account>], next: &str) {
        self.pages.send((page.to_vec(), next.to_owned())).ok();
    }

    /// Nothing more comes. What is still to be kept of a listing that is whole must not come after it.
    async fn ends(self, is_whole: bool) {
        self.is_whole.store(is_whole, Ordering::SeqCst);
        drop(self.pages);
        self.work.await.ok();
    }
}

/// What is kept of a listing, and what is still to be kept.
struct KeptPart {
    engine: Engine,
    is_begun: bool,
    listing: u64,
    began: Timestamp,
    unkept: Vec<Arc<Account>>,
    token: String,
}

impl KeptPart {
    fn add(&mut self, page: Vec<Arc<Account>>, token: String) {
        self.unkept.extend(page);
        self.token = token;
    }

    async fn keep(&mut self) {
        if self.unkept.is_empty() || !self.is_begun && self.unkept.len() < WORTH_KEEPING {
            return;
        }
        let (listing, began, token) = (self.listing, self.began, self.token.clone());
        let part = UnfinishedListing { listing, began, accounts: std::mem::take(&mut self.unkept), token };
        let (now, is_begun) = (self.engine.now(), self.is_begun);
        let kept = self.engine.keep(move |records| {
            let kept = if is_begun { records.continue_listing(&part, now) } else { records.begin_listing(&part, now) };
            Ok((part.accounts, kept))
        });
        match kept.await {
            Ok((_, Ok(()))) => self.is_begun = true,
            // Until it is known which organization this is, nothing can be kept: the pages wait.
            Ok((accounts, Err(_))) => self.unkept = accounts,
            Err(_) => {}
        }
    }
}
