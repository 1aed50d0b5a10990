//! The figures, side by side.

use std::time::Duration;

/// A figure with its unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    value: f64,
    unit: &'static str,
}

pub(crate) fn bytes(count: usize) -> Figure {
    Figure { value: exact(count as u64), unit: "B" }
}

pub(crate) fn kilobytes(count: u64) -> Figure {
    Figure { value: exact(count) / 1024.0, unit: "MB" }
}

pub(crate) fn count(count: u64) -> Figure {
    Figure { value: exact(count), unit: "" }
}

pub(crate) fn milliseconds(time: Duration) -> Figure {
    Figure { value: time.as_secs_f64() * 1000.0, unit: "ms" }
}

pub(crate) fn seconds(time: Duration) -> Figure {
    Figure { value: time.as_secs_f64(), unit: "s" }
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn exact(count: u64) -> f64 {
    count as f64
}

impl Figure {
    fn text(self) -> String {
        let Self { value, unit } = self;
        let number = if unit == "B" || unit.is_empty() { format!("{value:.0}") } else { format!("{value:.2}") };
        format!("{number} {unit}").trim_end().to_owned()
    }
}

/// What is allowed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Budget {
    AtMost(Figure),
    /// Of what the reference needs.
    Ratio(f64),
}

impl Budget {
    pub(crate) fn at_most(figure: Figure) -> Self {
        Self::AtMost(figure)
    }

    pub(crate) fn count(limit: u64) -> Self {
        Self::AtMost(count(limit))
    }

    pub(crate) fn ratio(ratio: f64) -> Self {
        Self::Ratio(ratio)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Table(Vec<[String; 6]>);

impl Table {
    pub(crate) fn add(&mut self, what: (&'static str, usize), budget: Budget, figure: Figure) {
        self.row(what, budget, figure, ("-".to_owned(), None));
    }

    /// Beside a reference program in the same go; `None`: it is not installed.
    pub(crate) fn compare(
        &mut self,
        what: (&'static str, usize),
        budget: Budget,
        figure: Figure,
        reference: Option<(&'static str, Figure)>,
    ) {
        let beside = match reference {
            Some((name, theirs)) => (format!("{name}: {}", theirs.text()), Some(theirs)),
            None => ("not installed".to_owned(), None),
        };
        self.row(what, budget, figure, beside);
    }

    fn row(
        &mut self,
        (what, accounts): (&'static str, usize),
        budget: Budget,
        figure: Figure,
        (reference, theirs): (String, Option<Figure>),
    ) {
        let ratio = theirs.filter(|theirs| theirs.value > 0.0).map(|theirs| figure.value / theirs.value);
        let (limit, used) = match budget {
            Budget::AtMost(limit) => (limit.text(), Some((figure.value, limit.value))),
            Budget::Ratio(limit) => (format!("{limit:.2} x"), ratio.map(|ratio| (ratio, limit))),
        };
        let verdict = match used {
            Some((used, limit)) if used <= limit => "within",
            Some(_) => "over",
            None => "unknown",
        };
        let ratio = ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2} x"));
        let accounts = if accounts == 0 { String::new() } else { format!(" ({accounts})") };
        let row = [format!("{what}{accounts}"), limit, figure.text(), reference, ratio, verdict.to_owned()];
        println!("{}", row.join(" | "));
        self.0.push(row);
    }

    pub(crate) fn print(&self) {
        let head = ["budget (accounts)", "limit", "figure", "reference", "ratio", ""].map(str::to_owned);
        let rows: Vec<&[String; 6]> = std::iter::once(&head).chain(&self.0).collect();
        println!();
        for row in &rows {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let width = rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or_default();
                format!("{cell:<width$}")
            });
            println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
    }
}

pub(crate) fn median<T: Copy + Ord + Default>(all: &[T]) -> T {
    percentile(all, 50)
}

pub(crate) fn percentile<T: Copy + Ord + Default>(all: &[T], percent: usize) -> T {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().saturating_sub(1);
    sorted.get((last * percent).div_ceil(100)).copied().unwrap_or_default()
}
