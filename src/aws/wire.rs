//! Small translations from the SDK's types.

use aws_smithy_types::DateTime;
use jiff::{Timestamp, Unit};

use super::api_error;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AnswerError;
use crate::domain::text;

/// To the millisecond: the further digits of AWS's floating-point times are noise. `None` outside the years it can
/// hold.
pub(crate) fn timestamp(time: Option<&DateTime>) -> Option<Timestamp> {
    let time = time?;
    Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()?.round(Unit::Millisecond).ok()
}

/// `None` for 1970, which the SDK makes of a required time that the answer lacks, as root's login profile may.
pub(crate) fn since(time: &DateTime) -> Option<Timestamp> {
    timestamp(Some(time)).filter(|time| *time != Timestamp::UNIX_EPOCH)
}

/// If the answer lacks the token of a next page, it is empty, and [`super::pages`] refuses that.
pub(crate) fn marker(is_truncated: bool, marker: Option<String>) -> Option<String> {
    is_truncated.then(|| marker.unwrap_or_default())
}

/// Exactly as AWS keeps it, since it may have to be put back. `Unreadable` if it is not whole.
pub(crate) fn policy(operation: &'static str, policy: Option<&str>) -> Result<String, ApiError> {
    let policy = policy.unwrap_or_default();
    match serde_json::from_str::<serde_json::Value>(policy) {
        Ok(serde_json::Value::Object(_)) => Ok(policy.to_owned()),
        _ => Err(unreadable(operation, AnswerError::Incomplete("Policy".to_owned()))),
    }
}

/// `Unreadable` if there is none: leaving an account out would be worse.
pub(crate) fn account_id(operation: &'static str, id: Option<&str>) -> Result<AccountId, ApiError> {
    let id = required(operation, "AccountId", id)?;
    id.parse().map_err(|_| unreadable(operation, AnswerError::NotAnAccountId(id)))
}

/// A text that must be there, cleaned. `member` is AWS's name of it.
pub(crate) fn required(operation: &'static str, member: &str, value: Option<&str>) -> Result<String, ApiError> {
    value.map(text::clean).ok_or_else(|| unreadable(operation, AnswerError::Lacks(member.to_owned())))
}

pub(crate) fn unreadable(operation: &'static str, error: AnswerError) -> ApiError {
    api_error::logged(ApiError::client(operation, ApiErrorKind::Unreadable, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_the_answer_lacked_is_none_and_not_1970() {
        assert_eq!(since(&DateTime::from_secs(0)), None);
        assert!(since(&DateTime::from_secs(1)).is_some());
    }

    #[test]
    fn a_policy_is_kept_to_the_letter_and_half_of_one_is_none_at_all() {
        let whole = "{ \"Statement\": [],\n\t\"Id\": \"\u{202e}\" }";
        assert_eq!(policy("s3:GetBucketPolicy", Some(whole)).expect("a policy"), whole);
        for cut in [None, Some(""), Some("null"), Some("{\"Statement\": [")] {
            assert_eq!(policy("s3:GetBucketPolicy", cut).expect_err("no policy").kind, ApiErrorKind::Unreadable);
        }
    }

    #[test]
    fn the_noise_of_floating_point_times_is_rounded_away() {
        let time = timestamp(Some(&DateTime::from_secs_f64(1_631_121_728.678))).expect("a time");
        assert_eq!(time.to_string(), "2021-09-08T17:22:08.678Z");
    }
}
