//! Buckets, queues and their policies: what is shown of them, and what was typed about them.

use std::path::PathBuf;

use super::command::KeyContext;
use super::confirm::Focus;
use super::dialog::{Dialog, Next, Step};
use super::effect::{Effect, PolicyFile};
use super::field::TextField;
use super::list::{List, Motion};
use super::msg::Geometry;
use super::preview::Reading;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::{Bucket, PolicyHolder, PolicyText, QueueListing, QueueSearch};
use crate::domain::region::is_region;
use crate::domain::remote_data::{ReadId, RemoteData};

/// One of the pages on the way to a policy.
#[derive(Clone, Debug, PartialEq)]
pub enum PolicyPage {
    /// The buckets or queues to choose from.
    Holders(Holders),
    /// The policy of one of them.
    Policy(PolicyView),
    /// A policy from a file, before it is put.
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
            Self::Policy(_) | Self::File(_) => {}
        }
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

/// The buckets or queues of an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Holders {
    /// The account.
    pub account: AccountId,
    /// What was found.
    pub found: Found,
    /// The rows by number, and the selection.
    pub list: List<usize>,
}

/// What was found in an account.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Its buckets.
    Buckets(RemoteData<Vec<Bucket>>),
    /// Its queues, as far as was looked.
    Queues(QueueSearch, RemoteData<QueueListing>),
}

impl Found {
    /// Nothing asked yet.
    #[must_use]
    pub fn buckets() -> Self {
        Self::Buckets(RemoteData::default())
    }
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderRow<'a> {
    /// A bucket.
    Bucket(&'a Bucket),
    /// A queue, by its URL and region.
    Queue(&'a str, &'a str),
    /// A region that could not be read, and why.
    Failed(&'a str, &'a ApiError),
}

impl Holders {
    /// The list before anything was asked.
    #[must_use]
    pub fn new(account: AccountId, found: Found) -> Self {
        Self { account, found, list: List::default() }
    }

    /// All rows: what was found, and behind it what could not be read.
    #[must_use]
    pub fn rows(&self) -> Vec<HolderRow<'_>> {
        match &self.found {
            Found::Buckets(asked) => asked.value().into_iter().flatten().map(HolderRow::Bucket).collect(),
            Found::Queues(_, asked) => {
                let Some(listing) = asked.value() else { return Vec::new() };
                let queues = listing.queues.iter().map(|queue| HolderRow::Queue(&queue.url, &queue.region));
                queues.chain(listing.failed.iter().map(|(region, fault)| HolderRow::Failed(region, fault))).collect()
            }
        }
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<HolderRow<'_>> {
        self.rows().get(self.list.index()).copied()
    }

    /// Brings the list in line with what was found.
    pub fn recompute(&mut self) {
        let count = self.rows().len();
        self.list.set_rows((0..count).collect());
    }
}

/// The policy of a bucket or queue, as AWS shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyView {
    /// The account.
    pub account: AccountId,
    /// Whose policy it is.
    pub holder: PolicyHolder,
    /// The policy; `None` if there is none.
    pub policy: RemoteData<Option<PolicyText>>,
    /// What was saved of it last, and where.
    pub saved: Option<(PolicyText, PathBuf)>,
    /// How far it was read.
    pub reading: Reading,
}

impl PolicyView {
    /// The page before anything was asked.
    #[must_use]
    pub fn new(account: AccountId, holder: PolicyHolder) -> Self {
        Self { account, holder, policy: RemoteData::default(), saved: None, reading: Reading::default() }
    }

    /// The text on screen, if AWS shows one now.
    #[must_use]
    pub fn text(&self) -> Option<&PolicyText> {
        self.policy.current().and_then(Option::as_ref)
    }

    /// Whether what is on screen lies in a file: the policy may have changed since it was saved.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        matches!((self.text(), &self.saved), (Some(text), Some((saved, _))) if text == saved)
    }
}

/// A policy from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePolicy {
    /// The account.
    pub account: AccountId,
    /// On what it would be put.
    pub holder: PolicyHolder,
    /// Where it comes from.
    pub path: PathBuf,
    /// Its text.
    pub text: PolicyText,
    /// What AWS showed when the file was asked for; `None` if there was no policy.
    pub present: Option<PolicyText>,
    /// How far it was read.
    pub reading: Reading,
}

/// What can be done with the policy on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyAction {
    /// Save it to a file.
    Save,
    /// Delete it.
    Delete,
    /// Put one from a file in its place.
    PutFile,
    /// Ask AWS for it again.
    ReadAgain,
}

impl PolicyAction {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Save, Self::Delete, Self::PutFile, Self::ReadAgain];
}

/// The dialog that asks where to look for queues.
#[derive(Clone, Debug, PartialEq)]
pub struct FindQueues {
    /// The account.
    pub account: AccountId,
    /// The region of the session, for a queue's name that stands alone.
    pub region: String,
    /// Regions, or one queue.
    pub field: TextField,
    /// Where the focus is.
    pub focus: Focus,
}

impl FindQueues {
    /// The dialog, with the session's region in its field.
    #[must_use]
    pub fn new(account: AccountId, region: &str) -> Self {
        Self { account, region: region.to_owned(), field: TextField::with(region), focus: Focus::Field }
    }

    /// What is to be looked for: regions, or one queue by URL, ARN, or name, behind which a region may
    /// stand. `None` while it is neither.
    #[must_use]
    pub fn search(&self) -> Option<QueueSearch> {
        let words: Vec<&str> =
            self.field.text().split([',', ' ']).map(str::trim).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => None,
            regions if regions.iter().all(|word| is_region(word)) => {
                let mut named: Vec<String> = Vec::new();
                for region in regions {
                    if !named.iter().any(|known| known == region) {
                        named.push((*region).to_owned());
                    }
                }
                Some(QueueSearch::Regions(named))
            }
            [queue] => Some(QueueSearch::One { queue: (*queue).to_owned(), region: self.region.clone() }),
            [queue, region] if !is_region(queue) && is_region(region) => {
                Some(QueueSearch::One { queue: (*queue).to_owned(), region: (*region).to_owned() })
            }
            _ => None,
        }
    }
}

impl FindQueues {
    /// The field and buttons, in order.
    pub const SPOTS: [Focus; 3] = [Focus::Field, Focus::Cancel, Focus::Act];
}

impl Dialog for FindQueues {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.field)
    }

    fn stops(&self) -> Vec<Focus> {
        Self::SPOTS.to_vec()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field
    }

    fn submit(&mut self, _model: &mut Model) -> Step {
        match (self.focus, self.search()) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, Some(_)) => self.focus = Focus::Act,
            (Focus::Act, Some(search)) => {
                return Step::Stay(Some(Next::Queues(self.account, search)));
            }
            _ => {}
        }
        Step::Stay(None)
    }
}

/// The dialog that asks for the file of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadPolicy {
    /// The account.
    pub account: AccountId,
    /// On what the policy would be put.
    pub holder: PolicyHolder,
    /// What AWS shows there now.
    pub present: Option<PolicyText>,
    /// The path, as it is being typed.
    pub path: TextField,
    /// Where the focus is.
    pub focus: Focus,
    /// The file is being read.
    pub asked: Option<ReadId>,
    /// Why it could not be read.
    pub trouble: Option<ApiError>,
}

impl LoadPolicy {
    /// The fields and buttons, in order.
    #[must_use]
    pub fn focuses(&self) -> Vec<Focus> {
        if self.asked.is_some() { vec![Focus::Cancel] } else { vec![Focus::Field, Focus::Cancel, Focus::Act] }
    }
}

impl Dialog for LoadPolicy {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.path)
    }

    fn stops(&self) -> Vec<Focus> {
        self.focuses()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field && self.asked.is_none()
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let path = self.path.text().trim();
        match self.focus {
            Focus::Cancel => return Step::Close,
            Focus::Act if !path.is_empty() && self.asked.is_none() => {
                let id = model.out.read_id();
                model.out.push(Effect::File(id, Box::new(PolicyFile::Load(PathBuf::from(path)))));
                (self.asked, self.trouble, self.focus) = (Some(id), None, Focus::Cancel);
            }
            Focus::Field if !path.is_empty() => self.focus = Focus::Act,
            Focus::Field | Focus::Act | Focus::Answer | Focus::Other => {}
        }
        Step::Stay(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> Option<QueueSearch> {
        let account = "444455556666".parse().expect("an id");
        FindQueues { field: TextField::with(text), ..FindQueues::new(account, "us-east-1") }.search()
    }

    fn one(queue: &str, region: &str) -> QueueSearch {
        QueueSearch::One { queue: queue.into(), region: region.into() }
    }

    #[test]
    fn regions_are_told_from_queues() {
        let regions = |names: &[&str]| Some(QueueSearch::Regions(names.iter().map(|&name| name.into()).collect()));
        assert_eq!(search("eu-west-1"), regions(&["eu-west-1"]));
        assert_eq!(search(" eu-west-1,us-gov-east-1 , eu-west-1"), regions(&["eu-west-1", "us-gov-east-1"]));
        assert_eq!(search("orders"), Some(one("orders", "us-east-1")));
        assert_eq!(search("orders-v2 eu-west-1"), Some(one("orders-v2", "eu-west-1")));
        let url = "https://sqs.eu-west-1.amazonaws.com/444455556666/orders";
        assert_eq!(search(url), Some(one(url, "us-east-1")));
        let arn = "arn:aws:sqs:eu-west-1:444455556666:orders";
        assert_eq!(search(arn), Some(one(arn, "us-east-1")));
        for wrong in ["", " , ", "eu-west-1 orders", "orders invoices", "a b c"] {
            assert_eq!(search(wrong), None, "{wrong:?}");
        }
    }
}
