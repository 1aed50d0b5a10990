//! `AssumeRole`: a session of a role.

use std::time::Duration;

use crate::emulator::validation::{Violations, is_account_id, validation_error};
use crate::emulator::{Answer, Caller, Denial, Element, Input, Refusal, Service, Subject, World, authorize};

/// In seconds (service model); every role here permits as much (`MaxSessionDuration`).
pub(crate) const LONGEST_ROLE_SESSION: i64 = 43_200;
/// In seconds (service model).
const SHORTEST: i64 = 900;
/// In seconds: the default, and the longest session for whoever is in the session of a role (AWS documentation).
const HOUR: i64 = 3_600;

/// The texts of the refusals are AWS's, as people report them. Guesses: their order; that a code which did not lead to
/// a session stays good; that without an MFA device the code is said to be wrong. The session does not know of MFA (AWS
/// documentation), so it does not lead on to a role that wants it. Session policies, session tags and source identities
/// are ignored.
pub(super) fn assume_role(world: &mut World, caller: &Caller, input: &Input) -> Result<Answer, Refusal> {
    let asked = AssumeRoleInput::read(input)?;
    if caller.is_root() {
        return Err(Refusal::access_denied("Roles may not be assumed by root accounts."));
    }
    if asked.seconds > HOUR && caller.user_name().is_none() {
        let message =
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        return Err(validation_error(message));
    }
    let with_mfa = proves_mfa(world, caller, &asked)?;
    let subject = Subject::new(asked.role_arn)
        .with("sts:RoleSessionName", Some(asked.session_name))
        .with("sts:ExternalId", asked.external_id)
        .with("aws:MultiFactorAuthPresent", with_mfa.then_some("true"));
    authorize(world, caller, Service::Sts, "AssumeRole", subject)?;
    let role = world.entities.role(asked.role_arn).filter(|role| {
        let of_the_account = role.account == caller.account;
        role.trust.is_some_and(|trust| trust.admits(of_the_account, with_mfa))
    });
    // A role that does not exist is answered like one that does not trust the caller (as reported).
    let role =
        role.ok_or_else(|| Service::Sts.denied(caller, "AssumeRole", asked.role_arn, &Denial::NoIdentityPolicy))?;
    let session = Caller { feature_set: caller.feature_set, ..role.session(asked.session_name) };
    let user = vec![Element::text("AssumedRoleId", &session.user_id), Element::text("Arn", &session.arn)];
    let (now, duration) = (world.now(), Duration::from_secs(asked.seconds.unsigned_abs()));
    let failed = |_| Service::Sts.internal_error();
    let credentials = world.sessions.issue(session, now, duration).map_err(failed)?;
    if let Some(device) = world.mfa_device.as_mut().filter(|_| with_mfa) {
        device.next_code().map_err(failed)?;
    }
    Ok(Answer::Xml(vec![Element::nested("AssumedRoleUser", user), credentials.element()]))
}

fn proves_mfa(world: &World, caller: &Caller, asked: &AssumeRoleInput<'_>) -> Result<bool, Refusal> {
    match (asked.serial_number, asked.token_code) {
        (None, None) => Ok(false),
        (Some(serial_number), Some(code)) => {
            let device = world.mfa_device.as_ref();
            if device.is_some_and(|device| device.proves(&caller.arn, serial_number, code)) {
                Ok(true)
            } else {
                Err(Refusal::access_denied("MultiFactorAuthentication failed with invalid MFA one time pass code."))
            }
        }
        _ => Err(Refusal::access_denied(
            "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
        )),
    }
}

struct AssumeRoleInput<'a> {
    role_arn: &'a str,
    session_name: &'a str,
    external_id: Option<&'a str>,
    serial_number: Option<&'a str>,
    token_code: Option<&'a str>,
    seconds: i64,
}

impl<'a> AssumeRoleInput<'a> {
    /// Limits and patterns are the service model's. Guesses: the order of violations, and two reports about one value.
    fn read(input: &'a Input) -> Result<Self, Refusal> {
        let mut violations = Violations::default();
        let (role_arn, session_name) = (input.text("RoleArn")?, input.text("RoleSessionName")?);
        let asked = Self {
            role_arn: violations.required("roleArn", role_arn),
            session_name: violations.required("roleSessionName", session_name),
            external_id: input.text("ExternalId")?,
            serial_number: input.text("SerialNumber")?,
            token_code: input.text("TokenCode")?,
            seconds: input.digits("DurationSeconds")?.unwrap_or(HOUR),
        };
        violations.length("roleArn", role_arn, 20, 2_048);
        violations.length("roleSessionName", session_name, 2, 64);
        violations.characters("roleSessionName", session_name, r"[\w+=,.@-]*", word_or("+=,.@-"));
        violations.within("durationSeconds", asked.seconds, SHORTEST, LONGEST_ROLE_SESSION);
        violations.length("externalId", asked.external_id, 2, 1_224);
        violations.characters("externalId", asked.external_id, r"[\w+=,.@:\/-]*", word_or("+=,.@:/-"));
        violations.length("serialNumber", asked.serial_number, 9, 256);
        violations.characters("serialNumber", asked.serial_number, r"[\w+=/:,.@-]*", word_or("+=/:,.@-"));
        violations.length("tokenCode", asked.token_code, 6, 6);
        violations.characters("tokenCode", asked.token_code, r"[\d]*", |one| one.is_ascii_digit());
        violations.none()?;
        if !is_role(asked.role_arn) {
            return Err(validation_error("Request ARN is invalid"));
        }
        Ok(asked)
    }
}

/// `\w` of the service model's patterns, or one of `others`.
fn word_or(others: &str) -> impl Fn(char) -> bool {
    move |one| one.is_ascii_alphanumeric() || one == '_' || others.contains(one)
}

fn is_role(arn: &str) -> bool {
    let Some((account, role)) = arn.strip_prefix("arn:aws:iam::").and_then(|rest| rest.split_once(":role/")) else {
        return false;
    };
    is_account_id(account) && !role.is_empty()
}
