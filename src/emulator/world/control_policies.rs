//! The service and resource control policies of the organization, and what they are attached to.

use std::collections::{BTreeMap, BTreeSet};

use super::blueprint::{ControlPolicyPlan, PolicyType};
use super::organization::Organization;
use crate::domain::policy::{Decision, Policy, Request};
use crate::emulator::Denial;
use crate::emulator::options::StartError;

#[derive(Debug)]
pub(crate) struct ControlPolicies {
    all: Vec<ControlPolicy>,
    /// The ids of policies by what they are attached to; without AWS's own, which are attached everywhere.
    attached: BTreeMap<String, Vec<String>>,
    /// What AWS's service control policy was detached from.
    without_full_access: BTreeSet<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct ControlPolicy {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) kind: PolicyType,
    /// Byte for byte as it was put.
    pub(crate) content: String,
    pub(crate) aws_managed: bool,
    policy: Policy,
}

impl ControlPolicy {
    /// Those that AWS manages belong to no account (AWS documentation).
    pub(crate) fn arn(&self, organization: &Organization) -> String {
        let kind = self.kind.name().to_lowercase();
        if self.aws_managed {
            return format!("arn:aws:organizations::aws:policy/{kind}/{}", self.id);
        }
        let (owner, organization) = (&organization.management_account, &organization.id);
        format!("arn:aws:organizations::{owner}:policy/{organization}/{kind}/{}", self.id)
    }
}

/// AWS's own two, attached to everything (AWS documentation). Their ids, names and documents are AWS's.
fn full_access(kind: PolicyType) -> Result<ControlPolicy, StartError> {
    let (id, name, description, principal) = match kind {
        PolicyType::ServiceControlPolicy => {
            ("p-FullAWSAccess", "FullAWSAccess", "Allows access to every operation", "")
        }
        PolicyType::ResourceControlPolicy => {
            ("p-RCPFullAWSAccess", "RCPFullAWSAccess", "Allows access to every resource", r#""Principal":"*","#)
        }
    };
    let content = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{principal}"Action":"*","Resource":"*"}}]}}"#
    );
    Ok(ControlPolicy {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        kind,
        policy: read(name, &content)?,
        content,
        aws_managed: true,
    })
}

impl ControlPolicies {
    pub(super) fn new(plans: &[ControlPolicyPlan], organization: &Organization) -> Result<Self, StartError> {
        let all = PolicyType::ALL.into_iter().map(full_access).collect::<Result<_, _>>()?;
        let mut policies = Self { all, attached: BTreeMap::new(), without_full_access: BTreeSet::new() };
        for plan in plans {
            let content = plan.document.to_string();
            let id = policy_id(&named(plan.kind, &plan.name));
            policies.all.push(ControlPolicy {
                id: id.clone(),
                name: plan.name.clone(),
                description: plan.description.clone(),
                kind: plan.kind,
                policy: read(&plan.name, &content)?,
                content,
                aws_managed: false,
            });
            for unit in &plan.units {
                let container = organization.unit(unit);
                let container = container.ok_or_else(|| StartError::Inconsistent(format!("no unit {unit}")))?;
                policies.attach(&id, &container.id);
            }
            for account in &plan.accounts {
                let attached = organization.account(account);
                let attached = attached.ok_or_else(|| StartError::Inconsistent(format!("no account {account}")))?;
                policies.attach(&id, &attached.id);
            }
        }
        Ok(policies)
    }

    pub(crate) fn find(&self, id: &str) -> Option<&ControlPolicy> {
        self.all.iter().find(|policy| policy.id == id)
    }

    pub(crate) fn of_type(&self, kind: PolicyType) -> Vec<&ControlPolicy> {
        self.all.iter().filter(|policy| policy.kind == kind).collect()
    }

    /// Those that are attached to this very root, unit or account.
    pub(crate) fn attached_to(&self, target: &str, kind: PolicyType) -> Vec<&ControlPolicy> {
        let is_attached = |policy: &&ControlPolicy| {
            if policy.aws_managed {
                kind != PolicyType::ServiceControlPolicy || !self.without_full_access.contains(target)
            } else {
                self.attached.get(target).is_some_and(|ids| ids.contains(&policy.id))
            }
        };
        self.all.iter().filter(|policy| policy.kind == kind).filter(is_attached).collect()
    }

    pub(crate) fn add(
        &mut self,
        name: &str,
        description: &str,
        kind: PolicyType,
        content: &str,
        policy: Policy,
    ) -> &str {
        let id = policy_id(&named(kind, name));
        self.all.push(ControlPolicy {
            id: id.clone(),
            name: name.to_owned(),
            description: description.to_owned(),
            kind,
            content: content.to_owned(),
            aws_managed: false,
            policy,
        });
        self.all.last().map_or("", |policy| policy.id.as_str())
    }

    /// What is `None` stays as it is.
    pub(crate) fn update(
        &mut self,
        id: &str,
        name: Option<&str>,
        description: Option<&str>,
        content: Option<(&str, Policy)>,
    ) {
        let Some(found) = self.all.iter_mut().find(|policy| policy.id == id) else { return };
        if let Some(name) = name {
            name.clone_into(&mut found.name);
        }
        if let Some(description) = description {
            description.clone_into(&mut found.description);
        }
        if let Some((content, policy)) = content {
            (found.content, found.policy) = (content.to_owned(), policy);
        }
    }

    pub(crate) fn attach(&mut self, id: &str, target: &str) {
        if self.find(id).is_some_and(|policy| policy.aws_managed) {
            self.without_full_access.remove(target);
        } else {
            self.attached.entry(target.to_owned()).or_default().push(id.to_owned());
        }
    }

    pub(crate) fn detach(&mut self, id: &str, target: &str) {
        if self.find(id).is_some_and(|policy| policy.aws_managed) {
            self.without_full_access.insert(target.to_owned());
        } else if let Some(ids) = self.attached.get_mut(target) {
            ids.retain(|attached| attached != id);
        }
    }

    /// Why the policies of `account` or above it keep its principals from something. They never apply to the management
    /// account, and each level must allow it (AWS documentation). Resource control policies are about the resources of
    /// the account that the principal is in: the policies of other accounts' are skipped.
    pub(crate) fn denial(&self, organization: &Organization, account: &str, request: Request<'_>) -> Option<Denial> {
        if account == organization.management_account || !organization.has_all_features() {
            return None;
        }
        let mut levels = vec![account];
        while let Some(container) = levels.last().and_then(|id| organization.parent_of(id)) {
            levels.push(&container.id);
        }
        let denying = |kind: PolicyType| {
            let attached = |level: &&str| self.attached_to(level, kind);
            let found = levels.iter().flat_map(attached).find(|attached| denies(&attached.policy, request));
            found.map(|policy| policy.arn(organization))
        };
        if let Some(arn) = denying(PolicyType::ServiceControlPolicy) {
            return Some(Denial::ServiceControlPolicy(arn));
        }
        let allows = |policy: &&ControlPolicy| policy.policy.evaluate(request).decision == Decision::Allowed;
        let is_allowed = |level: &&str| self.attached_to(level, PolicyType::ServiceControlPolicy).iter().any(allows);
        if !levels.iter().all(is_allowed) {
            return Some(Denial::NoServiceControlPolicy);
        }
        let is_covered = request.action.starts_with("s3:") || request.action.starts_with("sqs:");
        let denied = if is_covered { denying(PolicyType::ResourceControlPolicy) } else { None };
        denied.map(Denial::ResourceControlPolicy)
    }
}

/// Two types may have policies of one name.
fn named(kind: PolicyType, name: &str) -> String {
    let prefix = if kind == PolicyType::ServiceControlPolicy { "" } else { "rcp " };
    format!("{prefix}{name}")
}

/// An id as AWS gives them, the same in every run.
fn policy_id(name: &str) -> String {
    const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut number = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut id = "p-".to_owned();
    for _ in 0..8 {
        let digit = usize::try_from(number % 36).ok().and_then(|digit| DIGITS.get(digit)).copied();
        id.push(char::from(digit.unwrap_or(b'0')));
        number /= 36;
    }
    id
}

pub(super) fn denies(policy: &Policy, request: Request<'_>) -> bool {
    matches!(policy.evaluate(request).decision, Decision::ExplicitDeny(_))
}

pub(super) fn read(name: &str, document: &str) -> Result<Policy, StartError> {
    Policy::parse(document).map_err(|error| StartError::Inconsistent(format!("the policy {name}: {error:?}")))
}
