//! What the [`Model`](crate::app::model::Model) is made of, one file per part. A part knows only
//! those below it, and neither the screen nor the effects.

pub(crate) mod acceptances;
pub(crate) mod account_row;
pub(crate) mod accounts;
pub(crate) mod awaited;
pub(crate) mod board;
pub(crate) mod choices;
pub(crate) mod columns;
pub(crate) mod contacts;
pub(crate) mod elsewhere;
pub(crate) mod filtering;
pub(crate) mod findings;
pub(crate) mod journal;
pub(in crate::app) mod kept_choices;
pub(crate) mod left_behind;
pub(crate) mod mailbox;
pub(crate) mod marks;
pub(crate) mod organization;
pub(crate) mod plans;
pub(crate) mod policies;
pub(crate) mod profiles;
pub(crate) mod readiness;
pub(crate) mod recovery;
pub(crate) mod resolving;
pub(crate) mod root_access;
pub(crate) mod root_state;
pub(crate) mod runs;
pub(crate) mod sessions;
pub(crate) mod start_asking;
pub(crate) mod units;
