//! What the policies on the way to an account leave to a root session there.

use std::collections::BTreeSet;

use super::way::{ControlKind, ControlPolicy, ControlWay, Level, Place};
use crate::domain::permission::guardrail::resource;
use crate::domain::policy::{Context, Policy, PolicyError, Request, StatementAbout, StatementName};
use crate::domain::task_policy::TaskPolicy;

const ASSUME_ROOT: &str = "sts:AssumeRoot";

/// In the order of strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// No policy restricts it.
    Allowed,
    /// That depends on what is not known here, or something could not be read.
    Unknown,
    Blocked,
}

/// Why an action is not allowed, or may not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// By the id of the policy.
    Denied { policy: String, statement: StatementName },
    /// It denies if these keys, operators or resources are so.
    Depends { policy: String, statement: StatementName, on: BTreeSet<String> },
    /// No SCP that is attached at this level (by its id) allows it.
    NotAllowed { level: String },
    /// One may: that depends on these.
    AllowDepends { level: String, on: BTreeSet<String> },
    /// The policies of this level could not be listed.
    Unlisted { level: String, kind: ControlKind },
    /// The policy could not be read.
    Unread { policy: String },
    /// The policy is none that can be judged.
    NotJudged { policy: String, error: PolicyError },
}

impl Cause {
    pub(crate) fn is_certain(&self) -> bool {
        matches!(self, Self::Denied { .. } | Self::NotAllowed { .. })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActionVerdict {
    pub(crate) action: &'static str,
    /// The certain ones alone where there are any.
    pub(crate) causes: Vec<Cause>,
}

impl ActionVerdict {
    pub(crate) fn verdict(&self) -> Verdict {
        match self.causes.first() {
            None => Verdict::Allowed,
            Some(cause) if cause.is_certain() => Verdict::Blocked,
            Some(_) => Verdict::Unknown,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TaskVerdict {
    pub(crate) task: TaskPolicy,
    pub(crate) actions: Vec<ActionVerdict>,
}

impl TaskVerdict {
    pub(crate) fn verdict(&self) -> Verdict {
        self.actions.iter().map(ActionVerdict::verdict).max().unwrap_or(Verdict::Allowed)
    }

    pub(crate) fn blocked(&self) -> impl Iterator<Item = &ActionVerdict> {
        self.actions.iter().filter(|one| one.verdict() != Verdict::Allowed)
    }
}

/// Each of the five tasks, in a root session in the account at the end of the way.
pub(crate) fn judge(way: &ControlWay, place: &Place) -> Vec<TaskVerdict> {
    let read = Read::of(way);
    let account = way.account.to_string();
    let of = |task: TaskPolicy| {
        let actions = task.actions().iter().map(|action| {
            let resource = resource(action, &place.partition, &account);
            let context = inside(action, place, &account);
            read.verdict(action, &Request { action, resource: &resource, context: &context })
        });
        TaskVerdict { task, actions: actions.collect() }
    };
    TaskPolicy::ALL.map(of).into()
}

/// Whether a caller in the account at the end of the way may open a session for each task in `target`. Its `arn` is that
/// of its user or role as IAM has it, where that is known.
pub(crate) fn judge_opening(way: &ControlWay, place: &Place, arn: Option<&str>, target: &str) -> Vec<ActionVerdict> {
    let read = Read::of(way);
    let account = way.account.to_string();
    let resource = format!("arn:{}:iam::{target}:root", place.partition);
    let of = |task: TaskPolicy| {
        let context = principal(place, &account)
            .with("sts:TaskPolicyArn", task.arn(&place.partition))
            .with("aws:ResourceOrgID", place.organization.as_str())
            .with("aws:ResourceAccount", target);
        let context = arn.into_iter().fold(context, |context, arn| context.with("aws:PrincipalArn", arn));
        read.verdict(ASSUME_ROOT, &Request { action: ASSUME_ROOT, resource: &resource, context: &context })
    };
    TaskPolicy::ALL.map(of).into()
}

/// What is known of any principal of the account. Whatever is not said here may have any value or none.
fn principal(place: &Place, account: &str) -> Context {
    Context::open()
        .with("aws:PrincipalAccount", account)
        .with("aws:PrincipalOrgID", place.organization.as_str())
        .with("aws:PrincipalOrgPaths", place.path.as_str())
        .with("aws:PrincipalIsAWSService", "false")
        .with("aws:ViaAWSService", "false")
        .with("aws:SecureTransport", "true")
}

/// What is known of a root session's own call. IAM is called in one region of the partition (AWS documentation:
/// `us-east-1` in the commercial one).
fn inside(action: &str, place: &Place, account: &str) -> Context {
    let context = principal(place, account)
        .with("aws:PrincipalArn", format!("arn:{}:iam::{account}:root", place.partition))
        .with("aws:PrincipalType", "Account")
        .with("aws:userid", account)
        .with("aws:AssumedRoot", "true")
        .with("aws:ResourceAccount", account)
        .with("aws:ResourceOrgID", place.organization.as_str())
        .with("aws:ResourceOrgPaths", place.path.as_str());
    let is_iam = action.starts_with("iam:");
    if is_iam && place.partition == "aws" { context.with("aws:RequestedRegion", "us-east-1") } else { context }
}

struct Read<'a> {
    way: &'a ControlWay,
    policies: Vec<(&'a ControlPolicy, Result<Policy, Cause>)>,
}

impl<'a> Read<'a> {
    fn of(way: &'a ControlWay) -> Self {
        let parse = |policy: &'a ControlPolicy| {
            let id = || policy.id.clone();
            let content = policy.content.as_ref().map_err(|_| Cause::Unread { policy: id() });
            let parsed = content
                .and_then(|content| Policy::parse(content).map_err(|error| Cause::NotJudged { policy: id(), error }));
            (policy, parsed)
        };
        Self { way, policies: way.policies.iter().map(parse).collect() }
    }

    fn verdict(&self, action: &'static str, request: &Request<'_>) -> ActionVerdict {
        let mut causes = Vec::new();
        for kind in ControlKind::ALL.into_iter().filter(|kind| governs(*kind, action)) {
            let of_kind = || self.policies.iter().filter(move |(policy, _)| policy.kind == kind);
            for (policy, parsed) in of_kind() {
                match parsed {
                    Ok(parsed) => causes.extend(denials(&policy.id, parsed, request)),
                    Err(cause) => causes.push(cause.clone()),
                }
            }
            for level in &self.way.levels {
                let Some((_, attached)) = level.attached.iter().find(|(listed, _)| *listed == kind) else { continue };
                match attached {
                    Err(_) => causes.push(Cause::Unlisted { level: level.id.clone(), kind }),
                    Ok(ids) if kind == ControlKind::Service => causes.extend(self.allowing(level, ids, request)),
                    // Access to all resources is always allowed: AWS's own policy can't be detached.
                    Ok(_) => {}
                }
            }
        }
        if causes.iter().any(Cause::is_certain) {
            causes.retain(Cause::is_certain);
        }
        ActionVerdict { action, causes }
    }

    /// Whether a policy of the level allows it. Where none is attached the policy type is off: AWS keeps the last one.
    fn allowing(&self, level: &Level, ids: &[String], request: &Request<'_>) -> Option<Cause> {
        let mut on = BTreeSet::new();
        for (_, parsed) in self.policies.iter().filter(|(policy, _)| ids.contains(&policy.id)) {
            // One that could not be read is a cause already, and may allow it.
            let Ok(parsed) = parsed else { return None };
            for about in parsed.statements_about(*request).into_iter().filter(|about| !about.denies) {
                if about.depends_on.is_empty() {
                    return None;
                }
                on.extend(about.depends_on);
            }
        }
        let level = level.id.clone();
        match (ids.is_empty(), on.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Cause::NotAllowed { level }),
            (false, false) => Some(Cause::AllowDepends { level, on }),
        }
    }
}

/// RCPs cover S3, SQS, STS and other services, not IAM (AWS documentation); whether they cover `AssumeRoot` is not
/// documented.
fn governs(kind: ControlKind, action: &str) -> bool {
    kind == ControlKind::Service || action.starts_with("s3:") || action.starts_with("sqs:")
}

fn denials(id: &str, policy: &Policy, request: &Request<'_>) -> Vec<Cause> {
    let cause = |about: StatementAbout| {
        let (policy, statement) = (id.to_owned(), about.statement);
        if about.depends_on.is_empty() {
            Cause::Denied { policy, statement }
        } else {
            Cause::Depends { policy, statement, on: about.depends_on }
        }
    };
    let denying = |request: Request<'_>| {
        policy.statements_about(request).into_iter().filter(|about| about.denies).collect::<Vec<_>>()
    };
    let general = denying(*request);
    let mut causes: Vec<Cause> = general.iter().cloned().map(cause).collect();
    // Buckets and queues that the policy names may be denied though others are not.
    for named in policy.resources_among(&pattern(request.resource)) {
        for about in denying(Request { resource: &named.example, ..*request }) {
            if !general.iter().any(|other| other.statement == about.statement) {
                let on = about.depends_on.iter().cloned().chain([named.written.clone()]).collect();
                causes.push(cause(StatementAbout { depends_on: on, ..about }));
            }
        }
    }
    causes
}

/// All that an action may be done to, from one of it.
fn pattern(resource: &str) -> String {
    match resource.split(':').collect::<Vec<_>>().as_slice() {
        ["arn", partition, "s3", ..] => format!("arn:{partition}:s3:::*"),
        ["arn", partition, "sqs", _, account, _] => format!("arn:{partition}:sqs:*:{account}:*"),
        // The one it is.
        _ => resource.to_owned(),
    }
}
