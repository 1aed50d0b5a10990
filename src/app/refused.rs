//! What rootdeck itself does not let a person do is said and journaled, on screen as without one. Whatever
//! says that a command can't run goes this way.

use super::App;
use super::command::{CommandId, DisabledReason};
use super::confirm::Confirm;
use super::effect::StoreRequest;
use super::layers::Layer;
use super::mails::{LeftMail, MailProblem};
use super::notification::Notification;
use super::organization::OrganizationRow;
use super::policies::PolicyAction;
use super::root_access::LeftOutAccount;
use super::root_tasks::{RootChoice, RootTask};
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::change::{Change, REGISTER_DELEGATE, Switch};
use crate::domain::email_plan::{CheckedPlan, PlanProblem};
use crate::domain::journal::Subject;
use crate::domain::permit::{Refusal, permit_email_of};
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::recorded_change::{RecordedAddress, RecordedChange};
use crate::domain::root_change::RootChange;
use crate::domain::task_policy::TaskPolicy;

/// What was refused, and why.
type Refused = (Subject, Refusal);

impl Model {
    /// The same of a change that a menu offers.
    pub(super) fn refuse_change(&mut self, command: CommandId, change: &Change, why: DisabledReason) {
        if let Some(refusal) = refusal_in(&why) {
            self.journal_refusal(Subject::of(change, None), refusal);
        }
        self.out.notify(Notification::Unavailable(command, why));
    }

    /// Journals the accounts that a deletion of root credentials leaves out.
    pub(super) fn journal_left_out(&mut self, left_out: &[LeftOutAccount]) {
        for one in left_out {
            let subject = Subject::of_session(Some(one.account), TaskPolicy::DeleteRootCredentials);
            self.journal_refusal(subject, one.reason.clone());
        }
    }

    /// Journals the lines that rootdeck does not let out: of such a plan nothing is started.
    pub(super) fn journal_refused_lines(&mut self, checked: &CheckedPlan) {
        for problem in &checked.problems {
            if let (PlanProblem::NotPermitted(refusal), Ok(account)) = (&problem.problem, problem.account.parse()) {
                self.journal_refusal(Subject::of_start(account, Some(problem.line)), refusal.clone());
            }
        }
    }

    /// Journals the accounts whose primary email rootdeck does not let a plan change.
    pub(super) fn journal_left_out_of_plan(&mut self, left_out: &[AccountId]) {
        for &account in left_out {
            if let Err(refusal) = permit_email_of(account, &self.facts(self.accounts.get(account))) {
                self.journal_refusal(Subject::of_start(account, None), refusal);
            }
        }
    }

    /// Journals the mails whose change rootdeck does not let a person accept.
    pub(super) fn journal_refused_mails(&mut self, left: &[LeftMail]) {
        for mail in left {
            if let MailProblem::Refused(refusal) = &mail.why {
                let new_email = Some(RecordedAddress::Known(mail.address.clone()));
                let change = RecordedChange::AcceptPrimaryEmailChange { new_email };
                let subject = Subject { account: mail.account, operation: Subject::ACCEPT, change, reason: None };
                self.journal_refusal(subject, refusal.clone());
            }
        }
    }

    fn journal_refusal(&mut self, subject: Subject, refusal: Refusal) {
        // Before that nobody knows whose journal it is.
        if refusal != Refusal::IdentityUnconfirmed && self.organization.value().is_some() {
            self.keep(StoreRequest::Refusal(subject, refusal));
        }
    }

    /// Turning a switch to what it is not.
    fn toggling(&self, switch: &Switch) -> Subject {
        Subject::of(&switch.set(self.target(switch)), None)
    }

    fn attempted_delegation(&self) -> Option<Subject> {
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

    /// A reason that lies in an account holds for that alone: each has its own.
    fn attempted_deletion(&self, accounts: &[AccountId], refusal: Refusal) -> Vec<Refused> {
        let task = TaskPolicy::DeleteRootCredentials;
        let subject = Subject::of_session(None, task);
        match accounts {
            [account] => vec![(Subject { account: Some(*account), ..subject }, refusal)],
            accounts if refusal.is_of_account() => {
                let left_out = self.targets(task, accounts).map(|(_, left_out)| left_out).unwrap_or_default();
                let of = |one: LeftOutAccount| (Subject::of_session(Some(one.account), task), one.reason);
                left_out.into_iter().map(of).collect()
            }
            accounts => {
                let accounts = Some(accounts.len() as u64);
                let change = RecordedChange::OpenRootSession { task: Some(task), seconds: None, accounts };
                vec![(Subject { change, ..subject }, refusal)]
            }
        }
    }
}

impl App {
    /// Says why a command can't run. If it would have begun a change, that is journaled as refused.
    pub(super) fn refuse(&mut self, command: CommandId, why: DisabledReason) {
        if let Some(refusal) = refusal_in(&why) {
            for (subject, refusal) in self.attempted(command, refusal) {
                self.model.journal_refusal(subject, refusal);
            }
        }
        self.model.out.notify(Notification::Unavailable(command, why));
    }

    /// The same of a task of root.
    pub(super) fn refuse_task(&mut self, choice: RootChoice, why: DisabledReason) {
        if let (Some(refusal), Some(subject)) = (refusal_in(&why), self.attempted_task(choice)) {
            self.model.journal_refusal(subject, refusal);
        }
        self.model.out.notify(Notification::Unavailable(CommandId::RootTasks, why));
    }

    /// Opens a confirmation. One that can only be left is a refusal.
    pub(super) fn open_confirm(&mut self, mut dialog: Confirm) {
        dialog.present = self.present_policy(&dialog.change);
        if let Some(refusal) = dialog.refusal.clone().filter(|_| dialog.fix().is_none()) {
            self.model.journal_refusal(Subject::of(&dialog.change, None), refusal);
        }
        self.layers.push(Layer::Confirm(dialog));
    }

    /// What the command would have begun, each with the reason against it; nothing if it changes nothing in
    /// AWS, or leads to a menu or dialog that is refused by itself.
    fn attempted(&self, command: CommandId, refusal: Refusal) -> Vec<Refused> {
        use CommandId as C;
        let selected = self.selected_id();
        let of = |account, operation, change| Some(Subject { account, operation, change, reason: None });
        let subject = match command {
            C::ChangeEmail if self.model.root.marks.is_empty() => {
                of(selected, Subject::START, RecordedChange::start_of_email_change(None))
            }
            C::ChangeEmail => Some(Subject::of_plan(Some(self.model.root.marks.len()))),
            C::SendAgain => of(selected, Subject::START, RecordedChange::SendOneTimePasswordAgain),
            C::EnterOtp => {
                of(selected, Subject::ACCEPT, RecordedChange::AcceptPrimaryEmailChange { new_email: None })
            }
            C::ReadMails => of(None, Subject::ACCEPT, RecordedChange::AcceptPrimaryEmailChangesOfMails),
            C::BulkPlan => Some(Subject::of_plan(None)),
            C::Toggle => self.switch_in_focus().map(|switch| self.model.toggling(&switch)),
            C::Remedy => self.model.readiness.selected().and_then(|flow| flow.startable()).map(|it| Subject::of(it, None)),
            C::Delegate => self.model.attempted_delegation(),
            C::DeleteCredentials => return self.model.attempted_deletion(&self.accounts_in_hand(), refusal),
            // These move, show and read, or change only what this machine keeps.
            C::Up | C::Down | C::PageUp | C::PageDown | C::HalfPageUp | C::HalfPageDown | C::First | C::Last
            | C::Open | C::OpenChange | C::NameAddress | C::ForgetChange | C::AskMenu | C::CopyMail | C::Verify
            | C::OpenRoot | C::Audit | C::AuditMenu | C::Results | C::PlanTemplate | C::PauseRun | C::StopRun
            | C::Mark | C::MarkShown | C::ClearMarks | C::ReadPageAgain | C::OpenEntry | C::ResolveEntry
            | C::CopyRequestId | C::CopyLookup | C::ExportJournal | C::Filter | C::Sort | C::ReverseSort
            | C::CopyMenu | C::Refresh | C::ChooseProfile | C::SignIn | C::NextPane | C::PreviousPane
            | C::ViewAccounts | C::ViewEmailChanges | C::ViewRootAccess | C::ViewOrganization | C::CopyPolicy
            | C::ManagedPolicies | C::ViewReadiness | C::ViewJournal | C::ViewMailbox | C::ReadNotice | C::Findings
            | C::Acknowledge | C::Palette | C::Help | C::Back | C::Quit | C::QuitNow | C::Suspend | C::Redraw
            | C::FilterKeep | C::FilterClear
            // What these lead to refuses by itself, with its own subject.
            | C::OpenFlow | C::RootTasks | C::RootSessions | C::LeftOpen | C::Choose | C::DialogNext
            | C::DialogPrevious | C::DialogAct | C::DialogClose | C::DialogCopy | C::DialogReveal => None,
        };
        subject.map(|subject| (subject, refusal)).into_iter().collect()
    }

    fn attempted_task(&self, choice: RootChoice) -> Option<Subject> {
        let of = |account, change| Some(Subject::of(&Change::Root { account, change }, None));
        let session = |account, task| Some(Subject::of_session(Some(account), task));
        match choice {
            RootChoice::Task(account, RootTask::AllowRecovery) => of(account, RootChange::AllowPasswordRecovery),
            RootChoice::Task(account, RootTask::CloseRecovery) | RootChoice::Close(account) => {
                of(account, RootChange::ClosePasswordRecovery)
            }
            RootChoice::Task(account, RootTask::UnlockBucket) => session(account, TaskPolicy::UnlockBucketPolicy),
            RootChoice::Task(account, RootTask::UnlockQueue) => session(account, TaskPolicy::UnlockQueuePolicy),
            RootChoice::Task(account, RootTask::Session) => Some(Subject {
                account: Some(account),
                operation: Subject::SESSION,
                change: RecordedChange::OpenRootSession { task: None, seconds: None, accounts: None },
                reason: None,
            }),
            RootChoice::Open(key) => session(key.account, key.task),
            RootChoice::Policy(PolicyAction::Delete | PolicyAction::PutFile) => {
                let view = self.policy_view()?;
                let task = match view.holder {
                    PolicyHolder::Bucket { .. } => TaskPolicy::UnlockBucketPolicy,
                    PolicyHolder::Queue { .. } => TaskPolicy::UnlockQueuePolicy,
                };
                session(view.account, task)
            }
            // What is in hand is only shown; a policy is saved to a file, or read.
            RootChoice::InHand(_) | RootChoice::Policy(PolicyAction::Save | PolicyAction::ReadAgain) => None,
        }
    }
}

/// The rule that stands in the way; `None` where it is something else.
fn refusal_in(why: &DisabledReason) -> Option<Refusal> {
    match why {
        DisabledReason::Refusal(refusal) => Some(refusal.clone()),
        DisabledReason::Gate(Switch::TrustedAccess(service), _) => Some(Refusal::NeedsTrustedAccess(service.clone())),
        DisabledReason::Gate(Switch::RootFeature(feature), _) => Some(Refusal::NeedsRootFeature(*feature)),
        _ => None,
    }
}
