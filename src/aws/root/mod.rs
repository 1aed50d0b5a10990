//! Calls in a member account, with a root session. Without `UserName` IAM speaks of root itself (AWS documentation).

pub(crate) mod audit;
pub(crate) mod change;

use std::fmt;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_types::region::Region;

use super::clients::Clients;
use super::retry::{SendOnce, Throttles};
use crate::domain::account::AccountId;
use crate::domain::root_session::RootSession;

#[derive(Clone)]
pub(crate) struct RootCalls {
    pub(super) clients: Clients,
    account: AccountId,
    credentials: SharedCredentialsProvider,
    throttles: Throttles,
}

impl fmt::Debug for RootCalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RootCalls").field("account", &self.account).finish_non_exhaustive()
    }
}

macro_rules! with_session {
    ($self:ident, $service:ident) => {{
        $service::config::Builder::new()
            .credentials_provider($self.credentials.clone())
            .interceptor($self.throttles.clone())
    }};
}

impl RootCalls {
    pub(crate) fn new(clients: &Clients, session: &RootSession, throttles: &Throttles) -> Self {
        // AWS judges when they have expired: the clock of this machine may be wrong.
        let credentials = Credentials::new(
            &session.access_key_id,
            session.secret_access_key(),
            Some(session.session_token().to_owned()),
            None,
            "AssumeRoot",
        );
        Self {
            clients: clients.clone(),
            account: session.info.key.account,
            credentials: SharedCredentialsProvider::new(credentials),
            throttles: throttles.clone(),
        }
    }

    pub(crate) fn account(&self) -> AccountId {
        self.account
    }

    fn iam(&self) -> aws_sdk_iam::config::Builder {
        with_session!(self, aws_sdk_iam)
    }

    fn iam_once(&self) -> aws_sdk_iam::config::Builder {
        self.iam().retry_classifier(SendOnce)
    }

    pub(super) fn s3(&self, region: &str) -> aws_sdk_s3::config::Builder {
        with_session!(self, aws_sdk_s3).region(Region::new(region.to_owned()))
    }

    pub(super) fn sqs(&self, region: &str) -> aws_sdk_sqs::config::Builder {
        with_session!(self, aws_sdk_sqs).region(Region::new(region.to_owned()))
    }
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;
