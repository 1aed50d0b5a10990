//! What a person may have meant by a word that is not known.

/// A word longer than this is no slip of the fingers.
const LONGEST: usize = 40;

/// The one of `known` that `word` was most likely meant to be: a few letters off, or with a word
/// in common (`protected` for `protected_accounts`).
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase().replace('-', "_");
    let (length, slips) = (word.chars().count(), |candidate: &str| 2.max(candidate.len() / 4));
    let spelled = |candidate: &str| strsim::levenshtein(&word, &candidate.replace('-', "_"));
    // A word of another length needs no spelling out; a file can hold very many.
    let alike = known.iter().filter(|candidate| candidate.len().abs_diff(length) <= slips(candidate));
    let close = alike.map(|candidate| (spelled(candidate), *candidate)).min_by_key(|(steps, _)| *steps);
    match close {
        Some((steps, candidate)) if steps <= slips(candidate) && steps < candidate.len() / 2 + 1 => Some(candidate),
        _ => known.iter().copied().find(|candidate| shares_a_word(&word, candidate)),
    }
}

fn shares_a_word(word: &str, candidate: &str) -> bool {
    word.split('_').any(|part| part.len() > 2 && candidate.split(['_', '-']).any(|other| other == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_halves_are_recognized_and_the_rest_is_not() {
        let known = ["read_only", "protected_accounts", "allowed_email_domains", "theme", "ascii"];
        for (typed, meant) in [
            ("read-only", "read_only"),
            ("ReadOnly", "read_only"),
            ("protected", "protected_accounts"),
            ("proteced_acounts", "protected_accounts"),
            ("email_domains", "allowed_email_domains"),
            ("themes", "theme"),
        ] {
            assert_eq!(nearest(typed, &known), Some(meant), "{typed}");
        }
        for other in ["", "x", "keys", "colour", &"read_only".repeat(100)] {
            assert_eq!(nearest(other, &known), None, "{other}");
        }
    }
}
