//! What the journal records of a change: data, without secrets. Sentences are made from it when it is shown.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::account_change::AccountChange;
use super::change::{Change, Switch};
use super::contacts::{AlternateContact, AlternateKind};
use super::policy_holder::PolicyHolder;
use super::root_change::RootChange;
use super::root_credentials::RootCredential;
use super::root_feature::RootFeature;
use super::task_policy::TaskPolicy;
use super::trusted_access::ServicePrincipal;

/// What was done or attempted. The account, if it is about one, is beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecordedChange {
    /// Trusted access for a service is enabled.
    EnableTrustedAccess {
        /// The service.
        service: ServicePrincipal,
    },
    /// Trusted access for a service is disabled.
    DisableTrustedAccess {
        /// The service.
        service: ServicePrincipal,
    },
    /// A feature of centralized root access is enabled.
    EnableRootFeature {
        /// The feature.
        feature: RootFeature,
    },
    /// A feature of centralized root access is disabled.
    DisableRootFeature {
        /// The feature.
        feature: RootFeature,
    },
    /// The account becomes a delegated administrator.
    RegisterDelegatedAdministrator {
        /// For this service.
        service: ServicePrincipal,
    },
    /// The account is a delegated administrator no longer.
    DeregisterDelegatedAdministrator {
        /// For this service.
        service: ServicePrincipal,
    },
    /// An email change is started.
    StartPrimaryEmailChange {
        /// The address the account has; `None` where the attempt did not get as far as one.
        #[serde(skip_serializing_if = "Option::is_none")]
        old_email: Option<RecordedAddress>,
        /// The address it is to have; the same.
        #[serde(skip_serializing_if = "Option::is_none")]
        new_email: Option<RecordedAddress>,
        /// The number of the plan that it is part of.
        #[serde(skip_serializing_if = "Option::is_none")]
        plan: Option<i64>,
        /// Its line in the plan's file.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u64>,
    },
    /// A one-time password was to be sent again; only recorded if rootdeck refused it. Else it is a start.
    SendOneTimePasswordAgain,
    /// A one-time password is accepted, and with it the new address.
    AcceptPrimaryEmailChange {
        /// The new address; `None` where the attempt did not get as far as one.
        #[serde(skip_serializing_if = "Option::is_none")]
        new_email: Option<RecordedAddress>,
    },
    /// The changes that mails have one-time passwords for were to be accepted; only recorded if rootdeck refused it.
    AcceptPrimaryEmailChangesOfMails,
    /// The email changes of a plan were to be started; only recorded if rootdeck refused it.
    StartPlanOfPrimaryEmailChanges {
        /// In how many accounts, where that was known.
        #[serde(skip_serializing_if = "Option::is_none")]
        accounts: Option<u64>,
    },
    /// An alternate contact is set.
    PutAlternateContact {
        /// Which.
        contact: AlternateKind,
        /// The address it had; `None` where there was no contact, or it was not read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        old_email: Option<RecordedAddress>,
        /// The address it is to have.
        new_email: RecordedAddress,
    },
    /// An alternate contact is deleted.
    DeleteAlternateContact {
        /// Which.
        contact: AlternateKind,
        /// The address it had; `None` where it was not read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        old_email: Option<RecordedAddress>,
    },
    /// The primary contact is replaced.
    PutPrimaryContact,
    /// The account gets another name.
    RenameAccount {
        /// The name it had.
        old_name: String,
        /// The name it is to have.
        new_name: String,
    },
    /// A credential of root is deleted.
    DeleteRootCredential {
        /// Which.
        #[serde(flatten)]
        credential: RootCredential,
    },
    /// Whoever reads the root mailbox may set a password.
    AllowRootPasswordRecovery {
        /// When it should be closed again, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Nobody may any more.
    CloseRootPasswordRecovery,
    /// The policy of a bucket or queue is deleted.
    DeletePolicy {
        /// Whose.
        #[serde(flatten)]
        holder: RecordedHolder,
    },
    /// A policy of a bucket or queue is replaced.
    PutPolicy {
        /// Whose.
        #[serde(flatten)]
        holder: RecordedHolder,
        /// The length of the new policy.
        bytes: u64,
    },
    /// A root session is opened.
    OpenRootSession {
        /// For this task; `None` where the attempt did not get as far as one.
        #[serde(skip_serializing_if = "Option::is_none")]
        task: Option<TaskPolicy>,
        /// For so long.
        #[serde(skip_serializing_if = "Option::is_none")]
        seconds: Option<u16>,
        /// In so many accounts, where it is about several.
        #[serde(skip_serializing_if = "Option::is_none")]
        accounts: Option<u64>,
    },
    /// A sentence of an earlier version that this one does not know.
    Other {
        /// The sentence.
        text: String,
    },
}

impl RecordedChange {
    /// What is recorded of `change`.
    pub fn of(change: &Change) -> Self {
        match change {
            Change::Switch { which, on } => Self::of_switch(which.clone(), *on),
            Change::Delegation { account: _, service, register } => {
                let service = service.clone();
                if *register {
                    Self::RegisterDelegatedAdministrator { service }
                } else {
                    Self::DeregisterDelegatedAdministrator { service }
                }
            }
            Change::StartEmailChange { account: _, old, new } => Self::StartPrimaryEmailChange {
                old_email: Some(RecordedAddress::Known(old.clone())),
                new_email: Some(RecordedAddress::Known(new.to_string())),
                plan: None,
                line: None,
            },
            Change::AcceptEmailChange { account: _, new, otp: _ } => {
                Self::AcceptPrimaryEmailChange { new_email: Some(RecordedAddress::Known(new.to_string())) }
            }
            Change::Account { account: _, is_own: _, change } => Self::of_account(change),
            Change::Root { account: _, change } => Self::of_root(change),
        }
    }

    fn of_switch(which: Switch, on: bool) -> Self {
        match (which, on) {
            (Switch::TrustedAccess(service), true) => Self::EnableTrustedAccess { service },
            (Switch::TrustedAccess(service), false) => Self::DisableTrustedAccess { service },
            (Switch::RootFeature(feature), true) => Self::EnableRootFeature { feature },
            (Switch::RootFeature(feature), false) => Self::DisableRootFeature { feature },
        }
    }

    fn of_account(change: &AccountChange) -> Self {
        match change {
            AccountChange::PutContact(kind, contact, old) => Self::PutAlternateContact {
                contact: *kind,
                old_email: old.as_deref().map(address_of),
                new_email: address_of(contact),
            },
            AccountChange::DeleteContact(kind, old) => {
                Self::DeleteAlternateContact { contact: *kind, old_email: old.as_deref().map(address_of) }
            }
            AccountChange::PutPrimaryContact(_) => Self::PutPrimaryContact,
            AccountChange::Rename { old, new } => {
                Self::RenameAccount { old_name: old.clone(), new_name: new.as_str().to_owned() }
            }
        }
    }

    fn of_root(change: &RootChange) -> Self {
        match change {
            RootChange::DeleteCredential(credential) => Self::DeleteRootCredential { credential: credential.clone() },
            RootChange::AllowPasswordRecovery => Self::AllowRootPasswordRecovery { until: None },
            RootChange::ClosePasswordRecovery => Self::CloseRootPasswordRecovery,
            RootChange::DeletePolicy(holder) => Self::DeletePolicy { holder: RecordedHolder::of(holder) },
            RootChange::PutPolicy(holder, text) => {
                Self::PutPolicy { holder: RecordedHolder::of(holder), bytes: text.len() as u64 }
            }
        }
    }

    /// Whether it is about a change in AWS: a root session alone changes nothing.
    pub(crate) fn is_change(&self) -> bool {
        !matches!(self, Self::OpenRootSession { .. })
    }

    pub(crate) fn kind(&self) -> String {
        self.fields().get("kind").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    pub(crate) fn switch(&self) -> Option<(Switch, bool)> {
        Some(match self {
            Self::EnableTrustedAccess { service } => (Switch::TrustedAccess(service.clone()), true),
            Self::DisableTrustedAccess { service } => (Switch::TrustedAccess(service.clone()), false),
            Self::EnableRootFeature { feature } => (Switch::RootFeature(*feature), true),
            Self::DisableRootFeature { feature } => (Switch::RootFeature(*feature), false),
            _ => return None,
        })
    }

    /// An email change that was to be started, of which no address is known yet.
    pub fn start_of_email_change(line: Option<u64>) -> Self {
        Self::StartPrimaryEmailChange { old_email: None, new_email: None, plan: None, line }
    }

    /// The same change as part of a plan; only the start of an email change can be.
    #[must_use]
    pub(crate) fn in_plan(self, number: i64, its_line: u64) -> Self {
        match self {
            Self::StartPrimaryEmailChange { old_email, new_email, plan: _, line: _ } => {
                Self::StartPrimaryEmailChange { old_email, new_email, plan: Some(number), line: Some(its_line) }
            }
            other => other,
        }
    }

    /// The same recovery with its end; any other change as it is.
    #[must_use]
    pub(crate) fn ending(self, end: Option<Timestamp>) -> Self {
        match self {
            Self::AllowRootPasswordRecovery { until } => Self::AllowRootPasswordRecovery { until: end.or(until) },
            other => other,
        }
    }

    /// The words for all kinds.
    pub(crate) const KINDS: [&'static str; 22] = [
        "enable_trusted_access",
        "disable_trusted_access",
        "enable_root_feature",
        "disable_root_feature",
        "register_delegated_administrator",
        "deregister_delegated_administrator",
        "start_primary_email_change",
        "send_one_time_password_again",
        "accept_primary_email_change",
        "accept_primary_email_changes_of_mails",
        "start_plan_of_primary_email_changes",
        "put_alternate_contact",
        "delete_alternate_contact",
        "put_primary_contact",
        "rename_account",
        "delete_root_credential",
        "allow_root_password_recovery",
        "close_root_password_recovery",
        "delete_policy",
        "put_policy",
        "open_root_session",
        "other",
    ];

    /// The names of all [`fields`](Self::fields) but the text of [`Self::Other`].
    #[cfg(test)]
    pub(crate) const FIELDS: [&'static str; 20] = [
        "kind",
        "old_email",
        "new_email",
        "service",
        "feature",
        "contact",
        "old_name",
        "new_name",
        "credential",
        "credential_id",
        "policy_holder",
        "policy_holder_name",
        "region",
        "bytes",
        "task",
        "seconds",
        "plan",
        "line",
        "accounts",
        "until",
    ];

    /// It as fields, by name: `kind` and what applies to the kind.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            // Every variant is an object of strings and numbers.
            Ok(_) | Err(_) => Map::new(),
        }
    }

    /// Fails if the kind is unknown, or a field is missing that applies to it.
    pub(crate) fn from_fields(fields: &Map<String, Value>) -> Result<Self, serde_json::Error> {
        Self::deserialize(fields)
    }
}

fn address_of(contact: &AlternateContact) -> RecordedAddress {
    RecordedAddress::Known(contact.email.clone())
}

/// An address in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum RecordedAddress {
    /// The address.
    Known(String),
    /// A purge has forgotten it.
    Forgotten,
}

/// Stands for something with an address that a purge has forgotten. No address is like it: it has no `@`.
pub(crate) const FORGOTTEN: &str = "(address forgotten)";

impl RecordedAddress {
    pub(crate) fn known(&self) -> Option<&str> {
        match self {
            Self::Known(address) => Some(address),
            Self::Forgotten => None,
        }
    }
}

impl From<String> for RecordedAddress {
    fn from(text: String) -> Self {
        if text == FORGOTTEN { Self::Forgotten } else { Self::Known(text) }
    }
}

impl From<RecordedAddress> for String {
    fn from(address: RecordedAddress) -> Self {
        address.to_string()
    }
}

impl fmt::Display for RecordedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.known().unwrap_or(FORGOTTEN))
    }
}

/// A bucket or queue in the journal: with the account, this tells which it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedHolder {
    #[serde(rename = "policy_holder")]
    pub(crate) kind: HolderKind,
    #[serde(rename = "policy_holder_name")]
    pub(crate) name: String,
    pub(crate) region: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HolderKind {
    Bucket,
    Queue,
}

impl RecordedHolder {
    pub(crate) fn of(holder: &PolicyHolder) -> Self {
        let kind = match holder {
            PolicyHolder::Bucket { .. } => HolderKind::Bucket,
            PolicyHolder::Queue { .. } => HolderKind::Queue,
        };
        Self { kind, name: holder.name().to_owned(), region: holder.region().to_owned() }
    }
}

#[cfg(test)]
#[path = "recorded_change_tests.rs"]
pub(crate) mod tests;
