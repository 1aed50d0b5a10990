//! What is found about one requirement.

use super::knowledge::Fact;
use super::requirement::{Answer, Mend, Reason};
use crate::domain::fault::FaultKind;
use crate::domain::flow::Flow;

/// An answer, where it comes from, and what mends it.
pub(super) struct Judgement {
    pub(super) answer: Answer,
    pub(super) reason: Reason,
    pub(super) mend: Option<Mend>,
}

impl Judgement {
    /// It is there.
    pub(super) fn yes(reason: Reason) -> Self {
        Self { answer: Answer::Yes, reason, mend: None }
    }

    /// It is missing.
    pub(super) fn no(reason: Reason, mend: Mend) -> Self {
        Self { answer: Answer::No, reason, mend: Some(mend) }
    }

    /// Nobody knows.
    pub(super) fn unknown(reason: Reason, mend: Mend) -> Self {
        Self { answer: Answer::Unknown, reason, mend: Some(mend) }
    }

    /// What is said of something that was not read.
    pub(super) fn not_known<T>(fact: &Fact<T>, flow: Flow) -> Self {
        match fact {
            Fact::Failed(fault) if fault.kind.is_about_credentials() => {
                Self::unknown(Reason::NotRead(fault.clone()), Mend::SignIn(fault.clone()))
            }
            Fact::Failed(fault) if fault.kind == FaultKind::AccessDenied => {
                Self::unknown(Reason::NotRead(fault.clone()), Mend::AttachPolicy(flow))
            }
            Fact::Failed(fault) => Self::unknown(Reason::NotRead(fault.clone()), Mend::AskAgain),
            Fact::NotAsked | Fact::Known(_) => Self::unknown(Reason::NotAsked, Mend::AskAgain),
        }
    }
}
