use std::path::{Path, PathBuf};

use crate::app::effect::{StoreRequest, TextUse};
use crate::app::key::Paste;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{ClientError, FileProblem};
use crate::domain::mails::code_mails;
use crate::domain::remote_data::ReadId;

impl App {
    /// Returns whether a failure is still to be reported.
    pub(in crate::app) fn kept(
        &mut self,
        id: ReadId,
        store_request: StoreRequest,
        result: &Result<(), ApiError>,
    ) -> bool {
        if matches!(store_request, StoreRequest::View(_)) {
            // The next start shows the view as it was before.
            return false;
        }
        if result.is_ok() {
            self.model.accounts.mark_dirty();
        }
        match store_request {
            StoreRequest::Adopt(change) => return self.adopted(id, change, result.as_ref().copied()),
            StoreRequest::Forget(account) => return self.forgotten(id, account, result.as_ref().copied()),
            StoreRequest::Acknowledge(read) if result.is_ok() => self.model.findings.forget(&read),
            StoreRequest::Acknowledge(_) | StoreRequest::Refusal(..) | StoreRequest::View(_) => {}
        }
        true
    }

    /// If the dialog that asked for it was closed meanwhile, the file is ignored.
    pub(in crate::app) fn mails_loaded(&mut self, id: ReadId, path: &Path, result: Result<Paste, ApiError>) -> bool {
        if self.waiting_for(id).is_none() {
            return false;
        }
        let mails = result.and_then(|text| {
            let mails = code_mails(text.expose());
            if mails.is_empty() {
                let none = ClientError::file(path, FileProblem::NoMails);
                return Err(ApiError::client("rootdeck:file", ApiErrorKind::Local, none));
            }
            Ok(mails)
        });
        self.answered(id, mails.as_ref().map(|_| ()));
        if let Ok(mails) = mails {
            self.show_mails(mails);
        }
        false
    }

    /// Returns whether a failure is still to be reported.
    pub(in crate::app) fn text_saved(
        &mut self,
        id: ReadId,
        path: PathBuf,
        purpose: TextUse,
        result: &Result<(), ApiError>,
    ) -> bool {
        if result.is_ok() {
            self.model.out.notify(Notification::FileSaved(purpose, path));
        }
        !self.answered(id, result.as_ref().copied())
    }
}
