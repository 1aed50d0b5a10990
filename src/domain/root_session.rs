//! A root session: short-lived credentials that act as root of a member account, within one task.

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::account::AccountId;
use super::task_policy::TaskPolicy;

/// The longest a root session can last, in seconds (service model of STS).
pub(crate) const LONGEST_SECONDS: u16 = 900;

/// Which session: there is one for each account and task, reused while it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey {
    /// The member account.
    pub account: AccountId,
    /// The task.
    pub task: TaskPolicy,
}

/// A session without its credentials, for the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    /// Which.
    pub key: SessionKey,
    /// When it ends. It can't be revoked before.
    pub expires: Timestamp,
}

/// An open session with its credentials, which are wiped when it is dropped.
#[derive(Clone)]
pub struct RootSession {
    /// Which, and until when.
    pub info: SessionInfo,
    /// The access key id; not a secret by itself.
    pub access_key_id: String,
    secret_access_key: SecretString,
    session_token: SecretString,
}

impl RootSession {
    /// Takes what `AssumeRoot` answered.
    pub fn new(
        info: SessionInfo,
        access_key_id: String,
        secret_access_key: SecretString,
        session_token: SecretString,
    ) -> Self {
        Self { info, access_key_id, secret_access_key, session_token }
    }

    /// The secret access key, for calls to AWS and for a hand-over that was asked for.
    pub fn secret_access_key(&self) -> &str {
        self.secret_access_key.expose_secret()
    }

    /// The session token, for the same.
    pub fn session_token(&self) -> &str {
        self.session_token.expose_secret()
    }
}

/// Tells neither the secret nor the token.
impl fmt::Debug for RootSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RootSession").field("in_hand", &self.info).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_no_secret() {
        let key =
            SessionKey { account: "444455556666".parse().expect("an id"), task: TaskPolicy::AuditRootCredentials };
        let info = SessionInfo { key, expires: Timestamp::UNIX_EPOCH };
        let session = RootSession::new(info, "ASIAX".into(), "s3cr3t".to_owned().into(), "t0ken".to_owned().into());
        let text = format!("{session:?}");
        assert!(!text.contains("s3cr3t") && !text.contains("t0ken"), "{text}");
    }
}
