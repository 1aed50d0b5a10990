//! AWS's quotas by operation, per calling account.

use crate::domain::quota::Quota;

/// A twentieth less than AWS allows, and one less at once where nobody misses it: requests do not arrive in the
/// distances in which they were sent.
pub(super) fn with_margin(quota: Quota) -> Quota {
    let burst = if quota.burst > 2 { quota.burst - 1 } else { quota.burst };
    Quota { every: quota.every + quota.every / 20, burst }
}

/// Whether an operation changes something: it goes before those that only read.
pub(super) fn is_write(operation: &str) -> bool {
    let name = operation.split_once(':').map_or(operation, |(_, name)| name);
    !["Get", "List", "Describe", "Simulate", "AssumeRoot"].iter().any(|start| name.starts_with(start))
}

/// Per calling account (AWS documentation: quotas of Organizations and of Account Management).
///
/// IAM publishes none, and there is none for `AssumeRoot`: the other operations of STS share 600 requests a second (AWS
/// documentation). 20 leave nearly all of that to the people and pipelines that sign in meanwhile, should it be shared.
pub(super) fn quota(operation: &str) -> Option<Quota> {
    Some(match operation {
        "organizations:DescribeAccount" => Quota::per_second(20, 30),
        "organizations:ListAccounts" => Quota::per_second(8, 12),
        // No quota of the policies was found: as careful as with the other lists.
        "organizations:ListPoliciesForTarget"
        | "organizations:DescribePolicy"
        | "organizations:ListDelegatedAdministrators"
        | "organizations:ListOrganizationalUnitsForParent" => Quota::per_second(5, 8),
        "organizations:ListRoots"
        | "organizations:DescribeOrganization"
        | "organizations:EnableAWSServiceAccess"
        | "organizations:DisableAWSServiceAccess"
        | "organizations:RegisterDelegatedAdministrator"
        | "organizations:DeregisterDelegatedAdministrator" => Quota::per_second(1, 2),
        "organizations:ListAWSServiceAccessForOrganization" | "organizations:ListDelegatedServicesForAccount" => {
            Quota::per_second(1, 3)
        }
        "account:StartPrimaryEmailUpdate" | "account:AcceptPrimaryEmailUpdate" => Quota::per_second(1, 1),
        // That of the status is not published; it is read side by side with the address.
        "account:GetPrimaryEmail" | "account:GetPrimaryEmailUpdateStatus" => Quota::per_second(3, 3),
        // 1 a second for the writes.
        "account:PutAlternateContact"
        | "account:DeleteAlternateContact"
        | "account:PutContactInformation"
        | "account:PutAccountName" => Quota::per_second(1, 1),
        "account:GetAlternateContact" | "account:GetContactInformation" => Quota::per_second(10, 15),
        "sts:AssumeRoot" => Quota::per_second(20, 20),
        // No quota is published, and it is known to be throttled early.
        "iam:SimulatePrincipalPolicy" => Quota::per_second(4, 4),
        _ => return None,
    })
}
