//! The file of a plan: CSV with a header, as people and spreadsheets write it.

use crate::domain::spreadsheet::restored;
use crate::domain::text::clean;

/// The column with the id of the account.
pub const ACCOUNT_COLUMN: &str = "account_id";
/// The column with the address it is to have.
pub const EMAIL_COLUMN: &str = "new_email";

/// One line of a plan as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// Its line, from 1.
    pub line: u64,
    /// What stands in the column of the account.
    pub account: String,
    /// What stands in the column of the new address.
    pub new: String,
    /// Whether a cell of it goes on over a line break: a quote that is not closed takes in what follows.
    pub breaks: bool,
}

/// Why a file can't be read as a plan at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not UTF-8; the line of the first character that is not.
    NotUtf8(u64),
    /// It is UTF-16, as "Unicode text" of spreadsheets is.
    Utf16,
    /// Nothing stands in it.
    Empty,
    /// Its columns are separated by this instead of commas.
    Separator(char),
    /// Its first line is no header: it holds values.
    NoHeader,
    /// Its header lacks this column; what it has.
    NoColumn(&'static str, Vec<String>),
    /// Its header has this column twice.
    TwoColumns(&'static str),
    /// It has a header and nothing else.
    NoLines,
}

/// Reads a plan from the bytes of a file.
///
/// # Errors
/// If it is no plan at all. What is wrong with single lines is found by `check`.
pub fn read(bytes: &[u8]) -> Result<Vec<PlanRow>, Unreadable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Unreadable::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        Unreadable::NotUtf8(1 + breaks(before))
    })?;
    parse(text)
}

/// Reads a plan from a text. The two columns are found by their names, in any case and order, and the
/// others are ignored; blank lines are left out.
///
/// # Errors
/// If it is no plan at all. What is wrong with single lines is found by `check`.
pub fn parse(text: &str) -> Result<Vec<PlanRow>, Unreadable> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: 1 };
    let mut columns: Option<Columns> = None;
    let mut rows = Vec::new();
    // Of a text that is UTF-8 and may have any number of cells in a line, nothing is unreadable.
    for record in reader.records().filter_map(Result::ok) {
        let line = record.position().map_or(0, |position| lines.line_at(position.byte()));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns::of(&record)?);
            continue;
        };
        let cell = |column: usize| record.get(column).unwrap_or_default();
        rows.push(PlanRow {
            line,
            account: id_of(cell(columns.account)).to_owned(),
            new: restored(cell(columns.new)).trim().to_owned(),
            breaks: record.iter().any(|cell| cell.trim().contains(['\r', '\n'])),
        });
    }
    match columns {
        None => Err(Unreadable::Empty),
        Some(_) if rows.is_empty() => Err(Unreadable::NoLines),
        Some(_) => Ok(rows),
    }
}

/// An id without what makes a spreadsheet take it for a text: `'0123…` and `="0123…"`.
fn id_of(cell: &str) -> &str {
    let cell = restored(cell.trim());
    let formula = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    formula.unwrap_or_else(|| cell.strip_prefix('\'').unwrap_or(cell)).trim()
}

/// Where the two columns are.
struct Columns {
    account: usize,
    new: usize,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, Unreadable> {
        let is = |cell: &str, name: &str| cell.trim().eq_ignore_ascii_case(name);
        let find = |name: &'static str| {
            let mut places = header.iter().enumerate().filter(|(_, cell)| is(cell, name)).map(|(place, _)| place);
            match (places.next(), places.next()) {
                (Some(place), None) => Ok(place),
                (Some(_), Some(_)) => Err(Unreadable::TwoColumns(name)),
                (None, _) => Err(missing(header, name)),
            }
        };
        Ok(Self { account: find(ACCOUNT_COLUMN)?, new: find(EMAIL_COLUMN)? })
    }
}

/// Why a column is not found in the header.
fn missing(header: &csv::StringRecord, name: &'static str) -> Unreadable {
    let whole = header.iter().collect::<Vec<_>>().join(",");
    let names = |part: &str| [ACCOUNT_COLUMN, EMAIL_COLUMN].iter().any(|name| part.trim().eq_ignore_ascii_case(name));
    let separator = [';', '\t', '|'].into_iter().find(|separator| {
        whole.contains(*separator) && whole.split(*separator).any(|part| names(part.trim_matches('"')))
    });
    if let Some(separator) = separator {
        return Unreadable::Separator(separator);
    }
    let is_value = |cell: &str| cell.contains('@') || cell.trim().bytes().filter(u8::is_ascii_digit).count() > 8;
    if header.iter().any(is_value) {
        return Unreadable::NoHeader;
    }
    Unreadable::NoColumn(name, header.iter().map(|cell| clean(cell.trim())).collect())
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the record that the reader found at `byte`: its blank lines in front are skipped.
    fn line_at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(self.bytes.len());
        let rest = self.bytes.get(byte..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += breaks(self.bytes.get(self.at..byte + blank).unwrap_or_default());
        self.at = byte + blank;
        self.line
    }
}

/// The line breaks in a text: LF, CRLF, and CR as of old.
fn breaks(bytes: &[u8]) -> u64 {
    let pairs = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    let all = bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
    u64::try_from(all - pairs).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
