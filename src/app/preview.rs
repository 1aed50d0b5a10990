//! The texts that have to be read before what they show can be confirmed: what would be deleted, sent or
//! put. Until their end was on screen, nothing in their dialog can be typed or pressed but Cancel.

use super::App;
use super::list::Motion;
use super::notification::Notification;

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
    /// Whether the text on top has to be read and its end was not on screen yet. The runtime then tells
    /// of each drawing: one that looks like the one before may be of another text.
    #[must_use]
    pub fn has_unread_text(&self) -> bool {
        self.layers.last().and_then(|layer| layer.dialog().reading()).is_some_and(|reading| !reading.is_done)
    }

    /// Takes how much of the text on top is on screen.
    pub(super) fn see_text(&mut self) {
        let (rows, lines) = (self.geometry.dialog_rows, self.geometry.dialog_lines);
        if let Some(reading) = self.layers.last_mut().and_then(|layer| layer.dialog_mut().reading_mut()) {
            reading.see(rows, lines);
        }
    }

    /// Whether what has the focus is closed until the text on top was read to its end.
    #[must_use]
    pub fn is_to_be_read_first(&self) -> bool {
        self.has_unread_text() && self.layers.last().is_some_and(|layer| layer.dialog().focus_confirms())
    }

    /// Says that the text has to be read first, if it has.
    pub(super) fn insists_on_reading(&mut self) -> bool {
        let insists = self.is_to_be_read_first();
        if insists {
            self.model.out.notify(Notification::ReadFirst);
        }
        insists
    }
}
