use crate::app::command_id::DisabledReason;
use crate::app::field::TextField;
use crate::app::filter::{Filter, FilterHint, TypedFilter};
use crate::app::key::Key;
use crate::app::search::Search;
use crate::app::shell::App;
use crate::domain::account::AccountId;

impl App {
    pub(crate) fn account_filter(&self) -> Option<&Filter> {
        self.shown().account_filter(&self.model)
    }

    /// That of the top layer, or of the view below all.
    fn filter(&self) -> Option<&dyn TypedFilter> {
        match self.layers.last() {
            Some(layer) => layer.dialog().filter(),
            None => self.shown().filter(&self.model),
        }
    }

    fn set_typed(&mut self, typed: bool) {
        let filter = match self.layers.last_mut() {
            Some(layer) => layer.dialog_mut().filter_mut(),
            None => self.shown().filter_mut(&mut self.model),
        };
        if let Some(filter) = filter {
            filter.set_typed(typed);
        }
    }

    /// The search in the text on top.
    pub(crate) fn search(&self) -> Option<&Search> {
        self.layers.last()?.dialog().search()
    }

    /// Whether `/` finds something in what is on top.
    pub(in crate::app) fn can_find(&self) -> Result<(), DisabledReason> {
        self.filter().map(|_| ()).ok_or(DisabledReason::NotHere)
    }

    pub(in crate::app) fn can_find_next(&self) -> Result<(), DisabledReason> {
        self.search().filter(|search| !search.text().is_empty()).map(|_| ()).ok_or(DisabledReason::NotHere)
    }

    pub(in crate::app) fn find_next(&mut self, forward: bool) {
        if let Some(search) = self.layers.last_mut().and_then(|layer| layer.dialog_mut().search_mut()) {
            search.go(forward);
        }
        // Also where it is on the line of the last one: the next drawing is reported.
        self.geometry.match_line = usize::MAX;
    }

    pub(crate) fn typed_filter(&self) -> Option<&TextField> {
        self.filter().filter(|filter| filter.is_typed()).map(TypedFilter::field)
    }

    pub(crate) fn filter_hint(&self) -> Option<FilterHint<'_>> {
        self.filter()?.hint()
    }

    pub(in crate::app) fn has_filter(&self) -> bool {
        self.filter().is_some_and(|filter| !filter.field().text().is_empty())
    }

    pub(in crate::app) fn is_filtered(&self) -> bool {
        self.account_filter().is_some_and(|filter| !filter.is_empty())
    }

    pub(in crate::app) fn start_filter(&mut self) {
        if self.filter().is_some() {
            if self.layers.is_empty() {
                self.shown().back_to_list(&mut self.model);
            }
            self.set_typed(true);
        }
    }

    pub(in crate::app) fn keep_filter(&mut self) {
        self.set_typed(false);
        if let Some(filter) = self.shown().filter_mut(&mut self.model) {
            filter.set_typed(false);
        }
    }

    pub(in crate::app) fn clear_filter(&mut self) {
        self.keep_filter();
        self.edit_filter(TextField::clear);
    }

    /// Whether a filter is being typed and took the key.
    pub(in crate::app) fn typed_in_filter(&mut self, key: Key) -> bool {
        let mut took = false;
        if self.typed_filter().is_some() {
            self.edit_filter(|field| took = field.handle(key));
        }
        took
    }

    pub(in crate::app) fn pasted_in_filter(&mut self, text: &str) {
        if self.typed_filter().is_some() {
            self.edit_filter(|field| field.paste(text));
        }
    }

    /// The cursor stays on its row while that is shown.
    pub(in crate::app) fn edit_filter(&mut self, mut edit: impl FnMut(&mut TextField)) {
        if let Some(layer) = self.layers.last_mut() {
            let dialog = layer.dialog_mut();
            if dialog.filter_mut().is_some_and(|filter| filter.edit(&mut edit)) {
                dialog.filter_changed();
                self.geometry.match_line = usize::MAX;
            }
            return;
        }
        let view = self.shown();
        if view.filter_mut(&mut self.model).is_some_and(|filter| filter.edit(&mut edit)) {
            view.filter_changed(&mut self.model);
        }
    }

    /// The accounts of this organization that the view lists.
    pub(crate) fn shown_accounts(&self) -> Vec<AccountId> {
        self.model.own_in(self.shown().accounts(&self.model)).copied().collect()
    }
}
