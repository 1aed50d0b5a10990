//! The table: every call of this program, and what it takes.

use super::resource::ResourceKind;
use crate::domain::flow::{Flow, Weight};

use ConditionKey::{EmailTargetDomain, ServicePrincipal, TaskPolicyArn};
use Flow::{
    Audit, Browse, ChangeContacts, ChangeEmails, Delegation, DeleteCredentials, ReadContacts, ReadEmails, ReadScps,
    Recovery, RootFeatures, Simulate, TrustedAccess, UnlockBuckets, UnlockQueues,
};
use ResourceKind::{
    AnyAccount, CallingPrincipal, ControlPolicy, MemberAccount, MemberRoot, Nothing, OrganizationAccount, PolicyTarget,
    Unit,
};
use Weight::{Doubtful, Essential, Helpful};

/// An IAM action, which for nearly every call has the name of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action {
    /// Its name, `service:Operation`.
    pub name: &'static str,
    pub(crate) governed: Governed,
    /// What it is for, as the `Sid` of the statements that allow it.
    pub(crate) purpose: &'static str,
    /// Whether it changes something, or opens a session that can.
    pub(crate) writes: bool,
    pub(crate) needed: Needed,
}

/// The flows that need an action, by how much they do.
type Needed = &'static [(Weight, &'static [Flow])];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Governed {
    Policies {
        resource: ResourceKind,
        /// The condition keys that this program's policies tell such calls apart by.
        keys: &'static [ConditionKey],
    },
    /// The task policy of the root session that it is made in.
    TaskPolicy,
    /// Nobody: it needs no permission and works under an explicit deny.
    Nobody,
    /// The source of the credentials, before there is a caller.
    Credentials,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ConditionKey {
    ServicePrincipal,
    TaskPolicyArn,
    EmailTargetDomain,
}

impl ConditionKey {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::ServicePrincipal => "organizations:ServicePrincipal",
            Self::TaskPolicyArn => "sts:TaskPolicyArn",
            Self::EmailTargetDomain => "account:EmailTargetDomain",
        }
    }

    /// Domains are compared without regard to case: AWS compares them as they were typed.
    pub(crate) fn operator(self) -> &'static str {
        match self {
            Self::ServicePrincipal => "StringEquals",
            Self::TaskPolicyArn => "ArnEquals",
            Self::EmailTargetDomain => "StringEqualsIgnoreCase",
        }
    }
}

impl Action {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        ACTIONS.iter().find(|action| action.name == name)
    }

    /// How much `flow` needs it; `None` if it does not.
    pub(crate) fn weight_for(&self, flow: Flow) -> Option<Weight> {
        self.needed.iter().find(|(_, flows)| flows.contains(&flow)).map(|(weight, _)| *weight)
    }

    pub(crate) fn is_for_policies(&self) -> bool {
        matches!(self.governed, Governed::Policies { .. })
    }

    pub(crate) fn resource(&self) -> ResourceKind {
        match self.governed {
            Governed::Policies { resource, .. } => resource,
            _ => ResourceKind::Nothing,
        }
    }

    pub(crate) fn keys(&self) -> &'static [ConditionKey] {
        match self.governed {
            Governed::Policies { keys, .. } => keys,
            _ => &[],
        }
    }
}

const fn read(name: &'static str, purpose: &'static str, resource: ResourceKind, needed: Needed) -> Action {
    Action { name, governed: Governed::Policies { resource, keys: &[] }, purpose, writes: false, needed }
}

const fn write(
    name: &'static str,
    purpose: &'static str,
    resource: ResourceKind,
    keys: &'static [ConditionKey],
    needed: Needed,
) -> Action {
    Action { name, governed: Governed::Policies { resource, keys }, purpose, writes: true, needed }
}

/// Done in a root session; whether it may be is the task policy's to say, not the caller's policies'.
const fn in_session(name: &'static str, writes: bool) -> Action {
    Action { name, governed: Governed::TaskPolicy, purpose: "", writes, needed: &[] }
}

const fn free(name: &'static str, governed: Governed) -> Action {
    Action { name, governed, purpose: "", writes: false, needed: &[] }
}

/// Whoever writes or opens a root session must know the organization: the records are bound to it.
const ORGANIZATION: Needed = &[
    (Helpful, &[Browse, ReadEmails, ReadContacts]),
    (Essential, &[ReadScps, ChangeEmails, ChangeContacts, TrustedAccess, RootFeatures, Delegation]),
    (Essential, ROOT_FLOWS),
];

const ACCOUNTS: Needed = &[
    (Essential, &[Browse, ReadEmails, ReadContacts, ReadScps, ChangeContacts, ChangeEmails]),
    (Helpful, &[Delegation]),
    (Essential, ROOT_FLOWS),
];

/// For what is about one account; without it, all are listed.
const ACCOUNT: Needed =
    &[(Helpful, &[ReadEmails, ReadContacts, ReadScps, ChangeContacts, ChangeEmails]), (Helpful, ROOT_FLOWS)];

/// What a delegated administrator learns its organization role from.
const OWN_DELEGATION: Needed = &[
    (Helpful, &[Browse, ReadEmails, ReadContacts, ChangeContacts, ChangeEmails]),
    (Essential, &[Delegation]),
    (Helpful, ROOT_FLOWS),
];

const TRUSTED: Needed = &[
    (Helpful, &[ReadEmails, ReadContacts, ChangeContacts, ChangeEmails, RootFeatures, Delegation]),
    (Essential, &[TrustedAccess]),
    (Helpful, ROOT_FLOWS),
];

const CONTROL_POLICIES: Needed = &[(Essential, &[ReadScps])];
const DELEGATES: Needed = &[(Helpful, &[TrustedAccess]), (Essential, &[Delegation])];
const DELEGATE: Needed = &[(Essential, &[Delegation])];
const ENABLE_SERVICE: Needed = &[(Essential, &[TrustedAccess]), (Helpful, &[RootFeatures])];
const DISABLE_SERVICE: Needed = &[(Essential, &[TrustedAccess])];
const EMAIL: Needed = &[(Essential, &[ReadEmails]), (Helpful, &[ChangeEmails])];
const EMAIL_CHANGE: Needed = &[(Helpful, &[ReadEmails, ChangeEmails])];
const CHANGE_EMAIL: Needed = &[(Essential, &[ChangeEmails])];
const CONTACTS: Needed = &[(Essential, &[ReadContacts]), (Helpful, &[ChangeContacts])];
const PRIMARY_CONTACT: Needed = &[(Helpful, &[ReadContacts, ChangeContacts])];
const CHANGE_CONTACTS: Needed = &[(Essential, &[ChangeContacts])];
const FEATURES: Needed = &[(Essential, &[RootFeatures]), (Helpful, ROOT_FLOWS)];
const SWITCH_FEATURE: Needed = &[(Essential, &[RootFeatures])];
/// How much of `sts:AssumeRoot` each flow needs, task by task, is [`Flow::tasks`].
const ROOT_TASKS: Needed = &[(Essential, ROOT_FLOWS)];

const ROOT_FLOWS: &[Flow] = &[Audit, DeleteCredentials, Recovery, UnlockBuckets, UnlockQueues];

const SERVICE: &[ConditionKey] = &[ServicePrincipal];
const DOMAIN: &[ConditionKey] = &[EmailTargetDomain];

/// Every call of this program (AWS's Service Authorization Reference), reads before writes.
pub(crate) const ACTIONS: &[Action] = &[
    read("organizations:DescribeOrganization", "ListAccounts", Nothing, ORGANIZATION),
    read("organizations:ListAccounts", "ListAccounts", Nothing, ACCOUNTS),
    read("organizations:DescribeAccount", "ListAccounts", OrganizationAccount, ACCOUNT),
    read("organizations:ListRoots", "ListAccounts", Nothing, &[(Helpful, &[Browse]), (Essential, &[ReadScps])]),
    read("organizations:ListOrganizationalUnitsForParent", "ListAccounts", Unit, &[(Helpful, &[Browse, ReadScps])]),
    read("organizations:ListPoliciesForTarget", "ReadControlPolicies", PolicyTarget, CONTROL_POLICIES),
    read("organizations:DescribePolicy", "ReadControlPolicies", ControlPolicy, CONTROL_POLICIES),
    read("organizations:ListDelegatedServicesForAccount", "ListAccounts", OrganizationAccount, OWN_DELEGATION),
    read("organizations:ListDelegatedAdministrators", "SeeDelegatedAdministrators", Nothing, DELEGATES),
    read("organizations:ListAWSServiceAccessForOrganization", "SeeTrustedAccess", Nothing, TRUSTED),
    write("organizations:EnableAWSServiceAccess", "SwitchTrustedAccess", Nothing, SERVICE, ENABLE_SERVICE),
    write("organizations:DisableAWSServiceAccess", "SwitchTrustedAccess", Nothing, SERVICE, DISABLE_SERVICE),
    write(
        "organizations:RegisterDelegatedAdministrator",
        "ChangeDelegatedAdministrators",
        OrganizationAccount,
        SERVICE,
        DELEGATE,
    ),
    write(
        "organizations:DeregisterDelegatedAdministrator",
        "ChangeDelegatedAdministrators",
        OrganizationAccount,
        SERVICE,
        DELEGATE,
    ),
    read("account:GetPrimaryEmail", "ReadPrimaryEmails", MemberAccount, EMAIL),
    read("account:GetPrimaryEmailUpdateStatus", "ReadPrimaryEmails", MemberAccount, EMAIL_CHANGE),
    write("account:StartPrimaryEmailUpdate", "ChangePrimaryEmails", MemberAccount, DOMAIN, CHANGE_EMAIL),
    write("account:AcceptPrimaryEmailUpdate", "ChangePrimaryEmails", MemberAccount, DOMAIN, CHANGE_EMAIL),
    read("account:GetAlternateContact", "ReadContacts", AnyAccount, CONTACTS),
    read("account:GetContactInformation", "ReadContacts", AnyAccount, PRIMARY_CONTACT),
    write("account:PutAlternateContact", "ChangeContacts", AnyAccount, &[], CHANGE_CONTACTS),
    write("account:DeleteAlternateContact", "ChangeContacts", AnyAccount, &[], CHANGE_CONTACTS),
    write("account:PutContactInformation", "ChangeContacts", AnyAccount, &[], CHANGE_CONTACTS),
    write("account:PutAccountName", "RenameAccounts", AnyAccount, &[], CHANGE_CONTACTS),
    // Likewise beside PutAccountName.
    write("iam:UpdateAccountName", "PerhapsAlsoForNames", Nothing, &[], &[(Doubtful, &[ChangeContacts])]),
    // Not a call of its own. The Service Authorization Reference lists it beside Start and Accept; the user guide's
    // minimum policy does without it.
    write("iam:UpdateAccountEmailAddress", "PerhapsAlsoForEmailChanges", Nothing, &[], &[(Doubtful, &[ChangeEmails])]),
    read("iam:ListOrganizationsFeatures", "SeeRootFeatures", Nothing, FEATURES),
    write("iam:EnableOrganizationsRootCredentialsManagement", "SwitchRootFeatures", Nothing, &[], SWITCH_FEATURE),
    write("iam:DisableOrganizationsRootCredentialsManagement", "SwitchRootFeatures", Nothing, &[], SWITCH_FEATURE),
    write("iam:EnableOrganizationsRootSessions", "SwitchRootFeatures", Nothing, &[], SWITCH_FEATURE),
    write("iam:DisableOrganizationsRootSessions", "SwitchRootFeatures", Nothing, &[], SWITCH_FEATURE),
    write("sts:AssumeRoot", "OpenRootSessions", MemberRoot, &[TaskPolicyArn], ROOT_TASKS),
    read("iam:SimulatePrincipalPolicy", "SimulateOwnPolicies", CallingPrincipal, &[(Essential, &[Simulate])]),
    read("iam:GetRole", "SimulateOwnPolicies", CallingPrincipal, &[(Helpful, &[Simulate])]),
    in_session("iam:GetAccountSummary", false),
    in_session("iam:GetLoginProfile", false),
    in_session("iam:GetUser", false),
    in_session("iam:ListAccessKeys", false),
    in_session("iam:GetAccessKeyLastUsed", false),
    in_session("iam:ListMFADevices", false),
    in_session("iam:ListSigningCertificates", false),
    in_session("iam:DeleteLoginProfile", true),
    in_session("iam:DeleteAccessKey", true),
    in_session("iam:DeleteSigningCertificate", true),
    in_session("iam:DeactivateMFADevice", true),
    in_session("iam:CreateLoginProfile", true),
    in_session("s3:ListAllMyBuckets", false),
    in_session("s3:GetBucketPolicy", false),
    in_session("s3:PutBucketPolicy", true),
    in_session("s3:DeleteBucketPolicy", true),
    in_session("sqs:ListQueues", false),
    in_session("sqs:GetQueueUrl", false),
    in_session("sqs:GetQueueAttributes", false),
    in_session("sqs:SetQueueAttributes", true),
    free("sts:GetCallerIdentity", Governed::Nobody),
    free("sts:AssumeRole", Governed::Credentials),
    free("sts:AssumeRoleWithWebIdentity", Governed::Credentials),
    free("sso:GetRoleCredentials", Governed::Credentials),
    free("signin:CreateOAuth2Token", Governed::Credentials),
];
