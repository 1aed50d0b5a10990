//! Rows in the form that was asked for.

use std::io;

use super::arguments::Form;
use super::output;
use super::page::Page;
pub(super) use crate::words::fields;
use crate::words::rows;
pub(super) use crate::words::rows::{Cell, Column, fields_of, json_of, parts, schema, table_of};
pub(super) use crate::words::schema::{document, record};
use crate::words::sheet::{self, Sheet};

/// As wide as the terminal; whole where stdout is none.
pub(super) fn table<'r, R: ?Sized + 'r>(columns: &[Column<'_, R>], all: impl IntoIterator<Item = &'r R>) -> String {
    rows::table(output::room(), columns, all)
}

/// What came of one thing: a sentence for people, a row for programs. In JSON it is no array.
pub(super) fn result<R>(form: Form, said: &str, columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    if form == Form::Table { Ok(format!("{said}\n")) } else { one(form, columns, row) }
}

/// One row, which in JSON is no array.
pub(super) fn one<R>(form: Form, columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    if form == Form::Json { object(columns, row) } else { write(form, columns, [row]) }
}

/// One object; of several organizations one of a list.
pub(super) fn object<R: ?Sized>(columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    if Page::collecting().is_some() { write(Form::Json, columns, [row]) } else { rows::object(columns, row) }
}

/// One object on a line of its own. One of several organizations is printed at once.
pub(super) fn line<R: ?Sized>(columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    let Some(page) = Page::collecting() else { return rows::line(columns, row) };
    output::print_now(&sheet::line(page.labels(), columns, row)?)?;
    Ok(String::new())
}

/// In the form that was asked for. Of several organizations the rows are printed together later.
pub(super) fn write<'r, R: ?Sized + 'r>(
    form: Form,
    columns: &[Column<'_, R>],
    all: impl IntoIterator<Item = &'r R>,
) -> io::Result<String> {
    if let Some(page) = Page::collecting() {
        if form == Form::Ndjson {
            return all.into_iter().map(|row| line(columns, row)).collect();
        }
        page.add(form, Sheet::of(page.labels(), columns, all));
        return Ok(String::new());
    }
    match form {
        Form::Table => Ok(table(columns, all)),
        Form::Json => rows::json(columns, all),
        Form::Ndjson => all.into_iter().map(|row| rows::line(columns, row)).collect(),
        Form::Csv => rows::csv(columns, all),
    }
}
