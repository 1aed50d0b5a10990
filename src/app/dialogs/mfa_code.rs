//! Asks for the code of an MFA device.

use crate::app::dialog::{Dialog, Reported, Step, form};
use crate::app::effect::Effect;
use crate::app::field::OtpField;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::key::Key;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::mfa::MfaCode;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnterMfaCode {
    pub field: OtpField,
    pub revealed: bool,
    pub form: Form,
}

impl EnterMfaCode {
    pub(in crate::app) fn new() -> Self {
        Self { field: OtpField::default(), revealed: false, form: Form::new(Focus::Field) }
    }

    pub(crate) fn code(&self) -> Option<MfaCode> {
        MfaCode::parse(self.field.reveal()).filter(|_| !self.form.waits())
    }
}

impl Dialog for EnterMfaCode {
    form!();

    /// The field takes digits only.
    fn typed(&mut self, key: Key, _model: &Model) -> bool {
        if !self.is_typing() {
            return false;
        }
        match key.typed() {
            Some(c) if !c.is_ascii_digit() && !c.is_whitespace() => true,
            _ => self.field.handle(key),
        }
    }

    fn paste(&mut self, text: &str, _model: &Model) {
        if let Some(code) = MfaCode::parse(text).filter(|_| self.is_typing()) {
            self.field.clear();
            code.expose().chars().map(Key::char).for_each(|key| {
                self.field.handle(key);
            });
        }
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match (self.form.focus, self.code()) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, Some(_)) => self.form.focus = Focus::Act,
            (Focus::Field | Focus::Act, None) if !self.form.waits() => {
                self.form.focus = Focus::Field;
                model.out.notify(Notification::ShortCode);
            }
            (Focus::Act, Some(code)) => {
                let id = model.out.read_id();
                model.connection.start(id);
                model.profiles.code_sent = Some(id);
                model.out.push(Effect::Connect(id, code));
                self.form.sent(Phase::Asked(id));
            }
            _ => {}
        }
        Step::Stay(None)
    }

    fn closed(&mut self, model: &mut Model) -> Option<Reported> {
        model.code_skipped();
        None
    }

    fn asks_for_code(&self) -> bool {
        true
    }

    fn can_reveal(&self) -> bool {
        true
    }

    fn reveals(&self) -> bool {
        self.revealed
    }

    fn reveal(&mut self) {
        self.revealed = !self.revealed;
    }
}
