//! The numbered views, one file each: where their keys go, their lists, filters and details.

mod accounts;
mod email_changes;
mod journal;
mod mailbox;
mod organization;
mod readiness;
mod root_access;
mod table;
mod view;

pub(in crate::app) use table::view;
pub(in crate::app) use view::View;
