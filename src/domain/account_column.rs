//! The columns of the account list.

/// A column of the account list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountColumn {
    /// The account id.
    Id,
    /// The organization, where several are shown.
    Org,
    /// The account's name.
    #[default]
    Name,
    /// As in the listing.
    Email,
    /// The path of organizational units.
    Path,
    /// What the last audit found.
    Root,
    /// The email change.
    Change,
    /// When the account joined.
    Joined,
    /// How the account joined.
    Method,
    /// AWS's state of the account.
    State,
}

impl AccountColumn {
    /// From left to right.
    pub(crate) const ALL: [Self; 10] = [
        Self::Id,
        Self::Org,
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

    /// Its name in the store and the configuration, which never changes.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Id => "account",
            Self::Org => "org",
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

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }

    /// Whether its texts are known from elsewhere than the listing.
    pub(crate) fn is_beside(self) -> bool {
        matches!(self, Self::Root | Self::Change)
    }
}
