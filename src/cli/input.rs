//! Files that a person names on the command line; `-` is stdin.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::CliError;
use crate::domain::client_error::FileProblem;
use crate::domain::text::clean;
use crate::runtime::text_file;
use crate::words::cli::program as words;
use crate::words::client_error::file as file_problem;

pub(super) const STDIN: &str = "-";

pub(super) fn is_stdin(file: &Path) -> bool {
    file == Path::new(STDIN)
}

/// What people are shown of it.
pub(super) fn name(file: &Path) -> String {
    if is_stdin(file) { words::STDIN.to_owned() } else { clean(&file.display().to_string()) }
}

pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, CliError> {
    read(file, text_file::LARGEST).map_err(|problem| failed(file, &problem))
}

pub(super) fn text(file: &Path) -> Result<String, CliError> {
    String::from_utf8(bytes(file)?).map_err(|_| failed(file, &FileProblem::NotUtf8))
}

/// Of at most `largest` bytes.
pub(super) fn read(file: &Path, largest: u64) -> Result<Vec<u8>, FileProblem> {
    if is_stdin(file) { from_stdin(largest) } else { text_file::load_bytes(&text_file::absolute(file), largest) }
}

fn failed(file: &Path, problem: &FileProblem) -> CliError {
    // A file that is not there or no text is a slip on the command line.
    CliError::usage(format!("{} {}", name(file), file_problem(problem)))
}

/// One text of several files that may hold secrets. What is not UTF-8 in it is replaced.
pub(super) fn secret_text(files: &[PathBuf]) -> Result<Zeroizing<String>, CliError> {
    let mut text = Zeroizing::new(String::new());
    for file in files {
        let bytes = Zeroizing::new(bytes(file)?);
        text.push_str(&String::from_utf8_lossy(&bytes));
        text.push_str("\n\n");
    }
    Ok(text)
}

fn from_stdin(largest: u64) -> Result<Vec<u8>, FileProblem> {
    let mut bytes = Vec::new();
    let length = io::stdin().take(largest + 1).read_to_end(&mut bytes)?;
    let is_whole = u64::try_from(length).is_ok_and(|length| length <= largest);
    if is_whole { Ok(bytes) } else { Err(FileProblem::TooLarge { bytes: largest }) }
}
