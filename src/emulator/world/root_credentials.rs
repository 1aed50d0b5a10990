//! The credentials of the accounts' root users.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::blueprint::{KeyStatus, LastUsePlan, RootCredentialsPlan};
use super::earlier::earlier;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RootCredentials {
    pub(crate) password: Option<Password>,
    pub(crate) access_keys: Vec<AccessKey>,
    pub(crate) mfa_devices: Vec<MfaDevice>,
    pub(crate) signing_certificates: Vec<SigningCertificate>,
}

/// A password, or the permission to set one: IAM does not tell them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Password {
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) status: KeyStatus,
    pub(crate) created_at: Timestamp,
    pub(crate) last_use: Option<LastUse>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LastUse {
    pub(crate) at: Timestamp,
    /// Its `SigV4` name, for instance `s3`.
    pub(crate) service: String,
    pub(crate) region: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MfaDevice {
    pub(crate) serial_number: String,
    pub(crate) enabled_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SigningCertificate {
    pub(crate) id: String,
    pub(crate) status: KeyStatus,
    pub(crate) uploaded_at: Timestamp,
}

static NOTHING: RootCredentials = RootCredentials {
    password: None,
    access_keys: Vec::new(),
    mfa_devices: Vec::new(),
    signing_certificates: Vec::new(),
};

#[derive(Debug)]
pub(crate) struct AllRootCredentials(HashMap<String, RootCredentials>);

impl AllRootCredentials {
    /// `now` is when the world begins: the plans count back from it.
    pub(crate) fn new(plans: &[RootCredentialsPlan], now: Timestamp) -> Self {
        Self(plans.iter().map(|plan| (plan.account.clone(), RootCredentials::new(plan, now))).collect())
    }

    pub(crate) fn of(&self, account: &str) -> &RootCredentials {
        self.0.get(account).unwrap_or(&NOTHING)
    }

    pub(crate) fn of_mut(&mut self, account: &str) -> &mut RootCredentials {
        self.0.entry(account.to_owned()).or_default()
    }
}

impl RootCredentials {
    fn new(plan: &RootCredentialsPlan, now: Timestamp) -> Self {
        let ago = |days: u64| earlier(now, Duration::from_secs(days.saturating_mul(24 * 60 * 60)));
        let last_use = |plan: &LastUsePlan| LastUse {
            at: ago(plan.days_ago),
            service: plan.service.clone(),
            region: plan.region.clone(),
        };
        Self {
            password: plan.password.as_ref().map(|plan| Password {
                created_at: ago(plan.created_days_ago),
                last_used_at: plan.last_used_days_ago.map(ago),
            }),
            access_keys: plan
                .access_keys
                .iter()
                .map(|plan| AccessKey {
                    id: plan.id.clone(),
                    status: plan.status,
                    created_at: ago(plan.created_days_ago),
                    last_use: plan.last_used.as_ref().map(last_use),
                })
                .collect(),
            mfa_devices: plan
                .mfa_devices
                .iter()
                .map(|plan| MfaDevice {
                    serial_number: plan.serial_number.clone(),
                    enabled_at: ago(plan.enabled_days_ago),
                })
                .collect(),
            signing_certificates: plan
                .signing_certificates
                .iter()
                .map(|plan| SigningCertificate {
                    id: plan.id.clone(),
                    status: plan.status,
                    uploaded_at: ago(plan.uploaded_days_ago),
                })
                .collect(),
        }
    }
}
