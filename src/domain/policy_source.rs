//! Whose policies decide about a caller: the ARN that IAM knows them by.

use super::caller::Caller;

/// The names of roles that IAM Identity Center makes.
const SSO: &str = "AWSReservedSSO_";

/// Whose policies decide about a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PolicySource {
    User(String),
    /// The role of this name. The ARN of a session does not tell its path; `GetRole` does.
    Role {
        name: String,
        /// What its ARN may be, the likeliest first.
        arns: Vec<String>,
    },
    /// Neither root nor a federated user has policies that IAM can be asked about.
    Nobody,
}

impl PolicySource {
    /// The roles of IAM Identity Center are in a path with its home region, except where that is us-east-1; `region` is
    /// a guess at it.
    pub(crate) fn of(caller: &Caller, region: &str) -> Self {
        let resource = caller.arn.splitn(6, ':').nth(5).unwrap_or_default();
        let mut parts = resource.split('/');
        match (parts.next(), parts.next()) {
            (Some("user" | "role"), Some(_)) => Self::User(caller.arn.clone()),
            (Some("assumed-role"), Some(name)) if !name.is_empty() => {
                let arn = |path: &str| format!("arn:{}:iam::{}:role/{path}{name}", caller.partition(), caller.account);
                let paths = if name.starts_with(SSO) {
                    let sso = "aws-reserved/sso.amazonaws.com/";
                    vec![format!("{sso}{region}/"), sso.to_owned(), String::new()]
                } else {
                    vec![String::new()]
                };
                Self::Role { name: name.to_owned(), arns: paths.iter().map(|path| arn(path)).collect() }
            }
            _ => Self::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arn: &str) -> PolicySource {
        PolicySource::of(&Caller { account: "111122223333".parse().expect("an id"), arn: arn.to_owned() }, "eu-west-1")
    }

    fn role(name: &str, arns: &[&str]) -> PolicySource {
        PolicySource::Role { name: name.to_owned(), arns: arns.iter().map(|&arn| arn.to_owned()).collect() }
    }

    #[test]
    fn callers_are_found_where_iam_keeps_them() {
        let user = "arn:aws:iam::111122223333:user/ops/alice";
        assert_eq!(of(user), PolicySource::User(user.to_owned()));
        assert_eq!(
            of("arn:aws-cn:sts::111122223333:assumed-role/OrgAdmin/alice"),
            role("OrgAdmin", &["arn:aws-cn:iam::111122223333:role/OrgAdmin"])
        );
        let name = "AWSReservedSSO_Admin_0123456789abcdef";
        let path = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com";
        assert_eq!(
            of(&format!("arn:aws:sts::111122223333:assumed-role/{name}/alice@example.com")),
            role(
                name,
                &[
                    &format!("{path}/eu-west-1/{name}"),
                    &format!("{path}/{name}"),
                    &format!("arn:aws:iam::111122223333:role/{name}")
                ]
            )
        );
    }

    #[test]
    fn root_and_federated_users_have_no_policies_to_ask_about() {
        for arn in ["arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:federated-user/x", "garbage"] {
            assert_eq!(of(arn), PolicySource::Nobody, "{arn}");
        }
    }
}
