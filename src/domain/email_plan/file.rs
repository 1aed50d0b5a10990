//! The file of a plan: CSV with a header, as people and spreadsheets write it.

use crate::domain::account::AccountId;
use crate::domain::otp::fold;
use crate::domain::spreadsheet::restored;
use crate::domain::text::clean;

pub(crate) const ACCOUNT_COLUMN: &str = "account_id";
pub(crate) const EMAIL_COLUMN: &str = "new_email";

/// One line of a plan as it is in the file, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    pub(crate) line: u64,
    pub(crate) account: String,
    pub(crate) new: String,
    /// A cell takes in what seem to be other lines: a quote is not closed.
    pub(crate) breaks: bool,
}

/// The lines of a plan, and how the file was read where that is not as documented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanText {
    pub rows: Vec<PlanRow>,
    pub(crate) notes: Vec<PlanNote>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanNote {
    /// It is not UTF-8 and was read as CP932, as Excel in Japan writes CSV.
    Cp932,
    Utf16,
    /// Its columns are separated by this instead of commas.
    Separator(char),
    /// The ids of these lines have full-width digits.
    FullWidth(Vec<u64>),
    /// So many lines have no new address: they are not in the plan.
    Blank(usize),
}

/// Why a file can't be read as a plan at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// In no known encoding; the line of the first character that is not UTF-8.
    NotUtf8(u64),
    /// UTF-16 that is broken or without the mark at its beginning.
    Utf16,
    Empty,
    /// Its first line has values.
    NoHeader,
    /// The column that its header lacks, and what it has.
    NoColumn(&'static str, Vec<String>),
    TwoColumns(&'static str),
    NoLines,
    /// None of its lines has a new address.
    AllBlank,
}

/// Fails if it is no plan at all; `check` finds what is wrong with single lines.
pub(crate) fn read(bytes: &[u8]) -> Result<PlanText, Unreadable> {
    let (text, encoding) = decode(bytes)?;
    let PlanText { rows, notes } = parse(&text)?;
    Ok(PlanText { rows, notes: encoding.into_iter().chain(notes).collect() })
}

/// In the encodings that spreadsheets write. What counts in a plan is ASCII, which reads the same in all of them.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Option<PlanNote>), Unreadable> {
    let whole = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    let utf16 = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some(whole(encoding_rs::UTF_16LE, rest)),
        [0xFE, 0xFF, rest @ ..] => Some(whole(encoding_rs::UTF_16BE, rest)),
        // Without its mark, but each character of the header is ASCII.
        [1..=0xFF, 0, 1..=0xFF, 0, ..] => Some(whole(encoding_rs::UTF_16LE, bytes)),
        [0, 1..=0xFF, 0, 1..=0xFF, ..] => Some(whole(encoding_rs::UTF_16BE, bytes)),
        _ if bytes.iter().take(64).any(|byte| *byte == 0) => Some(None),
        _ => None,
    };
    if let Some(text) = utf16 {
        return text.map(|text| (text, Some(PlanNote::Utf16))).ok_or(Unreadable::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), None)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let text = whole(encoding_rs::SHIFT_JIS, bytes).ok_or_else(|| Unreadable::NotUtf8(1 + breaks(before)))?;
            Ok((text, Some(PlanNote::Cp932)))
        }
    }
}

/// Reads a plan from a text. The two columns are found by their names, in any case and order; blank lines are skipped,
/// and those without a new address counted.
///
/// # Errors
/// If it is no plan at all. `check` finds what is wrong with single lines.
pub fn parse(text: &str) -> Result<PlanText, Unreadable> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // The end of a file, as DOS wrote it.
    let text = text.strip_suffix('\u{1A}').unwrap_or(text);
    let (named, text, first) = after_separator_line(text);
    let separator = named.unwrap_or_else(|| separator_of(text, |header| Columns::of(header).is_ok()));
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: first };
    let mut columns: Option<Columns> = None;
    let (mut rows, mut full_width, mut blank) = (Vec::new(), Vec::new(), 0);
    for record in records(text, separator) {
        let line = record.position().map_or(0, |position| lines.line_at(position.byte()));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns::of(&record)?);
            continue;
        };
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let new = restored(cell(columns.new)).trim().to_owned();
        // In bytes that are no CP932 a bar may be half of a character.
        let breaks = columns.is_broken(&record) || (separator == b'|' && record.len() != columns.count);
        if new.is_empty() && !breaks {
            blank += 1;
            continue;
        }
        let written = id_of(cell(columns.account));
        let account: String = written.chars().map(digit).collect();
        if account != written {
            full_width.push(line);
        }
        // As ids are written elsewhere; what is none stays as it is, to be told.
        let account = AccountId::written(&account).map_or(account, |id| id.to_string());
        rows.push(PlanRow { line, account, new, breaks });
    }
    let separator = (separator != b',').then(|| PlanNote::Separator(char::from(separator)));
    let full_width = (!full_width.is_empty()).then_some(PlanNote::FullWidth(full_width));
    match columns {
        None => Err(Unreadable::Empty),
        Some(_) if rows.is_empty() && blank > 0 => Err(Unreadable::AllBlank),
        Some(_) if rows.is_empty() => Err(Unreadable::NoLines),
        Some(_) => {
            let blank = (blank > 0).then_some(PlanNote::Blank(blank));
            Ok(PlanText { rows, notes: separator.into_iter().chain(full_width).chain(blank).collect() })
        }
    }
}

/// The digit that a full-width one stands for. In an id both can only mean the same.
fn digit(c: char) -> char {
    if matches!(c, '０'..='９') { fold(c) } else { c }
}

fn records(text: &str, separator: u8) -> impl Iterator<Item = csv::StringRecord> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator);
    // Of a text that is UTF-8 and may have any number of cells in a line, nothing is unreadable.
    builder.from_reader(text.as_bytes()).into_records().filter_map(Result::ok)
}

/// A first line like `sep=;` names the separator to Excel; with the text below it and the line where that begins.
fn after_separator_line(text: &str) -> (Option<u8>, &str, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_end().trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match named {
        Some(&[separator]) if separator.is_ascii() => (Some(separator), rest, 2),
        _ if first.trim_end_matches('\r').trim_matches('"') == "sep=\t" => (Some(b'\t'), rest, 2),
        _ => (None, text, 1),
    }
}

/// The cells of a CSV text, as spreadsheets write it: its first line that is not blank, and the lines below with their
/// numbers, counted from 1.
pub(crate) struct Sheet {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<(u64, Vec<String>)>,
}

/// Fails if there is no line at all. `is_header` knows the columns that count, which tells the separator.
pub(crate) fn sheet(text: &str, is_header: impl Fn(&csv::StringRecord) -> bool) -> Result<Sheet, Unreadable> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let text = text.strip_suffix('\u{1A}').unwrap_or(text);
    let (named, text, first) = after_separator_line(text);
    let separator = named.unwrap_or_else(|| separator_of(text, is_header));
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: first };
    let mut rows = records(text, separator).filter_map(|record| {
        let line = record.position().map_or(0, |position| lines.line_at(position.byte()));
        let cells: Vec<String> = record.iter().map(|cell| restored(cell.trim()).to_owned()).collect();
        cells.iter().any(|cell| !cell.is_empty()).then_some((line, cells))
    });
    let (_, header) = rows.next().ok_or(Unreadable::Empty)?;
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() { Err(Unreadable::NoLines) } else { Ok(Sheet { header, rows }) }
}

/// What separates the columns: that with which the header has those that count; a comma otherwise.
fn separator_of(text: &str, is_header: impl Fn(&csv::StringRecord) -> bool) -> u8 {
    let is_read = |separator: &u8| {
        let mut records = records(text, *separator);
        let header = records.find(|record| record.iter().any(|cell| !cell.trim().is_empty()));
        header.is_some_and(|header| is_header(&header))
    };
    [b',', b';', b'\t', b'|'].into_iter().find(is_read).unwrap_or(b',')
}

/// An id without what makes a spreadsheet take it for a text: `'0123…` and `="0123…"`.
pub(crate) fn id_of(cell: &str) -> &str {
    let cell = restored(cell.trim());
    let formula = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    formula.unwrap_or_else(|| cell.strip_prefix('\'').unwrap_or(cell)).trim()
}

/// The places of the two columns, and the number of all.
struct Columns {
    account: usize,
    new: usize,
    count: usize,
}

/// As people and translated templates write them, in lower case, without blanks, hyphens and underscores.
pub(crate) const ACCOUNT_NAMES: [&str; 6] =
    ["accountid", "account", "awsaccountid", "アカウントid", "awsアカウントid", "アカウント番号"];
const EMAIL_NAMES: [&str; 7] = [
    "newemail",
    "newemailaddress",
    "newprimaryemail",
    "新しいメール",
    "新しいメールアドレス",
    "新メールアドレス",
    "新メール",
];

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, Unreadable> {
        let account = Self::find(header, ACCOUNT_COLUMN, &ACCOUNT_NAMES)?;
        let new = Self::find(header, EMAIL_COLUMN, &EMAIL_NAMES)?;
        Ok(Self { account, new, count: header.len() })
    }

    /// The column of this name; where there is none, the one of another name for it.
    fn find(header: &csv::StringRecord, name: &'static str, others: &[&str]) -> Result<usize, Unreadable> {
        let is_named = |cell: &str| cell.trim().eq_ignore_ascii_case(name);
        let is_other = |cell: &str| others.contains(&bare(cell).as_str());
        let places = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
            header.iter().enumerate().filter(|(_, cell)| is(cell)).map(|(place, _)| place).collect()
        };
        let named = places(&is_named);
        match if named.is_empty() { places(&is_other) } else { named }.as_slice() {
            [place] => Ok(*place),
            [] => Err(missing(header, name)),
            _ => Err(Unreadable::TwoColumns(name)),
        }
    }

    /// Whether a cell has a line break that no spreadsheet wrote: in a column that counts, or taking in other lines.
    fn is_broken(&self, record: &csv::StringRecord) -> bool {
        record.iter().enumerate().any(|(place, cell)| {
            let cell = cell.trim();
            let looks_like_lines = || cell.contains('@') || cell.bytes().filter(u8::is_ascii_digit).count() > 8;
            cell.contains(['\r', '\n'])
                && (place == self.account || place == self.new || record.len() != self.count || looks_like_lines())
        })
    }
}

pub(crate) fn bare(cell: &str) -> String {
    let folded = cell.chars().map(fold).filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'));
    folded.collect::<String>().to_lowercase()
}

fn missing(header: &csv::StringRecord, name: &'static str) -> Unreadable {
    let is_value = |cell: &str| cell.contains('@') || cell.trim().bytes().filter(u8::is_ascii_digit).count() > 8;
    if header.iter().any(is_value) {
        return Unreadable::NoHeader;
    }
    Unreadable::NoColumn(name, header.iter().map(|cell| clean(cell.trim())).collect())
}

struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the record at `byte`, past the blank lines in front of it.
    fn line_at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(self.bytes.len());
        let rest = self.bytes.get(byte..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += breaks(self.bytes.get(self.at..byte + blank).unwrap_or_default());
        self.at = byte + blank;
        self.line
    }
}

/// LF, CRLF, and CR as of old.
fn breaks(bytes: &[u8]) -> u64 {
    let pairs = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    let all = bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
    u64::try_from(all - pairs).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
