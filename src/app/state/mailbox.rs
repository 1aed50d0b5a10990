//! View 7, in the demo: the mails that AWS would send.

use crate::app::list::List;
use crate::domain::mail::Mail;

#[derive(Clone, Debug, Default)]
pub(crate) struct Mailbox {
    mails: Vec<Mail>,
    /// Rows are numbered from the newest.
    pub(crate) list: List<usize>,
}

impl Mailbox {
    pub(crate) fn mails(&self) -> &[Mail] {
        &self.mails
    }

    pub(crate) fn selected(&self) -> Option<&Mail> {
        self.mails.get(self.list.index())
    }

    /// Takes the mails oldest first. If the newest one is selected, the newest stays selected.
    pub(crate) fn set(&mut self, mut mails: Vec<Mail>) {
        mails.reverse();
        let grown = mails.len().saturating_sub(self.mails.len());
        let index = if self.list.index() == 0 { 0 } else { self.list.index() + grown };
        self.mails = mails;
        self.list.set_rows((0..self.mails.len()).collect());
        self.list.select(index);
    }
}
