//! The dialogs and the texts that are read over a view, one file each: their state, and their
//! [`Dialog`](crate::app::dialog::Dialog).

pub mod confirm;
pub mod delegation;
pub mod email_change;
pub mod enter_code;
pub mod find_queues;
pub mod forget_change;
pub mod mails;
pub mod menu;
pub mod mfa_code;
pub mod open_session;
pub mod palette;
pub mod path;
pub mod plan_asking;
pub mod plan_dialog;
pub mod plan_marked;
pub mod plan_template;
pub mod policies;
pub mod profiles;
pub mod reader;
pub mod reason;
pub mod root_audit;
pub mod root_deletion;
pub mod session;
