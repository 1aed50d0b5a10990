//! The dialog that saves the journal, as it is shown, to a file.

use crate::app::model::Model;
use std::path::{Path, PathBuf};

use super::App;
use super::command::DisabledReason;
use super::confirm::Focus;
use super::dialog::{Dialog, Step};
use super::effect::{Effect, ExportForm, TextFile, TextUse};
use super::field::TextField;
use super::layers::Layer;
use super::notification::Notification;
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

impl Model {
    pub(super) fn can_export_journal(&self) -> Result<(), DisabledReason> {
        if self.journal.list.rows().is_empty() { Err(DisabledReason::NoEntry) } else { Ok(()) }
    }
}

impl App {
    /// Asks where to. The name that is suggested is of this minute: nothing is overwritten.
    pub(super) fn ask_for_export(&mut self) {
        let local = self.model.now.to_zoned(self.model.start.time_zone.clone());
        let organization = self.model.organization.value().map(|known| format!("{}-", known.id)).unwrap_or_default();
        let path = format!("~/rootdeck-journal-{organization}{}.csv", local.strftime("%Y-%m-%d-%H%M"));
        self.layers.push(Layer::Export(ExportJournal {
            path: TextField::with(&path),
            count: self.model.journal.list.rows().len(),
            focus: Focus::Field,
            asked: None,
            trouble: None,
        }));
    }

    /// Takes what came of writing it; whether a failure is news: the dialog tells it where it is open.
    pub(super) fn journal_saved(&mut self, path: PathBuf, result: &Result<(), ApiError>) -> bool {
        let waits = |layer: &Layer| matches!(layer, Layer::Export(dialog) if dialog.asked.is_some());
        match result {
            Ok(()) => {
                self.layers.retain(|layer| !waits(layer));
                self.model.out.notify(Notification::FileSaved(TextUse::Journal, path));
                false
            }
            Err(fault) => {
                let waiting = self.layers.iter().any(waits);
                self.change_export(|dialog| {
                    (dialog.asked, dialog.trouble, dialog.focus) = (None, Some(fault.clone()), Focus::Field);
                });
                !waiting
            }
        }
    }

    fn change_export(&mut self, change: impl FnOnce(&mut ExportJournal)) {
        let dialog = self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Export(dialog) => Some(dialog),
            _ => None,
        });
        if let Some(dialog) = dialog {
            change(dialog);
        }
    }
}
