//! Findings about root, in words.

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::mfa_device::MfaDevice;
use crate::domain::root_credentials::{AccessKey, LastUsed, RootAudit, SigningCertificate};
use crate::domain::root_finding::{Framework, Reference, RootFinding};
use crate::words::time::utc_second;

/// The name for people.
pub(crate) fn title(finding: RootFinding) -> &'static str {
    match finding {
        RootFinding::PasswordWithoutMfa => "Root password without MFA",
        RootFinding::AccessKeyInUse => "Root access key used in the last 90 days",
        RootFinding::AccessKey => "Root access key",
        RootFinding::RecentSignIn => "Root signed in during the last 90 days",
        RootFinding::NoHardwareMfa => "Root password without hardware MFA",
        RootFinding::SigningCertificate => "Root signing certificate",
        RootFinding::Password => "Root password",
    }
}

/// Why it matters.
pub(crate) fn meaning(finding: RootFinding) -> &'static str {
    match finding {
        RootFinding::PasswordWithoutMfa => "Whoever has the password, or the mailbox to reset it, can sign in as root.",
        RootFinding::AccessKeyInUse => {
            "Something calls AWS as root with a long-lived key. No policy but an SCP limits what it can do."
        }
        RootFinding::AccessKey => "Whoever has the key can call AWS as root. A key does not need MFA.",
        RootFinding::RecentSignIn => {
            "Root is for the few tasks that need it. AWS keeps the date after the password is deleted."
        }
        RootFinding::NoHardwareMfa => {
            "All MFA devices of root are apps, whose secret can be copied. A passkey is not counted either way: it can be \
             in a security key."
        }
        RootFinding::SigningCertificate => "Whoever has its private key can sign SOAP requests as root.",
        RootFinding::Password => {
            "Member accounts need no root password. Without one, nobody can sign in as root, and centralized root access \
             still works."
        }
    }
}

/// In a command, where the account that is meant is put.
const ACCOUNT: &str = "ACCOUNT";

/// What to do about it.
pub(crate) fn fix(finding: RootFinding) -> &'static str {
    match finding {
        RootFinding::PasswordWithoutMfa | RootFinding::Password => {
            "Delete the root password: rootdeck credentials delete ACCOUNT --only password."
        }
        RootFinding::AccessKeyInUse => {
            "Find what uses the key (CloudTrail, userIdentity.accessKeyId) and move it to a role. Then delete the key."
        }
        RootFinding::AccessKey => "Delete the access keys: rootdeck credentials delete ACCOUNT --only access-keys.",
        RootFinding::RecentSignIn => {
            "Ask who signed in and why (CloudTrail, ConsoleLogin). Root tasks work without a sign-in: rootdeck session."
        }
        RootFinding::NoHardwareMfa => "Delete the root password, or add a hardware MFA device as root.",
        RootFinding::SigningCertificate => {
            "Delete the certificates: rootdeck credentials delete ACCOUNT --only signing-certificates."
        }
    }
}

/// The same where one account is shown.
pub(crate) fn fix_in(finding: RootFinding, account: AccountId) -> String {
    fix(finding).replace(ACCOUNT, &account.to_string())
}

/// What in an audit shows it, with times in UTC.
pub(crate) fn evidence(finding: RootFinding, audit: &RootAudit, now: Timestamp) -> String {
    match finding {
        RootFinding::PasswordWithoutMfa => format!("{}, no MFA device", password(audit)),
        RootFinding::Password => password(audit),
        RootFinding::AccessKeyInUse | RootFinding::AccessKey => {
            let is_meant = |key: &&AccessKey| match finding {
                RootFinding::AccessKeyInUse => RootFinding::is_recently_used(key, now),
                _ => true,
            };
            each(audit.access_keys.details().into_iter().flatten().filter(is_meant).map(key), "access keys exist")
        }
        RootFinding::RecentSignIn => {
            audit.last_sign_in.time().map(|at| format!("last sign-in {}", utc_second(at))).unwrap_or_default()
        }
        RootFinding::NoHardwareMfa => {
            each(audit.mfa_devices.details().into_iter().flatten().map(device), "MFA devices exist")
        }
        RootFinding::SigningCertificate => {
            let all = audit.signing_certificates.details().into_iter().flatten();
            each(all.map(certificate), "signing certificates exist")
        }
    }
}

fn each(all: impl Iterator<Item = String>, unnamed: &str) -> String {
    let all: Vec<String> = all.collect();
    // A quick audit knows only that there are some.
    if all.is_empty() { unnamed.to_owned() } else { all.join("; ") }
}

fn password(audit: &RootAudit) -> String {
    match audit.password.details().and_then(|password| password.created) {
        Some(at) => format!("password created {}", utc_second(at)),
        None => "password exists".to_owned(),
    }
}

fn key(key: &AccessKey) -> String {
    let created = key.created.map(|at| format!(", created {}", utc_second(at))).unwrap_or_default();
    let used = match &key.last_used {
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, region } => format!("used {} ({service}, {region})", utc_second(*at)),
        LastUsed::Unknown(_) => "last use unknown".to_owned(),
    };
    format!("{} {}{created}, {used}", key.id, key.status)
}

/// `virtual (app) arn:aws:iam::111122223333:mfa/x, enabled 2024-05-06T07:08:09Z`.
pub(crate) fn device(device: &MfaDevice) -> String {
    let enabled = device.enabled.map(|at| format!(", enabled {}", utc_second(at))).unwrap_or_default();
    format!("{} {}{enabled}", super::root_access::mfa_kind(device.kind()), device.serial)
}

fn certificate(one: &SigningCertificate) -> String {
    let uploaded = one.uploaded.map(|at| format!(", uploaded {}", utc_second(at))).unwrap_or_default();
    format!("{} {}{uploaded}", one.id, one.status)
}

/// The name of a framework.
pub(crate) fn framework(framework: Framework) -> &'static str {
    match framework {
        Framework::Cis7 => "CIS 7.0",
        Framework::Cis6 => "CIS 6.0",
        Framework::Cis5 => "CIS 5.0",
        Framework::CisTo4 => "CIS 1.4 to 4.0",
        Framework::SecurityHub => "Security Hub",
        Framework::Prowler => "Prowler",
    }
}

/// `CIS 7.0 2.4`, `Security Hub IAM.4`.
pub(crate) fn reference((of, name): Reference) -> String {
    format!("{} {name}", framework(of))
}

/// All of them, on a line.
pub(crate) fn references(all: &[Reference]) -> String {
    all.iter().map(|one| reference(*one)).collect::<Vec<_>>().join(", ")
}
