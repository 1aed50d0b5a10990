//! What AWS shows, held against what is looked for.

use super::email;
use super::sought::{Evidence, Sought, What};
use super::switches::{self, Setting};
use super::verdict::{Doubt, Verdict};
use crate::domain::change::Switch;
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
            (What::Switch(..) | What::Delegate(..), _) if !later.is_empty() => Verdict::Open(Doubt::LaterFromHere),
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
            _ => Verdict::Open(self.doubt().unwrap_or(Doubt::NothingTells)),
        }
    }
}
