//! `rootdeck man`: the manual, made from the command line's own help.

use std::fs;
use std::io;
use std::path::Path;

use clap::Command;
use clap_mangen::Man;

use super::arguments::{Arguments, ManArguments};
use super::error::{CliError, Done};
use super::output;
use super::version::DATE;
use crate::words::cli::man as words;

pub(super) fn run(wanted: &ManArguments) -> Done {
    let mut command = Arguments::described().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &wanted.dir else {
        let (_, page) = page(command)?;
        return output::deliver(Ok(page));
    };
    fs::create_dir_all(folder)
        .and_then(|()| write(folder, command))
        .map_err(|error| CliError::failed(words::not_written(folder.display(), error)))
}

fn write(folder: &Path, command: Command) -> io::Result<()> {
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        write(folder, inner.clone())?;
    }
    let (name, page) = page(command)?;
    fs::write(folder.join(name), page)
}

/// The name of its file, and the page.
fn page(command: Command) -> io::Result<(String, String)> {
    // An empty date would make the next word of the title line the date.
    let date = if DATE.is_empty() { "-" } else { DATE };
    let page = Man::new(command).date(date).source(words::SOURCE).manual(words::MANUAL);
    let mut text = Vec::new();
    page.render(&mut text)?;
    Ok((page.get_filename(), String::from_utf8_lossy(&text).into_owned()))
}
