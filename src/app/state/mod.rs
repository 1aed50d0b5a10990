//! What the [`Model`](crate::app::model::Model) is made of, one file per part. A part knows only
//! those below it, and neither the screen nor the effects.

pub mod acceptances;
pub mod accounts;
pub mod awaited;
pub mod board;
pub mod choices;
pub mod filtering;
pub mod findings;
pub mod journal;
pub mod mailbox;
pub mod organization;
pub mod plans;
pub mod policies;
pub mod profiles;
pub mod readiness;
pub mod recovery;
pub mod resolving;
pub mod root_access;
pub mod root_state;
pub mod runs;
pub mod sessions;
pub mod start_asking;
