use crate::app::command_id::DisabledReason;
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::path::{PathDialog, PathPurpose};
use crate::app::effect::Effect;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::choices::{ExportChoice, ExportTo};
use crate::app::view::ViewId;
use crate::domain::export::ExportForm;

impl App {
    /// How many rows the view shows: those of its export.
    pub(crate) fn rows_shown(&self) -> usize {
        self.shown().rows(&self.model)
    }

    pub(in crate::app) fn can_export(&self) -> Result<(), DisabledReason> {
        if self.view == ViewId::Readiness && self.model.is_asking_readiness() {
            return Err(DisabledReason::Asked);
        }
        if self.rows_shown() == 0 { Err(DisabledReason::NothingToExport) } else { Ok(()) }
    }

    /// Whether the rows are accounts, which can be marked.
    pub(crate) fn exports_accounts(&self) -> bool {
        matches!(self.view, ViewId::Accounts | ViewId::EmailChanges | ViewId::RootAccess)
    }

    /// Whether more accounts may come.
    pub(crate) fn is_listing(&self) -> bool {
        self.exports_accounts() && self.model.accounts.read().is_loading()
    }

    pub(in crate::app) fn export_menu(&mut self) {
        self.layers.push(Layer::ExportMenu(Menu::of(ExportChoice::ALL.to_vec())));
    }

    /// The rows as they are now. The suggested file name contains this minute: nothing is overwritten.
    pub(in crate::app) fn export(&mut self, ExportChoice(form, to): ExportChoice) {
        self.layers.pop();
        let (rows, export) = (self.rows_shown(), self.shown().export(&self.model));
        match to {
            ExportTo::File => {
                let path = self.suggested_path(form);
                let purpose = PathPurpose::Export { view: self.view, rows, export: Box::new(export), replaces: None };
                self.layers.push(Layer::Path(PathDialog::new(purpose, &path)));
            }
            ExportTo::Clipboard => {
                self.model.out.push(Effect::CopyExport(form, Box::new(export)));
                self.model.out.notify(Notification::RowsCopied(rows, form));
            }
        }
    }

    fn suggested_path(&self, form: ExportForm) -> String {
        let local = self.model.now.to_zoned(self.model.start.time_zone.clone());
        let organization = self.model.organization.value().map(|known| format!("{}-", known.id)).unwrap_or_default();
        let extension = match form {
            ExportForm::Csv => "csv",
            ExportForm::Json => "json",
        };
        format!("~/rootdeck-{}-{organization}{}.{extension}", self.view.as_str(), local.strftime("%Y-%m-%d-%H%M"))
    }
}
