//! An organization as `assets/demo-organization.json` or the generator has it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::contact::ContactsPlan;
use crate::emulator::options::StartError;

const DEMO: &str = include_str!("../../../assets/demo-organization.json");
const CONSOLIDATED_BILLING: &str = include_str!("../../../assets/demo-consolidated-billing.json");
const WITHOUT_ORGANIZATION: &str = include_str!("../../../assets/demo-without-organization.json");

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Blueprint {
    pub(crate) id: String,
    pub(crate) feature_set: FeatureSet,
    pub(crate) management_account: String,
    pub(crate) root: RootPlan,
    pub(crate) accounts: Vec<Account>,
    pub(crate) trusted_access: Vec<TrustedAccessPlan>,
    pub(crate) delegated_administrators: Vec<DelegationPlan>,
    pub(crate) pending_email_changes: Vec<PendingPlan>,
    pub(crate) identities: Identities,
    pub(crate) buckets: Vec<Bucket>,
    pub(crate) queues: Vec<Queue>,
    pub(crate) root_credentials: Vec<RootCredentialsPlan>,
    pub(crate) service_control_policies: Vec<ControlPolicyPlan>,
    pub(crate) contacts: Vec<ContactsPlan>,
}

/// `FeatureSet` of an organization (service model of Organizations), and that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum FeatureSet {
    #[default]
    All,
    ConsolidatedBilling,
    /// The account is in no organization, and alone in its world.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RootPlan {
    pub(crate) id: String,
    pub(crate) units: Vec<UnitPlan>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitPlan {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) units: Vec<UnitPlan>,
}

/// Listed in the order of the blueprint.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    pub id: String,
    pub name: String,
    pub email: String,
    /// The names of the units from the root down, joined with `/`; empty for the root itself.
    pub(crate) unit: String,
    pub state: State,
    pub joined: JoinedMethod,
    pub(crate) joined_at: Timestamp,
    /// Index of its root or organizational unit, once there is an organization.
    #[serde(skip)]
    pub(super) container: usize,
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

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrustedAccessPlan {
    pub(crate) service_principal: String,
    pub(crate) enabled_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegationPlan {
    pub(crate) account: String,
    pub(crate) service_principal: String,
    pub(crate) enabled_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PendingPlan {
    pub(crate) account: String,
    pub(crate) email: String,
    pub(crate) started_hours_ago: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bucket {
    pub(crate) account: String,
    pub name: String,
    pub region: String,
    pub(crate) created_at: Timestamp,
    /// Byte for byte as it was put.
    pub(crate) policy: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Queue {
    pub(crate) account: String,
    pub(crate) name: String,
    pub region: String,
    pub(crate) created_at: Timestamp,
    #[serde(skip)]
    pub(crate) modified_at: Timestamp,
    /// What is seen until the time of `coming`.
    pub(crate) policy: Option<String>,
    #[serde(skip)]
    pub(crate) coming: Option<(Timestamp, Option<String>)>,
}

/// Which accounts the identities other than the management account's belong to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Identities {
    pub(crate) delegated_administrator: Option<String>,
    pub(crate) member: Option<String>,
    /// Becomes the delegated administrator for Account Management when its key is first used.
    pub(crate) account_delegate: Option<String>,
    /// Becomes the delegated administrator for IAM when its key is first used.
    pub(crate) iam_delegate: Option<String>,
    /// A service control policy of its own keeps it from Account Management.
    pub(crate) controlled: Option<String>,
}

/// Days are counted back from when the world begins. An account without an entry has nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RootCredentialsPlan {
    pub(crate) account: String,
    pub(crate) password: Option<PasswordPlan>,
    pub(crate) access_keys: Vec<AccessKey>,
    pub(crate) mfa_devices: Vec<RootMfaDevice>,
    pub(crate) signing_certificates: Vec<SigningCertificate>,
    /// Where there is no password any more.
    pub(crate) last_sign_in_days_ago: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordPlan {
    pub(crate) created_days_ago: u64,
    pub(crate) last_used_days_ago: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessKey {
    pub id: String,
    pub status: KeyStatus,
    pub(crate) created_days_ago: u64,
    pub last_used: Option<LastUse>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LastUse {
    pub(crate) days_ago: u64,
    /// Its `SigV4` name, for instance `s3`.
    pub(crate) service: String,
    pub(crate) region: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RootMfaDevice {
    pub(crate) serial_number: String,
    pub(crate) enabled_days_ago: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SigningCertificate {
    pub(crate) id: String,
    pub status: KeyStatus,
    pub(crate) uploaded_days_ago: u64,
}

/// `Status` of an access key or a signing certificate (service model of IAM, without `Expired`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum KeyStatus {
    Active,
    Inactive,
}

/// Attached to organizational units, as in [`Account::unit`], and to accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ControlPolicyPlan {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default, rename = "type")]
    pub(crate) kind: PolicyType,
    #[serde(default)]
    pub(crate) units: Vec<String>,
    #[serde(default)]
    pub(crate) accounts: Vec<String>,
    pub(crate) document: serde_json::Value,
}

/// `PolicyType` of a policy that restricts (service model of Organizations, which has further types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PolicyType {
    #[default]
    ServiceControlPolicy,
    ResourceControlPolicy,
}

impl PolicyType {
    pub(crate) const ALL: [Self; 2] = [Self::ServiceControlPolicy, Self::ResourceControlPolicy];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ServiceControlPolicy => "SERVICE_CONTROL_POLICY",
            Self::ResourceControlPolicy => "RESOURCE_CONTROL_POLICY",
        }
    }
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

    pub(crate) fn outside() -> Result<[Self; 2], StartError> {
        Ok([serde_json::from_str(CONSOLIDATED_BILLING)?, serde_json::from_str(WITHOUT_ORGANIZATION)?])
    }
}
