//! Storing audits for the next run. Those that come up while the disk is busy are written together.

use std::sync::PoisonError;

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::root_credentials::{Password, Presence, RootAudit};
use crate::engine::shared::Engine;

impl Engine {
    /// Stores an audit that began at `at`. One that read nothing is stored with its cause, beside the last successful
    /// one, unless it never reached AWS.
    pub(super) fn persist_audit(&self, account: AccountId, at: Timestamp, audit: &RootAudit) {
        let never_asked = |error: &ApiError| matches!(error.kind, ApiErrorKind::NotPermitted | ApiErrorKind::Local);
        if audit.read_nothing() && audit.error().is_some_and(never_asked) {
            return;
        }
        let waiting = &self.0.unkept.waiting;
        waiting.lock().unwrap_or_else(PoisonError::into_inner).push((account, at, audit.clone()));
        let engine = self.clone();
        tokio::spawn(async move { engine.audits_kept().await });
    }

    /// Waits until the audits made so far are stored, or storing has failed.
    pub(in crate::engine) async fn audits_kept(&self) {
        let _alone = self.0.unkept.pen.lock().await;
        let audits = std::mem::take(&mut *self.0.unkept.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if audits.is_empty() {
            return;
        }
        if let Err(error) = self.keep(move |records| records.save_audits(&audits)).await {
            tracing::warn!(message = error.message, "audits were not kept");
        }
    }

    pub(super) async fn persist_login_profile(&self, account: AccountId, login: &Presence<Password>) {
        // The audit that it belongs to may still wait.
        self.audits_kept().await;
        let login = login.clone();
        if let Err(error) = self.keep(move |records| records.note_login_profile(account, &login)).await {
            tracing::warn!(message = error.message, "the login profile that was seen was not kept");
        }
    }
}
