//! What a person types behind `/`: words that must all match, and terms for one property. Each view has
//! its own.
//!
//! A word matches anywhere in a text, whatever its case, width and accents. `-word` or `!word` excludes,
//! `a|b` is either, `"two words"` a phrase, `state:active,suspended` asks for one property.

mod account_property;
mod accounts;
mod grammar;
mod holders;
mod journal;
mod query;
mod typed;

pub(crate) use accounts::{AccountFacts, AccountText, Beside};
pub(crate) use grammar::{FilterProblem, Property};
pub(crate) use holders::HolderProperty;
pub(crate) use journal::{EntryCandidate, EntryProperty};
pub(crate) use query::{Filter, FilterHint, Highlighter};
pub(crate) use typed::TypedFilter;
