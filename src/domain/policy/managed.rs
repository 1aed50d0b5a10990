//! The AWS managed policies that people have for this work.

use std::fmt;

use super::document::{Policy, PolicyError};

/// A policy that AWS publishes and keeps up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ManagedPolicy {
    /// `AWSOrganizationsReadOnlyAccess`
    OrganizationsReadOnly,
    /// `AWSOrganizationsFullAccess`
    OrganizationsFull,
    /// `AWSAccountManagementReadOnlyAccess`
    AccountManagementReadOnly,
    /// `AWSAccountManagementFullAccess`
    AccountManagementFull,
    /// `AWSAccountActivityAccess`
    AccountActivity,
    /// `PowerUserAccess`
    PowerUser,
    /// `AdministratorAccess`
    Administrator,
}

/// The day on which AWS was asked for them.
pub const AS_OF: &str = "2026-11-22";

impl ManagedPolicy {
    /// All, in the order they are shown.
    pub const ALL: [Self; 7] = [
        Self::OrganizationsReadOnly,
        Self::OrganizationsFull,
        Self::AccountManagementReadOnly,
        Self::AccountManagementFull,
        Self::AccountActivity,
        Self::PowerUser,
        Self::Administrator,
    ];

    /// AWS's name of the policy.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OrganizationsReadOnly => "AWSOrganizationsReadOnlyAccess",
            Self::OrganizationsFull => "AWSOrganizationsFullAccess",
            Self::AccountManagementReadOnly => "AWSAccountManagementReadOnlyAccess",
            Self::AccountManagementFull => "AWSAccountManagementFullAccess",
            Self::AccountActivity => "AWSAccountActivityAccess",
            Self::PowerUser => "PowerUserAccess",
            Self::Administrator => "AdministratorAccess",
        }
    }

    /// From AWS's name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str().eq_ignore_ascii_case(name))
    }

    /// The version that is judged here. AWS may have published a newer one since [`AS_OF`].
    #[must_use]
    pub fn version(self) -> &'static str {
        match self {
            Self::OrganizationsReadOnly => "v6",
            Self::OrganizationsFull => "v9",
            Self::AccountManagementReadOnly | Self::AccountManagementFull | Self::Administrator => "v1",
            Self::AccountActivity => "v3",
            Self::PowerUser => "v12",
        }
    }

    /// The day of that version, where it is known.
    #[must_use]
    pub fn dated(self) -> Option<&'static str> {
        match self {
            Self::OrganizationsFull | Self::PowerUser => Some("2026-02-12"),
            Self::AccountActivity => Some("2026-02-20"),
            Self::OrganizationsReadOnly
            | Self::AccountManagementReadOnly
            | Self::AccountManagementFull
            | Self::Administrator => None,
        }
    }

    /// The document, as AWS publishes it.
    #[must_use]
    pub fn document(self) -> &'static str {
        macro_rules! published {
            ($name:literal) => {
                include_str!(concat!("../../../assets/policies/managed/", $name, ".json"))
            };
        }
        match self {
            Self::OrganizationsReadOnly => published!("AWSOrganizationsReadOnlyAccess"),
            Self::OrganizationsFull => published!("AWSOrganizationsFullAccess"),
            Self::AccountManagementReadOnly => published!("AWSAccountManagementReadOnlyAccess"),
            Self::AccountManagementFull => published!("AWSAccountManagementFullAccess"),
            Self::AccountActivity => published!("AWSAccountActivityAccess"),
            Self::PowerUser => published!("PowerUserAccess"),
            Self::Administrator => published!("AdministratorAccess"),
        }
    }

    /// Its document, read.
    ///
    /// # Errors
    /// None with the documents that are here, which a test reads.
    pub fn policy(self) -> Result<Policy, PolicyError> {
        Policy::parse(self.document())
    }
}

impl fmt::Display for ManagedPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
#[path = "managed_tests.rs"]
mod tests;
