//! An organization as it is written down: the form of `assets/demo-organization.json`, and what
//! the generator makes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::emulator::options::StartError;

const DEMO: &str = include_str!("../../../assets/demo-organization.json");

/// An organization before it comes to life.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Blueprint {
    pub(crate) id: String,
    pub(crate) management_account: String,
    pub(crate) root: RootPlan,
    pub(crate) accounts: Vec<AccountPlan>,
    pub(crate) trusted_access: Vec<TrustedAccessPlan>,
    pub(crate) delegated_administrators: Vec<DelegationPlan>,
    pub(crate) pending_email_changes: Vec<PendingPlan>,
    pub(crate) identities: Identities,
    pub(crate) root_credentials: Vec<RootCredentialsPlan>,
    pub(crate) service_control_policies: Vec<ControlPolicyPlan>,
}

/// The root of the tree of organizational units.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RootPlan {
    pub(crate) id: String,
    pub(crate) units: Vec<UnitPlan>,
}

/// An organizational unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitPlan {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) units: Vec<UnitPlan>,
}

/// An account. The order of the accounts is the order in which they are listed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountPlan {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    /// The names of the units from the root down, joined with `/`; empty for the root itself.
    pub(crate) unit: String,
    pub(crate) state: State,
    pub(crate) joined: JoinedMethod,
    pub(crate) joined_at: Timestamp,
}

/// `State` of an account (service model of Organizations).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum State {
    PendingActivation,
    Active,
    Suspended,
    PendingClosure,
    Closed,
}

/// `JoinedMethod` of an account (service model of Organizations).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum JoinedMethod {
    Invited,
    Created,
}

/// Trusted access that is on from the start.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrustedAccessPlan {
    pub(crate) service_principal: String,
    pub(crate) enabled_at: Timestamp,
}

/// A delegated administrator from the start.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegationPlan {
    pub(crate) account: String,
    pub(crate) service_principal: String,
    pub(crate) enabled_at: Timestamp,
}

/// An email change started before the session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PendingPlan {
    pub(crate) account: String,
    pub(crate) email: String,
    pub(crate) started_hours_ago: u64,
}

/// Which accounts the identities other than the management account's belong to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Identities {
    pub(crate) delegated_administrator: Option<String>,
    pub(crate) member: Option<String>,
}

/// What the root user of an account has from the start. Days are counted back from when the
/// emulator starts. An account without an entry has nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RootCredentialsPlan {
    pub(crate) account: String,
    #[serde(default)]
    pub(crate) password: Option<PasswordPlan>,
    #[serde(default)]
    pub(crate) access_keys: Vec<AccessKeyPlan>,
    #[serde(default)]
    pub(crate) mfa_devices: Vec<MfaDevicePlan>,
    #[serde(default)]
    pub(crate) signing_certificates: Vec<SigningCertificatePlan>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordPlan {
    pub(crate) created_days_ago: u64,
    #[serde(default)]
    pub(crate) last_used_days_ago: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessKeyPlan {
    pub(crate) id: String,
    pub(crate) status: KeyStatus,
    pub(crate) created_days_ago: u64,
    #[serde(default)]
    pub(crate) last_used: Option<LastUsePlan>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LastUsePlan {
    pub(crate) days_ago: u64,
    /// Its SigV4 name, for instance `s3`.
    pub(crate) service: String,
    pub(crate) region: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MfaDevicePlan {
    pub(crate) serial_number: String,
    pub(crate) enabled_days_ago: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SigningCertificatePlan {
    pub(crate) id: String,
    pub(crate) status: KeyStatus,
    pub(crate) uploaded_days_ago: u64,
}

/// `Status` of an access key or a signing certificate (service model of IAM; `Expired` is left
/// out).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum KeyStatus {
    Active,
    Inactive,
}

/// A service control policy and the organizational units it is attached to, as in
/// [`AccountPlan::unit`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ControlPolicyPlan {
    pub(crate) name: String,
    pub(crate) units: Vec<String>,
    pub(crate) document: serde_json::Value,
}

impl KeyStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
        }
    }
}

impl Blueprint {
    pub(crate) fn demo() -> Result<Self, StartError> {
        Ok(serde_json::from_str(DEMO)?)
    }
}
