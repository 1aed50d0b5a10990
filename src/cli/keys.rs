//! `rootdeck keys`: the command table.

use std::fmt::Write;

use super::error::Done;
use super::output;
use crate::app::command::{COMMANDS, EVERYWHERE};
use crate::words::labels;

pub(super) fn run() -> Done {
    let mut text = String::new();
    for &place in EVERYWHERE {
        text.push_str(labels::place(place));
        text.push('\n');
        for command in COMMANDS.iter().filter(|command| command.places.contains(&place)) {
            let keys: Vec<String> = command.keys.iter().map(ToString::to_string).collect();
            writeln!(text, "  {:<18} {}", keys.join(" "), command.help).ok();
        }
    }
    output::deliver(Ok(text))
}
