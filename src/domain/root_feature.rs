//! The two features of centralized root access.

use super::word_enum::word_enum;

word_enum! {
    /// A feature of IAM, given once trusted access for `iam.amazonaws.com` is on. Neither implies the other.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
    pub enum RootFeature {
        /// Gate of the three IAM tasks: audit and delete root credentials, allow password recovery.
        RootCredentialsManagement = "RootCredentialsManagement",
        /// Gate of the two unlocking tasks: bucket policies and queue policies.
        RootSessions = "RootSessions",
    }
}

/// What `ListOrganizationsFeatures` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootFeatures {
    /// These features are on, the others off.
    Enabled(Vec<RootFeature>),
    /// Trusted access for `iam.amazonaws.com` is off. The features do nothing, and AWS does not tell their settings.
    NeedTrustedAccess,
}

impl RootFeatures {
    /// Whether root credentials of members can be managed from here. Without trusted access they can't.
    pub(crate) fn manage_credentials(&self) -> bool {
        self.is_on(RootFeature::RootCredentialsManagement) == Some(true)
    }

    /// On or off; `None` while trusted access is off and AWS does not say.
    pub fn is_on(&self, feature: RootFeature) -> Option<bool> {
        match self {
            Self::Enabled(features) => Some(features.contains(&feature)),
            Self::NeedTrustedAccess => None,
        }
    }
}
