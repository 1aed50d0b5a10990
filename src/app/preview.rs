//! The texts that have to be read before what they show can be confirmed: what would be deleted, sent or
//! put. Until their end was on screen, nothing in their dialog can be typed or pressed but Cancel.

use super::App;
use super::confirm::{Phase, Spot};
use super::email_dialog::EmailDialog;
use super::layers::Layer;
use super::list::Motion;
use super::notice::News;
use super::plans::{AskSpot, PlanStage};
use super::policies::PolicyPage;
use super::root_access::Stage;

/// How far such a text was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The first line on screen.
    pub top: usize,
    /// Whether its end has been on screen.
    pub is_done: bool,
}

impl Reading {
    /// Scrolls it.
    pub(super) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
    }

    /// Takes what the screen shows of it: `rows` of `lines` lines.
    pub(super) fn see(&mut self, rows: usize, lines: usize) {
        self.top = self.top.min(lines.saturating_sub(rows));
        self.is_done |= rows > 0 && lines > 0 && self.top + rows >= lines;
    }
}

impl App {
    /// The text on top that has to be read, if there is one.
    fn reading_mut(&mut self) -> Option<&mut Reading> {
        match self.layers.last_mut()? {
            Layer::Confirm(dialog) if dialog.phase == Phase::Asking => Some(&mut dialog.reading),
            Layer::Delete(dialog) => match &mut dialog.stage {
                Stage::Asking(asking) => Some(&mut asking.reading),
                Stage::Kinds(_) | Stage::Reading(_) => None,
            },
            Layer::Email(EmailDialog::Mails(dialog)) => Some(&mut dialog.reading),
            Layer::Plan(dialog) => match &mut dialog.stage {
                PlanStage::Asking(asking) => Some(&mut asking.reading),
                PlanStage::Pattern(_) | PlanStage::File(_) | PlanStage::Problems(_) => None,
            },
            Layer::Policies(PolicyPage::Policy(view)) => Some(&mut view.reading),
            Layer::Policies(PolicyPage::File(file)) => Some(&mut file.reading),
            _ => None,
        }
    }

    fn reading(&self) -> Option<Reading> {
        match self.layers.last()? {
            Layer::Confirm(dialog) if dialog.phase == Phase::Asking => Some(dialog.reading),
            Layer::Delete(dialog) => match &dialog.stage {
                Stage::Asking(asking) => Some(asking.reading),
                Stage::Kinds(_) | Stage::Reading(_) => None,
            },
            Layer::Email(EmailDialog::Mails(dialog)) => Some(dialog.reading),
            Layer::Plan(dialog) => match &dialog.stage {
                PlanStage::Asking(asking) => Some(asking.reading),
                PlanStage::Pattern(_) | PlanStage::File(_) | PlanStage::Problems(_) => None,
            },
            Layer::Policies(PolicyPage::Policy(view)) => Some(view.reading),
            Layer::Policies(PolicyPage::File(file)) => Some(file.reading),
            _ => None,
        }
    }

    /// Whether the text on top has to be read and its end was not on screen yet. The runtime then tells
    /// of each drawing: one that looks like the one before may be of another text.
    #[must_use]
    pub fn has_unread_text(&self) -> bool {
        self.reading().is_some_and(|reading| !reading.is_done)
    }

    /// Takes how much of the text on top is on screen.
    pub(super) fn see_text(&mut self) {
        let (rows, lines) = (self.geometry.dialog_rows, self.geometry.dialog_lines);
        if let Some(reading) = self.reading_mut() {
            reading.see(rows, lines);
        }
    }

    /// Whether the focus is where the text has to be read first: a field, or the button that confirms.
    fn focus_confirms(&self) -> bool {
        match self.layers.last() {
            Some(Layer::Confirm(dialog)) => matches!(dialog.spot, Spot::Field | Spot::Act),
            Some(Layer::Delete(dialog)) => match &dialog.stage {
                Stage::Asking(asking) => asking.spot != Spot::Cancel,
                Stage::Kinds(_) | Stage::Reading(_) => false,
            },
            Some(Layer::Email(EmailDialog::Mails(dialog))) => dialog.spot != Spot::Cancel,
            Some(Layer::Plan(dialog)) => match &dialog.stage {
                PlanStage::Asking(asking) => asking.spot != AskSpot::Cancel,
                PlanStage::Pattern(_) | PlanStage::File(_) | PlanStage::Problems(_) => false,
            },
            _ => false,
        }
    }

    /// Whether what has the focus is closed until the text on top was read to its end.
    #[must_use]
    pub fn is_to_be_read_first(&self) -> bool {
        self.has_unread_text() && self.focus_confirms()
    }

    /// Says that the text has to be read first, if it has.
    pub(super) fn insists_on_reading(&mut self) -> bool {
        let insists = self.is_to_be_read_first();
        if insists {
            self.out.notify(News::ReadFirst);
        }
        insists
    }
}
