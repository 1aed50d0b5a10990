//! A value of an output.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::time::utc_second;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
    /// A time. Programs get it in UTC, in whole seconds.
    Time(Timestamp),
    Flag(bool),
    /// Nothing: it does not apply, or AWS does not tell it.
    Null,
    /// Not known, and why: never something that could pass for a value.
    Unknown(String),
    List(Vec<Self>),
    /// Named values in their order, for JSON.
    Record(Vec<(&'static str, Self)>),
}

impl Cell {
    pub(crate) fn list<T>(items: impl IntoIterator<Item = T>, each: impl FnMut(T) -> Self) -> Self {
        Self::List(items.into_iter().map(each).collect())
    }

    pub(super) fn shown(&self) -> String {
        match self {
            Self::Unknown(_) => "?".to_owned(),
            known => known.plain(),
        }
    }

    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Time(at) => utc_second(*at),
            Self::Flag(yes) => yes.to_string(),
            Self::Null => String::new(),
            Self::Unknown(_) => "unknown".to_owned(),
            Self::List(_) | Self::Record(_) => serde_json::to_string(self).unwrap_or_default(),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => to.serialize_i64(*number),
            Self::Time(at) => to.serialize_str(&utc_second(*at)),
            Self::Flag(yes) => to.serialize_bool(*yes),
            Self::Null => to.serialize_none(),
            Self::Unknown(cause) => to.collect_map([("status", "unknown"), ("cause", cause.as_str())]),
            Self::List(cells) => to.collect_seq(cells),
            Self::Record(fields) => to.collect_map(fields.iter().map(|(name, cell)| (name, cell))),
        }
    }
}

macro_rules! cells {
    ($($value:ident: $of:ty => $cell:expr;)*) => {
        $(impl From<$of> for Cell {
            fn from($value: $of) -> Self {
                $cell
            }
        })*
    };
}

cells! {
    text: String => Self::Text(text);
    text: &str => Self::Text(text.to_owned());
    text: &String => Self::Text(text.clone());
    at: Timestamp => Self::Time(at);
    yes: bool => Self::Flag(yes);
    number: i64 => Self::Number(number);
    number: u64 => Self::Number(i64::try_from(number).unwrap_or(i64::MAX));
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
