//! The roles, users and groups there are. Nobody can make or change one.

use std::sync::Arc;

use jiff::Timestamp;

use super::blueprint::Blueprint;
use crate::domain::policy::Policy;
use crate::emulator::callers::{Caller, Rights};
use crate::emulator::grants::{Attached, Grants};
use crate::emulator::identity::{EntityPlan, Identity, PolicyPlan, PrincipalPlan, RoleTrust};
use crate::emulator::options::StartError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntityKind {
    Role,
    User,
    Group,
}

#[derive(Debug)]
pub(crate) struct Entity {
    kind: EntityKind,
    pub(crate) account: String,
    pub(crate) path: &'static str,
    pub(crate) name: &'static str,
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    /// Those of a user with those of its group.
    pub(crate) grants: Arc<Grants>,
    pub(crate) trust: Option<RoleTrust>,
}

#[derive(Debug, Default)]
pub(crate) struct Entities {
    all: Vec<Entity>,
    callers: Vec<(&'static str, Caller)>,
}

impl EntityKind {
    /// As ARNs and the simulator's ids of inline policies name it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::User => "user",
            Self::Group => "group",
        }
    }

    fn id_prefix(self) -> &'static str {
        match self {
            Self::Role => "AROA",
            Self::User => "AIDA",
            Self::Group => "AGPA",
        }
    }
}

impl Entity {
    fn new(
        kind: EntityKind,
        who: Identity,
        (account, created_at): (&str, Timestamp),
        plan: &EntityPlan,
    ) -> Result<Self, StartError> {
        let attach = |policy: PolicyPlan| attached(kind, account, plan.name, policy);
        let policies = plan.policies.iter().copied().map(attach).collect::<Result<_, _>>()?;
        let boundary = plan.boundary.map(attach).transpose()?;
        Ok(Self {
            kind,
            account: account.to_owned(),
            path: plan.path,
            name: plan.name,
            id: who.access_key_id().replacen("AKIA", kind.id_prefix(), 1),
            created_at,
            grants: Arc::new(Grants { policies, boundary }),
            trust: plan.trust,
        })
    }

    fn is(&self, kind: EntityKind, account: &str) -> bool {
        self.kind == kind && self.account == account
    }

    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:iam::{}:{}{}{}", self.account, self.kind.word(), self.path, self.name)
    }

    pub(crate) fn caller(&self) -> Caller {
        let arn = self.arn();
        Caller {
            principal_arn: arn.clone(),
            arn,
            account: self.account.clone(),
            user_id: self.id.clone(),
            rights: Rights::Granted(Arc::clone(&self.grants)),
            ..Caller::default()
        }
    }

    /// A session of the role. The path is not in its ARN (AWS documentation).
    pub(crate) fn session(&self, name: &str) -> Caller {
        Caller {
            arn: format!("arn:aws:sts::{}:assumed-role/{}/{name}", self.account, self.name),
            user_id: format!("{}:{name}", self.id),
            ..self.caller()
        }
    }
}

impl Entities {
    pub(crate) fn new(blueprint: &Blueprint) -> Result<Self, StartError> {
        let mut entities = Self::default();
        for who in Identity::ALL.into_iter().filter(|who| who.feature_set() == blueprint.feature_set) {
            if let Some(account) = who.account(blueprint) {
                entities.add(who, account, blueprint)?;
            }
        }
        Ok(entities)
    }

    fn add(&mut self, who: Identity, account: &str, blueprint: &Blueprint) -> Result<(), StartError> {
        // As old as their account in the organization, which is as good as any other date.
        let joined = blueprint.accounts.iter().find(|plan| plan.id == account).map(|plan| plan.joined_at);
        let place = (account, joined.unwrap_or_default());
        let caller = match who.principal() {
            PrincipalPlan::Root => Caller::root(account),
            PrincipalPlan::Role(plan, session) => {
                let role = Entity::new(EntityKind::Role, who, place, &plan)?;
                let caller = role.session(session);
                self.all.push(role);
                caller
            }
            PrincipalPlan::User(plan, group) => {
                let group = Entity::new(EntityKind::Group, who, place, &group)?;
                let mut user = Entity::new(EntityKind::User, who, place, &plan)?;
                user.grants = Arc::new(joined_grants(&user.grants, &group.grants));
                let caller = user.caller();
                self.all.extend([group, user]);
                caller
            }
        };
        let caller = Caller { feature_set: who.feature_set(), ..caller };
        self.callers.push((who.access_key_id(), caller));
        Ok(())
    }

    pub(crate) fn callers(&self) -> impl Iterator<Item = (&'static str, &Caller)> {
        self.callers.iter().map(|(key, caller)| (*key, caller))
    }

    /// Names differ by more than case (AWS documentation).
    pub(crate) fn named(&self, kind: EntityKind, account: &str, name: &str) -> Option<&Entity> {
        let mut all = self.all.iter();
        all.find(|entity| entity.is(kind, account) && entity.name.eq_ignore_ascii_case(name))
    }

    pub(crate) fn role(&self, arn: &str) -> Option<&Entity> {
        self.all.iter().find(|entity| entity.kind == EntityKind::Role && entity.arn() == arn)
    }

    pub(crate) fn user(&self) -> Option<&Entity> {
        self.all.iter().find(|entity| entity.kind == EntityKind::User)
    }

    pub(crate) fn single_sign_on(&self) -> Option<&Caller> {
        let key = Identity::SingleSignOn.access_key_id();
        self.callers().find(|(id, _)| *id == key).map(|(_, caller)| caller)
    }

    pub(crate) fn count(&self, kind: EntityKind, account: &str) -> usize {
        self.all.iter().filter(|entity| entity.is(kind, account)).count()
    }
}

/// A user's own policies, and those of its group. The boundary is the user's alone.
fn joined_grants(user: &Grants, group: &Grants) -> Grants {
    let policies = user.policies.iter().chain(&group.policies).cloned().collect();
    Grants { policies, boundary: user.boundary.clone() }
}

/// The simulator calls an attached policy by its name, and an inline one `role_NAME_POLICY` (as people report it).
fn attached(kind: EntityKind, account: &str, entity: &str, plan: PolicyPlan) -> Result<Attached, StartError> {
    let (id, arn, document) = match plan {
        PolicyPlan::Managed(policy) => {
            let name = policy.as_str();
            (name.to_owned(), Some(format!("arn:aws:iam::aws:policy/{name}")), policy.document())
        }
        PolicyPlan::Customer(name, document) => {
            (name.to_owned(), Some(format!("arn:aws:iam::{account}:policy/{name}")), document)
        }
        PolicyPlan::Inline(name, document) => (format!("{}_{entity}_{name}", kind.word()), None, document),
    };
    let policy =
        Policy::parse(document).map_err(|error| StartError::Inconsistent(format!("the policy {id}: {error:?}")))?;
    Ok(Attached { id, arn, policy })
}
