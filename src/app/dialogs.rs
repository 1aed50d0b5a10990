//! Keys in dialogs.

use super::App;
use super::command::CommandId;
use super::confirm::{Confirm, Phase, Spot, Then, cycle};
use super::delegation::AskDelegate;
use super::effect::{Effect, Read};
use super::email_change::{EnterOtp, Purpose, StartEmail};
use super::emails::ChangeStanding;
use super::key::Key;
use super::layers::{Choice, Layer};
use super::notice::News;
use super::profiles::EnterMfaCode;
use super::root_access::{AskAudit, Stage};
use super::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::email_check::{AddressCheck, check_address};
use crate::domain::trusted_access::ServicePrincipal;

impl App {
    /// Whether a text field has the focus, so that letters are text.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        match self.layers.last() {
            Some(Layer::Confirm(dialog)) => dialog.is_typing(),
            Some(Layer::StartEmail(dialog)) => dialog.spot == Spot::Field && dialog.phase == Phase::Asking,
            Some(Layer::EnterOtp(dialog)) => dialog.spot == Spot::Field && dialog.phase == Phase::Asking,
            Some(Layer::AskDelegate(dialog)) => dialog.spot == Spot::Field,
            Some(Layer::Email(dialog)) => dialog.is_typing(),
            Some(Layer::Delete(dialog)) => dialog.is_typing(),
            Some(Layer::Plan(dialog)) => dialog.is_typing(),
            Some(Layer::Template(dialog)) => dialog.is_typing(),
            Some(Layer::Root(dialog)) => dialog.is_typing(),
            Some(Layer::Export(dialog)) => dialog.is_typing(),
            Some(Layer::Palette(_) | Layer::Profiles(_)) => true,
            Some(Layer::MfaCode(dialog)) => dialog.is_typing(),
            Some(_) => false,
            None => self.typed_filter().is_some(),
        }
    }

    /// Gives a key to the text field that has the focus; whether the field took it.
    pub(super) fn typed(&mut self, key: Key) -> bool {
        match self.layers.last_mut() {
            Some(Layer::Confirm(dialog)) if dialog.is_typing() => {
                dialog.typed.as_mut().is_some_and(|field| field.handle(key))
            }
            Some(Layer::StartEmail(dialog)) if dialog.phase == Phase::Asking => match dialog.spot {
                Spot::Field => dialog.field.handle(key),
                Spot::Answer if key.typed() == Some(' ') => {
                    self.vouch();
                    true
                }
                Spot::Other if key.typed() == Some(' ') => {
                    self.insist();
                    true
                }
                _ => false,
            },
            Some(Layer::EnterOtp(dialog)) if dialog.spot == Spot::Field && dialog.phase == Phase::Asking => {
                dialog.typed(key)
            }
            Some(Layer::Plan(dialog)) => dialog.typed(key),
            Some(Layer::Template(dialog)) => dialog.typed(key),
            Some(Layer::Root(dialog)) => dialog.field_mut().is_some_and(|field| field.handle(key)),
            Some(Layer::AskDelegate(dialog)) => dialog.spot == Spot::Field && dialog.field.handle(key),
            Some(Layer::Email(dialog)) => dialog.field_mut().is_some_and(|field| field.handle(key)),
            Some(Layer::Export(dialog)) => dialog.is_typing() && dialog.path.handle(key),
            Some(Layer::Palette(palette)) => {
                let took = palette.field.handle(key);
                if took {
                    self.search_palette();
                }
                took
            }
            Some(Layer::Profiles(dialog)) => {
                let took = dialog.field.handle(key);
                if took {
                    self.search_profiles();
                }
                took
            }
            Some(Layer::MfaCode(dialog)) => dialog.typed(key),
            Some(Layer::AskAudit(ask)) if ask.spot == Spot::Answer && key.typed() == Some(' ') => {
                ask.unasked = !ask.unasked;
                true
            }
            Some(Layer::Delete(dialog)) => match &mut dialog.stage {
                Stage::Asking(asking) if asking.spot == Spot::Field && asking.reading.is_done => {
                    asking.typed.handle(key)
                }
                _ => key.typed() == Some(' ') && dialog.answer(),
            },
            Some(_) => false,
            None => self.typed_in_filter(key),
        }
    }

    /// Moves the focus to the next field or button of the dialog.
    pub(super) fn next_spot(&mut self, step: isize) {
        let check = self.address_check();
        match self.layers.last_mut() {
            Some(Layer::Confirm(dialog)) => dialog.spot = cycle(&dialog.spots(), dialog.spot, step),
            Some(Layer::StartEmail(dialog)) => {
                let spots = dialog.spots(check.as_ref().unwrap_or(&AddressCheck::Same));
                dialog.spot = cycle(&spots, dialog.spot, step);
            }
            Some(Layer::EnterOtp(dialog)) => dialog.spot = cycle(&dialog.spots(), dialog.spot, step),
            Some(Layer::AskDelegate(dialog)) => dialog.spot = cycle(&AskDelegate::SPOTS, dialog.spot, step),
            Some(Layer::MfaCode(dialog)) => dialog.spot = cycle(&EnterMfaCode::SPOTS, dialog.spot, step),
            Some(Layer::AskAudit(ask)) => ask.spot = cycle(&AskAudit::SPOTS, ask.spot, step),
            Some(Layer::Delete(dialog)) => dialog.next_spot(step),
            Some(Layer::Plan(dialog)) => dialog.next_spot(step),
            Some(Layer::Template(dialog)) => dialog.next_spot(step),
            Some(Layer::Root(dialog)) => dialog.step(step),
            Some(Layer::Email(dialog)) => dialog.step(step),
            Some(Layer::Export(dialog)) => dialog.spot = cycle(&dialog.spots(), dialog.spot, step),
            _ => {}
        }
    }

    /// What Enter does in the dialog: from a field to its button, and on a button what it says.
    pub(super) fn act(&mut self) {
        if self.insists_on_reading() {
            return;
        }
        match self.layers.last().cloned() {
            Some(Layer::Confirm(dialog)) => self.act_confirm(&dialog),
            Some(Layer::StartEmail(dialog)) => self.act_start_email(&dialog),
            Some(Layer::EnterOtp(dialog)) => self.act_enter_otp(&dialog),
            Some(Layer::MfaCode(dialog)) => self.act_mfa(&dialog),
            Some(Layer::AskAudit(ask)) => self.act_ask_audit(&ask),
            Some(Layer::AskDelegate(dialog)) => self.act_ask_delegate(&dialog),
            Some(Layer::Delete(dialog)) => self.act_delete(*dialog),
            Some(Layer::Plan(dialog)) => self.act_plan(*dialog),
            Some(Layer::Template(dialog)) => self.act_template(&dialog),
            Some(Layer::Root(dialog)) => self.act_root(&dialog),
            Some(Layer::Email(dialog)) => self.act_email_dialog(dialog),
            Some(Layer::Export(dialog)) => self.act_export(&dialog),
            _ => {}
        }
    }

    fn act_confirm(&mut self, dialog: &Confirm) {
        match dialog.spot {
            Spot::Cancel => self.close(),
            Spot::Field if dialog.is_typed() => self.set_spot(Spot::Act),
            Spot::Field => self.ask_to_type(dialog.change.token()),
            Spot::Answer => {}
            Spot::Other => {
                if let (Some(mend), Some((switch, true))) = (dialog.mend(), dialog.change.switch()) {
                    self.layers.pop();
                    self.confirm(&mend, true, Some(Then::Turn(switch)));
                }
            }
            Spot::Act if dialog.is_ready() => {
                let id = self.send(dialog.change.clone());
                self.sending(id);
            }
            Spot::Act if !dialog.is_typed() => self.ask_to_type(dialog.change.token()),
            Spot::Act => {}
        }
    }

    /// Says what has to be typed before anything goes out.
    pub(super) fn ask_to_type(&mut self, token: Option<String>) {
        if let Some(token) = token {
            self.out.notify(News::NotTyped(token));
        }
    }

    fn act_start_email(&mut self, dialog: &StartEmail) {
        let Some(check) = self.address_check() else { return };
        match (dialog.spot, dialog.ready(&check)) {
            (Spot::Cancel, _) => self.close(),
            (Spot::Field, Some(_)) => self.set_spot(Spot::Act),
            // Enter alone must not carry anyone through a question: space answers it.
            (Spot::Field | Spot::Answer | Spot::Other, None) => {
                if let Some(question) = first_question(dialog, &check) {
                    self.set_spot(question);
                }
            }
            (Spot::Answer | Spot::Other, Some(_)) => self.set_spot(Spot::Act),
            (Spot::Act, Some(new)) if dialog.purpose == Purpose::Adopt => self.adopt(dialog, new),
            (Spot::Act, Some(new)) => {
                let change = dialog.change(new);
                let again = dialog.purpose == Purpose::Again;
                let id = if again { self.send_again(change) } else { self.send(change) };
                self.sending(id);
            }
            _ => {}
        }
    }

    /// The person wants to use the address although AWS documents it as invalid, or takes that back.
    fn insist(&mut self) {
        let Some(check) = self.address_check() else { return };
        if let Some(Layer::StartEmail(dialog)) = self.layers.last_mut() {
            dialog.insisted = if dialog.insists(&check) { None } else { check.address().cloned() };
        }
    }

    fn act_enter_otp(&mut self, dialog: &EnterOtp) {
        match (dialog.spot, dialog.accept()) {
            (Spot::Cancel, _) => self.close(),
            (Spot::Field, Some(_)) => self.set_spot(Spot::Act),
            (Spot::Act, Some(accept)) => {
                let id = self.send(accept);
                self.sending(id);
            }
            (Spot::Other, _) if dialog.phase == Phase::Asking => {
                let id = self.send_again(dialog.resend());
                self.sending(id);
                if let Some(Layer::EnterOtp(dialog)) = self.layers.last_mut() {
                    dialog.resending = true;
                }
            }
            _ => {}
        }
    }

    fn sending(&mut self, id: super::effect::WriteId) {
        match self.layers.last_mut() {
            Some(Layer::Confirm(dialog)) => {
                (dialog.phase, dialog.trouble, dialog.spot) = (Phase::Sending(id), None, Spot::Cancel);
                dialog.reading.top = 0;
            }
            Some(Layer::StartEmail(dialog)) => {
                (dialog.phase, dialog.trouble, dialog.spot) = (Phase::Sending(id), None, Spot::Cancel);
                dialog.seen = None;
            }
            Some(Layer::EnterOtp(dialog)) => {
                (dialog.phase, dialog.trouble, dialog.spot) = (Phase::Sending(id), None, Spot::Cancel);
                (dialog.resending, dialog.resent, dialog.pasted) = (false, false, None);
            }
            _ => {}
        }
    }

    /// A question can go while it has the focus: an account that uses the new domain has been listed.
    pub(super) fn settle_focus(&mut self) {
        let Some(check) = self.address_check() else { return };
        if let Some(Layer::StartEmail(dialog)) = self.layers.last()
            && matches!(dialog.spot, Spot::Answer | Spot::Other)
            && !dialog.spots(&check).contains(&dialog.spot)
        {
            self.set_spot(Spot::Field);
        }
    }

    pub(super) fn set_spot(&mut self, to: Spot) {
        match self.layers.last_mut() {
            Some(Layer::Confirm(dialog)) => dialog.spot = to,
            Some(Layer::StartEmail(dialog)) => dialog.spot = to,
            Some(Layer::EnterOtp(dialog)) => dialog.spot = to,
            Some(Layer::AskDelegate(dialog)) => dialog.spot = to,
            Some(Layer::MfaCode(dialog)) => dialog.spot = to,
            Some(Layer::AskAudit(ask)) => ask.spot = to,
            _ => {}
        }
    }

    /// The person says that the new domain is theirs, or takes that back.
    fn vouch(&mut self) {
        let check = self.address_check();
        if let (Some(AddressCheck::NewDomain(address)), Some(Layer::StartEmail(dialog))) =
            (check, self.layers.last_mut())
        {
            dialog.vouched = if dialog.has_vouched(&address) { None } else { Some(address.domain()) };
        }
    }

    /// What there is to say about the address in the top dialog.
    pub(crate) fn address_check(&self) -> Option<AddressCheck> {
        let Some(Layer::StartEmail(dialog)) = self.layers.last() else { return None };
        let (listed, rules) = (self.accounts.listed(), &self.start.rules);
        Some(check_address(dialog.field.text(), dialog.account, &dialog.old, listed, rules))
    }

    /// Closes the top layer; an error that was read does not come again, an address that was typed
    /// does.
    pub(super) fn close(&mut self) {
        match self.layers.pop() {
            Some(Layer::MfaCode(_)) => self.code_left_out(),
            Some(Layer::News(reader)) => self.notices.forget(&reader.about),
            Some(Layer::Findings(_)) => self.notices.forget_findings(),
            Some(Layer::Results(reader)) => self.notices.forget_run(self.kind_of_results(reader.about)),
            Some(Layer::PlanResults(_)) => self.notices.forget_run(RunKind::StartEmailChanges),
            Some(Layer::StartEmail(dialog)) if dialog.purpose == Purpose::Start => {
                self.drafts.insert(dialog.account, dialog.field);
            }
            _ => {}
        }
    }

    /// Opens the confirmation of a switch.
    pub(super) fn confirm(&mut self, switch: &Switch, on: bool, then: Option<Then>) {
        let refusal = self.refusal(switch, on);
        self.open_confirm(Confirm::new(switch, on, refusal, then));
    }

    /// Opens the change of a primary email; without trusted access, what has to come first.
    pub(super) fn open_email(&mut self, account: AccountId) {
        let trusted = Switch::TrustedAccess(ServicePrincipal::account_management());
        if self.switches.is_on(&trusted) == Some(false) {
            self.confirm(&trusted, true, Some(Then::ChangeEmail(account)));
        } else {
            self.open_start_email(account);
        }
    }

    pub(super) fn open_start_email(&mut self, account: AccountId) {
        if let Some(old) = self.present_email(account) {
            let field = self.drafts.get(&account).cloned().unwrap_or_default();
            self.layers.push(Layer::StartEmail(StartEmail { field, ..StartEmail::new(account, &old) }));
            // Another copy of the program may have started a change meanwhile, which this one would replace.
            self.read(Read::Stored);
        }
    }

    pub(super) fn open_enter_otp(&mut self, account: AccountId) {
        if let ChangeStanding::Pending(started)
        | ChangeStanding::Unconfirmed(started)
        | ChangeStanding::OtherStatus(_, Some(started)) = self.emails.standing(account, self.now)
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
                    Choice::Switch(switch) => match self.can_turn(&switch) {
                        Ok(()) => {
                            self.layers.pop();
                            self.confirm(&switch, self.target(&switch), None);
                        }
                        Err(why) => {
                            let change = switch.set(self.target(&switch));
                            self.refuse_change(CommandId::Toggle, &change, why);
                        }
                    },
                    Choice::Audit(depth, scope) => self.audit_chosen(depth, scope),
                    Choice::Text(_, text) => {
                        self.layers.pop();
                        self.copy(text);
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

    pub(super) fn copy(&mut self, text: String) {
        self.out.push(Effect::Copy(text.clone()));
        self.out.notify(News::Copied(text));
    }
}

/// The first question of the dialog that has no answer.
fn first_question(dialog: &StartEmail, check: &AddressCheck) -> Option<Spot> {
    match check {
        AddressCheck::NewDomain(address) if !dialog.has_vouched(address) => Some(Spot::Answer),
        _ => dialog.unusual(check).filter(|_| !dialog.insists(check)).map(|_| Spot::Other),
    }
}
