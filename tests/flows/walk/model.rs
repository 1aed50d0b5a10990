//! A small model of what AWS should hold, and how the same is read from AWS.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::contacts::{Contact, ContactKind};
use rootdeck::domain::email_change::EmailChangeStatus as Status;
use rootdeck::domain::root_credentials::{AuditDepth, CredentialKind, RootCredential};
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::engine::Engine;

use super::actions::ACCOUNTS;
use crate::office::{IN_PROGRESS, Office, id};

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
    fn parse(text: &str) -> Self {
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
    pub(crate) async fn of(office: &Office, observer: &Engine) -> Self {
        let mut things = BTreeMap::new();
        let mut all = vec![Thing::Trust, Thing::Feature];
        all.extend(["AKIADEMONORTHWIND001", "AKIADEMONORTHWIND002"].map(|key| Thing::Key(key.into())));
        for account in ACCOUNTS.map(str::to_owned) {
            let each = [Thing::Delegate, Thing::Email, Thing::Login, Thing::Name, Thing::Contact];
            all.extend(each.map(|thing| thing(account.clone())));
        }
        for thing in all {
            let value = read(office, observer, &thing).await.unwrap();
            things.insert(thing, value);
        }
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
    pub(crate) async fn differences(&self, office: &Office, observer: &Engine) -> Vec<String> {
        let mut found = Vec::new();
        for (thing, value) in &self.things {
            if let Some(is) = read(office, observer, thing).await
                && is != *value
            {
                found.push(format!("{thing:?} is {is}, and should be {value}"));
            }
        }
        found
    }
}

/// What AWS has; `None` where it does not tell because trusted access is off.
pub(crate) async fn read(office: &Office, observer: &Engine, thing: &Thing) -> Option<String> {
    let word = |is: bool, yes: &str, no: &str| Some(if is { yes } else { no }.to_owned());
    let account_management = ServicePrincipal::account_management();
    match thing {
        Thing::Trust => word(observer.trusted_access().await.unwrap().is_on(&account_management), "on", "off"),
        Thing::Feature => {
            word(observer.root_features().await.unwrap().is_on(RootFeature::RootSessions).unwrap(), "on", "off")
        }
        Thing::Delegate(account) => {
            let all = observer.delegated_administrators().await.unwrap();
            let services = all.iter().filter(|one| one.account == id(account)).flat_map(|one| &one.services);
            word(services.into_iter().any(|(service, _)| *service == account_management), "yes", "no")
        }
        Thing::Email(account) => email(office, observer, account).await.map(|email| email.to_string()),
        Thing::Login(account) => {
            let account = observer.account(id(account)).await.unwrap();
            let audit = observer.audit(&account, AuditDepth::Quick).await;
            word(audit.has(CredentialKind::Password).unwrap(), "present", "absent")
        }
        Thing::Key(key) => {
            let account = observer.account(id(ACCOUNTS[3])).await.unwrap();
            let audit = observer.audit(&account, AuditDepth::Deep).await;
            word(audit.shows(&RootCredential::AccessKey(key.clone())).unwrap(), "present", "absent")
        }
        Thing::Name(account) => Some(observer.account(id(account)).await.unwrap().name),
        Thing::Contact(account) => {
            let contacts = observer.contacts(id(account), &[ContactKind::Security]).await;
            match contacts.security {
                Contact::Present(contact) => Some(contact.name),
                Contact::Absent => Some("none".to_owned()),
                Contact::Unknown(error) if !error.kind.leaves_outcome_unknown() => None,
                other => panic!("{other:?}"),
            }
        }
    }
}

async fn email(office: &Office, observer: &Engine, account: &str) -> Option<Email> {
    let report = match observer.email_change(id(account)).await {
        Ok(report) => report,
        Err(error) if error.kind == ApiErrorKind::TrustedAccessOff => return None,
        Err(error) => panic!("{error:?}"),
    };
    let mails = office.emulator.mail();
    let passwords = mails.iter().filter(|mail| mail.subject.starts_with("Verify") && mail.to.starts_with(account));
    let sent: Vec<_> = passwords.collect();
    let status = match report.status {
        Status::None => "NONE",
        Status::Pending => "PENDING",
        Status::Accepted => "ACCEPTED",
        Status::Completed => "COMPLETED",
        other => panic!("{other:?}"),
    };
    let address = sent.last().map(|mail| mail.to.clone()).unwrap_or_default();
    let primary = observer.primary_email(id(account)).await.unwrap();
    Some(Email { status: status.to_owned(), address, sent: sent.len(), primary })
}
