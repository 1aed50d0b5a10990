//! The forms of outputs.

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Form {
    /// Columns, for people
    Table,
    /// One array of objects
    Json,
    /// One object per line, each as soon as it is known
    Ndjson,
    /// Header and one line per row
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OneForm {
    /// Columns, for people
    Table,
    /// One object
    Json,
}
