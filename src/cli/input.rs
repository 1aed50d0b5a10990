//! Files that a person names on the command line; `-` is stdin.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::CliError;
pub(super) use super::stdin::{is_stdin, read};
use crate::domain::client_error::FileProblem;
use crate::domain::text::clean;
use crate::runtime::text_file;
use crate::words::cli::program as words;
use crate::words::client_error::file as file_problem;

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
