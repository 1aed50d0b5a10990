//! A request of a service whose caller is known.

use super::{Caller, Input};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) caller: &'a Caller,
    /// The region whose endpoint was meant, for S3 and SQS.
    pub(crate) region: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) input: &'a Input,
    /// See [`super::wire::Incoming::global_endpoint`].
    pub(crate) global_endpoint: bool,
}
