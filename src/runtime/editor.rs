//! The person's editor: a text in a file that only they can read, and what they made of it.

use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use super::text_file::{LARGEST, absolute, load_bytes, write_new};
use crate::app::effect::Edit;
use crate::app::key::Paste;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{ClientError, EditorProblem, FileProblem};
use crate::domain::remote_data::ReadId;

const OPERATION: &str = "rootdeck:editor";
/// What POSIX has everywhere.
const FALLBACK: &str = "vi";
/// So many folders of one process can be there at once.
const MOST_FOLDERS: u32 = 100;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Editing {
    pub(super) id: ReadId,
    edit: Edit,
    editor: String,
    /// Whether a variable names it.
    is_named: bool,
    folder: Option<Folder>,
}

/// For its owner only. Removed with what is in it.
#[derive(Debug, PartialEq, Eq)]
struct Folder {
    path: PathBuf,
    is_kept: bool,
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, "the folder of the edited text could not be removed");
        }
    }
}

impl Editing {
    pub(super) fn new(id: ReadId, edit: Edit) -> Self {
        let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        Self::with(id, edit, set("VISUAL").or_else(|| set("EDITOR")))
    }

    fn with(id: ReadId, edit: Edit, named: Option<String>) -> Self {
        let is_named = named.is_some();
        Self { id, edit, editor: named.unwrap_or_else(|| FALLBACK.to_owned()), is_named, folder: None }
    }

    /// Writes the text to its file. The command may have arguments and quotes, as a shell reads them.
    pub(super) fn command(&mut self) -> Result<Command, ApiError> {
        let path = match &self.edit {
            Edit::File(path) => absolute(path),
            Edit::Text { name, text } => {
                let folder = make_folder().map_err(|error| failed(&std::env::temp_dir(), error.into()))?;
                let path = self.folder.insert(folder).path.join(name);
                write_new(&path, text.expose()).map_err(|error| failed(&path, error.into()))?;
                path
            }
        };
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!("{} \"$@\"", self.editor), &self.editor]).arg(path);
        Ok(command)
    }

    pub(super) fn waits(&self) -> String {
        crate::words::editor::waits(&self.editor, self.is_named)
    }

    /// What the text has become. What was written and can't be used is kept, and the error says where.
    pub(super) fn ended(mut self, status: Option<ExitStatus>) -> Result<Paste, ApiError> {
        let is_good = status.is_some_and(|status| status.success());
        let Edit::Text { name, text } = &self.edit else {
            return if is_good { Ok(Paste::new(String::new())) } else { Err(self.failed(status, None)) };
        };
        let path = self.folder.as_ref().map(|folder| folder.path.join(name)).unwrap_or_default();
        let written =
            load_bytes(&path, LARGEST).and_then(|bytes| String::from_utf8(bytes).map_err(|_| FileProblem::NotUtf8));
        match written {
            Ok(written) if is_good => Ok(Paste::new(written)),
            Ok(written) if written == text.expose() => Err(self.failed(status, None)),
            Err(FileProblem::NotFound) if !is_good => Err(self.failed(status, None)),
            Ok(_) => {
                self.keep();
                Err(self.failed(status, Some(path)))
            }
            Err(problem) => {
                self.keep();
                Err(failed(&path, problem))
            }
        }
    }

    fn keep(&mut self) {
        if let Some(folder) = &mut self.folder {
            folder.is_kept = true;
        }
    }

    fn failed(&self, status: Option<ExitStatus>, kept: Option<PathBuf>) -> ApiError {
        let problem = EditorProblem {
            editor: self.editor.clone(),
            is_named: self.is_named,
            exit_code: status.and_then(|status| status.code()),
            kept: kept.map(|path| path.display().to_string()),
        };
        ApiError::client(OPERATION, ApiErrorKind::Local, problem)
    }
}

fn failed(path: &Path, problem: FileProblem) -> ApiError {
    ApiError::client(OPERATION, ApiErrorKind::Local, ClientError::file(path, problem))
}

/// A new one: what is there already may be somebody else's.
fn make_folder() -> io::Result<Folder> {
    let name = |number: u32| std::env::temp_dir().join(format!("rootdeck-{}-{number}", std::process::id()));
    for path in (1..MOST_FOLDERS).map(name) {
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|()| Folder { path, is_kept: false }),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// What comes of `{"a": 1}` in an editor that is this command, and where its file was.
    fn edited(editor: &str) -> (Result<Paste, ApiError>, PathBuf) {
        let edit = Edit::Text { name: "policy.json", text: Paste::new("{\"a\": 1}".into()) };
        let mut editing = Editing::with(ReadId(1), edit, Some(editor.to_owned()));
        let mut command = editing.command().expect("a command");
        let path = editing.folder.as_ref().expect("a folder").path.join("policy.json");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().expect("a folder"))), (0o600, 0o700));
        let status = command.status().expect("a shell");
        (editing.ended(Some(status)), path)
    }

    /// A program with a blank in its name.
    fn program(folder: &Path, script: &str) -> String {
        let path = folder.join("my editor");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("mode");
        format!("'{}'", path.display())
    }

    #[test]
    fn an_editor_has_arguments_and_a_name_with_blanks() {
        let home = tempfile::tempdir().expect("a folder");
        let editor = program(home.path(), "[ \"$1\" = --wait ] && printf '%s' \"$2\" >\"$3\"");
        let (text, path) = edited(&format!("{editor} --wait 'two words'"));
        assert_eq!(text.expect("edited").expose(), "two words");
        assert!(!path.exists() && !path.parent().expect("a folder").exists(), "nothing is left");
    }

    #[test]
    fn an_editor_that_changes_nothing_gives_back_the_text() {
        let (text, path) = edited("true");
        assert_eq!(text.expect("edited").expose(), "{\"a\": 1}");
        assert!(!path.exists());
    }

    #[test]
    fn an_editor_that_fails_changes_nothing_and_what_it_wrote_is_kept() {
        let (text, path) = edited("false");
        assert!(text.expect_err("failed").sentence().contains("ended with exit code 1"));
        assert!(!path.exists(), "nothing was written");
        let home = tempfile::tempdir().expect("a folder");
        let (text, path) = edited(&program(home.path(), "echo x >\"$1\"; exit 3"));
        let said = text.expect_err("failed").sentence();
        assert!(said.contains("exit code 3") && said.contains(&path.display().to_string()), "{said}");
        assert_eq!(fs::read_to_string(&path).expect("kept"), "x\n");
        fs::remove_dir_all(path.parent().expect("a folder")).expect("removed");
        let (text, _) = edited("/no/such/editor");
        assert!(text.expect_err("failed").sentence().contains("set VISUAL or EDITOR"));
    }

    #[test]
    fn without_a_variable_vi_is_tried_and_the_variables_are_named() {
        let edit = Edit::File("plan.csv".into());
        let mut editing = Editing::with(ReadId(1), edit, None);
        assert_eq!(editing.waits(), "VISUAL and EDITOR are not set. Waiting for vi to close the file.");
        let command = editing.command().expect("a command");
        let arguments: Vec<_> = command.get_args().map(|it| it.to_string_lossy().into_owned()).collect();
        assert_eq!(arguments.get(..3).expect("three"), ["-c", "vi \"$@\"", "vi"]);
        assert!(editing.folder.is_none(), "a file of the person stays where it is");
        let missing = Command::new("/bin/sh").args(["-c", "exit 127"]).status().expect("a shell");
        let said = editing.ended(Some(missing)).expect_err("no editor").sentence();
        assert!(said.contains("VISUAL and EDITOR are not set, and vi was not found"), "{said}");
    }

    #[test]
    fn what_is_no_text_is_kept_and_named() {
        let (text, path) = edited("printf '\\377' | tee");
        assert!(text.expect_err("no text").sentence().contains("is not UTF-8"));
        assert!(path.exists());
        fs::remove_dir_all(path.parent().expect("a folder")).expect("removed");
    }
}
