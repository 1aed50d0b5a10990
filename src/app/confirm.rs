//! The confirmation of a change: a switch of the organization, or something inside a member account.

use jiff::Timestamp;

use super::dialog::{Dialog, Next, Step};
use super::effect::WriteId;
use super::field::TextField;
use super::list::Motion;
use super::notice::Trouble;
use super::preview::Reading;
use super::root_access::RootWish;
use super::root_tasks::RootChoice;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{Change, Danger, SEEN_WITHIN, Switch};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::permit::Refusal;
use crate::domain::write::PresentPolicy;

/// The dialog's data. The change is parked here until it is confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// The change to confirm.
    pub change: Change,
    /// What has to be typed, for a dangerous one.
    pub typed: Option<TextField>,
    /// Where the focus is.
    pub spot: Spot,
    /// How far it is.
    pub phase: Phase,
    /// Why it can't be made now.
    pub refusal: Option<Refusal>,
    /// Why the last attempt did not end well.
    pub trouble: Option<Trouble>,
    /// What is to follow once AWS shows it.
    pub then: Option<Then>,
    /// How far its text was read.
    pub reading: Reading,
    /// Which policy the change may take away.
    pub present: PresentPolicy,
}

/// A field or a button of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The text field.
    Field,
    /// The answer to a warning.
    Answer,
    /// Leave without doing anything.
    Cancel,
    /// The mend of what stands in the way, or sending again.
    Other,
    /// Do it.
    Act,
}

/// How far a write is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not confirmed yet, or ended in trouble.
    Asking,
    /// On its way.
    Sending(WriteId),
    /// AWS took it and does not show it yet.
    Waiting,
}

/// What follows a switch that had to be on first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Confirm another switch.
    Turn(Switch),
    /// Change a primary email.
    ChangeEmail(AccountId),
    /// Go on with what was wanted of the root access of accounts.
    Wish(RootWish),
    /// Begin a root task.
    Task(RootChoice),
}

impl Confirm {
    /// The dialog for setting `switch`.
    #[must_use]
    pub fn new(switch: &Switch, on: bool, refusal: Option<Refusal>, then: Option<Then>) -> Self {
        Self::of(switch.set(on), refusal, then)
    }

    /// The dialog for any change. The focus is on what has to be typed; else on the button of a mild one,
    /// and on Cancel of any other.
    #[must_use]
    pub fn of(change: Change, refusal: Option<Refusal>, then: Option<Then>) -> Self {
        let typed = change.token().filter(|_| refusal.is_none()).map(|_| TextField::default());
        let reading = Reading::default();
        let (spot, phase, present) = (Spot::Cancel, Phase::Asking, PresentPolicy::Any);
        let mut dialog = Self { change, typed, spot, phase, refusal, trouble: None, then, reading, present };
        dialog.spot = match dialog.typed {
            Some(_) => Spot::Field,
            // The last of a mild one is its button, or that of what has to come first.
            None if dialog.change.danger() == Danger::Mild => dialog.spots().last().copied().unwrap_or(Spot::Cancel),
            None => Spot::Cancel,
        };
        dialog
    }

    /// The switch that has to be on first, if that is what stands in the way.
    #[must_use]
    pub fn mend(&self) -> Option<Switch> {
        // The tasks in an account open their gates before their confirmations.
        self.change.switch().and(self.refusal.as_ref()?.gate())
    }

    /// Whether what has to be typed was typed.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        match (&self.typed, self.change.token()) {
            (Some(field), Some(token)) => field.text().trim() == token,
            _ => true,
        }
    }

    /// Whether the change may go out when its button is pressed.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.phase == Phase::Asking && self.refusal.is_none() && self.is_typed() && self.reading.is_done
    }

    /// The fields and buttons, in order.
    #[must_use]
    pub fn spots(&self) -> Vec<Spot> {
        match (self.phase, &self.refusal) {
            (Phase::Sending(_) | Phase::Waiting, _) => vec![Spot::Cancel],
            (Phase::Asking, Some(_)) if self.mend().is_some() => vec![Spot::Cancel, Spot::Other],
            (Phase::Asking, Some(_)) => vec![Spot::Cancel],
            (Phase::Asking, None) if self.typed.is_some() => vec![Spot::Field, Spot::Cancel, Spot::Act],
            (Phase::Asking, None) => vec![Spot::Cancel, Spot::Act],
        }
    }
}

impl Dialog for Confirm {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.typed.as_mut().filter(|_| self.spot == Spot::Field && self.phase == Phase::Asking && self.reading.is_done)
    }

    fn stops(&self) -> Vec<Spot> {
        self.spots()
    }

    fn focus_mut(&mut self) -> Option<&mut Spot> {
        Some(&mut self.spot)
    }

    fn is_typing(&self) -> bool {
        self.spot == Spot::Field && self.phase == Phase::Asking && self.reading.is_done
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.spot {
            Spot::Cancel => return Step::Close,
            Spot::Field if self.is_typed() => self.spot = Spot::Act,
            Spot::Other => {
                if let (Some(mend), Some((switch, true))) = (self.mend(), self.change.switch()) {
                    return Step::Done(Some(Next::Turn(mend, true, Some(Then::Turn(switch)))));
                }
            }
            Spot::Act if self.is_ready() => {
                self.phase = Phase::Sending(model.send(self.change.clone(), self.present.clone()));
                (self.trouble, self.spot, self.reading.top) = (None, Spot::Cancel, 0);
            }
            Spot::Field | Spot::Act if !self.is_typed() => model.ask_to_type(self.change.token()),
            Spot::Field | Spot::Act | Spot::Answer => {}
        }
        Step::Stay(None)
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.reading.go(motion, rows, lines);
    }

    fn reading(&self) -> Option<&Reading> {
        (self.phase == Phase::Asking).then_some(&self.reading)
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        (self.phase == Phase::Asking).then_some(&mut self.reading)
    }

    fn focus_confirms(&self) -> bool {
        matches!(self.spot, Spot::Field | Spot::Act)
    }

    fn answered(&mut self, change: &Change, trouble: Option<&Trouble>, _seen: Option<EmailChangeStatus>) -> Step {
        match trouble {
            Some(trouble) => {
                (self.phase, self.spot, self.trouble) = (Phase::Asking, Spot::Cancel, Some(trouble.clone()));
            }
            // AWS may show a switch later than it takes it.
            None if change.switch().is_some() => self.phase = Phase::Waiting,
            None => return Step::Done(None),
        }
        Step::Stay(None)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands_of(&self.change))
    }

    fn sends(&self, id: WriteId) -> bool {
        self.phase == Phase::Sending(id)
    }
}

/// The spot `step` places after `current` among `spots`, round the end; -1 is the one before.
#[must_use]
pub fn cycle(spots: &[Spot], current: Spot, step: isize) -> Spot {
    next_of(spots, current, step)
}

/// The same of a dialog with spots of its own.
pub(super) fn next_of<T: Copy + PartialEq>(spots: &[T], current: T, step: isize) -> T {
    let index = spots.iter().position(|spot| *spot == current).unwrap_or(0);
    let length = isize::try_from(spots.len()).unwrap_or(1).max(1);
    let next = (isize::try_from(index).unwrap_or(0) + step).rem_euclid(length);
    usize::try_from(next).ok().and_then(|next| spots.get(next)).copied().unwrap_or(current)
}

/// A switch that AWS took and does not show yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Which.
    pub switch: Switch,
    /// What it was set to.
    pub on: bool,
    /// Since when it is awaited.
    pub since: Timestamp,
}

impl Awaited {
    /// Whether it has been awaited for longer than AWS needs.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) > SEEN_WITHIN
    }
}
