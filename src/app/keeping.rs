//! What this machine keeps is changed, and what came of that; text files that a person has named.

use std::path::PathBuf;

use super::App;
use super::asked::ReadId;
use super::effect::{Effect, Keeping, TextUse};
use super::key::Paste;
use super::notice::News;
use crate::domain::fault::Fault;

impl App {
    /// Has what this machine keeps changed.
    pub(super) fn keep(&mut self, keeping: Keeping, effects: &mut Vec<Effect>) -> ReadId {
        let id = self.read_id();
        effects.push(Effect::Keep(id, Box::new(keeping)));
        id
    }

    /// Takes what came of a change of what this machine keeps; whether a failure is news.
    pub(super) fn kept(&mut self, keeping: Keeping, result: &Result<(), Fault>) -> bool {
        if result.is_ok() {
            match keeping {
                Keeping::Adopt(change) => self.emails.entry(change.account).take_start(change),
                Keeping::Forget(account) => self.emails.forget(account),
                Keeping::Acknowledge(read) => self.findings.retain(|finding| !read.contains(&finding.id)),
            }
            self.accounts.unsettle();
        }
        true
    }

    /// Takes a text file that was read; whether a failure is news.
    pub(super) fn text_loaded(
        &mut self,
        path: PathBuf,
        purpose: TextUse,
        result: Result<Paste, Fault>,
        _effects: &mut Vec<Effect>,
    ) -> bool {
        let _ = (path, result);
        match purpose {
            TextUse::Mails | TextUse::Plan | TextUse::Template | TextUse::Journal => true,
        }
    }

    /// Takes what came of writing a text file; whether a failure is news.
    pub(super) fn text_saved(
        &mut self,
        path: PathBuf,
        purpose: TextUse,
        result: &Result<(), Fault>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if purpose == TextUse::Journal {
            return self.journal_saved(path, result, effects);
        }
        if result.is_ok() {
            self.notices.add(News::FileSaved(purpose, path), effects);
        }
        true
    }
}
