use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::reader::Reader;
use crate::app::dialogs::root_audit::AskAudit;
use crate::app::dialogs::root_deletion::DeleteDialog;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::layers::Layer;
use crate::app::reading::Reading;
use crate::app::shell::App;
use crate::app::state::awaited::Then;
use crate::app::state::choices::{AuditScope, RootWish};
use crate::app::state::runs::RunKind;
use crate::domain::account::{Account, AccountId};
use crate::domain::root_credentials::AuditDepth;
use crate::domain::run::Steering;
use crate::domain::task_policy::TaskPolicy;

impl App {
    pub(crate) fn accounts_of(&self, scope: AuditScope) -> Vec<AccountId> {
        match scope {
            AuditScope::Selected => self.selected_id().into_iter().collect(),
            AuditScope::Marked => self.model.root.marks.iter().copied().collect(),
            AuditScope::Shown => self.shown_accounts(),
            AuditScope::All => self.model.accounts.ids(),
        }
    }

    /// How many accounts an audit of these would visit: not those that have to be skipped.
    pub(crate) fn audited_in(&self, scope: AuditScope) -> usize {
        let all = self.accounts_of(scope);
        self.model.targets(TaskPolicy::AuditRootCredentials, &all).map_or(all.len(), |(accounts, _)| accounts.len())
    }

    pub(in crate::app) fn can_audit(&self) -> Result<(), DisabledReason> {
        self.can_name_marks()?;
        self.model.can_task(TaskPolicy::AuditRootCredentials, &self.chosen_accounts())
    }

    pub(in crate::app) fn can_delete_credentials(&self) -> Result<(), DisabledReason> {
        self.can_name_marks()?;
        self.model.can_task(TaskPolicy::DeleteRootCredentials, &self.chosen_accounts())
    }

    /// AWS is not asked: that would open a root session.
    pub(in crate::app) fn open_root(&mut self) {
        self.details = self.selected_id();
        self.model.root.pane.chosen = true;
        self.model.root.pane.reading = true;
    }

    pub(in crate::app) fn audit_menu(&mut self) {
        let marked = (!self.model.root.marks.is_empty()).then_some(AuditScope::Marked);
        let shown = self.is_filtered().then_some(AuditScope::Shown);
        let scopes: Vec<AuditScope> =
            marked.into_iter().chain([AuditScope::Selected]).chain(shown).chain([AuditScope::All]).collect();
        let choices = [AuditDepth::Quick, AuditDepth::Deep]
            .into_iter()
            .flat_map(|depth| scopes.iter().map(move |scope| (depth, *scope)))
            .collect();
        self.layers.push(Layer::AuditMenu(Menu::of(choices)));
    }

    pub(in crate::app) fn audit_chosen(&mut self, depth: AuditDepth, scope: AuditScope) {
        let accounts = self.accounts_of(scope);
        let named = if scope == AuditScope::Marked { self.can_name_marks() } else { Ok(()) };
        match named.and_then(|()| self.model.can_task(TaskPolicy::AuditRootCredentials, &accounts)) {
            Ok(()) => {
                self.layers.pop();
                // Whoever chose so many in a menu has not seen which they are.
                self.model.root.unasked &= accounts.len() <= 1;
                self.want(RootWish::Audit(depth, accounts));
            }
            Err(why) => self.refuse(CommandId::Audit, why),
        }
    }

    pub(in crate::app) fn want(&mut self, wish: RootWish) {
        let command = match &wish {
            RootWish::Audit(..) => CommandId::Audit,
            RootWish::Delete(_) => CommandId::DeleteCredentials,
        };
        if let Err(why) = self.model.can_task(wish.task(), wish.accounts()) {
            self.refuse(command, why);
            return;
        }
        let (accounts, skipped) = match self.model.targets(wish.task(), wish.accounts()) {
            Ok(targets) => targets,
            Err(refusal) => {
                if let Some(switch) = refusal.gate() {
                    self.confirm(&switch, true, Some(Then::Wish(wish)));
                }
                return;
            }
        };
        match wish {
            RootWish::Audit(depth, _) if !self.model.root.unasked || self.hides_any(&accounts) => {
                let (form, unasked) = (Form::new(Focus::Cancel), self.model.root.unasked);
                let ask = AskAudit { depth, accounts, skipped, form, unasked, reading: Reading::default() };
                self.layers.push(Layer::AskAudit(ask));
            }
            RootWish::Audit(depth, _) => self.model.begin_audit(depth, accounts, skipped.len()),
            RootWish::Delete(_) => {
                self.model.journal_skipped(&skipped);
                self.layers.push(Layer::Delete(Box::new(DeleteDialog::new(accounts, skipped))));
            }
        }
    }

    fn hides_any(&self, accounts: &[Account]) -> bool {
        let hidden = self.hidden_marks();
        accounts.iter().any(|account| hidden.contains(&account.id))
    }

    /// Continues a wish whose gate was opened, once the features are read.
    pub(in crate::app) fn go_on_with(&mut self, wish: RootWish) {
        if self.model.switches.features.is_loading() {
            self.model.root.waiting = Some(wish);
        } else {
            self.want(wish);
        }
    }

    pub(in crate::app) fn features_read(&mut self) {
        let is_free = self.layers.is_empty() && !self.quitting && !self.elsewhere.off_screen;
        if let Some(wish) = self.model.root.waiting.take().filter(|_| is_free) {
            self.want(wish);
        }
    }

    pub(in crate::app) fn show_results(&mut self) {
        if let Some(deletion) = &self.model.root.deletion {
            self.layers.push(Layer::Results(Reader::new(deletion.run)));
        }
    }

    /// A dry run whose dialog was closed is for nobody.
    pub(in crate::app) fn drop_unwanted_dry_run(&mut self) {
        let Some(run) = self.model.in_progress.as_ref().filter(|run| run.kind == RunKind::DryRun) else { return };
        let id = run.id;
        let awaited = self.layers.iter().any(|layer| layer.dialog().awaits_run(id));
        if !awaited && run.steering != Steering::Stop {
            self.model.stop_run();
        }
    }
}
