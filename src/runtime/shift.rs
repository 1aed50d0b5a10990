//! Rows that have moved up or down together, as in a list that scrolls: the terminal moves them itself, which takes
//! fewer bytes than to write them again.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};

/// Fewer rows are as quickly written.
const LEAST: usize = 4;

/// Rows of the screen that move by some places; those that come in are blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shift {
    /// The rows among which others move.
    rows: Range<u16>,
    by: u16,
    up: bool,
}

impl Shift {
    /// What most rows of `next` have in common, if they were elsewhere in `shown`. Panes beside a list need not move
    /// along: the left half of a row counts, and its characters alone.
    pub(super) fn between(shown: &Buffer, next: &Buffer) -> Option<Self> {
        if shown.area != next.area {
            return None;
        }
        let mut places: HashMap<String, Option<u16>> = HashMap::new();
        for y in rows(shown) {
            match places.entry(left_half(shown, y)) {
                Entry::Vacant(entry) => _ = entry.insert(Some(y)),
                // Rows that look the same do not tell where a row was.
                Entry::Occupied(mut entry) => _ = entry.insert(None),
            }
        }
        let mut steps: HashMap<(bool, u16), Vec<u16>> = HashMap::new();
        for y in rows(next) {
            let Some(Some(was)) = places.get(&left_half(next, y)).copied() else { continue };
            if was != y {
                steps.entry((was > y, was.abs_diff(y))).or_default().push(y);
            }
        }
        let ((up, by), moved) = steps.into_iter().max_by_key(|(step, found)| (found.len(), *step))?;
        let (first, last) = (*moved.first()?, *moved.last()?);
        if moved.len() < LEAST {
            return None;
        }
        let rows = if up { first..last + by + 1 } else { first.saturating_sub(by)..last + 1 };
        Some(Self { rows, by, up })
    }

    /// The screen after it.
    pub(super) fn of(&self, shown: &Buffer) -> Buffer {
        let mut moved = shown.clone();
        for y in self.rows.clone() {
            let was = if self.up { y.checked_add(self.by) } else { y.checked_sub(self.by) };
            let was = was.filter(|was| self.rows.contains(was));
            for x in shown.area.left()..shown.area.right() {
                let cell = was.and_then(|was| shown.cell((x, was))).cloned().unwrap_or_else(|| Cell::new(" "));
                if let Some(place) = moved.cell_mut((x, y)) {
                    *place = cell;
                }
            }
        }
        moved
    }

    /// The bytes for it, and the row in whose first column the cursor is then: lines fed at a margin, or back at one. The
    /// margins stay.
    pub(super) fn bytes(&self) -> (String, u16) {
        let (first, last) = (u32::from(self.rows.start) + 1, self.rows.end);
        let (row, line, feed) =
            if self.up { (self.bottom(), u32::from(last), "\n") } else { (self.rows.start, first, "\x1bM") };
        (format!("\x1b[{first};{last}r\x1b[{line}H{}", feed.repeat(self.by.into())), row)
    }

    /// The last of the rows.
    pub(super) fn bottom(&self) -> u16 {
        self.rows.end.saturating_sub(1)
    }
}

/// Takes margins back. The cursor may be anywhere then.
pub(super) const NO_MARGINS: &str = "\x1b[r";

fn rows(buffer: &Buffer) -> Range<u16> {
    buffer.area.top()..buffer.area.bottom()
}

fn left_half(buffer: &Buffer, y: u16) -> String {
    let middle = buffer.area.left() + buffer.area.width.div_ceil(2);
    (buffer.area.left()..middle).filter_map(|x| buffer.cell((x, y))).map(Cell::symbol).collect()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    use super::*;

    fn list(first: usize, selected: usize) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 10));
        buffer.set_string(0, 0, "head", Style::new());
        for (y, row) in (1..9).zip(first..) {
            let style = if row == selected { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
            let mark = if row == selected { '>' } else { ' ' };
            buffer.set_string(0, y, format!("{mark} row {row:<24}"), style);
        }
        buffer.set_string(0, 9, format!("{selected}/100"), Style::new());
        buffer
    }

    #[test]
    fn a_list_that_scrolls_moves_between_its_head_and_its_last_row() {
        let (shown, next) = (list(1, 8), list(2, 9));
        let shift = Shift::between(&shown, &next).expect("one row up");
        assert_eq!(shift.bytes(), ("\u{1b}[2;8r\u{1b}[8H\n".to_owned(), 7));
        let moved = shift.of(&shown);
        assert_eq!(left_half(&moved, 1), left_half(&next, 1));
        assert!(left_half(&moved, 7).trim().is_empty(), "blank where it comes in");
        assert_eq!(left_half(&moved, 9), left_half(&shown, 9), "what is below stays");
    }

    #[test]
    fn it_moves_back_and_by_several() {
        let shift = Shift::between(&list(9, 9), &list(6, 6)).expect("three rows down");
        assert_eq!(shift.bytes(), ("\u{1b}[3;9r\u{1b}[3H\u{1b}M\u{1b}M\u{1b}M".to_owned(), 2));
    }

    #[test]
    fn another_page_of_the_list_moves_nothing() {
        assert_eq!(Shift::between(&list(1, 8), &list(50, 50)), None);
        assert_eq!(Shift::between(&list(1, 2), &list(1, 3)), None);
    }

    #[test]
    fn rows_that_look_the_same_do_not_move() {
        let same = |from: u16| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 10));
            for y in from..10 {
                buffer.set_string(0, y, "no answer", Style::new());
            }
            buffer
        };
        assert_eq!(Shift::between(&same(1), &same(2)), None);
    }
}
