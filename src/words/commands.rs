//! What fixes something, for whoever is at the command line and not in front of the screen.

use crate::domain::api_error::ApiError;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::cause::Cause;
use crate::domain::change::Switch;
use crate::domain::trusted_access::ServicePrincipal;
use crate::words::cause::{is_about_root, policy_change};

/// `rootdeck` with these words, as whom and where this run calls.
pub fn rootdeck(words: &[&str], caller: Option<&CallerOptions>) -> AwsCommand {
    AwsCommand::of(&[&["rootdeck"], words].concat()).by(caller.unwrap_or(&CallerOptions::default()))
}

pub fn turn_on(switch: &Switch, caller: Option<&CallerOptions>) -> AwsCommand {
    match switch {
        Switch::TrustedAccess(service) => rootdeck(&["trust", "enable", service.as_str()], caller),
        Switch::RootFeature(feature) => rootdeck(&["features", "enable", feature.as_str()], caller),
    }
}

/// The account whose root is denied, from AWS's text: `User: arn:aws:iam::444455556666:root is not authorized …`.
fn denied_account(message: &str) -> Option<&str> {
    let (_, behind) = message.split_once(":iam::")?;
    let (account, rest) = behind.split_once(':')?;
    let is_id = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (is_id && rest.starts_with("root")).then_some(account)
}

/// What to do about an error, where the words for the screen speak of its views and keys.
pub(crate) fn fix(error: &ApiError, caller: Option<&CallerOptions>) -> Option<String> {
    let turn = |switch| format!("Enable it with `{}` (management account only).", turn_on(&switch, caller));
    Some(match Cause::of(error) {
        Cause::AccountTrustOff => turn(Switch::TrustedAccess(ServicePrincipal::account_management())),
        Cause::IamTrustOff => turn(Switch::TrustedAccess(ServicePrincipal::iam())),
        Cause::FeatureOff(feature) => turn(Switch::RootFeature(feature)),
        Cause::EmailConflict => format!(
            "Check the account's change with `{}`. Wait for it, complete it (email accept), or use another address.",
            rootdeck(&["email", "status"], caller)
        ),
        // The command that has a new one sent is named with the account.
        Cause::CodeNotAccepted => "Use the code in the newest mail, or continue later.".to_owned(),
        Cause::CodeExpired => "Use the code in a new mail.".to_owned(),
        Cause::NoPendingChange | Cause::NoEmailChange => "Start one with rootdeck email start.".to_owned(),
        Cause::ResourcePolicy => {
            "Unlock the policy of the bucket or queue first: rootdeck s3-policy or sqs-policy.".to_owned()
        }
        cause if is_about_root(cause) => {
            let account = denied_account(&error.message)?;
            let explain = rootdeck(&["scp", "explain", account], caller);
            format!("{} Statement and change: `{explain}`.", policy_change(cause, error, caller))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;
    use crate::domain::root_feature::RootFeature;

    #[test]
    fn a_denial_of_a_control_policy_names_the_command_that_explains_it() {
        let fixed = |operation, message: &str| {
            let table = crate::domain::cause::table::case(operation, "AccessDenied", message, "").expect("a row");
            let code = Some("AccessDenied".to_owned());
            fix(&ApiError { code, ..ApiError::new(operation, table.kind, message) }, None)
        };
        let denied = "User: arn:aws:iam::666600000001:root is not authorized to perform: iam:GetUser with an explicit \
                      deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1";
        let fix = fixed("iam:GetUser", denied).expect("a fix");
        assert!(fix.contains("aws:AssumedRoot") && fix.ends_with("`rootdeck scp explain 666600000001`."), "{fix}");
        // That of the caller's own account is another matter.
        assert_eq!(fixed("sts:AssumeRoot", &denied.replace("iam::666600000001:root", "iam::1:user/a")), None);
    }

    #[test]
    fn a_closed_gate_names_the_command_that_opens_it() {
        let fixed = |operation, kind, code: &str, message| {
            let error = ApiError { code: Some(code.to_owned()), ..ApiError::new(operation, kind, message) };
            fix(&error, None).unwrap_or_default()
        };
        let (off, untrusted) = (ApiErrorKind::TrustedAccessOff, "ServiceAccessNotEnabledException");
        let email = fixed("account:GetPrimaryEmail", off, untrusted, "");
        assert!(email.contains("`rootdeck trust enable account.amazonaws.com`"), "{email}");
        let features = fixed("iam:ListOrganizationsFeatures", off, untrusted, "");
        assert!(features.contains("`rootdeck trust enable iam.amazonaws.com`"), "{features}");
        let off = ApiErrorKind::RootFeatureOff(RootFeature::RootSessions);
        let root = fixed("sts:AssumeRoot", off, "AccessDenied", "RootSessions is not enabled for your organization");
        assert!(root.contains("`rootdeck features enable RootSessions`"), "{root}");
        assert_eq!(fixed("iam:ListOrganizationsFeatures", ApiErrorKind::Throttled, "Throttling", ""), "");
    }
}
