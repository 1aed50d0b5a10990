//! The AWS managed policies that decide what people can do here.

use super::document::{Policy, PolicyError};

/// A policy that AWS manages and people attach, as AWS publishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl ManagedPolicy {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::OrganizationsReadOnly,
        Self::OrganizationsFull,
        Self::AccountManagementReadOnly,
        Self::AccountManagementFull,
        Self::AccountActivity,
        Self::PowerUser,
        Self::Administrator,
    ];

    /// The policy of this name, in whatever case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name().eq_ignore_ascii_case(name))
    }

    /// Its name, as AWS writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
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

    /// Its document, as JSON.
    #[must_use]
    pub fn document(self) -> &'static str {
        match self {
            Self::OrganizationsReadOnly => {
                include_str!("../../../assets/policies/managed/AWSOrganizationsReadOnlyAccess.json")
            }
            Self::OrganizationsFull => include_str!("../../../assets/policies/managed/AWSOrganizationsFullAccess.json"),
            Self::AccountManagementReadOnly => {
                include_str!("../../../assets/policies/managed/AWSAccountManagementReadOnlyAccess.json")
            }
            Self::AccountManagementFull => {
                include_str!("../../../assets/policies/managed/AWSAccountManagementFullAccess.json")
            }
            Self::AccountActivity => include_str!("../../../assets/policies/managed/AWSAccountActivityAccess.json"),
            Self::PowerUser => include_str!("../../../assets/policies/managed/PowerUserAccess.json"),
            Self::Administrator => include_str!("../../../assets/policies/managed/AdministratorAccess.json"),
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
