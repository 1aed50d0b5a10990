//! What a plan would start, and the questions that have to be answered first.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::app::field::TextField;
use crate::app::focus::{Focus, cycle};
use crate::app::reading::Reading;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::Change;
use crate::domain::email_plan::{CheckedPlan, PlanId, PlanRow, PlannedChange};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PlanFrom {
    /// A file, by its whole path, and its lines.
    File(PathBuf, Vec<PlanRow>),
    /// Marked accounts, and their lines.
    Marked(Vec<PlanRow>),
    /// The records: the rest of a plan that was confirmed before.
    Kept(PlanId),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanAsking {
    pub from: PlanFrom,
    /// What the check has found. Of a plan that is resumed, lines with problems can't be started any more.
    pub checked: CheckedPlan,
    /// How many of the plan's items may or may not have been started: that is found out first.
    pub unsure: usize,
    /// The new domains that the person says are theirs.
    pub confirmed_domain: BTreeSet<String>,
    /// Whether the person wants to use addresses that AWS documents as invalid.
    pub insisted: bool,
    pub typed: TextField,
    pub reading: Reading,
}

impl PlanAsking {
    pub(in crate::app) fn new(from: PlanFrom, checked: CheckedPlan, unsure: usize) -> Self {
        Self {
            from,
            checked,
            unsure,
            confirmed_domain: BTreeSet::new(),
            insisted: false,
            typed: TextField::default(),
            reading: Reading::default(),
        }
    }

    /// What has to be typed: the account's id, or the number of accounts; `None` where nothing is left to start.
    pub(crate) fn token(&self) -> Option<String> {
        (!self.checked.changes.is_empty()).then(|| self.checked.token())
    }

    pub(crate) fn is_typed(&self) -> bool {
        self.token().is_none_or(|token| self.typed.text().trim() == token)
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.reading.is_done && self.is_typed() && self.first_unanswered().is_none()
    }

    pub(crate) fn aws_commands(&self, caller: &CallerOptions) -> Vec<AwsCommand> {
        let of = |change: &PlannedChange| {
            let (account, old, new) = (change.account.id, change.account.email.clone(), change.new.clone());
            Change::StartEmailChange { account, old, new }.command(caller)
        };
        self.checked.changes.iter().map(of).collect()
    }

    /// In order: the questions about new domains, the one about addresses that AWS documents as invalid, what
    /// has to be typed, the buttons.
    pub(crate) fn focuses(&self) -> Vec<Focus> {
        let domains = (0..self.checked.new_domains.len()).map(Focus::Item);
        let unusual = (!self.checked.unusual.is_empty()).then_some(Focus::Other);
        let field = self.token().map(|_| Focus::Field);
        domains.chain(unusual).chain(field).chain([Focus::Cancel, Focus::Act]).collect()
    }

    pub(crate) fn first_unanswered(&self) -> Option<Focus> {
        self.focuses().into_iter().find(|question| self.is_answered(*question) == Some(false))
    }

    /// Whether this question has its answer; `None` if it is none.
    pub(in crate::app) fn is_answered(&self, question: Focus) -> Option<bool> {
        match question {
            Focus::Item(place) => {
                let new = self.checked.new_domains.get(place)?;
                Some(self.confirmed_domain.contains(&new.domain))
            }
            Focus::Other => Some(self.insisted),
            _ => None,
        }
    }

    /// Answers this question, or takes its answer back; whether it is one.
    pub(in crate::app) fn answer(&mut self, question: Focus) -> bool {
        match question {
            Focus::Item(place) => {
                if let Some(new) = self.checked.new_domains.get(place)
                    && !self.confirmed_domain.remove(&new.domain)
                {
                    self.confirmed_domain.insert(new.domain.clone());
                }
            }
            Focus::Other => self.insisted = !self.insisted,
            _ => return false,
        }
        true
    }

    /// Where Enter leads from `focus`, which is not on the button of what is ready.
    pub(in crate::app) fn next(&self, focus: Focus) -> Focus {
        match self.is_answered(focus) {
            Some(true) => cycle(&self.focuses(), focus, 1),
            // Enter alone must not carry anyone through a question: space answers it.
            Some(false) => focus,
            None if self.is_typed() => self.first_unanswered().unwrap_or(Focus::Act),
            None => self.first_unanswered().unwrap_or(Focus::Field),
        }
    }
}
