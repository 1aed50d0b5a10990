//! What is found about one requirement.

use super::requirement::{Answer, Reason, Remedy};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::flow::Flow;
use crate::domain::remote_data::RemoteData;

pub(super) struct Judgement {
    pub(super) answer: Answer,
    pub(super) reason: Reason,
    pub(super) fix: Option<Remedy>,
}

impl Judgement {
    pub(super) fn yes(reason: Reason) -> Self {
        Self { answer: Answer::Yes, reason, fix: None }
    }

    pub(super) fn no(reason: Reason, fix: Remedy) -> Self {
        Self { answer: Answer::No, reason, fix: Some(fix) }
    }

    pub(super) fn unknown(reason: Reason, fix: Remedy) -> Self {
        Self { answer: Answer::Unknown, reason, fix: Some(fix) }
    }

    /// What is said of something that was not read.
    pub(super) fn not_known<T>(fetched: &RemoteData<T>, flow: Flow) -> Self {
        match fetched {
            RemoteData::Failed(error, _) if error.kind.is_about_credentials() => {
                Self::unknown(Reason::NotRead(error.clone()), Remedy::SignIn(error.clone()))
            }
            RemoteData::Failed(error, _) if error.kind == ApiErrorKind::AccessDenied => {
                Self::unknown(Reason::NotRead(error.clone()), Remedy::AttachPolicy(flow))
            }
            RemoteData::Failed(error, _) => Self::unknown(Reason::NotRead(error.clone()), Remedy::AskAgain),
            RemoteData::NotAsked | RemoteData::Loading(..) | RemoteData::Known(_) => {
                Self::unknown(Reason::NotAsked, Remedy::AskAgain)
            }
        }
    }
}
