//! Sessions of root and of roles. They live until they expire, also when the feature that allowed them is off
//! (captured).

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use crate::emulator::{Caller, Element};

/// So many are kept before expired ones are forgotten.
const MANY: usize = 1 << 14;
/// As long as AWS's tokens are, roughly.
const TOKEN_BYTES: usize = 264;
const SECRET_BYTES: usize = 30;

#[derive(Debug)]
pub(crate) struct Credentials {
    pub(crate) access_key_id: String,
    pub(crate) secret: SecretString,
    pub(crate) token: SecretString,
    pub(crate) expires_at: Timestamp,
}

impl Credentials {
    pub(crate) fn element(&self) -> Element {
        Element::nested(
            "Credentials",
            vec![
                Element::text("AccessKeyId", &self.access_key_id),
                Element::text("SecretAccessKey", self.secret.expose_secret()),
                Element::text("SessionToken", self.token.expose_secret()),
                Element::time("Expiration", self.expires_at),
            ],
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoSession {
    /// There is no such session, or the token is not that of the session.
    Unknown,
    Expired,
}

#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) caller: Caller,
    pub(crate) secret: SecretString,
    token: SecretString,
    expires_at: Timestamp,
}

/// All sessions, by access key id.
#[derive(Debug, Default)]
pub(crate) struct Sessions(HashMap<String, Session>);

impl Sessions {
    /// Good until `duration` after `now`, in whole seconds as AWS tells it.
    pub(crate) fn issue(
        &mut self,
        caller: Caller,
        now: Timestamp,
        duration: Duration,
    ) -> Result<Credentials, getrandom::Error> {
        if self.0.len() >= MANY {
            self.0.retain(|_, session| now < session.expires_at);
        }
        let end = now.checked_add(duration).unwrap_or(Timestamp::MAX);
        let credentials = Credentials {
            access_key_id: new_key_id()?,
            secret: STANDARD.encode(random_bytes::<SECRET_BYTES>()?).into(),
            token: STANDARD.encode(random_bytes::<TOKEN_BYTES>()?).into(),
            expires_at: Timestamp::from_second(end.as_second()).unwrap_or(end),
        };
        let (secret, token) = (credentials.secret.clone(), credentials.token.clone());
        let session = Session { caller, secret, token, expires_at: credentials.expires_at };
        self.0.insert(credentials.access_key_id.clone(), session);
        Ok(credentials)
    }

    pub(crate) fn get(&self, access_key_id: &str, token: Option<&str>, now: Timestamp) -> Result<&Session, NoSession> {
        let session = self.0.get(access_key_id).filter(|session| token == Some(session.token.expose_secret()));
        let session = session.ok_or(NoSession::Unknown)?;
        if now < session.expires_at { Ok(session) } else { Err(NoSession::Expired) }
    }
}

fn random_bytes<const COUNT: usize>() -> Result<[u8; COUNT], getrandom::Error> {
    let mut bytes = [0; COUNT];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// `ASIA` and 16 characters, as temporary access keys are.
fn new_key_id() -> Result<String, getrandom::Error> {
    let letters = random_bytes::<16>()?.into_iter().map(|byte| match byte % 32 {
        letter @ 0..26 => char::from(b'A' + letter),
        digit => char::from(b'2' + (digit - 26)),
    });
    Ok("ASIA".chars().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::task_policy::TaskPolicy;

    #[test]
    fn a_session_is_known_by_key_and_token_until_it_expires_and_debug_tells_no_secret() {
        let (mut sessions, now) = (Sessions::default(), Timestamp::constant(1_800_000_000, 500_000_000));
        let root = Caller::root_session("444455556666", TaskPolicy::UnlockBucketPolicy);
        let made = sessions.issue(root, now, Duration::from_mins(1));
        let Ok(made) = made else { unreachable!("no random numbers") };
        assert_eq!(made.expires_at, Timestamp::constant(1_800_000_060, 0));
        assert!(made.access_key_id.starts_with("ASIA") && made.access_key_id.len() == 20);
        let (key, token) = (made.access_key_id.as_str(), Some(made.token.expose_secret()));
        let who = |key, token, now| sessions.get(key, token, now).map(|session| session.caller.arn.clone());
        assert_eq!(who(key, token, now), Ok("arn:aws:iam::444455556666:root".to_owned()));
        assert_eq!(who(key, Some("other"), now), Err(NoSession::Unknown));
        assert_eq!(who(key, None, now), Err(NoSession::Unknown));
        assert_eq!(who("ASIANOBODY", token, now), Err(NoSession::Unknown));
        assert_eq!(who(key, token, made.expires_at), Err(NoSession::Expired));
        for text in [format!("{made:?}"), format!("{sessions:?}")] {
            assert!(
                !text.contains(made.secret.expose_secret()) && !text.contains(made.token.expose_secret()),
                "{text}"
            );
        }
    }
}
