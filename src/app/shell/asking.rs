use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::menu::Menu;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::state::choices::AskScope;
use crate::app::state::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::run::Run;

impl App {
    /// The accounts of a scope that AWS answers for: active members.
    pub(crate) fn asked_in(&self, scope: AskScope) -> Vec<AccountId> {
        let ids = match scope {
            AskScope::Open => self.model.open_changes(),
            AskScope::Selected => self.selected_id().into_iter().collect(),
            AskScope::Marked => self.model.root.marks.iter().copied().collect(),
            AskScope::Shown => self.shown_accounts(),
            AskScope::All => self.model.accounts.ids(),
        };
        ids.into_iter()
            .filter(|id| self.model.accounts.get(*id).is_none_or(|account| self.model.is_active_member(account)))
            .collect()
    }

    pub(in crate::app) fn ask_menu(&mut self) {
        let scopes = [AskScope::Open, AskScope::Marked, AskScope::Selected, AskScope::Shown, AskScope::All];
        let has_meaning = |scope: &AskScope| match scope {
            AskScope::Shown => self.is_filtered(),
            AskScope::All => true,
            scope => !self.asked_in(*scope).is_empty(),
        };
        let choices = scopes.into_iter().filter(has_meaning).collect();
        self.layers.push(Layer::AskMenu(Menu::of(choices)));
    }

    pub(in crate::app) fn ask_chosen(&mut self, scope: AskScope) {
        let accounts = self.asked_in(scope);
        let why = match accounts.as_slice() {
            [] => DisabledReason::NothingSelected,
            [account] => {
                if scope == AskScope::Marked {
                    self.model.root.asked.insert(*account);
                }
                self.layers.pop();
                self.model.read_email(*account);
                return;
            }
            _ if self.model.in_progress.is_some() => DisabledReason::RunInProgress,
            _ => {
                if scope == AskScope::Marked
                    && let Err(why) = self.can_name_marks()
                {
                    return self.refuse(CommandId::AskMenu, why);
                }
                self.layers.pop();
                self.model.start_run(Run::AskEmailChanges { accounts }, RunKind::AskEmailChanges);
                return;
            }
        };
        self.refuse(CommandId::AskMenu, why);
    }
}
