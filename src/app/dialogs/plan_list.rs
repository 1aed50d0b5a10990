//! The plan of marked accounts as a list: each new address can be edited, here or all in the person's editor.

use std::collections::BTreeSet;

use crate::app::command_id::{DisabledReason, KeyContext};
use crate::app::dialog::{Dialog, Next, Reported, Step, form};
use crate::app::draft::{Draft, InEditor};
use crate::app::field::TextField;
use crate::app::focus::{Focus, cycle};
use crate::app::form::Form;
use crate::app::key::{Code, Key};
use crate::app::list::{List, Motion};
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::notification::{Missing, Notification};
use crate::app::state::plans::{EditedPlan, ListRow};
use crate::domain::account::AccountId;
use crate::domain::email_plan::{CheckedPlan, PlanRow, PlanText, Unreadable, check, parse, table};
use crate::domain::remote_data::ReadId;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanList {
    /// As the pattern made it.
    made: Vec<PlanRow>,
    pub rows: Vec<ListRow>,
    /// The rows by number, and the selection.
    pub list: List<usize>,
    /// The new address of the selected row, while it is typed.
    pub field: Option<TextField>,
    /// What is to be said of the rows that are not taken out.
    pub checked: CheckedPlan,
    /// The version of the accounts for which that holds; `None` if a row has changed since.
    checked_for: Option<u64>,
    pub form: Form,
    editing: InEditor,
    /// Why the text of the editor is no plan. The rows are those of before.
    pub unreadable: Option<Unreadable>,
}

impl PlanList {
    /// As it was left, if the same pattern has made it of the same accounts before.
    pub(in crate::app) fn new(made: Vec<PlanRow>, model: &Model) -> Self {
        let before = model.plans.edited.as_ref().filter(|before| before.made == made);
        let rows = match before {
            Some(before) => before.rows.clone(),
            None => made.iter().cloned().map(|row| ListRow { row, is_out: false }).collect(),
        };
        let mut this = Self {
            made,
            rows,
            list: List::default(),
            field: None,
            checked: CheckedPlan::default(),
            checked_for: None,
            form: Form::new(Focus::Field),
            editing: InEditor::default(),
            unreadable: None,
        };
        this.list.set_page(this.rows.len());
        this.check(model);
        this
    }

    /// The lines of the plan.
    fn left(&self) -> Vec<PlanRow> {
        self.rows.iter().filter(|row| !row.is_out).map(|row| row.row.clone()).collect()
    }

    fn check(&mut self, model: &Model) {
        for (row, line) in self.rows.iter_mut().zip(1..) {
            row.row.line = line;
        }
        self.list.set_rows((0..self.rows.len()).collect());
        self.checked = check(&self.left(), &model.plan_ground());
        self.checked_for = Some(model.accounts.version());
    }

    pub(crate) fn selected(&self) -> Option<&ListRow> {
        self.rows.get(self.list.selected()?)
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.checked.problems.is_empty() && self.rows.iter().any(|row| !row.is_out)
    }

    /// Whether the keys move in the list, not among the buttons or in a text.
    fn is_in_list(&self) -> bool {
        self.form.focus == Focus::Field && self.field.is_none()
    }

    /// What was typed is the new address.
    fn keep_typed(&mut self) {
        let index = self.list.selected();
        if let (Some(field), Some(index)) = (self.field.take(), index)
            && let Some(row) = self.rows.get_mut(index)
        {
            field.text().trim().clone_into(&mut row.row.new);
            row.row.breaks = false;
            self.checked_for = None;
        }
    }

    fn go_to_problem(&mut self) {
        let first = self.checked.problems.first().map(|problem| problem.line);
        if let Some(index) = self.rows.iter().position(|row| Some(row.row.line) == first) {
            self.list.select(index);
        }
        self.form.focus = Focus::Field;
    }

    /// As a file of a plan, with the present addresses to compare.
    fn csv(&self, model: &Model) -> String {
        let known = |row: &PlanRow| model.accounts.get(row.account.parse::<AccountId>().ok()?);
        table(self.left().iter().map(|row| (row, known(row))))
    }

    /// The rows of a text. An account that it leaves out is taken out.
    fn take(&mut self, text: &str) -> Result<(), Unreadable> {
        let PlanText { rows, notes: _ } = parse(text)?;
        let named: BTreeSet<String> = rows.iter().map(|row| row.account.clone()).collect();
        let left_out = std::mem::take(&mut self.rows).into_iter().filter(|row| !named.contains(&row.row.account));
        let left_out: Vec<ListRow> = left_out.map(|row| ListRow { is_out: true, ..row }).collect();
        self.rows = rows.into_iter().map(|row| ListRow { row, is_out: false }).chain(left_out).collect();
        self.checked_for = None;
        Ok(())
    }
}

impl Dialog for Box<PlanList> {
    form!();

    fn place(&self) -> KeyContext {
        if self.is_in_list() { KeyContext::Reader } else { KeyContext::Dialog }
    }

    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.field.as_mut()
    }

    fn is_typing(&self) -> bool {
        self.field.is_some()
    }

    /// Esc leaves the address as it was; Tab leads from the list to the buttons.
    fn typed(&mut self, key: Key, _model: &Model) -> bool {
        let is_in_list = self.is_in_list();
        match (key.code, &mut self.field) {
            (Code::Esc, Some(_)) => self.field = None,
            (_, Some(field)) => return field.handle(key),
            (Code::Tab, None) if is_in_list => self.form.focus = Focus::Cancel,
            (Code::BackTab, None) if is_in_list => self.form.focus = Focus::Act,
            _ => return false,
        }
        true
    }

    fn move_focus(&mut self, step: isize, _model: &Model) {
        if self.field.is_some() {
            self.keep_typed();
            self.list.go(Motion::Rows(step));
        } else {
            self.form.focus = cycle(&self.focuses(), self.form.focus, step);
        }
    }

    fn can_choose(&self, _model: &Model) -> Result<(), DisabledReason> {
        self.selected().map(|_| ()).ok_or(DisabledReason::NotHere)
    }

    fn choose(&mut self, _model: &Model) -> Option<Next> {
        self.field = self.selected().map(|row| TextField::with(&row.row.new));
        None
    }

    fn can_check_line(&self) -> bool {
        self.is_in_list() && !self.rows.is_empty()
    }

    /// Takes the row out of the plan, or back in.
    fn check_line(&mut self) {
        if let Some(row) = self.list.selected().and_then(|index| self.rows.get_mut(index)) {
            row.is_out = !row.is_out;
            self.checked_for = None;
            self.list.go(Motion::Rows(1));
        }
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            Focus::Act if self.is_ready() => {
                // Where one comes back to.
                self.form.focus = Focus::Field;
                return Step::Stay(Some(Next::AskPlan(self.left())));
            }
            Focus::Act => {
                model.journal_refused_lines(&self.checked);
                if self.checked.problems.is_empty() {
                    model.say_missing(Missing::Line);
                }
                self.go_to_problem();
            }
            _ => {
                self.keep_typed();
                self.check(model);
                let line = self.selected().map(|row| row.row.line);
                // What is wrong with it is shown as long as it is selected.
                if self.checked.problems.iter().all(|problem| Some(problem.line) != line) {
                    self.list.go(Motion::Rows(1));
                }
            }
        }
        Step::Stay(None)
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        if self.is_in_list() {
            self.list.go(motion);
        }
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }

    fn refresh(&mut self, model: &Model) -> bool {
        if self.checked_for != Some(model.accounts.version()) {
            self.check(model);
        }
        true
    }

    /// While an address is typed, that is what is edited.
    fn can_edit(&self, _model: &Model) -> Result<(), DisabledReason> {
        if self.field.is_some() { Err(DisabledReason::NotHere) } else { Ok(()) }
    }

    /// A text that was no plan is opened again as it is.
    fn edit(&mut self, model: &mut Model) {
        let text = self.csv(model);
        model.edit_text(&mut self.editing, "plan.csv", &text);
    }

    fn edits(&self) -> Option<ReadId> {
        self.editing.id()
    }

    fn editing_mut(&mut self) -> Option<&mut InEditor> {
        Some(&mut self.editing)
    }

    fn edited(&mut self, text: &str, model: &mut Model) -> Step {
        if !self.editing.closed(text) {
            self.unreadable = None;
            model.out.notify(Notification::NothingEdited);
            return Step::Stay(None);
        }
        self.unreadable = self.take(text).err();
        if self.unreadable.is_some() {
            self.editing.keep(Draft::of(text));
        }
        self.check(model);
        if !self.checked.problems.is_empty() {
            self.go_to_problem();
        }
        Step::Stay(None)
    }

    /// It comes back as it was left.
    fn closed(&mut self, model: &mut Model) -> Option<Reported> {
        model.plans.edited = Some(EditedPlan { made: self.made.clone(), rows: self.rows.clone() });
        None
    }
}
