//! The root session for a task: the open one, or a new one.

use std::time::Duration;

use tokio::task::JoinHandle;

use super::operation_context::OperationContext;
use super::visit::Member;
use crate::aws::sts;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Danger;
use crate::domain::permit::{Refusal, permit_look, permit_task};
use crate::domain::recorded_change::RecordedChange;
use crate::domain::root_session::{RootSession, SessionKey};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::write::WriteOutcome;
use crate::engine::journal::{Subject, conclusion};
use crate::engine::shared::Engine;

/// A session with less time left is not used: one call with all its attempts may take a minute.
const MARGIN: Duration = Duration::from_secs(30);

pub(super) struct Opened {
    pub(super) session: RootSession,
    /// The task that journals the session. Work in the session need not wait for it.
    journaling: Option<JoinHandle<()>>,
}

impl Opened {
    pub(super) async fn journaled(self) -> RootSession {
        if let Some(journaling) = self.journaling {
            journaling.await.ok();
        }
        self.session
    }
}

impl Engine {
    /// The open session for a task if it is valid long enough, or a new one of `seconds` seconds.
    pub(super) async fn open_session(
        &self,
        member: Member<'_>,
        task: TaskPolicy,
        seconds: u16,
        context: &OperationContext,
    ) -> Result<Opened, ApiError> {
        let key = SessionKey { account: member.id, task };
        let subject = Subject {
            account: Some(member.id),
            operation: sts::ASSUME_ROOT,
            change: RecordedChange::OpenRootSession { task: Some(task), seconds: Some(seconds), accounts: None },
            reason: context.reason.clone(),
        };
        let organization = self.bound_organization().await?;
        let org_role = self.known().org_role.clone();
        let facts = self.facts(Some(&organization), org_role.as_ref(), member.account);
        let permit = if context.reads { permit_look } else { permit_task };
        let reads = context.reads || task.is_reading();
        let danger = if reads { Danger::Mild } else { Danger::Strong };
        let permitted = permit(task, member.id, &facts)
            .and_then(|()| self.rules().permit_reason(danger, context.reason.as_deref()));
        if let Err(refusal) = permitted {
            // An account that an audit skips is no event; a refused attempt to change something is.
            if !task.is_reading() {
                self.journal_refusal(&subject, context.now(), &refusal).await;
            }
            return Err(not_permitted(&refusal));
        }
        let door = self.0.sessions.door(key);
        let _alone = door.lock().await;
        if let Some(session) = self.0.sessions.living(key, context.now() + MARGIN) {
            return Ok(Opened { session, journaling: None });
        }
        if let Some(error) = context.hopeless.get() {
            return Err(error.clone());
        }
        if !task.is_reading() {
            // Reading continues without a journal.
            self.journal_lasts().await?;
        }
        let entry = self.intend(&subject, context.now()).await?;
        let partition = self.caller().partition();
        let opened = sts::assume_root(self.clients(), key, partition, seconds, &context.throttles).await;
        let (outcome, request_id) = match &opened {
            Ok((_, request_id)) => (WriteOutcome::Taken(None), request_id.clone()),
            Err(error) => (WriteOutcome::from_fault(error.clone()), error.request_id.clone()),
        };
        let (engine, now) = (self.clone(), context.now());
        let journaling = tokio::spawn(async move {
            engine.conclude(entry, &subject, now, conclusion(&outcome, request_id)).await;
        });
        match opened {
            Ok((session, _)) => {
                self.0.sessions.take(session.clone(), now);
                Ok(Opened { session, journaling: Some(journaling) })
            }
            Err(error) => {
                context.note(&error);
                journaling.await.ok();
                Err(error)
            }
        }
    }
}

/// Turns a refusal by rootdeck into the error of a session that was not requested.
pub(super) fn not_permitted(refusal: &Refusal) -> ApiError {
    ApiError::new(sts::ASSUME_ROOT, ApiErrorKind::NotPermitted, &refusal.record())
}
