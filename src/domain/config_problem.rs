//! What is wrong with rootdeck's configuration file, as data. `words::config` makes the sentences.

use super::client_error::FileProblem;

/// Something in the file, or about it, that could not be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConfigProblem {
    /// The line, from 1; `None` if it is about the file as a whole.
    pub(crate) line: Option<usize>,
    pub(crate) kind: ConfigProblemKind,
    /// Whether this run is read-only because of it.
    pub(crate) read_only: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ConfigProblemKind {
    File {
        path: String,
        problem: FileProblem,
    },
    NotUtf8,
    /// In the words of the parser.
    NotToml(String),
    /// The key, shortened, and a setting that may be meant.
    UnknownKey {
        key: String,
        meant: Option<&'static str>,
    },
    /// In the table of the colours.
    UnknownColour {
        key: String,
        meant: Option<&'static str>,
    },
    /// A setting in the table of the colours, where it means nothing.
    AmongColours {
        key: String,
    },
    /// A line below `[keys]`: its name, shortened, whether that is a setting, and a command that may be meant.
    UnknownCommand {
        name: String,
        is_setting: bool,
        meant: Option<String>,
    },
    /// The keys of a command are set in an earlier line.
    SetTwice {
        command: String,
        line: usize,
    },
    /// A limit for a service that has none, the services that have, and the one that may be meant.
    UnknownService {
        service: String,
        services: Vec<&'static str>,
        meant: Option<&'static str>,
    },
    Value {
        key: String,
        expected: Expected,
        found: FoundValue,
    },
}

/// What a setting can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Boolean,
    Accounts,
    Domains,
    Profiles,
    /// The names of the themes, and the one that may be meant.
    Theme {
        names: Vec<&'static str>,
        meant: Option<&'static str>,
    },
    Ascii,
    Colours,
    /// With the name that may be meant.
    Colour {
        meant: Option<&'static str>,
    },
    /// The names of the views, and the one that may be meant.
    View {
        names: Vec<&'static str>,
        meant: Option<&'static str>,
    },
    /// The names of the optional columns.
    Columns(Vec<&'static str>),
    /// A table of limits.
    Limits,
    UpToRequests(u32),
    /// A table of keys.
    KeyTable,
    Keys,
    UpToAccounts(u32),
    UpToDays(u32),
}

/// A value of the file; texts are shortened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FoundValue {
    Text(String),
    Boolean(bool),
    Integer(String),
    Float,
    DateTime,
    List,
    Table,
}
