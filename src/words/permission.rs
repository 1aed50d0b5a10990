//! Flows, permissions and policies.

use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::explain::{Answer, Extent, Judged};
use crate::domain::permission::grant::PolicyRequest;
use crate::domain::permission::guardrail::TaskLeft;
use crate::domain::permission::{About, Permission, PolicyScope};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;

pub(crate) fn flow(flow: Flow) -> &'static str {
    match flow {
        Flow::Browse => "see the accounts",
        Flow::ReadEmails => "read primary emails",
        Flow::ChangeEmails => "change primary emails",
        Flow::TrustedAccess => "switch trusted access",
        Flow::RootFeatures => "switch root features",
        Flow::Delegation => "change delegates",
        Flow::Audit => "audit root credentials",
        Flow::DeleteCredentials => "delete root credentials",
        Flow::Recovery => "allow password recovery",
        Flow::UnlockBuckets => "unlock bucket policies",
        Flow::UnlockQueues => "unlock queue policies",
        Flow::Simulate => "ask IAM beforehand",
    }
}

pub(crate) fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Whole => "yes",
        Extent::WithoutHelp => "mostly",
        Extent::Part => "partly",
        Extent::Nothing => "no",
        Extent::Unknown => "?",
    }
}

pub(crate) const EXTENTS: &str = "yes: all that the flow needs and that helps it; mostly: all that it needs; partly: not all \
                           that it needs; no: nothing of its own; ?: it depends on what is not known here.";

pub(crate) fn answer(answer: &Answer) -> String {
    let list = |names: &[String]| names.iter().map(|name| clean(name)).collect::<Vec<_>>().join(", ");
    match answer {
        Answer::Allowed => "allowed".to_owned(),
        Answer::AllBut(resources) => format!("allowed, but not on {}", list(resources)),
        Answer::Only(resources) => format!("allowed only on {}", list(resources)),
        Answer::Denied(statement) => format!("denied by {}", clean(statement)),
        Answer::NotAllowed => "not allowed".to_owned(),
        Answer::Unknown(what) => {
            let what: Vec<String> = what.iter().cloned().collect();
            format!("unknown: it depends on {}", list(&what))
        }
    }
}

pub(crate) fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Essential => "essential",
        Weight::Helpful => "helpful",
        Weight::Doubtful => "doubtful",
    }
}

/// A permission that a policy does not give, or not wholly, and what the flow is without it.
pub(crate) fn missing(flow: Flow, judged: &Judged) -> String {
    let needed = match judged.weight {
        Weight::Essential => "needs",
        Weight::Helpful => "helped by",
        Weight::Doubtful => "perhaps needs",
    };
    let says = match &judged.answer {
        Answer::NotAllowed => String::new(),
        other => format!(" ({})", answer(other)),
    };
    format!("{needed} {}{says}: {}", judged.permission, without(flow, &judged.permission))
}

pub(crate) fn without(flow: Flow, permission: &Permission) -> &'static str {
    let (_, operation) = permission.action.name.split_once(':').unwrap_or_default();
    match (operation, flow) {
        ("DescribeOrganization", Flow::Browse | Flow::ReadEmails) => {
            "which account manages the organization, and what this one is in it, is not shown"
        }
        ("DescribeOrganization", _) => "rootdeck changes nothing in an organization that it does not know",
        ("ListAccounts", Flow::Delegation) => "accounts have no names and can't be chosen from a list",
        ("ListAccounts", _) => "there are no accounts to show and to choose from",
        ("ListRoots" | "ListOrganizationalUnitsForParent", _) => "paths show the ids of units, not their names",
        ("ListDelegatedServicesForAccount", Flow::Delegation) => "which services an account administers is not shown",
        ("ListDelegatedServicesForAccount", _) => "a delegated administrator is not recognized as one",
        ("ListDelegatedAdministrators", Flow::TrustedAccess) => {
            "that delegates keep trusted access from being turned off is found out by trying"
        }
        ("ListDelegatedAdministrators", _) => "who is registered is not shown",
        ("ListAWSServiceAccessForOrganization", Flow::TrustedAccess) => "what is on and what is off is not shown",
        ("ListAWSServiceAccessForOrganization", _) => "that trusted access is off is found out by trying",
        ("EnableAWSServiceAccess", Flow::RootFeatures) => "trusted access for IAM must be on already",
        ("EnableAWSServiceAccess", _) => "it can't be turned on",
        ("DisableAWSServiceAccess", _) => "it can't be turned off",
        ("RegisterDelegatedAdministrator", _) => "nobody can be registered",
        ("DeregisterDelegatedAdministrator", _) => "nobody can be deregistered",
        ("GetPrimaryEmail", Flow::ReadEmails) => "only the listing's addresses are shown, which nobody verified",
        ("GetPrimaryEmail", _) => "the present address is not verified, and the new one not seen afterwards",
        ("GetPrimaryEmailUpdateStatus", _) => "changes can't be followed, nor those seen that were started elsewhere",
        ("StartPrimaryEmailUpdate", _) => "no change can be started",
        ("AcceptPrimaryEmailUpdate", _) => "no one-time password is accepted",
        ("UpdateAccountEmailAddress", _) => {
            "AWS's authorization reference lists it for starting and accepting, its user guide does without it"
        }
        ("ListOrganizationsFeatures", Flow::RootFeatures) => "what is on and what is off is not shown",
        ("ListOrganizationsFeatures", _) => "that the feature is off is found out by trying",
        ("EnableOrganizationsRootCredentialsManagement" | "EnableOrganizationsRootSessions", _) => {
            "the feature can't be turned on"
        }
        ("DisableOrganizationsRootCredentialsManagement" | "DisableOrganizationsRootSessions", _) => {
            "the feature can't be turned off"
        }
        ("AssumeRoot", _) => without_task(flow, &permission.about),
        ("SimulatePrincipalPolicy", _) => "what is permitted is found out by trying",
        ("GetRole", _) => "a role that lies in a path can't be asked about",
        _ => "",
    }
}

fn without_task(flow: Flow, about: &About) -> &'static str {
    match (about, flow) {
        (About::Task(TaskPolicy::AuditRootCredentials), Flow::Audit) => "nothing can be audited",
        (About::Task(TaskPolicy::AuditRootCredentials), Flow::DeleteCredentials) => {
            "what there is can't be looked at, and nothing is deleted unseen"
        }
        (About::Task(TaskPolicy::AuditRootCredentials), _) => "whether root has a password is not looked at before",
        (About::Task(TaskPolicy::DeleteRootCredentials), Flow::Recovery) => {
            "a recovery can be allowed but not closed: closing is a deletion"
        }
        (About::Task(TaskPolicy::DeleteRootCredentials), _) => "nothing can be deleted",
        (About::Task(TaskPolicy::AllowPasswordRecovery), _) => "no recovery can be allowed",
        (About::Task(TaskPolicy::UnlockBucketPolicy), _) => "no bucket policy can be read or changed as root",
        (About::Task(TaskPolicy::UnlockQueuePolicy), _) => "no queue policy can be read or changed as root",
        _ => "no root session can be opened",
    }
}

pub(crate) fn about_policy(wanted: &PolicyRequest, place: &PolicyScope) -> Vec<String> {
    let mut notes = vec![
        "attach it to a user, a role or a permission set of the management account, or of the account that is \
         delegated for the service; a delegated administrator turns neither trusted access nor a feature on"
            .to_owned(),
    ];
    let permissions = wanted.permissions();
    let narrows = |permission: &Permission| {
        permission
            .action
            .resource()
            .patterns(place)
            .iter()
            .any(|arn| arn.contains("o-*") || arn.contains("::*:account/"))
    };
    if permissions.iter().any(narrows) {
        notes.push("it names any organization: --organization and --management-account narrow it to yours".to_owned());
    }
    let changes_emails = wanted.flows.contains(&Flow::ChangeEmails);
    if changes_emails && place.domains.is_empty() {
        notes.push(
            "new primary emails may have any domain: --allowed-domains, or allowed_email_domains in the \
             configuration, narrows that"
                .to_owned(),
        );
    }
    if changes_emails && !wanted.doubtful {
        notes.push(
            "iam:UpdateAccountEmailAddress is left out: AWS's authorization reference lists it beside Start and \
             Accept, its user guide does without it. If AWS refuses by that name, use --with-doubtful"
                .to_owned(),
        );
    }
    if changes_emails && place.partition == "aws-us-gov" {
        notes.push(
            "GovCloud has no primary emails to change: they are those of the paired standard accounts".to_owned(),
        );
    }
    let closing = Permission::of_task(TaskPolicy::DeleteRootCredentials);
    let deletes = closing.is_some_and(|closing| permissions.contains(&closing));
    if deletes && !wanted.flows.contains(&Flow::DeleteCredentials) {
        notes.push(
            "it allows the deletion of root credentials as well, since closing a recovery is one; --essential leaves \
             that out"
                .to_owned(),
        );
    }
    notes
}

pub(crate) const ABOUT_GUARD: [&str; 2] = [
    "this is a service control policy: it denies root of the member accounts everything but what is done in root \
     sessions (AssumeRoot). It does not touch the management account",
    "what only a signed-in root user can do is denied as well, so try it on one unit first. The policy type \
     SERVICE_CONTROL_POLICY must be enabled on the root of the organization",
];

/// How it is attached, once it is saved. What the first command answers, the second is given.
pub fn attach_guard(caller: &CallerOptions) -> [AwsCommand; 2] {
    let create = AwsCommand::new("organizations", "create-policy")
        .with("type", "SERVICE_CONTROL_POLICY")
        .with("name", "DenyRootOutsideOfRootSessions")
        .with("description", "Root works in root sessions only")
        .with("content", "file://scp.json");
    let attach = AwsCommand::new("organizations", "attach-policy")
        .with_variable("policy-id", "POLICY_ID")
        .with_variable("target-id", "TARGET_ID");
    [create.by(caller), attach.by(caller)]
}

pub(crate) const NOT_JUDGED: &str = "Judged by the policy alone, in the management account. Service control policies, \
                              boundaries, the standing of the account, trusted access and root features decide, too.";

pub(crate) const GUARDRAIL: &str = "It has no Allow, so it gives nobody anything: it is judged as a guardrail, such as a \
                             service control policy (SCP), which takes away from what other policies allow.";

pub(crate) const CALLER_KEEPS: &str = "An administrator under it, to whom everything else is allowed, keeps:";

pub(crate) const SESSIONS_KEEP: &str = "Root sessions in the accounts under it keep:";

pub(crate) const GUARDRAIL_NOT_JUDGED: &str = "SCPs apply to member accounts, delegated administrators among them, and never to the management account. Judged \
     by this policy alone: others, trusted access and root features decide, too.";

pub(crate) fn task_left(left: &TaskLeft) -> &'static str {
    let missing: Vec<&Answer> = left.missing().map(|(_, answer)| answer).collect();
    let unknown = |answer: &&Answer| matches!(answer, Answer::Unknown(_));
    if missing.is_empty() {
        "yes"
    } else if missing.iter().all(unknown) {
        "?"
    } else if missing.len() < left.actions.len() {
        "partly"
    } else {
        "no"
    }
}

/// What a task loses and why, a line for each reason.
pub(crate) fn task_missing(left: &TaskLeft) -> Vec<String> {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (action, answer) in left.missing() {
        let reason = self::answer(answer);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, actions)) => actions.push(action),
            None => reasons.push((reason, vec![action])),
        }
    }
    let mut lines: Vec<String> =
        reasons.into_iter().map(|(reason, actions)| format!("{reason}: {}", actions.join(", "))).collect();
    match &left.opening {
        Answer::Allowed => {}
        Answer::Unknown(keys) => {
            let keys: Vec<String> = keys.iter().map(|key| clean(key)).collect();
            lines.push(format!("whether a caller under it can open one depends on {}", keys.join(", ")));
        }
        denied => lines.push(format!("a caller under it can't open one: sts:AssumeRoot is {}", self::answer(denied))),
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_flow_is_without_each_permission_is_said() {
        for flow in Flow::ALL {
            for (permission, _) in flow.permissions() {
                assert!(!without(flow, &permission).is_empty(), "{flow} {permission}");
            }
        }
    }
}
