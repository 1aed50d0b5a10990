//! How each view was left, for the next start.

use std::collections::BTreeSet;

use crate::app::effect::StoreRequest;
use crate::app::filter::TypedFilter;
use crate::app::shell::App;
use crate::app::state::columns::Column;
use crate::app::view::ViewId;
use crate::app::views;
use crate::domain::view_choice::ViewChoice;

/// The views with a filter.
const VIEWS: [(ViewId, &str); 4] = [
    (ViewId::Accounts, "accounts"),
    (ViewId::EmailChanges, "email-changes"),
    (ViewId::RootAccess, "root-access"),
    (ViewId::Journal, "journal"),
];

/// Instead of columns: they are left to the width of the screen, whatever the configuration says.
const AUTOMATIC: &str = "automatic";

impl App {
    fn view_choice(&self, id: ViewId, word: &str) -> ViewChoice {
        let filter = views::view(id).filter(&self.model).map_or("", |filter| filter.field().text());
        let choice = ViewChoice { view: word.to_owned(), filter: filter.to_owned(), ..ViewChoice::default() };
        if id != ViewId::Accounts {
            return choice;
        }
        let accounts = &self.model.accounts;
        let words = |columns: &BTreeSet<Column>| columns.iter().map(|column| column.word().to_owned()).collect();
        ViewChoice {
            // Those of the configuration are no choice.
            columns: (accounts.columns != self.model.start.columns)
                .then(|| accounts.columns.as_ref().map_or_else(|| vec![AUTOMATIC.to_owned()], words)),
            sort: Some(accounts.sort.word().to_owned()),
            descending: accounts.reversed,
            ..choice
        }
    }

    /// Shows each view as the last run left it, unless it is another one already by an option or a key.
    pub(in crate::app) fn apply_view_choices(&mut self, choices: &[ViewChoice]) {
        if std::mem::replace(&mut self.kept_choices.applied, true) {
            return;
        }
        let blank = Self::blank(self.model.start.clone());
        for (id, word) in VIEWS {
            let (before, present) = (blank.view_choice(id, word), self.view_choice(id, word));
            let is_filtered = present.filter != before.filter || self.is_filtering(id);
            let is_arranged = (&present.columns, &present.sort, present.descending)
                != (&before.columns, &before.sort, before.descending);
            let choice = choices.iter().find(|choice| choice.view == word);
            if let Some(choice) = choice.filter(|_| !is_filtered) {
                self.apply_filter(id, &choice.filter);
            }
            if let Some(choice) = choice.filter(|_| id == ViewId::Accounts && !is_arranged) {
                self.apply_columns(choice);
            }
            // What an option asks for is no choice to keep.
            let was_chosen = self.touched && (is_filtered || is_arranged);
            let kept = if was_chosen { choice.cloned().unwrap_or(before) } else { self.view_choice(id, word) };
            self.kept_choices.kept.insert(word, kept);
        }
    }

    fn is_filtering(&self, id: ViewId) -> bool {
        views::view(id).filter(&self.model).is_some_and(TypedFilter::is_typed)
    }

    fn apply_filter(&mut self, id: ViewId, text: &str) {
        let view = views::view(id);
        if let Some(filter) = view.filter_mut(&mut self.model)
            && filter.edit(&mut |field| field.paste(text))
        {
            view.filter_changed(&mut self.model);
        }
    }

    fn apply_columns(&mut self, choice: &ViewChoice) {
        let accounts = &mut self.model.accounts;
        // A later version may know other columns.
        let known = |words: &Vec<String>| words.iter().filter_map(|word| Column::from_word(word)).collect();
        if let Some(words) = &choice.columns {
            accounts.columns = (words.as_slice() != [AUTOMATIC]).then(|| known(words));
        }
        if let Some(sort) = choice.sort.as_deref().and_then(Column::from_word) {
            accounts.sort_by(sort);
            if choice.descending {
                accounts.reverse();
            }
        }
    }

    /// Keeps what has changed, once it is certain whose records these are. A filter is kept when it is not being
    /// typed any more.
    pub(in crate::app) fn keep_view_choices(&mut self) {
        if !self.kept_choices.applied || self.model.organization.current().is_none() {
            return;
        }
        for (id, word) in VIEWS {
            let choice = self.view_choice(id, word);
            if self.is_filtering(id) || self.kept_choices.kept.get(word) == Some(&choice) {
                continue;
            }
            self.kept_choices.kept.insert(word, choice.clone());
            self.model.keep(StoreRequest::View(choice));
        }
    }
}
