//! The view and the filter that the program starts with.

use crate::app::filter::{EntryProperty, Filter, FilterProblem, Property};
use crate::app::shell::App;
use crate::app::view::ViewId;

/// Why the program can't start with a filter. Without `Debug`, like a term.
#[derive(Clone, PartialEq)]
pub(crate) enum StartFilterError {
    /// The view has none.
    NoFilter(ViewId),
    /// It can't match anything.
    Invalid(FilterProblem),
}

/// Whether a view can be shown with a filter.
pub(crate) fn check_filter(view: ViewId, text: &str) -> Result<(), StartFilterError> {
    let problem = match view {
        ViewId::Accounts | ViewId::EmailChanges | ViewId::RootAccess => problem(<Filter>::default(), text),
        ViewId::Journal => problem(Filter::<EntryProperty>::default(), text),
        ViewId::Organization | ViewId::Readiness | ViewId::Mailbox => return Err(StartFilterError::NoFilter(view)),
    };
    problem.map_or(Ok(()), |problem| Err(StartFilterError::Invalid(problem)))
}

fn problem<P: Property>(mut filter: Filter<P>, text: &str) -> Option<FilterProblem> {
    filter.edit(|field| field.paste(text));
    filter.problem().cloned()
}

impl App {
    /// Goes to the view of the start, and filters it.
    pub(in crate::app) fn show_first(&mut self) {
        match self.model.start.view {
            ViewId::Readiness => self.show_readiness(),
            ViewId::Journal => self.show_journal(),
            view => self.show(view),
        }
        if let Some(text) = self.model.start.filter.clone() {
            self.edit_filter(|field| field.paste(text.expose()));
        }
    }
}
