//! Files of this machine, read and written where that may block.

use jiff::Timestamp;

use super::effects::Performer;
use super::{policy_file, text_file};
use crate::app::effect::{ExportForm, PolicyFile, TextFile, TextUse};
use crate::app::key::Paste;
use crate::app::msg::{Answer, Msg};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::PolicyFileError;
use crate::domain::journal::JournalEntry;
use crate::domain::remote_data::ReadId;
use crate::words::journal_form;

impl Performer {
    pub(super) fn file(&self, id: ReadId, file: PolicyFile) {
        self.answer_blocking(id, move |this| match file {
            PolicyFile::Save(account, holder, text) => {
                let saved = match this.connector.policies() {
                    Some(folder) => folder.save(account, &holder, &text, Timestamp::now()),
                    None => {
                        Err(ApiError::client("rootdeck:policy file", ApiErrorKind::Local, PolicyFileError::NoFolder))
                    }
                };
                Answer::Saved(holder, saved)
            }
            PolicyFile::Load(path) => {
                let kept = this.connector.policies().and_then(|folder| folder.in_memory(&path));
                let loaded = kept.map_or_else(|| policy_file::load(&path), Ok);
                Answer::Loaded(path, loaded)
            }
        });
    }

    pub(super) fn text(&self, id: ReadId, file: TextFile) {
        self.answer_blocking(id, move |_| match file {
            TextFile::Load(path, TextUse::Plan) => {
                let loaded = text_file::load_plan(&path).map(|(text, encoding)| (Paste::new(text), encoding));
                Answer::PlanLoaded(text_file::absolute(&path), loaded)
            }
            TextFile::Load(path, purpose) => {
                let loaded = match purpose {
                    TextUse::Mails => text_file::load_mails(&path),
                    TextUse::Plan | TextUse::Template | TextUse::Results | TextUse::Journal => text_file::load(&path),
                };
                Answer::TextLoaded(path, purpose, loaded.map(Paste::new))
            }
            TextFile::Save(path, purpose, text) => {
                let saved = match purpose {
                    TextUse::Results => text_file::save_results(&path, &text),
                    _ => text_file::save(&path, &text),
                };
                Answer::TextSaved(path, purpose, saved)
            }
            TextFile::SaveJournal(path, form, entries) => {
                let saved = journal(form, &entries).and_then(|text| text_file::save(&path, &text));
                Answer::TextSaved(path, TextUse::Journal, saved)
            }
        });
    }

    fn answer_blocking(&self, id: ReadId, work: impl FnOnce(&Self) -> Answer + Send + 'static) {
        let this = self.clone();
        tokio::task::spawn_blocking(move || this.send(Msg::Answer(id, work(&this))));
    }
}

fn journal(form: ExportForm, entries: &[JournalEntry]) -> Result<String, ApiError> {
    let text = match form {
        ExportForm::Csv => journal_form::csv(entries),
        ExportForm::Json => journal_form::json(entries),
    };
    text.map_err(|error| ApiError::new("rootdeck:journal", ApiErrorKind::Local, &error.to_string()))
}
