//! The state of the emulated AWS: an organization, its mail and its clock.

pub(crate) mod blueprint;
pub(crate) mod buckets;
pub(crate) mod contact;
pub(crate) mod contacts;
pub(crate) mod control_policies;
pub(crate) mod email_change;
pub(crate) mod entities;
mod generate;
pub(crate) mod mfa;
pub(crate) mod one_time_code;
pub(crate) mod organization;
pub(crate) mod policies;
pub(crate) mod principals;
pub(crate) mod queues;
pub(crate) mod root_credentials;
pub(crate) mod sessions;
pub(crate) mod trust;
pub(crate) mod withdrawals;

use std::net::SocketAddr;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::identity::Identity;
use super::mailbox::Mailbox;
use super::resource_policy;
use super::{Options, Service, StartError};
use blueprint::{Blueprint, FeatureSet};
use buckets::Buckets;
use contacts::Contacts;
use email_change::EmailChanges;
use entities::Entities;
use mfa::MfaDevice;
use organization::Organization;
use policies::Policies;
use queues::Queues;
use root_credentials::{AllRootCredentials, earlier};
use sessions::Sessions;
use trust::Trust;
use withdrawals::Withdrawals;

#[derive(Debug)]
pub(crate) struct World {
    /// How far the world's clock is ahead of the real one.
    ahead: SignedDuration,
    address: SocketAddr,
    pub(crate) organization: Organization,
    pub(crate) trust: Trust,
    pub(crate) features: RootFeatures,
    pub(crate) changes: EmailChanges,
    pub(crate) mailbox: Mailbox,
    pub(crate) buckets: Buckets,
    pub(crate) queues: Queues,
    pub(crate) policies: Policies,
    pub(crate) root_credentials: AllRootCredentials,
    pub(crate) sessions: Sessions,
    pub(crate) entities: Entities,
    pub(crate) mfa_device: Option<MfaDevice>,
    pub(crate) withdrawals: Withdrawals,
    pub(crate) contacts: Contacts,
}

/// IAM's two features of centralized root access. They outlive trusted access (captured).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RootFeatures {
    pub(crate) sessions: bool,
    pub(crate) credentials_management: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrgRole {
    Management,
    /// A delegated administrator, of whatever service.
    Delegate,
    Member,
}

impl World {
    pub(crate) fn new(options: &Options, blueprint: Blueprint, address: SocketAddr) -> Result<Self, StartError> {
        let organization = Organization::new(&blueprint)?;
        let policies = Policies::new(&blueprint.service_control_policies, &organization)?;
        if let Some(plan) = blueprint.root_credentials.iter().find(|plan| organization.account(&plan.account).is_none())
        {
            return Err(StartError::Inconsistent(format!("no account {}", plan.account)));
        }
        let entities = Entities::new(&blueprint)?;
        let delegates = options.delegates.iter().filter(|_| blueprint.feature_set == FeatureSet::All);
        let delegates: Vec<_> = delegates.filter_map(|who| Some((*who, who.account(&blueprint)?.to_owned()))).collect();
        let mut world = Self {
            ahead: SignedDuration::ZERO,
            address,
            organization,
            contacts: Contacts::new(&blueprint)?,
            trust: Trust::new(&blueprint),
            mfa_device: entities.user().map(MfaDevice::of).transpose()?,
            entities,
            withdrawals: Withdrawals::new(options.withdrawal_delay),
            features: RootFeatures::default(),
            changes: EmailChanges::new(options.completion_delay),
            mailbox: Mailbox::new(),
            policies,
            root_credentials: AllRootCredentials::new(&blueprint.root_credentials, Timestamp::now()),
            sessions: Sessions::default(),
            buckets: Buckets::new(blueprint.buckets)?,
            queues: Queues::new(blueprint.queues, options.queue_policy_delay)?,
        };
        world.check_resources()?;
        let now = world.now();
        for (who, account) in delegates {
            world.delegate(who, &account, now);
        }
        for pending in blueprint.pending_email_changes {
            if world.organization.account(&pending.account).is_none() {
                let account = pending.account;
                return Err(StartError::Inconsistent(format!("no account {account}")));
            }
            let started_at = earlier(now, Duration::from_secs(pending.started_hours_ago.saturating_mul(3600)));
            // Its mail went out before the session began, to somebody else's mailbox.
            world.changes.start(&pending.account, &pending.email, started_at)?;
        }
        Ok(world)
    }

    /// Every bucket and queue must belong to an account, and have a policy that AWS would have taken.
    fn check_resources(&self) -> Result<(), StartError> {
        let now = self.now();
        let buckets = self.buckets.all();
        let buckets = buckets.map(|bucket| (Service::S3, bucket.arn(), &bucket.account, bucket.policy.as_deref()));
        let queues = self.queues.all().map(|queue| (Service::Sqs, queue.arn(), &queue.account, queue.policy(now)));
        for (service, arn, account, policy) in buckets.chain(queues) {
            if self.organization.account(account).is_none() {
                return Err(StartError::Inconsistent(format!("no account {account}, but {arn}")));
            }
            let checked = policy.map(|policy| resource_policy::check(policy, service, &arn));
            if let Some(Err(flaw)) = checked {
                return Err(StartError::Inconsistent(format!("the policy of {arn}: {flaw}")));
            }
        }
        Ok(())
    }

    /// Stands for the endpoint of a service in a region. Names below `localhost` mean this machine (RFC 6761).
    pub(crate) fn host(&self, service: Service, region: &str) -> String {
        format!("{}.{region}.localhost:{}", service.name(), self.address.port())
    }

    /// Where clients reach it.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// In AWS's precision of milliseconds.
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now().saturating_add(self.ahead).unwrap_or(Timestamp::MAX);
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.ahead = self.ahead.saturating_add(by);
    }

    /// Lets everything happen that is due. Called before each request, so that nothing needs a timer.
    pub(crate) fn catch_up(&mut self) {
        let now = self.now();
        self.changes.settle(&mut self.organization, now);
    }

    /// Registers the account of `who`, with what it needs, unless there is an administrator already.
    fn delegate(&mut self, who: Identity, account: &str, now: Timestamp) {
        let Some(principal) = who.delegated_for() else { return };
        self.trust.arrange(account, principal, now);
        if principal == principals::IAM {
            self.features = RootFeatures { sessions: true, credentials_management: true };
        }
    }

    pub(crate) fn org_role(&self, account: &str) -> OrgRole {
        if account == self.organization.management_account {
            OrgRole::Management
        } else if self.trust.is_delegate(account) {
            OrgRole::Delegate
        } else {
            OrgRole::Member
        }
    }
}

pub(crate) fn plan(options: &Options) -> Result<Blueprint, StartError> {
    match options.accounts {
        None => Blueprint::demo(),
        Some(count) => generate::organization(count, options.seed),
    }
}
