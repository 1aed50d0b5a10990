//! The dialog of a plan: its file, what is wrong with it, and what would be started.

use std::path::PathBuf;

use crate::app::dialog::{Dialog, Step};
use crate::app::dialogs::plan_asking::{AskFocus, PlanAsking, PlanFrom};
use crate::app::dialogs::plan_marked::{MarkedPlan, SPOTS as MARKED_SPOTS};
use crate::app::effect::{Effect, TextFile, TextUse};
use crate::app::field::TextField;
use crate::app::focus::{Focus, cycle, next_of};
use crate::app::key::Key;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::reading::Reading;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::AwsCommand;
use crate::domain::email_plan::{CheckedPlan, PlanId, PlanNote, Unreadable};
use crate::domain::remote_data::ReadId;

impl PlanAsking {
    /// What Enter does; the stage that takes its place where what was shown is not so any more.
    pub(in crate::app) fn submit(&mut self, model: &mut Model) -> Result<Step, PlanStage> {
        match self.focus {
            AskFocus::Cancel => return Ok(Step::Close),
            // Enter alone must not carry anyone through a question: space answers it.
            AskFocus::Domain(_) | AskFocus::Unusual => {
                if self.is_answered() {
                    self.focus = next_of(&self.focuses(), self.focus, 1);
                }
            }
            AskFocus::Start if self.is_ready() => return model.start_plan(self),
            AskFocus::Field | AskFocus::Start => self.go_to_what_is_missing(model),
        }
        Ok(Step::Stay(None))
    }

    /// Puts the focus on what is still to be answered or typed.
    fn go_to_what_is_missing(&mut self, model: &mut Model) {
        let next = if self.is_typed() { AskFocus::Start } else { AskFocus::Field };
        self.focus = self.first_unanswered().unwrap_or(next);
        if self.focus == AskFocus::Field {
            model.ask_to_type(self.token());
        }
    }
}

/// The dialog's data.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PlanDialog {
    /// The file.
    pub path: TextField,
    /// How the file was read, where that is not as it is documented.
    pub notes: Vec<PlanNote>,
    /// Where it comes from marks instead of a file.
    pub marked: Option<MarkedPlan>,
    /// How far it is.
    pub stage: PlanStage,
}

/// How far the dialog is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlanStage {
    /// The pattern of the addresses of marked accounts is typed.
    Pattern(Focus),
    /// The file is being named or read.
    File(FileAsking),
    /// What is wrong with it is shown.
    Problems(Box<PlanProblems>),
    /// What would be started is shown and waits to be confirmed.
    Asking(Box<PlanAsking>),
}

impl Default for PlanStage {
    fn default() -> Self {
        Self::File(FileAsking { focus: Focus::Field, asked: None, trouble: None })
    }
}

/// The file is being named or read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileAsking {
    /// Where the focus is.
    pub focus: Focus,
    /// The read in progress.
    pub asked: Option<ReadId>,
    /// Why the last one led to nothing.
    pub trouble: Option<PlanTrouble>,
}

/// Why a file gave no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PlanTrouble {
    /// It could not be read.
    File(ApiError),
    /// Its content is no plan.
    Unreadable(Unreadable),
    /// Its plan of before is not finished, and it has changed since.
    Open(PlanId),
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlanProblems {
    /// What the check has found.
    pub checked: CheckedPlan,
    /// The focus: leave, or read the file again.
    pub focus: Focus,
    /// The first line on screen.
    pub top: usize,
}

pub(in crate::app) const FILE_SPOTS: [Focus; 3] = [Focus::Field, Focus::Cancel, Focus::Act];

pub(in crate::app) const PROBLEM_SPOTS: [Focus; 2] = [Focus::Cancel, Focus::Other];

impl PlanDialog {
    /// The field that has the focus.
    pub(crate) fn field_mut(&mut self) -> Option<&mut TextField> {
        match &mut self.stage {
            PlanStage::Pattern(Focus::Field) => self.marked.as_mut().map(|marked| &mut marked.pattern),
            PlanStage::File(file) if file.focus == Focus::Field && file.asked.is_none() => Some(&mut self.path),
            PlanStage::Asking(asking) if asking.focus == AskFocus::Field && asking.reading.is_done => {
                Some(&mut asking.typed)
            }
            _ => None,
        }
    }

    /// What Enter does while its file is named.
    fn submit_file(&mut self, model: &mut Model) -> Step {
        let PlanStage::File(file) = &mut self.stage else { return Step::Stay(None) };
        match file.focus {
            Focus::Cancel => return Step::Close,
            _ if self.path.text().trim().is_empty() || file.asked.is_some() => {}
            Focus::Field => file.focus = Focus::Act,
            Focus::Act => self.load(model),
            Focus::Answer | Focus::Other => {}
        }
        Step::Stay(None)
    }

    fn load(&mut self, model: &mut Model) {
        let id = model.out.read_id();
        self.stage = PlanStage::File(FileAsking { focus: Focus::Cancel, asked: Some(id), trouble: None });
        let path = PathBuf::from(self.path.text().trim());
        model.out.push(Effect::Text(id, Box::new(TextFile::Load(path, TextUse::Plan))));
    }

    /// What Enter does while the pattern is typed: from the field to the button, and there the check.
    fn submit_pattern(&mut self, focus: Focus, model: &mut Model) -> Step {
        if focus == Focus::Cancel {
            return Step::Close;
        }
        if let Some(rows) = self.marked.as_ref().and_then(MarkedPlan::rows) {
            self.stage = if focus == Focus::Field { PlanStage::Pattern(Focus::Act) } else { model.check_pattern(rows) };
        }
        Step::Stay(None)
    }

    fn submit_problems(&mut self, focus: Focus, model: &mut Model) -> Step {
        match focus {
            Focus::Other if self.marked.is_some() => self.stage = PlanStage::Pattern(Focus::Field),
            Focus::Other => self.load(model),
            Focus::Field | Focus::Answer | Focus::Cancel | Focus::Act => return Step::Close,
        }
        Step::Stay(None)
    }
}

impl PlanStage {
    pub(in crate::app) fn checked(from: PlanFrom, checked: CheckedPlan) -> Self {
        if checked.is_good() {
            Self::Asking(Box::new(PlanAsking::new(from, checked, 0)))
        } else {
            Self::Problems(Box::new(PlanProblems { checked, focus: Focus::Other, top: 0 }))
        }
    }
}

impl Dialog for Box<PlanDialog> {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        PlanDialog::field_mut(self)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        let PlanStage::Asking(asking) = &self.stage else { return None };
        Some(model.commands(|caller| asking.aws_commands(caller)))
    }

    fn is_typing(&self) -> bool {
        match &self.stage {
            PlanStage::Pattern(focus) => *focus == Focus::Field,
            PlanStage::File(file) => file.focus == Focus::Field && file.asked.is_none(),
            PlanStage::Problems(_) => false,
            PlanStage::Asking(asking) => asking.focus == AskFocus::Field && asking.reading.is_done,
        }
    }

    fn typed(&mut self, key: Key, _model: &Model) -> bool {
        if let PlanStage::Asking(asking) = &mut self.stage
            && asking.reading.is_done
            && key.typed() == Some(' ')
            && asking.answer()
        {
            return true;
        }
        self.field_mut().is_some_and(|field| field.handle(key))
    }

    fn move_focus(&mut self, step: isize, _model: &Model) {
        match &mut self.stage {
            PlanStage::Pattern(focus) => *focus = cycle(&MARKED_SPOTS, *focus, step),
            PlanStage::File(file) if file.asked.is_some() => {}
            PlanStage::File(file) => file.focus = cycle(&FILE_SPOTS, file.focus, step),
            PlanStage::Problems(problems) => problems.focus = cycle(&PROBLEM_SPOTS, problems.focus, step),
            PlanStage::Asking(asking) => asking.focus = next_of(&asking.focuses(), asking.focus, step),
        }
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match &mut self.stage {
            PlanStage::Pattern(focus) => {
                let focus = *focus;
                self.submit_pattern(focus, model)
            }
            PlanStage::File(_) => self.submit_file(model),
            PlanStage::Problems(problems) => {
                let focus = problems.focus;
                self.submit_problems(focus, model)
            }
            PlanStage::Asking(asking) => match asking.submit(model) {
                Ok(step) => step,
                Err(changed) => {
                    self.stage = changed;
                    Step::Stay(None)
                }
            },
        }
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        match &mut self.stage {
            PlanStage::File(_) | PlanStage::Pattern(_) => {}
            PlanStage::Problems(problems) => {
                problems.top = motion.apply(problems.top, rows, lines).min(lines.saturating_sub(rows));
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
            PlanStage::Pattern(_) | PlanStage::File(_) | PlanStage::Problems(_) => None,
        }
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        match &mut self.stage {
            PlanStage::Asking(asking) => Some(&mut asking.reading),
            PlanStage::Pattern(_) | PlanStage::File(_) | PlanStage::Problems(_) => None,
        }
    }

    fn focus_confirms(&self) -> bool {
        matches!(&self.stage, PlanStage::Asking(asking) if asking.focus != AskFocus::Cancel)
    }
}
