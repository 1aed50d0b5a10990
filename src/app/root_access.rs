//! What is known of the root credentials of the accounts, and the run under way.

use std::collections::BTreeMap;

use super::App;
use super::asked::ReadId;
use super::effect::{Effect, RunId};
use super::msg::Answer;
use crate::domain::account::AccountId;
use crate::domain::fetched::Known;
use crate::domain::root_credentials::RootAudit;
use crate::domain::run::RunReport;

/// The audits of this run of the program.
#[derive(Clone, Debug, Default)]
pub struct RootAccess {
    /// The newest audit of each account, and when it was made.
    pub audits: BTreeMap<AccountId, Known<RootAudit>>,
}

impl App {
    /// Takes news of a run.
    pub(super) fn run_report(&mut self, id: RunId, report: RunReport, effects: &mut Vec<Effect>) {
        let _ = (id, effects);
        match report {
            RunReport::Audited(account, audit) | RunReport::Deleted { account, audit, .. } => {
                self.root.audits.insert(account, Known { value: *audit, at: self.now });
            }
            RunReport::Throttled(_) | RunReport::Ended => {}
        }
    }

    /// Takes what a look into a member account, or a file, gave; whether its failure is still to be told.
    pub(super) fn visited(&mut self, id: ReadId, answer: Answer, effects: &mut Vec<Effect>) -> bool {
        self.take_visit(id, answer, effects)
    }
}
