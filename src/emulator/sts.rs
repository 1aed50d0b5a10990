//! AWS STS.

use std::time::Duration;

use super::authorize::{Standing, Subject, authorize_subject};
use super::callers::Caller;
use super::refusal::Refusal;
use super::service::Service;
use super::task_policy::{Gate, TaskPolicy};
use super::validation::{Violations, validation_error};
use super::wire::{Answer, Element, Input};
use super::world::blueprint::State;
use super::world::{World, principals};

/// The longest root session, in seconds (service model).
const LONGEST: i64 = 900;

/// Performs an operation.
///
/// # Errors
/// What STS refuses.
pub(crate) fn call(
    world: &mut World,
    caller: &Caller,
    operation: &str,
    input: &Input,
    global_endpoint: bool,
) -> Result<Answer, Refusal> {
    match operation {
        // Needs no permission, and no policy can deny it (AWS documentation).
        "GetCallerIdentity" => Ok(Answer::Xml(vec![
            Element::text("Arn", &caller.arn),
            Element::text("UserId", &caller.user_id),
            Element::text("Account", &caller.account),
        ])),
        // The global endpoint does not serve it (captured).
        "AssumeRoot" if global_endpoint => Err(Refusal::new(400, "InvalidAction", "Unknown Operation")),
        "AssumeRoot" => assume_root(world, caller, input),
        _ => Err(Service::Sts.unknown_operation(operation)),
    }
}

/// Credentials of another account's root, held to a task policy.
///
/// Captured: every refusal's text but that of a negative duration, and which feature a task needs.
/// Guesses: their order; that an account that is not in use, or not in the organization, is
/// refused like one without permission; that several parameters missing are told together.
fn assume_root(world: &mut World, caller: &Caller, input: &Input) -> Result<Answer, Refusal> {
    let asked = Asked::read(input)?;
    let account = asked.account.as_str();
    let resource = format!("arn:aws:iam::{account}:root");
    let subject = Subject::new(&resource).with("sts:TaskPolicyArn", Some(&asked.task.arn()));
    authorize_subject(world, caller, Service::Sts, "AssumeRoot", subject)?;
    if !may_target(world, caller, account) {
        return Err(denied(format!(
            "User: {} is not authorized to perform: sts:AssumeRoot on resource: {resource}",
            caller.arn
        )));
    }
    gate(world, asked.task)?;
    let now = world.now();
    let issued = world.sessions.issue(account, asked.task, now, asked.duration);
    let credentials = issued.map_err(|_| Service::Sts.internal_error())?;
    Ok(Answer::Xml(vec![Element::nested(
        "Credentials",
        vec![
            Element::text("AccessKeyId", credentials.access_key_id),
            Element::text("SecretAccessKey", credentials.secret),
            Element::text("SessionToken", credentials.token),
            Element::time("Expiration", credentials.expires_at),
        ],
    )]))
}

/// What `AssumeRoot` is asked for.
struct Asked {
    account: String,
    task: TaskPolicy,
    duration: Duration,
}

impl Asked {
    fn read(input: &Input) -> Result<Self, Refusal> {
        let mut violations = Violations::new();
        let target = violations.required("targetPrincipal", input.text("TargetPrincipal")?);
        let arn = violations.required("taskPolicyArn", input.text("TaskPolicyArn.arn")?);
        let seconds = duration(input)?;
        violations.within("durationSeconds", seconds, 0, LONGEST);
        violations.none()?;
        let account =
            target_account(target).ok_or_else(|| validation_error("Request must contain a valid target principal"))?;
        let task = TaskPolicy::with_arn(arn)
            .ok_or_else(|| validation_error("Request must contain valid AWS managed task policy ARN"))?;
        let seconds = if seconds == 0 { LONGEST } else { seconds };
        let duration = Duration::from_secs(seconds.unsigned_abs());
        Ok(Self { account: account.to_owned(), task, duration })
    }
}

/// 900 seconds if nothing is said (AWS documentation). That 0, which the service model permits,
/// means the same is a guess, and so is the refusal of what is no number.
fn duration(input: &Input) -> Result<i64, Refusal> {
    match input.text("DurationSeconds")? {
        None => Ok(LONGEST),
        Some(text) => text.parse().map_err(|_| Refusal::silent(400, "MalformedInput")),
    }
}

/// The account of an account id or of the ARN of its root user.
fn target_account(target: &str) -> Option<&str> {
    let account = match target.strip_prefix("arn:aws:iam::") {
        Some(rest) => rest.strip_suffix(":root")?,
        None => target,
    };
    let is_id = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    is_id.then_some(account)
}

/// A member account, and somebody who administers root access.
fn may_target(world: &World, caller: &Caller, account: &str) -> bool {
    let manages = world.standing(&caller.account) == Standing::Management
        || world.trust.is_delegate_for(&caller.account, principals::IAM);
    let is_member = account != world.organization.management_account;
    let in_use = world.organization.account(account).is_some_and(|account| account.state == State::Active);
    manages && is_member && in_use
}

fn gate(world: &World, task: TaskPolicy) -> Result<(), Refusal> {
    if !world.trust.is_trusted(principals::IAM) {
        return Err(denied("Service not enabled for AWS Organizations."));
    }
    match task.gate() {
        Gate::RootCredentialsManagement if !world.features.credentials_management => {
            Err(denied("Root credentials management feature is not enabled for your AWS Organization."))
        }
        Gate::RootSessions if !world.features.sessions => {
            Err(denied("Root sessions feature is not enabled for your AWS Organization."))
        }
        Gate::RootCredentialsManagement | Gate::RootSessions => Ok(()),
    }
}

fn denied(message: impl Into<String>) -> Refusal {
    Refusal::new(403, "AccessDenied", message)
}
