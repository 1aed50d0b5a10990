//! Requests of the services whose resources are in regions.

use super::callers::Caller;
use super::wire::Input;

/// A request, and the region whose endpoint it was meant for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) region: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) input: &'a Input,
}
