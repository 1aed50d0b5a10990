//! What this machine keeps is changed, and what came of that; text files that a person has named.

use crate::app::model::Model;
use std::path::{Path, PathBuf};

use super::App;
use super::confirm::Spot;
use super::effect::{Effect, Keeping, TextUse};
use super::key::Paste;
use super::layers::Layer;
use super::notice::News;
use crate::domain::asked::ReadId;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::mails::code_mails;
use crate::domain::text::clean;

impl Model {
    /// Has what this machine keeps changed.
    pub(super) fn keep(&mut self, keeping: Keeping) -> ReadId {
        let id = self.out.read_id();
        self.out.push(Effect::Keep(id, Box::new(keeping)));
        id
    }
}

impl App {
    /// Takes what came of a change of what this machine keeps; whether a failure is news.
    pub(super) fn kept(&mut self, id: ReadId, keeping: Keeping, result: &Result<(), Fault>) -> bool {
        if result.is_ok() {
            match &keeping {
                Keeping::Adopt(change) => self.model.emails.entry(change.account).take_start(change.clone()),
                Keeping::Forget(account) => self.model.emails.forget(*account),
                Keeping::Acknowledge(read) => self.model.findings.forget(read),
                Keeping::Refusal(..) => {}
            }
            self.model.accounts.unsettle();
        }
        let result = result.as_ref().copied();
        match keeping {
            Keeping::Adopt(change) => self.adopted(id, change, result),
            Keeping::Forget(account) => self.forgotten(id, account, result),
            Keeping::Acknowledge(_) | Keeping::Refusal(..) => true,
        }
    }

    /// Takes a text file that was read; whether a failure is news.
    pub(super) fn text_loaded(
        &mut self,
        id: ReadId,
        path: &Path,
        purpose: TextUse,
        result: Result<Paste, Fault>,
    ) -> bool {
        match purpose {
            TextUse::Mails => self.mails_loaded(id, path, result),
            TextUse::Plan | TextUse::Template | TextUse::Results | TextUse::Journal => true,
        }
    }

    /// Takes a file of mails into the dialog that asked for it. One that was closed meanwhile asks for
    /// nothing more.
    fn mails_loaded(&mut self, id: ReadId, path: &Path, result: Result<Paste, Fault>) -> bool {
        let awaits = |layer: &Layer| matches!(layer, Layer::OpenFile(dialog) if dialog.asked == Some(id));
        let Some(place) = self.layers.iter().position(awaits) else { return false };
        let mails = result.and_then(|text| {
            let mails = code_mails(text.expose());
            let path = clean(&path.display().to_string());
            let none = format!("{path} holds no mail with a one-time password");
            if mails.is_empty() { Err(Fault::new("rootdeck:file", FaultKind::Local, &none)) } else { Ok(mails) }
        });
        match mails {
            Ok(mails) => {
                self.layers.remove(place);
                self.show_mails(mails);
            }
            Err(fault) => {
                if let Some(Layer::OpenFile(dialog)) = self.layers.get_mut(place) {
                    (dialog.asked, dialog.trouble, dialog.spot) = (None, Some(fault), Spot::Field);
                }
            }
        }
        false
    }

    /// Takes what came of writing a text file; whether a failure is news.
    pub(super) fn text_saved(&mut self, path: PathBuf, purpose: TextUse, result: &Result<(), Fault>) -> bool {
        if purpose == TextUse::Journal {
            return self.journal_saved(path, result);
        }
        if result.is_ok() {
            self.model.out.notify(News::FileSaved(purpose, path));
        }
        true
    }
}
