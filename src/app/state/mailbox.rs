//! View 7, in the demo: the mails that AWS would send.

use crate::app::list::List;
use crate::domain::mail::Mail;

/// The mails, newest first, and the one that is read.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    mails: Vec<Mail>,
    /// The rows by number from the newest, and the selection.
    pub list: List<usize>,
}

impl Mailbox {
    /// The mails, newest first.
    #[must_use]
    pub fn mails(&self) -> &[Mail] {
        &self.mails
    }

    /// The mail that is read.
    #[must_use]
    pub fn selected(&self) -> Option<&Mail> {
        self.mails.get(self.list.index())
    }

    /// Takes all mails, oldest first. Someone who reads the newest one goes on doing so.
    pub fn set(&mut self, mut mails: Vec<Mail>) {
        mails.reverse();
        let grown = mails.len().saturating_sub(self.mails.len());
        let index = if self.list.index() == 0 { 0 } else { self.list.index() + grown };
        self.mails = mails;
        self.list.set_rows((0..self.mails.len()).collect());
        self.list.select(index);
    }
}
