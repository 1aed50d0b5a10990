//! Whom one can become.

use std::fmt;

use crate::domain::policy::ManagedPolicy;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identity {
    /// An administrator of the management account: a session of its role `OrgAdmin`, which needs an MFA code.
    Management,
    /// An administrator of the security account, which is a delegated administrator from the start, but of neither
    /// Account Management nor IAM.
    DelegatedAdministrator,
    /// An administrator of an ordinary member account.
    Member,
    /// A role of the management account that has this policy and no other.
    Managed(ManagedPolicy),
    /// The user `ops/alice` of the management account, who may read all root emails, change them within the company's
    /// own domain, and audit root credentials. What she lists she may list as one of the group `ops/Operators`. With an
    /// MFA code she can assume the role `OrgAdmin`.
    User,
    /// An administrator of the management account who came through IAM Identity Center.
    SingleSignOn,
    /// The root user of the management account: everything but `AssumeRoot` and `AssumeRole`.
    RootUser,
    /// An administrator of a member account that can be registered as the delegated administrator for Account
    /// Management. It is one from the start with [`Options::delegates`](crate::emulator::Options::delegates) only.
    AccountDelegate,
    /// Likewise for IAM.
    IamDelegate,
    /// An administrator of an account that is in no organization.
    WithoutOrganization,
    /// An administrator of the management account of an organization with consolidated billing only.
    ConsolidatedBilling,
    /// An administrator of the management account whose permissions boundary lacks `sts:AssumeRoot`.
    Bounded,
    /// An administrator of a member account which a service control policy denies `account:*`.
    Controlled,
    /// A role of the management account whose policy names a resource for actions that know none, so it grants nothing
    /// of the root features.
    WrongResource,
}

pub(crate) const SECRET: &str = "demo/not/a/secret/demo/not/a/secret/demo";

/// An access key of the emulator. Not a secret: it is the same for everybody.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey {
    pub id: String,
    /// The secret access key. Any other will do, unless signatures are verified
    /// ([`VerifySignatures::All`](crate::emulator::VerifySignatures::All)).
    pub secret: String,
}

/// Redacts the secret all the same, so that nobody gets used to seeing one in a log.
impl fmt::Debug for AccessKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccessKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Identity {
    pub const ALL: [Self; 20] = [
        Self::Management,
        Self::DelegatedAdministrator,
        Self::Member,
        Self::Managed(ManagedPolicy::OrganizationsReadOnly),
        Self::Managed(ManagedPolicy::OrganizationsFull),
        Self::Managed(ManagedPolicy::AccountManagementReadOnly),
        Self::Managed(ManagedPolicy::AccountManagementFull),
        Self::Managed(ManagedPolicy::AccountActivity),
        Self::Managed(ManagedPolicy::PowerUser),
        Self::Managed(ManagedPolicy::Administrator),
        Self::User,
        Self::SingleSignOn,
        Self::RootUser,
        Self::AccountDelegate,
        Self::IamDelegate,
        Self::WithoutOrganization,
        Self::ConsolidatedBilling,
        Self::Bounded,
        Self::Controlled,
        Self::WrongResource,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        self.facts().1
    }

    pub fn description(self) -> &'static str {
        self.facts().2
    }

    /// See [`Emulator::access_key`](crate::emulator::Emulator::access_key).
    pub fn access_key(self) -> AccessKey {
        AccessKey { id: self.access_key_id().to_owned(), secret: SECRET.to_owned() }
    }

    pub(crate) fn access_key_id(self) -> &'static str {
        self.facts().0
    }

    /// Access key id, name, description.
    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Management => ("AKIADEMOMANAGEMENT00", "management", "administrator of the management account"),
            Self::DelegatedAdministrator => {
                ("AKIADEMODELEGATE0000", "delegated-admin", "administrator of another service's delegate")
            }
            Self::Member => ("AKIADEMOMEMBER000000", "member", "administrator of a member account"),
            Self::Managed(policy) => {
                let key = match policy {
                    ManagedPolicy::OrganizationsReadOnly => "AKIADEMOORGREADONLY0",
                    ManagedPolicy::OrganizationsFull => "AKIADEMOORGFULL00000",
                    ManagedPolicy::AccountManagementReadOnly => "AKIADEMOACCTREADONLY",
                    ManagedPolicy::AccountManagementFull => "AKIADEMOACCTFULL0000",
                    ManagedPolicy::AccountActivity => "AKIADEMOACTIVITY0000",
                    ManagedPolicy::PowerUser => "AKIADEMOPOWERUSER000",
                    ManagedPolicy::Administrator => "AKIADEMOADMINISTR000",
                };
                (key, policy.as_str(), "role of the management account with this policy alone")
            }
            Self::User => ("AKIADEMOALICE0000000", "user", "IAM user with a narrow policy"),
            Self::SingleSignOn => ("AKIADEMOSSO000000000", "sso", "administrator by IAM Identity Center"),
            Self::RootUser => ("AKIADEMOROOTUSER0000", "root-user", "root user of the management account"),
            Self::AccountDelegate => (
                "AKIADEMOFORACCOUNT00",
                "account-delegate",
                "administrator of a member to register for Account Management",
            ),
            Self::IamDelegate => {
                ("AKIADEMOFORIAM000000", "iam-delegate", "administrator of a member to register for IAM")
            }
            Self::WithoutOrganization => {
                ("AKIADEMONOORG0000000", "no-organization", "administrator of an account on its own")
            }
            Self::ConsolidatedBilling => {
                ("AKIADEMOBILLING00000", "consolidated-billing", "administrator of an organization for billing")
            }
            Self::Bounded => ("AKIADEMOBOUNDARY0000", "boundary", "administrator within a boundary, no AssumeRoot"),
            Self::Controlled => ("AKIADEMOSCP000000000", "scp", "administrator of a member, an SCP denies account:*"),
            Self::WrongResource => {
                ("AKIADEMORESOURCE0000", "wrong-resource", "role whose policy grants no root feature")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_and_keys_are_of_the_right_form_and_nobody_elses() {
        let keys: HashSet<_> = Identity::ALL.iter().map(|who| who.access_key_id()).collect();
        let names: HashSet<_> = Identity::ALL.iter().map(|who| who.name().to_lowercase()).collect();
        assert_eq!((keys.len(), names.len()), (Identity::ALL.len(), Identity::ALL.len()));
        for key in keys {
            assert!(key.len() == 20 && key.starts_with("AKIADEMO"), "{key}");
        }
        let managed = Identity::ALL.iter().filter(|who| matches!(who, Identity::Managed(_)));
        assert_eq!(managed.count(), ManagedPolicy::ALL.len());
    }
}
