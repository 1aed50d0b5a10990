//! Text from outside, made harmless before it is kept.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands in for a character that must not reach a terminal, a log or a file.
const STAND_IN: char = '\u{FFFD}';

/// Makes text from outside safe to show: control characters (escape sequences among them) and characters that reorder
/// or hide text become `U+FFFD`; line breaks and tabs become spaces.
///
/// That takes apart emoji that are joined or given a colour by invisible characters: terminals do not agree on their
/// width. The selector that picks a variant of an ideograph stays.
pub(crate) fn clean(text: &str) -> String {
    // Nearly all: each text of each account passes here, so bytes are looked at and not characters.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut before = '\0';
    text.chars()
        .map(|c| {
            let shown = if is_variant_of(before, c) { c } else { harmless(c) };
            before = c;
            shown
        })
        .collect()
}

/// Whether `c` picks the variant of the ideograph `before` it, as in the names of people and places.
fn is_variant_of(before: char, c: char) -> bool {
    let selector = matches!(c, '\u{FE00}'..='\u{FE02}' | '\u{E0100}'..='\u{E01EF}');
    let ideograph = matches!(before, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}');
    selector && ideograph
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `text` made safe and put on one line: runs of white space become single blanks.
pub(crate) fn one_line(text: &str) -> String {
    clean(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first `characters` of `text`, with a word about how many more there are.
pub(crate) fn at_most(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => {
            let (kept, rest) = text.split_at(end);
            format!("{kept}... ({} more characters)", rest.chars().count())
        }
        None => text.to_owned(),
    }
}

fn harmless(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() || is_invisible(c) => STAND_IN,
        c => c,
    }
}

/// Whether nothing is drawn for it, or it changes how its neighbours are drawn: `Default_Ignorable_Code_Point` (soft
/// hyphens, fillers, joiners, bidirectional controls, variation selectors, tags), line and paragraph separators,
/// interlinear annotations, the formats of shorthand and music, and what is no character. An address with one reads as
/// another.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{13430}'..='\u{1345F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// The voiced and the half-voiced mark of half-width katakana.
pub(crate) const HALF_WIDTH_MARKS: [char; 2] = ['\u{FF9E}', '\u{FF9F}'];

/// The number of terminal columns `text` takes. Terminals draw the marks of half-width katakana in a column of their
/// own; the crate counts none for them, on which the drawing library relies (a test of `ui` checks that).
pub(crate) fn width(text: &str) -> usize {
    let marks = if text.is_ascii() { 0 } else { text.chars().filter(|c| HALF_WIDTH_MARKS.contains(c)).count() };
    UnicodeWidthStr::width(text) + marks
}

/// Cuts `text` from the middle to at most `columns` columns, with `mark` in the gap. The beginning and the end are what
/// tells names and addresses apart.
pub(crate) fn cut_middle(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    if room == 0 {
        return take_columns(mark.graphemes(true), columns).concat();
    }
    let head = take_columns(text.graphemes(true), room.div_ceil(2)).concat();
    let mut tail = take_columns(text.graphemes(true).rev(), room - width(&head).min(room));
    tail.reverse();
    format!("{head}{mark}{}", tail.concat())
}

fn take_columns<'a>(graphemes: impl Iterator<Item = &'a str>, columns: usize) -> Vec<&'a str> {
    let mut used = 0;
    graphemes
        .take_while(|grapheme| {
            used += width(grapheme);
            used <= columns
        })
        .collect()
}

/// The beginning of `text` in at most `columns` columns, with `mark` where it was cut.
pub(crate) fn cut_to(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = take_columns(text.graphemes(true), columns.saturating_sub(width(mark))).concat();
    take_columns(format!("{}{mark}", kept.trim_end()).graphemes(true), columns).concat()
}

/// The end of `text` in at most `columns` columns, with `mark` where it was cut.
pub(crate) fn cut_from(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = take_columns(text.graphemes(true).rev(), columns.saturating_sub(width(mark)));
    kept.reverse();
    take_columns(format!("{mark}{}", kept.concat()).graphemes(true), columns).concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_without_end_is_cut_and_says_so() {
        assert_eq!(at_most("日本語", 3), "日本語");
        assert_eq!(at_most("日本語です", 3), "日本語... (2 more characters)");
    }

    #[test]
    fn escape_sequences_and_direction_marks_are_made_visible() {
        assert_eq!(clean("a\u{1b}[31mb"), "a\u{FFFD}[31mb");
        assert_eq!(clean("x\u{202E}moc.elpmaxe"), "x\u{FFFD}moc.elpmaxe");
        assert_eq!(clean("two\nlines\u{9b}1m"), "two lines\u{FFFD}1m");
    }

    #[test]
    fn what_is_not_seen_is_made_visible() {
        let invisible = [
            '\u{00AD}',
            '\u{034F}',
            '\u{061C}',
            '\u{115F}',
            '\u{1160}',
            '\u{17B4}',
            '\u{180B}',
            '\u{180E}',
            '\u{200B}',
            '\u{200D}',
            '\u{200E}',
            '\u{200F}',
            '\u{202A}',
            '\u{2060}',
            '\u{2061}',
            '\u{206F}',
            '\u{3164}',
            '\u{FE0F}',
            '\u{FEFF}',
            '\u{FFA0}',
            '\u{FFF9}',
            '\u{FFFA}',
            '\u{FFFB}',
            '\u{FFFF}',
            '\u{1D173}',
            '\u{E0001}',
            '\u{E0041}',
            '\u{E007F}',
            '\u{E0100}',
        ];
        for c in invisible {
            assert_eq!(clean(&format!("root{c}@example.com")), "root\u{FFFD}@example.com", "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn the_variant_of_an_ideograph_stays_and_a_second_selector_does_not() {
        assert_eq!(clean("葛\u{E0100}城"), "葛\u{E0100}城");
        assert_eq!(clean("葛\u{E0100}\u{E0101}"), "葛\u{E0100}\u{FFFD}");
        assert_eq!(clean("👩\u{200D}💻"), "👩\u{FFFD}💻");
    }

    #[test]
    fn a_mark_of_half_width_katakana_takes_a_column() {
        assert_eq!((width("ｶﾞｽ"), width("ﾊﾟｸﾞ"), width("ｻｰﾋﾞｽ部門"), width("ガス")), (3, 4, 9, 4));
        assert_eq!(cut_middle("ｻｰﾋﾞｽ部門", 6, "…"), "ｻｰ…門");
    }

    #[test]
    fn one_line_has_no_runs_of_blanks() {
        assert_eq!(one_line("the chain\n    found  nothing\t\u{1b}[0m "), "the chain found nothing \u{FFFD}[0m");
    }

    #[test]
    fn ordinary_text_of_any_script_is_kept() {
        for text in ["検証環境 – Ünïcode é", "ｶﾞｽ ガス 部門々〇", "اسم", "नाम", "이름", "🚀", "e\u{0301}"]
        {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn the_middle_is_what_goes() {
        assert_eq!(cut_middle("aws+sandbox07@example.com", 13, "…"), "aws+sa…le.com");
        assert_eq!(cut_middle("検証環境", 5, "…"), "検…境");
        assert_eq!(cut_middle("abc", 3, "…"), "abc");
        assert_eq!(cut_middle("abc", 0, "…"), "");
    }

    proptest! {
        #[test]
        fn a_cut_never_exceeds_its_columns(text in "\\PC{0,40}", columns in 0usize..30) {
            prop_assert!(width(&cut_middle(&text, columns, "…")) <= columns);
        }

        #[test]
        fn clean_text_has_no_control_characters(text in any::<String>()) {
            let cleaned = clean(&text);
            prop_assert!(cleaned.chars().all(|c| !c.is_control()));
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
    }
}
