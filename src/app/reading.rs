use crate::app::list::Motion;

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
    pub(in crate::app) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
    }

    /// Takes what the screen shows of it: `rows` of `lines` lines.
    pub(in crate::app) fn see(&mut self, rows: usize, lines: usize) {
        self.top = self.top.min(lines.saturating_sub(rows));
        self.is_done |= rows > 0 && lines > 0 && self.top + rows >= lines;
    }
}
