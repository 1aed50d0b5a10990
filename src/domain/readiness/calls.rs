//! What calls of this run showed about what the caller is permitted.

use std::collections::BTreeMap;

use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::permission::Permission;

/// What calls showed, permission by permission; at first nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls(BTreeMap<Permission, Shown>);

/// What calls showed about a permission; each since the newest one that worked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub(crate) worked: bool,
    /// The newest refusal that may be about what policies allow.
    pub denied: Option<ApiError>,
    /// Whether that refusal is older than the newest simulation, and may have been fixed since.
    pub denied_before: bool,
    /// The newest refusal that is about the organization, the account's role or a switch.
    pub(crate) gated: Option<ApiError>,
}

impl Calls {
    /// One that worked outdates the refusals before it; no answer and throttling show nothing.
    pub(crate) fn note(&mut self, permission: Permission, result: Result<(), &ApiError>) {
        match result {
            Ok(()) => {
                self.0.insert(permission, Shown { worked: true, ..Shown::default() });
            }
            Err(error) if is_denial(error.kind) => {
                let shown = self.0.entry(permission).or_default();
                (shown.denied, shown.denied_before) = (Some(error.clone()), false);
            }
            Err(error) if is_gate(error.kind) => {
                self.0.entry(permission).or_default().gated = Some(error.clone());
            }
            Err(_) => {}
        }
    }

    /// What calls showed about a permission, if there were any.
    pub fn get(&self, permission: &Permission) -> Option<&Shown> {
        self.0.get(permission)
    }

    /// Notes that policies are asked about again: they may be others than those that denied something.
    pub(crate) fn before_simulation(&mut self) {
        self.0.values_mut().for_each(|shown| shown.denied_before = shown.denied.is_some());
    }

    /// For after a switch or the organization role was changed.
    pub(crate) fn forget_gates(&mut self) {
        self.0.values_mut().for_each(|shown| shown.gated = None);
    }
}

#[cfg(test)]
impl Calls {
    /// These and `others`, which count where both speak.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }
}

fn is_denial(kind: ApiErrorKind) -> bool {
    matches!(kind, ApiErrorKind::AccessDenied | ApiErrorKind::DeniedByScp | ApiErrorKind::AssumeRootDenied)
}

/// Whether a refusal is about the organization, the account's role or a switch.
fn is_gate(kind: ApiErrorKind) -> bool {
    matches!(
        kind,
        ApiErrorKind::TrustedAccessOff
            | ApiErrorKind::RootFeatureOff(_)
            | ApiErrorKind::NotManagementOrDelegated
            | ApiErrorKind::NotManagement
            | ApiErrorKind::NotInOrganization
            | ApiErrorKind::NotAllFeatures
    )
}
