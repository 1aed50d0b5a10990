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
        Flow::Browse => "list accounts",
        Flow::ReadEmails => "read primary emails",
        Flow::ChangeEmails => "change primary emails",
        Flow::ReadContacts => "read contacts",
        Flow::ChangeContacts => "change contacts and names",
        Flow::ReadScps => "explain SCPs",
        Flow::TrustedAccess => "change trusted access",
        Flow::RootFeatures => "change root features",
        Flow::Delegation => "change delegated admins",
        Flow::Audit => "audit root credentials",
        Flow::DeleteCredentials => "delete root credentials",
        Flow::Recovery => "allow password recovery",
        Flow::UnlockBuckets => "unlock bucket policies",
        Flow::UnlockQueues => "unlock queue policies",
        Flow::Simulate => "simulate permissions",
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

pub(crate) const EXTENTS: &str = "yes: everything the task needs or can use; mostly: everything it needs; partly: \
    some of what it needs; no: none of its own permissions; ?: depends on values not known here.";

pub(crate) fn answer(answer: &Answer) -> String {
    let list = |names: &[String]| names.iter().map(|name| clean(name)).collect::<Vec<_>>().join(", ");
    match answer {
        Answer::Allowed => "allowed".to_owned(),
        Answer::AllBut(resources) => format!("allowed, except on {}", list(resources)),
        Answer::Only(resources) => format!("allowed only on {}", list(resources)),
        Answer::Denied(statement) => format!("denied by {}", clean(statement)),
        Answer::NotAllowed => "not allowed".to_owned(),
        Answer::Unknown(what) => {
            let what: Vec<String> = what.iter().cloned().collect();
            format!("unknown: depends on {}", list(&what))
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
        ("DescribeOrganization", Flow::Browse | Flow::ReadEmails | Flow::ReadContacts) => {
            "the management account and the role of this account are not shown"
        }
        ("DescribeOrganization", _) => "rootdeck makes no changes in an unknown organization",
        ("ListAccounts", Flow::Delegation) => "accounts have no names and cannot be picked from a list",
        ("ListAccounts", _) => "no accounts to list or pick from",
        ("DescribeAccount", _) => "commands about one account list all accounts first",
        ("ListRoots", Flow::ReadScps) => "the policies of the root are unknown, and what they block",
        ("ListPoliciesForTarget" | "DescribePolicy", _) => "what SCPs and RCPs block is unknown",
        ("ListRoots" | "ListOrganizationalUnitsForParent", _) => "paths show OU ids, not names",
        ("ListDelegatedServicesForAccount", Flow::Delegation) => "the services an account administers are not shown",
        ("ListDelegatedServicesForAccount", _) => "delegated administrators are not recognized",
        ("ListDelegatedAdministrators", Flow::TrustedAccess) => {
            "delegated administrators that block disabling trusted access are found only by trying"
        }
        ("ListDelegatedAdministrators", _) => "delegated administrators are not shown",
        ("ListAWSServiceAccessForOrganization", Flow::TrustedAccess) => "what is enabled is not shown",
        ("ListAWSServiceAccessForOrganization", _) => "disabled trusted access is found only by trying",
        ("EnableAWSServiceAccess", Flow::RootFeatures) => "trusted access for IAM must already be on",
        ("EnableAWSServiceAccess", _) => "it cannot be enabled",
        ("DisableAWSServiceAccess", _) => "it cannot be disabled",
        ("RegisterDelegatedAdministrator", _) => "no delegated administrator can be registered",
        ("DeregisterDelegatedAdministrator", _) => "no delegated administrator can be deregistered",
        ("GetPrimaryEmail", Flow::ReadEmails) => "only the unverified addresses of the account list are shown",
        ("GetPrimaryEmail", _) => "neither the current address nor the new one can be verified",
        ("GetPrimaryEmailUpdateStatus", _) => "changes cannot be tracked, and changes started elsewhere are not found",
        ("StartPrimaryEmailUpdate", _) => "no change can be started",
        ("AcceptPrimaryEmailUpdate", _) => "no change can be accepted",
        ("PutAlternateContact", _) => "no contact can be set",
        ("DeleteAlternateContact", _) => "no contact can be deleted",
        ("PutContactInformation", _) => "no primary contact can be set",
        ("PutAccountName", _) => "no account can be renamed",
        ("UpdateAccountName", _) => "AWS documents it as perhaps needed to rename accounts",
        ("GetAlternateContact", Flow::ChangeContacts) => "present contacts are unknown, and changes cannot be verified",
        ("GetContactInformation", Flow::ChangeContacts) => "changes of primary contacts cannot be verified",
        ("GetAlternateContact", _) => "security, operations and billing contacts are unknown",
        ("GetContactInformation", _) => "primary contacts are unknown",
        ("UpdateAccountEmailAddress", _) => {
            "AWS's authorization reference lists it for starting and accepting, its user guide does not"
        }
        ("ListOrganizationsFeatures", Flow::RootFeatures) => "what is enabled is not shown",
        ("ListOrganizationsFeatures", _) => "a disabled feature is found only by trying",
        ("EnableOrganizationsRootCredentialsManagement" | "EnableOrganizationsRootSessions", _) => {
            "the feature cannot be enabled"
        }
        ("DisableOrganizationsRootCredentialsManagement" | "DisableOrganizationsRootSessions", _) => {
            "the feature cannot be disabled"
        }
        ("AssumeRoot", _) => without_task(flow, &permission.about),
        ("SimulatePrincipalPolicy", _) => "permissions are found only by trying",
        ("GetRole", _) => "roles with a path cannot be simulated",
        _ => "",
    }
}

fn without_task(flow: Flow, about: &About) -> &'static str {
    match (about, flow) {
        (About::Task(TaskPolicy::AuditRootCredentials), Flow::Audit) => "nothing can be audited",
        (About::Task(TaskPolicy::AuditRootCredentials), Flow::DeleteCredentials) => {
            "credentials cannot be listed, and nothing is deleted unlisted"
        }
        (About::Task(TaskPolicy::AuditRootCredentials), _) => "whether root has a password is not checked first",
        (About::Task(TaskPolicy::DeleteRootCredentials), Flow::Recovery) => {
            "recovery can be allowed but not closed (closing is a deletion)"
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
        "attach it to a user, role or permission set of the management account or of the delegated administrator. A \
         delegated administrator cannot enable trusted access or features"
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
        notes.push(
            "it applies to any organization: restrict it with --organization and --management-account".to_owned(),
        );
    }
    let changes_emails = wanted.flows.contains(&Flow::ChangeEmails);
    if changes_emails && place.domains.is_empty() {
        notes.push(
            "new primary emails may use any domain: restrict them with --allowed-domains, or allowed_email_domains \
             in the configuration"
                .to_owned(),
        );
    }
    if changes_emails && !wanted.doubtful {
        notes.push(
            "iam:UpdateAccountEmailAddress is not included: AWS's authorization reference lists it for Start and \
             Accept, its user guide does not. If AWS denies this action, use --with-doubtful"
                .to_owned(),
        );
    }
    if changes_emails && place.partition == "aws-us-gov" {
        notes.push("GovCloud accounts have no primary email: change it in the paired standard account".to_owned());
    }
    let closing = Permission::of_task(TaskPolicy::DeleteRootCredentials);
    let deletes = closing.is_some_and(|closing| permissions.contains(&closing));
    if deletes && !wanted.flows.contains(&Flow::DeleteCredentials) {
        notes.push(
            "it also allows deleting root credentials, because closing a recovery is a deletion (--essential \
             excludes it)"
                .to_owned(),
        );
    }
    notes
}

pub(crate) const ABOUT_GUARD: [&str; 2] = [
    "service control policy: denies root of member accounts everything except root sessions (AssumeRoot). Does not \
     affect the management account",
    "it also denies tasks that only a signed-in root user can do: test it on one OU first. The policy type \
     SERVICE_CONTROL_POLICY must be enabled on the organization root",
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

pub(crate) const NOT_JUDGED: &str = "Evaluated: this policy alone, in the management account. Not evaluated: SCPs, \
    permissions boundaries, the account's role in the organization, trusted access and root features.";

pub(crate) const GUARDRAIL: &str = "No Allow statement, so it grants nothing. Evaluated as a guardrail, such as a \
    service control policy (SCP), which restricts what other policies allow.";

pub(crate) const ALLOWING_SCP: &str = "Evaluated as the only service control policy (SCP) at its level: what it does \
    not allow is denied. FullAWSAccess attached beside it would allow everything.";

pub(crate) const RCP: &str = "Evaluated as a resource control policy (RCP), which restricts access to resources such as \
    buckets and queues. RCPs do not cover IAM, Organizations and Account Management.";

pub(crate) const RCP_NOT_JUDGED: &str = "RCPs apply to resources of member accounts, never to those of the management \
    account. Evaluated: this policy alone. Not evaluated: other policies, trusted access and root features.";

pub(crate) const CALLER_KEEPS: &str = "An administrator with full access keeps:";

pub(crate) const SESSIONS_KEEP: &str = "Root sessions in member accounts keep:";

pub(crate) const GUARDRAIL_NOT_JUDGED: &str = "SCPs apply to member accounts, including delegated administrators, \
    never to the management account. Evaluated: this policy alone. Not evaluated: other policies, trusted access \
    and root features.";

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
            lines.push(format!("whether a caller can open a root session depends on {}", keys.join(", ")));
        }
        denied => lines.push(format!("callers cannot open a root session: sts:AssumeRoot is {}", self::answer(denied))),
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
