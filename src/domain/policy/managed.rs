//! The AWS managed policies that people have for this work.

use crate::domain::word_enum::word_enum;

word_enum! {
    /// A policy that AWS publishes and keeps up to date.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ManagedPolicy {
        /// `AWSOrganizationsReadOnlyAccess`
        OrganizationsReadOnly = "AWSOrganizationsReadOnlyAccess",
        /// `AWSOrganizationsFullAccess`
        OrganizationsFull = "AWSOrganizationsFullAccess",
        /// `AWSAccountManagementReadOnlyAccess`
        AccountManagementReadOnly = "AWSAccountManagementReadOnlyAccess",
        /// `AWSAccountManagementFullAccess`
        AccountManagementFull = "AWSAccountManagementFullAccess",
        /// `AWSAccountActivityAccess`
        AccountActivity = "AWSAccountActivityAccess",
        /// `PowerUserAccess`
        PowerUser = "PowerUserAccess",
        /// `AdministratorAccess`
        Administrator = "AdministratorAccess",
    }
}

/// The day on which AWS was asked for them.
pub const AS_OF: &str = "2026-11-22";

impl ManagedPolicy {
    /// From AWS's name, in any case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str().eq_ignore_ascii_case(name))
    }

    /// The version that is judged here. AWS may have published a newer one since [`AS_OF`].
    pub(crate) fn version(self) -> &'static str {
        match self {
            Self::OrganizationsReadOnly => "v6",
            Self::OrganizationsFull => "v9",
            Self::AccountManagementReadOnly | Self::AccountManagementFull | Self::Administrator => "v1",
            Self::AccountActivity => "v3",
            Self::PowerUser => "v12",
        }
    }

    pub(crate) fn dated(self) -> Option<&'static str> {
        match self {
            Self::OrganizationsFull | Self::PowerUser => Some("2026-02-12"),
            Self::AccountActivity => Some("2026-02-20"),
            Self::OrganizationsReadOnly
            | Self::AccountManagementReadOnly
            | Self::AccountManagementFull
            | Self::Administrator => None,
        }
    }

    pub(crate) fn document(self) -> &'static str {
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
}

#[cfg(test)]
#[path = "managed_tests.rs"]
mod tests;
