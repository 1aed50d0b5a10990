//! What is said where several organizations are asked side by side.

pub(crate) const ACQUIRED_ORGANIZATION: &str = "administrator of another organization";
