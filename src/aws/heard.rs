//! Where AWS's answers to the caller's own calls pass: they become ours, and what they show about
//! what the caller is permitted is kept for the run.

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::clients::Clients;
use super::fault;
use crate::domain::fault::Fault;
use crate::domain::permission::{About, Permission};
use crate::domain::readiness::Calls;

/// What the answers showed so far. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard(Arc<Mutex<Calls>>);

impl Heard {
    /// What calls showed so far.
    pub(crate) fn calls(&self) -> MutexGuard<'_, Calls> {
        // Each change is one call, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, operation: &str, about: About, result: Result<(), &Fault>) {
        // What needs no permission of the caller's shows nothing about any.
        if let Some(permission) = Permission::of_call(operation, about) {
            self.calls().note(permission, result);
        }
    }
}

impl Clients {
    /// The answer to a call of `operation`, or the failure that it met.
    pub(super) fn heard<T, E>(
        &self,
        operation: &'static str,
        answer: Result<T, SdkError<E, HttpResponse>>,
    ) -> Result<T, Fault>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.heard_about(operation, About::Anything, answer)
    }

    /// The same of a call that policies tell apart by what it is about.
    pub(super) fn heard_about<T, E>(
        &self,
        operation: &'static str,
        about: About,
        answer: Result<T, SdkError<E, HttpResponse>>,
    ) -> Result<T, Fault>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.noted(operation, about, answer.map_err(|error| fault::of(operation, &error)))
    }

    /// Keeps what an answer shows that has become ours already.
    pub(super) fn noted<T>(&self, operation: &'static str, about: About, answer: Result<T, Fault>) -> Result<T, Fault> {
        self.heard.note(operation, about, answer.as_ref().map(|_| ()));
        answer
    }
}
