//! The columns of view 1: which are shown, and which one the rows are sorted by.

use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    Id,
    #[default]
    Name,
    /// As in the listing.
    Email,
    Path,
    /// What the last audit found.
    Root,
    /// The email change.
    Change,
    Joined,
    /// How the account joined.
    Method,
    State,
}

impl Column {
    /// From left to right.
    pub(crate) const ALL: [Self; 9] = [
        Self::Id,
        Self::Name,
        Self::Email,
        Self::Path,
        Self::Root,
        Self::Change,
        Self::Joined,
        Self::Method,
        Self::State,
    ];

    /// Always shown.
    pub(crate) const BASE: [Self; 3] = [Self::Id, Self::Name, Self::Email];

    /// Those that a person can choose.
    pub(crate) const OPTIONAL: [Self; 6] =
        [Self::Path, Self::Root, Self::Change, Self::Joined, Self::Method, Self::State];

    /// Its name in the store, which never changes.
    pub(in crate::app) fn word(self) -> &'static str {
        match self {
            Self::Id => "account",
            Self::Name => "name",
            Self::Email => "email",
            Self::Path => "ou",
            Self::Root => "root",
            Self::Change => "change",
            Self::Joined => "joined",
            Self::Method => "method",
            Self::State => "state",
        }
    }

    pub(in crate::app) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }

    /// Whether its texts are known from elsewhere than the listing.
    pub(in crate::app) fn is_beside(self) -> bool {
        matches!(self, Self::Root | Self::Change)
    }
}

/// The optional columns that a person chose; `None` leaves it to the width of the screen.
pub(crate) type ChosenColumns = Option<BTreeSet<Column>>;
