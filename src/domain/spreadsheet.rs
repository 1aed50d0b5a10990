//! Rows of text as CSV, in which a spreadsheet finds no formula.

use std::io;

/// The signs that begin a formula; some spreadsheets also take the full-width ones for such.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A cell that looks like an escaped formula counts as one, so that [`restored`] gives back exactly what
/// [`escape_formula`] was given.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(SIGNS)
}

/// The cell with a `'` in front, where it would be taken for a formula.
pub(crate) fn escape_formula(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell without the `'` that kept it from being a formula.
pub(crate) fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// A header and a line for each row, in which nothing can become a formula. Fails if a row has another length.
pub(crate) fn csv<R>(head: &[&str], rows: impl IntoIterator<Item = R>) -> io::Result<String>
where
    R: IntoIterator<Item: AsRef<str>>,
{
    write(csv::Terminator::Any(b'\n'), "", head, rows)
}

/// The same as a file for spreadsheets: they take it for UTF-8 by its mark, and its lines end as RFC 4180 wants it.
pub(crate) fn csv_file<R>(head: &[&str], rows: impl IntoIterator<Item = R>) -> io::Result<String>
where
    R: IntoIterator<Item: AsRef<str>>,
{
    write(csv::Terminator::CRLF, BYTE_ORDER_MARK, head, rows)
}

fn write<R>(
    end_of_line: csv::Terminator,
    begin: &str,
    head: &[&str],
    rows: impl IntoIterator<Item = R>,
) -> io::Result<String>
where
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut writer = csv::WriterBuilder::new().terminator(end_of_line).from_writer(begin.as_bytes().to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.into_iter().map(|cell| escape_formula(cell.as_ref())))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The same with rows that are as long as the header, which can't fail.
pub(crate) fn table<const COLUMNS: usize>(
    head: [&str; COLUMNS],
    rows: impl IntoIterator<Item = [String; COLUMNS]>,
) -> String {
    csv(&head, rows).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_sign_that_begins_a_formula_is_restored() {
        for sign in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
            assert_eq!(escape_formula(&format!("{sign}1")), format!("'{sign}1"));
        }
        assert_eq!(escape_formula("a=1"), "a=1");
        assert_eq!(csv(&["a"], vec![vec!["=1"]]).expect("csv"), "a\n'=1\n");
        assert!(csv(&["a"], [[""; 0]]).is_err());
        assert_eq!(restored("'a"), "'a", "a name that begins so is left alone");
    }

    #[test]
    fn a_file_for_spreadsheets_is_marked_as_utf_8() {
        let text = csv_file(&["a", "b"], [["検", "=1"], ["x\ny", ""]]).expect("csv");
        assert_eq!(text, "\u{feff}a,b\r\n検,'=1\r\n\"x\ny\",\r\n");
    }

    proptest! {
        #[test]
        fn what_was_armed_comes_back_as_it_was(cell in "['=+a@-]{0,4}.{0,8}") {
            prop_assert!(!escape_formula(&cell).starts_with(SIGNS));
            let harmless = escape_formula(&cell);
            prop_assert_eq!(restored(&harmless), cell.as_str());
        }

        #[test]
        fn a_reader_of_csv_finds_the_cells_again(cells in prop::array::uniform3(".{0,12}")) {
            let text = table(["a", "b", "c"], [cells.clone()]);
            prop_assert_eq!(csv(&["a", "b", "c"], vec![cells.to_vec()]).ok(), Some(text.clone()));
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            let row = reader.records().next().expect("a row").expect("readable");
            let found: Vec<&str> = row.iter().map(restored).collect();
            prop_assert_eq!(found, cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
