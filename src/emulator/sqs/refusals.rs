//! The refusals that operations share.

use crate::emulator::refusal::Refusal;

pub(super) fn no_queue(message: &str) -> Refusal {
    Refusal::new(400, "QueueDoesNotExist", message)
}

pub(super) fn missing(parameter: &str) -> Refusal {
    let message = format!("The request must contain the parameter {parameter}.");
    Refusal::new(400, "MissingRequiredParameterException", message)
}
