//! A scrolling list with one selected row.

/// A move through a list or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// By rows, negative for up.
    Rows(isize),
    /// By pages, less one row each so that a known one stays in sight.
    Pages(isize),
    /// By half pages.
    HalfPages(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Motion {
    /// Where it leads from row `from`, where `page` of `length` rows are on screen.
    #[must_use]
    pub fn apply(self, from: usize, page: usize, length: usize) -> usize {
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
}

/// The rows of a list by key, which of them is selected, and which part is on screen.
///
/// When the selection leaves the page, the page moves by half its height: over SSH, one larger
/// frame now and then is cheaper than a shifted page at each key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<K> {
    rows: Vec<K>,
    selected: usize,
    top: usize,
    page: usize,
}

impl<K> Default for List<K> {
    fn default() -> Self {
        Self { rows: Vec::new(), selected: 0, top: 0, page: 1 }
    }
}

impl<K: Copy + PartialEq> List<K> {
    /// All rows in order.
    #[must_use]
    pub fn rows(&self) -> &[K] {
        &self.rows
    }

    /// The selected row's place.
    #[must_use]
    pub fn index(&self) -> usize {
        self.selected
    }

    /// The selected row's key; `None` in an empty list.
    #[must_use]
    pub fn selected(&self) -> Option<K> {
        self.rows.get(self.selected).copied()
    }

    /// The first row on screen.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// The rows on screen.
    #[must_use]
    pub fn visible(&self) -> &[K] {
        let end = (self.top + self.page).min(self.rows.len());
        self.rows.get(self.top..end).unwrap_or_default()
    }

    /// Takes new rows; the selection stays on its key, or near its place where the key is gone.
    pub fn set_rows(&mut self, rows: Vec<K>) {
        let key = self.selected();
        let offset = self.selected.saturating_sub(self.top);
        self.rows = rows;
        let found = key.and_then(|key| self.rows.iter().position(|row| *row == key));
        self.selected = found.unwrap_or(self.selected);
        if found.is_some() {
            self.top = self.selected.saturating_sub(offset);
        }
        self.settle();
    }

    /// Selects `key`, if it is there.
    pub fn select(&mut self, key: K) -> bool {
        let Some(index) = self.rows.iter().position(|row| *row == key) else { return false };
        self.selected = index;
        self.settle();
        true
    }

    /// Moves the selection; it stops at the ends.
    pub fn go(&mut self, motion: Motion) {
        self.selected = motion.apply(self.selected, self.page, self.rows.len());
        self.settle();
    }

    /// Takes the number of rows that fit on screen.
    pub fn set_page(&mut self, page: usize) {
        self.page = page.max(1);
        self.settle();
    }

    fn settle(&mut self) {
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let half = self.page / 2;
        if self.selected < self.top {
            self.top = if self.top - self.selected > half {
                self.selected.saturating_sub(half)
            } else {
                self.top.saturating_sub(half.max(1))
            };
        } else if self.selected >= self.top + self.page {
            let beyond = self.selected - (self.top + self.page - 1);
            self.top = if beyond > half { self.selected - half.min(self.page - 1) } else { self.top + half.max(1) };
        }
        self.top = self.top.min(self.rows.len().saturating_sub(self.page));
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
    fn the_selection_follows_its_key_through_a_new_order() {
        let mut list = List::default();
        list.set_page(5);
        list.set_rows((0..50).collect());
        list.select(20);
        list.set_rows((0..50).rev().collect());
        assert_eq!(list.selected(), Some(20));
        list.set_rows(vec![1, 2]);
        assert_eq!(list.selected(), Some(2));
        list.set_rows(vec![]);
        assert_eq!(list.selected(), None);
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
        fn the_selection_is_always_on_the_page(steps in proptest::collection::vec(step(), 0..60)) {
            let mut list = List::default();
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
