//! Findings about root, in words.

use crate::domain::root_finding::{Framework, Reference, RootFinding};

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

/// `CIS 7.0 2.4, Security Hub IAM.4`.
pub(crate) fn reference((framework, name): Reference) -> String {
    let framework = match framework {
        Framework::Cis7 => "CIS 7.0",
        Framework::Cis6 => "CIS 6.0",
        Framework::Cis5 => "CIS 5.0",
        Framework::CisTo4 => "CIS 1.4 to 4.0",
        Framework::SecurityHub => "Security Hub",
        Framework::Prowler => "Prowler",
    };
    format!("{framework} {name}")
}
