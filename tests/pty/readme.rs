//! The steps of README.md, typed as they are written there.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::terminal::{Start, Terminal};

/// A row of README's table: what is typed, and what the screen shows then.
struct Step {
    types: Vec<String>,
    sees: Vec<String>,
}

/// The rows of the table that is headed `| Type | See |`: keys and texts stand in backticks, what the
/// screen shows in double quotes.
fn steps() -> Vec<Step> {
    let readme = include_str!("../../README.md");
    let (_, table) = readme.split_once("| Type | See |\n").unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').splitn(2, '|').collect();
        let [types, sees] = cells.as_slice() else { panic!("not two cells: {row}") };
        Step { types: between(types, '`'), sees: between(sees, '"') }
    })
    .collect()
}

fn between(text: &str, mark: char) -> Vec<String> {
    text.split(mark).skip(1).step_by(2).map(str::to_owned).collect()
}

/// The bytes that a terminal sends for it, unless it is pasted.
fn bytes(token: &str) -> Option<&str> {
    Some(match token {
        "enter" => "\r",
        "esc" => "\x1b",
        "tab" => "\t",
        "space" => " ",
        "down" => "\x1b[B",
        "page-down" => "\x1b[6~",
        "paste" => return None,
        text => text,
    })
}

/// What the program put on the clipboard last.
fn clipboard(terminal: &Terminal) -> String {
    let raw = terminal.raw();
    let (_, last) = raw.rsplit_once("\x1b]52;c;").unwrap();
    let (text, _) = last.split_once('\x07').unwrap();
    String::from_utf8(STANDARD.decode(text).unwrap()).unwrap()
}

#[test]
fn the_first_five_minutes_go_as_readme_says() {
    let steps = steps();
    assert!(steps.len() >= 15, "README has {} steps", steps.len());
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41").sees("○ account.amazonaws.com");
    for step in steps {
        assert!(!step.types.is_empty() && !step.sees.is_empty(), "a step that types or shows nothing");
        for token in &step.types {
            if let Some(keys) = bytes(token) {
                terminal.types(keys);
            } else {
                let text = clipboard(&terminal);
                terminal.pastes(&text);
            }
            // Each key after what the one before has drawn, as a person does.
            terminal.redraws();
        }
        for text in &step.sees {
            terminal.sees(text);
        }
    }
    terminal.types("q");
    assert!(terminal.ends().success());
}
