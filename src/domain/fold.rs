use std::borrow::Cow;
use std::ops::Range;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use unicode_segmentation::UnicodeSegmentation;

/// As searches compare it: NFKC, lower case, no accents. The voiced marks of kana are none: ガ is not カ.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut plain = String::with_capacity(decomposed.len());
    for c in decomposed.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ς' => plain.push('σ'),
            'ß' => plain.push_str("ss"),
            c => plain.push(c),
        }
    }
    match ComposingNormalizerBorrowed::new_nfc().normalize(&plain) {
        Cow::Borrowed(_) => plain,
        Cow::Owned(composed) => composed,
    }
}

/// The places of the characters of `text` in which one of `needles`, folded, occurs. What folds to one character, or
/// from one, counts as a whole.
pub(crate) fn places(text: &str, needles: &[&str]) -> Vec<u32> {
    let mut found: Vec<u32> = needles.iter().flat_map(|needle| occurrences(text, needle)).flatten().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Where `needle`, folded, occurs in `text`, by the places of characters.
pub(crate) fn occurrences(text: &str, needle: &str) -> Vec<Range<u32>> {
    if needle.is_empty() {
        return Vec::new();
    }
    let mut folded = String::new();
    // For each piece: where its folded form ends, and where its characters do.
    let mut ends: Vec<(usize, u32)> = Vec::new();
    let mut count = 0_u32;
    for piece in text.graphemes(true) {
        folded.push_str(&fold(piece));
        count = count.saturating_add(u32::try_from(piece.chars().count()).unwrap_or(u32::MAX));
        ends.push((folded.len(), count));
    }
    let ranges = folded.match_indices(needle).map(|(start, part)| {
        let first = ends.partition_point(|(end, _)| *end <= start);
        let last = ends.partition_point(|(end, _)| *end < start + part.len());
        let from = first.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |(_, count)| *count);
        let to = ends.get(last).map_or(count, |(_, count)| *count);
        from..to
    });
    ranges.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_width_accents_and_composition_make_no_difference() {
        for (one, other) in [
            ("SHOP-PROD", "shop-prod"),
            ("ｓｈｏｐ－ｐｒｏｄ", "shop-prod"),
            ("Café", "cafe"),
            ("Cafe\u{301}", "CAFÉ"),
            ("Zürich", "zurich"),
            ("STRASSE", "straße"),
            ("ΟΔΟΣ", "οδος"),
            ("İstanbul", "istanbul"),
            ("ｶﾞｰﾄﾞ", "ガード"),
            ("カ\u{3099}ード", "ガード"),
            ("㈱テスト", "(株)テスト"),
            ("検証　環境", "検証 環境"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn voiced_kana_stay_letters_of_their_own() {
        assert_ne!(fold("ガ"), fold("カ"));
        assert!(!fold("ガード").contains(&fold("カ")) && fold("ﾊﾟｽ") == "パス");
    }

    #[test]
    fn the_places_are_those_of_the_text_as_it_is() {
        assert_eq!(places("aws+Kensho@example.com", &["kens"]), [4, 5, 6, 7]);
        assert_eq!(places("Cafe\u{301} x", &["fe"]), [2, 3, 4]);
        assert_eq!(places("ｶﾞｰﾄﾞ", &["ド"]), [3, 4]);
        assert_eq!(places("㈱x", &["株"]), [0]);
        assert_eq!(places("abab", &["ab", "b"]), [0, 1, 2, 3]);
        assert!(places("abc", &["", "z"]).is_empty());
    }

    #[test]
    fn matches_side_by_side_are_counted_one_by_one() {
        assert_eq!(occurrences("aBab", "ab"), [0..2, 2..4]);
        assert_eq!(occurrences("ｶﾞ ガ", "ガ"), [0..2, 3..4]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn places_lie_in_the_text(text in "\\PC{0,20}", needle in "\\PC{0,3}") {
            let folded = fold(&needle);
            let found = places(&text, &[&folded]);
            prop_assert!(found.iter().all(|place| (*place as usize) < text.chars().count()));
        }
    }
}
