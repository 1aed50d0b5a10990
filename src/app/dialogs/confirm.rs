//! The confirmation of a change: a switch of the organization, or something inside a member account.

use jiff::Timestamp;

use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::field::TextField;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::reading::Reading;
use crate::app::state::awaited::Then;
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{Change, Danger, Switch};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::permit::Refusal;
use crate::domain::recovery::RecoveryEnd;
use crate::domain::root_change::RootChange;
use crate::domain::write::{PresentPolicy, WriteOutcome, WriteRequest};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Confirm {
    pub change: Change,
    /// What has to be typed, for a dangerous one.
    pub typed: Option<TextField>,
    pub form: Form,
    /// Why it can't be made now.
    pub refusal: Option<Refusal>,
    /// What follows once AWS shows it.
    pub then: Option<Then>,
    pub reading: Reading,
    /// The policy that the change may remove.
    pub present: PresentPolicy,
    /// Which of [`RecoveryEnd::ALL`] is chosen, for a recovery that is allowed.
    pub end: usize,
}

impl Confirm {
    /// The focus is on what has to be typed; else on the button of a mild change, and on Cancel of any other.
    pub(crate) fn new(change: Change, refusal: Option<Refusal>, then: Option<Then>) -> Self {
        let typed = change.token().filter(|_| refusal.is_none()).map(|_| TextField::default());
        let reading = Reading::default();
        let (form, present) = (Form::new(Focus::Cancel), PresentPolicy::Any);
        let mut dialog = Self { change, typed, form, refusal, then, reading, present, end: 0 };
        dialog.form.focus = match dialog.typed {
            Some(_) => Focus::Field,
            // The last of a mild one is its button, or that of what has to come first.
            None if dialog.change.danger() == Danger::Mild => dialog.focuses().last().copied().unwrap_or(Focus::Cancel),
            None => Focus::Cancel,
        };
        dialog
    }

    /// The switch that has to be on first, if the change is blocked by it.
    pub(crate) fn fix(&self) -> Option<Switch> {
        // The tasks in an account open their gates before their confirmations.
        self.change.switch().and(self.refusal.as_ref()?.gate())
    }

    /// When the recovery is to be closed again; `None` where that is no question.
    pub(crate) fn end(&self) -> Option<RecoveryEnd> {
        let asks = matches!(self.change, Change::Root { change: RootChange::AllowPasswordRecovery, .. });
        RecoveryEnd::ALL.get(self.end).copied().filter(|_| asks && self.refusal.is_none())
    }

    /// Until when the recovery is allowed that is confirmed now.
    pub(crate) fn until(&self, now: Timestamp) -> Option<Timestamp> {
        self.end()?.at(now)
    }

    pub(crate) fn is_typed(&self) -> bool {
        match (&self.typed, self.change.token()) {
            (Some(field), Some(token)) => field.text().trim() == token,
            _ => true,
        }
    }

    pub(crate) fn is_ready(&self) -> bool {
        !self.form.waits()
            && self.refusal.is_none()
            && self.is_typed()
            && self.reading.is_done
            && !self.form.lacks_reason()
    }
}

impl Dialog for Confirm {
    form!();

    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.typed.as_mut()
    }

    fn focuses(&self) -> Vec<Focus> {
        match &self.refusal {
            Some(_) if self.fix().is_some() => vec![Focus::Cancel, Focus::Other],
            Some(_) => vec![Focus::Cancel],
            None if self.end().is_some() => vec![Focus::Field, Focus::Cancel, Focus::Act, Focus::Answer],
            None if self.typed.is_some() => vec![Focus::Field, Focus::Cancel, Focus::Act],
            None => vec![Focus::Cancel, Focus::Act],
        }
    }

    /// The next end of a recovery.
    fn answer(&mut self, _model: &Model) -> bool {
        let answers = self.form.focus == Focus::Answer && self.end().is_some();
        if answers {
            self.end = (self.end + 1) % RecoveryEnd::ALL.len();
        }
        answers
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            Focus::Field if self.is_typed() => self.form.focus = Focus::Act,
            Focus::Other => {
                if let (Some(fix), Some((switch, true))) = (self.fix(), self.change.switch()) {
                    return Step::Done(Some(Next::Turn(fix, true, Some(Then::Turn(switch.clone())))));
                }
            }
            Focus::Act if self.is_ready() => {
                let request = WriteRequest::new(self.change.clone(), None, self.form.given_reason());
                let until = self.until(model.now);
                let request = WriteRequest { present: self.present.clone(), until, ..request };
                self.form.sent(Phase::Sending(model.send(request)));
                self.reading.top = 0;
            }
            Focus::Field | Focus::Act if !self.is_typed() => {
                self.form.focus = Focus::Field;
                model.ask_to_type(self.change.token());
            }
            // Space chooses; Enter leads on.
            Focus::Answer => self.form.focus = if self.is_typed() { Focus::Act } else { Focus::Field },
            Focus::Field | Focus::Act | Focus::Item(_) => {}
        }
        Step::Stay(None)
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.reading.go(motion, rows, lines);
    }

    fn reading(&self) -> Option<&Reading> {
        (!self.form.waits()).then_some(&self.reading)
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        (!self.form.waits()).then_some(&mut self.reading)
    }

    fn focus_confirms(&self) -> bool {
        matches!(self.form.focus, Focus::Field | Focus::Act)
    }

    fn answered(&mut self, change: &Change, trouble: Option<&WriteOutcome>, _seen: Option<EmailChangeStatus>) -> Step {
        match trouble {
            Some(trouble) => self.form.ended(trouble.clone(), Focus::Cancel),
            // AWS may show a switch later than it takes it.
            None if change.switch().is_some() => self.form.phase = Phase::Waiting,
            None => return Step::Done(None),
        }
        Step::Stay(None)
    }

    /// A reason against it that is no longer true goes. Enter then does nothing that was not on screen before.
    fn refresh(&mut self, model: &Model) -> bool {
        let is_asking = self.form.phase == Phase::Asking && self.refusal.is_some();
        let refusal = is_asking.then(|| model.refusal_of(&self.change)).filter(|refusal| *refusal != self.refusal);
        if let Some(refusal) = refusal {
            let mut dialog = Self::new(self.change.clone(), refusal, self.then.clone());
            if dialog.typed.is_none() {
                dialog.form.focus = Focus::Cancel;
            }
            dialog.form = Form { focus: dialog.form.focus, ..self.form.clone() };
            (dialog.present, dialog.end) = (self.present.clone(), self.end);
            *self = dialog;
        }
        true
    }

    fn awaits(&self, switch: &Switch) -> bool {
        self.form.phase == Phase::Waiting && self.change.switch().is_some_and(|(waited_for, _)| waited_for == switch)
    }

    fn then(&self) -> Option<Then> {
        self.then.clone()
    }

    fn accounts(&self) -> Vec<AccountId> {
        self.change.account().into_iter().collect()
    }

    fn confirms(&self) -> Option<Danger> {
        self.refusal.is_none().then(|| self.change.danger())
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(self.form.reasoned(model.commands_of(&self.change)))
    }
}
