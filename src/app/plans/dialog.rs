//! The dialog of a plan: its file, what is wrong with it, and what would be started.

use crate::app::model::Model;
use std::path::PathBuf;

use super::{AskFocus, BegunPlan, MarkedPlan, PlanAsking, PlanFrom, marked};
use crate::app::App;
use crate::app::command::{CommandId, DisabledReason};
use crate::app::confirm::{Focus, cycle, next_of};
use crate::app::dialog::{Dialog, Next, Step};
use crate::app::effect::{Effect, TextFile, TextUse};
use crate::app::field::TextField;
use crate::app::key::{Key, Paste};
use crate::app::layers::Layer;
use crate::app::list::Motion;
use crate::app::msg::Geometry;
use crate::app::notification::Notification;
use crate::app::preview::Reading;
use crate::app::runs::RunKind;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::AwsCommand;
use crate::domain::email_plan::{
    CheckedPlan, EmailPlan, ItemState, MARKED, NewPlan, PlanId, PlanNote, PlanText, Unreadable, check, check_again,
    parse,
};
use crate::domain::remote_data::ReadId;
use crate::domain::run::{PlanToStart, Run};

/// The dialog's data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanDialog {
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
pub enum PlanStage {
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
pub struct FileAsking {
    /// Where the focus is.
    pub focus: Focus,
    /// The read under way.
    pub asked: Option<ReadId>,
    /// Why the last one led to nothing.
    pub trouble: Option<PlanTrouble>,
}

/// Why a file gave no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanTrouble {
    /// It could not be read.
    File(ApiError),
    /// What stands in it is no plan.
    Unreadable(Unreadable),
    /// Its plan of before is not finished, and it has changed since.
    Open(PlanId),
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanProblems {
    /// What the check has found.
    pub checked: CheckedPlan,
    /// The focus: leave, or read the file again.
    pub focus: Focus,
    /// The first line on screen.
    pub top: usize,
}

const FILE_SPOTS: [Focus; 3] = [Focus::Field, Focus::Cancel, Focus::Act];
const PROBLEM_SPOTS: [Focus; 2] = [Focus::Cancel, Focus::Other];

impl PlanDialog {
    /// The field that has the focus.
    pub fn field_mut(&mut self) -> Option<&mut TextField> {
        match &mut self.stage {
            PlanStage::Pattern(Focus::Field) => self.marked.as_mut().map(|marked| &mut marked.pattern),
            PlanStage::File(file) if file.focus == Focus::Field && file.asked.is_none() => Some(&mut self.path),
            PlanStage::Asking(asking) if asking.focus == AskFocus::Field && asking.reading.is_done => {
                Some(&mut asking.typed)
            }
            _ => None,
        }
    }

    /// Whether something of it has the focus.
    #[must_use]
    pub fn has_focus(&self) -> bool {
        match &self.stage {
            PlanStage::Pattern(focus) => marked::SPOTS.contains(focus) && self.marked.is_some(),
            PlanStage::File(file) => FILE_SPOTS.contains(&file.focus),
            PlanStage::Problems(problems) => PROBLEM_SPOTS.contains(&problems.focus),
            PlanStage::Asking(asking) => asking.focuses().contains(&asking.focus),
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
    pub(super) fn checked(from: PlanFrom, checked: CheckedPlan) -> Self {
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
            PlanStage::Pattern(focus) => *focus = cycle(&marked::SPOTS, *focus, step),
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

impl Model {
    /// Starts exactly what the dialog showed. This is the only place that does.
    pub(super) fn start_plan(&mut self, asking: &PlanAsking) -> Result<Step, PlanStage> {
        let why = if self.under_way.is_some() {
            Some(DisabledReason::RunUnderWay)
        } else {
            self.plan_refusal().map(DisabledReason::Refusal)
        };
        if let Some(why) = why {
            return Ok(Step::Stay(Some(Next::Refuse(CommandId::BulkPlan, why))));
        }
        let (plan, id, source, items) = match &asking.from {
            PlanFrom::File(_, rows) | PlanFrom::Marked(rows) => {
                // The listing may have been read anew since.
                let now = check(rows, &self.plan_ground());
                if now != asking.checked {
                    return Err(self.show_changed_plan(now, asking));
                }
                let source = match &asking.from {
                    PlanFrom::File(path, _) => path.display().to_string(),
                    PlanFrom::Marked(_) | PlanFrom::Kept(_) => MARKED.to_owned(),
                };
                let items = now.items();
                let plan = NewPlan { source: source.clone(), reason: None, items: items.clone() };
                (PlanToStart::New(plan), None, source, items)
            }
            PlanFrom::Kept(id) => {
                let Some(plan) = self.plans.get(*id) else { return Ok(Step::Stay(None)) };
                let now = check_again(plan, &self.plan_ground());
                if now != asking.checked {
                    return Err(self.show_changed_plan(now, asking));
                }
                (PlanToStart::Kept(*id), Some(*id), plan.source.clone(), plan.items.clone())
            }
        };
        let (accounts, left_out) = (asking.checked.accounts(), asking.checked.left_out());
        let run = Run::StartEmailChanges { plan, accounts, left_out, resend: false };
        let run = self.start_run(run, RunKind::StartEmailChanges);
        self.plans.begun = Some(BegunPlan { run, id, source, items, halted: None, ended: false });
        Ok(Step::Done(Some(Next::PlanResults)))
    }

    fn resuming(&self, plan: &EmailPlan) -> PlanStage {
        let checked = check_again(plan, &self.plan_ground());
        let unsure = plan.count(ItemState::Sending) + plan.count(ItemState::Unknown);
        PlanStage::Asking(Box::new(PlanAsking::new(PlanFrom::Kept(plan.id), checked, unsure)))
    }

    /// What was shown is not so any more: it is shown anew, to be confirmed anew.
    fn show_changed_plan(&mut self, checked: CheckedPlan, asking: &PlanAsking) -> PlanStage {
        self.out.notify(Notification::PlanChanged);
        if checked.is_good() || matches!(asking.from, PlanFrom::Kept(_)) {
            let confirmed_domain = asking.confirmed_domain.clone();
            let insisted = asking.insisted && asking.checked.unusual == checked.unusual;
            let anew = PlanAsking::new(asking.from.clone(), checked, asking.unsure);
            PlanStage::Asking(Box::new(PlanAsking { confirmed_domain, insisted, ..anew }))
        } else {
            PlanStage::Problems(Box::new(PlanProblems { checked, focus: Focus::Other, top: 0 }))
        }
    }
}

impl App {
    /// Takes the file of a plan, checks it, and shows what that finds. The dialog tells of a failure.
    pub(in crate::app) fn plan_loaded(
        &mut self,
        id: ReadId,
        path: PathBuf,
        result: Result<(Paste, Option<PlanNote>), ApiError>,
    ) {
        let plan = match result {
            Ok((text, encoding)) => parse(text.expose()).map(|plan| (plan, encoding)).map_err(PlanTrouble::Unreadable),
            Err(fault) => Err(PlanTrouble::File(fault)),
        };
        let mut notes = Vec::new();
        let stage = match plan {
            Ok((PlanText { rows, notes: found }, encoding)) => {
                notes.extend(encoding.into_iter().chain(found));
                let checked = check(&rows, &self.model.plan_ground());
                let source = path.display().to_string();
                let open =
                    self.model.plans.open().find(|plan| plan.source == source).filter(|_| checked.problems.is_empty());
                match open {
                    Some(plan) if checked.is_same_as(plan) => self.model.resuming(plan),
                    Some(plan) => {
                        let trouble = Some(PlanTrouble::Open(plan.id));
                        PlanStage::File(FileAsking { focus: Focus::Field, asked: None, trouble })
                    }
                    None => PlanStage::checked(PlanFrom::File(path, rows), checked),
                }
            }
            Err(trouble) => PlanStage::File(FileAsking { focus: Focus::Field, asked: None, trouble: Some(trouble) }),
        };
        let waiting = self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Plan(dialog) => match &dialog.stage {
                PlanStage::File(file) if file.asked == Some(id) => Some(dialog),
                _ => None,
            },
            _ => None,
        });
        let Some(dialog) = waiting else { return };
        (dialog.stage, dialog.notes) = (stage.clone(), notes);
        if let PlanStage::Problems(problems) = stage {
            self.model.journal_refused_lines(&problems.checked);
        }
    }

    /// Shows what is left of a plan that was confirmed before.
    pub(super) fn ask_to_resume(&mut self, id: PlanId) {
        let Some(plan) = self.model.plans.get(id) else { return };
        let (path, stage) = (TextField::with(&plan.source), self.model.resuming(plan));
        self.layers.push(Layer::Plan(Box::new(PlanDialog { path, stage, ..PlanDialog::default() })));
    }
}
