//! Contacts, in words.

use crate::domain::contacts::{AlternateContact, Contact, ContactFinding, PrimaryContact};
use crate::words::api_error::short;

/// The name for people.
pub(crate) fn title(finding: ContactFinding) -> &'static str {
    match finding {
        ContactFinding::NoSecurityContact => "No security contact",
    }
}

/// Why it matters.
pub(crate) fn meaning(finding: ContactFinding) -> &'static str {
    match finding {
        ContactFinding::NoSecurityContact => {
            "AWS writes about security to the root mailbox only, which often nobody reads."
        }
    }
}

/// What to do about it.
pub(crate) fn fix(finding: ContactFinding) -> &'static str {
    match finding {
        ContactFinding::NoSecurityContact => {
            "Set one: aws account put-alternate-contact --alternate-contact-type SECURITY --account-id ACCOUNT."
        }
    }
}

/// A contact in a table, where `missing` says what an absent one is.
pub(crate) fn shown<T>(contact: &Contact<T>, missing: &str, words: impl Fn(&T) -> String) -> String {
    match contact {
        Contact::NotRead => String::new(),
        Contact::Absent => missing.to_owned(),
        Contact::Present(contact) => words(contact),
        Contact::Unknown(error) => format!("? {}", short(error.kind)),
    }
}

/// For the row of an account.
pub(crate) const NONE: &str = "-";
pub(crate) const NO_SECURITY: &str = "!! none";

/// `Nancy Davolio, CISO, soc@example.com, +1 206 555 0100`.
pub(crate) fn alternate(contact: &AlternateContact) -> String {
    [&contact.name, &contact.title, &contact.email, &contact.phone].map(String::as_str).join(", ")
}

/// `Nancy Davolio, Example Corp., 1 Example Street, Seattle, WA, 98101, US, +1 206 555 0199`.
pub(crate) fn primary(contact: &PrimaryContact) -> String {
    let PrimaryContact { name, company, address, city, state, district, postal_code, country, phone, website } =
        contact;
    let parts = [Some(name), company.as_ref()].into_iter().flatten().chain(address);
    let place = [Some(city), district.as_ref(), state.as_ref(), Some(postal_code), Some(country), Some(phone)];
    let parts = parts.chain(place.into_iter().flatten()).chain(website);
    parts.map(String::as_str).collect::<Vec<_>>().join(", ")
}
