//! Rows in the form that was asked for.

use std::io;

use jiff::Timestamp;

use super::arguments::Form;
use crate::words::rows;
pub(super) use crate::words::rows::{Cell, Column, csv_of, json_of, object, table, table_of};
use crate::words::time::utc_second;

/// `rows` in this form.
///
/// # Errors
/// If they have no such form.
pub(super) fn write<'r, R: ?Sized + 'r>(
    form: Form,
    columns: &[Column<'_, R>],
    all: impl IntoIterator<Item = &'r R>,
) -> io::Result<String> {
    match form {
        Form::Table => Ok(table(columns, all)),
        Form::Json => rows::json(columns, all),
        Form::Csv => rows::csv(columns, all),
    }
}

/// A time for programs, in an object that is no row: in UTC, in whole seconds.
pub(super) fn seconds<T, S>(at: &T, to: S) -> Result<S::Ok, S::Error>
where
    T: Copy + Into<Option<Timestamp>>,
    S: serde::Serializer,
{
    match (*at).into() {
        Some(at) => to.serialize_str(&utc_second(at)),
        None => to.serialize_none(),
    }
}
