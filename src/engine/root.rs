//! Reads in member accounts, through root sessions.

use jiff::Timestamp;
use tokio::sync::watch;

use super::Engine;
use crate::domain::account::Account;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::policy_holder::{Bucket, PolicyHolder, PolicyText, QueueListing, QueueSearch};
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::root_session::{RootSession, SessionKey};
use crate::domain::run::{Run, RunReport, Steering};
use crate::domain::task_policy::TaskPolicy;

impl Engine {
    /// A root session for a task in a member account: the one that is open if it lives long enough,
    /// a new one of `seconds` seconds otherwise. Each `AssumeRoot` is journaled.
    ///
    /// # Errors
    /// If it is not permitted, or AWS refuses, or does not answer.
    pub async fn root_session(&self, account: &Account, task: TaskPolicy, seconds: u16) -> Result<RootSession, Fault> {
        let _ = (account, task, seconds);
        Err(not_yet())
    }

    /// The session that is open, if it still lives.
    #[must_use]
    pub fn live_session(&self, key: SessionKey, now: Timestamp) -> Option<RootSession> {
        let _ = (key, now);
        None
    }

    /// Which root credentials an account has. What could not be read says why.
    pub async fn audit(&self, account: &Account, depth: AuditDepth) -> RootAudit {
        let _ = account;
        RootAudit::unknown(depth, &not_yet())
    }

    /// The buckets of an account.
    ///
    /// # Errors
    /// If no session can be had, or AWS refuses, or does not answer.
    pub async fn buckets(&self, account: &Account) -> Result<Vec<Bucket>, Fault> {
        let _ = account;
        Err(not_yet())
    }

    /// The queues of an account, where they are looked for.
    ///
    /// # Errors
    /// If no session can be had; that a region could not be read stands in the listing.
    pub async fn queues(&self, account: &Account, search: &QueueSearch) -> Result<QueueListing, Fault> {
        let _ = (account, search);
        Err(not_yet())
    }

    /// The policy of a bucket or queue; `None` if it has none.
    ///
    /// # Errors
    /// If no session can be had, or AWS refuses, or does not answer.
    pub async fn policy(&self, account: &Account, holder: &PolicyHolder) -> Result<Option<PolicyText>, Fault> {
        let _ = (account, holder);
        Err(not_yet())
    }

    /// Works through many accounts and tells of each as it is done; the last report is `Ended`.
    pub async fn run(
        &self,
        run: Run,
        steering: watch::Receiver<Steering>,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        report: impl Fn(RunReport) + Send + Sync + 'static,
    ) {
        let _ = (run, steering, clock);
        report(RunReport::Ended);
    }
}

fn not_yet() -> Fault {
    Fault::new("sts:AssumeRoot", FaultKind::Local, "not built yet")
}
