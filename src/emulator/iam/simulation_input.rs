//! What `SimulatePrincipalPolicy` is asked, checked.

use super::arn::EntityArn;
use super::constraints::page_size;
use crate::domain::policy::Context;
use crate::emulator::validation::Violations;
use crate::emulator::world::entities::EntityKind;
use crate::emulator::{Input, Refusal};

/// Refused: without them another question would be answered.
const NOT_HERE: [&str; 6] = [
    "PolicyInputList",
    "PermissionsBoundaryPolicyInputList",
    "PolicyExclusionList",
    "ResourcePolicy",
    "ResourceOwner",
    "ResourceHandlingOption",
];

#[derive(Debug)]
pub(super) struct SimulationInput<'a> {
    pub(super) source_arn: &'a str,
    pub(super) source: EntityArn<'a>,
    pub(super) actions: Vec<&'a str>,
    /// Empty: of none in particular.
    pub(super) resources: Vec<&'a str>,
    pub(super) context: Context,
    pub(super) page: usize,
    pub(super) marker: Option<&'a str>,
}

impl<'a> SimulationInput<'a> {
    /// The codes are the service model's, the texts about the entity's ARN and missing parameters IAM's, the others a
    /// guess.
    pub(super) fn read(input: &'a Input) -> Result<Self, Refusal> {
        let actions = input.members("ActionNames")?;
        let mut violations = Violations::default();
        let source_arn = violations.required("policySourceArn", input.text("PolicySourceArn")?);
        violations.required("actionNames", actions.first().copied());
        violations.none()?;
        if let Some(name) = NOT_HERE.into_iter().find(|name| input.has(name) || input.has(&format!("{name}.member.1")))
        {
            return Err(invalid(format!("{name} is not part of this emulator.")));
        }
        if let Some(action) = actions.iter().find(|action| !is_action(action)) {
            return Err(invalid(format!("Invalid Action Name: {action}")));
        }
        let is_user = |arn: &&str| EntityArn::parse(arn).is_some_and(|caller| caller.is(EntityKind::User));
        if let Some(arn) = input.text("CallerArn")?.filter(|arn| !is_user(arn)) {
            return Err(invalid(format!("Invalid Caller Arn: {arn} is not the ARN of a user.")));
        }
        let source = EntityArn::parse(source_arn).ok_or_else(|| {
            invalid(format!("Invalid Entity Arn: {source_arn} does not clearly define entity type and name."))
        })?;
        Ok(Self {
            source_arn,
            source,
            actions,
            resources: input.members("ResourceArns")?,
            context: context(input)?,
            page: page_size(input)?,
            marker: input.text("Marker")?,
        })
    }
}

/// A service's prefix and a name. Wildcards are not supported (service model's documentation).
fn is_action(text: &str) -> bool {
    let part = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    text.split_once(':').is_some_and(|(service, name)| part(service) && part(name))
}

fn context(input: &Input) -> Result<Context, Refusal> {
    let mut context = Context::new();
    for number in 1_usize.. {
        let entry = format!("ContextEntries.member.{number}");
        let Some(key) = input.text(&format!("{entry}.ContextKeyName"))? else { break };
        for value in input.members(&format!("{entry}.ContextKeyValues"))? {
            context = context.with(key, value);
        }
    }
    Ok(context)
}

pub(super) fn invalid(message: String) -> Refusal {
    Refusal::new(400, "InvalidInput", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_a_service_and_a_name() {
        for good in ["sts:AssumeRoot", "organizations:EnableAWSServiceAccess", "execute-api:Invoke"] {
            assert!(is_action(good), "{good}");
        }
        for bad in ["", "sts", "sts:", ":AssumeRoot", "sts:*", "s3:Get?bject", "a:b:c", "sts: AssumeRoot"] {
            assert!(!is_action(bad), "{bad}");
        }
    }
}
