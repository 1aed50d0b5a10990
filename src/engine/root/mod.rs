//! Member accounts, through root sessions.
//!
//! Every way into a member account leads through `Engine::visit`: [`permit_task`] says yes, a session is reused or
//! opened (and journaled), and the calls are made with its credentials. If AWS says that they have expired, by its own
//! clock or because this machine slept, they are renewed once: AWS did nothing with such a request.
//!
//! [`permit_task`]: crate::domain::permit::permit_task

mod change;
mod delete;
mod gate;
mod keep;
mod operation_context;
mod pool;
mod queues;
mod run;
mod sessions;
mod unkept;
mod visit;

pub(super) use change::Sent;
pub(super) use gate::{Gate, Told, tell};
pub(super) use operation_context::OperationContext;
pub(super) use pool::Sessions;
pub(super) use run::ASKED_AT_ONCE;
pub(super) use unkept::UnkeptAudits;
pub(super) use visit::Member;
