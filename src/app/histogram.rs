//! How wide the texts of a column are, kept up to date as they come and go.

use crate::domain::text::width;

/// Texts by their width in columns of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Histogram {
    counts: Vec<usize>,
}

impl Histogram {
    pub(crate) fn add(&mut self, text: &str) {
        let width = width(text);
        if self.counts.len() <= width {
            self.counts.resize(width + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(width) {
            *count += 1;
        }
    }

    pub(crate) fn remove(&mut self, text: &str) {
        if let Some(count) = self.counts.get_mut(width(text)) {
            *count = count.saturating_sub(1);
        }
    }

    /// With the texts of another one.
    pub(crate) fn merge(&mut self, other: &Self) {
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    pub(crate) fn widest(&self) -> usize {
        self.counts.iter().rposition(|count| *count > 0).unwrap_or(0)
    }

    /// The width that holds 19 of 20 texts, or all but one of five to twenty: a few long names must not
    /// take the room of all others.
    pub(crate) fn typical(&self) -> usize {
        let all = self.counts.iter().sum::<usize>();
        let mut above = if all < 5 { 0 } else { all.div_ceil(20) };
        for (width, count) in self.counts.iter().enumerate().rev() {
            if *count > above {
                return width;
            }
            above -= count;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_long_texts_do_not_count() {
        let mut widths = Histogram::default();
        assert_eq!((widths.typical(), widths.widest()), (0, 0));
        widths.add("a name that is much longer");
        assert_eq!((widths.typical(), widths.widest()), (26, 26));
        for _ in 0..19 {
            widths.add("twelve chars");
        }
        assert_eq!((widths.typical(), widths.widest()), (12, 26));
        widths.add("another one of those names");
        widths.add("and another one of the ten");
        assert_eq!(widths.typical(), 26);
        widths.remove("another one of those names");
        widths.remove("and another one of the ten");
        widths.remove("a name that is much longer");
        assert_eq!((widths.typical(), widths.widest()), (12, 12));
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let mut widths = Histogram::default();
        widths.add("部門");
        assert_eq!(widths.widest(), 4);
    }
}
