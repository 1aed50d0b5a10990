//! The command lines in the pictures of the dialogs.

use super::picture::words;
use crate::app::tests::shown_commands::{dialogs, oddly_called};

/// Without frames, blanks and the marks of continued lines.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '│' | '\\')).collect()
}

/// On a screen as wide as a dialog, and high enough for all of it.
#[test]
fn every_dialog_shows_the_commands_that_it_copies() {
    for (name, driver) in dialogs() {
        let driver = oddly_called(driver);
        let commands = driver.app.commands_on_top().unwrap_or_default();
        let shown = squeezed(&words(driver, (78, 100)));
        for command in commands {
            let whole = squeezed(&command.to_string());
            let beginning = squeezed(&command.to_string().chars().take(180).collect::<String>());
            let is_cut = shown.contains("#cuthere");
            assert!(shown.contains(if is_cut { "#rootdecksession" } else { &whole }), "{name}: {beginning}\n{shown}");
        }
    }
}
