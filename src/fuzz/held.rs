//! What the targets hold texts to.

use crate::domain::text::clean;

/// The bytes as text, as a lenient reader has it.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether a text can't reach the terminal's controls or hide what it says.
pub(super) fn is_harmless(text: &str) -> bool {
    clean(text) == text
}
