use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::StoreRequest;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::choices::SkippedAccount;
use crate::app::state::organization::OrganizationRow;
use crate::domain::account::AccountId;
use crate::domain::change::{Change, REGISTER_DELEGATE, Switch};
use crate::domain::email_plan::{CheckedPlan, PlanProblem};
use crate::domain::journal::Subject;
use crate::domain::mail_match::{LeftMail, MailProblem};
use crate::domain::permit::{Refusal, permit_email_of};
use crate::domain::recorded_change::RecordedChange;
use crate::domain::task_policy::TaskPolicy;

pub(in crate::app) type Refused = (Subject, Refusal);

impl Model {
    pub(in crate::app) fn refuse_change(&mut self, command: CommandId, change: &Change, why: DisabledReason) {
        if let Some(refusal) = refusal_in(&why) {
            self.journal_refusal(Subject::of(change, None), refusal);
        }
        self.out.notify(Notification::Unavailable(command, why));
    }

    pub(in crate::app) fn journal_skipped(&mut self, skipped: &[SkippedAccount]) {
        for one in skipped {
            let subject = Subject::of_session(Some(one.account), TaskPolicy::DeleteRootCredentials);
            self.journal_refusal(subject, one.reason.clone());
        }
    }

    /// Of a plan with refused lines, nothing is started.
    pub(in crate::app) fn journal_refused_lines(&mut self, checked: &CheckedPlan) {
        for problem in &checked.problems {
            if let (PlanProblem::NotPermitted(refusal), Ok(account)) = (&problem.problem, problem.account.parse()) {
                self.journal_refusal(Subject::of_start(account, Some(problem.line)), refusal.clone());
            }
        }
    }

    pub(in crate::app) fn journal_skipped_of_plan(&mut self, skipped: &[AccountId]) {
        for &account in skipped {
            if let Err(refusal) = permit_email_of(account, &self.facts(self.accounts.get(account))) {
                self.journal_refusal(Subject::of_start(account, None), refusal);
            }
        }
    }

    pub(in crate::app) fn journal_refused_mails(&mut self, left: &[LeftMail]) {
        for mail in left {
            if let MailProblem::Refused(refusal) = &mail.why {
                self.journal_refusal(Subject::of_acceptance(mail.account, &mail.address), refusal.clone());
            }
        }
    }

    pub(in crate::app) fn journal_refusal(&mut self, subject: Subject, refusal: Refusal) {
        // Before that it is not known whose journal it is.
        if refusal != Refusal::IdentityUnconfirmed && self.organization.value().is_some() {
            self.keep(StoreRequest::Refusal(subject, refusal));
        }
    }

    pub(in crate::app) fn attempted_delegation(&self) -> Option<Subject> {
        match self.switches.selected()? {
            OrganizationRow::Delegate(account, service) => {
                Some(Subject::of(&Change::Delegation { account, service, register: false }, None))
            }
            // No account was named yet.
            OrganizationRow::Service(service) => {
                let change = RecordedChange::RegisterDelegatedAdministrator { service };
                Some(Subject { account: None, operation: REGISTER_DELEGATE, change, reason: None })
            }
            OrganizationRow::Feature(_) => None,
        }
    }

    /// A reason found in an account applies to that account alone: each has its own.
    pub(in crate::app) fn attempted_deletion(&self, accounts: &[AccountId], refusal: Refusal) -> Vec<Refused> {
        let task = TaskPolicy::DeleteRootCredentials;
        let subject = Subject::of_session(None, task);
        match accounts {
            [account] => vec![(Subject { account: Some(*account), ..subject }, refusal)],
            accounts if refusal.is_of_account() => {
                let skipped = self.targets(task, accounts).map(|(_, skipped)| skipped).unwrap_or_default();
                let of = |one: SkippedAccount| (Subject::of_session(Some(one.account), task), one.reason);
                skipped.into_iter().map(of).collect()
            }
            accounts => {
                let accounts = Some(accounts.len() as u64);
                let change = RecordedChange::OpenRootSession { task: Some(task), seconds: None, accounts };
                vec![(Subject { change, ..subject }, refusal)]
            }
        }
    }
}

/// The rule that refuses; `None` where the reason is another. That a command has no meaning for a service is no refusal:
/// nothing was tried.
pub(in crate::app) fn refusal_in(why: &DisabledReason) -> Option<Refusal> {
    match why {
        DisabledReason::Refusal(Refusal::DelegateElsewhere(_) | Refusal::OwnConsole(_)) => None,
        DisabledReason::Refusal(refusal) => Some(refusal.clone()),
        DisabledReason::Gate(Switch::TrustedAccess(service), _) => Some(Refusal::NeedsTrustedAccess(service.clone())),
        DisabledReason::Gate(Switch::RootFeature(feature), _) => Some(Refusal::NeedsRootFeature(*feature)),
        _ => None,
    }
}
