//! What is said on stderr.

use std::io::{self, Write};

/// Says something to the person on stderr.
pub(super) fn print_error(text: &str) {
    writeln!(io::stderr(), "rootdeck: {text}").ok();
}
