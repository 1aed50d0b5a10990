//! What rootdeck itself does not let a person do is journaled, on screen as without one.

use super::App;
use super::command::{CommandId, Why};
use super::effect::{Effect, Keeping};
use super::root_tasks::{RootChoice, RootTask};
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::journal::Subject;
use crate::domain::permit::Refusal;
use crate::domain::root_change::RootChange;
use crate::domain::task_policy::TaskPolicy;

impl App {
    /// Journals that a command was refused that begins a change.
    pub(super) fn journal_refused(&mut self, command: CommandId, why: &Why, effects: &mut Vec<Effect>) {
        if let Some(subject) = self.attempted(command) {
            self.journal_attempt(subject, why, effects);
        }
    }

    /// Journals that a task of root was refused.
    pub(super) fn journal_refused_task(&mut self, choice: RootChoice, why: &Why, effects: &mut Vec<Effect>) {
        let of = |account, change| Some(Subject::of(&Change::Root { account, change }, None));
        let subject = match choice {
            RootChoice::Task(account, RootTask::AllowRecovery) => of(account, RootChange::AllowPasswordRecovery),
            RootChoice::Task(account, RootTask::CloseRecovery) | RootChoice::Close(account) => {
                of(account, RootChange::ClosePasswordRecovery)
            }
            RootChoice::Task(account, RootTask::UnlockBucket) => {
                Some(Subject::of_session(Some(account), TaskPolicy::UnlockBucketPolicy))
            }
            RootChoice::Task(account, RootTask::UnlockQueue) => {
                Some(Subject::of_session(Some(account), TaskPolicy::UnlockQueuePolicy))
            }
            RootChoice::Task(account, RootTask::Session) => Some(Subject {
                account: Some(account),
                operation: Subject::SESSION,
                summary: "open a root session".to_owned(),
                reason: None,
            }),
            RootChoice::Open(key) => Some(Subject::of_session(Some(key.account), key.task)),
            RootChoice::InHand(_) | RootChoice::Policy(_) => None,
        };
        if let Some(subject) = subject {
            self.journal_attempt(subject, why, effects);
        }
    }

    fn journal_attempt(&mut self, subject: Subject, why: &Why, effects: &mut Vec<Effect>) {
        let Why::Refusal(refusal) = why else { return };
        // Before that nobody knows whose journal it is.
        if *refusal != Refusal::IdentityUnconfirmed && self.organization.value().is_some() {
            self.keep(Keeping::Refusal(subject, refusal.clone()), effects);
        }
    }

    /// What the command would have begun; `None` if it changes nothing.
    fn attempted(&self, command: CommandId) -> Option<Subject> {
        let selected = self.selected_id();
        let of_email = |operation, summary: &str| {
            Some(Subject { account: selected, operation, summary: summary.to_owned(), reason: None })
        };
        match command {
            CommandId::ChangeEmail => of_email(Subject::START, "start a primary email change"),
            CommandId::SendAgain => of_email(Subject::START, "have a one-time password sent again"),
            CommandId::EnterOtp => of_email(Subject::ACCEPT, "accept a primary email change"),
            CommandId::BulkPlan => {
                let summary = "start the primary email changes of a plan".to_owned();
                Some(Subject { account: None, operation: Subject::START, summary, reason: None })
            }
            CommandId::Toggle => {
                let switch = self.switch_in_focus()?;
                Some(Subject::of(&switch.set(self.target(&switch)), None))
            }
            CommandId::DeleteCredentials => {
                let accounts: Vec<AccountId> = self.accounts_in_hand();
                let subject = Subject::of_session(None, TaskPolicy::DeleteRootCredentials);
                Some(match accounts.as_slice() {
                    [account] => Subject { account: Some(*account), ..subject },
                    accounts => {
                        Subject { summary: format!("{}, in {} accounts", subject.summary, accounts.len()), ..subject }
                    }
                })
            }
            _ => None,
        }
    }
}
