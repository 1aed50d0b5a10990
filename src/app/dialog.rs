//! What the stack of layers asks of the one on top, whatever it is. A dialog knows its own keys, fields and
//! buttons; nothing else needs to know which it is.

use crate::app::command::{CommandId, DisabledReason, KeyContext};
use crate::app::field::TextField;
use crate::app::focus::{Focus, cycle};
use crate::app::ids::{RunId, WriteId};
use crate::app::key::Key;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::reading::Reading;
use crate::app::state::awaited::Then;
use crate::app::state::choices::RootWish;
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{Change, Switch};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::policy_holder::QueueSearch;
use crate::domain::write::WriteOutcome;

/// What becomes of a dialog whose button was pressed.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It stays on top, or below what comes next.
    Stay(Option<Next>),
    /// It closes, as with Esc.
    Close,
    /// It has done its work and goes.
    Done(Option<Next>),
}

/// What a dialog leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The confirmation of a switch, and what follows once it is on.
    Turn(Switch, bool, Option<Then>),
    /// The confirmation of a change.
    Confirm(Change),
    /// The one-time password of the change of an account from one address to another.
    EnterCode(AccountId, String, EmailAddress),
    /// What comes of this run.
    Results(RunId),
    /// What comes of the plan that was begun.
    PlanResults,
    /// The queues of an account.
    Queues(AccountId, QueueSearch),
    /// Something of the root access of accounts.
    Wish(RootWish),
    /// The reason of the change that the dialog below confirms.
    Reason(String),
    /// Why it can't be done now.
    Refuse(CommandId, DisabledReason),
}

/// A layer, as the stack sees it. Texts and lists that only show something leave most of it as it is.
pub trait Dialog {
    /// Where its keys are looked up.
    fn place(&self) -> KeyContext {
        KeyContext::Dialog
    }

    /// Whether letters are text now.
    fn is_typing(&self) -> bool {
        false
    }

    /// The field that has the focus, while letters are text.
    fn field_mut(&mut self) -> Option<&mut TextField> {
        None
    }

    /// What can have the focus now, in order.
    fn stops(&self) -> Vec<Focus> {
        Vec::new()
    }

    /// Where the focus is.
    fn focus_mut(&mut self) -> Option<&mut Focus> {
        None
    }

    /// Takes a key into what has the focus; whether it meant something there.
    fn typed(&mut self, key: Key, _model: &Model) -> bool {
        self.field_mut().is_some_and(|field| field.handle(key))
    }

    /// Takes a paste. It never submits anything.
    fn paste(&mut self, text: &str, _model: &Model) {
        if let Some(field) = self.field_mut() {
            field.paste(text);
        }
    }

    /// Moves the focus by `step` fields and buttons.
    fn move_focus(&mut self, step: isize, _model: &Model) {
        let stops = self.stops();
        if let Some(focus) = self.focus_mut() {
            *focus = cycle(&stops, *focus, step);
        }
    }

    /// What Enter does: from a field to its button, and on a button what it says. The dialog is not among
    /// the layers meanwhile.
    fn submit(&mut self, _model: &mut Model) -> Step {
        Step::Stay(None)
    }

    /// Scrolls, where `rows` of `lines` lines are on screen.
    fn go(&mut self, _motion: Motion, _rows: usize, _lines: usize) {}

    /// Takes how it was drawn.
    fn fit(&mut self, _geometry: Geometry) {}

    /// The text in it that has to be read to its end before anything is confirmed.
    fn reading(&self) -> Option<&Reading> {
        None
    }

    /// The same, to scroll it.
    fn reading_mut(&mut self) -> Option<&mut Reading> {
        None
    }

    /// Whether the focus is where that text has to be read first: a field, or the button that confirms.
    fn focus_confirms(&self) -> bool {
        false
    }

    /// Whether the secret typed in it is shown.
    fn revealed_mut(&mut self) -> Option<&mut bool> {
        None
    }

    /// The reason given for the change that it confirms, empty without one; `None` where none can be given.
    fn reason(&self) -> Option<&str> {
        None
    }

    /// The same, to give one.
    fn reason_mut(&mut self) -> Option<&mut String> {
        None
    }

    /// Whether it awaits the outcome of this write.
    fn sends(&self, _id: WriteId) -> bool {
        false
    }

    /// Takes what came of the write that it has sent: of `change`, and what AWS shows since of the email change
    /// of its account.
    fn answered(
        &mut self,
        _change: &Change,
        _trouble: Option<&WriteOutcome>,
        _seen: Option<EmailChangeStatus>,
    ) -> Step {
        Step::Stay(None)
    }

    /// The command lines that make its calls, as it shows them; `None` if it is not about any.
    fn commands(&self, _model: &Model) -> Option<Vec<AwsCommand>> {
        None
    }

    /// Whether it shows time that runs out.
    fn counts_down(&self) -> bool {
        false
    }
}
