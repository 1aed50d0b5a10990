use crate::app::command_id::DisabledReason;
use crate::app::dialogs::units::BrowseUnits;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::view::{Pane, ViewId};

impl App {
    pub(in crate::app) fn can_browse_units(&self) -> Result<(), DisabledReason> {
        if self.model.accounts.is_empty() { Err(self.model.no_account()) } else { Ok(()) }
    }

    pub(in crate::app) fn browse_units(&mut self) {
        self.layers.push(Layer::Units(BrowseUnits::new(&self.model, self.geometry.list_rows)));
    }

    /// Shows view 1 with this filter instead of its own.
    pub(in crate::app) fn filter_accounts(&mut self, filter: &str) {
        self.layers.pop();
        self.show(ViewId::Accounts);
        self.model.accounts.pane = Pane::List;
        self.clear_filter();
        self.edit_filter(|field| field.paste(filter));
    }
}
