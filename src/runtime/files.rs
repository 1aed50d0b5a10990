//! Files of this machine, read and written where that may block.

use std::fmt::Display;

use jiff::Timestamp;

use super::clipboard::LARGEST_COPY;
use super::effects::Performer;
use super::{policy_file, text_file};
use crate::app::effect::{PolicyFile, Replace, TextFile, TextUse};
use crate::app::key::Paste;
use crate::app::msg::{Answer, Msg};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::PolicyFileError;
use crate::domain::export::{Export, ExportForm};
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

/// Unless it is more than the terminal takes.
pub(super) fn export_to_copy(form: ExportForm, rows: &Export) -> Result<String, ApiError> {
    let text = export::copy(form, rows).map_err(|error| not_exported(&error))?;
    if text.len() <= LARGEST_COPY { Ok(text) } else { Err(not_exported(&export::too_large(text.len()))) }
}

fn not_exported(why: &impl Display) -> ApiError {
    ApiError::new("rootdeck:export", ApiErrorKind::Local, &why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{Account, AccountState};
    use crate::domain::remote_data::RemoteData;

    #[test]
    fn more_than_the_terminal_takes_is_not_copied_by_half() {
        let account = Account {
            id: "444455556666".parse().expect("an id"),
            name: "sandbox".into(),
            email: "aws@example.com".into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        };
        let of = |count| Export::Accounts {
            accounts: vec![account.clone(); count],
            units: RemoteData::NotAsked,
            findings: None,
            addresses: std::collections::HashMap::new(),
        };
        assert!(export_to_copy(ExportForm::Csv, &of(1000)).is_ok());
        let error = export_to_copy(ExportForm::Json, &of(10_000)).expect_err("too much");
        assert!(error.message.contains("save a file instead"), "{}", error.message);
    }
}
