use crate::app::command_id::DisabledReason;
use crate::app::dialogs::columns::ChooseColumns;
use crate::app::dialogs::menu::Menu;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::state::columns::{ChosenColumns, Column};

impl App {
    pub(in crate::app) fn choose_columns(&mut self) {
        self.layers.push(Layer::Columns(ChooseColumns::new(self.model.accounts.columns.clone())));
    }

    pub(in crate::app) fn use_columns(&mut self, chosen: ChosenColumns) {
        self.layers.pop();
        self.model.accounts.columns = chosen;
    }

    /// The columns to sort by, with the cursor on the present one.
    pub(in crate::app) fn sort_menu(&mut self) {
        let is_there = |column: &Column| *column != Column::Org || self.model.start.place.is_some();
        let columns: Vec<Column> = Column::ALL.into_iter().filter(is_there).collect();
        let present = columns.iter().position(|column| *column == self.model.accounts.sort);
        let mut menu = Menu::of(columns);
        menu.list.select(present.unwrap_or_default());
        self.layers.push(Layer::SortMenu(menu));
    }

    pub(in crate::app) fn sort_by(&mut self, column: Column) {
        self.layers.pop();
        self.model.accounts.sort_by(column);
    }

    pub(in crate::app) fn can_check(&self) -> Result<(), DisabledReason> {
        let can = self.layers.last().is_some_and(|layer| layer.dialog().can_check_line());
        if can { Ok(()) } else { Err(DisabledReason::NotHere) }
    }

    pub(in crate::app) fn check(&mut self) {
        if let Some((dialog, _)) = self.top() {
            dialog.check_line();
        }
    }
}
