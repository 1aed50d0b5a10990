//! Signature Version 4, checked as AWS does (AWS documentation, "Create a signed AWS API request").

mod canonical;
mod parameters;
mod request;
mod verify;

pub(crate) use request::Signed;
pub(crate) use verify::verify;
