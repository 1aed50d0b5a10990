//! The nouns and rules of the field: accounts, primary emails, trusted access, root features, and their changes.
//!
//! Nothing here does I/O, reads the clock or knows a screen. Text from AWS enters through `text::clean`.

#![warn(missing_docs)]

pub mod account;
pub mod api_error;
pub(crate) mod audit_record;
pub mod aws_command;
pub mod caller;
pub(crate) mod cause;
pub mod change;
pub(crate) mod client_error;
pub mod cloudtrail;
pub(crate) mod config_problem;
pub mod connection;
pub(crate) mod credential_change;
pub(crate) mod danger;
pub mod deletion;
pub mod email;
pub mod email_change;
pub(crate) mod email_check;
pub mod email_plan;
pub(crate) mod emails;
pub(crate) mod endpoint;
pub mod finding;
pub mod flow;
pub(crate) mod fold;
pub mod journal;
pub mod key_setting;
pub(crate) mod mail;
pub mod mails;
pub(crate) mod mfa;
pub(crate) mod organization;
pub mod otp;
pub(crate) mod otp_choice;
pub(crate) mod permission;
pub mod permit;
pub mod policy;
pub mod policy_holder;
pub(crate) mod policy_judgement;
pub(crate) mod policy_source;
pub mod profile;
pub(crate) mod queue_name;
pub mod readiness;
pub mod reason;
pub mod recorded_change;
pub mod records;
pub mod recovery;
pub(crate) mod region;
pub mod remote_data;
pub mod request_limits;
pub mod resolution;
pub mod root_change;
pub mod root_credentials;
pub mod root_feature;
pub mod root_session;
pub mod run;
pub(crate) mod since;
pub(crate) mod spreadsheet;
pub mod store_error;
pub(crate) mod stored;
pub mod task_policy;
pub(crate) mod text;
pub mod trusted_access;
pub mod view;
mod word_enum;
pub mod write;
