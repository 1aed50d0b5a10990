use std::path::{Path, PathBuf};

use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::path::{PathDialog, PathPurpose, PlanTrouble};
use crate::app::dialogs::plan_dialog::{PlanDialog, PlanStage};
use crate::app::dialogs::plan_list::PlanList;
use crate::app::dialogs::plan_marked::MarkedPlan;
use crate::app::dialogs::plan_template::PlanTemplate;
use crate::app::dialogs::reader::Reader;
use crate::app::effect::{Read, TextUse};
use crate::app::field::TextField;
use crate::app::ids::RunId;
use crate::app::key::Paste;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::choices::{PlanChoice, ResultsOf};
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{PlanId, PlanItem, PlanNote, PlanRow, PlanText, parse};
use crate::domain::permit::permit_emails;
use crate::domain::remote_data::ReadId;
use crate::domain::run::ItemReport;

impl App {
    /// Checks the plan in a file and shows the result. The dialog that asked for it shows a failure.
    pub(in crate::app) fn plan_loaded(
        &mut self,
        id: ReadId,
        path: PathBuf,
        result: Result<(Paste, Option<PlanNote>), ApiError>,
    ) {
        let Some(layer) = self.layers.iter_mut().find(|layer| layer.waits_for(id)) else { return };
        let (text, encoding) = match result {
            Ok(loaded) => loaded,
            Err(error) => return layer.failed(error),
        };
        let typed = layer.dialog_mut().field_mut().cloned().unwrap_or_default();
        let parsed = parse(text.expose()).map_err(PlanTrouble::Unreadable);
        let stage = parsed.and_then(|PlanText { rows, notes }| Ok((self.model.stage_of(path, rows)?, notes)));
        *layer = match stage {
            Ok((stage, notes)) => {
                if let PlanStage::Problems(problems) = &stage {
                    self.model.journal_refused_lines(&problems.checked);
                }
                let notes = encoding.into_iter().chain(notes).collect();
                Layer::Plan(Box::new(PlanDialog::new(typed.text(), notes, stage)))
            }
            Err(trouble) => {
                let purpose = PathPurpose::Plan(Some(trouble));
                Layer::Path(PathDialog { field: typed, ..PathDialog::new(purpose, "") })
            }
        };
    }

    pub(in crate::app) fn read_plan_again(&mut self, path: &str) {
        let mut dialog = PathDialog::new(PathPurpose::Plan(None), path);
        dialog.send(&mut self.model);
        self.layers.push(Layer::Path(dialog));
    }

    pub(in crate::app) fn ask_to_resume(&mut self, id: PlanId) {
        let Some(plan) = self.model.plans.get(id) else { return };
        let dialog = PlanDialog::new(&plan.source, Vec::new(), self.model.resuming(plan));
        self.layers.push(Layer::Plan(Box::new(dialog)));
    }

    /// Whether `e` can open a dialog: for the selected account, or a plan for the marked ones.
    pub(in crate::app) fn can_change_emails(&self) -> Result<(), DisabledReason> {
        if self.model.root.marks.is_empty() && self.elsewhere.marks.is_none() {
            return self.can_change_email();
        }
        self.can_name_marks()?;
        match permit_emails(&self.model.facts(None)) {
            // The dialog says how to turn it on.
            Err(refusal) if refusal.gate().is_none() => return Err(DisabledReason::Refusal(refusal)),
            _ => {}
        }
        self.model.is_listed()
    }

    /// Opens the email change of the selected account, or a plan for the marked ones.
    pub(in crate::app) fn change_emails(&mut self) {
        if self.model.root.marks.is_empty() {
            self.with_account(Self::open_email);
            return;
        }
        let (accounts, skipped) = self.changeable_chosen();
        self.model.journal_skipped_of_plan(&skipped);
        let paths = accounts.iter().map(|account| self.model.accounts.path(account.id).to_owned()).collect();
        let marked = MarkedPlan { accounts, paths, skipped, pattern: TextField::default() };
        self.layers.push(Layer::Plan(Box::new(PlanDialog::of_marked(marked))));
    }

    pub(in crate::app) fn list_plan(&mut self, rows: Vec<PlanRow>) {
        self.layers.push(Layer::PlanList(Box::new(PlanList::new(rows, &self.model))));
    }

    pub(in crate::app) fn ask_marked_plan(&mut self, rows: Vec<PlanRow>) {
        let stage = self.model.check_pattern(rows);
        self.layers.push(Layer::Plan(Box::new(PlanDialog::new("", Vec::new(), stage))));
    }

    /// What the plan was made with has done its work.
    pub(in crate::app) fn show_begun_plan(&mut self) {
        self.layers.retain(|layer| !matches!(layer, Layer::Plan(_) | Layer::PlanList(_)));
        self.model.plans.edited = None;
        self.layers.push(Layer::PlanResults(Reader::new(ResultsOf::Begun)));
    }

    /// Asks what to do with plans; without any, asks for a file.
    pub(in crate::app) fn plan_menu(&mut self) {
        let mut choices = vec![PlanChoice::Read];
        choices.extend(self.model.plans.begun.iter().map(|_| PlanChoice::Begun));
        choices.extend(self.model.plans.open().map(|plan| PlanChoice::Resume(plan.id)));
        choices.extend(self.model.plans.kept.iter().map(|plan| PlanChoice::Results(plan.id)));
        if choices.len() == 1 {
            self.choose_plan(PlanChoice::Read);
        } else {
            // Another rootdeck may be running one of them.
            self.model.read(Read::Stored);
            self.layers.push(Layer::Plans(Menu::of(choices)));
        }
    }

    pub(in crate::app) fn choose_plan(&mut self, choice: PlanChoice) {
        if let Err(why) = self.model.can_plan(choice) {
            self.refuse(CommandId::BulkPlan, why);
            return;
        }
        // The menu, if there was more than one choice.
        self.layers.pop();
        match choice {
            PlanChoice::Read => self.layers.push(Layer::Path(PathDialog::new(PathPurpose::Plan(None), ""))),
            PlanChoice::Resume(id) => self.ask_to_resume(id),
            PlanChoice::Begun => self.layers.push(Layer::PlanResults(Reader::new(ResultsOf::Begun))),
            PlanChoice::Results(id) => self.layers.push(Layer::PlanResults(Reader::new(ResultsOf::Kept(id)))),
        }
    }

    /// Returns whether the item succeeded.
    pub(in crate::app) fn apply_item(&mut self, run: RunId, report: ItemReport) -> bool {
        let ItemReport { plan, item, written } = report;
        if let Some(begun) = self.model.plans.begun.as_mut().filter(|begun| begun.run == run) {
            put(&mut begun.items, &item);
        }
        if let Some(kept) = self.model.plans.kept.iter_mut().find(|kept| kept.id == plan) {
            put(&mut kept.items, &item);
        }
        if let Some((change, sent, written)) = written {
            self.organization_written(None, change, written, sent);
        }
        item.state.is_good()
    }

    pub(in crate::app) fn results_saved(&mut self, id: ReadId, path: &Path, result: &Result<(), ApiError>) -> bool {
        self.model.plans.saving.retain(|other| *other != id);
        if result.is_ok() {
            self.model.out.notify(Notification::FileSaved(TextUse::Results, path.to_owned()));
        }
        self.leave_when_done();
        true
    }

    /// The chosen accounts whose primary email can be changed, and the others.
    pub(in crate::app) fn changeable_chosen(&self) -> (Vec<Account>, Vec<AccountId>) {
        let management = self.model.management();
        let can = |account: &&Account| {
            account.state == AccountState::Active
                && Some(account.id) != management
                && !self.model.start.rules.protected.contains(&account.id)
        };
        let known = self.chosen_accounts().into_iter().filter_map(|id| self.model.accounts.get(id));
        let (accounts, skipped): (Vec<&Account>, Vec<&Account>) = known.partition(can);
        (accounts.into_iter().cloned().collect(), skipped.into_iter().map(|account| account.id).collect())
    }

    pub(in crate::app) fn can_template(&self) -> Result<(), DisabledReason> {
        self.can_name_marks()?;
        if self.model.root.marks.is_empty() { self.can_open() } else { Ok(()) }
    }

    pub(in crate::app) fn open_template(&mut self) {
        let (accounts, skipped) = self.changeable_chosen();
        let accounts = accounts.into_iter().map(|account| account.id).collect();
        let template = Box::new(PlanTemplate { accounts, skipped, domain: TextField::default() });
        self.layers.push(Layer::Path(PathDialog::new(PathPurpose::Template(template), "plan.csv")));
    }
}

fn put(items: &mut [PlanItem], item: &PlanItem) {
    if let Some(there) = items.iter_mut().find(|there| there.line == item.line) {
        there.clone_from(item);
    }
}
