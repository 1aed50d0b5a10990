//! Whose credentials these are, and their role in the organization.

use super::account::AccountId;
use super::trusted_access::ServicePrincipal;

/// What `GetCallerIdentity` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account the credentials belong to.
    pub account: AccountId,
    /// The full ARN.
    pub arn: String,
}

impl Caller {
    /// The partition of the ARN (`aws`, `aws-cn`, `aws-us-gov` …); `aws` if the ARN has none.
    pub(crate) fn partition(&self) -> &str {
        self.arn.split(':').nth(1).filter(|part| !part.is_empty()).unwrap_or("aws")
    }

    /// Who that is, in a few words: `role/OrgAdmin`, `user/alice`, `root`.
    pub fn short(&self) -> String {
        short(&self.arn)
    }

    /// Whether these are long-lived credentials of a root user, which `AssumeRoot` refuses.
    pub(crate) fn is_root(&self) -> bool {
        self.arn.ends_with(":root")
    }
}

pub(crate) fn short(arn: &str) -> String {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or(arn);
    let mut parts = resource.split('/');
    match (parts.next(), parts.next()) {
        (Some("assumed-role"), Some(role)) => format!("role/{role}"),
        _ => resource.to_owned(),
    }
}

/// What the caller's account is in the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrgRole {
    /// The management account: every change of this program is open to it.
    Management,
    /// A delegated administrator for these services.
    Delegated(Vec<ServicePrincipal>),
    /// An ordinary member: sees nearly nothing.
    Member,
}

impl OrgRole {
    /// Whether the caller's account is a delegated administrator for `service`.
    pub fn is_delegated_for(&self, service: &ServicePrincipal) -> bool {
        matches!(self, Self::Delegated(services) if services.contains(service))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(arn: &str) -> Caller {
        Caller { account: "111122223333".parse().expect("an id"), arn: arn.to_owned() }
    }

    #[test]
    fn a_role_is_named_without_its_session() {
        assert_eq!(caller("arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice").short(), "role/OrgAdmin");
        assert_eq!(caller("arn:aws:iam::111122223333:user/path/alice").short(), "user/path/alice");
        assert_eq!(caller("arn:aws:iam::111122223333:root").short(), "root");
    }

    #[test]
    fn the_partition_comes_from_the_arn() {
        assert_eq!(caller("arn:aws-us-gov:iam::111122223333:root").partition(), "aws-us-gov");
        assert_eq!(caller("garbage").partition(), "aws");
    }
}
