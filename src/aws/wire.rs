//! Small translations from the SDK's types.

use aws_smithy_types::DateTime;
use jiff::{Timestamp, Unit};

use super::fault;
use crate::domain::account::AccountId;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::text;

/// A point in time as `domain` has it, to the millisecond: AWS sends times as floating-point
/// numbers, whose further digits are noise. `None` outside the years it can hold.
pub(crate) fn timestamp(time: Option<&DateTime>) -> Option<Timestamp> {
    let time = time?;
    Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()?.round(Unit::Millisecond).ok()
}

/// An account id that must be there.
///
/// # Errors
/// `Unreadable` if it is not, since leaving an account out would be worse than saying so.
pub(crate) fn account_id(operation: &'static str, id: Option<&str>) -> Result<AccountId, Fault> {
    let id = required(operation, "the account id", id)?;
    id.parse().map_err(|_| unreadable(operation, &format!("\"{id}\" is not an account id")))
}

/// A text that must be there, cleaned.
///
/// # Errors
/// `Unreadable` if it is not.
pub(crate) fn required(operation: &'static str, what: &str, value: Option<&str>) -> Result<String, Fault> {
    value.map(text::clean).ok_or_else(|| unreadable(operation, &format!("the answer lacks {what}")))
}

fn unreadable(operation: &'static str, message: &str) -> Fault {
    fault::logged(Fault::new(operation, FaultKind::Unreadable, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_of_floating_point_times_is_rounded_away() {
        let time = timestamp(Some(&DateTime::from_secs_f64(1_631_121_728.678))).expect("a time");
        assert_eq!(time.to_string(), "2021-09-08T17:22:08.678Z");
    }
}
