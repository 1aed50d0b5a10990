//! The state of the emulated AWS: an organization, its mail and its clock.

pub(crate) mod blueprint;
pub(crate) mod email_change;
mod generate;
pub(crate) mod organization;
pub(crate) mod policies;
pub(crate) mod principals;
pub(crate) mod root_credentials;
pub(crate) mod sessions;
pub(crate) mod trust;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::authorize::Standing;
use super::mailbox::Mailbox;
use super::options::{Options, StartError};
use blueprint::Blueprint;
use email_change::EmailChanges;
use organization::Organization;
use policies::Policies;
use root_credentials::AllRootCredentials;
use sessions::Sessions;
use trust::Trust;

/// Everything there is.
#[derive(Debug)]
pub(crate) struct World {
    /// How far the world's clock is ahead of the real one.
    ahead: SignedDuration,
    pub(crate) organization: Organization,
    pub(crate) trust: Trust,
    pub(crate) features: RootFeatures,
    pub(crate) changes: EmailChanges,
    pub(crate) mailbox: Mailbox,
    pub(crate) policies: Policies,
    pub(crate) root_credentials: AllRootCredentials,
    pub(crate) sessions: Sessions,
}

/// IAM's two features of centralized root access. They outlive trusted access (captured).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RootFeatures {
    pub(crate) sessions: bool,
    pub(crate) credentials_management: bool,
}

impl World {
    pub(crate) fn new(options: &Options, blueprint: Blueprint) -> Result<Self, StartError> {
        let organization = Organization::new(&blueprint)?;
        let policies = Policies::new(&blueprint.service_control_policies, &organization)?;
        if let Some(plan) = blueprint.root_credentials.iter().find(|plan| organization.account(&plan.account).is_none())
        {
            return Err(StartError::Inconsistent(format!("no account {}", plan.account)));
        }
        let mut world = Self {
            ahead: SignedDuration::ZERO,
            organization,
            trust: Trust::new(&blueprint),
            features: RootFeatures::default(),
            changes: EmailChanges::new(options.completion_delay),
            mailbox: Mailbox::new(),
            policies,
            root_credentials: AllRootCredentials::new(&blueprint.root_credentials, Timestamp::now()),
            sessions: Sessions::default(),
        };
        let now = world.now();
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

    /// The world's time, in AWS's precision of milliseconds.
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now().saturating_add(self.ahead).unwrap_or(Timestamp::MAX);
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.ahead = self.ahead.saturating_add(by);
    }

    /// Lets everything happen that is due by now. Called before each request, so that nothing
    /// needs a timer.
    pub(crate) fn catch_up(&mut self) {
        let now = self.now();
        self.changes.settle(&mut self.organization, now);
    }

    pub(crate) fn standing(&self, account: &str) -> Standing {
        if account == self.organization.management_account {
            Standing::Management
        } else if self.trust.is_delegate(account) {
            Standing::Delegate
        } else {
            Standing::Member
        }
    }
}

/// What the emulator is told to serve: the demo organization or a generated one.
pub(crate) fn plan(options: &Options) -> Result<Blueprint, StartError> {
    match options.accounts {
        None => Blueprint::demo(),
        Some(count) => generate::organization(count, options.seed),
    }
}

fn earlier(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
