//! A mail of the demo's mailbox.

use std::fmt;

use jiff::Timestamp;

/// Its `Debug` leaves out the text, which can hold a one-time password.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) sent: Timestamp,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("to", &self.to).field("subject", &self.subject).finish_non_exhaustive()
    }
}
