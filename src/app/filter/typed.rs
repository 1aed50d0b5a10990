//! A filter or a search while it is typed.

use super::grammar::Property;
use super::query::{Filter, FilterHint};
use crate::app::field::TextField;

pub(crate) trait TypedFilter {
    fn field(&self) -> &TextField;
    fn is_typed(&self) -> bool;
    fn set_typed(&mut self, typed: bool);
    fn hint(&self) -> Option<FilterHint<'_>>;
    /// Edits it; whether it means something else now.
    fn edit(&mut self, edit: &mut dyn FnMut(&mut TextField)) -> bool;
}

impl<P: Property> TypedFilter for Filter<P> {
    fn field(&self) -> &TextField {
        Self::field(self)
    }

    fn is_typed(&self) -> bool {
        self.editing
    }

    fn set_typed(&mut self, typed: bool) {
        self.editing = typed;
    }

    fn hint(&self) -> Option<FilterHint<'_>> {
        Self::hint(self)
    }

    fn edit(&mut self, edit: &mut dyn FnMut(&mut TextField)) -> bool {
        Self::edit(self, edit)
    }
}
