//! The mail AWS sends, everybody's in one mailbox, so that a demo and a test can read the code for the new address.

use std::fmt;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use tokio::sync::watch;

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    /// The text; that of a verification mail ends with the code.
    pub body: String,
    /// When it was sent, in world time.
    #[serde(serialize_with = "whole_seconds")]
    pub sent_at: Timestamp,
}

/// As in all that rootdeck prints.
fn whole_seconds<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{at:.0}"))
}

/// The body may hold a code, so it stays out.
impl fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mail")
            .field("to", &self.to)
            .field("subject", &self.subject)
            .field("sent_at", &self.sent_at)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub(crate) struct Mailbox {
    mails: Vec<Mail>,
    changed: watch::Sender<usize>,
}

/// Who learns of a changed root address.
#[derive(Debug)]
pub(crate) struct Addresses<'a> {
    pub(crate) old: &'a str,
    pub(crate) new: &'a str,
    pub(crate) management: &'a str,
}

impl Mailbox {
    pub(crate) fn new() -> Self {
        Self { mails: Vec::new(), changed: watch::Sender::new(0) }
    }

    pub(crate) fn all(&self) -> &[Mail] {
        &self.mails
    }

    pub(crate) fn changed(&self) -> watch::Receiver<usize> {
        self.changed.subscribe()
    }

    pub(crate) fn send_code(&mut self, to: &str, account: &str, code: &str, sent_at: Timestamp) {
        let subject = "Verify the new email address for the AWS account root user";
        let body = format!(
            "Hello,\n\nA request was made to use your email address ({to}) as the root user email \
             address of the AWS account with the ID {account}.\n\nThe code is valid for 24 hours. \
             If this was not you, no action is needed: without the code the address is not used. \
             If this was you, please use the following code to verify your email address: {code}."
        );
        self.send(to, subject.to_owned(), body, sent_at);
    }

    /// The three notices of a changed address (captured: subjects and recipients).
    pub(crate) fn send_notices(&mut self, account: &str, addresses: &Addresses<'_>, sent_at: Timestamp) {
        let plain = format!("The root user email address for AWS account ID {account} has been updated");
        let telling = format!("{plain} to {}", addresses.new);
        self.send(addresses.old, plain.clone(), notice(&plain), sent_at);
        for to in [addresses.new, addresses.management] {
            self.send(to, telling.clone(), notice(&telling), sent_at);
        }
    }

    fn send(&mut self, to: &str, subject: String, body: String, sent_at: Timestamp) {
        self.mails.push(Mail { to: to.to_owned(), subject, body, sent_at });
        self.changed.send_replace(self.mails.len());
    }
}

/// The text of the notices is a guess.
fn notice(what: &str) -> String {
    format!(
        "Hello,\n\n{what}.\n\nIf you did not expect this change, contact the administrator of your \
         organization or AWS Support."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_has_whole_seconds() {
        let sent_at = Timestamp::from_millisecond(1_500).expect("a time");
        let mail = Mail { to: String::new(), subject: String::new(), body: String::new(), sent_at };
        let shown = serde_json::to_value(&mail).expect("json");
        assert!(shown["sent_at"].as_str().is_some_and(|at| at.ends_with("00:01Z")), "{shown}");
    }
}
