//! Stdin in the place of a file: `-`.

use std::io::{self, Read};
use std::path::Path;

use crate::domain::client_error::FileProblem;
use crate::runtime::text_file;

pub(super) const STDIN: &str = "-";

pub(super) fn is_stdin(file: &Path) -> bool {
    file == Path::new(STDIN)
}

/// Of at most `largest` bytes.
pub(super) fn read(file: &Path, largest: u64) -> Result<Vec<u8>, FileProblem> {
    if is_stdin(file) { from_stdin(largest) } else { text_file::load_bytes(&text_file::absolute(file), largest) }
}

fn from_stdin(largest: u64) -> Result<Vec<u8>, FileProblem> {
    let mut bytes = Vec::new();
    let length = io::stdin().take(largest + 1).read_to_end(&mut bytes)?;
    let is_whole = u64::try_from(length).is_ok_and(|length| length <= largest);
    if is_whole { Ok(bytes) } else { Err(FileProblem::TooLarge { bytes: largest }) }
}
