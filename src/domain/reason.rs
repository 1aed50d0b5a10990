//! The reason or ticket that a person gives for a change.

use super::text::one_line;

/// The longest one, in characters: a line or two of the journal's details.
pub const LONGEST_REASON: usize = 256;

/// A reason as the journal keeps it: made safe, on one line, without surrounding blanks.
///
/// # Errors
/// How many characters too many it has.
pub fn reason(text: &str) -> Result<String, usize> {
    let line = one_line(text);
    match line.chars().count().saturating_sub(LONGEST_REASON) {
        0 => Ok(line),
        excess => Err(excess),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_safe_line_of_256_characters_at_most() {
        assert_eq!(reason(" OPS-7\nnew\towner "), Ok("OPS-7 new owner".to_owned()));
        assert_eq!(reason("a\u{1b}[31mb"), Ok("a\u{FFFD}[31mb".to_owned()));
        assert_eq!(reason(&"é".repeat(256)), Ok("é".repeat(256)));
        assert_eq!(reason(&"é".repeat(259)), Err(3));
        assert_eq!(reason("  "), Ok(String::new()));
    }
}
