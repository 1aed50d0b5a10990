//! When root last signed in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::api_error::ApiError;

/// The last sign-in of root with its password: `PasswordLastUsed` of `iam:GetUser` in a root session.
///
/// The date stays after the password was deleted, so it says nothing about whether there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LastSignIn {
    /// Not read.
    #[default]
    NotAsked,
    /// AWS has none on record; it keeps them since October 20, 2014 (IAM API reference, `User`).
    Never,
    /// The last one.
    At(Timestamp),
    /// It could not be read, and why.
    Unknown(ApiError),
}

impl LastSignIn {
    /// The time, if there was one.
    pub fn time(&self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(*at),
            Self::NotAsked | Self::Never | Self::Unknown(_) => None,
        }
    }

    /// Whether AWS answered.
    pub(crate) fn is_known(&self) -> bool {
        matches!(self, Self::Never | Self::At(_))
    }

    /// Why it is not known.
    pub(crate) fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Unknown(error) => Some(error),
            Self::NotAsked | Self::Never | Self::At(_) => None,
        }
    }
}
