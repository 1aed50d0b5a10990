//! Whether a change may be made now, and if not, why not. Asked before a dialog opens, so that it can say why not, and
//! again by the engine right before the call.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::account::{Account, AccountId, AccountState};
use super::caller::{Caller, OrgRole};
use super::change::{Change, Danger, Switch};
use super::email::EmailAddress;
use super::endpoint::{CODES, ROOT_SESSIONS, is_unencrypted};
use super::organization::Organization;
use super::root_feature::{RootFeature, RootFeatures};
use super::task_policy::TaskPolicy;
use super::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess};

const GOVCLOUD: &str = "aws-us-gov";

/// What the person who runs the program has ruled out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// No write at all.
    pub read_only: bool,
    /// Accounts that must not be written to. They may be read.
    pub protected: BTreeSet<AccountId>,
    /// Changes are made even where the journal can't record them.
    pub no_journal: bool,
    /// The domains that primary emails may have, in lower case; empty: any.
    pub allowed_email_domains: BTreeSet<String>,
    /// Strong and severe changes need a reason or ticket.
    pub reason_required: bool,
}

impl Rules {
    pub(crate) fn allows_domain_of(&self, address: &EmailAddress) -> bool {
        self.allowed_email_domains.is_empty() || self.allowed_email_domains.contains(&address.domain())
    }

    /// Whether a change as dangerous as this may be made for the `reason` that was given.
    pub(crate) fn permit_reason(&self, danger: Danger, reason: Option<&str>) -> Result<(), Refusal> {
        if self.needs_reason(danger) && reason.is_none_or(|reason| reason.trim().is_empty()) {
            return Err(Refusal::NeedsReason);
        }
        Ok(())
    }

    pub(crate) fn needs_reason(&self, danger: Danger) -> bool {
        self.reason_required && danger > Danger::Mild
    }
}

/// What is known. `None` is "not known", which only refuses where acting without knowing would be wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) caller: Option<&'a Caller>,
    pub(crate) organization: Option<&'a Organization>,
    pub(crate) org_role: Option<&'a OrgRole>,
    pub(crate) account: Option<&'a Account>,
    pub(crate) trusted_access: Option<&'a TrustedAccess>,
    pub(crate) root_features: Option<&'a RootFeatures>,
    pub(crate) delegates: Option<&'a [DelegatedAdministrator]>,
    /// The endpoint as it is shown, where that is not AWS's own.
    pub(crate) endpoint: Option<&'a str>,
}

impl Facts<'_> {
    fn allow_writes(&self) -> Result<(), Refusal> {
        if self.rules.read_only { Err(Refusal::ReadOnly) } else { Ok(()) }
    }

    fn have_all_features(&self) -> Result<(), Refusal> {
        match self.organization {
            Some(organization) if organization.all_features == Some(false) => Err(Refusal::NotAllFeatures),
            _ => Ok(()),
        }
    }

    fn is_management_account(&self, id: AccountId) -> bool {
        self.organization.is_some_and(|organization| organization.management_account == id)
    }

    fn leave_unprotected(&self, id: AccountId) -> Result<(), Refusal> {
        if self.rules.protected.contains(&id) { Err(Refusal::Protected(id)) } else { Ok(()) }
    }

    /// Whether the caller is the management account, or delegated for `service`.
    fn empower_for(&self, service: ServicePrincipal) -> Result<(), Refusal> {
        match self.org_role {
            Some(role) if *role != OrgRole::Management && !role.is_delegated_for(&service) => {
                Err(Refusal::NeedsDelegation(service))
            }
            _ => Ok(()),
        }
    }

    fn trust(&self, service: ServicePrincipal) -> Result<(), Refusal> {
        match self.trusted_access {
            Some(trusted) if !trusted.is_on(&service) => Err(Refusal::NeedsTrustedAccess(service)),
            _ => Ok(()),
        }
    }

    fn delegate_of(&self, service: &ServicePrincipal) -> Option<AccountId> {
        let delegates = self.delegates?;
        delegates.iter().find(|delegate| delegate.administers(service)).map(|delegate| delegate.account)
    }
}

/// Why a change may not be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// This run writes nothing.
    ReadOnly,
    /// AWS has not yet said whose credentials these are.
    IdentityUnconfirmed,
    /// The configuration protects this account: it may only be read.
    Protected(AccountId),
    /// The configuration does not allow this domain.
    DomainNotAllowed(String),
    /// The primary email of the management account can only be changed by its root user.
    ManagementAccount,
    /// The contacts and the name of the management account can only be changed from that account.
    OnlyByItself,
    /// `GovCloud` has no primary emails of its own (AWS documentation).
    NoPrimaryEmails,
    /// `GovCloud` has no root credentials that could be managed (AWS documentation).
    NoRootCredentials,
    /// The account is not `ACTIVE`.
    NotActive(AccountState),
    /// Only the management account may do this; what the caller is.
    NeedsManagement,
    /// The caller is neither the management account nor delegated for this service.
    NeedsDelegation(ServicePrincipal),
    /// The organization does not have all features.
    NotAllFeatures,
    /// Trusted access for this service has to be on first.
    NeedsTrustedAccess(ServicePrincipal),
    /// The setting already is that way.
    AlreadySo(bool),
    /// This account is still a delegated administrator of the service.
    HasDelegate(ServicePrincipal, AccountId),
    /// The account is a delegated administrator of the service already, or (`false`) is none.
    AlreadyDelegate(bool),
    /// The management account can't be its own delegated administrator.
    ManagementAsDelegate,
    /// This program registers delegated administrators of two services, and this is none of them.
    DelegateElsewhere(ServicePrincipal),
    /// This program switches two services, and this is none of them. AWS recommends the service's own console.
    OwnConsole(ServicePrincipal),
    /// The management account is never the target of a root session.
    RootOfManagement,
    /// Root itself can't open root sessions.
    CallerIsRoot,
    /// The feature that is the task's gate has to be on first.
    NeedsRootFeature(RootFeature),
    /// The credentials of a root session would cross the network unencrypted.
    UnencryptedSession,
    /// The one-time password would cross the network unencrypted.
    UnencryptedCode,
    /// The configuration requires a reason or ticket, and none was given.
    NeedsReason,
}

impl Refusal {
    /// As data, for what is kept of it: its sentence is made when it is shown.
    pub fn record(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether it is about the account rather than about the organization or the caller.
    pub(crate) fn is_of_account(&self) -> bool {
        matches!(self, Self::RootOfManagement | Self::OnlyByItself | Self::NotActive(_) | Self::Protected(_))
    }

    pub(crate) fn gate(&self) -> Option<Switch> {
        match self {
            Self::NeedsTrustedAccess(service) => Some(Switch::TrustedAccess(service.clone())),
            Self::NeedsRootFeature(feature) => Some(Switch::RootFeature(*feature)),
            _ => None,
        }
    }
}

/// Whether `change` may be made; if not, the first reason against it, the most fundamental first.
pub(crate) fn permit(change: &Change, facts: &Facts<'_>) -> Result<(), Refusal> {
    facts.allow_writes()?;
    if facts.caller.is_none() {
        return Err(Refusal::IdentityUnconfirmed);
    }
    facts.have_all_features()?;
    match change {
        Change::Switch { which, on } => permit_switch(which, *on, facts),
        Change::Delegation { account, service, register } => permit_delegation(*account, service, *register, facts),
        Change::Root { account, change } => permit_task(change.task(), *account, facts),
        Change::Account { account, is_own, .. } => permit_account(*account, *is_own, facts),
        Change::StartEmailChange { .. } | Change::AcceptEmailChange { .. } => permit_email(change, facts),
    }
}

/// Whether a root session for `task` may be opened in the member account `id`. A read-only run may still audit.
pub(crate) fn permit_task(task: TaskPolicy, id: AccountId, facts: &Facts<'_>) -> Result<(), Refusal> {
    permit_session(task, id, task.is_reading(), facts)
}

/// The same for a session in which this program only reads, and which it hands to nobody: a read-only run may open it,
/// and in a protected account as well.
pub(crate) fn permit_look(task: TaskPolicy, id: AccountId, facts: &Facts<'_>) -> Result<(), Refusal> {
    permit_session(task, id, true, facts)
}

fn permit_session(task: TaskPolicy, id: AccountId, reads: bool, facts: &Facts<'_>) -> Result<(), Refusal> {
    if facts.rules.read_only && !reads {
        return Err(Refusal::ReadOnly);
    }
    let Some(caller) = facts.caller else { return Err(Refusal::IdentityUnconfirmed) };
    if facts.endpoint.is_some_and(|endpoint| is_unencrypted(endpoint, &ROOT_SESSIONS)) {
        return Err(Refusal::UnencryptedSession);
    }
    facts.have_all_features()?;
    if caller.is_root() {
        return Err(Refusal::CallerIsRoot);
    }
    let is_shown = facts.root_features.and_then(|features| features.is_on(task.gate())) == Some(true);
    let managed = task.gate() == RootFeature::RootCredentialsManagement;
    if caller.partition() == GOVCLOUD && managed && !is_shown {
        return Err(Refusal::NoRootCredentials);
    }
    if facts.is_management_account(id) {
        return Err(Refusal::RootOfManagement);
    }
    if !reads {
        facts.leave_unprotected(id)?;
    }
    let iam = ServicePrincipal::iam();
    facts.empower_for(iam.clone())?;
    permit_state(facts.account)?;
    facts.trust(iam)?;
    if facts.root_features.and_then(|features| features.is_on(task.gate())) == Some(false) {
        return Err(Refusal::NeedsRootFeature(task.gate()));
    }
    Ok(())
}

/// Why centralized root access skips an account, whatever the task and the caller: management account, or not `ACTIVE`.
pub(crate) fn skipped_in_root_access(account: &Account, organization: Option<&Organization>) -> Option<Refusal> {
    if organization.is_some_and(|organization| organization.management_account == account.id) {
        return Some(Refusal::RootOfManagement);
    }
    permit_state(Some(account)).err()
}

fn permit_switch(switch: &Switch, on: bool, facts: &Facts<'_>) -> Result<(), Refusal> {
    let management = facts.org_role.is_none_or(|org_role| *org_role == OrgRole::Management);
    let iam = ServicePrincipal::iam();
    match switch {
        Switch::TrustedAccess(service) => {
            if !ServicePrincipal::switchable().contains(service) {
                return Err(Refusal::OwnConsole(service.clone()));
            }
            if !management {
                return Err(Refusal::NeedsManagement);
            }
            if facts.trusted_access.is_some_and(|trusted| trusted.is_on(service) == on) {
                return Err(Refusal::AlreadySo(on));
            }
            if let Some(delegate) = facts.delegate_of(service).filter(|_| !on) {
                return Err(Refusal::HasDelegate(service.clone(), delegate));
            }
        }
        Switch::RootFeature(feature) => {
            // The delegated administrator for IAM may turn a feature off, but not on.
            let delegate = facts.org_role.is_some_and(|org_role| org_role.is_delegated_for(&iam));
            if !management && (on || !delegate) {
                return Err(Refusal::NeedsManagement);
            }
            facts.trust(iam)?;
            if facts.root_features.and_then(|features| features.is_on(*feature)) == Some(on) {
                return Err(Refusal::AlreadySo(on));
            }
        }
    }
    Ok(())
}

/// The service model's documentation of Organizations: the management account may register a member that is active, for
/// a service that is trusted.
fn permit_delegation(
    account: AccountId,
    service: &ServicePrincipal,
    register: bool,
    facts: &Facts<'_>,
) -> Result<(), Refusal> {
    if !ServicePrincipal::switchable().contains(service) {
        return Err(Refusal::DelegateElsewhere(service.clone()));
    }
    if facts.org_role.is_some_and(|org_role| *org_role != OrgRole::Management) {
        return Err(Refusal::NeedsManagement);
    }
    if facts.is_management_account(account) {
        return Err(Refusal::ManagementAsDelegate);
    }
    facts.leave_unprotected(account)?;
    let is_delegate = facts
        .delegates
        .map(|delegates| delegates.iter().any(|delegate| delegate.account == account && delegate.administers(service)));
    if is_delegate == Some(register) {
        return Err(Refusal::AlreadyDelegate(register));
    }
    if !register {
        return Ok(());
    }
    permit_state(facts.account)?;
    facts.trust(service.clone())?;
    // Account Management has one, and so has IAM as far as is known.
    match facts.delegate_of(service) {
        Some(delegate) => Err(Refusal::HasDelegate(service.clone(), delegate)),
        None => Ok(()),
    }
}

/// Contacts and names. Of itself an account needs neither trusted access nor a delegation (AWS documentation), and the
/// management account is only changed by itself.
fn permit_account(id: AccountId, is_own: bool, facts: &Facts<'_>) -> Result<(), Refusal> {
    facts.leave_unprotected(id)?;
    if is_own {
        return Ok(());
    }
    if facts.is_management_account(id) {
        return Err(Refusal::OnlyByItself);
    }
    facts.empower_for(ServicePrincipal::account_management())?;
    permit_state(facts.account)?;
    facts.trust(ServicePrincipal::account_management())
}

fn permit_email(change: &Change, facts: &Facts<'_>) -> Result<(), Refusal> {
    let Some(id) = change.account() else { return Ok(()) };
    permit_email_of(id, facts)?;
    if let Change::AcceptEmailChange { .. } = change
        && facts.endpoint.is_some_and(|endpoint| is_unencrypted(endpoint, &CODES))
    {
        return Err(Refusal::UnencryptedCode);
    }
    if let Change::StartEmailChange { new, .. } = change
        && !facts.rules.allows_domain_of(new)
    {
        return Err(Refusal::DomainNotAllowed(new.domain()));
    }
    permit_email_gate(facts)
}

/// Whether trusted access is on, which everything about primary emails needs.
pub(crate) fn permit_email_gate(facts: &Facts<'_>) -> Result<(), Refusal> {
    facts.trust(ServicePrincipal::account_management())
}

/// Whether AWS answers the caller about the primary emails of members, by all that is known.
pub(crate) fn permit_email_reads(facts: &Facts<'_>) -> Result<(), Refusal> {
    let rules = Rules { read_only: false, ..facts.rules.clone() };
    permit_emails(&Facts { rules: &rules, ..*facts })
}

/// Whether primary emails may be changed at all, whatever the account.
pub(crate) fn permit_emails(facts: &Facts<'_>) -> Result<(), Refusal> {
    facts.allow_writes()?;
    permit_partition(facts)?;
    facts.have_all_features()?;
    facts.empower_for(ServicePrincipal::account_management())?;
    facts.trust(ServicePrincipal::account_management())
}

/// Whether the primary email of `id` may be changed at all, trusted access and address aside.
pub(crate) fn permit_email_of(id: AccountId, facts: &Facts<'_>) -> Result<(), Refusal> {
    facts.allow_writes()?;
    permit_partition(facts)?;
    if facts.is_management_account(id) {
        return Err(Refusal::ManagementAccount);
    }
    facts.leave_unprotected(id)?;
    facts.empower_for(ServicePrincipal::account_management())?;
    permit_state(facts.account)
}

/// Whether the caller is known, and its partition has primary emails.
fn permit_partition(facts: &Facts<'_>) -> Result<(), Refusal> {
    match facts.caller.map(Caller::partition) {
        None => Err(Refusal::IdentityUnconfirmed),
        Some(GOVCLOUD) => Err(Refusal::NoPrimaryEmails),
        Some(_) => Ok(()),
    }
}

/// An unknown state is AWS's to judge: a state this program does not know may be a new kind of active.
pub(crate) fn permit_state(account: Option<&Account>) -> Result<(), Refusal> {
    if let Some(state) = account.map(|account| &account.state)
        && matches!(
            state,
            AccountState::PendingActivation
                | AccountState::Suspended
                | AccountState::PendingClosure
                | AccountState::Closed
        )
    {
        return Err(Refusal::NotActive(state.clone()));
    }
    Ok(())
}

#[cfg(test)]
#[path = "permit_tests.rs"]
mod tests;
