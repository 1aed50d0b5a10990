//! The control policies of the organization: listed, described, changed and attached.

use serde_json::{Value, json};

use super::listing::page;
use super::refusals::{invalid_input, invalid_pattern, required};
use crate::domain::policy::Policy;
use crate::emulator::validation::is_account_id;
use crate::emulator::world::blueprint::PolicyType;
use crate::emulator::world::control_policies::ControlPolicy;
use crate::emulator::world::organization::Organization;
use crate::emulator::{Answer, Input, PageKey, Refusal, World};

/// The longest service control policy, in characters (AWS documentation). Resource control policies are as long.
const LONGEST: usize = 5_120;

pub(super) fn list(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let kind = filter(input)?;
    let policies = kind.map(|kind| world.policies.control.of_type(kind)).unwrap_or_default();
    let listing = PageKey { operation: "ListPolicies", about: "" };
    page(listing, input, "Policies", &policies, |policy| summary(&world.organization, policy))
}

pub(super) fn list_for_target(world: &World, input: &Input) -> Result<Answer, Refusal> {
    let kind = filter(input)?;
    let target = target(world, input)?;
    let policies = kind.map(|kind| world.policies.control.attached_to(target, kind)).unwrap_or_default();
    let listing = PageKey { operation: "ListPoliciesForTarget", about: target };
    page(listing, input, "Policies", &policies, |policy| summary(&world.organization, policy))
}

pub(super) fn describe(world: &World, input: &Input) -> Result<Answer, Refusal> {
    Ok(answer(&world.organization, policy(world, input)?))
}

pub(super) fn create(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let name = required(input, "Name", "INVALID_PATTERN:NAME")?;
    let content = required(input, "Content", "INVALID_PATTERN:CONTENT")?;
    let kind = policy_type(required(input, "Type", ENUM)?)?.ok_or_else(unknown_type)?;
    let description = input.text("Description")?.unwrap_or_default();
    let document = document(content)?;
    if world.policies.control.of_type(kind).iter().any(|policy| policy.name == name) {
        return Err(Refusal::new(400, "DuplicatePolicyException", "A policy with the same name already exists."));
    }
    let id = world.policies.control.add(name, description, kind, content, document).to_owned();
    let created = world.policies.control.find(&id).ok_or_else(policy_not_found)?;
    Ok(answer(&world.organization, created))
}

pub(super) fn update(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let id = own_policy(world, input)?;
    let content = input.text("Content")?;
    let content = content.map(|content| Ok((content, document(content)?))).transpose()?;
    world.policies.control.update(&id, input.text("Name")?, input.text("Description")?, content);
    describe(world, input)
}

/// The code is the service model's.
pub(super) fn attach(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let (id, kind) = policy(world, input).map(|policy| (policy.id.clone(), policy.kind))?;
    let target = target(world, input)?.to_owned();
    if world.policies.control.attached_to(&target, kind).iter().any(|policy| policy.id == id) {
        let message = "The policy you specified is already attached to the target.";
        return Err(Refusal::new(400, "DuplicatePolicyAttachmentException", message));
    }
    world.policies.control.attach(&id, &target);
    Ok(Answer::Empty)
}

/// Codes and reason are the service model's: a target keeps one service control policy.
pub(super) fn detach(world: &mut World, input: &Input) -> Result<Answer, Refusal> {
    let (id, kind) = policy(world, input).map(|policy| (policy.id.clone(), policy.kind))?;
    let target = target(world, input)?.to_owned();
    let attached = world.policies.control.attached_to(&target, kind);
    if !attached.iter().any(|policy| policy.id == id) {
        let message = "The policy isn't attached to the specified target in the specified root.";
        return Err(Refusal::new(400, "PolicyNotAttachedException", message));
    }
    if attached.len() == 1 || (kind == PolicyType::ResourceControlPolicy && id.starts_with("p-RCP")) {
        let message = "You can't detach this policy: it is the last of its type that is attached to the target.";
        let detail = crate::emulator::Detail::Reason("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
        return Err(Refusal::new(400, "ConstraintViolationException", message).with(detail));
    }
    world.policies.control.detach(&id, &target);
    Ok(Answer::Empty)
}

/// The reason is the service model's, the text a guess.
const ENUM: &str = "INVALID_ENUM_POLICY_TYPE";

/// `None` for a type of which this organization has no policies.
fn filter(input: &Input) -> Result<Option<PolicyType>, Refusal> {
    policy_type(required(input, "Filter", ENUM)?)
}

fn policy_type(name: &str) -> Result<Option<PolicyType>, Refusal> {
    let known = PolicyType::ALL.into_iter().find(|kind| kind.name() == name);
    // The types of the service model.
    let others = ["_POLICY", "_POLICY_EC2"].iter().any(|end| name.ends_with(end));
    if known.is_some() || others { Ok(known) } else { Err(unknown_type()) }
}

fn unknown_type() -> Refusal {
    invalid_input("You specified an invalid policy type.", ENUM)
}

fn policy<'a>(world: &'a World, input: &Input) -> Result<&'a ControlPolicy, Refusal> {
    let reason = "INVALID_PATTERN:POLICY_ID";
    let id = required(input, "PolicyId", reason)?;
    let is_word = |rest: &str| {
        (8..=128).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if !id.strip_prefix("p-").is_some_and(is_word) {
        return Err(invalid_pattern(reason));
    }
    world.policies.control.find(id).ok_or_else(policy_not_found)
}

/// One that may be changed. The code is the service model's, the text a guess.
fn own_policy(world: &World, input: &Input) -> Result<String, Refusal> {
    let policy = policy(world, input)?;
    if policy.aws_managed {
        return Err(invalid_input("You can't change a policy that AWS manages.", "IMMUTABLE_POLICY"));
    }
    Ok(policy.id.clone())
}

fn document(content: &str) -> Result<Policy, Refusal> {
    let malformed =
        || Refusal::new(400, "MalformedPolicyDocumentException", "The provided policy document is not valid.");
    if content.chars().count() > LONGEST {
        return Err(malformed());
    }
    Policy::parse(content).map_err(|_| malformed())
}

fn target<'a>(world: &World, input: &'a Input) -> Result<&'a str, Refusal> {
    let reason = "INVALID_PATTERN:TARGET_ID";
    let id = required(input, "TargetId", reason)?;
    let organization = &world.organization;
    if !is_account_id(id) && !id.starts_with("r-") && !id.starts_with("ou-") {
        return Err(invalid_pattern(reason));
    }
    if organization.account(id).is_some() || organization.container(id).is_some() {
        return Ok(id);
    }
    Err(Refusal::new(400, "TargetNotFoundException", "You specified a target that doesn't exist."))
}

/// The text is a guess after the AWS documentation.
fn policy_not_found() -> Refusal {
    Refusal::new(400, "PolicyNotFoundException", "You specified a policy that doesn't exist.")
}

fn summary(organization: &Organization, policy: &ControlPolicy) -> Value {
    json!({
        "Id": policy.id,
        "Arn": policy.arn(organization),
        "Name": policy.name,
        "Description": policy.description,
        "Type": policy.kind.name(),
        "AwsManaged": policy.aws_managed,
    })
}

fn answer(organization: &Organization, policy: &ControlPolicy) -> Answer {
    Answer::Json(json!({
        "Policy": { "PolicySummary": summary(organization, policy), "Content": policy.content }
    }))
}
