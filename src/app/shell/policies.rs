use std::path::{Path, PathBuf};

use crate::app::command_id::DisabledReason;
use crate::app::dialog::Step;
use crate::app::dialogs::holders::{Found, Holders};
use crate::app::dialogs::new_policy::NewPolicy;
use crate::app::dialogs::path::{PathDialog, PathPurpose};
use crate::app::dialogs::policies::{PolicyPage, PolicyView};
use crate::app::draft::Draft;
use crate::app::effect::{Effect, Wake};
use crate::app::key::Paste;
use crate::app::layers::Layer;
use crate::app::model::policies::LOOK_AGAIN;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::choices::{PolicyAction, RootChoice, RootMenu};
use crate::app::state::policies::{PolicySource, is_policy_as};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::policy::without_statement;
use crate::domain::policy_holder::{Bucket, PolicyHolder, PolicyText, QueueListing};
use crate::domain::policy_judgement::{is_empty, judge};
use crate::domain::remote_data::ReadId;
use crate::domain::root_change::RootChange;
use crate::domain::write::PresentPolicy;

impl App {
    /// An answer to the repeated check also updates the page.
    fn apply_awaited_policy(
        &mut self,
        id: ReadId,
        account: AccountId,
        holder: &PolicyHolder,
        result: &Result<Option<PolicyText>, ApiError>,
    ) {
        let now = self.model.now;
        let Some(place) = self.model.unlocking.awaited.iter().position(|awaited| awaited.asked == Some(id)) else {
            return;
        };
        for view in self.policy_views().filter(|view| view.account == account && view.holder == *holder) {
            view.policy.set(result.clone(), now);
        }
        let Some(awaited) = self.model.unlocking.awaited.get_mut(place) else { return };
        awaited.asked = None;
        let shown = result.as_ref().is_ok_and(|policy| is_policy_as(&awaited.change, policy.as_ref()));
        if shown {
            let awaited = self.model.unlocking.awaited.remove(place);
            self.model.out.notify(Notification::PolicySeen(awaited.account, awaited.change));
        } else if awaited.is_overdue(now) {
            self.model.give_up_on(place);
        } else {
            self.model.out.push(Effect::Wake(LOOK_AGAIN, Wake::LookAtPolicy(account, holder.clone())));
        }
    }

    pub(crate) fn policy_view(&self) -> Option<&PolicyView> {
        self.layers.iter().rev().find_map(Layer::policy_view)
    }

    pub(in crate::app) fn policy_views(&mut self) -> impl Iterator<Item = &mut PolicyView> {
        self.layers.iter_mut().filter_map(Layer::policy_view_mut)
    }

    pub(in crate::app) fn look_for(&mut self, account: AccountId, found: Found) {
        let mut holders = Holders::new(account, found);
        holders.read(&mut self.model);
        self.layers.push(Layer::Policies(PolicyPage::Holders(holders)));
    }

    pub(in crate::app) fn show_policy(&mut self, mut view: PolicyView) {
        if let Some(edits) = self.model.unlocking.edits.remove(&(view.account, view.holder.clone())) {
            view.editing = edits;
        }
        view.read(&mut self.model);
        self.layers.push(Layer::Policies(PolicyPage::Policy(view)));
    }

    /// The policy that a change may remove: the one that is saved in a file.
    pub(in crate::app) fn present_policy(&self, change: &Change) -> PresentPolicy {
        let Change::Root { account, change } = change else { return PresentPolicy::Any };
        let (RootChange::DeletePolicy(holder) | RootChange::PutPolicy(holder, _)) = change else {
            return PresentPolicy::Any;
        };
        let view = self.policy_view().filter(|view| view.account == *account && view.holder == *holder);
        PresentPolicy::Only(view.and_then(|view| view.saved.as_ref()).map(|(text, _)| text.clone()))
    }

    pub(in crate::app) fn can_do_with_policy(&self, action: PolicyAction) -> Result<(), DisabledReason> {
        let view = self.policy_view().ok_or(DisabledReason::NotHere)?;
        let current = view.policy.current();
        match (action, current) {
            (PolicyAction::ReadAgain, _) if view.policy.is_loading() => return Err(DisabledReason::Asked),
            (PolicyAction::ReadAgain, _) => return Ok(()),
            (_, None) => return Err(DisabledReason::NotReadYet),
            (
                PolicyAction::Save | PolicyAction::Delete | PolicyAction::Edit | PolicyAction::RemoveStatement(_),
                Some(None),
            ) => return Err(DisabledReason::NoPolicy),
            (PolicyAction::Save, _) if view.is_saved() => return Err(DisabledReason::SavedAlready),
            (PolicyAction::Save, _) if self.model.is_saving(view) => return Err(DisabledReason::InProgress),
            (PolicyAction::Save, _) => return Ok(()),
            (PolicyAction::Delete | PolicyAction::PutFile, Some(Some(_))) if !view.is_saved() => {
                return Err(DisabledReason::NotSaved);
            }
            (PolicyAction::RemoveStatement(index), Some(Some(text))) => match without_statement(text, index) {
                None => return Err(DisabledReason::NotAPolicy),
                Some(left) if is_empty(&left) => return Err(DisabledReason::OnlyStatement),
                Some(_) => {}
            },
            // What they lead to is put only once the present policy is saved.
            (PolicyAction::Delete | PolicyAction::PutFile | PolicyAction::Edit, _) => {}
        }
        if action == PolicyAction::Delete && !view.reading.is_done {
            return Err(DisabledReason::NotReadToItsEnd);
        }
        self.model.is_policy_free(view.account, &view.holder)
    }

    pub(in crate::app) fn do_with_policy(&mut self, action: PolicyAction) {
        let model = &mut self.model;
        let Some(view) = self.layers.iter_mut().rev().find_map(Layer::policy_view_mut) else { return };
        let (account, holder) = (view.account, view.holder.clone());
        match action {
            PolicyAction::Save => model.save_policy(view),
            PolicyAction::Delete => self.confirm_root(account, RootChange::DeletePolicy(holder)),
            PolicyAction::PutFile => {
                let backup = model.saved_policy(view).map(Path::to_path_buf);
                let purpose = PathPurpose::Policy { account, holder, present: view.text().cloned(), backup };
                self.layers.push(Layer::Path(PathDialog::new(purpose, "")));
            }
            PolicyAction::Edit => view.edit_text(model),
            PolicyAction::RemoveStatement(index) => {
                let left = view.text().and_then(|text| without_statement(text, index));
                model.save_policy(view);
                if let Some(left) = left {
                    self.show_new_policy(PolicySource::Without(index), left);
                }
            }
            PolicyAction::ReadAgain => view.read_again(model),
        }
    }

    /// What can be done with the policy on top: a line for each statement that locks out, too.
    pub(in crate::app) fn policy_menu(&mut self) {
        let Some(view) = self.policy_view() else { return };
        let account = view.account;
        let judged = view.text().map(|text| judge(text, &view.holder, view.account, self.model.partition()));
        let found = judged.and_then(|judged| judged.lockouts.ok()).unwrap_or_default();
        let removals = found.into_iter().map(|lockout| PolicyAction::RemoveStatement(lockout.statement.index));
        let actions = [PolicyAction::Save, PolicyAction::Delete, PolicyAction::PutFile, PolicyAction::Edit];
        let actions = actions.into_iter().chain(removals).chain([PolicyAction::ReadAgain]);
        self.root_menu(RootMenu::Policy(account), actions.map(RootChoice::Policy).collect());
    }

    /// Shows what would be put instead of the policy on top.
    pub(in crate::app) fn show_new_policy(&mut self, source: PolicySource, text: PolicyText) {
        let Some(view) = self.policy_view() else { return };
        let present = view.text().cloned();
        let page = NewPolicy::new(view.account, view.holder.clone(), source, text, present);
        self.layers.push(Layer::Policies(PolicyPage::New(page)));
    }

    pub(in crate::app) fn can_check_locks(&self) -> Result<(), DisabledReason> {
        self.layers.last().and_then(Layer::holders).ok_or(DisabledReason::NotHere)?.can_choose()
    }

    pub(in crate::app) fn check_locks(&mut self) {
        if let Some(holders) = self.layers.last_mut().and_then(Layer::holders_mut) {
            holders.check_locks(&mut self.model);
        }
    }

    pub(in crate::app) fn can_edit(&self) -> Result<(), DisabledReason> {
        self.layers.last().map_or(Err(DisabledReason::NotHere), |layer| layer.dialog().can_edit(&self.model))
    }

    pub(in crate::app) fn edit(&mut self) {
        if let Some((dialog, model)) = self.top() {
            dialog.edit(model);
        }
    }

    pub(in crate::app) fn apply_edited(&mut self, id: ReadId, result: &Result<Paste, ApiError>) -> bool {
        let Ok(text) = result else { return true };
        let place = self.layers.iter().position(|layer| layer.dialog().edits() == Some(id));
        let Some(layer) = place.and_then(|place| self.layers.get_mut(place)) else { return false };
        let step = layer.dialog_mut().edited(text.expose(), &mut self.model);
        let is_top = place.is_some_and(|place| place + 1 == self.layers.len());
        match step {
            // What is on top meanwhile was opened by the person.
            _ if !is_top => {}
            Step::Stay(next) => self.go_on(next),
            Step::Close => self.close(),
            Step::Done(next) => {
                self.layers.pop();
                self.go_on(next);
            }
        }
        false
    }

    /// What the editor wrote is not lost: the next edit begins with it.
    pub(in crate::app) fn keep_draft(&mut self, id: ReadId, draft: Draft) -> bool {
        let layer = self.layers.iter_mut().find(|layer| layer.dialog().edits() == Some(id));
        if let Some(editing) = layer.and_then(|layer| layer.dialog_mut().editing_mut()) {
            editing.keep(draft);
        }
        true
    }

    /// A policy that was edited and not put is what the next edit of its page begins with, also after that was closed.
    pub(in crate::app) fn keep_edited_policy(&mut self, closed: &Layer) {
        match closed {
            Layer::Policies(PolicyPage::New(new)) if new.source == PolicySource::Editor => {
                let of_it = |view: &&mut PolicyView| view.account == new.account && view.holder == new.holder;
                for view in self.policy_views().filter(of_it) {
                    view.editing.keep(new.draft());
                }
            }
            Layer::Policies(PolicyPage::Policy(view)) if view.editing.has_draft() => {
                self.model.unlocking.edits.insert((view.account, view.holder.clone()), view.editing.clone());
            }
            _ => {}
        }
    }

    /// They were put, or their policy is another one now.
    pub(in crate::app) fn forget_edits(&mut self, account: AccountId, holder: &PolicyHolder) {
        self.model.unlocking.edits.remove(&(account, holder.clone()));
        for view in self.policy_views().filter(|view| view.account == account && view.holder == *holder) {
            view.editing.discard();
        }
    }

    pub(in crate::app) fn apply_buckets(&mut self, id: ReadId, result: &Result<Vec<Bucket>, ApiError>) -> bool {
        let now = self.model.now;
        self.update_holders(|found| match found {
            Found::Buckets(asked) => asked.finish(id, result.clone(), now),
            Found::Queues(..) => false,
        });
        false
    }

    pub(in crate::app) fn apply_queues(&mut self, id: ReadId, result: &Result<QueueListing, ApiError>) -> bool {
        let now = self.model.now;
        self.update_holders(|found| match found {
            Found::Queues(_, asked) => asked.finish(id, result.clone(), now),
            Found::Buckets(_) => false,
        });
        false
    }

    fn update_holders(&mut self, mut takes: impl FnMut(&mut Found) -> bool) {
        for holders in self.layers.iter_mut().filter_map(Layer::holders_mut) {
            if takes(&mut holders.found) {
                holders.recompute();
            }
        }
    }

    pub(in crate::app) fn apply_policy(
        &mut self,
        id: ReadId,
        account: AccountId,
        holder: &PolicyHolder,
        result: &Result<Option<PolicyText>, ApiError>,
    ) -> bool {
        let now = self.model.now;
        self.model.note_policy(account, holder, result);
        for holders in self.layers.iter_mut().filter_map(Layer::holders_mut) {
            holders.checked(id, &mut self.model);
        }
        for view in self.policy_views().filter(|view| view.account == account && view.holder == *holder) {
            let before = view.text().cloned();
            view.policy.finish(id, result.clone(), now);
            if before.as_ref() != view.text() {
                view.reading.is_done = false;
                if before.is_some() {
                    view.editing.discard();
                }
            }
        }
        self.apply_awaited_policy(id, account, holder, result);
        false
    }

    pub(in crate::app) fn apply_saved_policy(&mut self, id: ReadId, result: Result<PathBuf, ApiError>) -> bool {
        let Some(place) = self.model.unlocking.saving.iter().position(|(other, ..)| *other == id) else { return false };
        let (_, account, holder, text) = self.model.unlocking.saving.remove(place);
        let Ok(path) = result else { return true };
        for view in self.policy_views().filter(|view| view.account == account && view.holder == holder) {
            view.saved = Some((text.clone(), path.clone()));
        }
        self.model.unlocking.saved.retain(|(other, of, ..)| *other != account || *of != holder);
        self.model.unlocking.saved.push((account, holder.clone(), text, path.clone()));
        self.model.out.notify(Notification::PolicySaved(holder, path));
        false
    }

    pub(in crate::app) fn apply_loaded_policy(
        &mut self,
        id: ReadId,
        path: PathBuf,
        result: Result<PolicyText, ApiError>,
    ) -> bool {
        let Some(layer) = self.waiting_for(id) else { return false };
        match result {
            Ok(text) => {
                if let Some(page) = layer.file_page(path, text) {
                    *layer = Layer::Policies(page);
                }
            }
            Err(error) => layer.failed(error),
        }
        false
    }
}
