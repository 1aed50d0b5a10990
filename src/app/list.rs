//! A scrolling list with one selected row.

use std::collections::HashSet;
use std::hash::Hash;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Motion {
    /// Negative is up.
    Rows(isize),
    /// Less one row per page, so that a known row stays in sight.
    Pages(isize),
    HalfPages(isize),
    First,
    Last,
}

impl Motion {
    /// The row it leads to from row `from`, with `page` of `length` rows on screen.
    pub(crate) fn apply(self, from: usize, page: usize, length: usize) -> usize {
        let by = |step: usize, count: isize| {
            let step = isize::try_from(step.max(1)).unwrap_or(1);
            from.saturating_add_signed(step.saturating_mul(count))
        };
        let to = match self {
            Self::Rows(count) => by(1, count),
            Self::Pages(count) => by(page.saturating_sub(1), count),
            Self::HalfPages(count) => by(page / 2, count),
            Self::First => 0,
            Self::Last => length,
        };
        to.min(length.saturating_sub(1))
    }

    /// The first line it leads to in a text scrolled to `top`, with `rows` of `lines` lines on screen.
    pub(crate) fn scroll(self, top: usize, rows: usize, lines: usize) -> usize {
        self.apply(top, rows, lines).min(lines.saturating_sub(rows))
    }
}

/// The rows of a list by key, which of them is selected, and which part is on screen.
///
/// When the selection leaves the page, the page moves by half its height: over SSH, one larger frame now and then is
/// cheaper than a shifted page at each key. A list as wide as the screen follows row by row instead, because the
/// terminal itself moves what stays in sight. After a jump the selected row is in the middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List<K> {
    rows: Vec<K>,
    selected: usize,
    top: usize,
    page: usize,
    /// Whether the page follows row by row.
    follows: bool,
}

impl<K> Default for List<K> {
    fn default() -> Self {
        Self { rows: Vec::new(), selected: 0, top: 0, page: 1, follows: false }
    }
}

impl<K: Copy + Eq + Hash> List<K> {
    pub(crate) fn rows(&self) -> &[K] {
        &self.rows
    }

    pub(crate) fn index(&self) -> usize {
        self.selected
    }

    pub(crate) fn selected(&self) -> Option<K> {
        self.rows.get(self.selected).copied()
    }

    pub(crate) fn top(&self) -> usize {
        self.top
    }

    pub(crate) fn visible(&self) -> &[K] {
        let end = (self.top + self.page).min(self.rows.len());
        self.rows.get(self.top..end).unwrap_or_default()
    }

    /// The selection stays on its key, or moves to the nearest remaining row. A list at its top
    /// stays there while the selected row is on its first page.
    pub(crate) fn set_rows(&mut self, rows: Vec<K>) {
        let offset = self.selected.saturating_sub(self.top);
        let found = self.nearest_in(&rows).and_then(|key| rows.iter().position(|row| *row == key));
        self.rows = rows;
        self.selected = found.unwrap_or(self.selected);
        if found.is_some() && (self.top > 0 || self.selected >= self.page) {
            self.top = self.selected.saturating_sub(offset);
        }
        self.recompute();
    }

    /// The remaining row nearest to the selected one: itself, the next one, the one before.
    fn nearest_in(&self, rows: &[K]) -> Option<K> {
        let key = self.selected()?;
        if rows.contains(&key) {
            return Some(key);
        }
        let left: HashSet<&K> = rows.iter().collect();
        let (before, behind) = self.rows.split_at(self.selected);
        let steps = 0..before.len().max(behind.len());
        let mut candidates = steps.flat_map(|step| [behind.get(step), before.iter().rev().nth(step)]).flatten();
        candidates.find(|key| left.contains(key)).copied()
    }

    pub(crate) fn select(&mut self, key: K) -> bool {
        let Some(index) = self.rows.iter().position(|row| *row == key) else { return false };
        self.selected = index;
        self.recompute();
        true
    }

    pub(crate) fn go(&mut self, motion: Motion) {
        self.selected = motion.apply(self.selected, self.page, self.rows.len());
        self.recompute();
    }

    pub(crate) fn set_page(&mut self, page: usize) {
        self.page = page.max(1);
        self.recompute();
    }

    /// `follows`: nothing is beside it on the screen.
    pub(in crate::app) fn set_follows(&mut self, follows: bool) {
        self.follows = follows;
    }

    fn recompute(&mut self) {
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let last = self.top + self.page - 1;
        let half = (self.page / 2).max(1);
        let (above, below) = (self.top.saturating_sub(self.selected), self.selected.saturating_sub(last));
        let step = |beyond: usize| if self.follows { beyond } else { half };
        self.top = match (above, below) {
            (0, 0) => self.top,
            (0, below) if below <= half => self.top + step(below),
            (above, 0) if above <= half => self.top.saturating_sub(step(above)),
            _ => self.selected.saturating_sub((self.page / 2).min(self.page - 1)),
        };
        self.top = self.top.min(self.rows.len().saturating_sub(self.page));
    }
}

/// The rows that were computed for a list. Where a list shows several organizations, they are kept to be merged with
/// the rows of the others.
#[derive(Clone, Debug)]
pub(crate) struct OwnRows<K> {
    is_merged: bool,
    rows: Vec<K>,
    version: u64,
}

impl<K: Copy + Eq + Hash> OwnRows<K> {
    pub(in crate::app) fn new(is_merged: bool) -> Self {
        Self { is_merged, rows: Vec::new(), version: 0 }
    }

    pub(in crate::app) fn set(&mut self, list: &mut List<K>, rows: Vec<K>) {
        if self.is_merged {
            self.rows = rows;
            self.version += 1;
        } else {
            list.set_rows(rows);
        }
    }

    /// None where they are on the list.
    pub(crate) fn rows(&self) -> &[K] {
        &self.rows
    }

    /// Grows with each change of the rows.
    pub(in crate::app) fn version(&self) -> u64 {
        self.version
    }
}

impl<K: Copy + Eq + Hash> Default for OwnRows<K> {
    fn default() -> Self {
        Self::new(false)
    }
}

/// A list, and the details of its selected row beside it. One of the two has the focus.
#[derive(Clone, Debug)]
pub(crate) struct ListPane<K> {
    pub(crate) list: List<K>,
    /// Whether the details have the focus.
    pub(crate) reading: bool,
    /// The first line of the details on screen.
    pub(crate) top: usize,
    /// Whether a row was chosen: until then the first one is.
    pub(in crate::app) chosen: bool,
}

impl<K> Default for ListPane<K> {
    fn default() -> Self {
        Self { list: List::default(), reading: false, top: 0, chosen: false }
    }
}

/// What the keys of a view move.
pub(crate) trait Scrolled {
    fn go(&mut self, motion: Motion, rows: usize, lines: usize);

    /// Moves in the list, wherever the focus is.
    fn go_rows(&mut self, motion: Motion);

    /// Selects the row with this index; whether it was selected already.
    fn pick(&mut self, index: usize) -> bool;

    /// Scrolls the details, wherever the focus is.
    fn scroll_text(&mut self, _motion: Motion, _rows: usize, _lines: usize) {}

    /// Takes how many rows of the list fit on the screen.
    fn set_page(&mut self, rows: usize);

    /// Takes whether its list is as wide as the screen.
    fn set_follows(&mut self, follows: bool);

    /// Takes the last line that the details can be scrolled to.
    fn limit_scroll(&mut self, _last: usize) {}

    /// Moves the focus to its details, where it has any.
    fn focus_text(&mut self) {
        if let Some(reading) = self.reading_mut() {
            *reading = true;
        }
    }

    /// Whether its details have the focus; `None` without details.
    fn reading_mut(&mut self) -> Option<&mut bool> {
        None
    }
}

impl<K: Copy + Eq + Hash> Scrolled for List<K> {
    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        Self::go(self, motion);
    }

    fn go_rows(&mut self, motion: Motion) {
        Self::go(self, motion);
    }

    fn pick(&mut self, index: usize) -> bool {
        let was = std::mem::replace(&mut self.selected, index);
        self.recompute();
        was == index
    }

    fn set_page(&mut self, rows: usize) {
        Self::set_page(self, rows);
    }

    fn set_follows(&mut self, follows: bool) {
        Self::set_follows(self, follows);
    }
}

impl<K: Copy + Eq + Hash> Scrolled for ListPane<K> {
    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.scroll_text(motion, rows, lines);
        } else {
            self.go_rows(motion);
        }
    }

    fn go_rows(&mut self, motion: Motion) {
        self.chosen = true;
        self.top = 0;
        self.list.go(motion);
    }

    fn pick(&mut self, index: usize) -> bool {
        self.chosen = true;
        self.top = 0;
        self.list.pick(index)
    }

    fn scroll_text(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.top = motion.scroll(self.top, rows, lines);
    }

    fn set_page(&mut self, rows: usize) {
        self.list.set_page(rows);
    }

    fn set_follows(&mut self, follows: bool) {
        self.list.set_follows(follows);
    }

    fn limit_scroll(&mut self, last: usize) {
        self.top = self.top.min(last);
    }

    fn reading_mut(&mut self) -> Option<&mut bool> {
        Some(&mut self.reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_page_moves_by_half() {
        let mut list = List::default();
        list.set_page(10);
        list.set_rows((0..100).collect());
        list.go(Motion::Rows(9));
        assert_eq!(list.top(), 0);
        list.go(Motion::Rows(1));
        assert_eq!((list.top(), list.index()), (5, 10));
        list.go(Motion::Rows(-6));
        assert_eq!((list.top(), list.index()), (0, 4));
    }

    #[test]
    fn with_nothing_beside_it_the_page_follows_row_by_row_and_centers_what_is_jumped_to() {
        let mut list = List::default();
        list.set_page(10);
        list.set_follows(true);
        list.set_rows((0..100).collect());
        list.go(Motion::Rows(9));
        assert_eq!(list.top(), 0);
        list.go(Motion::Rows(1));
        assert_eq!((list.top(), list.index()), (1, 10));
        list.go(Motion::Rows(-10));
        assert_eq!((list.top(), list.index()), (0, 0));
        list.go(Motion::HalfPages(2));
        assert_eq!((list.top(), list.index()), (1, 10));
        list.go(Motion::Rows(40));
        assert_eq!((list.top(), list.index()), (45, 50));
        list.go(Motion::Rows(-6));
        assert_eq!((list.top(), list.index()), (44, 44));
    }

    #[test]
    fn the_selection_follows_its_key_through_a_new_order() {
        let mut list = List::default();
        list.set_page(5);
        list.set_rows((0..50).collect());
        list.select(20);
        list.set_rows((0..50).rev().collect());
        assert_eq!(list.selected(), Some(20));
        list.set_rows(vec![1, 2]);
        assert_eq!(list.selected(), Some(2), "of the rows that are left the nearest");
        list.set_rows(vec![]);
        assert_eq!(list.selected(), None);
    }

    #[test]
    fn where_the_key_is_gone_the_nearest_row_is_selected() {
        let mut list = List::default();
        list.set_page(5);
        list.set_rows((0..50).collect());
        list.select(20);
        list.set_rows(vec![1, 17, 24, 40]);
        assert_eq!(list.selected(), Some(17));
        list.set_rows((0..50).collect());
        assert_eq!(list.selected(), Some(17), "and stays where it went");
    }

    #[test]
    fn rows_that_come_in_above_are_seen_while_the_list_is_at_its_top() {
        let mut list = List::default();
        list.set_page(5);
        list.set_rows(vec![5, 6, 7]);
        list.set_rows((2..30).collect());
        assert_eq!((list.selected(), list.top()), (Some(5), 0));
        list.set_rows((0..30).collect());
        assert_eq!((list.selected(), list.visible().contains(&5)), (Some(5), true));
    }

    #[derive(Clone, Debug)]
    enum Step {
        Go(Motion),
        Height(usize),
        Rows(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (-60isize..60).prop_map(|rows| Step::Go(Motion::Rows(rows))),
            (-2isize..3).prop_map(|pages| Step::Go(Motion::Pages(pages))),
            (-2isize..3).prop_map(|halves| Step::Go(Motion::HalfPages(halves))),
            Just(Step::Go(Motion::First)),
            Just(Step::Go(Motion::Last)),
            (0usize..40).prop_map(Step::Height),
            (0usize..90).prop_map(Step::Rows),
        ]
    }

    proptest! {
        #[test]
        fn the_selection_stays_while_its_row_is_there(
            changes in prop::collection::vec(prop::collection::btree_set(0usize..40, 0..40), 1..20),
            from in 0usize..40,
        ) {
            let mut list = List::default();
            list.set_page(7);
            list.set_rows((0..40).collect());
            list.select(from);
            for rows in changes {
                let before = list.selected();
                let all: Vec<usize> = list.rows().to_vec();
                list.set_rows(rows.iter().copied().collect());
                match before {
                    Some(key) if rows.contains(&key) => prop_assert_eq!(list.selected(), Some(key)),
                    // Both orders are ascending: places tell how far rows were from each other.
                    Some(key) => {
                        let place = |key: usize| all.iter().position(|other| *other == key);
                        let far = |other: usize| place(other).zip(place(key)).map(|(one, two)| one.abs_diff(two));
                        let least = rows.iter().filter_map(|row| far(*row)).min();
                        if let (Some(selected), Some(least)) = (list.selected(), least) {
                            prop_assert_eq!(far(selected), Some(least));
                        }
                    }
                    None => {}
                }
            }
        }

        #[test]
        fn the_selection_is_always_on_the_page(steps in proptest::collection::vec(step(), 0..60), follows: bool) {
            let mut list = List::default();
            list.set_follows(follows);
            for step in steps {
                match step {
                    Step::Go(motion) => list.go(motion),
                    Step::Height(rows) => list.set_page(rows),
                    Step::Rows(count) => list.set_rows((0..count).collect()),
                }
                if let Some(selected) = list.selected() {
                    prop_assert!(list.visible().contains(&selected));
                } else {
                    prop_assert!(list.rows().is_empty());
                }
            }
        }
    }
}
