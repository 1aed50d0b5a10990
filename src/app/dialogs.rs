//! Keys in dialogs.

use super::App;
use super::command::CommandId;
use super::confirm::{Confirm, Spot, Then};
use super::effect::{Effect, Read};
use super::email_change::{EnterOtp, Purpose, StartEmail};
use super::emails::ChangeStanding;
use super::layers::{Choice, Layer};
use super::notice::News;
use super::runs::RunKind;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::email_check::AddressCheck;
use crate::domain::trusted_access::ServicePrincipal;

impl Model {
    /// Says what has to be typed before anything goes out.
    pub(super) fn ask_to_type(&mut self, token: Option<String>) {
        if let Some(token) = token {
            self.out.notify(News::NotTyped(token));
        }
    }

    pub(super) fn copy(&mut self, text: String) {
        self.out.push(Effect::Copy(text.clone()));
        self.out.notify(News::Copied(text));
    }
}

impl App {
    /// A question can go while it has the focus: an account that uses the new domain has been listed.
    pub(super) fn settle_focus(&mut self) {
        let Some(check) = self.address_check() else { return };
        if let Some(Layer::StartEmail(dialog)) = self.layers.last_mut()
            && matches!(dialog.spot, Spot::Answer | Spot::Other)
            && !dialog.spots(&check).contains(&dialog.spot)
        {
            dialog.spot = Spot::Field;
        }
    }

    /// What there is to say about the address in the top dialog.
    pub(crate) fn address_check(&self) -> Option<AddressCheck> {
        let Some(Layer::StartEmail(dialog)) = self.layers.last() else { return None };
        Some(dialog.check(&self.model.accounts, &self.model.start.rules))
    }

    /// Closes the top layer; an error that was read does not come again, an address that was typed
    /// does.
    pub(super) fn close(&mut self) {
        if let Some(layer) = self.layers.pop() {
            self.closed(layer);
        }
    }

    /// A layer was closed.
    pub(super) fn closed(&mut self, layer: Layer) {
        match layer {
            Layer::MfaCode(_) => self.model.code_left_out(),
            Layer::News(reader) => self.notices.forget(&reader.about),
            Layer::Findings(_) => self.notices.forget_findings(),
            Layer::Results(reader) => self.notices.forget_run(self.model.kind_of_results(reader.about)),
            Layer::PlanResults(_) => self.notices.forget_run(RunKind::StartEmailChanges),
            Layer::StartEmail(dialog) if dialog.purpose == Purpose::Start => {
                self.drafts.insert(dialog.account, dialog.field);
            }
            _ => {}
        }
    }

    /// Opens the confirmation of a switch.
    pub(super) fn confirm(&mut self, switch: &Switch, on: bool, then: Option<Then>) {
        let refusal = self.model.refusal(switch, on);
        self.open_confirm(Confirm::new(switch, on, refusal, then));
    }

    /// Opens the change of a primary email; without trusted access, what has to come first.
    pub(super) fn open_email(&mut self, account: AccountId) {
        let trusted = Switch::TrustedAccess(ServicePrincipal::account_management());
        if self.model.switches.is_on(&trusted) == Some(false) {
            self.confirm(&trusted, true, Some(Then::ChangeEmail(account)));
        } else {
            self.open_start_email(account);
        }
    }

    pub(super) fn open_start_email(&mut self, account: AccountId) {
        if let Some(old) = self.model.present_email(account) {
            let field = self.drafts.get(&account).cloned().unwrap_or_default();
            self.layers.push(Layer::StartEmail(StartEmail { field, ..StartEmail::new(account, &old) }));
            // Another copy of the program may have started a change meanwhile, which this one would replace.
            self.model.read(Read::Stored);
        }
    }

    pub(super) fn open_enter_otp(&mut self, account: AccountId) {
        if let ChangeStanding::Pending(started)
        | ChangeStanding::Unconfirmed(started)
        | ChangeStanding::OtherStatus(_, Some(started)) = self.model.emails.standing(account, self.model.now)
        {
            let dialog = EnterOtp::new(account, &started.old, started.new.clone());
            self.layers.push(Layer::EnterOtp(dialog));
        }
    }

    /// What Enter does in a menu.
    pub(super) fn choose(&mut self) {
        match self.layers.last() {
            Some(Layer::Menu(menu)) => {
                let Some(choice) = menu.chosen().cloned() else { return };
                match choice {
                    Choice::Switch(switch) => match self.model.can_turn(&switch) {
                        Ok(()) => {
                            self.layers.pop();
                            self.confirm(&switch, self.model.target(&switch), None);
                        }
                        Err(why) => {
                            let change = switch.set(self.model.target(&switch));
                            self.model.refuse_change(CommandId::Toggle, &change, why);
                        }
                    },
                    Choice::Audit(depth, scope) => self.audit_chosen(depth, scope),
                    Choice::Text(_, text) => {
                        self.layers.pop();
                        self.model.copy(text);
                    }
                    Choice::Plan(choice) => self.choose_plan(choice),
                    Choice::SignIn(sign_in, browser) => self.go_sign_in(sign_in, browser),
                    Choice::Root(choice) => self.choose_root(choice),
                    Choice::AskChanges(scope) => self.ask_chosen(scope),
                }
            }
            Some(Layer::Palette(_)) => self.choose_in_palette(),
            Some(Layer::Profiles(dialog)) => self.take_chosen_profile(&dialog.clone()),
            Some(Layer::Policies(_)) => self.choose_on_page(),
            _ => {}
        }
    }
}
