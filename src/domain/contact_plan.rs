//! The file of a plan for contacts and names: CSV with a header, as `rootdeck contacts list -o csv` writes it.
//!
//! A blank cell means "as it is". `-` as the email of an alternate contact deletes it.

use super::contact_edit::{ContactEdit, PrimaryEdit, Wanted};
use super::contacts::AlternateKind;
use super::email_plan::{ACCOUNT_COLUMN, ACCOUNT_NAMES, PlanNote, Sheet, Unreadable, bare, decode, id_of, sheet};
use super::text::clean;

/// The column of the new name.
pub(crate) const NAME_COLUMN: &str = "new_name";

/// Deletes a contact.
pub(crate) const DELETE: &str = "-";

/// The parts of an alternate contact; the columns have its kind in front: `security_email`.
const PARTS: [&str; 4] = ["name", "title", "email", "phone"];

const PRIMARY_COLUMNS: [&str; 12] = [
    "primary_name",
    "primary_company",
    "primary_address_1",
    "primary_address_2",
    "primary_address_3",
    "primary_city",
    "primary_state",
    "primary_district",
    "primary_postal_code",
    "primary_country",
    "primary_phone",
    "primary_website",
];

/// All columns that change something.
pub(crate) fn columns() -> Vec<String> {
    let alternates = AlternateKind::ALL.into_iter().flat_map(|kind| PARTS.map(|part| format!("{kind}_{part}")));
    let primary = PRIMARY_COLUMNS.into_iter().map(str::to_owned);
    [NAME_COLUMN.to_owned()].into_iter().chain(alternates).chain(primary).collect()
}

/// What one line of a plan wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Its number in the file, from 1.
    pub line: u64,
    /// As it is written.
    pub account: String,
    /// In the order of the columns above.
    pub wanted: Vec<Wanted>,
}

/// A plan, and how its file was read where that is not as documented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPlan {
    /// The lines that want something.
    pub rows: Vec<ContactRow>,
    /// How the file was read.
    pub(crate) notes: Vec<PlanNote>,
}

/// Fails if it is no such plan at all; what is wrong with single lines is found when they are checked.
pub(crate) fn read(bytes: &[u8]) -> Result<ContactPlan, Unreadable> {
    let (text, encoding) = decode(bytes)?;
    let Sheet { header, rows: lines } = sheet(&text, |header| is_header(header.iter()))?;
    let written: Vec<String> = header.iter().map(|cell| clean(cell)).collect();
    let header: Vec<String> = header.iter().map(|cell| bare(cell)).collect();
    let Some(account) = header.iter().position(|cell| ACCOUNT_NAMES.contains(&cell.as_str())) else {
        return Err(Unreadable::NoColumn(ACCOUNT_COLUMN, written));
    };
    if !is_header(header.iter().map(String::as_str)) {
        return Err(Unreadable::NoColumn("security_email", written));
    }
    let all = lines.len();
    let rows: Vec<ContactRow> = lines
        .into_iter()
        .map(|(line, cells)| {
            let cell = |column: &str| {
                let place = header.iter().position(|name| *name == bare(column))?;
                cells.get(place).filter(|cell| !cell.is_empty()).cloned()
            };
            let account = cells.get(account).map(|cell| id_of(cell).to_owned()).unwrap_or_default();
            ContactRow { line, account, wanted: wanted(cell) }
        })
        .filter(|row| !row.wanted.is_empty())
        .collect();
    if rows.is_empty() {
        return Err(Unreadable::AllBlank);
    }
    let blank = Some(all - rows.len()).filter(|count| *count > 0).map(PlanNote::Blank);
    Ok(ContactPlan { rows, notes: encoding.into_iter().chain(blank).collect() })
}

/// Whether a line has the account and at least one column that changes something.
fn is_header<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let cells: Vec<String> = cells.map(bare).collect();
    let has = |name: &String| cells.contains(&bare(name));
    cells.iter().any(|cell| ACCOUNT_NAMES.contains(&cell.as_str())) && columns().iter().any(has)
}

fn wanted(cell: impl Fn(&str) -> Option<String>) -> Vec<Wanted> {
    let name = cell(NAME_COLUMN).map(Wanted::Name);
    let alternates = AlternateKind::ALL.into_iter().filter_map(|kind| {
        let part = |part: &str| cell(&format!("{kind}_{part}"));
        let edit = ContactEdit { name: part("name"), title: part("title"), email: part("email"), phone: part("phone") };
        match edit.email.as_deref() {
            Some(DELETE) => Some(Wanted::NoContact(kind)),
            _ if edit.is_empty() => None,
            _ => Some(Wanted::Contact(kind, edit)),
        }
    });
    let part = |part: &str| cell(&format!("primary_{part}"));
    let primary = PrimaryEdit {
        name: part("name"),
        company: part("company"),
        address: ["address_1", "address_2", "address_3"].into_iter().filter_map(part).collect(),
        city: part("city"),
        state: part("state"),
        district: part("district"),
        postal_code: part("postal_code"),
        country: part("country"),
        phone: part("phone"),
        website: part("website"),
    };
    let primary = (!primary.is_empty()).then(|| Wanted::Primary(Box::new(primary)));
    name.into_iter().chain(alternates).chain(primary).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_wants_what_its_cells_say_and_blank_ones_stay_as_they_are() {
        let text = "account_id,account_name,new_name,security_email,billing_email\n\
            444455556666,sandbox-07,,soc@corp.example,\n\
            333344445555,mail,mail prod,,-\n\
            222233334444,audit,,,\n";
        let plan = read(text.as_bytes()).expect("a plan");
        let soc = ContactEdit { email: Some("soc@corp.example".into()), ..ContactEdit::default() };
        let rows = vec![
            ContactRow {
                line: 2,
                account: "444455556666".into(),
                wanted: vec![Wanted::Contact(AlternateKind::Security, soc)],
            },
            ContactRow {
                line: 3,
                account: "333344445555".into(),
                wanted: vec![Wanted::Name("mail prod".into()), Wanted::NoContact(AlternateKind::Billing)],
            },
        ];
        assert_eq!(plan, ContactPlan { rows, notes: vec![PlanNote::Blank(1)] });
    }

    #[test]
    fn a_spreadsheet_with_semicolons_and_escaped_cells_is_read() {
        let text = "sep=;\r\nAccount ID;Security Phone\r\n=\"012345678901\";\"'+81 3\"\r\n";
        let plan = read(text.as_bytes()).expect("a plan");
        let phone = ContactEdit { phone: Some("+81 3".into()), ..ContactEdit::default() };
        let row = plan.rows.first().expect("a row");
        assert_eq!((row.line, row.account.as_str()), (3, "012345678901"));
        assert_eq!(row.wanted, [Wanted::Contact(AlternateKind::Security, phone)]);
    }

    #[test]
    fn a_file_of_something_else_is_no_plan() {
        assert!(matches!(
            read(b"account_id,new_email\n1,a@b.example\n"),
            Err(Unreadable::NoColumn("security_email", _))
        ));
        assert!(matches!(read(b"new_name\nx\n"), Err(Unreadable::NoColumn(ACCOUNT_COLUMN, _))));
        assert_eq!(read(b"account_id,new_name\n"), Err(Unreadable::NoLines));
        assert_eq!(read(b"account_id,new_name\n1,\n"), Err(Unreadable::AllBlank));
        assert_eq!(read(b""), Err(Unreadable::Empty));
    }
}
