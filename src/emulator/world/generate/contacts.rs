//! Contacts of a generated organization.

use crate::emulator::random::Random;
use crate::emulator::world::blueprint::{Account, JoinedMethod};
use crate::emulator::world::contact::{AlternateContact, ContactInformation, ContactsPlan};

/// So that the accounts do not change with what is drawn here.
const STREAM: u64 = 0x436F_6E74;

/// Three of ten accounts have a security contact. The management account and invited accounts have a primary contact of
/// their own.
pub(super) fn of(accounts: &[Account], seed: u64) -> Vec<ContactsPlan> {
    let mut random = Random::new(seed ^ STREAM);
    let mut plans = Vec::new();
    for (number, account) in accounts.iter().enumerate() {
        let mut drawn = |of_ten: u64| random.below(10) < of_ten;
        let plan = ContactsPlan {
            account: account.id.clone(),
            primary: (number == 0 || account.joined == JoinedMethod::Invited).then(primary),
            billing: drawn(2).then(|| alternate("Accounts Payable", "Accountant", "billing@example.com")),
            operations: drawn(1).then(|| alternate("Platform Team", "On-call engineer", "ops@example.com")),
            security: drawn(3).then(|| alternate("Security Operations", "CISO", "soc@example.com")),
        };
        if plan != (ContactsPlan { account: account.id.clone(), ..ContactsPlan::default() }) {
            plans.push(plan);
        }
    }
    plans
}

fn alternate(name: &str, title: &str, email_address: &str) -> AlternateContact {
    AlternateContact {
        name: name.to_owned(),
        title: title.to_owned(),
        email_address: email_address.to_owned(),
        phone_number: "+1 206 555 0100".to_owned(),
    }
}

fn primary() -> ContactInformation {
    ContactInformation {
        full_name: "Cloud Center of Excellence".to_owned(),
        address_line1: "1 Example Street".to_owned(),
        address_line2: None,
        address_line3: None,
        city: "Seattle".to_owned(),
        state_or_region: Some("WA".to_owned()),
        district_or_county: None,
        postal_code: "98101".to_owned(),
        country_code: "US".to_owned(),
        phone_number: "+1 206 555 0199".to_owned(),
        company_name: Some("Example Corp.".to_owned()),
        website_url: None,
    }
}
