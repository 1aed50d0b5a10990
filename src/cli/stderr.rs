//! What is said on stderr.

use std::io::{self, Write};
use std::sync::OnceLock;

use super::arguments::Arguments;
use super::page::Page;

/// What was asked to be left away.
#[derive(Clone, Copy, Debug, Default)]
struct Silence {
    notes: bool,
    progress: bool,
    /// What the terminal may not show.
    signs: bool,
}

static SILENCE: OnceLock<Silence> = OnceLock::new();

/// Once, before anything is said.
pub(super) fn configure(arguments: &Arguments) {
    SILENCE
        .set(Silence {
            notes: arguments.quiet,
            progress: arguments.quiet || arguments.no_progress,
            signs: arguments.ascii,
        })
        .unwrap_or_default();
}

fn silence() -> Silence {
    SILENCE.get().copied().unwrap_or_default()
}

pub(super) fn shows_progress() -> bool {
    !silence().progress
}

/// What stands for text that is cut.
pub(super) fn mark() -> &'static str {
    if silence().signs { "~" } else { "…" }
}

pub(super) fn print_error(text: &str) {
    let title = Page::current().map(|page| format!("{}: ", page.title())).unwrap_or_default();
    writeln!(io::stderr(), "rootdeck: {title}{text}").ok();
}

/// What is good to know, and not needed: left away with `--quiet`.
pub(super) fn print_note(text: &str) {
    if shows_notes() {
        print_error(text);
    }
}

pub(super) fn shows_notes() -> bool {
    !silence().notes
}
