//! Frames: what differs from the last one, as the bytes that change it.

use std::io;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::encoder::encode;
use crate::app::dashboard::Dashboard;
use crate::app::mouse::Target;
use crate::app::msg::Geometry;
use crate::ui::theme::Theme;
use crate::ui::{Drawn, draw_dashboard};

/// In bytes: a larger frame is marked to be shown at once; below it the marks cost more than a torn frame.
const SYNCHRONIZED_FROM: usize = 1024;

#[derive(Debug)]
pub(super) struct Screen {
    shown: Buffer,
    next: Buffer,
    cursor: Option<Position>,
    lost: bool,
    /// What can be pointed at in the picture on screen.
    drawn: Drawn,
}

#[derive(Debug)]
pub(super) struct Frame {
    /// The bytes that bring the terminal there; none where nothing changed.
    pub(super) bytes: Vec<u8>,
    pub(super) geometry: Geometry,
}

impl Screen {
    pub(super) fn new(columns: u16, rows: u16) -> Self {
        let area = Rect::new(0, 0, columns, rows);
        Self {
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            cursor: None,
            lost: true,
            drawn: Drawn::default(),
        }
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        *self = Self::new(columns, rows);
    }

    pub(super) fn invalidate(&mut self) {
        self.lost = true;
    }

    pub(super) fn draw(&mut self, dashboard: &Dashboard, theme: Theme) -> io::Result<Frame> {
        self.next.reset();
        let area = self.next.area;
        let drawn = draw_dashboard(dashboard, theme, area, &mut self.next);
        let mut bytes = Vec::new();
        if std::mem::take(&mut self.lost) {
            queue!(bytes, Clear(ClearType::All))?;
            self.shown.reset();
            self.cursor = None;
        }
        let changed = encode(&self.shown, &self.next, drawn.cursor);
        let moved = !changed.is_empty();
        bytes.append(&mut changed.into_bytes());
        self.place_cursor(&mut bytes, drawn.cursor, moved)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        if bytes.len() > SYNCHRONIZED_FROM {
            let mut framed = Vec::with_capacity(bytes.len() + 16);
            queue!(framed, BeginSynchronizedUpdate)?;
            framed.append(&mut bytes);
            queue!(framed, EndSynchronizedUpdate)?;
            bytes = framed;
        }
        let geometry = drawn.geometry;
        self.drawn = drawn;
        Ok(Frame { bytes, geometry })
    }

    pub(super) fn at(&self, place: Position) -> Option<Target> {
        self.drawn.at(place)
    }

    /// On the focused row or field, for screen readers and magnifiers.
    fn place_cursor(&mut self, bytes: &mut Vec<u8>, wanted: Option<Position>, moved: bool) -> io::Result<()> {
        match wanted {
            Some(position) => {
                if self.cursor.is_none() {
                    queue!(bytes, Show)?;
                }
                // What was written ends there.
                if !moved && self.cursor != wanted {
                    queue!(bytes, MoveTo(position.x, position.y))?;
                }
            }
            None if self.cursor.is_some() || moved => queue!(bytes, Hide)?,
            None => {}
        }
        self.cursor = wanted;
        Ok(())
    }
}
