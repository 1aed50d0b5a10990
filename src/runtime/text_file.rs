//! Text files that a person has named: read whole, or written as new files.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{ClientError, FileProblem};
use crate::domain::email_plan::{PlanNote, decode, is_result_file};
use crate::words::plans::unreadable;

/// In bytes: tens of thousands of lines of a plan, hundreds of mails.
pub(crate) const LARGEST: u64 = 16 * 1024 * 1024;

/// So that a pipe is opened at once, and then refused.
const WITHOUT_WAITING: i32 = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();

pub(crate) fn load(path: &Path) -> Result<String, ApiError> {
    load_as(path, |bytes| String::from_utf8(bytes).map_err(|_| FileProblem::NotUtf8))
}

/// In the encodings that spreadsheets write; which, if it is not UTF-8.
pub(crate) fn load_plan(path: &Path) -> Result<(String, Option<PlanNote>), ApiError> {
    load_as(path, |bytes| decode(&bytes).map_err(|why| FileProblem::NoPlan(unreadable(&why))))
}

/// What is not UTF-8 in mails can't be a code or an address.
pub(crate) fn load_mails(path: &Path) -> Result<String, ApiError> {
    load_as(path, |bytes| Ok(String::from_utf8_lossy(&bytes).into_owned()))
}

fn load_as<T>(path: &Path, decode: impl Fn(Vec<u8>) -> Result<T, FileProblem>) -> Result<T, ApiError> {
    let path = at_home(path);
    load_bytes(&path, LARGEST).and_then(decode).map_err(|problem| api_error(&path, problem))
}

pub(crate) fn load_bytes(path: &Path, largest: u64) -> Result<Vec<u8>, FileProblem> {
    let mut bytes = Vec::new();
    open_regular(path)?.take(largest + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).map_or(true, |length| length > largest) {
        return Err(FileProblem::TooLarge { bytes: largest });
    }
    Ok(bytes)
}

fn open_regular(path: &Path) -> Result<File, FileProblem> {
    let file = OpenOptions::new().read(true).custom_flags(WITHOUT_WAITING).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(FileProblem::NotRegular) }
}

pub(crate) fn open_log(path: &Path) -> Result<File, FileProblem> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(0o600);
    if fs::metadata(path).is_ok_and(|found| std::os::unix::fs::FileTypeExt::is_fifo(&found.file_type())) {
        return Err(FileProblem::Pipe);
    }
    let file = options.open(path)?;
    // One that was there before may be open to others.
    if file.metadata()?.is_file() {
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(file)
}

/// A new file for its owner only. After an error no part of it is left.
pub(crate) fn save(path: &Path, text: &str) -> Result<(), ApiError> {
    let path = at_home(path);
    write_new(&path, text).map_err(|error| api_error(&path, FileProblem::from(error)))
}

/// Waits until the new file, for its owner only, is on disk.
pub(super) fn write_new(path: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = file.write_all(text.as_ref()).and_then(|()| file.sync_all());
    written.inspect_err(|_| {
        // Half of a file must not pass for the whole.
        fs::remove_file(path).ok();
    })
}

/// For its owner only, wholly or not at all. What is there is replaced only if a person has said so, and only a file.
pub(crate) fn save_export(path: &Path, text: &str, replace: bool) -> Result<(), ApiError> {
    let path = at_home(path);
    let save = || match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => write_whole(&path, text, place_new),
        Err(error) => Err(FileProblem::from(error)),
        // Where it is a link, what it leads to.
        Ok(_) => match fs::canonicalize(&path) {
            Ok(path) if path.is_file() && replace => write_whole(&path, text, place_over),
            Ok(path) if path.is_file() => Err(FileProblem::Exists),
            _ => Err(FileProblem::NotRegular),
        },
    };
    save().map_err(|problem| api_error(&path, problem))
}

/// For its owner only, wholly or not at all. An earlier result file is replaced; anything else is left as it is.
pub(crate) fn save_results(path: &Path, text: &str) -> Result<(), ApiError> {
    let path = at_home(path);
    let replace = || {
        match open_regular(&path) {
            Ok(file) => {
                let mut begin = String::new();
                let is_ours = file.take(1024).read_to_string(&mut begin).is_ok();
                if !is_ours || !is_result_file(&begin) {
                    return Err(FileProblem::NotAResultFile);
                }
            }
            Err(FileProblem::NotFound) => {}
            Err(problem) => return Err(problem),
        }
        write_whole(&path, text, place_over)
    };
    replace().map_err(|problem| api_error(&path, problem))
}

fn place_over(beside: &Path, path: &Path) -> io::Result<()> {
    fs::rename(beside, path)
}

/// Nothing that came meanwhile is replaced, but on file systems without hard links.
fn place_new(beside: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(beside, path) {
        Ok(()) => fs::remove_file(beside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(beside, path),
    }
}

/// Beside it first: whoever opens the file finds it whole.
fn write_whole(path: &Path, text: &str, place: fn(&Path, &Path) -> io::Result<()>) -> Result<(), FileProblem> {
    let mut beside = path.to_owned().into_os_string();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = write_new(&beside, text).and_then(|()| place(&beside, path));
    written.map_err(|error| {
        fs::remove_file(&beside).ok();
        FileProblem::from(error)
    })
}

pub(crate) fn absolute(path: &Path) -> PathBuf {
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

fn api_error(path: &Path, problem: FileProblem) -> ApiError {
    ApiError::client("rootdeck:file", ApiErrorKind::Local, ClientError::file(path, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::client_error as sentence;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_text_is_saved_once_for_its_owner_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.csv");
        save(&path, "a\n").expect("saved");
        assert_eq!(load(&path).expect("read"), "a\n");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        let again = save(&path, "b\n").expect_err("nothing is overwritten");
        assert!(again.sentence().contains("nothing is overwritten"), "{}", again.message);
        assert_eq!(load(&path).expect("read"), "a\n");
    }

    #[test]
    fn an_export_replaces_a_file_only_where_that_was_confirmed_and_never_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("accounts.csv");
        save_export(&path, "a\n", false).expect("saved");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        let exists = save_export(&path, "b\n", false).expect_err("it is there");
        let exists = ClientError::from_record(&exists.message);
        assert!(matches!(exists, Some(ClientError::File { problem: FileProblem::Exists, .. })), "{exists:?}");
        assert_eq!(load(&path).expect("read"), "a\n");
        // One that others may read is not left so.
        fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).expect("set");
        save_export(&path, "b\n", true).expect("replaced");
        assert_eq!(load(&path).expect("read"), "b\n");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        for replace in [false, true] {
            let no_file = save_export(folder.path(), "c\n", replace).expect_err("a folder");
            assert!(no_file.sentence().contains("not a regular file"), "{}", no_file.message);
            let nowhere = save_export(&folder.path().join("none/a.csv"), "c\n", replace).expect_err("no folder");
            assert!(nowhere.sentence().contains("folder does not exist"), "{}", nowhere.message);
        }
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1, "nothing is left beside it");
        // A link stays one, and one that leads nowhere is left alone.
        let link = folder.path().join("link.csv");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        save_export(&link, "d\n", true).expect("replaced");
        assert!(link.is_symlink() && load(&path).expect("read") == "d\n");
        fs::remove_file(&path).expect("removed");
        assert!(save_export(&link, "e\n", true).is_err() && link.is_symlink());
    }

    #[test]
    fn an_export_replaces_nothing_that_came_meanwhile() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, beside) = (folder.path().join("a.csv"), folder.path().join("a.csv.tmp"));
        fs::write(&path, "theirs").expect("written");
        fs::write(&beside, "ours").expect("written");
        let exists = place_new(&beside, &path).expect_err("it is there");
        assert!(matches!(FileProblem::from(exists), FileProblem::Exists));
        assert_eq!(load(&path).expect("read"), "theirs");
    }

    #[test]
    fn results_replace_results_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.csv.results.csv");
        let results = crate::domain::email_plan::results(&[], str::to_owned);
        save_results(&path, &results).expect("saved");
        save_results(&path, &format!("{results}2,x\n")).expect("replaced");
        assert_eq!(load(&path).expect("read"), format!("{results}2,x\n"));
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        fs::write(&path, "account_id,new_email\n").expect("written");
        let other = save_results(&path, &results).expect_err("somebody's file");
        assert!(other.sentence().contains("not overwritten"), "{}", other.message);
        assert_eq!(load(&path).expect("read"), "account_id,new_email\n");
        assert!(save_results(folder.path(), &results).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_plan_comes_with_the_encoding_it_was_read_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.csv");
        // "名", a column that does not count.
        fs::write(&path, b"account_id,new_email,\x96\xBC\n").expect("written");
        assert_eq!(load_plan(&path).expect("read"), ("account_id,new_email,名\n".into(), Some(PlanNote::Cp932)));
        fs::write(&path, "account_id,new_email,名\n").expect("written");
        assert_eq!(load_plan(&path).expect("read").1, None);
    }

    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
        assert!(made.success());
        let results = crate::domain::email_plan::results(&[], str::to_owned);
        let reported = [
            load(&path).expect_err("a pipe").sentence(),
            load_mails(&path).expect_err("a pipe").sentence(),
            save_results(&path, &results).expect_err("a pipe").sentence(),
            sentence::file(&open_log(&path).expect_err("a pipe")),
            sentence::file(&load_bytes(Path::new("/dev/zero"), 9).expect_err("a device")),
        ];
        for reported in reported {
            assert!(reported.contains("not a regular file"), "{reported}");
        }
        assert!(save(&path, "x").expect_err("a pipe").sentence().contains("nothing is overwritten"));
    }

    #[test]
    fn what_is_no_text_file_is_said_to_be_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(load(folder.path()).expect_err("a folder").sentence().contains("not a regular file"));
        assert!(load(&folder.path().join("x")).expect_err("nothing").sentence().contains("does not exist"));
        let path = folder.path().join("latin1");
        fs::write(&path, [0xE9]).expect("written");
        assert!(load(&path).expect_err("not UTF-8").sentence().contains("UTF-8"));
        assert_eq!(load_mails(&path).expect("read"), "\u{FFFD}");
    }
}
