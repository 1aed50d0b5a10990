use super::*;
use crate::domain::policy::{Context, Decision, Policy, Request};

#[test]
fn the_managed_policies_are_read_and_found_by_name_in_any_case() {
    for managed in ManagedPolicy::ALL {
        assert!(Policy::parse(managed.document()).is_ok(), "{}", managed.as_str());
        assert_eq!(ManagedPolicy::from_name(&managed.as_str().to_uppercase()), Some(managed));
    }
    assert_eq!(ManagedPolicy::from_name("ReadOnlyAccess"), None);
}

/// The table of the article, brought up to date.
#[test]
fn the_managed_policies_allow_what_they_are_known_for() {
    use ManagedPolicy as M;
    let context = Context::new();
    for (action, allowing) in [
        ("organizations:ListAccounts", &[M::OrganizationsReadOnly, M::OrganizationsFull, M::Administrator][..]),
        (
            "organizations:DescribeOrganization",
            &[M::OrganizationsReadOnly, M::OrganizationsFull, M::PowerUser, M::Administrator],
        ),
        ("organizations:EnableAWSServiceAccess", &[M::OrganizationsFull, M::Administrator]),
        (
            "account:GetPrimaryEmail",
            &[
                M::OrganizationsReadOnly,
                M::AccountManagementReadOnly,
                M::AccountManagementFull,
                M::PowerUser,
                M::Administrator,
            ],
        ),
        (
            "account:GetPrimaryEmailUpdateStatus",
            &[M::AccountManagementReadOnly, M::AccountManagementFull, M::Administrator],
        ),
        ("account:StartPrimaryEmailUpdate", &[M::AccountManagementFull, M::Administrator]),
        (
            "account:GetAccountInformation",
            &[
                M::OrganizationsFull,
                M::AccountManagementReadOnly,
                M::AccountManagementFull,
                M::AccountActivity,
                M::PowerUser,
                M::Administrator,
            ],
        ),
        ("iam:ListOrganizationsFeatures", &[M::Administrator]),
        ("iam:SimulatePrincipalPolicy", &[M::Administrator]),
        ("sts:AssumeRoot", &[M::PowerUser, M::Administrator]),
    ] {
        let allows = |managed: &ManagedPolicy| {
            let Ok(policy) = Policy::parse(managed.document()) else { unreachable!("a policy") };
            policy.evaluate(Request { action, resource: "*", context: &context }).decision == Decision::Allowed
        };
        let found: Vec<_> = ManagedPolicy::ALL.into_iter().filter(allows).collect();
        assert_eq!(found, allowing, "{action}");
    }
}
