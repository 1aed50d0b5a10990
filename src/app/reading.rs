use crate::app::list::Motion;

/// How far a text that must be read was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) top: usize,
    /// Whether its end has been on screen.
    pub(crate) is_done: bool,
}

impl Reading {
    pub(in crate::app) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.top = motion.scroll(self.top, rows, lines);
    }

    /// Records that `rows` of `lines` lines are on screen, of which the first `to_read` have to be read.
    pub(in crate::app) fn see(&mut self, rows: usize, lines: usize, to_read: usize) {
        self.top = self.top.min(lines.saturating_sub(rows));
        self.is_done |= rows > 0 && lines > 0 && self.top + rows >= to_read;
    }
}
