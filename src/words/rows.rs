//! Rows as a table for people, and as JSON and CSV for programs: one list of columns gives all three.

use std::io;

use serde::{Serialize, Serializer as _};

use super::api_error::headline;
pub(crate) use super::cell::Cell;
use super::cli::status::NOT_CHECKED;
use super::schema::{Field, document};
use crate::domain::cut::emails;
use crate::domain::remote_data::RemoteData;
pub(crate) use crate::domain::spreadsheet::csv as csv_of;
use crate::domain::spreadsheet::csv_file as csv_file_of;
use crate::domain::text::{cut_to, width};

/// The value, unless the last attempt to read it failed.
pub(crate) fn known<T>(asked: &RemoteData<T>) -> Option<&T> {
    if asked.error().is_some() { None } else { asked.value() }
}

/// Why there is no value.
pub(crate) fn why_unknown<T>(asked: &RemoteData<T>) -> String {
    asked.error().map_or_else(|| NOT_CHECKED.to_owned(), headline)
}

type Made<'a, R, T> = Box<dyn Fn(&R) -> T + 'a>;

/// A column: what it is called in each form that has it, and what is in it.
pub(crate) struct Column<'a, R: ?Sized> {
    json: Option<Field>,
    csv: Option<&'static str>,
    head: Option<&'a str>,
    cell: Made<'a, R, Cell>,
    shown: Option<Made<'a, R, String>>,
    cut: Cut,
}

/// How a column of a table gives way where the terminal is too narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Ids, states and times are read whole or not at all.
    Never,
    End,
    /// Before the `@`.
    Email,
}

impl Cut {
    fn of(field: &str) -> Self {
        match field {
            "email" | "old_email" | "new_email" => Self::Email,
            "account_name" | "path" | "message" | "before" | "after" => Self::End,
            _ => Self::Never,
        }
    }

    /// The cells of a column, each as wide as there is room. Addresses that would look the same are told apart.
    fn cut(self, cells: &[&str], room: usize, mark: &str) -> Vec<String> {
        match self {
            Self::Never => cells.iter().map(ToString::to_string).collect(),
            Self::End => cells.iter().map(|cell| cut_to(cell, room, mark)).collect(),
            Self::Email => emails(cells.iter().copied(), room, mark),
        }
    }
}

impl<'a, R: ?Sized> Column<'a, R> {
    pub(crate) fn new<C: Into<Cell>>(field: Field, cell: impl Fn(&R) -> C + 'a) -> Self {
        Self::boxed(Some(field), Some(field.name), Box::new(move |row| cell(row).into()))
    }

    pub(crate) fn json_only<C: Into<Cell>>(field: Field, cell: impl Fn(&R) -> C + 'a) -> Self {
        Self::boxed(Some(field), None, Box::new(move |row| cell(row).into()))
    }

    pub(crate) fn csv_only<C: Into<Cell>>(name: &'static str, cell: impl Fn(&R) -> C + 'a) -> Self {
        Self::boxed(None, Some(name), Box::new(move |row| cell(row).into()))
    }

    pub(crate) fn table_only<C: Into<Cell>>(head: &'a str, cell: impl Fn(&R) -> C + 'a) -> Self {
        Self::boxed(None, None, Box::new(move |row| cell(row).into())).head(head)
    }

    /// Apart, so that the compiler makes it once for each kind of rows and not once for each cell.
    fn boxed(json: Option<Field>, csv: Option<&'static str>, cell: Made<'a, R, Cell>) -> Self {
        let name = csv.or(json.map(|field| field.name)).unwrap_or_default();
        Self { json, csv, head: None, cell, shown: None, cut: Cut::of(name) }
    }

    pub(crate) fn head(self, head: &'a str) -> Self {
        Self { head: Some(head), ..self }
    }

    pub(crate) fn shown(self, words: impl Fn(&R) -> String + 'a) -> Self {
        Self { shown: Some(Box::new(words)), ..self }
    }

    /// Text that may be cut at its end where the terminal is too narrow.
    pub(crate) fn cut_at_end(self) -> Self {
        Self { cut: Cut::End, ..self }
    }

    pub(super) fn head_of(&self) -> Option<&'a str> {
        self.head
    }

    pub(super) fn cut(&self) -> Cut {
        self.cut
    }

    pub(super) fn csv_name(&self) -> Option<&'static str> {
        self.csv
    }

    pub(super) fn plain(&self, row: &R) -> String {
        (self.cell)(row).plain()
    }

    pub(super) fn words(&self, row: &R) -> String {
        self.shown.as_ref().map_or_else(|| (self.cell)(row).shown(), |words| words(row))
    }
}

/// How wide a table may be, and what stands for what is cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) columns: usize,
    pub(crate) mark: &'static str,
}

/// What a column that gives way keeps of its text.
const LEAST: usize = 8;
/// What is between two columns.
const BETWEEN: usize = 2;

/// A table no wider than there is room: names and addresses give way. Where that is not enough, each row is a block of
/// lines, so that nothing is lost.
pub(crate) fn table<'r, R: ?Sized + 'r>(
    room: Option<Room>,
    columns: &[Column<'_, R>],
    rows: impl IntoIterator<Item = &'r R>,
) -> String {
    let (heads, columns): (Vec<&str>, Vec<_>) =
        columns.iter().filter_map(|column| Some((column.head?, column))).unzip();
    let rows = rows.into_iter().map(|row| columns.iter().map(|column| column.words(row)).collect()).collect();
    let cuts: Vec<Cut> = columns.iter().map(|column| column.cut).collect();
    table_of_cells(room, &heads, &cuts, rows)
}

/// The same of rows that are texts already.
pub(super) fn table_of_cells(room: Option<Room>, heads: &[&str], cuts: &[Cut], mut rows: Vec<Vec<String>>) -> String {
    if let Some(room) = room {
        let widths = fitting(heads, &rows, cuts, room.columns);
        if widths.iter().sum::<usize>() + BETWEEN * widths.len().saturating_sub(1) > room.columns {
            return blocks(heads, &rows, room.columns);
        }
        for (column, (cut, wide)) in cuts.iter().zip(&widths).enumerate() {
            let cells: Vec<&str> = rows.iter().filter_map(|row| row.get(column)).map(String::as_str).collect();
            let texts = cut.cut(&cells, *wide, room.mark);
            for (cell, text) in rows.iter_mut().filter_map(|row| row.get_mut(column)).zip(texts) {
                *cell = text;
            }
        }
    }
    table_of(heads, rows)
}

/// What is behind the margin of a line in a block, at least.
const NARROWEST: usize = 16;

/// `label` and `value` in a line, or in as many as the room takes. A word that is longer, such as an ARN, is left whole.
pub(crate) fn labelled(room: Option<Room>, label: &str, value: &str) -> String {
    let Some(room) = room else { return format!("{label}{value}") };
    let below = " ".repeat(width(label));
    let options = textwrap::Options::new(room.columns.max(width(label) + NARROWEST))
        .initial_indent(label)
        .subsequent_indent(&below)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(value, options)
}

/// Each row as a block: the first two cells, then a line for each other one that holds anything.
fn blocks(heads: &[&str], rows: &[Vec<String>], room: usize) -> String {
    let labels = heads.iter().skip(2).map(|head| width(head)).max().unwrap_or(0);
    let block = |row: &Vec<String>| {
        let first = row.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("  ");
        let options = textwrap::Options::new(room.max(NARROWEST)).subsequent_indent("  ").break_words(false);
        let mut text = textwrap::fill(first.trim_end(), options) + "\n";
        for (head, cell) in heads.iter().zip(row).skip(2).filter(|(_, cell)| !cell.is_empty()) {
            let label = format!("  {head}{}  ", " ".repeat(labels.saturating_sub(width(head))));
            let below = " ".repeat(width(&label));
            let options = textwrap::Options::new(room.max(width(&label) + NARROWEST))
                .initial_indent(&label)
                .subsequent_indent(&below)
                .break_words(false);
            text.push_str(&textwrap::fill(cell, options));
            text.push('\n');
        }
        text
    };
    rows.iter().map(block).collect()
}

/// The widths of the columns: the widest that can give way does, again and again, until all fit or none can.
fn fitting(heads: &[&str], rows: &[Vec<String>], cuts: &[Cut], room: usize) -> Vec<usize> {
    let wide = |column: usize, head: &str| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0).max(width(head))
    };
    let mut widths: Vec<usize> = heads.iter().enumerate().map(|(column, head)| wide(column, head)).collect();
    let total = widths.iter().sum::<usize>() + BETWEEN * heads.len().saturating_sub(1);
    for _ in room..total {
        let can_give =
            |((wide, cut), head): &((&mut usize, &Cut), &&str)| **cut != Cut::Never && **wide > LEAST.max(width(head));
        let widest = widths.iter_mut().zip(cuts).zip(heads).filter(can_give).max_by_key(|((wide, _), _)| **wide);
        match widest {
            Some(((wide, _), _)) => *wide -= 1,
            None => break,
        }
    }
    widths
}

pub(crate) fn json<'r, R: ?Sized + 'r>(
    columns: &[Column<'_, R>],
    rows: impl IntoIterator<Item = &'r R>,
) -> io::Result<String> {
    let mut text = Vec::new();
    // One row after another: a large listing is not in memory as cells.
    let objects = rows.into_iter().map(|row| object_of(columns, row));
    serde_json::Serializer::pretty(&mut text).collect_seq(objects)?;
    text.push(b'\n');
    String::from_utf8(text).map_err(io::Error::other)
}

pub(crate) fn object<R: ?Sized>(columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    json_of(&object_of(columns, row))
}

/// One object on a line of its own.
pub(crate) fn line<R: ?Sized>(columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    serde_json::to_string(&object_of(columns, row)).map(|text| text + "\n").map_err(io::Error::from)
}

fn object_of<R: ?Sized>(columns: &[Column<'_, R>], row: &R) -> Cell {
    Cell::Record(record_of(columns, row))
}

pub(super) fn record_of<R: ?Sized>(columns: &[Column<'_, R>], row: &R) -> Vec<(&'static str, Cell)> {
    columns.iter().filter_map(|column| Some((column.json?.name, (column.cell)(row)))).collect()
}

/// These fields of what [`object`] makes of a row, to nest them in another.
pub(crate) fn parts<R: ?Sized>(columns: &[Column<'_, R>], row: &R, fields: &[Field]) -> Cell {
    let cell = |field: &Field| {
        let column = columns.iter().find(|column| column.json.is_some_and(|one| one.name == field.name))?;
        Some((field.name, (column.cell)(row)))
    };
    Cell::Record(fields.iter().filter_map(cell).collect())
}

/// The JSON Schema of what [`json`] makes of rows, or [`object`] of one.
pub(crate) fn schema<R: ?Sized>(title: &str, columns: &[Column<'_, R>], is_list: bool) -> Cell {
    document(title, &fields_of(columns), is_list)
}

pub(crate) fn fields_of<R: ?Sized>(columns: &[Column<'_, R>]) -> Vec<Field> {
    columns.iter().filter_map(|column| column.json).collect()
}

/// A header and a line for each row, in which nothing can become a formula.
pub(crate) fn csv<'r, R: ?Sized + 'r>(
    columns: &[Column<'_, R>],
    rows: impl IntoIterator<Item = &'r R>,
) -> io::Result<String> {
    let (names, lines) = cells(columns, rows);
    csv_of(&names, lines)
}

/// The same as a file that spreadsheets open.
pub(crate) fn csv_file<'r, R: ?Sized + 'r>(
    columns: &[Column<'_, R>],
    rows: impl IntoIterator<Item = &'r R>,
) -> io::Result<String> {
    let (names, lines) = cells(columns, rows);
    csv_file_of(&names, lines)
}

/// The names of the columns of CSV, and the cells of each row.
fn cells<'r, R: ?Sized + 'r>(
    columns: &[Column<'_, R>],
    rows: impl IntoIterator<Item = &'r R>,
) -> (Vec<&'static str>, impl Iterator<Item = Vec<String>>) {
    let (names, columns): (Vec<_>, Vec<_>) = columns.iter().filter_map(|column| Some((column.csv?, column))).unzip();
    let line = move |row| columns.iter().map(|column| (column.cell)(row).plain()).collect::<Vec<_>>();
    (names, rows.into_iter().map(line))
}

pub(crate) fn json_of(value: &impl Serialize) -> io::Result<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(io::Error::from)
}

/// Columns that stand under each other, whatever the script.
pub(crate) fn table_of(head: &[&str], rows: Vec<Vec<String>>) -> String {
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::words::schema::Shape;

    const THING: Field = Field::new("thing", Shape::Text, "");
    const PARTS: Field = Field::new("parts", Shape::List(&Shape::Text), "");
    const SINCE: Field = Field::new("since", Shape::Time, "").or_unknown();

    struct Row {
        name: &'static str,
        since: Result<Timestamp, &'static str>,
    }

    fn columns() -> Vec<Column<'static, Row>> {
        vec![
            Column::new(THING, |row: &Row| row.name).head("THING"),
            Column::json_only(PARTS, |row: &Row| Cell::list(row.name.chars(), |part| part.to_string().into())),
            Column::new(SINCE, |row: &Row| match row.since {
                Ok(at) => at.into(),
                Err(why) => Cell::Unknown(why.to_owned()),
            })
            .head("SINCE"),
            Column::table_only("LENGTH", |row: &Row| row.name.len().to_string()),
        ]
    }

    const ROWS: [Row; 2] = [
        Row { name: "=a", since: Ok(Timestamp::constant(0, 500_000_000)) },
        Row { name: "検", since: Err("no answer") },
    ];

    #[test]
    fn what_a_label_says_goes_on_below_it() {
        let room = Some(Room { columns: 24, mark: "…" });
        assert_eq!(labelled(room, "City    ", "one two three four five"), "City    one two three\n        four five");
        assert_eq!(labelled(None, "City    ", "one two three four five"), "City    one two three four five");
    }

    #[test]
    fn a_row_that_does_not_fit_is_a_block_that_loses_nothing() {
        let columns = vec![
            Column::table_only("ACCOUNT", |_: &Row| "444455556666"),
            Column::table_only("NAME", |row: &Row| row.name),
            Column::table_only("ACCESS KEYS", |_: &Row| "AKIA1 Active, never used; AKIA2 Inactive, never used"),
            Column::table_only("MFA", |row: &Row| if row.name == "=a" { "" } else { "none" }),
        ];
        let room = |columns| Some(Room { columns, mark: "~" });
        let narrow = "444455556666  =a\n  ACCESS KEYS  AKIA1 Active, never used;\n               AKIA2 Inactive, never\n               \
                      used\n";
        assert_eq!(table(room(40), &columns, &ROWS[..1]), narrow);
        assert!(table(room(40), &columns, &ROWS).ends_with("  MFA          none\n"));
        assert!(table(room(40), &columns, &ROWS).lines().all(|line| width(line) <= 40));
        assert!(table(room(90), &columns, &ROWS).starts_with("ACCOUNT       NAME  ACCESS KEYS"));
    }

    #[test]
    fn one_list_of_columns_gives_every_form() {
        let shown =
            "THING  SINCE                 LENGTH\n=a     1970-01-01T00:00:00Z  2\n検     ?                     3\n";
        assert_eq!(table(None, &columns(), &ROWS), shown);
        let csv = csv(&columns(), &ROWS).expect("csv");
        assert_eq!(csv, "thing,since\n'=a,1970-01-01T00:00:00Z\n検,unknown\n");
        let json = json(&columns(), &ROWS[1..]).expect("json");
        assert_eq!(
            json.split_whitespace().collect::<Vec<_>>().join(" "),
            r#"[ { "thing": "検", "parts": [ "検" ], "since": { "status": "unknown", "cause": "no answer" } } ]"#
        );
    }

    #[test]
    fn a_table_fits_its_terminal_as_far_as_names_and_addresses_give_way() {
        const ID: Field = Field::new("account_id", Shape::AccountId, "");
        const NAME: Field = Field::new("account_name", Shape::Text, "");
        const EMAIL: Field = Field::new("email", Shape::Text, "");
        let columns: Vec<Column<'_, &str>> = vec![
            Column::new(ID, |_: &&str| "444455556666").head("ACCOUNT"),
            Column::new(NAME, |name: &&str| *name).head("NAME"),
            Column::new(EMAIL, |name: &&str| format!("{name}@example.com")).head("PRIMARY EMAIL"),
        ];
        let rows = ["sandbox", "a-very-long-name-of-a-workload"];
        let within = |columns_there: Option<usize>| {
            let room = columns_there.map(|there| Room { columns: there, mark: "…" });
            table(room, &columns, &rows)
        };
        assert!(within(None).contains("a-very-long-name-of-a-workload@example.com"));
        assert_eq!(within(Some(200)), within(None));
        let narrow = within(Some(50));
        assert!(narrow.lines().all(|line| width(line) <= 50), "{narrow}");
        assert!(narrow.contains("444455556666") && narrow.contains("…@example.com"), "{narrow}");
        assert_eq!(within(Some(5)).matches("444455556666").count(), rows.len());
    }

    #[test]
    fn columns_stand_under_each_other_whatever_the_script() {
        let row = |name: &str| vec![name.to_owned(), "|".to_owned()];
        let text = table_of(&["NAME", "X"], vec![row("検証環境"), row("a")]);
        let places: Vec<usize> =
            text.lines().filter_map(|line| line.split_once('|').map(|(before, _)| width(before))).collect();
        assert_eq!(places, [10, 10]);
    }
}
