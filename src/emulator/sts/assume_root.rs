//! `AssumeRoot`: a session as root of another account.

use std::time::Duration;

use crate::emulator::task_policy::{Gate, TaskPolicy};
use crate::emulator::validation::{Violations, is_account_id, validation_error};
use crate::emulator::world::blueprint::State;
use crate::emulator::world::withdrawals::Grant;
use crate::emulator::world::{OrgRole, World, principals};
use crate::emulator::{Answer, Caller, Input, Refusal, Service, Subject, authorize};

/// In seconds: the longest session (service model), and the default (AWS documentation).
const LONGEST: i64 = 900;

/// Captured: every refusal's text but that of a negative duration, and which feature a task needs. Guesses: their
/// order; that an account that is not in use, or not in the organization, is refused like one without permission; that
/// several missing parameters are reported together.
pub(super) fn assume_root(world: &mut World, caller: &Caller, input: &Input) -> Result<Answer, Refusal> {
    let asked = AssumeRootInput::read(input)?;
    let account = asked.account.as_str();
    let resource = format!("arn:aws:iam::{account}:root");
    let subject = Subject::new(&resource).with("sts:TaskPolicyArn", Some(&asked.task.arn()));
    authorize(world, caller, Service::Sts, "AssumeRoot", subject)?;
    if !may_target(world, caller, account) {
        return Err(Refusal::access_denied(format!(
            "User: {} is not authorized to perform: sts:AssumeRoot on resource: {resource}",
            caller.arn
        )));
    }
    gate(world, asked.task)?;
    let now = world.now();
    let root = Caller::root_session(account, asked.task);
    let issued = world.sessions.issue(root, now, asked.duration);
    let credentials = issued.map_err(|_| Service::Sts.internal_error())?;
    Ok(Answer::Xml(vec![credentials.element()]))
}

struct AssumeRootInput {
    account: String,
    task: TaskPolicy,
    duration: Duration,
}

impl AssumeRootInput {
    fn read(input: &Input) -> Result<Self, Refusal> {
        let mut violations = Violations::default();
        let target = violations.required("targetPrincipal", input.text("TargetPrincipal")?);
        let arn = violations.required("taskPolicyArn", input.text("TaskPolicyArn.arn")?);
        let seconds = input.digits("DurationSeconds")?.unwrap_or(LONGEST);
        violations.within("durationSeconds", seconds, 0, LONGEST);
        violations.none()?;
        let account =
            target_account(target).ok_or_else(|| validation_error("Request must contain a valid target principal"))?;
        let task = TaskPolicy::with_arn(arn)
            .ok_or_else(|| validation_error("Request must contain valid AWS managed task policy ARN"))?;
        // The service model permits 0; that it means the same as nothing is a guess.
        let seconds = if seconds == 0 { LONGEST } else { seconds };
        let duration = Duration::from_secs(seconds.unsigned_abs());
        Ok(Self { account: account.to_owned(), task, duration })
    }
}

fn target_account(target: &str) -> Option<&str> {
    let account = match target.strip_prefix("arn:aws:iam::") {
        Some(rest) => rest.strip_suffix(":root")?,
        None => target,
    };
    is_account_id(account).then_some(account)
}

fn may_target(world: &World, caller: &Caller, account: &str) -> bool {
    let manages = world.org_role(&caller.account) == OrgRole::Management
        || world.trust.is_delegate_for(&caller.account, principals::IAM)
        || is_still_seen(world, &Grant::Delegate(caller.account.clone()));
    let is_member = account != world.organization.management_account;
    let in_use = world.organization.account(account).is_some_and(|account| account.state == State::Active);
    manages && is_member && in_use
}

fn gate(world: &World, task: TaskPolicy) -> Result<(), Refusal> {
    if !world.trust.is_trusted(principals::IAM) && !is_still_seen(world, &Grant::TrustedAccess) {
        return Err(Refusal::access_denied("Service not enabled for AWS Organizations."));
    }
    let (on, grant, feature) = match task.gate() {
        Gate::RootCredentialsManagement => {
            (world.features.credentials_management, Grant::RootCredentialsManagement, "Root credentials management")
        }
        Gate::RootSessions => (world.features.sessions, Grant::RootSessions, "Root sessions"),
    };
    if on || is_still_seen(world, &grant) {
        return Ok(());
    }
    Err(Refusal::access_denied(format!("{feature} feature is not enabled for your AWS Organization.")))
}

fn is_still_seen(world: &World, grant: &Grant) -> bool {
    world.withdrawals.is_still_seen(grant, world.now())
}
