//! The two features of centralized root access.

use std::fmt;

/// A feature that IAM gives an organization once trusted access for `iam.amazonaws.com` is on.
/// Neither implies the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum RootFeature {
    /// Gate of the three IAM tasks: audit and delete root credentials, allow password recovery.
    RootCredentialsManagement,
    /// Gate of the two unlocking tasks: bucket policies and queue policies.
    RootSessions,
}

impl RootFeature {
    /// Both, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::RootCredentialsManagement, Self::RootSessions];

    /// AWS's name of the feature.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RootCredentialsManagement => "RootCredentialsManagement",
            Self::RootSessions => "RootSessions",
        }
    }

    /// From AWS's name; `None` for one this program does not know.
    #[must_use]
    pub fn from_wire(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.as_str() == word)
    }
}

impl fmt::Display for RootFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What `ListOrganizationsFeatures` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootFeatures {
    /// These features are on, the others off.
    Enabled(Vec<RootFeature>),
    /// Trusted access for `iam.amazonaws.com` is off: the features do nothing. AWS remembers their
    /// settings and does not tell them meanwhile.
    NeedTrustedAccess,
}

impl RootFeatures {
    /// On or off; `None` while trusted access is off and AWS does not say.
    #[must_use]
    pub fn is_on(&self, feature: RootFeature) -> Option<bool> {
        match self {
            Self::Enabled(features) => Some(features.contains(&feature)),
            Self::NeedTrustedAccess => None,
        }
    }
}
