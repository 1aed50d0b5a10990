//! A filter as typed, and what it finds.

use std::fmt;

use super::account_property::AccountProperty;
use super::grammar::{FilterProblem, Property, Term, Word, parse};
use crate::app::field::TextField;
use crate::domain::fold::places;

#[derive(Clone, PartialEq)]
pub(crate) struct Filter<P = AccountProperty> {
    field: TextField,
    pub(super) words: Vec<Word<P>>,
    problem: Option<FilterProblem>,
    last: Option<P>,
    /// Whether it is being typed.
    pub(crate) editing: bool,
}

impl<P> Default for Filter<P> {
    fn default() -> Self {
        Self { field: TextField::default(), words: Vec::new(), problem: None, last: None, editing: false }
    }
}

/// Shows as little as the `Debug` of its field: the text can be an address, or a code meant for
/// another field.
impl<P> fmt::Debug for Filter<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").field("field", &self.field).field("editing", &self.editing).finish_non_exhaustive()
    }
}

pub(crate) enum FilterHint<'a> {
    Problem(&'a FilterProblem),
    /// The values of the property being typed.
    Values(&'static [&'static str]),
}

impl<P: Property> Filter<P> {
    pub(crate) fn text(&self) -> &str {
        self.field.text()
    }

    pub(crate) fn field(&self) -> &TextField {
        &self.field
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.problem.is_none()
    }

    pub(crate) fn problem(&self) -> Option<&FilterProblem> {
        self.problem.as_ref()
    }

    pub(crate) fn hint(&self) -> Option<FilterHint<'_>> {
        let values = self.last.map(Property::values).filter(|values| !values.is_empty()).map(FilterHint::Values);
        self.problem.as_ref().map(FilterHint::Problem).or(values)
    }

    /// Whether the meaning of the filter has changed.
    pub(crate) fn edit(&mut self, edit: impl FnOnce(&mut TextField)) -> bool {
        edit(&mut self.field);
        let parsed = parse(self.field.text());
        let changed = parsed.words != self.words || parsed.problem != self.problem;
        (self.words, self.problem, self.last) = (parsed.words, parsed.problem, parsed.last);
        changed
    }

    /// Whether a row matches; `has` says whether the row matches a term.
    pub(crate) fn lets(&self, mut has: impl FnMut(&Term<P>) -> bool) -> bool {
        self.problem.is_none() && self.words.iter().all(|word| word.any.iter().any(&mut has) != word.excludes)
    }

    pub(super) fn asks_for(&self, properties: &[P]) -> bool {
        let mut terms = self.words.iter().flat_map(|word| &word.any);
        terms.any(|term| term.property.is_some_and(|property| properties.contains(&property)))
    }

    /// Highlights the words of the filter that may match anywhere.
    pub(crate) fn highlighter(&self) -> Highlighter<'_> {
        let shown = self.words.iter().filter(|word| !word.excludes).flat_map(|word| &word.any);
        let words = shown.filter(|term| term.property.is_none()).map(|term| term.text.as_str()).collect();
        Highlighter { words }
    }
}

pub(crate) struct Highlighter<'a> {
    words: Vec<&'a str>,
}

impl fmt::Debug for Highlighter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Highlighter")
    }
}

impl Highlighter<'_> {
    /// The indices of the matched characters of `text`, in order.
    pub(crate) fn places(&self, text: &str) -> Vec<u32> {
        places(text, &self.words)
    }
}
