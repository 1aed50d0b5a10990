//! Every sentence that a person reads. A second language is a second set of these functions.

/// A function for each sentence, with its parts as arguments. In brackets are the keys of commands.
macro_rules! sentences {
    ($($name:ident($($part:ident),*) $([$($key:ident: $command:ident),+])? = $text:tt;)*) => {
        $(pub(crate) fn $name($($part: impl std::fmt::Display),*) -> String {
            $($(let $key = $crate::words::keys::key($crate::app::command::CommandId::$command);)+)?
            format!($text)
        })*
    };
}

pub mod address_finding;
pub(crate) mod alarms;
pub mod api_error;
pub(crate) mod audit_difference;
pub(crate) mod board;
pub(crate) mod cause;
pub(crate) mod cell;
pub(crate) mod change;
pub(crate) mod cli;
pub(crate) mod client_error;
pub(crate) mod columns;
pub mod commands;
pub(crate) mod config;
pub(crate) mod console;
pub(crate) mod contacts;
pub(crate) mod control_policy;
pub(crate) mod dialogs;
pub(crate) mod editor;
pub(crate) mod email;
pub(crate) mod export;
pub(crate) mod fields;
#[cfg(test)]
pub(crate) mod finding_page;
pub(crate) mod findings;
pub mod journal;
pub(crate) mod keys;
pub mod labels;
pub(crate) mod notification;
pub(crate) mod organizations;
pub mod permission;
pub(crate) mod plans;
pub(crate) mod profiles;
pub mod readiness;
pub(crate) mod record;
pub(crate) mod refusal;
pub(crate) mod report;
pub(crate) mod root_access;
pub(crate) mod root_finding;
pub(crate) mod root_tasks;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod sheet;
pub(crate) mod sign_in;
pub(crate) mod store;
pub(crate) mod time;
#[cfg(test)]
pub(crate) mod troubleshooting;
pub(crate) mod ui;
