//! Asks for a file: to read mails, a policy or a plan, or to write an export or the template of a plan.

use std::path::{Path, PathBuf};

use crate::app::command_id::DisabledReason;
use crate::app::dialog::{Dialog, Step, form};
use crate::app::dialogs::plan_template::PlanTemplate;
use crate::app::effect::{Edit, Effect, PolicyFile, Replace, TextFile, TextUse};
use crate::app::field::TextField;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::app::view::ViewId;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::client_error::{ClientError, FileProblem};
use crate::domain::email_plan::{PlanId, Unreadable};
use crate::domain::export::{Export, ExportForm};
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::remote_data::ReadId;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PathDialog {
    pub purpose: PathPurpose,
    pub field: TextField,
    pub form: Form,
    /// Under which number its file is open in the editor.
    pub(in crate::app) editing: Option<ReadId>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PathPurpose {
    /// Mails with one-time passwords are read from it.
    Mails,
    /// A policy is read from it, to be put on something.
    Policy {
        account: AccountId,
        holder: PolicyHolder,
        /// What AWS shows there now.
        present: Option<PolicyText>,
        /// The file that the policy was saved to.
        backup: Option<PathBuf>,
    },
    /// So many rows of a view are saved to it, as they were shown.
    Export {
        view: ViewId,
        rows: usize,
        export: Box<Export>,
        /// The path of a file that is there, and would be replaced.
        replaces: Option<PathBuf>,
    },
    /// A plan is read from it; why the last file gave none.
    Plan(Option<PlanTrouble>),
    /// The template of a plan is written to it.
    Template(Box<PlanTemplate>),
}

/// Why a file that could be read gave no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PlanTrouble {
    Unreadable(Unreadable),
    /// Its plan of before is not finished, and it has changed since.
    Open(PlanId),
}

impl PathDialog {
    pub(crate) fn new(purpose: PathPurpose, path: &str) -> Self {
        Self { purpose, field: TextField::with(path), form: Form::new(Focus::Field), editing: None }
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

    pub(crate) fn is_ready(&self) -> bool {
        match &self.purpose {
            PathPurpose::Export { .. } => self.export_form().is_some(),
            PathPurpose::Template(template) => self.is_named() && template.is_ready(),
            PathPurpose::Mails | PathPurpose::Policy { .. } | PathPurpose::Plan(_) => self.is_named(),
        }
    }

    /// Whether the file is there already, and Enter would replace it.
    pub(crate) fn would_replace(&self) -> bool {
        let PathPurpose::Export { replaces, .. } = &self.purpose else { return false };
        replaces.as_deref() == Some(Path::new(self.field.text().trim()))
    }

    /// Asks whether the file that is in the way of an export is to be replaced, if that is what failed.
    pub(in crate::app) fn asks_to_replace(&mut self, error: &ApiError) -> bool {
        let problem = ClientError::from_record(&error.message);
        let exists = matches!(problem, Some(ClientError::File { problem: FileProblem::Exists, .. }));
        if let (PathPurpose::Export { replaces, .. }, true) = (&mut self.purpose, exists) {
            *replaces = Some(PathBuf::from(self.field.text().trim()));
            self.form.ended(None, Focus::Cancel);
        }
        exists && self.would_replace()
    }

    /// Goes to what is missing, and says what that is.
    fn say_missing(&mut self, model: &mut Model) {
        let (focus, what) = match &self.purpose {
            _ if !self.is_named() => (Focus::Field, Missing::File),
            PathPurpose::Export { .. } => (Focus::Field, Missing::FileType),
            PathPurpose::Template(template) if template.accounts.is_empty() => (Focus::Cancel, Missing::Account),
            PathPurpose::Template(_) => (Focus::Answer, Missing::Domain),
            PathPurpose::Mails | PathPurpose::Policy { .. } | PathPurpose::Plan(_) => (Focus::Field, Missing::File),
        };
        self.form.focus = focus;
        model.say_missing(what);
    }

    fn is_named(&self) -> bool {
        !self.field.text().trim().is_empty()
    }

    pub(in crate::app) fn send(&mut self, model: &mut Model) {
        let (id, path) = (model.out.read_id(), PathBuf::from(self.field.text().trim()));
        let replace = if self.would_replace() { Replace::Confirmed } else { Replace::Never };
        let form = self.export_form();
        model.out.push(match (&mut self.purpose, form) {
            (PathPurpose::Mails, _) => Effect::Text(id, Box::new(TextFile::Load(path, TextUse::Mails))),
            (PathPurpose::Policy { .. }, _) => Effect::File(id, Box::new(PolicyFile::Load(path))),
            (PathPurpose::Export { export, .. }, Some(form)) => {
                Effect::Text(id, Box::new(TextFile::Export(path, form, export.clone(), replace)))
            }
            (PathPurpose::Export { .. }, None) => return,
            (PathPurpose::Plan(trouble), _) => {
                *trouble = None;
                Effect::Text(id, Box::new(TextFile::Load(path, TextUse::Plan)))
            }
            (PathPurpose::Template(template), _) => {
                let text = model.template(template);
                Effect::Text(id, Box::new(TextFile::Save(path, TextUse::Template, text)))
            }
        });
        self.form.sent(Phase::Asked(id));
    }
}

impl Dialog for PathDialog {
    form!();

    fn field_mut(&mut self) -> Option<&mut TextField> {
        match &mut self.purpose {
            PathPurpose::Template(template) if self.form.focus == Focus::Answer => Some(&mut template.domain),
            _ => Some(&mut self.field),
        }
    }

    fn is_typing(&self) -> bool {
        matches!(self.form.focus, Focus::Field | Focus::Answer) && !self.form.waits()
    }

    /// The answer is the domain of a template's addresses.
    fn focuses(&self) -> Vec<Focus> {
        let answer = matches!(self.purpose, PathPurpose::Template(_)).then_some(Focus::Answer);
        [Focus::Field].into_iter().chain(answer).chain([Focus::Cancel, Focus::Act]).collect()
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let next = self.focuses().get(1).copied();
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            Focus::Field if self.is_named() && next == Some(Focus::Answer) => self.form.focus = Focus::Answer,
            _ if self.form.waits() => {}
            _ if !self.is_ready() => self.say_missing(model),
            Focus::Act => self.send(model),
            _ => self.form.focus = Focus::Act,
        }
        Step::Stay(None)
    }

    /// The file that gave no plan.
    fn can_edit(&self, _model: &Model) -> Result<(), DisabledReason> {
        let is_file = matches!(self.purpose, PathPurpose::Plan(Some(PlanTrouble::Unreadable(_))));
        if is_file && self.is_named() && !self.form.waits() { Ok(()) } else { Err(DisabledReason::NotHere) }
    }

    fn edit(&mut self, model: &mut Model) {
        let path = PathBuf::from(self.field.text().trim());
        self.editing = Some(model.open_in_editor(Edit::File(path)));
    }

    fn edits(&self) -> Option<ReadId> {
        self.editing
    }

    fn edited(&mut self, _text: &str, model: &mut Model) -> Step {
        self.editing = None;
        self.send(model);
        Step::Stay(None)
    }

    /// The marks of the accounts whose template is written have done their work.
    fn done(&mut self, model: &mut Model) {
        if let PathPurpose::Template(template) = &mut self.purpose {
            model.unmark(std::mem::take(&mut template.accounts));
        }
    }
}
