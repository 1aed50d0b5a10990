//! The top layer: what keys do in it, and what follows.

use crate::app::dialog::{Dialog, Next, Step};
use crate::app::dialogs::enter_code::EnterOtp;
use crate::app::dialogs::holders::Found;
use crate::app::dialogs::palette::PaletteRow;
use crate::app::dialogs::policies::PolicyView;
use crate::app::dialogs::reader::Reader;
use crate::app::dialogs::reason::AskReason;
use crate::app::focus::Focus;
use crate::app::key::Key;
use crate::app::layers::Layer;
use crate::app::model::Model;
use crate::app::shell::App;
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::{ReadId, RemoteData};

impl App {
    /// An error that was read does not come back; an address that was typed does.
    pub(in crate::app) fn close(&mut self) {
        if let Some(layer) = self.layers.pop() {
            self.closed(layer);
        }
    }

    fn closed(&mut self, mut layer: Layer) {
        self.keep_edited_policy(&layer);
        if let Some(reported) = layer.dialog_mut().closed(&mut self.model) {
            self.notifications.forget(&reported);
        }
    }

    pub(in crate::app) fn choose(&mut self) {
        let next = self.top().and_then(|(dialog, model)| dialog.choose(model));
        self.go_on(next);
    }

    pub(in crate::app) fn read_again(&mut self) {
        if let Some((dialog, model)) = self.top() {
            dialog.read_again(model);
        }
    }

    pub(in crate::app) fn waiting_for(&mut self, id: ReadId) -> Option<&mut Layer> {
        self.layers.iter_mut().find(|layer| layer.waits_for(id))
    }

    /// The dialog that waits for it has done its work and goes, or says why it has not; whether there is one.
    pub(in crate::app) fn answered(&mut self, id: ReadId, result: Result<(), &ApiError>) -> bool {
        let Some(place) = self.layers.iter().position(|layer| layer.waits_for(id)) else { return false };
        match (result, self.layers.get_mut(place)) {
            (Err(error), Some(layer)) => layer.failed(error.clone()),
            _ => self.layers.remove(place).dialog_mut().done(&mut self.model),
        }
        true
    }

    pub(in crate::app) fn top(&mut self) -> Option<(&mut dyn Dialog, &mut Model)> {
        let model = &mut self.model;
        self.layers.last_mut().map(|layer| (layer.dialog_mut(), model))
    }

    pub(crate) fn is_typing(&self) -> bool {
        match self.layers.last() {
            Some(layer) if layer.dialog().is_typing() => true,
            _ => self.typed_filter().is_some(),
        }
    }

    /// Whether the focused element took the key.
    pub(in crate::app) fn typed(&mut self, key: Key) -> bool {
        if self.typed_in_filter(key) {
            return true;
        }
        self.top().is_some_and(|(dialog, model)| dialog.typed(key, model))
    }

    pub(in crate::app) fn paste_into_focus(&mut self, text: &str) {
        if self.typed_filter().is_some() {
            self.pasted_in_filter(text);
        } else if let Some((dialog, model)) = self.top() {
            dialog.paste(text, model);
        }
    }

    pub(in crate::app) fn move_focus(&mut self, step: isize) {
        if let Some((dialog, model)) = self.top() {
            dialog.move_focus(step, model);
        }
    }

    pub(in crate::app) fn submit(&mut self) {
        if self.insists_on_reading() || self.insists_on_reason() {
            return;
        }
        let Some(mut layer) = self.layers.pop() else { return };
        match layer.dialog_mut().submit(&mut self.model) {
            Step::Stay(next) => {
                self.layers.push(layer);
                self.go_on(next);
            }
            Step::Close => self.closed(layer),
            Step::Done(next) => self.go_on(next),
        }
    }

    pub(in crate::app) fn go_on(&mut self, next: Option<Next>) {
        match next {
            None => {}
            Some(Next::Turn(switch, on, then)) => self.confirm(&switch, on, then),
            Some(Next::Confirm(change)) => self.confirm_change(change),
            Some(Next::EditAccount(account, target)) => self.edit_account(account, target),
            Some(Next::EnterCode(account, old, new)) => {
                self.layers.push(Layer::EnterOtp(EnterOtp::new(account, &old, new)));
            }
            Some(Next::Results(run)) => self.layers.push(Layer::Results(Reader::new(run))),
            Some(Next::PlanResults) => self.show_begun_plan(),
            Some(Next::ListPlan(rows)) => self.list_plan(rows),
            Some(Next::AskPlan(rows)) => self.ask_marked_plan(rows),
            Some(Next::Queues(account, search)) => self.look_for(account, Found::Queues(search, RemoteData::default())),
            Some(Next::ReadPlan(path)) => self.read_plan_again(&path),
            Some(Next::Wish(wish)) => self.want(wish),
            Some(Next::Toggle(switch)) => self.toggle_chosen(&switch),
            Some(Next::Copy(text)) => {
                self.layers.pop();
                self.model.copy(text);
            }
            Some(Next::Audit(depth, scope)) => self.audit_chosen(depth, scope),
            Some(Next::Ask(scope)) => self.ask_chosen(scope),
            Some(Next::Export(choice)) => self.export(choice),
            Some(Next::Link(choice)) => self.use_link(choice),
            Some(Next::Plan(choice)) => self.choose_plan(choice),
            Some(Next::SignIn(sign_in, browser)) => self.go_sign_in(sign_in, browser),
            Some(Next::Root(choice)) => self.choose_root(choice),
            Some(Next::Run(command, place)) => {
                self.remember(PaletteRow::Command(command));
                self.run_found(command, place);
            }
            Some(Next::GoTo(account)) => {
                self.remember(PaletteRow::Account(account));
                self.go_to_account(account);
            }
            Some(Next::FilterAccounts(filter)) => self.filter_accounts(&filter),
            Some(Next::SortBy(column)) => self.sort_by(column),
            Some(Next::Columns(chosen)) => self.use_columns(chosen),
            Some(Next::Profile(name)) => self.use_profile(name),
            Some(Next::Policy(account, holder)) => self.show_policy(PolicyView::new(account, holder)),
            Some(Next::PolicyMenu) => self.policy_menu(),
            Some(Next::NewPolicy(source, text)) => self.show_new_policy(source, text),
            Some(Next::Read(notification)) => self.layers.push(Layer::Notification(Reader::new(notification))),
            Some(Next::Reason(text)) => {
                if let Some(form) = self.layers.last_mut().and_then(|layer| layer.dialog_mut().form_mut()) {
                    form.reason = text;
                }
            }
            Some(Next::Refuse(command, why)) => self.refuse(command, why),
        }
    }

    /// The reason that can be given, or corrected, for what the top dialog confirms.
    pub(in crate::app) fn reason_on_top(&self) -> Option<&str> {
        let dialog = self.layers.last()?.dialog();
        let form = dialog.form().filter(|form| !form.waits() && dialog.confirms().is_some())?;
        Some(&form.reason)
    }

    pub(in crate::app) fn ask_reason(&mut self) {
        let accounts = self.layers.last().map(|layer| layer.dialog().accounts()).unwrap_or_default();
        if let Some(reason) = self.reason_on_top() {
            self.layers.push(Layer::Reason(AskReason::new(reason, accounts)));
        }
    }

    /// Brings up to date whether the top dialog needs a reason.
    pub(in crate::app) fn require_reason(&mut self) {
        let Some(dialog) = self.layers.last_mut().map(Layer::dialog_mut) else { return };
        let required = dialog.confirms().is_some_and(|danger| self.model.start.rules.needs_reason(danger));
        if let Some(form) = dialog.form_mut() {
            form.reason_required = required;
        }
    }

    /// Asks for the reason that the button in focus is disabled without; whether it is.
    fn insists_on_reason(&mut self) -> bool {
        let form = self.layers.last().and_then(|layer| layer.dialog().form());
        let insists = form.is_some_and(|form| form.focus == Focus::Act && form.lacks_reason());
        if insists {
            self.ask_reason();
        }
        insists
    }

    pub(in crate::app) fn reveal(&mut self) {
        if let Some((dialog, _)) = self.top() {
            dialog.reveal();
        }
    }
}
