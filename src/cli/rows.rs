//! Rows of text as the forms of an output: columns for people, JSON and CSV for programs.

use std::io;

use jiff::Timestamp;

pub(super) use crate::domain::spreadsheet::csv;
use crate::domain::text::width;
use crate::words::time::utc_second;

/// Columns that stand under each other, whatever the script.
pub(super) fn columns(head: &[&str], rows: Vec<Vec<String>>) -> String {
    let head = head.iter().map(|&name| name.to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, wide)| {
            let padding = " ".repeat(wide.saturating_sub(width(cell)));
            format!("{cell}{padding}")
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A time for programs: in UTC, in whole seconds.
pub(super) fn seconds<T, S>(at: &T, to: S) -> Result<S::Ok, S::Error>
where
    T: Copy + Into<Option<Timestamp>>,
    S: serde::Serializer,
{
    match (*at).into() {
        Some(at) => to.serialize_str(&utc_second(at)),
        None => to.serialize_none(),
    }
}

/// JSON with a line break at its end.
///
/// # Errors
/// If it has no such form.
pub(super) fn json(value: &impl serde::Serialize) -> io::Result<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(io::Error::from)
}

/// A word, or why it is not known: never something that could pass for one.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub(super) enum Told<'a> {
    /// The word.
    Known(&'a str),
    /// Made by [`Told::unknown`].
    Unknown {
        /// `unknown`.
        status: &'static str,
        /// Why.
        cause: &'a str,
    },
}

impl<'a> Told<'a> {
    /// Not known, for this reason.
    pub(super) fn unknown(cause: &'a str) -> Self {
        Self::Unknown { status: "unknown", cause }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_whatever_the_script() {
        let row = |name: &str| vec![name.to_owned(), "|".to_owned()];
        let text = columns(&["NAME", "X"], vec![row("検証環境"), row("a")]);
        let places: Vec<usize> =
            text.lines().filter_map(|line| line.split_once('|').map(|(before, _)| width(before))).collect();
        assert_eq!(places, [10, 10]);
    }
}
