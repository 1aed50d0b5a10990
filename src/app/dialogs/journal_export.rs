//! The dialog that saves the journal, as it is shown, to a file.

use std::path::{Path, PathBuf};

use crate::app::dialog::{Dialog, Step};
use crate::app::effect::{Effect, ExportForm, TextFile};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::model::Model;
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::ReadId;

/// The dialog's data.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportJournal {
    /// The path, as it is being typed.
    pub path: TextField,
    /// How many entries are shown, and would be in it.
    pub count: usize,
    /// Where the focus is.
    pub focus: Focus,
    /// It is being written.
    pub asked: Option<ReadId>,
    /// Why it could not be written.
    pub trouble: Option<ApiError>,
}

impl ExportJournal {
    /// What the file would hold; `None` while the name does not tell.
    #[must_use]
    pub fn form(&self) -> Option<ExportForm> {
        let path = Path::new(self.path.text().trim());
        path.file_stem().filter(|stem| !stem.is_empty())?;
        let extension = path.extension()?.to_str()?;
        [(ExportForm::Csv, "csv"), (ExportForm::Json, "json")]
            .into_iter()
            .find(|(_, word)| extension.eq_ignore_ascii_case(word))
            .map(|(form, _)| form)
    }

    /// The field and buttons, in order.
    #[must_use]
    pub fn focuses(&self) -> Vec<Focus> {
        if self.asked.is_some() { vec![Focus::Cancel] } else { vec![Focus::Field, Focus::Cancel, Focus::Act] }
    }
}

impl Dialog for ExportJournal {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.path)
    }

    fn stops(&self) -> Vec<Focus> {
        self.focuses()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field && self.asked.is_none()
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        if self.focus == Focus::Cancel {
            return Step::Close;
        }
        let Some(form) = self.form() else { return Step::Stay(None) };
        if self.focus != Focus::Act {
            self.focus = Focus::Act;
            return Step::Stay(None);
        }
        let id = model.out.read_id();
        let path = PathBuf::from(self.path.text().trim());
        (self.asked, self.trouble, self.focus) = (Some(id), None, Focus::Cancel);
        let entries = model.journal.shown().cloned().collect();
        model.out.push(Effect::Text(id, Box::new(TextFile::SaveJournal(path, form, entries))));
        Step::Stay(None)
    }
}
