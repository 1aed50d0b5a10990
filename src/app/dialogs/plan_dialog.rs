//! The dialog of a plan: what is wrong with it, and what would be started.

use crate::app::command_id::DisabledReason;
use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::dialogs::plan_asking::{PlanAsking, PlanFrom};
use crate::app::dialogs::plan_marked::MarkedPlan;
use crate::app::effect::Edit;
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::notification::Missing;
use crate::app::reading::Reading;
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::danger::Danger;
use crate::domain::email_plan::{CheckedPlan, PlanNote};
use crate::domain::remote_data::ReadId;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanDialog {
    /// Its file, as it was named; empty for marked accounts.
    pub path: String,
    /// How the file was read, where that is not as it is documented.
    pub notes: Vec<PlanNote>,
    pub marked: Option<MarkedPlan>,
    /// Under which number its file is open in the editor.
    editing: Option<ReadId>,
    pub form: Form,
    pub stage: PlanStage,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlanStage {
    /// The pattern of the addresses of marked accounts is typed.
    Pattern,
    Problems(Box<PlanProblems>),
    Asking(Box<PlanAsking>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlanProblems {
    pub checked: CheckedPlan,
    pub top: usize,
}

impl PlanDialog {
    pub(in crate::app) fn new(path: &str, notes: Vec<PlanNote>, stage: PlanStage) -> Self {
        let form = Form::new(stage.first_focus());
        Self { path: path.trim().to_owned(), notes, marked: None, editing: None, form, stage }
    }

    /// For marked accounts, before their addresses are made from a pattern.
    pub(in crate::app) fn of_marked(marked: MarkedPlan) -> Self {
        Self { marked: Some(marked), ..Self::new("", Vec::new(), PlanStage::Pattern) }
    }

    /// Whether it comes from marked accounts, not from a file.
    pub(crate) fn is_marked(&self) -> bool {
        self.path.is_empty()
    }

    fn enter(&mut self, stage: PlanStage) {
        self.form.focus = stage.first_focus();
        self.stage = stage;
    }

    /// What Enter does while what is wrong is shown: back to the list below, or the file is read again.
    fn submit_problems(&self) -> Step {
        match self.form.focus {
            Focus::Other if !self.is_marked() => Step::Done(Some(Next::ReadPlan(self.path.clone()))),
            _ => Step::Close,
        }
    }

    fn submit_asking(&mut self, model: &mut Model) -> Step {
        let PlanStage::Asking(asking) = &self.stage else { return Step::Stay(None) };
        if self.form.focus == Focus::Act && asking.is_ready() {
            return match model.start_plan(asking, self.form.given_reason()) {
                Ok(step) => step,
                Err(changed) => {
                    self.enter(changed);
                    Step::Stay(None)
                }
            };
        }
        let from = self.form.focus;
        self.form.focus = asking.next(from);
        if self.form.focus == Focus::Field && matches!(from, Focus::Field | Focus::Act) {
            model.ask_to_type(asking.token());
        } else if asking.is_answered(self.form.focus) == Some(false) {
            model.say_missing(Missing::Check);
        }
        Step::Stay(None)
    }
}

impl PlanStage {
    pub(in crate::app) fn checked(from: PlanFrom, checked: CheckedPlan) -> Self {
        if checked.is_good() {
            Self::Asking(Box::new(PlanAsking::new(from, checked, 0)))
        } else {
            Self::Problems(Box::new(PlanProblems { checked, top: 0 }))
        }
    }

    fn focuses(&self) -> Vec<Focus> {
        match self {
            Self::Pattern => vec![Focus::Field, Focus::Cancel, Focus::Act],
            Self::Problems(_) => vec![Focus::Cancel, Focus::Other],
            Self::Asking(asking) => asking.focuses(),
        }
    }

    fn first_focus(&self) -> Focus {
        match self {
            Self::Problems(_) => Focus::Other,
            stage => stage.focuses().first().copied().unwrap_or(Focus::Cancel),
        }
    }
}

impl Dialog for Box<PlanDialog> {
    form!();

    fn field_mut(&mut self) -> Option<&mut TextField> {
        match &mut self.stage {
            PlanStage::Pattern => self.marked.as_mut().map(|marked| &mut marked.pattern),
            PlanStage::Problems(_) => None,
            PlanStage::Asking(asking) => Some(&mut asking.typed),
        }
    }

    fn focuses(&self) -> Vec<Focus> {
        self.stage.focuses()
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        let PlanStage::Asking(asking) = &self.stage else { return None };
        Some(model.commands(|caller| asking.aws_commands(caller)))
    }

    /// Its file, until it is started.
    fn can_edit(&self, _model: &Model) -> Result<(), DisabledReason> {
        let is_begun = matches!(&self.stage, PlanStage::Asking(asking) if matches!(asking.from, PlanFrom::Kept(_)));
        if self.is_marked() || is_begun { Err(DisabledReason::NotHere) } else { Ok(()) }
    }

    fn edit(&mut self, model: &mut Model) {
        self.editing = Some(model.open_in_editor(Edit::File(self.path.clone().into())));
    }

    fn edits(&self) -> Option<ReadId> {
        self.editing
    }

    fn edited(&mut self, _text: &str, _model: &mut Model) -> Step {
        Step::Done(Some(Next::ReadPlan(self.path.clone())))
    }

    fn answer(&mut self, _model: &Model) -> bool {
        let focus = self.form.focus;
        match &mut self.stage {
            PlanStage::Asking(asking) => asking.reading.is_done && asking.answer(focus),
            PlanStage::Pattern | PlanStage::Problems(_) => false,
        }
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match (&self.stage, self.form.focus) {
            (_, Focus::Cancel) => Step::Close,
            (PlanStage::Pattern, focus) => {
                match self.marked.as_ref().and_then(MarkedPlan::rows) {
                    Some(_) if focus == Focus::Field => self.form.focus = Focus::Act,
                    Some(rows) => return Step::Stay(Some(Next::ListPlan(rows))),
                    None => {
                        self.form.focus = Focus::Field;
                        model.say_missing(Missing::Pattern);
                    }
                }
                Step::Stay(None)
            }
            (PlanStage::Problems(_), _) => self.submit_problems(),
            (PlanStage::Asking(_), _) => self.submit_asking(model),
        }
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        match &mut self.stage {
            PlanStage::Pattern => self.form.top = motion.scroll(self.form.top, rows, lines),
            PlanStage::Problems(problems) => {
                problems.top = motion.scroll(problems.top, rows, lines);
            }
            PlanStage::Asking(asking) => asking.reading.go(motion, rows, lines),
        }
    }

    fn fit(&mut self, geometry: Geometry) {
        self.go(Motion::Rows(0), geometry.dialog_rows, geometry.dialog_lines);
    }

    fn reading(&self) -> Option<&Reading> {
        match &self.stage {
            PlanStage::Asking(asking) => Some(&asking.reading),
            PlanStage::Pattern | PlanStage::Problems(_) => None,
        }
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        match &mut self.stage {
            PlanStage::Asking(asking) => Some(&mut asking.reading),
            PlanStage::Pattern | PlanStage::Problems(_) => None,
        }
    }

    /// A plan that the records keep has the reason it was begun with.
    fn accounts(&self) -> Vec<AccountId> {
        match &self.stage {
            PlanStage::Asking(asking) => asking.checked.changes.iter().map(|change| change.account.id).collect(),
            PlanStage::Pattern | PlanStage::Problems(_) => Vec::new(),
        }
    }

    fn confirms(&self) -> Option<Danger> {
        match &self.stage {
            PlanStage::Asking(asking) if !matches!(asking.from, PlanFrom::Kept(_)) => {
                Some(Danger::Mild.on(asking.checked.changes.len()))
            }
            _ => None,
        }
    }
}
