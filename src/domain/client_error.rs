//! Errors that rootdeck itself reports, not AWS, as data. `words::client_error` makes the sentences.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::AccountId;
use super::policy::NotJson;
use super::store_error::DatabaseProblem;

/// What a `credential_process` that starts rootdeck prints. The rootdeck that started it knows the loop by it.
pub(crate) const ASKS_AGAIN: &str = "runs rootdeck, which needs the credentials of profile";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClientError {
    Answer(AnswerError),
    AwsConfig(AwsConfigError),
    CaBundle {
        path: String,
        /// The variable or setting that names the file.
        named_by: String,
        problem: CaBundleProblem,
    },
    File {
        path: String,
        problem: FileProblem,
    },
    PolicyFile(PolicyFileError),
    Store(StoreProblem),
    Start(StartProblem),
    Queue(QueueError),
    Editor(EditorProblem),
    /// The editor wrote something else than text.
    EditedNotUtf8,
    /// A task of this program panicked or was cancelled.
    Interrupted(Work),
    PolicyChanged,
    /// A second factor is kept while what it protects may still be there.
    FactorInUse,
    /// AWS accepted the change and does not show it; what the read afterwards showed.
    NotSeen(String),
    /// The answer to a start was lost; what AWS shows.
    AnswerLost(AfterLostAnswer),
    SessionEnded,
    NotConnected,
    NoShell,
    PlanGone,
    NeedsCode,
    NeedsRootSession,
    OnlyLoginProfileRead,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AfterLostAnswer {
    ThisChange,
    /// A change with this status, from before or of somebody else.
    AnotherChange(String),
    Status(String),
}

/// An answer of AWS that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AnswerError {
    /// AWS's name of the member.
    Lacks(String),
    Incomplete(String),
    ListsNone(String),
    NotAnAccountId(String),
    Endless(EndlessList),
    NoMessage {
        status: u16,
    },
    NotInTime {
        seconds: u64,
    },
    /// The id of a unit that is below itself.
    UnitCircle(String),
    UnknownFeatureSet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EndlessList {
    EmptyToken,
    RepeatedToken,
    NothingNew,
    TooManyPages,
}

/// What is wrong with AWS's configuration files or variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AwsConfigError {
    File {
        path: String,
        problem: FileProblem,
    },
    Line {
        path: String,
        line: usize,
        problem: LineProblem,
    },
    Missing(MissingSection),
    /// A key without its secret in the environment.
    HalfKeys,
    Profile {
        name: String,
        problem: ProfileProblem,
    },
    Loop {
        profile: String,
        too_deep: Option<usize>,
    },
    SeveralMfaRoles,
    RoleWithoutSource,
    UnencryptedMfa,
    /// The serial number of the device whose code is needed.
    NeedsMfaCode(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LineProblem {
    /// An indented line below a property without a value.
    NestedWithoutEquals,
    NoSection,
    NoEquals,
    NoKey,
    NoBracket,
}

/// A section that is named and can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MissingSection {
    /// `profile` or `sso-session`.
    pub(crate) kind: String,
    pub(crate) name: String,
    /// A section that may be meant; `None`: there is none like it.
    pub(crate) skipped: Option<SkippedSection>,
}

/// A section that is not a profile or session under its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SkippedSection {
    pub(crate) header: String,
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) problem: SectionProblem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SectionProblem {
    /// The word `profile` in the credentials file.
    ProfileWord,
    NoProfileWord,
    UnquotedBlanks,
    OpenQuote,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProfileProblem {
    Lacks {
        source: IncompleteSource,
        settings: Vec<String>,
        /// Those that its `sso-session` lacks, and its name.
        in_session: Option<(String, Vec<String>)>,
    },
    NoRoleSource,
    Source(MissingSection),
    SsoSession(MissingSection),
    NoCredentials,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IncompleteSource {
    WebIdentity,
    Keys,
    IdentityCenter,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaBundleProblem {
    File(FileProblem),
    Damaged(String),
    NotACertificate(String),
    Empty,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileProblem {
    NotFound,
    Exists,
    /// Something else than a result file of rootdeck.
    NotAResultFile,
    NotPermitted,
    DiskFull,
    NotRegular,
    Pipe,
    Shared,
    TooLarge {
        bytes: u64,
    },
    NotUtf8,
    NoMails,
    /// A plan that can't be read; the sentence says why.
    NoPlan(String),
    /// The system's words.
    System(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PolicyFileError {
    NoFolder,
    NotJson(NotJson),
    NoStatements,
    NoObject,
}

/// Why what the person's editor was given has not changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) struct EditorProblem {
    /// Its command.
    pub(crate) editor: String,
    /// Whether a variable names it.
    pub(crate) is_named: bool,
    /// `None` if a signal ended it.
    pub(crate) exit_code: Option<i32>,
    /// Whether it wrote something, which is kept for the next edit.
    pub(crate) has_draft: bool,
}

/// What is wrong with the store, or with what it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StoreProblem {
    /// SQLite's words, and what they mean where that is known.
    Database {
        meaning: Option<DatabaseProblem>,
        error: String,
    },
    /// Why there is no connection.
    Closed(String),
    NoEntry(i64),
    IntentionAsOutcome,
    NotBound,
    BindingFailed,
}

/// Why an email change is not started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StartProblem {
    /// AWS's status of an earlier start.
    EarlierMayExist(String),
    SentElsewhere,
    AlreadyAccepted,
    AlreadyPending(Timestamp),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QueueError {
    NoName(String),
    OtherAccount { owner: AccountId, account: AccountId },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Work {
    Write,
    Account,
    Journal,
    Records,
    CaBundle,
}

/// So that what is recorded is told from AWS's words, which may be JSON, too.
#[derive(Serialize, Deserialize)]
struct Record {
    client_error: ClientError,
}

impl ClientError {
    /// As data, for the message of an error: its sentence is made when it is shown.
    pub(crate) fn record(self) -> String {
        serde_json::to_string(&Record { client_error: self }).unwrap_or_default()
    }

    pub(crate) fn from_record(text: &str) -> Option<Self> {
        serde_json::from_str::<Record>(text).ok().map(|record| record.client_error)
    }

    pub(crate) fn file(path: &Path, problem: FileProblem) -> Self {
        Self::File { path: path.display().to_string(), problem }
    }
}

macro_rules! inside {
    ($($inner:ident in $variant:ident;)*) => {
        $(impl From<$inner> for ClientError {
            fn from(error: $inner) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

inside! {
    AnswerError in Answer;
    AwsConfigError in AwsConfig;
    PolicyFileError in PolicyFile;
    StoreProblem in Store;
    StartProblem in Start;
    QueueError in Queue;
    EditorProblem in Editor;
}

impl From<std::io::Error> for FileProblem {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::AlreadyExists => Self::Exists,
            ErrorKind::PermissionDenied => Self::NotPermitted,
            ErrorKind::StorageFull => Self::DiskFull,
            _ => Self::System(error.to_string()),
        }
    }
}
