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

/// A label and what belongs to it, below each other where the terminal is narrow.
pub(super) fn labelled(label: &str, value: &str) -> String {
    rows::labelled(output::room(), label, value)
}

/// What came of one thing: a sentence for people, a row for programs. In JSON it is no array.
pub(super) fn result<R>(form: Form, said: &str, columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    if form == Form::Table { Ok(format!("{said}\n")) } else { one(form, columns, row) }
}

/// One row, which in JSON is no array.
pub(super) fn one<R>(form: Form, columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    if form == Form::Json { rows::object(columns, row) } else { write(form, columns, [row]) }
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
