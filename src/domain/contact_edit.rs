//! What is wanted of the contacts and the name of an account, and the changes that bring it about.

use std::fmt;

use super::account::Account;
use super::account_change::{AccountChange, AccountName};
use super::account_detail::{DetailField, DetailProblem, Flaw};
use super::api_error::ApiError;
use super::contacts::{AlternateContact, AlternateKind, Contact, ContactKind, Contacts, PrimaryContact};
use super::word_enum::word_enum;

/// One thing that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An alternate contact with these texts.
    Contact(AlternateKind, ContactEdit),
    /// No alternate contact.
    NoContact(AlternateKind),
    /// A primary contact with these texts.
    Primary(Box<PrimaryEdit>),
    /// This name.
    Name(String),
}

/// The texts of an alternate contact that are given. The others stay as they are. Personal data: not logged.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ContactEdit {
    /// Of a person or a team.
    pub name: Option<String>,
    /// What the person is there.
    pub title: Option<String>,
    /// Where AWS writes to.
    pub email: Option<String>,
    /// With digits, blanks and `()+-`.
    pub phone: Option<String>,
}

/// The texts of a primary contact that are given. The others stay as they are. Personal data: not logged.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PrimaryEdit {
    /// Of a person or a team.
    pub name: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// The lines of the street address, up to three; empty: as it is.
    pub address: Vec<String>,
    /// The city.
    pub city: Option<String>,
    /// The state or region.
    pub state: Option<String>,
    /// The district or county.
    pub district: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// ISO 3166, two letters.
    pub country: Option<String>,
    /// With `+` and the country's code.
    pub phone: Option<String>,
    /// The company's site.
    pub website: Option<String>,
}

impl fmt::Debug for ContactEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactEdit").finish_non_exhaustive()
    }
}

impl fmt::Debug for PrimaryEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrimaryEdit").finish_non_exhaustive()
    }
}

/// Why a wish is no change that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WishProblem {
    /// AWS would not take a text, or it is given nowhere.
    Detail(DetailProblem),
    /// The texts that are not given stay as they are, and those could not be read.
    Unread(ApiError),
}

impl From<DetailProblem> for WishProblem {
    fn from(problem: DetailProblem) -> Self {
        Self::Detail(problem)
    }
}

/// What a wish comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// This has to be changed.
    Change(AccountChange),
    /// It is so already.
    Already(AccountChange),
}

impl Wanted {
    /// The contact that has to be read first.
    pub fn reads(&self) -> Option<ContactKind> {
        match self {
            Self::Contact(kind, _) | Self::NoContact(kind) => Some(kind.kind()),
            Self::Primary(_) => Some(ContactKind::Primary),
            Self::Name(_) => None,
        }
    }

    /// What AWS would not take of the texts that are given, whatever the account has.
    pub(crate) fn flaws(&self) -> Vec<DetailProblem> {
        use DetailField as F;
        let texts: Vec<(F, &Option<String>)> = match self {
            Self::NoContact(_) => Vec::new(),
            Self::Name(name) => return AccountName::parse(name).err().into_iter().collect(),
            Self::Contact(_, edit) => {
                vec![(F::Name, &edit.name), (F::Title, &edit.title), (F::Email, &edit.email), (F::Phone, &edit.phone)]
            }
            Self::Primary(edit) => vec![
                (F::FullName, &edit.name),
                (F::Company, &edit.company),
                (F::City, &edit.city),
                (F::State, &edit.state),
                (F::District, &edit.district),
                (F::PostalCode, &edit.postal_code),
                (F::Country, &edit.country),
                (F::PrimaryPhone, &edit.phone),
                (F::Website, &edit.website),
            ],
        };
        let lines: &[String] = if let Self::Primary(edit) = self { &edit.address } else { &[] };
        let given = texts.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?)));
        given
            .chain(lines.iter().map(|line| (F::Address, line)))
            .filter_map(|(field, text)| field.checked(text).err())
            .collect()
    }

    /// What has to be changed where an account is like this.
    ///
    /// # Errors
    /// If AWS would not take it, or a text is given neither here nor by what is there.
    pub fn wish(&self, account: &Account, contacts: &Contacts) -> Result<Wish, WishProblem> {
        match self {
            Self::Contact(kind, edit) => {
                let present = contacts.alternate(*kind);
                let wanted = edit.on(present)?;
                let is_so = present.present() == Some(&wanted);
                let old = present.present().cloned().map(Box::new);
                Ok(Wish::of(AccountChange::PutContact(*kind, Box::new(wanted), old), is_so))
            }
            Self::NoContact(kind) => {
                let present = contacts.alternate(*kind);
                let is_so = *present == Contact::Absent;
                let old = present.present().cloned().map(Box::new);
                Ok(Wish::of(AccountChange::DeleteContact(*kind, old), is_so))
            }
            Self::Primary(edit) => {
                let wanted = edit.on(&contacts.primary)?;
                let is_so = contacts.primary.present() == Some(&wanted);
                Ok(Wish::of(AccountChange::PutPrimaryContact(Box::new(wanted)), is_so))
            }
            Self::Name(name) => {
                let new = AccountName::parse(name)?;
                let is_so = new.as_str() == account.name;
                Ok(Wish::of(AccountChange::Rename { old: account.name.clone(), new }, is_so))
            }
        }
    }
}

impl Wish {
    fn of(change: AccountChange, is_so: bool) -> Self {
        if is_so { Self::Already(change) } else { Self::Change(change) }
    }

    /// The change, made or not.
    pub fn change(&self) -> &AccountChange {
        match self {
            Self::Change(change) | Self::Already(change) => change,
        }
    }
}

/// What is given, or else what is there.
fn or_present<T>(
    given: Option<&String>,
    present: &Contact<T>,
    of: impl Fn(&T) -> &str,
    field: DetailField,
) -> Result<String, WishProblem> {
    match (given, present) {
        (Some(text), _) => Ok(text.clone()),
        (None, Contact::Present(there)) => Ok(of(there).to_owned()),
        (None, Contact::Unknown(error)) => Err(WishProblem::Unread(error.clone())),
        (None, Contact::Absent | Contact::NotRead) => Err(DetailProblem { field, flaw: Flaw::Missing }.into()),
    }
}

impl ContactEdit {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn on(&self, present: &Contact<AlternateContact>) -> Result<AlternateContact, WishProblem> {
        let contact = AlternateContact {
            email: or_present(self.email.as_ref(), present, |it| &it.email, DetailField::Email)?,
            name: or_present(self.name.as_ref(), present, |it| &it.name, DetailField::Name)?,
            title: or_present(self.title.as_ref(), present, |it| &it.title, DetailField::Title)?,
            phone: or_present(self.phone.as_ref(), present, |it| &it.phone, DetailField::Phone)?,
        };
        Ok(contact.checked()?)
    }
}

impl PrimaryEdit {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn on(&self, present: &Contact<PrimaryContact>) -> Result<PrimaryContact, WishProblem> {
        use DetailField as F;
        let there = present.present();
        // Putting replaces the whole contact: what is not known would be lost.
        if let (Contact::Unknown(error), false) = (present, self.is_whole()) {
            return Err(WishProblem::Unread(error.clone()));
        }
        let optional = |given: &Option<String>, of: fn(&PrimaryContact) -> &Option<String>| {
            given.clone().or_else(|| there.and_then(|there| of(there).clone()))
        };
        let address = if self.address.is_empty() {
            there.map(|there| there.address.clone()).unwrap_or_default()
        } else {
            self.address.clone()
        };
        let contact = PrimaryContact {
            name: or_present(self.name.as_ref(), present, |it| &it.name, F::FullName)?,
            company: optional(&self.company, |it| &it.company),
            address,
            city: or_present(self.city.as_ref(), present, |it| &it.city, F::City)?,
            state: optional(&self.state, |it| &it.state),
            district: optional(&self.district, |it| &it.district),
            postal_code: or_present(self.postal_code.as_ref(), present, |it| &it.postal_code, F::PostalCode)?,
            country: or_present(self.country.as_ref(), present, |it| &it.country, F::Country)?,
            phone: or_present(self.phone.as_ref(), present, |it| &it.phone, F::PrimaryPhone)?,
            website: optional(&self.website, |it| &it.website),
        };
        Ok(contact.checked()?)
    }

    /// Whether nothing of the present contact would stay.
    fn is_whole(&self) -> bool {
        let all = [
            &self.name,
            &self.company,
            &self.city,
            &self.state,
            &self.district,
            &self.postal_code,
            &self.country,
            &self.phone,
            &self.website,
        ];
        !self.address.is_empty() && all.iter().all(|text| text.is_some())
    }
}

word_enum! {
    /// What became of a change, or would.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum EditStatus {
        /// It is sent once it is confirmed.
        WouldChange = "would_change",
        /// Made, and read back.
        Changed = "changed",
        /// It was so before.
        Already = "already",
        /// It can't be sent like this.
        Problem = "problem",
        /// By AWS or by rootdeck.
        Refused = "refused",
        /// Nothing was changed.
        Failed = "failed",
        /// It may have been made.
        Unknown = "unknown",
        /// A stop came before it.
        NotAttempted = "not_attempted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;

    fn sandbox() -> Account {
        Account {
            id: "444455556666".parse().expect("an id"),
            name: "sandbox-07".into(),
            email: "aws+sandbox07@example.com".into(),
            state: crate::domain::account::AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: None,
        }
    }

    fn nancy() -> AlternateContact {
        AlternateContact {
            name: "Nancy Davolio".into(),
            title: "CISO".into(),
            email: "soc@example.com".into(),
            phone: "+1 206 555 0100".into(),
        }
    }

    fn with(security: Contact<AlternateContact>) -> Contacts {
        Contacts { security, ..Contacts::default() }
    }

    fn put(new: AlternateContact, old: Option<AlternateContact>) -> AccountChange {
        AccountChange::PutContact(AlternateKind::Security, Box::new(new), old.map(Box::new))
    }

    fn email(text: &str) -> Wanted {
        let edit = ContactEdit { email: Some(text.into()), ..ContactEdit::default() };
        Wanted::Contact(AlternateKind::Security, edit)
    }

    #[test]
    fn what_is_not_given_stays_as_it_is() {
        let account = sandbox();
        let wish = email("new@corp.example").wish(&account, &with(Contact::Present(nancy()))).expect("a wish");
        let expected = AlternateContact { email: "new@corp.example".into(), ..nancy() };
        assert_eq!(wish, Wish::Change(put(expected, Some(nancy()))));
        let same = email("soc@example.com").wish(&account, &with(Contact::Present(nancy()))).expect("a wish");
        assert_eq!(same, Wish::Already(put(nancy(), Some(nancy()))));
    }

    #[test]
    fn a_contact_that_is_not_there_or_not_known_is_not_made_up() {
        let account = sandbox();
        let missing = DetailProblem { field: DetailField::Name, flaw: Flaw::Missing };
        assert_eq!(email("a@b.example").wish(&account, &with(Contact::Absent)), Err(missing.into()));
        let error = ApiError::new("account:GetAlternateContact", ApiErrorKind::AccessDenied, "no");
        let unread = email("a@b.example").wish(&account, &with(Contact::Unknown(error.clone())));
        assert_eq!(unread, Err(WishProblem::Unread(error.clone())));
        let AlternateContact { name, title, email, phone } = nancy();
        let whole = ContactEdit { name: Some(name), title: Some(title), email: Some(email), phone: Some(phone) };
        let wish =
            Wanted::Contact(AlternateKind::Security, whole).wish(&account, &with(Contact::Unknown(error.clone())));
        assert_eq!(wish, Ok(Wish::Change(put(nancy(), None))));
        let delete = Wanted::NoContact(AlternateKind::Security);
        assert!(matches!(delete.wish(&account, &with(Contact::Unknown(error))), Ok(Wish::Change(_))));
        assert!(matches!(delete.wish(&account, &with(Contact::Absent)), Ok(Wish::Already(_))));
    }

    #[test]
    fn what_aws_would_not_take_is_known_without_the_account() {
        let edit = ContactEdit { email: Some("nobody".into()), phone: Some("x".into()), ..ContactEdit::default() };
        let fields = |wanted: Wanted| wanted.flaws().iter().map(|flaw| flaw.field).collect::<Vec<_>>();
        let contact = Wanted::Contact(AlternateKind::Billing, edit);
        assert_eq!(fields(contact), [DetailField::Email, DetailField::Phone]);
        assert_eq!(fields(Wanted::Name("決済".into())), [DetailField::AccountName]);
        assert_eq!(fields(email("soc@example.com")), []);
        let long = "x".repeat(200);
        let primary = PrimaryEdit { country: Some("Japan".into()), address: vec![long], ..PrimaryEdit::default() };
        assert_eq!(fields(Wanted::Primary(Box::new(primary))), [DetailField::Country, DetailField::Address]);
    }

    #[test]
    fn a_name_that_the_account_has_is_no_change() {
        let account = sandbox();
        let wish = |name: &str| Wanted::Name(name.into()).wish(&account, &Contacts::default());
        assert!(matches!(wish("sandbox-07"), Ok(Wish::Already(_))));
        assert!(matches!(wish("sandbox-7"), Ok(Wish::Change(_))));
        assert!(wish("決済").is_err());
    }
}
