//! Root credentials and service control policies of a generated organization.

use serde_json::json;

use crate::emulator::random::Random;
use crate::emulator::world::blueprint::{
    AccessKey, Account, ControlPolicyPlan, KeyStatus, LastUse, PasswordPlan, RootCredentialsPlan, RootMfaDevice,
    SigningCertificate,
};

const SERVICES: &[&str] = &["s3", "ec2", "iam", "sts", "cloudformation"];
const REGIONS: &[&str] = &["us-east-1", "eu-central-1", "ap-northeast-1"];
/// Of the ids of keys and certificates.
const LETTERS: &[char] = &[
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W',
    'X', 'Y', 'Z', '2', '3', '4', '5', '6', '7',
];
/// Of the oldest credential, in days.
const OLDEST: u64 = 2_500;
/// So that the accounts do not change with what is drawn here.
const STREAM: u64 = 0x526F_6F74;

/// About every tenth account's root user has something.
pub(super) fn of(accounts: &[Account], seed: u64) -> Vec<RootCredentialsPlan> {
    let mut random = Random::new(seed ^ STREAM);
    let mut plans = Vec::new();
    for account in accounts {
        if random.below(10) == 0 {
            plans.push(plan(&account.id, &mut random));
        }
    }
    plans
}

fn plan(account: &str, random: &mut Random) -> RootCredentialsPlan {
    let mut plan = RootCredentialsPlan { account: account.to_owned(), ..RootCredentialsPlan::default() };
    let kind = random.below(8);
    if kind < 5 {
        let created_days_ago = random.below(OLDEST);
        let used = random.below(2) == 0;
        let last_used_days_ago = used.then(|| random.below(created_days_ago.max(1)));
        plan.password = Some(PasswordPlan { created_days_ago, last_used_days_ago });
    }
    if (1..4).contains(&kind) {
        plan.mfa_devices.push(RootMfaDevice {
            serial_number: format!("arn:aws:iam::{account}:mfa/root-account-mfa-device"),
            enabled_days_ago: random.below(OLDEST),
        });
    }
    if kind >= 4 {
        plan.access_keys.push(access_key(random));
    }
    if kind == 7 {
        plan.signing_certificates.push(SigningCertificate {
            id: word(random, 32),
            status: status(random),
            uploaded_days_ago: random.below(OLDEST),
        });
    }
    plan
}

fn access_key(random: &mut Random) -> AccessKey {
    let created_days_ago = random.below(OLDEST);
    let used = random.below(3) != 0;
    AccessKey {
        id: format!("AKIA{}", word(random, 16)),
        status: status(random),
        created_days_ago,
        last_used: used.then(|| LastUse {
            days_ago: random.below(created_days_ago.max(1)),
            service: random.pick(SERVICES).copied().unwrap_or_default().to_owned(),
            region: random.pick(REGIONS).copied().unwrap_or_default().to_owned(),
        }),
    }
}

fn status(random: &mut Random) -> KeyStatus {
    if random.below(4) == 0 { KeyStatus::Inactive } else { KeyStatus::Active }
}

fn word(random: &mut Random, length: usize) -> String {
    (0..length).filter_map(|_| random.pick(LETTERS)).collect()
}

/// Root denied everything, once as people first write it and once with the exemption that root sessions need.
pub(super) fn control_policies() -> Vec<ControlPolicyPlan> {
    let root = json!({ "aws:PrincipalArn": ["arn:*:iam::*:root"] });
    let policy = |name: &str, unit: &str, condition| ControlPolicyPlan {
        name: name.to_owned(),
        units: vec![unit.to_owned()],
        document: json!({
            "Version": "2012-10-17",
            "Statement": [
                { "Sid": "DenyRootUser", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition }
            ],
        }),
        ..ControlPolicyPlan::default()
    };
    vec![
        policy("DenyRootUser", "Sandbox/fraud", json!({ "StringLike": root })),
        policy(
            "DenyRootUserButRootSessions",
            "Security",
            json!({ "StringLike": root, "Null": { "aws:AssumedRoot": "true" } }),
        ),
    ]
}
