//! Plans as people and spreadsheets write them.

use proptest::prelude::*;

use super::*;
use crate::domain::spreadsheet::disarmed;

fn row(line: u64, account: &str, new: &str) -> PlanRow {
    PlanRow { line, account: account.into(), new: new.into(), breaks: false }
}

#[test]
fn columns_are_found_by_name_and_the_others_ignored() {
    let text = "name,NEW_Email , Account_ID\nsandbox,a@b.example,444455556666\n";
    assert_eq!(parse(text), Ok(vec![row(2, "444455556666", "a@b.example")]));
}

#[test]
fn it_does_not_matter_which_program_has_saved_it() {
    let expected = Ok(vec![row(2, "444455556666", "a@b.example"), row(5, "444455557777", "c@d.example")]);
    for end in ["\n", "\r\n"] {
        for bom in ["", "\u{FEFF}"] {
            for last in ["", end] {
                let lines =
                    ["account_id,new_email", "444455556666,a@b.example", "", " ,", "\"444455557777\",c@d.example"];
                let text = format!("{bom}{}{last}", lines.join(end));
                assert_eq!(read(text.as_bytes()), expected, "{text:?}");
            }
        }
    }
}

#[test]
fn a_line_has_its_number_in_the_file_whatever_stands_before_it() {
    let text = "\n\naccount_id,new_email,note\n\n\n1,a@b.example,\"one\nover\nthree\"\n\n2,c@d.example,\n";
    let rows = parse(text).expect("a plan");
    assert_eq!(rows.iter().map(|row| (row.line, row.breaks)).collect::<Vec<_>>(), [(6, true), (10, false)]);
}

#[test]
fn a_quote_that_is_not_closed_takes_in_what_follows_and_is_noticed() {
    let rows = parse("account_id,new_email,name\n1,a@b.example,\"x\n2,c@d.example,y\n").expect("a plan");
    assert_eq!(rows.len(), 1);
    assert!(rows[0].breaks);
}

#[test]
fn what_keeps_a_spreadsheet_from_calculating_is_taken_off() {
    let text = "account_id,new_email\n'000012345678,'+a@b.example\n\"=\"\"000012345678\"\"\",'o@b.example\n";
    let rows = parse(text).expect("a plan");
    assert_eq!(rows, [row(2, "000012345678", "+a@b.example"), row(3, "000012345678", "'o@b.example")]);
}

#[test]
fn a_missing_cell_is_an_empty_one() {
    assert_eq!(parse("new_email,account_id\na@b.example\n"), Ok(vec![row(2, "", "a@b.example")]));
}

#[test]
fn what_is_no_plan_says_why() {
    let why = |text: &str| parse(text).expect_err("no plan");
    assert_eq!(why(""), Unreadable::Empty);
    assert_eq!(why("\n \n"), Unreadable::Empty);
    assert_eq!(why("account_id,new_email\n\n"), Unreadable::NoLines);
    assert_eq!(why("account_id;new_email\n1;a@b.example\n"), Unreadable::Separator(';'));
    assert_eq!(why("\"account_id\"\t\"new_email\"\n"), Unreadable::Separator('\t'));
    assert_eq!(why("444455556666,a@b.example\n"), Unreadable::NoHeader);
    let found = vec!["account_id".to_owned(), "email".to_owned()];
    assert_eq!(why("account_id,email\n1,2\n"), Unreadable::NoColumn(EMAIL_COLUMN, found));
    assert_eq!(why("account_id,new_email,new_email\n"), Unreadable::TwoColumns(EMAIL_COLUMN));
}

#[test]
fn other_encodings_are_told_by_their_name_and_place() {
    let latin = b"account_id,new_email,name\n444455556666,a@b.example,caf\xE9\n";
    assert_eq!(read(latin), Err(Unreadable::NotUtf8(2)));
    assert_eq!(read(&[0xFF, 0xFE, b'a', 0]), Err(Unreadable::Utf16));
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z0-9@.+=-]{1,20}", "[ -~]{0,12}", "[a-zé検'\",;]{0,8}".prop_map(|text| text),]
}

/// A cell as a careful program writes it.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", disarmed(cell).replace('"', "\"\""))
}

proptest! {
    #[test]
    fn no_text_is_too_strange_to_be_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes).ok();
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(rows) = parse(&format!("account_id,new_email\n{text}")) {
            prop_assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
            prop_assert!(rows.iter().all(|row| row.line > 1));
        }
    }

    #[test]
    fn each_line_that_was_written_is_read_with_its_number(
        cells in prop::collection::vec((cell(), cell(), cell()), 1..20),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        blank in prop::collection::vec(any::<bool>(), 20),
    ) {
        let mut lines = vec!["NAME,new_email,account_id".to_owned()];
        let mut expected = Vec::new();
        for ((name, account, new), blank) in cells.iter().zip(&blank) {
            if *blank {
                lines.push(String::new());
            }
            lines.push(format!("{},{},{}", quoted(name), quoted(new), quoted(account)));
            if ![name, account, new].iter().all(|cell| cell.trim().is_empty()) {
                expected.push((u64::try_from(lines.len()).expect("a line"), new.trim().to_owned()));
            }
        }
        let rows = parse(&lines.join(end));
        if expected.is_empty() {
            prop_assert_eq!(rows, Err(Unreadable::NoLines));
        } else {
            let found: Vec<_> = rows.expect("a plan").into_iter().map(|row| (row.line, row.new)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
