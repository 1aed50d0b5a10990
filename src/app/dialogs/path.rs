//! The dialog that asks for a file: to read mails or a policy from it, or to save the journal to it.

use std::path::{Path, PathBuf};

use crate::app::dialog::{Dialog, Step, form};
use crate::app::effect::{Effect, ExportForm, PolicyFile, TextFile, TextUse};
use crate::app::field::TextField;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::policy_holder::{PolicyHolder, PolicyText};

/// The dialog's data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PathDialog {
    /// What the file is for.
    pub purpose: PathPurpose,
    /// The path, as it is being typed.
    pub field: TextField,
    /// Where the dialog is.
    pub form: Form,
}

/// What a file is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PathPurpose {
    /// Mails with one-time passwords are read from it.
    Mails,
    /// A policy is read from it, to be put on something.
    Policy {
        /// The account.
        account: AccountId,
        /// On what it would be put.
        holder: PolicyHolder,
        /// What AWS shows there now.
        present: Option<PolicyText>,
    },
    /// So many entries of the journal are saved to it, as they are shown.
    Journal(usize),
}

impl PathDialog {
    /// The dialog, with the focus in the field.
    pub(crate) fn new(purpose: PathPurpose, path: &str) -> Self {
        Self { purpose, field: TextField::with(path), form: Form::new(Focus::Field) }
    }

    /// What a saved file would hold; `None` while its name does not tell.
    pub(crate) fn export_form(&self) -> Option<ExportForm> {
        let path = Path::new(self.field.text().trim());
        path.file_stem().filter(|stem| !stem.is_empty())?;
        let extension = path.extension()?.to_str()?;
        [(ExportForm::Csv, "csv"), (ExportForm::Json, "json")]
            .into_iter()
            .find(|(_, word)| extension.eq_ignore_ascii_case(word))
            .map(|(form, _)| form)
    }

    /// Whether its button does something.
    pub(crate) fn is_ready(&self) -> bool {
        match self.purpose {
            PathPurpose::Journal(_) => self.export_form().is_some(),
            PathPurpose::Mails | PathPurpose::Policy { .. } => !self.field.text().trim().is_empty(),
        }
    }

    fn send(&mut self, model: &mut Model) {
        let (id, path) = (model.out.read_id(), PathBuf::from(self.field.text().trim()));
        model.out.push(match (&self.purpose, self.export_form()) {
            (PathPurpose::Mails, _) => Effect::Text(id, Box::new(TextFile::Load(path, TextUse::Mails))),
            (PathPurpose::Policy { .. }, _) => Effect::File(id, Box::new(PolicyFile::Load(path))),
            (PathPurpose::Journal(_), Some(form)) => {
                let entries = model.journal.shown().cloned().collect();
                Effect::Text(id, Box::new(TextFile::SaveJournal(path, form, entries)))
            }
            (PathPurpose::Journal(_), None) => return,
        });
        self.form.sent(Phase::Asked(id));
    }
}

impl Dialog for PathDialog {
    form!(field);

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            _ if !self.is_ready() || self.form.waits() => {}
            Focus::Act => self.send(model),
            Focus::Field | Focus::Answer | Focus::Other => self.form.focus = Focus::Act,
        }
        Step::Stay(None)
    }
}
