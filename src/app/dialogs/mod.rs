//! The dialogs and the texts that are read over a view, one file each: their state, and their
//! [`Dialog`](crate::app::dialog::Dialog).

pub(crate) mod account_edit;
pub(crate) mod columns;
pub(crate) mod confirm;
pub(crate) mod delegation;
pub(crate) mod email_change;
pub(crate) mod enter_code;
pub(crate) mod find_queues;
pub(crate) mod forget_change;
pub(crate) mod holders;
pub(crate) mod mails;
pub(crate) mod menu;
pub(crate) mod mfa_code;
pub(crate) mod new_policy;
pub(crate) mod open_session;
pub(crate) mod palette;
pub(crate) mod path;
pub(crate) mod plan_asking;
pub(crate) mod plan_dialog;
pub(crate) mod plan_list;
pub(crate) mod plan_marked;
pub(crate) mod plan_template;
pub(crate) mod policies;
pub(crate) mod profiles;
pub(crate) mod reader;
pub(crate) mod reason;
pub(crate) mod root_audit;
pub(crate) mod root_deletion;
pub(crate) mod session;
pub(crate) mod units;
