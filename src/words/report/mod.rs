//! The report about root: what it says, and the forms it is written in.

mod block;
mod content;
mod exceptions;
mod html;
mod markdown;
mod ocsf;
pub(crate) mod sections;

pub(crate) use exceptions::problem;
pub(crate) use html::html;
pub(crate) use markdown::markdown;
#[cfg(test)]
pub(crate) use markdown::{line, table};
pub(crate) use ocsf::ocsf;
pub(crate) use sections::state as exception_state;

#[cfg(test)]
mod tests;
