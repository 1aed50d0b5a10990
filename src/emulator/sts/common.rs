//! What the operations that open sessions share.

use crate::emulator::refusal::Refusal;
use crate::emulator::wire::Input;

pub(super) fn seconds(input: &Input) -> Result<Option<i64>, Refusal> {
    input.digits("DurationSeconds")
}

pub(super) fn denied(message: impl Into<String>) -> Refusal {
    Refusal::new(403, "AccessDenied", message)
}
