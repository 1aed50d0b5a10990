//! The person's editor.

/// What the terminal shows while it runs, unless it draws a screen of its own.
pub(crate) fn waits(editor: &str, is_named: bool) -> String {
    let why = if is_named { "" } else { "VISUAL and EDITOR are not set. " };
    format!("{why}Waiting for {editor} to close the file.")
}
