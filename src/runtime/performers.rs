//! Each organization has a connection of its own, and answers of its own.

use std::sync::Arc;
use std::task::Poll;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::effects::{Connect, Performer};
use crate::app::ids::OrgId;
use crate::app::msg::Msg;

/// What performs the effects of one organization, and the answers to them.
#[derive(Debug)]
pub(super) struct OrgPerformer {
    performer: Performer,
    results: mpsc::UnboundedReceiver<Msg>,
}

impl OrgPerformer {
    pub(super) fn new(connector: Arc<dyn Connect>) -> Self {
        let (results_in, results) = mpsc::unbounded_channel();
        Self { performer: Performer::new(connector, results_in), results }
    }

    /// Answers to what was asked before are dropped.
    fn use_profile(&mut self, profile: Option<String>) {
        let (results_in, results) = mpsc::unbounded_channel();
        self.performer = self.performer.with_profile(profile, results_in);
        self.results = results;
    }
}

/// Those of all organizations: there is at least one.
#[derive(Debug)]
pub(super) struct Performers {
    pub(super) first: OrgPerformer,
    pub(super) more: Vec<OrgPerformer>,
}

impl Performers {
    /// What reaches this organization, and no other.
    pub(super) fn performer(&self, org: OrgId) -> Option<&Performer> {
        let one = match org.0.checked_sub(1) {
            None => Some(&self.first),
            Some(place) => self.more.get(place),
        };
        one.map(|one| &one.performer)
    }

    pub(super) fn use_profile(&mut self, org: OrgId, profile: Option<String>) {
        if let Some((_, one)) = self.all().find(|(other, _)| *other == org) {
            one.use_profile(profile);
        }
    }

    /// By the clock of the organization.
    pub(super) fn now(&self, org: OrgId) -> Timestamp {
        self.performer(org).unwrap_or(&self.first.performer).now()
    }

    fn all(&mut self) -> impl Iterator<Item = (OrgId, &mut OrgPerformer)> {
        std::iter::once(&mut self.first).chain(&mut self.more).enumerate().map(|(place, one)| (OrgId(place), one))
    }

    /// The next answer, and the organization it is from.
    pub(super) async fn next(&mut self) -> (OrgId, Msg) {
        std::future::poll_fn(|context| {
            for (org, one) in self.all() {
                if let Poll::Ready(Some(msg)) = one.results.poll_recv(context) {
                    return Poll::Ready((org, msg));
                }
            }
            Poll::Pending
        })
        .await
    }

    /// An answer that is there already.
    pub(super) fn waiting(&mut self) -> Option<(OrgId, Msg)> {
        self.all().find_map(|(org, one)| one.results.try_recv().ok().map(|msg| (org, msg)))
    }
}
