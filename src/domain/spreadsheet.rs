//! Rows of text as CSV, in which a spreadsheet finds no formula.

use std::io;

/// A header and a line for each row, in which nothing can become a formula.
///
/// # Errors
/// If a row is longer or shorter than the header.
pub fn csv(head: &[&str], rows: Vec<Vec<String>>) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| no_formula(cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// Keeps a spreadsheet from taking a cell for a formula; some also take the full-width signs for one.
fn no_formula(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_that_begins_a_formula_is_disarmed() {
        for sign in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
            assert_eq!(no_formula(&format!("{sign}1")), format!("'{sign}1"));
        }
        assert_eq!(no_formula("a=1"), "a=1");
        assert_eq!(csv(&["a"], vec![vec!["=1".into()]]).expect("csv"), "a\n'=1\n");
    }
}
