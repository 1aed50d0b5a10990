//! A small model of what AWS should hold, and the same of AWS.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::{HeldAccount, Mail};

use super::actions::ACCOUNTS;
use crate::office::{IN_PROGRESS, Office};

/// What AWS holds one value of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    Trust,
    Feature,
    Delegate(String),
    Email(String),
    Login(String),
    Key(String),
    Name(String),
    Contact(String),
}

/// The email change of an account, its primary email, and how many passwords were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Email {
    pub(crate) status: String,
    /// Where the last password was sent.
    pub(crate) address: String,
    pub(crate) sent: usize,
    pub(crate) primary: String,
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}|{}|{}", self.status, self.address, self.sent, self.primary)
    }
}

impl Email {
    pub(crate) fn parse(text: &str) -> Self {
        let mut parts = text.split('|').map(str::to_owned);
        let mut part = || parts.next().unwrap();
        Self { status: part(), address: part(), sent: part().parse().unwrap(), primary: part() }
    }
}

pub(crate) struct Model {
    things: BTreeMap<Thing, String>,
    /// When accepted changes take effect.
    accepted: BTreeMap<String, Timestamp>,
}

impl Model {
    /// As AWS is now.
    pub(crate) fn of(office: &Office) -> Self {
        let mut things = BTreeMap::new();
        let mut all = vec![Thing::Trust, Thing::Feature];
        all.extend(["AKIADEMONORTHWIND001", "AKIADEMONORTHWIND002"].map(|key| Thing::Key(key.into())));
        for account in ACCOUNTS.map(str::to_owned) {
            let each = [Thing::Delegate, Thing::Email, Thing::Login, Thing::Name, Thing::Contact];
            all.extend(each.map(|thing| thing(account.clone())));
        }
        things.extend(all.into_iter().map(|thing| (thing.clone(), read(office, &thing))));
        Self { things, accepted: BTreeMap::new() }
    }

    pub(crate) fn value(&self, thing: &Thing) -> String {
        self.things[thing].clone()
    }

    pub(crate) fn email(&self, account: &str) -> Email {
        Email::parse(&self.things[&Thing::Email(account.into())])
    }

    pub(crate) fn trusts(&self) -> bool {
        self.things[&Thing::Trust] == "on"
    }

    pub(crate) fn set(&mut self, thing: &Thing, value: String, now: Timestamp) {
        if let Thing::Email(account) = thing
            && Email::parse(&value).status == "ACCEPTED"
            && self.email(account).status != "ACCEPTED"
        {
            self.accepted.insert(account.clone(), now + IN_PROGRESS);
        }
        self.things.insert(thing.clone(), value);
    }

    /// Has happen what is due.
    pub(crate) fn catch_up(&mut self, now: Timestamp) {
        let due: Vec<String> =
            self.accepted.iter().filter(|(_, at)| **at <= now).map(|(account, _)| account.clone()).collect();
        for account in due {
            self.accepted.remove(&account);
            let email = self.email(&account);
            let completed = Email { status: "COMPLETED".into(), primary: email.address.clone(), ..email };
            self.things.insert(Thing::Email(account), completed.to_string());
        }
    }

    /// Whether something is about to happen, so that two reads may differ.
    pub(crate) fn is_about_to_change(&self, now: Timestamp) -> bool {
        self.accepted.values().any(|at| at.duration_since(now).abs() < SignedDuration::from_secs(30))
    }

    /// What AWS has otherwise than the model.
    pub(crate) fn differences(&self, office: &Office) -> Vec<String> {
        let is = |thing: &Thing| read(office, thing);
        let others = self.things.iter().filter(|(thing, value)| is(thing) != **value);
        others.map(|(thing, value)| format!("{thing:?} is {}, and should be {value}", is(thing))).collect()
    }
}

/// What AWS has.
pub(crate) fn read(office: &Office, thing: &Thing) -> String {
    let held = office.emulator.held();
    let word = |is: bool, yes: &str, no: &str| if is { yes } else { no }.to_owned();
    let service = ServicePrincipal::account_management().as_str().to_owned();
    match thing {
        Thing::Trust => word(held.trusted_services.contains(&service), "on", "off"),
        Thing::Feature => word(held.root_sessions, "on", "off"),
        Thing::Delegate(account) => word(held.delegations.contains(&(service, account.clone())), "yes", "no"),
        Thing::Email(account) => email(office, &held.accounts[account], account).to_string(),
        Thing::Login(account) => word(held.accounts[account].password, "present", "absent"),
        Thing::Key(key) => word(held.accounts[ACCOUNTS[3]].credentials.contains(key), "present", "absent"),
        Thing::Name(account) => held.accounts[account].name.clone(),
        Thing::Contact(account) => match held.accounts[account].contacts.get("SECURITY") {
            Some(contact) => contact["Name"].as_str().unwrap().to_owned(),
            None => "none".to_owned(),
        },
    }
}

fn email(office: &Office, held: &HeldAccount, account: &str) -> Email {
    let mails = office.emulator.mail();
    let is_ours = |mail: &&Mail| mail.subject.starts_with("Verify") && mail.to.starts_with(account);
    let sent = mails.iter().filter(is_ours).count();
    let (status, address) = held.email_change.clone().unwrap_or_else(|| ("NONE".to_owned(), String::new()));
    Email { status, address, sent, primary: held.email.clone() }
}
