//! Policies as files: saved before they are deleted, read before they are put back.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::text_file::{absolute, load_bytes, write_new};
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{ClientError, FileProblem};
use crate::domain::policy_holder::{PolicyHolder, PolicyText};

/// In bytes: AWS takes 20 KB for a bucket and less for a queue.
pub(crate) const LONGEST: u64 = 64 * 1024;
/// How many files for the same policy in the same second get names of their own.
const MOST_ALIKE: u32 = 100;
const OTHERS: u32 = 0o077;
/// Set on folders that everybody may put files into, such as `/tmp`.
const STICKY: u32 = 0o1000;

#[derive(Clone, Debug)]
pub(crate) enum PolicyFolder {
    Disk(PathBuf),
    /// In memory, for the demo, which leaves nothing on disk.
    Memory(MemoryFolder),
}

/// Clones share the policies, which are gone with the program.
#[derive(Clone, Debug, Default)]
pub(crate) struct MemoryFolder(Arc<Mutex<BTreeMap<PathBuf, String>>>);

impl PolicyFolder {
    /// The path by which it is loaded again. After an error nothing may be deleted.
    pub(crate) fn save(
        &self,
        account: AccountId,
        holder: &PolicyHolder,
        text: &str,
        at: Timestamp,
    ) -> Result<PathBuf, ApiError> {
        let stem = stem(account, holder, at);
        match self {
            Self::Disk(folder) => save(folder, &stem, text),
            Self::Memory(memory) => Ok(memory.save(&stem, text)),
        }
    }

    /// `None` for a folder on disk.
    pub(crate) fn in_memory(&self, path: &Path) -> Option<PolicyText> {
        match self {
            Self::Disk(_) => None,
            Self::Memory(memory) => memory.files().get(path).map(String::as_str).map(PolicyText::from),
        }
    }
}

impl MemoryFolder {
    fn save(&self, stem: &str, text: &str) -> PathBuf {
        let mut files = self.files();
        let numbered = |number: usize| {
            let number = if number == 0 { String::new() } else { format!("-{}", number + 1) };
            // No path of this machine begins so.
            PathBuf::from(format!("demo:{stem}{number}.json"))
        };
        let path = (0..=files.len()).map(numbered).find(|path| !files.contains_key(path)).unwrap_or_default();
        files.insert(path.clone(), text.to_owned());
        path
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<PathBuf, String>> {
        // Each change is one call, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Folder and file are for their owner only.
fn save(folder: &Path, stem: &str, text: &str) -> Result<PathBuf, ApiError> {
    make_private_folder(folder).map_err(|problem| api_error(folder, problem))?;
    for number in 1..=MOST_ALIKE {
        let name = if number == 1 { format!("{stem}.json") } else { format!("{stem}-{number}.json") };
        let path = folder.join(name);
        match write_new(&path, text) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(api_error(&path, FileProblem::from(error))),
        }
    }
    Err(api_error(&folder.join(stem), FileProblem::Exists))
}

/// The file must not exist yet.
pub(crate) fn save_as(path: &Path, text: &str) -> Result<(), ApiError> {
    write_new(path, text).map_err(|error| api_error(path, FileProblem::from(error)))
}

pub(crate) fn load(path: &Path) -> Result<PolicyText, ApiError> {
    let text = load_bytes(&absolute(path), LONGEST)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| FileProblem::NotUtf8));
    text.map_err(|problem| api_error(path, problem))
}

/// `444455556666-bucket-NAME-REGION-20261122T084501Z`.
fn stem(account: AccountId, holder: &PolicyHolder, at: Timestamp) -> String {
    let kind = match holder {
        PolicyHolder::Bucket { .. } => "bucket",
        PolicyHolder::Queue { .. } => "queue",
    };
    let (name, region) = (plain(holder.name()), plain(holder.region()));
    format!("{account}-{kind}-{name}-{region}-{}", at.strftime("%Y%m%dT%H%M%SZ"))
}

/// What of a name a file name can hold. AWS's own names lose nothing.
fn plain(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    name.chars().take(100).map(kept).collect()
}

fn make_private_folder(folder: &Path) -> Result<(), FileProblem> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & OTHERS == 0 {
        return Ok(());
    }
    if mode & STICKY != 0 {
        return Err(FileProblem::Shared);
    }
    fs::set_permissions(folder, Permissions::from_mode(mode & 0o7700)).map_err(FileProblem::from)
}

fn api_error(path: &Path, problem: FileProblem) -> ApiError {
    ApiError::client("rootdeck:policy file", ApiErrorKind::Local, ClientError::file(path, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn save(
        folder: &Path,
        account: AccountId,
        holder: &PolicyHolder,
        text: &str,
        at: Timestamp,
    ) -> Result<PathBuf, ApiError> {
        PolicyFolder::Disk(folder.to_owned()).save(account, holder, text, at)
    }

    fn account() -> AccountId {
        "444455556666".parse().expect("an id")
    }

    fn bucket(name: &str) -> PolicyHolder {
        PolicyHolder::Bucket { name: name.into(), region: "eu-west-1".into() }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("metadata").permissions().mode() & 0o777
    }

    #[test]
    fn a_saved_policy_is_its_owners_and_comes_back_as_it_was() {
        let home = TempDir::new().expect("a folder");
        let folder = home.path().join("a").join("policies");
        let text = "{\"Statement\": []}\n検証";
        let path = save(&folder, account(), &bucket("audit-logs"), text, Timestamp::UNIX_EPOCH).expect("saved");
        assert_eq!(path, folder.join("444455556666-bucket-audit-logs-eu-west-1-19700101T000000Z.json"));
        assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
        assert_eq!(load(&path).expect("read"), text);
    }

    #[test]
    fn in_memory_a_policy_comes_back_as_it_was_and_no_file_is_made() {
        let folder = PolicyFolder::Memory(MemoryFolder::default());
        let save = |text| folder.save(account(), &bucket("b"), text, Timestamp::UNIX_EPOCH).expect("saved");
        let (first, second) = (save("one"), save("two"));
        let load = |path: &Path| folder.in_memory(path);
        assert_eq!((load(&first), load(&second)), (Some("one".into()), Some("two".into())));
        assert!(!first.exists() && first != second && load(Path::new("/etc/hosts")).is_none());
    }

    #[test]
    fn nothing_is_overwritten() {
        let home = TempDir::new().expect("a folder");
        let save = |text| save(home.path(), account(), &bucket("b"), text, Timestamp::UNIX_EPOCH).expect("saved");
        let (first, second) = (save("one"), save("two"));
        assert_eq!((load(&first).expect("read"), load(&second).expect("read")), ("one".into(), "two".into()));
        assert!(save_as(&first, "three").expect_err("is there").sentence().contains("nothing is overwritten"));
        assert_eq!(load(&first).expect("read"), "one");
    }

    #[test]
    fn a_name_stays_in_its_folder() {
        let home = TempDir::new().expect("a folder");
        let queue = PolicyHolder::Queue { url: "https://q/1/..\\..\u{1b}[31m name".into(), region: "../x".into() };
        let path = save(home.path(), account(), &queue, "x", Timestamp::UNIX_EPOCH).expect("saved");
        assert_eq!(path.parent(), Some(home.path()));
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{name}");
    }

    #[test]
    fn a_folder_that_was_open_to_others_is_closed() {
        let home = TempDir::new().expect("a folder");
        fs::set_permissions(home.path(), Permissions::from_mode(0o755)).expect("mode");
        save(home.path(), account(), &bucket("b"), "x", Timestamp::UNIX_EPOCH).expect("saved");
        assert_eq!(mode(home.path()), 0o700);
    }

    #[test]
    fn what_is_no_policy_is_not_read_whole() {
        let home = TempDir::new().expect("a folder");
        let path = home.path().join("long");
        fs::write(&path, vec![b'x'; usize::try_from(LONGEST).expect("a size") + 1]).expect("written");
        assert!(load(&path).expect_err("too long").sentence().contains("larger than"));
        fs::write(&path, [0xff, 0xfe]).expect("written");
        assert!(load(&path).expect_err("no text").sentence().contains("not UTF-8"));
        assert!(load(&home.path().join("missing")).is_err());
    }
}
