//! The pages on the way to a policy: buckets or queues, the policy of one, a policy from a file.

use std::path::PathBuf;

use crate::app::command_id::{DisabledReason, KeyContext};
use crate::app::dialog::{Dialog, Next};
use crate::app::effect::{Effect, Visit};
use crate::app::filter::{Filter, HolderProperty, TypedFilter};
use crate::app::list::{List, Motion};
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::notification::Notification;
use crate::app::reading::Reading;
use crate::app::search::Search;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::policy_holder::{Bucket, PolicyHolder, PolicyText, QueueListing, QueueSearch};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_change::RootChange;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PolicyPage {
    Holders(Holders),
    Policy(PolicyView),
    File(FilePolicy),
}

impl Dialog for PolicyPage {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        match self {
            Self::Holders(holders) => holders.list.go(motion),
            Self::Policy(view) => view.reading.go(motion, rows, lines),
            Self::File(file) => file.reading.go(motion, rows, lines),
        }
    }

    fn fit(&mut self, geometry: Geometry) {
        match self {
            Self::Holders(holders) => holders.list.set_page(geometry.dialog_rows),
            Self::Policy(PolicyView { reading, search, .. }) | Self::File(FilePolicy { reading, search, .. }) => {
                search.follow(&mut reading.top, geometry);
            }
        }
    }

    fn search(&self) -> Option<&Search> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&view.search),
            Self::File(file) => Some(&file.search),
        }
    }

    fn search_mut(&mut self) -> Option<&mut Search> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&mut view.search),
            Self::File(file) => Some(&mut file.search),
        }
    }

    fn filter(&self) -> Option<&dyn TypedFilter> {
        match self {
            Self::Holders(holders) => Some(&holders.filter),
            Self::Policy(view) => Some(&view.search),
            Self::File(file) => Some(&file.search),
        }
    }

    fn filter_mut(&mut self) -> Option<&mut dyn TypedFilter> {
        match self {
            Self::Holders(holders) => Some(&mut holders.filter),
            Self::Policy(view) => Some(&mut view.search),
            Self::File(file) => Some(&mut file.search),
        }
    }

    fn filter_changed(&mut self) {
        if let Self::Holders(holders) = self {
            holders.recompute();
        }
    }

    fn can_choose(&self, model: &Model) -> Result<(), DisabledReason> {
        match self {
            Self::Holders(holders) => holders.selected().map(|_| ()).ok_or(DisabledReason::NotHere),
            Self::Policy(_) => Ok(()),
            Self::File(file) if !file.reading.is_done => Err(DisabledReason::NotReadToItsEnd),
            Self::File(file) => model.is_policy_free(file.account, &file.holder),
        }
    }

    /// On to the policy, to its actions, to its confirmation.
    fn choose(&mut self, model: &Model) -> Option<Next> {
        match self {
            Self::Holders(holders) => holders.next(model),
            Self::Policy(_) => Some(Next::PolicyMenu),
            Self::File(file) => Some(Next::Confirm(file.change())),
        }
    }

    fn is_done_by(&self, change: &Change) -> bool {
        matches!(self, Self::File(file) if file.change() == *change)
    }

    fn can_read_again(&self) -> Result<(), DisabledReason> {
        let is_loading = match self {
            Self::Holders(Holders { found: Found::Buckets(asked), .. }) => asked.is_loading(),
            Self::Holders(Holders { found: Found::Queues(_, asked), .. }) => asked.is_loading(),
            Self::Policy(view) => view.policy.is_loading(),
            Self::File(_) => return Err(DisabledReason::NotHere),
        };
        if is_loading { Err(DisabledReason::Asked) } else { Ok(()) }
    }

    fn read_again(&mut self, model: &mut Model) {
        match self {
            Self::Holders(holders) => holders.read(model),
            Self::Policy(view) => view.read(model),
            Self::File(_) => {}
        }
    }

    fn text(&self, _model: &Model) -> Option<(Notification, String)> {
        let (holder, text) = match self {
            Self::Holders(_) => return None,
            Self::Policy(view) => (&view.holder, view.text()?),
            Self::File(file) => (&file.holder, &file.text),
        };
        Some((Notification::PolicyCopied(holder.clone()), text.clone()))
    }

    fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&view.reading),
            Self::File(file) => Some(&file.reading),
        }
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&mut view.reading),
            Self::File(file) => Some(&mut file.reading),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Holders {
    pub account: AccountId,
    pub found: Found,
    /// The rows by number, and the selection.
    pub list: List<usize>,
    pub filter: Filter<HolderProperty>,
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

    fn region(self) -> &'a str {
        match self {
            Self::Bucket(bucket) => bucket.region.as_deref().unwrap_or_default(),
            Self::Queue(_, region) | Self::Failed(region, _) => region,
        }
    }
}

impl Holders {
    pub(crate) fn new(account: AccountId, found: Found) -> Self {
        Self { account, found, list: List::default(), filter: Filter::default() }
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

    fn next(&self, model: &Model) -> Option<Next> {
        let holder = match self.selected()? {
            HolderRow::Bucket(bucket) => {
                // AWS reported no region: the session's own is tried, and a wrong one is an error.
                let region = bucket.region.clone();
                let region = region.or_else(|| model.connection.value().map(|known| known.region.clone()));
                PolicyHolder::Bucket { name: bucket.name.clone(), region: region.unwrap_or_default() }
            }
            HolderRow::Queue(url, region) => PolicyHolder::Queue { url: url.to_owned(), region: region.to_owned() },
            HolderRow::Failed(_, error) => return Some(Next::Read(Notification::ReadFailed(error.clone()))),
        };
        Some(Next::Policy(self.account, holder))
    }

    /// Brings the list in line with what was found and with the filter.
    pub(crate) fn recompute(&mut self) {
        let rows = self.rows().into_iter().enumerate();
        let shown = rows.filter(|(_, row)| self.filter.lets_holder(row.name(), row.region()));
        let shown = shown.map(|(index, _)| index).collect();
        self.list.set_rows(shown);
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PolicyView {
    pub account: AccountId,
    pub holder: PolicyHolder,
    /// The policy; `None` if there is none.
    pub policy: RemoteData<Option<PolicyText>>,
    /// What was saved of it last, and where.
    pub saved: Option<(PolicyText, PathBuf)>,
    pub reading: Reading,
    pub search: Search,
}

impl PolicyView {
    pub(crate) fn new(account: AccountId, holder: PolicyHolder) -> Self {
        Self {
            account,
            holder,
            policy: RemoteData::default(),
            saved: None,
            reading: Reading::default(),
            search: Search::default(),
        }
    }

    pub(in crate::app) fn read(&mut self, model: &mut Model) {
        let Some(account) = model.accounts.get(self.account).cloned() else { return };
        let id = model.out.read_id();
        self.policy.start(id);
        model.out.push(Effect::Visit(id, Box::new(Visit::Policy(account, self.holder.clone()))));
    }

    /// The text on screen, if AWS shows one now.
    pub(crate) fn text(&self) -> Option<&PolicyText> {
        self.policy.current().and_then(Option::as_ref)
    }

    /// Whether what is on screen is saved in a file: the policy may have changed since it was saved.
    pub(crate) fn is_saved(&self) -> bool {
        matches!((self.text(), &self.saved), (Some(text), Some((saved, _))) if text == saved)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FilePolicy {
    pub account: AccountId,
    pub holder: PolicyHolder,
    pub path: PathBuf,
    pub text: PolicyText,
    /// What AWS showed when the file was asked for; `None` if there was no policy.
    pub present: Option<PolicyText>,
    pub reading: Reading,
    pub search: Search,
}

impl FilePolicy {
    fn change(&self) -> Change {
        Change::Root { account: self.account, change: RootChange::PutPolicy(self.holder.clone(), self.text.clone()) }
    }
}
