//! A site where primary emails are changed: its mails, its journal, what is typed into the program.

use rootdeck::domain::records::{JournalRecords, Records, StartRecords};
use std::io::Write;
use std::ops::Deref;
use std::process::Stdio;
use std::time::Duration;

use rootdeck::domain::change::Switch;
use rootdeck::domain::journal::JournalEntry;
use rootdeck::domain::otp::{Pasted, find_in_paste};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::store::{ScopedStore, Store};

use crate::program::Ended;
use crate::site::Site;

pub(crate) const START: &str = "StartPrimaryEmailUpdate";

pub(crate) struct Office(Site);

impl Deref for Office {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0
    }
}

impl Office {
    /// The demo organization as it is: trusted access for neither service of ours.
    pub(crate) fn closed() -> Self {
        Self(Site::closed())
    }

    /// With trusted access for Account Management.
    pub(crate) fn trusting() -> Self {
        let site = Site::closed();
        site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
        Self(site)
    }

    /// Starts a change, whatever its domain.
    pub(crate) fn start(&self, account: &str, new: &str) -> Ended {
        let words = ["email", "start", account, new, "--yes", "--allow-new-domain", "--reason", "TICKET-7"];
        self.run(&[&words[..], &["-o", "json"]].concat())
    }

    /// Runs the program with `text` as its stdin.
    pub(crate) fn give(&self, arguments: &[&str], text: &str) -> Ended {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It may not want it, and be gone.
        child.stdin.take().unwrap().write_all(text.as_bytes()).ok();
        child.wait_with_output().unwrap().into()
    }

    pub(crate) fn mails_to(&self, to: &str) -> usize {
        self.emulator.mail().iter().filter(|mail| mail.to == to).count()
    }

    /// The newest mail with a code to `to`.
    pub(crate) fn mail_to(&self, to: &str) -> String {
        let mails = self.emulator.mail();
        mails.iter().rfind(|mail| mail.to == to && mail.subject.starts_with("Verify")).unwrap().body.clone()
    }

    /// The code in it.
    pub(crate) fn code_to(&self, to: &str) -> String {
        let Pasted::Code { otp, .. } = find_in_paste(&self.mail_to(to)) else { unreachable!("no code to {to}") };
        otp.expose().to_owned()
    }

    /// Another code.
    pub(crate) fn wrong_code_to(&self, to: &str) -> String {
        if self.code_to(to) == "000000" { "111111".to_owned() } else { "000000".to_owned() }
    }

    /// What this home keeps of the emulated organization.
    fn records(&self) -> ScopedStore {
        let path = self.home.path().join(".local/state/rootdeck/rootdeck.db");
        Store::open(&path).unwrap().scope(None, Some(&self.emulator.endpoint_url()))
    }

    /// The journal, newest first.
    pub(crate) fn journal(&self) -> Vec<JournalEntry> {
        self.records().journal(100).unwrap()
    }

    /// Makes the newest start of an account older than it is.
    pub(crate) fn backdate(&self, account: &str, by: Duration) {
        let records = self.records();
        let binding = records.last_binding().unwrap().unwrap();
        records.bind(&binding).unwrap();
        let id = account.parse().unwrap();
        let mut change = records.started().unwrap().into_iter().find(|change| change.account == id).unwrap();
        change.started -= by;
        records.forget(id).unwrap();
        records.record_start(&change).unwrap();
    }
}
