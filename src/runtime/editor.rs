//! The person's editor: a text in a file that only they can read, and what they made of it.

use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use super::text_file::{LARGEST, absolute, load_bytes, write_new};
use crate::app::draft::Draft;
use crate::app::effect::Edit;
use crate::app::key::Paste;
use crate::app::msg::Answer;
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
                write_new(&path, text.bytes()).map_err(|error| failed(&path, error.into()))?;
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

    /// What the text has become. Nothing of it stays on disk, unless it can't even be read.
    pub(super) fn ended(mut self, status: Option<ExitStatus>) -> Answer {
        let is_good = status.is_some_and(|status| status.success());
        let Edit::Text { name, text } = &self.edit else {
            return Answer::Edited(if is_good {
                Ok(Paste::new(String::new()))
            } else {
                Err(self.failed(status, false))
            });
        };
        let path = self.folder.as_ref().map(|folder| folder.path.join(name)).unwrap_or_default();
        match load_bytes(&path, LARGEST) {
            Ok(written) if is_good => match String::from_utf8(written) {
                Ok(written) => Answer::Edited(Ok(Paste::new(written))),
                Err(written) => {
                    let error = ApiError::client(OPERATION, ApiErrorKind::Local, ClientError::EditedNotUtf8);
                    Answer::Unusable(Draft::new(written.into_bytes()), error)
                }
            },
            Ok(written) if written == text.bytes() => Answer::Edited(Err(self.failed(status, false))),
            Ok(written) => Answer::Unusable(Draft::new(written), self.failed(status, true)),
            Err(FileProblem::NotFound) if !is_good => Answer::Edited(Err(self.failed(status, false))),
            Err(problem) => {
                if let Some(folder) = &mut self.folder {
                    folder.is_kept = true;
                }
                Answer::Edited(Err(failed(&path, problem)))
            }
        }
    }

    fn failed(&self, status: Option<ExitStatus>, has_draft: bool) -> ApiError {
        let problem = EditorProblem {
            editor: self.editor.clone(),
            is_named: self.is_named,
            exit_code: status.and_then(|status| status.code()),
            has_draft,
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
    fn edited(editor: &str) -> (Answer, PathBuf) {
        let edit = Edit::Text { name: "policy.json", text: Draft::of("{\"a\": 1}") };
        let mut editing = Editing::with(ReadId(1), edit, Some(editor.to_owned()));
        let mut command = editing.command().expect("a command");
        let path = editing.folder.as_ref().expect("a folder").path.join("policy.json");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().expect("a folder"))), (0o600, 0o700));
        let status = command.status().expect("a shell");
        let answer = editing.ended(Some(status));
        assert!(!path.exists() && !path.parent().expect("a folder").exists(), "nothing is left on disk");
        (answer, path)
    }

    fn text(answer: Answer) -> String {
        match answer {
            Answer::Edited(Ok(text)) => text.expose().to_owned(),
            other => panic!("no text but {other:?}"),
        }
    }

    /// Why nothing was edited.
    fn failure(answer: Answer) -> String {
        match answer {
            Answer::Edited(Err(error)) => error.sentence(),
            other => panic!("no failure but {other:?}"),
        }
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
        assert_eq!(text(edited(&format!("{editor} --wait 'two words'")).0), "two words");
    }

    #[test]
    fn an_editor_that_changes_nothing_gives_back_the_text() {
        assert_eq!(text(edited("true").0), "{\"a\": 1}");
    }

    #[test]
    fn an_editor_that_fails_changes_nothing_and_what_it_wrote_is_kept_in_memory() {
        assert!(failure(edited("false").0).contains("ended with exit code 1"));
        let home = tempfile::tempdir().expect("a folder");
        let (answer, path) = edited(&program(home.path(), "echo x >\"$1\"; exit 3"));
        let Answer::Unusable(draft, error) = answer else { panic!("{answer:?}") };
        assert_eq!(draft.text(), "x\n");
        let said = error.sentence();
        assert!(said.contains("exit code 3") && !said.contains(&path.display().to_string()), "{said}");
        assert!(failure(edited("/no/such/editor").0).contains("set VISUAL or EDITOR"));
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
        let said = failure(editing.ended(Some(missing)));
        assert!(said.contains("VISUAL and EDITOR are not set, and vi was not found"), "{said}");
    }

    #[test]
    fn what_is_no_text_is_kept_byte_by_byte_and_opened_again() {
        let (answer, _) = edited("printf '\\377' | tee");
        let Answer::Unusable(draft, error) = answer else { panic!("{answer:?}") };
        assert!(error.sentence().contains("is not UTF-8"));
        assert_eq!(draft.bytes(), [0xFF]);
        let edit = Edit::Text { name: "policy.json", text: draft };
        let mut again = Editing::with(ReadId(2), edit, Some("true".to_owned()));
        let status = again.command().expect("a command").status().expect("a shell");
        assert!(matches!(again.ended(Some(status)), Answer::Unusable(draft, _) if draft.bytes() == [0xFF]));
    }
}
