//! Asking AWS at the start where the email changes of all accounts stand: somebody else may have started
//! one. One account a second, behind whatever a person asks for.

use crate::app::model::Model;
use std::collections::VecDeque;
use std::time::Duration;

use super::App;
use super::asking::AskScope;
use super::effect::{Effect, Read, Wake};
use super::msg::Answer;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Switch;
use crate::domain::permit::permit_email_reads;
use crate::domain::remote_data::RemoteData;
use crate::domain::trusted_access::ServicePrincipal;

/// The time between two questions: each is a line in CloudTrail, and the quota is for people.
const EACH: Duration = Duration::from_secs(1);
/// The same after AWS has throttled one.
const AFTER_THROTTLING: Duration = Duration::from_secs(15);

/// How far the asking is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartAsking {
    /// Whether it goes on, or how it ended.
    pub phase: Phase,
    /// How many accounts it is about.
    pub total: usize,
    waiting: VecDeque<AccountId>,
    /// The account that AWS was asked about last, until it answers.
    asked: Option<AccountId>,
}

/// Whether the asking goes on, or how it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Something that it needs is not known yet, or not so.
    #[default]
    NotBegun,
    /// It goes on.
    Asking,
    /// All were asked about.
    Done,
    /// There are more accounts than are asked about unasked.
    TooMany,
    /// AWS answers none of these questions, for this kind of reason.
    Stopped(ApiErrorKind),
}

impl StartAsking {
    /// How many accounts were asked about.
    #[must_use]
    pub fn done(&self) -> usize {
        self.total.saturating_sub(self.waiting.len() + usize::from(self.asked.is_some()))
    }

    /// Whether it is known of all accounts that were to be asked about.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        !matches!(self.phase, Phase::Done | Phase::NotBegun)
    }
}

impl Model {
    fn can_ask_at_start(&self) -> bool {
        let gate = Switch::TrustedAccess(ServicePrincipal::account_management());
        self.connection.current().is_some()
            && self.stored.current().is_some()
            && self.organization.current().is_some()
            && self.org_role.current().is_some()
            && self.accounts.read().current().is_some()
            && self.switches.is_on(&gate) == Some(true)
            && permit_email_reads(&self.facts(None)).is_ok()
    }

    /// Whether a failure is that of the question that nobody asked for: view 2 tells of it.
    pub(super) fn is_of_start_asking(&self, answer: &Answer) -> bool {
        matches!(answer, Answer::EmailChange(account, _) if self.start_asking.asked == Some(*account))
    }

    /// AWS has answered about an account: goes on, if that was the question.
    pub(super) fn asked_at_start(&mut self, account: AccountId) {
        if self.start_asking.asked != Some(account) {
            return;
        }
        self.start_asking.asked = None;
        let fault = self.emails.get(account).and_then(|facts| facts.change.fault()).map(|fault| fault.kind);
        match fault {
            Some(kind) if holds_for_all(kind) => self.start_asking.phase = Phase::Stopped(kind),
            _ if self.start_asking.waiting.is_empty() => self.start_asking.phase = Phase::Done,
            Some(ApiErrorKind::Throttled) => self.out.push(Effect::Wake(AFTER_THROTTLING, Wake::AskNext)),
            _ => self.out.push(Effect::Wake(EACH, Wake::AskNext)),
        }
    }
}

impl App {
    /// Begins once everything is known that it needs.
    pub(super) fn begin_start_asking(&mut self) {
        let limit = self.model.start.ask_at_start;
        if self.model.start_asking.phase != Phase::NotBegun || limit == 0 || !self.model.can_ask_at_start() {
            return;
        }
        let all = self.asked_in(AskScope::All);
        self.model.start_asking.total = all.len();
        if all.len() > limit {
            self.model.start_asking.phase = Phase::TooMany;
            return;
        }
        self.model.start_asking.phase = Phase::Asking;
        self.model.start_asking.waiting = all.into();
        self.model.out.push(Effect::Wake(EACH, Wake::AskNext));
    }

    /// Asks about the next account, unless a person waits for such an answer.
    pub(super) fn ask_next(&mut self) {
        if self.model.start_asking.phase != Phase::Asking || self.model.start_asking.asked.is_some() || self.quitting {
            return;
        }
        if self.model.under_way.is_some() || self.model.emails.is_asking() {
            self.model.out.push(Effect::Wake(EACH, Wake::AskNext));
            return;
        }
        while let Some(account) = self.model.start_asking.waiting.pop_front() {
            // What was asked in this run already is known.
            let known = self.model.emails.get(account).is_some_and(|facts| facts.change != RemoteData::NotAsked);
            if !known || self.model.emails.get(account).is_some_and(crate::domain::emails::EmailFacts::is_kept) {
                self.model.start_asking.asked = Some(account);
                self.model.read(Read::EmailChange(account));
                return;
            }
        }
        self.model.start_asking.phase = Phase::Done;
    }
}

/// Whether the next account would be answered no better.
fn holds_for_all(kind: ApiErrorKind) -> bool {
    let of_account = matches!(kind, ApiErrorKind::NotFound | ApiErrorKind::Invalid | ApiErrorKind::Conflict);
    kind.is_about_credentials() || kind == ApiErrorKind::Unreachable || kind.is_refusal() && !of_account
}
