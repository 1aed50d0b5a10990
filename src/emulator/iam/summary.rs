//! The account's summary.

use crate::emulator::world::entities::EntityKind;
use crate::emulator::{Answer, Element, World};

/// All 34 entries of `SummaryMap` (service model). The account's own four are 0 or 1 (captured); that root's devices
/// count as `MFADevices` with those of users is a guess. Quotas are AWS's defaults (AWS documentation); what the
/// emulator does not have counts as in an unused account.
pub(super) fn of(world: &World, account: &str) -> Answer {
    let root = world.root_credentials.of(account);
    let present = |is: bool| usize::from(is);
    let of_users = world.mfa_device.iter().filter(|device| device.is_in(account)).count();
    let devices = root.mfa_devices.len() + of_users;
    let count = |kind| world.entities.count(kind, account);
    let entries = [
        ("AccountPasswordPresent", present(root.password.is_some())),
        ("AccountAccessKeysPresent", present(!root.access_keys.is_empty())),
        ("AccountMFAEnabled", present(!root.mfa_devices.is_empty())),
        ("AccountSigningCertificatesPresent", present(!root.signing_certificates.is_empty())),
        ("MFADevices", devices),
        ("MFADevicesInUse", devices),
        ("Users", count(EntityKind::User)),
        ("UsersQuota", 5_000),
        ("UserPolicySizeQuota", 2_048),
        ("Groups", count(EntityKind::Group)),
        ("GroupsQuota", 300),
        ("GroupsPerUserQuota", 10),
        ("GroupPolicySizeQuota", 5_120),
        // Two are there for services.
        ("Roles", count(EntityKind::Role) + 2),
        ("RolesQuota", 1_000),
        ("RolePolicySizeQuota", 10_240),
        ("AssumeRolePolicySizeQuota", 2_048),
        ("InstanceProfiles", 0),
        ("InstanceProfilesQuota", 1_000),
        ("Policies", 0),
        ("PoliciesQuota", 1_500),
        ("PolicySizeQuota", 6_144),
        ("PolicyVersionsInUse", 2),
        ("PolicyVersionsInUseQuota", 10_000),
        ("VersionsPerPolicyQuota", 5),
        ("AttachedPoliciesPerUserQuota", 10),
        ("AttachedPoliciesPerGroupQuota", 10),
        ("AttachedPoliciesPerRoleQuota", 20),
        ("AccessKeysPerUserQuota", 2),
        ("SigningCertificatesPerUserQuota", 2),
        ("ServerCertificates", 0),
        ("ServerCertificatesQuota", 20),
        ("Providers", 0),
        ("GlobalEndpointTokenVersion", 1),
    ];
    let entries = entries.map(|(key, value)| (key, value.to_string()));
    Answer::Xml(vec![Element::map("SummaryMap", entries)])
}
