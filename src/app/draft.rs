//! The text that a person's editor is given, and what it wrote: not all that editors write is UTF-8.

use std::fmt;

use crate::domain::remote_data::ReadId;

/// It can hold what is nobody's business, so its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft(Vec<u8>);

impl Draft {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(crate) fn of(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.clone()).expect("a text")
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft(..)")
    }
}

/// A text that can be opened in the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InEditor {
    /// The number of the answer, and the text without any edit.
    open: Option<(ReadId, Draft)>,
    /// What was edited last, and is not used: the next edit begins with it.
    draft: Option<Draft>,
}

impl InEditor {
    /// What is opened of this text.
    pub(in crate::app) fn begins_with(&self, text: &str) -> Draft {
        self.draft.clone().unwrap_or_else(|| Draft::of(text))
    }

    pub(in crate::app) fn opened(&mut self, id: ReadId, text: &str) {
        self.open = Some((id, Draft::of(text)));
    }

    pub(in crate::app) fn id(&self) -> Option<ReadId> {
        self.open.as_ref().map(|(id, _)| *id)
    }

    /// The editor gave this back; whether it is another text.
    pub(in crate::app) fn closed(&mut self, text: &str) -> bool {
        self.draft = None;
        self.open.take().is_some_and(|(_, before)| before != Draft::of(text))
    }

    pub(in crate::app) fn keep(&mut self, draft: Draft) {
        self.open = None;
        self.draft = Some(draft);
    }

    pub(in crate::app) fn discard(&mut self) {
        self.draft = None;
    }

    pub(crate) fn has_draft(&self) -> bool {
        self.draft.is_some()
    }
}
