//! What AWS shows, held against what is looked for.

use super::email;
use super::sought::{ContactAim, Evidence, Sought, What};
use super::switches::{self, Setting};
use super::verdict::{Doubt, TRACELESS, Verdict};
use crate::domain::change::Switch;
use crate::domain::contacts::AlternateContact;
use crate::domain::email_change::EmailChangeStatus;
use jiff::Timestamp;

impl Sought {
    /// `later` are changes of the same thing from here, after it or at the same time, that AWS may have accepted.
    pub(crate) fn judge(&self, evidence: &Evidence, later: &[Self], now: Timestamp) -> Verdict {
        match (&self.what, evidence) {
            (What::Start(_, new), Evidence::Email { report, primary }) => {
                email::judge(self.at, &EmailChangeStatus::Pending, new.as_ref(), report, primary.as_deref(), later)
            }
            (What::Accept(_, new), Evidence::Email { report, primary }) => {
                email::judge(self.at, &EmailChangeStatus::Accepted, new.as_ref(), report, primary.as_deref(), later)
            }
            (What::Switch(..) | What::Delegate(..) | What::Contact(..) | What::Name(..), _) if !later.is_empty() => {
                Verdict::Open(Doubt::LaterFromHere)
            }
            (What::Switch(Switch::TrustedAccess(service), on), Evidence::TrustedAccess(trusted)) => {
                let setting = trusted.get(service).map_or(Setting::Off, |service| Setting::On(service.enabled));
                switches::dated(self.at, *on, setting, now)
            }
            (What::Delegate(account, service, on), Evidence::Delegates(delegates)) => {
                let of_it = delegates.iter().filter(|delegate| delegate.account == *account);
                let mut services = of_it.flat_map(|delegate| &delegate.services);
                let found = services.find(|(other, _)| other == service);
                let setting = found.map_or(Setting::Off, |(_, since)| Setting::On(*since));
                switches::dated(self.at, *on, setting, now)
            }
            (What::Switch(Switch::RootFeature(feature), on), Evidence::RootFeatures(features)) => {
                switches::root_feature(self.at, *on, features.is_on(*feature), now)
            }
            (What::Contact(_, _, aim), Evidence::Contact(found)) => contact(self.at, aim, found.as_ref(), now),
            (What::Name(_, new), Evidence::AccountName(name)) => traceless(self.at, name == new, "the name", now),
            _ => Verdict::Open(self.doubt().unwrap_or(Doubt::NothingTells)),
        }
    }
}

fn contact(at: Timestamp, aim: &ContactAim, found: Option<&AlternateContact>, now: Timestamp) -> Verdict {
    match aim {
        ContactAim::Deleted => traceless(at, found.is_none(), "no contact", now),
        ContactAim::AddressAnew(address) if found.is_some_and(|found| found.email == *address) => {
            Verdict::Open(Doubt::NothingTells)
        }
        ContactAim::Address(address) | ContactAim::AddressAnew(address) => {
            traceless(at, found.is_some_and(|found| found.email == *address), "the new address", now)
        }
        ContactAim::NotTold => Verdict::Open(Doubt::NothingTells),
    }
}

/// AWS gives no time for it, and others may have changed it since.
fn traceless(at: Timestamp, is_so: bool, what: &str, now: Timestamp) -> Verdict {
    if is_so {
        Verdict::Done(format!("seen afterwards: AWS shows {what}"))
    } else if now.duration_since(at) <= TRACELESS {
        Verdict::NotDone(format!("seen afterwards: AWS does not show {what}"))
    } else {
        Verdict::Open(Doubt::Traceless)
    }
}
