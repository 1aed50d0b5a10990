use crate::app::command_id::DisabledReason;
use crate::app::dialogs::find_queues::FindQueues;
use crate::app::dialogs::holders::Found;
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::open_session::OpenSession;
use crate::app::dialogs::session::SessionView;
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::state::awaited::Then;
use crate::app::state::choices::{RootChoice, RootMenu, RootTask};
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::remote_data::RemoteData;
use crate::domain::root_change::RootChange;
use crate::domain::root_session::SessionKey;
use crate::domain::task_policy::TaskPolicy;

impl App {
    pub(in crate::app) fn list_left_open(&mut self) {
        let mut all = self.model.recovery.all();
        // Those past their end first, the longest so before the others.
        let now = self.model.now;
        all.sort_by_key(|open| {
            open.until.filter(|_| open.is_expired(now)).map_or((true, None), |end| (false, Some(end)))
        });
        let items = all.into_iter().map(|open| RootChoice::Close(open.account)).collect();
        self.root_menu(RootMenu::LeftOpen, items);
    }

    pub(in crate::app) fn root_tasks(&mut self, account: AccountId) {
        let items = RootTask::ALL.into_iter().map(|task| RootChoice::Task(account, task)).collect();
        self.root_menu(RootMenu::Tasks(account), items);
    }

    pub(in crate::app) fn root_menu(&mut self, kind: RootMenu, items: Vec<RootChoice>) {
        self.layers.push(Layer::RootMenu(Menu::new(kind, items)));
    }

    /// What only needs a switch to be on first is told apart by `Model::gate`.
    pub(crate) fn can_choose_root(&self, choice: RootChoice) -> Result<(), DisabledReason> {
        match choice {
            RootChoice::Task(account, task) => self.model.can_begin(account, task),
            RootChoice::Open(key) if self.model.sessions.get(key).is_some() => Ok(()),
            RootChoice::Open(key) if self.model.sessions.is_asked(key) => Err(DisabledReason::InProgress),
            RootChoice::Open(key) => self.model.can_open_session(key),
            RootChoice::Session(key) => self.model.sessions.get(key).map(|_| ()).ok_or(DisabledReason::NoSession),
            RootChoice::Close(account) => self.model.can_begin(account, RootTask::CloseRecovery),
            RootChoice::Policy(action) => self.can_do_with_policy(action),
        }
    }

    /// Starts the choice, opens the confirmation of its gate, or says why neither is possible.
    pub(in crate::app) fn choose_root(&mut self, choice: RootChoice) {
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

    /// Continues the task that waited for the features, unless the person has moved on.
    pub(in crate::app) fn go_on_with_features(&mut self) {
        let is_free = self.layers.is_empty() && !self.elsewhere.off_screen;
        if !self.model.switches.features.is_loading()
            && let Some(choice) = self.model.root_next.take().filter(|_| is_free)
        {
            self.go_on_with_root(choice);
        }
    }

    /// There may be another gate behind the opened one, which is known only once the features are read.
    pub(in crate::app) fn go_on_with_root(&mut self, choice: RootChoice) {
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
                // Who has the mailbox decides who gets root: the listing alone is not enough.
                if self.model.emails.get(account).is_none_or(|facts| facts.primary.current().is_none()) {
                    self.model.read(Read::PrimaryEmail(account));
                }
                self.confirm_root(account, RootChange::AllowPasswordRecovery);
            }
            RootChoice::Task(account, RootTask::CloseRecovery) | RootChoice::Close(account) => {
                self.confirm_root(account, RootChange::ClosePasswordRecovery);
            }
            RootChoice::Task(account, RootTask::UnlockBucket) => {
                self.look_for(account, Found::Buckets(RemoteData::default()));
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
            RootChoice::Open(key) | RootChoice::Session(key) => {
                self.layers.push(Layer::Session(SessionView::new(key)));
            }
            RootChoice::Policy(action) => self.do_with_policy(action),
        }
    }

    pub(in crate::app) fn confirm_root(&mut self, account: AccountId, change: RootChange) {
        self.confirm_change(Change::Root { account, change });
    }
}
