//! Where the root tasks begin: an organization with both features on, its buckets and its policies.

use std::path::PathBuf;

use super::harness::Driver;
use super::world::*;
use crate::app::dialogs::policies::{PolicyPage, PolicyView};
use crate::app::effect::{PolicyFile, Visit};
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::state::choices::RootTask;
use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::policy_holder::{Bucket, PolicyHolder, Queue, QueueListing, QueueSearch};
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{Password, Presence};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::root_session::{SessionInfo, SessionKey};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::write::Seen;

pub(crate) const LOCKED: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"OnlyTheOldRole","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::sandbox-07-logs","arn:aws:s3:::sandbox-07-logs/*"],"Condition":{"StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/Gone"}}}]}"#;
pub(crate) const FIXED: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:role/Reader"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::sandbox-07-logs/*"}]}"#;
pub(crate) const FILE: &str = "/home/alice/.local/state/rootdeck/policies/sandbox-07-logs.json";

/// An organization with both root features on.
pub(crate) fn gated() -> World {
    World { features: RootFeatures::Enabled(RootFeature::ALL.to_vec()), ..World::default() }
}

/// In that organization, with the cursor on `sandbox-07`.
pub(crate) fn on_sandbox() -> Driver {
    Driver::ready_in(gated()).on(SANDBOX_07)
}

pub(crate) fn sandbox() -> Account {
    World::default().accounts.into_iter().find(|account| account.id == id(SANDBOX_07)).expect("an account")
}

/// The keys that choose a task from the menu of the account.
pub(crate) fn choosing(task: RootTask) -> String {
    let down = RootTask::ALL.iter().position(|other| *other == task).expect("a task");
    format!("p{} enter", " j".repeat(down))
}

pub(crate) fn change(change: RootChange) -> Change {
    Change::Root { account: id(SANDBOX_07), change }
}

pub(crate) fn there() -> Seen {
    Seen::LoginProfile(Presence::Present(Some(Password { created: Some(noon()) })))
}

pub(crate) fn gone() -> Seen {
    Seen::LoginProfile(Presence::Absent)
}

pub(crate) fn bucket() -> PolicyHolder {
    PolicyHolder::Bucket { name: "sandbox-07-logs".into(), region: "eu-west-1".into() }
}

pub(crate) fn queue() -> PolicyHolder {
    PolicyHolder::Queue {
        url: "https://sqs.eu-central-1.amazonaws.com/444455556666/orders".into(),
        region: "eu-central-1".into(),
    }
}

pub(crate) fn buckets() -> Vec<Bucket> {
    let bucket = |name: &str, region: Option<&str>| Bucket {
        name: name.into(),
        region: region.map(Into::into),
        created: Some(time("2024-01-02T03:04:05Z")),
    };
    vec![bucket("sandbox-07-logs", Some("eu-west-1")), bucket("sandbox-07-site", None)]
}

/// The list of the buckets of `sandbox-07`, answered.
pub(crate) fn at_buckets() -> Driver {
    on_sandbox()
        .press(&choosing(RootTask::UnlockBucket))
        .visits(&Visit::Buckets(sandbox()))
        .gets(Answer::Buckets(id(SANDBOX_07), Ok(buckets())))
}

/// The policy of the first of them, as AWS shows it.
pub(crate) fn at_policy(policy: Option<&str>) -> Driver {
    at_buckets().press("enter").visits(&Visit::Policy(sandbox(), bucket())).gets(Answer::Policy(
        id(SANDBOX_07),
        bucket(),
        Ok(policy.map(Into::into)),
    ))
}

/// The same, saved.
pub(crate) fn saved() -> Driver {
    at_policy(Some(LOCKED))
        .press("enter enter")
        .files(&PolicyFile::Save(id(SANDBOX_07), bucket(), LOCKED.into()))
        .gets(Answer::Saved(bucket(), Ok(PathBuf::from(FILE))))
}

/// The confirmation of its deletion, the account's id typed and the focus on Delete.
pub(crate) fn deleting() -> Driver {
    saved().press("enter j enter").types(SANDBOX_07).press("enter")
}

/// The policy of a queue that was found in one of two regions, the other of which could not be read.
pub(crate) fn at_queues() -> Driver {
    let search = QueueSearch::Regions(vec!["eu-central-1".into(), "us-east-1".into()]);
    let listing = QueueListing {
        queues: vec![Queue {
            url: "https://sqs.eu-central-1.amazonaws.com/444455556666/orders".into(),
            region: "eu-central-1".into(),
        }],
        failed: vec![("us-east-1".into(), api_error(crate::domain::api_error::ApiErrorKind::DeniedByScp))],
    };
    on_sandbox()
        .press(&choosing(RootTask::UnlockQueue))
        .press("ctrl-u")
        .types("eu-central-1, us-east-1")
        .press("enter enter")
        .visits(&Visit::Queues(sandbox(), search))
        .gets(Answer::Queues(id(SANDBOX_07), Ok(listing)))
}

pub(crate) fn key(task: TaskPolicy) -> SessionKey {
    SessionKey { account: id(SANDBOX_07), task }
}

pub(crate) fn info(task: TaskPolicy, seconds: i64) -> SessionInfo {
    SessionInfo { key: key(task), expires: noon() + jiff::SignedDuration::from_secs(seconds) }
}

/// The dialog that opens a session to audit.
pub(crate) fn opening() -> Driver {
    on_sandbox().press(&choosing(RootTask::Session)).press("enter")
}

/// An open session to audit, its dialog open.
pub(crate) fn with_session() -> Driver {
    let task = TaskPolicy::AuditRootCredentials;
    opening()
        .press("enter enter")
        .visits(&Visit::Session(sandbox(), task, 900, None))
        .gets(Answer::Session(key(task), Ok(info(task, 900))))
}

/// The policy on the topmost page.
#[track_caller]
pub(crate) fn view(driver: &Driver) -> &PolicyView {
    match driver.layer() {
        Some(Layer::Policies(PolicyPage::Policy(view))) => view,
        other => panic!("no policy but {other:?}"),
    }
}
