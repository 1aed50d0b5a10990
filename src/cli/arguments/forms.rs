//! The forms of outputs.

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Form {
    /// Columns for people
    Table,
    /// One array of objects
    Json,
    /// A header and a line for each row
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OneForm {
    /// Columns for people
    Table,
    /// One object
    Json,
}
