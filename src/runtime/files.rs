//! Files of this machine, read and written where that may block.

use std::io;

use jiff::Timestamp;

use super::effects::Performer;
use super::{policy_file, text_file};
use crate::app::effect::{PolicyFile, Replace, TextFile, TextUse};
use crate::app::key::Paste;
use crate::app::msg::{Answer, Msg};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::PolicyFileError;
use crate::domain::remote_data::ReadId;
use crate::words::export;

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
                    TextUse::Plan | TextUse::Template | TextUse::Results | TextUse::Export => text_file::load(&path),
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
            TextFile::Export(path, form, rows, replace) => {
                let replace = replace == Replace::Confirmed;
                let text = export::file(form, &rows).map_err(|error| not_exported(&error));
                let saved = text.and_then(|text| text_file::save_export(&path, &text, replace));
                Answer::TextSaved(path, TextUse::Export, saved)
            }
        });
    }

    fn answer_blocking(&self, id: ReadId, work: impl FnOnce(&Self) -> Answer + Send + 'static) {
        let this = self.clone();
        tokio::task::spawn_blocking(move || this.send(Msg::Answer(id, work(&this))));
    }
}

pub(super) fn not_exported(error: &io::Error) -> ApiError {
    ApiError::new("rootdeck:export", ApiErrorKind::Local, &error.to_string())
}
