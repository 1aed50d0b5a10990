//! The credentials of the accounts' root users.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::blueprint::{AccessKey, PasswordPlan, RootCredentialsPlan, RootMfaDevice, SigningCertificate};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RootCredentials {
    pub(crate) password: Option<Password>,
    pub(crate) access_keys: Vec<AccessKey>,
    pub(crate) mfa_devices: Vec<RootMfaDevice>,
    pub(crate) signing_certificates: Vec<SigningCertificate>,
    /// Of its password; it stays after the password is gone (AWS documentation).
    pub(crate) last_sign_in: Option<Timestamp>,
}

/// A password, or the permission to set one: IAM does not tell them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Password {
    pub(crate) created_at: Timestamp,
}

static NOTHING: RootCredentials = RootCredentials {
    password: None,
    access_keys: Vec::new(),
    mfa_devices: Vec::new(),
    signing_certificates: Vec::new(),
    last_sign_in: None,
};

#[derive(Debug)]
pub(crate) struct AllRootCredentials {
    by_account: HashMap<String, RootCredentials>,
    began: Timestamp,
}

impl AllRootCredentials {
    pub(crate) fn new(plans: &[RootCredentialsPlan], began: Timestamp) -> Self {
        let all = plans.iter().map(|plan| (plan.account.clone(), RootCredentials::new(plan, began)));
        Self { by_account: all.collect(), began }
    }

    /// The ages of what was there from the start count back from it.
    pub(crate) fn began(&self) -> Timestamp {
        self.began
    }

    pub(crate) fn of(&self, account: &str) -> &RootCredentials {
        self.by_account.get(account).unwrap_or(&NOTHING)
    }

    pub(crate) fn of_mut(&mut self, account: &str) -> &mut RootCredentials {
        self.by_account.entry(account.to_owned()).or_default()
    }
}

impl RootCredentials {
    fn new(plan: &RootCredentialsPlan, began: Timestamp) -> Self {
        let password = |plan: &PasswordPlan| Password { created_at: days_before(began, plan.created_days_ago) };
        let last_sign_in = plan.password.as_ref().and_then(|password| password.last_used_days_ago);
        let last_sign_in = last_sign_in.or(plan.last_sign_in_days_ago).map(|days| days_before(began, days));
        let RootCredentialsPlan { access_keys, mfa_devices, signing_certificates, .. } = plan.clone();
        Self {
            password: plan.password.as_ref().map(password),
            access_keys,
            mfa_devices,
            signing_certificates,
            last_sign_in,
        }
    }
}

pub(super) fn earlier(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}

pub(crate) fn days_before(began: Timestamp, days: u64) -> Timestamp {
    earlier(began, Duration::from_secs(days.saturating_mul(24 * 60 * 60)))
}
