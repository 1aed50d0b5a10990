//! What is said on stderr.

use std::io::{self, Write};

pub(super) fn print_error(text: &str) {
    writeln!(io::stderr(), "rootdeck: {text}").ok();
}
