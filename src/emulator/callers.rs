//! Who may call: access keys and the principals behind them.

use std::sync::Arc;

use super::grants::Grants;
use super::task_policy::TaskPolicy;
use super::world::blueprint::FeatureSet;

/// What a principal may do, before service control policies.
#[derive(Debug, Clone)]
pub(crate) enum Rights {
    Granted(Arc<Grants>),
    /// Root with credentials of its own: everything but `AssumeRoot` and `AssumeRole` (AWS documentation).
    Root,
    RootSession(TaskPolicy),
}

impl Default for Rights {
    fn default() -> Self {
        Self::Granted(Arc::default())
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Caller {
    /// In a root session the account it is root of.
    pub account: String,
    pub arn: String,
    /// `aws:PrincipalArn`: for the session of a role the role itself.
    pub(crate) principal_arn: String,
    pub(crate) user_id: String,
    pub(crate) rights: Rights,
    pub(crate) feature_set: FeatureSet,
}

impl Caller {
    /// ARN and user id as `GetCallerIdentity` and `GetUser` give them in a root session (captured).
    pub(crate) fn root(account: &str) -> Self {
        let arn = format!("arn:aws:iam::{account}:root");
        Self {
            account: account.to_owned(),
            principal_arn: arn.clone(),
            arn,
            user_id: account.to_owned(),
            rights: Rights::Root,
            ..Self::default()
        }
    }

    pub(crate) fn root_session(account: &str, task: TaskPolicy) -> Self {
        Self { rights: Rights::RootSession(task), ..Self::root(account) }
    }

    pub(crate) fn is_root(&self) -> bool {
        matches!(self.rights, Rights::Root | Rights::RootSession(_))
    }

    pub(crate) fn is_in_root_session(&self) -> bool {
        matches!(self.rights, Rights::RootSession(_))
    }

    pub(crate) fn user_name(&self) -> Option<&str> {
        let (_, path_and_name) = self.principal_arn.split_once(":user/")?;
        path_and_name.rsplit('/').next()
    }
}
