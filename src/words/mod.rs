//! Every sentence that a person reads, in one place: English now; a second language is a second
//! set of these functions.

/// Sentences with parts to fill in: a function for each, whose arguments are named in its braces.
macro_rules! sentences {
    ($($name:ident($($part:ident),+) = $text:tt;)*) => {
        $(pub(crate) fn $name($($part: impl std::fmt::Display),+) -> String {
            format!($text)
        })*
    };
}

pub mod api_error;
pub mod board;
pub mod cause;
pub mod change;
pub(crate) mod cli;
pub mod commands;
pub mod dialogs;
pub mod email;
pub mod findings;
pub mod journal;
pub mod journal_form;
pub mod labels;
pub mod notification;
pub mod permission;
pub mod plans;
pub mod profiles;
pub mod readiness;
pub mod refusal;
pub mod root_access;
pub mod root_tasks;
pub mod rows;
pub mod sign_in;
pub mod time;
pub(crate) mod ui;
