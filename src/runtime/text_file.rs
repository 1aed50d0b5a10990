//! Text files that a person has named: read whole, or written anew.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::domain::email_plan::is_result_file;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::text::clean;

/// The largest file that is read, in bytes: tens of thousands of lines of a plan, hundreds of mails.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// Reads the file at `path`.
///
/// # Errors
/// If it can't be read, is no ordinary file, is larger than [`LARGEST`], or is not UTF-8.
pub fn load(path: &Path) -> Result<String, Fault> {
    load_as(path, |bytes| String::from_utf8(bytes).map_err(|_| io::Error::other("it is not text in UTF-8")))
}

/// Reads the file of mails at `path`. What in them is not UTF-8 can't be a code or an address.
///
/// # Errors
/// If it can't be read, is no ordinary file, or is larger than [`LARGEST`].
pub fn load_mails(path: &Path) -> Result<String, Fault> {
    load_as(path, |bytes| Ok(String::from_utf8_lossy(&bytes).into_owned()))
}

fn load_as(path: &Path, decode: impl Fn(Vec<u8>) -> io::Result<String>) -> Result<String, Fault> {
    let path = at_home(path);
    let read = || {
        // Opening a pipe or a terminal could wait for ever.
        if !fs::metadata(&path)?.is_file() {
            return Err(io::Error::other("it is no ordinary file"));
        }
        let mut bytes = Vec::new();
        File::open(&path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).map_or(true, |length| length > LARGEST) {
            return Err(io::Error::other(format!("it is larger than {} MiB", LARGEST / 1024 / 1024)));
        }
        decode(bytes)
    };
    read().map_err(|error| fault(&path, &error))
}

/// Writes `text` to a new file at `path`, for its owner to read only, and waits until it is on disk.
///
/// # Errors
/// If there is a file already, or the text is not surely on disk; no part of it is left then.
pub fn save(path: &Path, text: &str) -> Result<(), Fault> {
    let path = at_home(path);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .map_err(|error| fault(&path, &error))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        fs::remove_file(&path).ok();
        fault(&path, &error)
    })
}

/// Writes what came of a plan to `path`, for its owner to read only, wholly or not at all. An earlier
/// result file there is replaced; anything else is left as it is.
///
/// # Errors
/// If there is another file already, or the text is not surely on disk.
pub fn save_results(path: &Path, text: &str) -> Result<(), Fault> {
    let path = at_home(path);
    let replace = || {
        match File::open(&path) {
            Ok(file) => {
                let mut begin = String::new();
                let is_ours = file.metadata()?.is_file() && file.take(1024).read_to_string(&mut begin).is_ok();
                if !is_ours || !is_result_file(&begin) {
                    let other = "it is there already and no result file of rootdeck, so it is not overwritten";
                    return Err(io::Error::other(other));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let mut beside = path.clone().into_os_string();
        beside.push(format!(".{}.tmp", std::process::id()));
        let beside = PathBuf::from(beside);
        let write = || {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().inspect_err(|_| {
            fs::remove_file(&beside).ok();
        })
    };
    replace().map_err(|error| fault(&path, &error))
}

/// The whole path of a file, so that it is found from another folder later.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    let path = at_home(path);
    std::path::absolute(&path).unwrap_or(path)
}

/// `~` at the beginning is the home folder.
fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

fn fault(path: &Path, error: &io::Error) -> Fault {
    let why = match error.kind() {
        ErrorKind::NotFound => "it, or its folder, is not there".to_owned(),
        ErrorKind::AlreadyExists => "it is there already, and nothing is overwritten".to_owned(),
        ErrorKind::PermissionDenied => "the permissions do not allow it".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    };
    let path = clean(&path.display().to_string());
    Fault::new("rootdeck:file", FaultKind::Local, &format!("{path} can't be used: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_text_is_saved_once_for_its_owner_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.csv");
        save(&path, "a\n").expect("saved");
        assert_eq!(load(&path).expect("read"), "a\n");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        let again = save(&path, "b\n").expect_err("nothing is overwritten");
        assert!(again.message.contains("nothing is overwritten"), "{}", again.message);
        assert_eq!(load(&path).expect("read"), "a\n");
    }

    #[test]
    fn results_replace_results_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.csv.results.csv");
        let results = crate::domain::email_plan::results(&[]);
        save_results(&path, &results).expect("saved");
        save_results(&path, &format!("{results}2,x\n")).expect("replaced");
        assert_eq!(load(&path).expect("read"), format!("{results}2,x\n"));
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        fs::write(&path, "account_id,new_email\n").expect("written");
        let other = save_results(&path, &results).expect_err("somebody's file");
        assert!(other.message.contains("not overwritten"), "{}", other.message);
        assert_eq!(load(&path).expect("read"), "account_id,new_email\n");
        assert!(save_results(folder.path(), &results).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_is_no_text_file_is_said_to_be_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(load(folder.path()).expect_err("a folder").message.contains("no ordinary file"));
        assert!(load(&folder.path().join("x")).expect_err("nothing").message.contains("not there"));
        let path = folder.path().join("latin1");
        fs::write(&path, [0xE9]).expect("written");
        assert!(load(&path).expect_err("not UTF-8").message.contains("UTF-8"));
        assert_eq!(load_mails(&path).expect("read"), "\u{FFFD}");
    }
}
