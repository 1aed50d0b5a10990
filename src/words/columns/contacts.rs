//! The columns of contacts.

use crate::domain::account::Account;
use crate::domain::contacts::{AlternateContact, Contact, ContactFinding, Contacts, PrimaryContact};
use crate::words::api_error::headline;
use crate::words::contacts as words;
use crate::words::fields as f;
use crate::words::root_finding::reference;
use crate::words::rows::{Cell, Column};
use crate::words::schema::{Field, record};

pub(crate) struct Row<'a> {
    pub(crate) account: &'a Account,
    pub(crate) found: Found,
}

pub(crate) enum Found {
    Read(Box<Contacts>),
    /// And why.
    NotRead(&'static str),
    /// AWS is not asked about it, and why.
    Skipped(String),
}

/// What a row says as a whole, in the order the rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Finding,
    Unknown,
    Clean,
    Skipped,
}

impl Row<'_> {
    pub(crate) fn contacts(&self) -> Option<&Contacts> {
        match &self.found {
            Found::Read(contacts) => Some(contacts),
            Found::NotRead(_) | Found::Skipped(_) => None,
        }
    }

    fn judged(&self) -> Option<&Contacts> {
        self.contacts().filter(|contacts| contacts.are_judged())
    }

    /// Whether AWS answered about at least one of them.
    pub(crate) fn is_partly_read(&self) -> bool {
        let answered = |contacts: &Contacts| {
            let alternates = contacts.alternates();
            alternates.iter().any(|(_, contact)| contact.is_answered()) || contacts.primary.is_answered()
        };
        self.contacts().is_some_and(answered)
    }

    pub(crate) fn is_unread(&self) -> bool {
        match &self.found {
            Found::Read(contacts) => contacts.errors().next().is_some(),
            Found::NotRead(_) => true,
            Found::Skipped(_) => false,
        }
    }

    pub(crate) fn verdict(&self) -> Verdict {
        match &self.found {
            Found::Read(contacts) if !ContactFinding::of(contacts).is_empty() => Verdict::Finding,
            Found::Skipped(_) => Verdict::Skipped,
            _ if self.is_unread() => Verdict::Unknown,
            _ => Verdict::Clean,
        }
    }

    fn status(&self) -> &'static str {
        match &self.found {
            Found::Skipped(_) => "skipped",
            _ if self.is_unread() => "unknown",
            _ => "read",
        }
    }

    fn message(&self) -> Option<String> {
        match &self.found {
            Found::Read(contacts) => contacts.errors().next().map(headline),
            Found::NotRead(why) => Some((*why).to_owned()),
            Found::Skipped(why) => Some(why.clone()),
        }
    }
}

type Columns<'a> = Vec<Column<'static, Row<'a>>>;

pub(crate) fn columns<'a>() -> Columns<'a> {
    let known = [
        Column::new(f::ACCOUNT_ID, |row: &Row<'_>| row.account.id.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |row: &Row<'_>| row.account.name.clone()).head("NAME"),
        Column::new(f::STATE, |row: &Row<'_>| row.account.state.as_str()),
        Column::new(f::CONTACTS_STATUS, Row::status),
        Column::new(f::MESSAGE.or_null(), Row::message),
        Column::json_only(f::CONTACT_FINDINGS.or_null(), |row: &Row<'_>| {
            row.judged().map(|contacts| Cell::list(ContactFinding::of(contacts), finding_cell))
        }),
        Column::csv_only(f::CONTACT_FINDINGS.name, |row: &Row<'_>| {
            let words =
                |contacts| ContactFinding::of(contacts).into_iter().map(ContactFinding::as_str).collect::<Vec<_>>();
            row.judged().map(|contacts| words(contacts).join(" "))
        }),
        in_table("SECURITY", |contacts| words::shown(&contacts.security, words::NO_SECURITY, |it| it.email.clone())),
        in_table("OPERATIONS", |contacts| words::shown(&contacts.operations, words::NONE, |it| it.email.clone())),
        in_table("BILLING", |contacts| words::shown(&contacts.billing, words::NONE, |it| it.email.clone())),
        in_table("PRIMARY", |contacts| {
            words::shown(&contacts.primary, words::NONE, |it| it.company.clone().unwrap_or_else(|| it.name.clone()))
        })
        .cut_at_end(),
    ];
    let alternates = [
        alternate(f::SECURITY_CONTACT, |contacts| &contacts.security, SECURITY),
        alternate(f::OPERATIONS_CONTACT, |contacts| &contacts.operations, OPERATIONS),
        alternate(f::BILLING_CONTACT, |contacts| &contacts.billing, BILLING),
    ];
    let primary = [
        Column::json_only(f::PRIMARY_CONTACT.or_null().or_unknown(), |row: &Row<'_>| {
            row.contacts().map(|contacts| presence(&contacts.primary, primary_cell))
        }),
        Column::csv_only(f::PRIMARY_CONTACT.name, |row: &Row<'_>| {
            row.contacts().and_then(|contacts| word(&contacts.primary))
        }),
        Column::csv_only("primary", |row: &Row<'_>| {
            row.contacts().and_then(|contacts| contacts.primary.present()).map(words::primary)
        }),
    ];
    known.into_iter().chain(alternates.into_iter().flatten()).chain(primary).collect()
}

fn in_table<'a>(head: &'static str, words: fn(&Contacts) -> String) -> Column<'static, Row<'a>> {
    Column::table_only(head, move |row: &Row<'_>| row.contacts().map(words))
}

/// The names of the parts in CSV, as a plan has them.
const SECURITY: [&str; 4] = ["security_name", "security_title", "security_email", "security_phone"];
const OPERATIONS: [&str; 4] = ["operations_name", "operations_title", "operations_email", "operations_phone"];
const BILLING: [&str; 4] = ["billing_name", "billing_title", "billing_email", "billing_phone"];

/// JSON nests the parts of a contact, or why it is not known; CSV has them in columns of their own.
fn alternate<'a>(
    field: Field,
    of: fn(&Contacts) -> &Contact<AlternateContact>,
    parts: [&'static str; 4],
) -> Columns<'a> {
    let json = move |row: &Row<'_>| row.contacts().map(|contacts| presence(of(contacts), alternate_cell));
    let word = move |row: &Row<'_>| row.contacts().and_then(|contacts| word(of(contacts)));
    let part = |name, part: fn(&AlternateContact) -> &String| {
        Column::csv_only(name, move |row: &Row<'_>| {
            row.contacts().and_then(|contacts| of(contacts).present()).map(part).cloned()
        })
    };
    let [name, title, email, phone] = parts;
    vec![
        Column::json_only(field.or_null().or_unknown(), json),
        Column::csv_only(field.name, word),
        part(name, |contact| &contact.name),
        part(title, |contact| &contact.title),
        part(email, |contact| &contact.email),
        part(phone, |contact| &contact.phone),
    ]
}

fn finding_cell(finding: ContactFinding) -> Cell {
    record([
        (f::CONTACT_FINDING_NAME, finding.as_str().into()),
        (f::SEVERITY, finding.severity().as_str().into()),
        (f::FIX, words::fix(finding).into()),
        (f::REFERENCES, Cell::list(finding.references(), |it| reference(it).into())),
    ])
}

/// What is there, what is not, or why that is not known; nothing if it was not asked for.
fn presence<T>(contact: &Contact<T>, details: fn(&T) -> Cell) -> Cell {
    let (status, found) = match contact {
        Contact::NotRead => return Cell::Null,
        Contact::Absent => ("absent", None),
        Contact::Present(found) => ("present", Some(found)),
        Contact::Unknown(error) => return Cell::Unknown(headline(error)),
    };
    record([(f::PRESENCE, status.into()), (f::FOUND_DETAILS, found.map(details).into())])
}

fn word<T>(contact: &Contact<T>) -> Option<&'static str> {
    match contact {
        Contact::NotRead => None,
        Contact::Absent => Some("absent"),
        Contact::Present(_) => Some("present"),
        Contact::Unknown(_) => Some("unknown"),
    }
}

fn alternate_cell(contact: &AlternateContact) -> Cell {
    record([
        (f::CONTACT_NAME, (&contact.name).into()),
        (f::CONTACT_TITLE, (&contact.title).into()),
        (f::CONTACT_EMAIL, (&contact.email).into()),
        (f::CONTACT_PHONE, (&contact.phone).into()),
    ])
}

fn primary_cell(contact: &PrimaryContact) -> Cell {
    record([
        (f::CONTACT_NAME, (&contact.name).into()),
        (f::COMPANY, contact.company.as_ref().into()),
        (f::ADDRESS, Cell::list(&contact.address, Cell::from)),
        (f::CITY, (&contact.city).into()),
        (f::STATE_OR_REGION, contact.state.as_ref().into()),
        (f::DISTRICT, contact.district.as_ref().into()),
        (f::POSTAL_CODE, (&contact.postal_code).into()),
        (f::COUNTRY, (&contact.country).into()),
        (f::CONTACT_PHONE, (&contact.phone).into()),
        (f::WEBSITE, contact.website.as_ref().into()),
    ])
}
