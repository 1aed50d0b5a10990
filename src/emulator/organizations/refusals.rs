//! What requests must have, and the refusals that operations share.

use crate::emulator::validation::is_account_id;
use crate::emulator::{Detail, Input, Refusal};

pub(super) fn account_id(input: &Input) -> Result<&str, Refusal> {
    let id = required(input, "AccountId", "INVALID_PATTERN:ACCOUNT_ID")?;
    if is_account_id(id) { Ok(id) } else { Err(invalid_pattern("INVALID_PATTERN:ACCOUNT_ID")) }
}

/// That a missing member is answered like an invalid one is a guess: SDKs check first.
pub(super) fn required<'a>(input: &'a Input, name: &str, reason: &'static str) -> Result<&'a str, Refusal> {
    input.text(name)?.ok_or_else(|| invalid_pattern(reason))
}

pub(super) fn invalid_input(message: &str, reason: &'static str) -> Refusal {
    Refusal::new(400, "InvalidInputException", message).with(Detail::Reason(reason))
}

/// The text is captured, and the form of the reason (a field after the colon).
pub(super) fn invalid_pattern(reason: &'static str) -> Refusal {
    invalid_input("You provided a value that does not match the required pattern.", reason)
}

/// Captured.
pub(super) fn not_in_use() -> Refusal {
    Refusal::new(400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
}

/// The text is a guess after the AWS documentation.
pub(super) fn account_not_found() -> Refusal {
    Refusal::new(400, "AccountNotFoundException", "You specified an account that doesn't exist.")
}

/// The text is a guess after the AWS documentation.
pub(super) fn account_not_registered() -> Refusal {
    Refusal::new(
        400,
        "AccountNotRegisteredException",
        "The provided account is not a registered delegated administrator for your organization.",
    )
}
