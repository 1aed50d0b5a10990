//! The buckets or queues of an account, and which of them are locked.

use crate::app::command_id::DisabledReason;
use crate::app::dialog::Next;
use crate::app::effect::{Effect, Visit};
use crate::app::filter::{Filter, HolderProperty};
use crate::app::list::List;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::{Bucket, PolicyHolder, QueueListing, QueueSearch};
use crate::domain::remote_data::{ReadId, RemoteData};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Holders {
    pub account: AccountId,
    pub found: Found,
    /// The rows by number, and the selection.
    pub list: List<usize>,
    pub filter: Filter<HolderProperty>,
    /// The policies being read to see which are locked.
    pub check: Option<LockCheck>,
}

/// One policy after the other: each is a call in a root session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LockCheck {
    id: ReadId,
    /// The rows behind the one that is being read, the next one last.
    left: Vec<usize>,
}

impl LockCheck {
    /// How many are still to be read.
    pub(crate) fn left(&self) -> usize {
        self.left.len() + 1
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    Buckets(RemoteData<Vec<Bucket>>),
    /// Its queues, as far as was looked.
    Queues(QueueSearch, RemoteData<QueueListing>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HolderRow<'a> {
    Bucket(&'a Bucket),
    /// A queue, by its URL and region.
    Queue(&'a str, &'a str),
    /// A region that could not be read, and why.
    Failed(&'a str, &'a ApiError),
}

impl<'a> HolderRow<'a> {
    /// A queue is called by the end of its URL; a region that could not be read by itself.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::Bucket(bucket) => &bucket.name,
            Self::Queue(url, _) => url.rsplit('/').next().unwrap_or(url),
            Self::Failed(region, _) => region,
        }
    }

    /// What its policy is of; `None` of a region that could not be read.
    pub(crate) fn holder(self, model: &Model) -> Option<PolicyHolder> {
        match self {
            Self::Bucket(bucket) => {
                // AWS reported no region: the session's own is tried, and a wrong one is an error.
                let region = bucket.region.clone();
                let region = region.or_else(|| model.connection.value().map(|known| known.region.clone()));
                Some(PolicyHolder::Bucket { name: bucket.name.clone(), region: region.unwrap_or_default() })
            }
            Self::Queue(url, region) => Some(PolicyHolder::Queue { url: url.to_owned(), region: region.to_owned() }),
            Self::Failed(..) => None,
        }
    }

    fn region(self) -> &'a str {
        match self {
            Self::Bucket(bucket) => bucket.region.as_deref().unwrap_or_default(),
            Self::Queue(_, region) | Self::Failed(region, _) => region,
        }
    }
}

impl Holders {
    pub(crate) fn new(account: AccountId, found: Found) -> Self {
        Self { account, found, list: List::default(), filter: Filter::default(), check: None }
    }

    /// All rows: what was found, and behind it what could not be read.
    pub(crate) fn rows(&self) -> Vec<HolderRow<'_>> {
        match &self.found {
            Found::Buckets(asked) => asked.value().into_iter().flatten().map(HolderRow::Bucket).collect(),
            Found::Queues(_, asked) => {
                let Some(listing) = asked.value() else { return Vec::new() };
                let queues = listing.queues.iter().map(|queue| HolderRow::Queue(&queue.url, &queue.region));
                queues.chain(listing.failed.iter().map(|(region, error)| HolderRow::Failed(region, error))).collect()
            }
        }
    }

    /// Whether there is a row to choose. A list that could not be read is not an empty one.
    pub(in crate::app) fn can_choose(&self) -> Result<(), DisabledReason> {
        let is_known = match &self.found {
            Found::Buckets(asked) => asked.current().is_some(),
            Found::Queues(_, asked) => asked.current().is_some(),
        };
        match self.list.rows() {
            [] if is_known => Err(DisabledReason::EmptyList),
            [] => Err(DisabledReason::NotHere),
            _ => Ok(()),
        }
    }

    pub(crate) fn selected(&self) -> Option<HolderRow<'_>> {
        self.rows().get(self.list.selected()?).copied()
    }

    pub(in crate::app) fn read(&mut self, model: &mut Model) {
        let Some(account) = model.accounts.get(self.account).cloned() else { return };
        let id = model.out.read_id();
        let visit = match &mut self.found {
            Found::Buckets(asked) => {
                asked.start(id);
                Visit::Buckets(account)
            }
            Found::Queues(search, asked) => {
                asked.start(id);
                Visit::Queues(account, search.clone())
            }
        };
        model.out.push(Effect::Visit(id, Box::new(visit)));
    }

    pub(in crate::app) fn next(&self, model: &Model) -> Option<Next> {
        match self.selected()? {
            HolderRow::Failed(_, error) => Some(Next::Read(Notification::ReadFailed(error.clone()))),
            row => Some(Next::Policy(self.account, row.holder(model)?)),
        }
    }

    /// Reads the policies of the rows that are shown: those not known yet, or all again. Stops that, if it is going on.
    pub(in crate::app) fn check_locks(&mut self, model: &mut Model) {
        if self.check.take().is_some() {
            return;
        }
        let all = self.rows();
        let holder = |index: &usize| all.get(*index)?.holder(model);
        let is_known = |index: &usize| {
            holder(index).is_some_and(|it| matches!(model.unlocking.lock(self.account, &it), Some(Ok(_))))
        };
        let mut rows: Vec<usize> = self.list.rows().iter().copied().filter(|row| holder(row).is_some()).collect();
        if !rows.iter().all(is_known) {
            rows.retain(|row| !is_known(row));
        }
        rows.reverse();
        self.check_next(rows, model);
    }

    /// The policy with this number was read: on to the next one.
    pub(in crate::app) fn checked(&mut self, id: ReadId, model: &mut Model) {
        if let Some(check) = self.check.take_if(|check| check.id == id) {
            self.check_next(check.left, model);
        }
    }

    fn check_next(&mut self, mut left: Vec<usize>, model: &mut Model) {
        let holder = left.pop().and_then(|index| self.rows().get(index)?.holder(model));
        let account = model.accounts.get(self.account).cloned();
        self.check = holder.zip(account).map(|(holder, account)| {
            let id = model.out.read_id();
            model.out.push(Effect::Visit(id, Box::new(Visit::Policy(account, holder))));
            LockCheck { id, left }
        });
    }

    /// Brings the list in line with what was found and with the filter.
    pub(crate) fn recompute(&mut self) {
        let rows = self.rows().into_iter().enumerate();
        let shown = rows.filter(|(_, row)| self.filter.lets_holder(row.name(), row.region()));
        let shown = shown.map(|(index, _)| index).collect();
        self.list.set_rows(shown);
    }
}
