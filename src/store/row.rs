//! Columns as values of the domain.

use std::error::Error;
use std::fmt::Display;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::Type;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::domain::email::EmailAddress;
use crate::domain::text::clean;

/// A text. It comes from a file, so it is made harmless like any text from outside.
pub(super) fn text(row: &Row<'_>, column: &str) -> rusqlite::Result<String> {
    row.get_ref(column)?.as_str().map(clean).map_err(|error| unreadable(column, error))
}

pub(super) fn optional_text(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<String>> {
    let value = row.get_ref(column)?.as_str_or_null();
    value.map(|text| text.map(clean)).map_err(|error| unreadable(column, error))
}

pub(super) fn parsed<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    row.get_ref(column)?
        .as_str()
        .map_err(|error| unreadable(column, error))?
        .parse()
        .map_err(|error: T::Err| unreadable(column, error))
}

pub(super) fn optional<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let value = row.get_ref(column)?.as_str_or_null().map_err(|error| unreadable(column, error))?;
    value.map(|text| text.parse().map_err(|error: T::Err| unreadable(column, error))).transpose()
}

pub(super) fn word<T>(row: &Row<'_>, column: &str, read: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    read(&text(row, column)?).ok_or_else(|| unreadable(column, "not a word of this program"))
}

pub(super) fn email(row: &Row<'_>, column: &str) -> rusqlite::Result<EmailAddress> {
    EmailAddress::parse(&text(row, column)?).map_err(|_| unreadable(column, "not an address"))
}

/// A value in JSON; `None` where it can't be read, of a later version perhaps.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    let text: String = row.get(column)?;
    let Ok(mut value) = serde_json::from_str(&text) else { return Ok(None) };
    make_harmless(&mut value);
    Ok(serde_json::from_value(value).ok())
}

/// The texts come from a file, so they are made harmless like any text from outside.
fn make_harmless(value: &mut Value) {
    match value {
        Value::String(text) => *text = clean(text),
        Value::Array(all) => all.iter_mut().for_each(make_harmless),
        Value::Object(all) => all.values_mut().for_each(make_harmless),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A column whose value can't be what this program wrote.
pub(super) fn unreadable(column: &str, why: impl Display) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, format!("column {column}: {why}").into())
}
