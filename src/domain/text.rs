//! Text from outside, made harmless before it is kept.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands in for a character that must not reach a terminal, a log or a file.
const STAND_IN: char = '\u{FFFD}';

/// Makes text from outside safe to show: control characters (escape sequences among them) and
/// characters that reorder or hide text become `U+FFFD`; line breaks and tabs become spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    if text.chars().all(is_harmless) {
        return text.to_owned();
    }
    text.chars().map(harmless).collect()
}

/// `text` made safe and put on one line: runs of white space become single blanks.
#[must_use]
pub fn one_line(text: &str) -> String {
    clean(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first `characters` of `text`, with a word about how many more there are.
#[must_use]
pub fn at_most(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => {
            let (kept, rest) = text.split_at(end);
            format!("{kept}… ({} more characters)", rest.chars().count())
        }
        None => text.to_owned(),
    }
}

fn is_harmless(c: char) -> bool {
    harmless(c) == c
}

fn harmless(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        // Bidirectional controls can make an address read as another; zero-width characters and
        // the line and paragraph separators can hide a difference.
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => {
            STAND_IN
        }
        c if c.is_control() => STAND_IN,
        c => c,
    }
}

/// The number of terminal columns `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Cuts `text` from the middle so that it takes at most `columns` columns, with `mark` where
/// something was left out. The beginning and the end are what tells names and addresses apart.
#[must_use]
pub fn cut_middle(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    if room == 0 {
        return take_columns(mark.graphemes(true), columns);
    }
    let head = take_columns(text.graphemes(true), room.div_ceil(2));
    let tail_room = room - width(&head).min(room);
    let tail: Vec<&str> = {
        let reversed = text.graphemes(true).rev();
        let mut used = 0;
        let mut kept: Vec<&str> = reversed
            .take_while(|grapheme| {
                used += width(grapheme);
                used <= tail_room
            })
            .collect();
        kept.reverse();
        kept
    };
    format!("{head}{mark}{}", tail.concat())
}

fn take_columns<'a>(graphemes: impl Iterator<Item = &'a str>, columns: usize) -> String {
    let mut used = 0;
    graphemes
        .take_while(|grapheme| {
            used += width(grapheme);
            used <= columns
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_without_end_is_cut_and_says_so() {
        assert_eq!(at_most("日本語", 3), "日本語");
        assert_eq!(at_most("日本語です", 3), "日本語… (2 more characters)");
    }

    #[test]
    fn escape_sequences_and_direction_marks_are_made_visible() {
        assert_eq!(clean("a\u{1b}[31mb"), "a\u{FFFD}[31mb");
        assert_eq!(clean("x\u{202E}moc.elpmaxe"), "x\u{FFFD}moc.elpmaxe");
        assert_eq!(clean("two\nlines\u{9b}1m"), "two lines\u{FFFD}1m");
    }

    #[test]
    fn one_line_has_no_runs_of_blanks() {
        assert_eq!(one_line("the chain\n    found  nothing\t\u{1b}[0m "), "the chain found nothing \u{FFFD}[0m");
    }

    #[test]
    fn ordinary_text_of_any_script_is_kept() {
        assert_eq!(clean("検証環境 – Ünïcode é"), "検証環境 – Ünïcode é");
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
