use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::confirm::Confirm;
use crate::app::layers::Layer;
use crate::app::model::refused::{Refused, refusal_in};
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::choices::{PolicyAction, RootChoice, RootTask};
use crate::domain::change::Change;
use crate::domain::journal::Subject;
use crate::domain::permit::Refusal;
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::root_change::RootChange;
use crate::domain::task_policy::TaskPolicy;

impl App {
    /// Says why a command can't run. If it would have started a change, the refusal is journaled.
    pub(in crate::app) fn refuse(&mut self, command: CommandId, why: DisabledReason) {
        if let Some(refusal) = refusal_in(&why) {
            for (subject, refusal) in self.attempted(command, refusal) {
                self.model.journal_refusal(subject, refusal);
            }
        }
        self.model.out.notify(Notification::Unavailable(command, why));
    }

    pub(in crate::app) fn refuse_task(&mut self, choice: RootChoice, why: DisabledReason) {
        if let (Some(refusal), Some(subject)) = (refusal_in(&why), self.attempted_task(choice)) {
            self.model.journal_refusal(subject, refusal);
        }
        self.model.out.notify(Notification::Unavailable(CommandId::RootTasks, why));
    }

    /// A confirmation that can only be cancelled is a refusal.
    pub(in crate::app) fn open_confirm(&mut self, mut dialog: Confirm) {
        dialog.present = self.present_policy(&dialog.change);
        if let Some(refusal) = dialog.refusal.clone().filter(|_| dialog.fix().is_none()) {
            self.model.journal_refusal(Subject::of(&dialog.change, None), refusal);
        }
        self.layers.push(Layer::Confirm(dialog));
    }

    /// What the command would have started, each with the reason against it; empty if it changes
    /// nothing in AWS, or leads to a menu or dialog that refuses by itself.
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
            C::Toggle => {
                self.switch_in_focus().map(|switch| Subject::of(&switch.set(self.model.target(&switch)), None))
            }
            C::Remedy => self.model.readiness.selected().and_then(|flow| flow.startable()).map(|it| Subject::of(it, None)),
            C::Delegate => self.model.attempted_delegation(),
            C::DeleteCredentials => return self.model.attempted_deletion(&self.chosen_accounts(), refusal),
            // These move, show and read, or change only the store.
            C::Up | C::Down | C::PageUp | C::PageDown | C::HalfPageUp | C::HalfPageDown | C::First | C::Last
            | C::Open | C::OpenChange | C::NameAddress | C::ForgetChange | C::AskMenu | C::CopyMail | C::Verify | C::Contacts
            | C::OpenRoot | C::Audit | C::AuditMenu | C::Results | C::PlanTemplate | C::PauseRun | C::StopRun
            | C::Mark | C::MarkRange | C::MarkShown | C::InvertMarks | C::ClearMarks | C::UndoMarks | C::ReadPageAgain | C::OpenEntry | C::ResolveEntry
            | C::CopyRequestId | C::CopyLookup | C::OpenConsole | C::Export | C::Filter | C::Find | C::FindNext | C::FindPrevious | C::Sort | C::ReverseSort | C::ChooseColumns | C::CheckLine | C::EditText | C::CheckLocks | C::BrowseUnits
            | C::CopyMenu | C::Refresh | C::ChooseProfile | C::NextOrganization | C::SignIn | C::NextPane | C::PreviousPane
            | C::ViewAccounts | C::ViewEmailChanges | C::ViewRootAccess | C::ViewOrganization | C::CopyPolicy
            | C::ManagedPolicies | C::ExplainScps | C::ViewReadiness | C::ViewJournal | C::ViewMailbox | C::ReadNotice | C::Findings
            | C::Acknowledge | C::Palette | C::Help | C::Back | C::Quit | C::QuitNow | C::Suspend | C::Redraw
            | C::FilterKeep | C::FilterClear
            // What these lead to refuses by itself, with its own subject.
            | C::OpenSwitch | C::OpenFlow | C::RootTasks | C::RootSessions | C::LeftOpen | C::Choose | C::DialogNext
            | C::DialogPrevious | C::DialogAct | C::DialogClose | C::DialogCopy | C::DialogReveal
            | C::DialogReason => None,
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
            RootChoice::Task(account, RootTask::Session) => {
                let change = RecordedChange::OpenRootSession { task: None, seconds: None, accounts: None };
                Some(Subject { account: Some(account), operation: Subject::SESSION, change, reason: None })
            }
            RootChoice::Open(key) => session(key.account, key.task),
            RootChoice::Policy(PolicyAction::Delete | PolicyAction::PutFile) => {
                let view = self.policy_view()?;
                let task = match view.holder {
                    PolicyHolder::Bucket { .. } => TaskPolicy::UnlockBucketPolicy,
                    PolicyHolder::Queue { .. } => TaskPolicy::UnlockQueuePolicy,
                };
                session(view.account, task)
            }
            // An open session is only shown; a policy is saved to a file, edited, or read.
            RootChoice::Session(_) | RootChoice::Policy(_) => None,
        }
    }
}
