//! Rows in the form that was asked for.

use std::io;

use super::arguments::Form;
use super::output;
pub(super) use crate::words::fields;
use crate::words::rows;
pub(super) use crate::words::rows::{Cell, Column, json_of, line, object, parts, schema, table_of};
pub(super) use crate::words::schema::record;

/// As wide as the terminal; whole where stdout is none.
pub(super) fn table<'r, R: ?Sized + 'r>(columns: &[Column<'_, R>], all: impl IntoIterator<Item = &'r R>) -> String {
    rows::table(output::room(), columns, all)
}

pub(super) fn write<'r, R: ?Sized + 'r>(
    form: Form,
    columns: &[Column<'_, R>],
    all: impl IntoIterator<Item = &'r R>,
) -> io::Result<String> {
    match form {
        Form::Table => Ok(table(columns, all)),
        Form::Json => rows::json(columns, all),
        Form::Ndjson => all.into_iter().map(|row| rows::line(columns, row)).collect(),
        Form::Csv => rows::csv(columns, all),
    }
}
