//! The privileged tasks of root in a member account: which there are, whether they can be done now,
//! and how each begins.

use super::App;
use super::command::DisabledReason;
use super::confirm::{Confirm, Then};
use super::effect::Read;
use super::layers::{Choice, Layer, Menu, MenuKind};
use super::policies::{FindQueues, Found, Holders, PolicyAction, PolicyPage};
use super::sessions::{OpenSession, SessionView};
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::change::{Change, Switch};
use crate::domain::permit::{Refusal, permit_look, permit_task};
use crate::domain::root_change::RootChange;
use crate::domain::root_session::SessionKey;
use crate::domain::task_policy::TaskPolicy;

/// A task of root in one member account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootTask {
    /// Let the root mailbox set a password.
    AllowRecovery,
    /// Take that back.
    CloseRecovery,
    /// Read, delete and put the policy of a bucket.
    UnlockBucket,
    /// The same for a queue.
    UnlockQueue,
    /// Open a session and hand it over to a shell or another program.
    Session,
}

impl RootTask {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 5] =
        [Self::AllowRecovery, Self::CloseRecovery, Self::UnlockBucket, Self::UnlockQueue, Self::Session];

    /// The task policy whose session it works in; `None` where the person has yet to choose it.
    #[must_use]
    pub fn policy(self) -> Option<TaskPolicy> {
        match self {
            Self::AllowRecovery => Some(TaskPolicy::AllowPasswordRecovery),
            Self::CloseRecovery => Some(TaskPolicy::DeleteRootCredentials),
            Self::UnlockBucket => Some(TaskPolicy::UnlockBucketPolicy),
            Self::UnlockQueue => Some(TaskPolicy::UnlockQueuePolicy),
            Self::Session => None,
        }
    }
}

/// What the menus of the tasks ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootMenu {
    /// Which task to begin in this account.
    Tasks(AccountId),
    /// What to open a session in this account for.
    Policies(AccountId),
    /// Which session in hand to look at.
    Sessions,
    /// Which account that was left open to close.
    LeftOpen,
    /// What to do with the policy on screen.
    Policy,
}

/// A choice of these menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootChoice {
    /// A task.
    Task(AccountId, RootTask),
    /// A session to hand over.
    Open(SessionKey),
    /// A session in hand.
    InHand(SessionKey),
    /// An account whose recovery is to be closed.
    Close(AccountId),
    /// Something to do with the policy on screen.
    Policy(PolicyAction),
}

impl Model {
    fn can_begin(&self, account: AccountId, task: RootTask) -> Result<(), DisabledReason> {
        let Some(policy) = task.policy() else {
            let keys = TaskPolicy::ALL.map(|task| self.can_open_session(SessionKey { account, task }));
            // One that can be opened, at most after its gate, is enough; else the first reason.
            let open = keys
                .iter()
                .any(|can| matches!(can, Ok(()) | Err(DisabledReason::Refusal(Refusal::NeedsRootFeature(_)))));
            return if open { Ok(()) } else { keys.into_iter().next().unwrap_or(Ok(())) };
        };
        let looks = matches!(task, RootTask::UnlockBucket | RootTask::UnlockQueue);
        let facts = self.facts(self.accounts.get(account));
        let permitted = if looks { permit_look(policy, account, &facts) } else { permit_task(policy, account, &facts) };
        permitted.map_err(DisabledReason::Refusal)?;
        let writes = matches!(task, RootTask::AllowRecovery | RootTask::CloseRecovery);
        let busy = writes && self.writes.values().any(|change| change.account() == Some(account));
        if busy { Err(DisabledReason::UnderWay) } else { Ok(()) }
    }

    /// A session to hand over can do whatever its task policy allows, out of the program's sight, so a
    /// run that writes nothing opens none.
    fn can_open_session(&self, key: SessionKey) -> Result<(), DisabledReason> {
        if self.start.rules.read_only {
            return Err(DisabledReason::Refusal(Refusal::ReadOnly));
        }
        self.permit_task_in(key.account, key.task).map_err(DisabledReason::Refusal)
    }

    fn permit_task_in(&self, account: AccountId, task: TaskPolicy) -> Result<(), Refusal> {
        permit_task(task, account, &self.facts(self.accounts.get(account)))
    }

    /// The switch that has to be on before the task, if that alone stands in its way and the caller
    /// can turn it on; why the caller can't otherwise.
    pub(crate) fn gate(&self, why: &DisabledReason) -> Option<Result<Switch, DisabledReason>> {
        let DisabledReason::Refusal(refusal) = why else { return None };
        let switch = refusal.gate()?;
        Some(match self.can_turn(&switch) {
            Ok(()) => Ok(switch),
            Err(cannot) => Err(DisabledReason::Gate(switch, Box::new(cannot))),
        })
    }
}

impl App {
    /// Opens the menu of the tasks of the selected account.
    pub(super) fn root_tasks(&mut self, account: AccountId) {
        let items = RootTask::ALL.into_iter().map(|task| RootChoice::Task(account, task)).collect();
        self.root_menu(RootMenu::Tasks(account), items);
    }

    pub(super) fn root_menu(&mut self, kind: RootMenu, items: Vec<RootChoice>) {
        let items = items.into_iter().map(Choice::Root).collect();
        self.layers.push(Layer::Menu(Menu::new(MenuKind::Root(kind), items)));
    }

    /// Whether a choice of these menus can be taken now, and if not, why not. What only needs a
    /// switch to be on first is told apart by `App::gate`.
    ///
    /// # Errors
    /// The reason against it.
    pub fn can_choose_root(&self, choice: RootChoice) -> Result<(), DisabledReason> {
        match choice {
            RootChoice::Task(account, task) => self.model.can_begin(account, task),
            RootChoice::Open(key) if self.model.sessions.get(key).is_some() => Ok(()),
            RootChoice::Open(key) if self.model.sessions.is_asked(key) => Err(DisabledReason::UnderWay),
            RootChoice::Open(key) => self.model.can_open_session(key),
            RootChoice::InHand(key) => self.model.sessions.get(key).map(|_| ()).ok_or(DisabledReason::NoSession),
            RootChoice::Close(account) => self.model.can_begin(account, RootTask::CloseRecovery),
            RootChoice::Policy(action) => self.can_do_with_policy(action),
        }
    }

    /// Takes a choice: begins it, opens the confirmation of its gate, or says why neither can be.
    pub(super) fn choose_root(&mut self, choice: RootChoice) {
        match self.can_choose_root(choice) {
            Ok(()) => {
                self.layers.pop();
                self.begin(choice);
            }
            Err(why) => match self.model.gate(&why).unwrap_or(Err(why)) {
                Ok(switch) => {
                    self.layers.pop();
                    self.confirm(&switch, true, Some(Then::Task(choice)));
                }
                Err(why) => self.refuse_task(choice, why),
            },
        }
    }

    /// Goes on with the task that waited for the features to be read, unless the person has gone on
    /// to something else.
    pub(super) fn go_on_with_features(&mut self) {
        if !self.model.switches.features.is_loading()
            && let Some(choice) = self.model.root_next.take().filter(|_| self.layers.is_empty())
        {
            self.go_on_with_root(choice);
        }
    }

    /// Goes on with a choice after its gate was opened: there may be another one behind it, which is
    /// known only when the features are.
    pub(super) fn go_on_with_root(&mut self, choice: RootChoice) {
        if self.model.switches.features.is_loading() {
            self.model.root_next = Some(choice);
            return;
        }
        match self.can_choose_root(choice) {
            Ok(()) => self.begin(choice),
            Err(why) => match self.model.gate(&why).unwrap_or(Err(why)) {
                Ok(switch) => self.confirm(&switch, true, Some(Then::Task(choice))),
                Err(why) => self.refuse_task(choice, why),
            },
        }
    }

    fn begin(&mut self, choice: RootChoice) {
        match choice {
            RootChoice::Task(account, RootTask::AllowRecovery) => {
                // Whose mailbox it is decides who gets root: the listing alone is not enough.
                if self.model.emails.get(account).is_none_or(|facts| facts.primary.current().is_none()) {
                    self.model.read(Read::PrimaryEmail(account));
                }
                self.confirm_root(account, RootChange::AllowPasswordRecovery);
            }
            RootChoice::Task(account, RootTask::CloseRecovery) | RootChoice::Close(account) => {
                self.confirm_root(account, RootChange::ClosePasswordRecovery);
            }
            RootChoice::Task(account, RootTask::UnlockBucket) => {
                self.layers.push(Layer::Policies(PolicyPage::Holders(Holders::new(account, Found::buckets()))));
                self.look_for_holders();
            }
            RootChoice::Task(account, RootTask::UnlockQueue) => {
                let region =
                    self.model.connection.value().map(|connection| connection.region.clone()).unwrap_or_default();
                self.layers.push(Layer::FindQueues(FindQueues::new(account, &region)));
            }
            RootChoice::Task(account, RootTask::Session) => {
                let items = TaskPolicy::ALL.into_iter().map(|task| RootChoice::Open(SessionKey { account, task }));
                self.root_menu(RootMenu::Policies(account), items.collect());
            }
            RootChoice::Open(key) if self.model.sessions.get(key).is_none() => {
                self.layers.push(Layer::OpenSession(OpenSession::new(key)));
            }
            RootChoice::Open(key) | RootChoice::InHand(key) => {
                self.layers.push(Layer::Session(SessionView::new(key)));
            }
            RootChoice::Policy(action) => self.do_with_policy(action),
        }
    }

    /// Opens the confirmation of a change inside a member account.
    pub(super) fn confirm_root(&mut self, account: AccountId, change: RootChange) {
        let change = Change::Root { account, change };
        let refusal = self.model.refusal_of(&change);
        self.open_confirm(Confirm::of(change, refusal, None));
    }
}
