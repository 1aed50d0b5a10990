//! What a plan would start, and the questions that have to be answered first.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::app::field::TextField;
use crate::app::reading::Reading;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::Change;
use crate::domain::email_plan::{CheckedPlan, PlanId, PlanRow, PlannedChange};

/// Where what would be started comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PlanFrom {
    /// A file, by its whole path, and its lines.
    File(PathBuf, Vec<PlanRow>),
    /// Marked accounts, and their lines.
    Marked(Vec<PlanRow>),
    /// The records: the rest of a plan that was confirmed before.
    Kept(PlanId),
}

/// What would be started.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanAsking {
    /// Where it comes from.
    pub from: PlanFrom,
    /// What the check has found. Of a plan that is resumed, lines with problems can't be started any more.
    pub checked: CheckedPlan,
    /// How many of the plan's items may or may not have been started: that is found out first.
    pub unsure: usize,
    /// The new domains that the person says are theirs.
    pub confirmed_domain: BTreeSet<String>,
    /// Whether the person wants to use addresses that AWS documents as invalid.
    pub insisted: bool,
    /// What has to be typed.
    pub typed: TextField,
    /// Where the focus is.
    pub focus: AskFocus,
    /// How far what would be started was read.
    pub reading: Reading,
}

/// What can have the focus while a plan waits to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AskFocus {
    /// The question about a new domain, by its place among them.
    Domain(usize),
    /// The question about addresses that AWS documents as invalid.
    Unusual,
    /// What has to be typed.
    Field,
    /// Leave.
    Cancel,
    /// Start them.
    Start,
}

impl PlanAsking {
    pub(in crate::app) fn new(from: PlanFrom, checked: CheckedPlan, unsure: usize) -> Self {
        let mut asking = Self {
            from,
            checked,
            unsure,
            confirmed_domain: BTreeSet::new(),
            insisted: false,
            typed: TextField::default(),
            focus: AskFocus::Cancel,
            reading: Reading::default(),
        };
        asking.focus = asking.focuses().first().copied().unwrap_or(AskFocus::Cancel);
        asking
    }

    /// What has to be typed: the account's id, or the number of accounts; `None` where nothing waits and
    /// only what is not known is looked into.
    pub(crate) fn token(&self) -> Option<String> {
        (!self.checked.changes.is_empty()).then(|| self.checked.token())
    }

    /// Whether what has to be typed was.
    pub(crate) fn is_typed(&self) -> bool {
        self.token().is_none_or(|token| self.typed.text().trim() == token)
    }

    /// Whether it may be started when its button is pressed.
    pub(crate) fn is_ready(&self) -> bool {
        self.reading.is_done && self.is_typed() && self.first_unanswered().is_none()
    }

    /// The same as command lines.
    pub(crate) fn aws_commands(&self, caller: &CallerOptions) -> Vec<AwsCommand> {
        let of = |change: &PlannedChange| {
            let (account, old, new) = (change.account.id, change.account.email.clone(), change.new.clone());
            Change::StartEmailChange { account, old, new }.command(caller)
        };
        self.checked.changes.iter().map(of).collect()
    }

    /// What can have the focus, in order.
    pub(crate) fn focuses(&self) -> Vec<AskFocus> {
        let domains = (0..self.checked.new_domains.len()).map(AskFocus::Domain);
        let field = self.token().map(|_| AskFocus::Field);
        let unusual = (!self.checked.unusual.is_empty()).then_some(AskFocus::Unusual);
        domains.chain(unusual).chain(field).chain([AskFocus::Cancel, AskFocus::Start]).collect()
    }

    /// The place of the first question that has no answer.
    pub(crate) fn first_unanswered(&self) -> Option<AskFocus> {
        let unanswered = self.checked.new_domains.iter().position(|new| !self.confirmed_domain.contains(&new.domain));
        let unusual = || (!self.insisted && !self.checked.unusual.is_empty()).then_some(AskFocus::Unusual);
        unanswered.map(AskFocus::Domain).or_else(unusual)
    }

    /// Whether the question in focus has its answer.
    pub(in crate::app) fn is_answered(&self) -> bool {
        match self.focus {
            AskFocus::Domain(place) => {
                self.checked.new_domains.get(place).is_some_and(|new| self.confirmed_domain.contains(&new.domain))
            }
            AskFocus::Unusual => self.insisted,
            AskFocus::Field | AskFocus::Cancel | AskFocus::Start => true,
        }
    }

    /// Answers the question in focus, or takes that back; whether there is one.
    pub(in crate::app) fn answer(&mut self) -> bool {
        match self.focus {
            AskFocus::Domain(place) => self.confirm_domain(place),
            AskFocus::Unusual => self.insisted = !self.insisted,
            AskFocus::Field | AskFocus::Cancel | AskFocus::Start => return false,
        }
        true
    }

    /// Says that the domain in focus is ours, or takes that back.
    fn confirm_domain(&mut self, place: usize) {
        if let Some(new) = self.checked.new_domains.get(place)
            && !self.confirmed_domain.remove(&new.domain)
        {
            self.confirmed_domain.insert(new.domain.clone());
        }
    }
}
