//! Who may call: access keys and the principals behind them.

use std::collections::HashMap;
use std::fmt;

use super::task_policy::TaskPolicy;
use super::world::blueprint::Identities;

/// One of the principals everybody can become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identity {
    /// An administrator of the management account: a session of its role `OrgAdmin`.
    Management,
    /// An administrator of the security account. The account is from the start a delegated
    /// administrator of the organization, but of neither Account Management nor IAM.
    DelegatedAdministrator,
    /// An administrator of an ordinary member account.
    Member,
}

/// An access key of the emulator. Not a secret: it is the same for everybody.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// The access key id.
    pub id: String,
    /// The secret access key. The emulator does not verify signatures.
    pub secret: String,
}

/// Redacts the secret all the same, so that nobody gets used to seeing one in a log.
impl fmt::Debug for AccessKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccessKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Identity {
    const ALL: [Self; 3] = [Self::Management, Self::DelegatedAdministrator, Self::Member];

    pub(crate) fn access_key(self) -> AccessKey {
        AccessKey { id: self.access_key_id().to_owned(), secret: "demo/not/a/secret/demo/not/a/secret/demo".to_owned() }
    }

    fn access_key_id(self) -> &'static str {
        match self {
            Self::Management => "AKIADEMOMANAGEMENT00",
            Self::DelegatedAdministrator => "AKIADEMODELEGATE0000",
            Self::Member => "AKIADEMOMEMBER000000",
        }
    }

    fn role(self) -> &'static str {
        match self {
            Self::Management => "OrgAdmin",
            Self::DelegatedAdministrator => "SecurityAdmin",
            Self::Member => "Developer",
        }
    }

    fn role_id(self) -> &'static str {
        match self {
            Self::Management => "AROADEMOMANAGEMENT00",
            Self::DelegatedAdministrator => "AROADEMODELEGATE0000",
            Self::Member => "AROADEMOMEMBER000000",
        }
    }
}

/// The principal that signed a request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The account the principal belongs to; in a root session the account it is root of.
    pub(crate) account: String,
    pub(crate) arn: String,
    /// `aws:PrincipalArn`: for the session of a role the role itself.
    pub(crate) principal_arn: String,
    pub(crate) user_id: String,
    /// The task policy of a root session; `None` for everybody else.
    pub(crate) root_session: Option<TaskPolicy>,
}

impl Caller {
    /// Root of `account`, held to `task`. ARN and user id are as `GetCallerIdentity` and
    /// `GetUser` give them in such a session (captured).
    pub(crate) fn root(account: &str, task: TaskPolicy) -> Self {
        let arn = format!("arn:aws:iam::{account}:root");
        Self {
            account: account.to_owned(),
            principal_arn: arn.clone(),
            arn,
            user_id: account.to_owned(),
            root_session: Some(task),
        }
    }
}

/// The principals that are there from the start, by access key id. Root sessions are in the
/// world.
#[derive(Debug)]
pub(crate) struct Callers(HashMap<String, Caller>);

impl Callers {
    pub(crate) fn new(management: &str, identities: &Identities) -> Self {
        let session = "demo";
        let callers = Identity::ALL.into_iter().filter_map(|who| {
            let account = match who {
                Identity::Management => management,
                Identity::DelegatedAdministrator => identities.delegated_administrator.as_deref()?,
                Identity::Member => identities.member.as_deref()?,
            };
            let role = who.role();
            let caller = Caller {
                account: account.to_owned(),
                arn: format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"),
                principal_arn: format!("arn:aws:iam::{account}:role/{role}"),
                user_id: format!("{}:{session}", who.role_id()),
                root_session: None,
            };
            Some((who.access_key_id().to_owned(), caller))
        });
        Self(callers.collect())
    }

    pub(crate) fn with_key(&self, access_key_id: &str) -> Option<&Caller> {
        self.0.get(access_key_id)
    }
}
