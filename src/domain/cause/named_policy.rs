//! The policy at the end of a denial's text: since January 2026 AWS gives its ARN, before that only its kind.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedPolicy<'a> {
    pub(crate) arn: &'a str,
    /// Its id, `p-…`, if it is a policy of an organization.
    pub(crate) organization_id: Option<&'a str>,
}

impl<'a> NamedPolicy<'a> {
    /// The ARNs of the caller and the resource come earlier in the text.
    pub(crate) fn in_message(message: &'a str) -> Option<Self> {
        let (_, rest) = message.rsplit_once("policy: arn:").or_else(|| message.rsplit_once("boundary: arn:"))?;
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | ',' | ';' | '"')).unwrap_or(rest.len());
        let start = message.len() - rest.len() - "arn:".len();
        let arn = message.get(start..start + "arn:".len() + length)?.trim_end_matches(['.', ':']);
        let is_whole = arn.bytes().all(|b| b.is_ascii_graphic()) && arn.split(':').count() >= 6;
        is_whole.then(|| Self { arn, organization_id: organization_id(arn) })
    }
}

/// The message with the name of the policy beside its ARN, in brackets; `None` if it names none, or has the name already.
pub(crate) fn with_name(message: &str, name: &str) -> Option<String> {
    let policy = NamedPolicy::in_message(message)?;
    let end = message.rfind(policy.arn)? + policy.arn.len();
    let (before, behind) = message.split_at_checked(end)?;
    let name = format!(" ({name})");
    (!behind.starts_with(&name)).then(|| format!("{before}{name}{behind}"))
}

/// Safe to stand in a command.
fn organization_id(arn: &str) -> Option<&str> {
    let service = arn.split(':').nth(2)?;
    let id = arn.rsplit('/').next()?;
    let is_id = id.starts_with("p-") && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (service == "organizations" && is_id).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(message: &str) -> Option<(&str, Option<&str>)> {
        NamedPolicy::in_message(message).map(|policy| (policy.arn, policy.organization_id))
    }

    #[test]
    fn the_policy_at_the_end_is_found_in_every_form() {
        let denied = "User: arn:aws:iam::444455556666:root is not authorized to perform: iam:GetUser on resource: \
                      arn:aws:iam::444455556666:root with an explicit deny in a";
        let scp = "arn:aws:organizations::111122223333:policy/o-8j81brsjuj/service_control_policy/p-2kgnabcd";
        let rcp = "arn:aws:organizations::111122223333:policy/o-8j81brsjuj/resource_control_policy/p-9x8y7z6w";
        let boundary = "arn:aws:iam::111122223333:policy/Limits";
        for end in ["", ".", ":", " (request id 1)"] {
            let message = format!("{denied} service control policy: {scp}{end}");
            assert_eq!(found(&message), Some((scp, Some("p-2kgnabcd"))), "{message}");
        }
        assert_eq!(found(&format!("{denied} resource control policy: {rcp}")), Some((rcp, Some("p-9x8y7z6w"))));
        assert_eq!(found(&format!("{denied} permissions boundary: {boundary}")), Some((boundary, None)));
        assert_eq!(found(&format!("{denied} identity-based policy: {boundary}")), Some((boundary, None)));
        let managed = "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess";
        let none_allows = format!("because no service control policy allows the sts:AssumeRoot action: {managed}");
        assert_eq!(found(&none_allows), None, "the text that names no policy by its kind is not guessed at");
        assert_eq!(found(&format!("{denied} service control policy")), None);
    }

    #[test]
    fn the_name_stands_beside_the_id_once_and_never_instead() {
        let denied = "x with an explicit deny in a service control policy: \
                      arn:aws:organizations::111122223333:policy/o-8j81brsjuj/service_control_policy/p-2kgnabcd";
        let named = with_name(denied, "DenyRootUser").expect("a policy");
        assert_eq!(named, format!("{denied} (DenyRootUser)"));
        assert_eq!(found(&named).and_then(|(_, id)| id), Some("p-2kgnabcd"));
        assert_eq!(with_name(&named, "DenyRootUser"), None);
        assert_eq!(with_name(&format!("{denied}."), "A"), Some(format!("{denied} (A).")));
        assert_eq!(with_name("Access denied", "A"), None);
    }

    #[test]
    fn what_could_break_out_of_a_command_is_no_id() {
        for id in ["p-a;reboot", "p-$(x)", "p-a`b`", "x-1"] {
            let message =
                format!("explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/scp/{id}");
            assert_eq!(found(&message).and_then(|(_, id)| id).filter(|id| id.contains(['$', '`', ';', 'x'])), None);
        }
    }
}
