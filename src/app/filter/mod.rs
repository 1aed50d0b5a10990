//! What a person types behind `/`: words that must all match, and terms for one property. Each view has
//! its own.
//!
//! A word matches anywhere in a text, whatever its case, width and accents. `-word` or `!word` excludes,
//! `a|b` is either, `"two words"` a phrase, `state:active,suspended` asks for one property.

mod account_property;
mod accounts;
mod grammar;
mod journal;
mod query;

pub use account_property::AccountProperty;
pub use accounts::{AccountFacts, AccountText, Beside};
pub use grammar::{FilterProblem, Property, Term, ValueKind, Word};
pub use journal::{EntryCandidate, EntryProperty};
pub use query::{Filter, FilterHint, Highlighter};
