//! Plans as people and spreadsheets write them.

use proptest::prelude::*;

use super::*;
use crate::domain::spreadsheet::escape_formula;

fn rows(text: &str) -> Result<Vec<PlanRow>, Unreadable> {
    parse(text).map(|plan| plan.rows)
}

fn row(line: u64, account: &str, new: &str) -> PlanRow {
    PlanRow { line, account: account.into(), new: new.into(), breaks: false }
}

#[test]
fn columns_are_found_by_name_and_the_others_ignored() {
    let text = "name,NEW_Email , Account_ID\nsandbox,a@b.example,444455556666\n";
    assert_eq!(rows(text), Ok(vec![row(2, "444455556666", "a@b.example")]));
}

#[test]
fn an_id_is_read_as_everywhere_else() {
    for written in [
        "4444-5555-6666",
        "arn:aws:organizations::111122223333:account/o-abc/444455556666",
        "arn:aws:iam::444455556666:root",
    ] {
        let text = format!("account_id,new_email\n{written},a@b.example\n");
        assert_eq!(rows(&text), Ok(vec![row(2, "444455556666", "a@b.example")]), "{written}");
    }
    let name = rows("account_id,new_email\nsandbox,a@b.example\n");
    assert_eq!(name, Ok(vec![row(2, "sandbox", "a@b.example")]), "not by name");
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
                assert_eq!(read(text.as_bytes()).map(|plan| plan.rows), expected, "{text:?}");
            }
        }
    }
}

#[test]
fn a_line_has_its_number_in_the_file_whatever_stands_before_it() {
    let text = "\n\naccount_id,new_email,note\n\n\n1,a@b.example,\"one\nover\nthree\"\n\n2,c@d.example,\n";
    let rows = rows(text).expect("a plan");
    assert_eq!(rows.iter().map(|row| (row.line, row.breaks)).collect::<Vec<_>>(), [(6, false), (10, false)]);
}

#[test]
fn a_quote_that_is_not_closed_takes_in_what_follows_and_is_noticed() {
    let rows = rows("account_id,new_email,name\n1,a@b.example,\"x\n2,c@d.example,y\n").expect("a plan");
    assert_eq!(rows.len(), 1);
    assert!(rows[0].breaks);
}

#[test]
fn what_keeps_a_spreadsheet_from_calculating_is_taken_off() {
    let text = "account_id,new_email\n'000012345678,'+a@b.example\n\"=\"\"000012345678\"\"\",'o@b.example\n";
    let rows = rows(text).expect("a plan");
    assert_eq!(rows, [row(2, "000012345678", "+a@b.example"), row(3, "000012345678", "'o@b.example")]);
}

#[test]
fn a_missing_cell_is_an_empty_one() {
    assert_eq!(rows("new_email,account_id\na@b.example\n"), Ok(vec![row(2, "", "a@b.example")]));
}

#[test]
fn what_is_no_plan_says_why() {
    let why = |text: &str| parse(text).expect_err("no plan");
    assert_eq!(why(""), Unreadable::Empty);
    assert_eq!(why("\n \n"), Unreadable::Empty);
    assert_eq!(why("account_id,new_email\n\n"), Unreadable::NoLines);
    assert_eq!(why("444455556666,a@b.example\n"), Unreadable::NoHeader);
    let found = vec!["account_id".to_owned(), "email".to_owned()];
    assert_eq!(why("account_id,email\n1,2\n"), Unreadable::NoColumn(EMAIL_COLUMN, found));
    assert_eq!(why("account_id,new_email,new_email\n"), Unreadable::TwoColumns(EMAIL_COLUMN));
}

#[test]
fn other_encodings_are_told_by_their_name_and_place() {
    let latin = b"account_id,new_email,name\n444455556666,a@b.example,caf\xE9\n";
    assert_eq!(read(latin), Err(Unreadable::NotUtf8(2)));
    assert_eq!(read(&[0xFF, 0xFE, b'a']), Err(Unreadable::Utf16), "half a character");
    assert_eq!(read(b"\xBDS\xFDS,\0"), Err(Unreadable::Utf16), "neither mark nor ASCII tell the byte order");
}

/// Two lines of a plan with a name that is not ASCII.
const NAMED: &str =
    "account_id,name,new_email\r\n444455556666,検証環境,a@b.example\r\n444455557777,ソ能,c@d.example\r\n";

fn both() -> Vec<PlanRow> {
    vec![row(2, "444455556666", "a@b.example"), row(3, "444455557777", "c@d.example")]
}

#[test]
fn what_excel_writes_is_read_and_told() {
    let (cp932, _, lost) = encoding_rs::SHIFT_JIS.encode(NAMED);
    assert!(!lost);
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let read = |bytes: &[u8]| {
        let plan = read(bytes).expect("a plan");
        (plan.rows, plan.notes)
    };
    assert_eq!(read(&cp932), (both(), vec![PlanNote::Cp932]));
    let tabs = NAMED.replace(',', "\t");
    assert_eq!(read(&utf16(&tabs)), (both(), vec![PlanNote::Utf16, PlanNote::Separator('\t')]));
    let big_endian: Vec<u8> = utf16(&tabs).chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    for marked in [utf16(&tabs), big_endian] {
        for bytes in [&marked[..], &marked[2..]] {
            assert_eq!(read(bytes), (both(), vec![PlanNote::Utf16, PlanNote::Separator('\t')]));
        }
    }
    let semicolons = format!("\u{FEFF}{}", NAMED.replace(',', ";"));
    assert_eq!(read(semicolons.as_bytes()), (both(), vec![PlanNote::Separator(';')]));
    assert_eq!(read(format!("{NAMED},,\r\n,,\r\n\u{1A}").as_bytes()), (both(), vec![]));
}

#[test]
fn the_line_that_names_the_separator_is_none_of_the_plan() {
    let below = vec![row(3, "444455556666", "a@b.example"), row(4, "444455557777", "c@d.example")];
    for (line, separator) in [("sep=,", ","), ("\u{FEFF}sep=;", ";"), ("\"sep=,\"", ","), ("sep=\t", "\t")] {
        let plan = parse(&format!("{line}\r\n{}", NAMED.replace(',', separator))).expect("a plan");
        let told: Vec<PlanNote> = separator.chars().filter(|named| *named != ',').map(PlanNote::Separator).collect();
        assert_eq!((plan.rows, plan.notes), (below.clone(), told), "{line:?}");
    }
}

#[test]
fn blanks_that_can_not_be_seen_and_full_width_digits_are_what_they_stand_for() {
    let plan = parse(
        "account_id,new_email\n\u{A0}444455556666\u{A0},a@b.example\u{A0}\n４４４４５５５５７７７７,c@d.example\n",
    );
    let plan = plan.expect("a plan");
    assert_eq!((plan.rows, plan.notes), (both(), vec![PlanNote::FullWidth(vec![3])]));
    let address = rows("account_id,new_email\n444455556666,ａ@b.example\n").expect("a plan");
    assert_eq!(address[0].new, "ａ@b.example", "an address is left as it is, and refused");
}

#[test]
fn the_columns_may_have_japanese_names() {
    for head in [
        "アカウントID,名前,新しいメール",
        "ＡＷＳアカウントＩＤ,メール,新しいメールアドレス",
        "Account ID,Email,New Email",
    ] {
        let text = NAMED.replace("account_id,name,new_email", head);
        assert_eq!(rows(&text), Ok(both()), "{head}");
    }
    let twice = "account id,awsアカウントid,new_email\n";
    assert_eq!(parse(twice), Err(Unreadable::TwoColumns(ACCOUNT_COLUMN)));
}

#[test]
fn a_name_may_have_a_line_break_and_nothing_else_may() {
    let named = "account_id,name,new_email\n444455556666,\"two\nlines (\"\"old\"\")\",a@b.example\n444455557777,x,c@d.example\n";
    let expected = vec![row(2, "444455556666", "a@b.example"), row(4, "444455557777", "c@d.example")];
    assert_eq!(rows(named), Ok(expected));
    for text in [
        "444455556666,\"two\nlines\"\n",
        "444455556666,\"a@b.example\n444455557777,x,c@d.example\",x\n",
        "\"4444\n55556666\",x,a@b.example\n",
        "444455556666,x,\"a@b\n.example\"\n",
        "444455556666,\"x,a@b.example\n444455557777,x,c@d.example\n",
    ] {
        let rows = rows(&format!("account_id,name,new_email\n{text}")).expect("a plan");
        assert!(rows.iter().any(|row| row.breaks), "{text:?}");
    }
}

#[test]
fn a_line_without_a_new_address_is_not_in_the_plan_and_counted() {
    let plan = parse("account_id,name,new_email\n1,x,\n444455556666,y,a@b.example\n2,z,\u{A0} \n3\n").expect("a plan");
    assert_eq!((plan.rows, plan.notes), (vec![row(3, "444455556666", "a@b.example")], vec![PlanNote::Blank(3)]));
    assert_eq!(parse("account_id,new_email\n1,\n").expect_err("nothing to do"), Unreadable::AllBlank);
}

/// Bytes of another encoding may be CP932 by chance: then names are wrong, and ids and addresses are refused.
#[test]
fn what_is_taken_for_cp932_changes_no_id_and_no_address() {
    let latin = |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).expect("latin")).collect() };
    // The é takes in what is behind it: half of a character that is none.
    let swallowed = read(&latin("account_id,new_email\n444455556666,andr\u{E9}@corp.example\n")).expect("a plan");
    assert!(!swallowed.rows[0].new.is_ascii() && !swallowed.rows[0].new.contains('@'), "{swallowed:?}");
    let bars = latin("account_id|name|new_email|email\n444455556666|andr\u{E9}|a@b.example|old@b.example\n");
    let plan = read(&bars).expect("a plan");
    assert!(plan.rows.iter().all(|row| row.breaks), "{plan:?}");
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z0-9@.+=-]{1,20}", "[ -~]{0,12}", "[a-zé検'\",;]{0,8}".prop_map(|text| text),]
}

/// A cell as a careful program writes it.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", escape_formula(cell).replace('"', "\"\""))
}

proptest! {
    #[test]
    fn no_text_is_too_strange_to_be_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes).ok();
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(rows) = rows(&format!("account_id,new_email\n{text}")) {
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
            if !new.trim().is_empty() {
                expected.push((u64::try_from(lines.len()).expect("a line"), new.trim().to_owned()));
            }
        }
        let rows = rows(&lines.join(end));
        if expected.is_empty() {
            prop_assert!(matches!(rows, Err(Unreadable::NoLines | Unreadable::AllBlank)));
        } else {
            let found: Vec<_> = rows.expect("a plan").into_iter().map(|row| (row.line, row.new)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
