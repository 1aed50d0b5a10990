//! Contacts, in words.

use crate::domain::account::{Account, AccountId};
use crate::domain::account_change::AccountChange;
use crate::domain::account_detail::{DetailField, DetailProblem, Flaw};
use crate::domain::contact_edit::{Wanted, WishProblem};
use crate::domain::contacts::{
    AlternateContact, AlternateKind, Contact, ContactFinding, ContactKind, Contacts, PrimaryContact,
};
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
        ContactFinding::NoSecurityContact => "Set one: rootdeck contacts set ACCOUNT --type security.",
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

/// What a change is about, in a table and for programs.
pub(crate) fn what(wanted: &Wanted) -> &'static str {
    match wanted {
        Wanted::Contact(kind, _) | Wanted::NoContact(kind) => contact(*kind),
        Wanted::Primary(_) => "primary_contact",
        Wanted::Name(_) => "account_name",
    }
}

fn contact(kind: AlternateKind) -> &'static str {
    match kind {
        AlternateKind::Security => "security_contact",
        AlternateKind::Operations => "operations_contact",
        AlternateKind::Billing => "billing_contact",
    }
}

/// What is there before a change; `None`: nothing.
pub(crate) fn before(wanted: &Wanted, account: &Account, contacts: &Contacts) -> Option<String> {
    match wanted {
        Wanted::Contact(kind, _) | Wanted::NoContact(kind) => there(contacts.alternate(*kind), alternate),
        Wanted::Primary(_) => there(&contacts.primary, primary),
        Wanted::Name(_) => Some(account.name.clone()),
    }
}

fn there<T>(contact: &Contact<T>, words: impl Fn(&T) -> String) -> Option<String> {
    match contact {
        Contact::Absent | Contact::NotRead => None,
        known => Some(shown(known, NONE, words)),
    }
}

/// What is to be there after a change; `None`: nothing.
pub(crate) fn after(change: &AccountChange) -> Option<String> {
    match change {
        AccountChange::PutContact(_, contact, _) => Some(alternate(contact)),
        AccountChange::DeleteContact(..) => None,
        AccountChange::PutPrimaryContact(contact) => Some(primary(contact)),
        AccountChange::Rename { new, .. } => Some(new.as_str().to_owned()),
    }
}

sentences! {
    now(text) = "  now   {text}";
    then(text) = "  then  {text}";
}

/// After a change: `444455556666: security contact set (verified)`.
pub(crate) fn changed(account: AccountId, change: &AccountChange, is_seen: bool) -> String {
    let done = match change {
        AccountChange::PutContact(kind, ..) => format!("{kind} contact set"),
        AccountChange::DeleteContact(kind, _) => format!("{kind} contact deleted"),
        AccountChange::PutPrimaryContact(_) => "primary contact set".to_owned(),
        AccountChange::Rename { new, .. } => format!("renamed to {}", new.as_str()),
    };
    let seen = if is_seen { "verified" } else { "accepted by AWS, not shown yet" };
    format!("{account}: {done} ({seen})")
}

/// `title missing`, `email: AWS does not take this`.
pub(crate) fn problem(problem: DetailProblem) -> String {
    let field = problem.field.as_str().replace('_', " ");
    let field = field.as_str();
    match (problem.flaw, problem.field) {
        (Flaw::Missing, _) => format!("{field} missing"),
        (Flaw::LongerThan(longest), _) => format!("{field} too long: at most {longest} characters"),
        (Flaw::Form, DetailField::Email) => "email: not an address that AWS accepts for a contact".to_owned(),
        (Flaw::Form, DetailField::Phone) => "phone: only digits, blanks and ()+-".to_owned(),
        (Flaw::Form, DetailField::PrimaryPhone) => {
            "phone: + and the country's code first, then only digits, blanks and ()-".to_owned()
        }
        (Flaw::Form, DetailField::Country) => "country: two capital letters (ISO 3166), such as JP".to_owned(),
        (Flaw::Form, DetailField::AccountName) => "account name: only ASCII characters, without < and >".to_owned(),
        (Flaw::Form, _) => format!("{field}: contains a control character"),
    }
}

pub(crate) const SAME: &str = "nothing to change yet";
pub(crate) const READY: &str = "ready";
pub(crate) const ALL_TEXTS: &str = "AWS requires all of them";

/// Why nothing can be set as it is typed.
pub(crate) fn wish(problem: &WishProblem) -> String {
    match problem {
        WishProblem::Detail(problem) => self::problem(*problem),
        WishProblem::Unread(error) => format!("the present contact could not be read: {}", short(error.kind)),
    }
}

/// The label of a row.
pub(crate) fn label(kind: AlternateKind) -> &'static str {
    match kind {
        AlternateKind::Security => "Security",
        AlternateKind::Operations => "Operations",
        AlternateKind::Billing => "Billing",
    }
}

/// For the details of an account, below a heading.
pub(crate) fn label_of(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Security => "  Security",
        ContactKind::Operations => "  Operations",
        ContactKind::Billing => "  Billing",
        ContactKind::Primary => "  Primary",
    }
}

pub(crate) const FIELDS: [&str; 4] = ["Name", "Title", "Email", "Phone"];
pub(crate) const NEW_NAME: [&str; 1] = ["Name"];
pub(crate) const READING: &str = "reading the contacts";
pub(crate) const NOT_READ: &str = "not read";
pub(crate) const PRIMARY_HINT: &str = "To change the primary contact: rootdeck contacts set-primary.";

sentences! {
    heading(account) = "Contacts and name of {account}";
    edit_title(kind, account) = "Set the {kind} contact of {account}";
    rename_title(account) = "Rename {account}";
    primary_line(text) = "Primary contact: {text}";
}
