//! Whom AWS writes to about an account: its alternate contacts and its primary contact.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::account_detail::{DetailField, DetailProblem, Flaw};
use super::api_error::ApiError;
use super::root_finding::{Framework, Reference, Severity, cis};
use super::word_enum::word_enum;

word_enum! {
    /// A contact of an account.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ContactKind {
        /// Whom AWS tells about security.
        Security = "security",
        /// Whom AWS tells about operations.
        Operations = "operations",
        /// Whom AWS tells about billing.
        Billing = "billing",
        /// Who the account belongs to, with address and phone number.
        Primary = "primary",
    }
}

impl ContactKind {
    /// `None` for the primary contact.
    pub(crate) fn alternate(self) -> Option<AlternateKind> {
        match self {
            Self::Security => Some(AlternateKind::Security),
            Self::Operations => Some(AlternateKind::Operations),
            Self::Billing => Some(AlternateKind::Billing),
            Self::Primary => None,
        }
    }
}

word_enum! {
    /// A contact beside the root user.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum AlternateKind {
        /// Whom AWS tells about security.
        Security = "security",
        /// Whom AWS tells about operations.
        Operations = "operations",
        /// Whom AWS tells about billing.
        Billing = "billing",
    }
}

impl AlternateKind {
    /// `AlternateContactType` of AWS.
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Security => "SECURITY",
            Self::Operations => "OPERATIONS",
            Self::Billing => "BILLING",
        }
    }

    pub(crate) fn kind(self) -> ContactKind {
        match self {
            Self::Security => ContactKind::Security,
            Self::Operations => ContactKind::Operations,
            Self::Billing => ContactKind::Billing,
        }
    }
}

/// A contact as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Contact<T> {
    /// AWS was not asked.
    #[default]
    NotRead,
    /// AWS has none.
    Absent,
    /// AWS has this one.
    Present(T),
    /// AWS was asked and did not tell.
    Unknown(ApiError),
}

impl<T> Contact<T> {
    pub(crate) fn read(answer: Result<Option<T>, ApiError>) -> Self {
        match answer {
            Ok(None) => Self::Absent,
            Ok(Some(contact)) => Self::Present(contact),
            Err(error) => Self::Unknown(error),
        }
    }

    pub(crate) fn present(&self) -> Option<&T> {
        match self {
            Self::Present(contact) => Some(contact),
            _ => None,
        }
    }

    /// Whether it is known that there is one, or none.
    pub(crate) fn is_answered(&self) -> bool {
        matches!(self, Self::Absent | Self::Present(_))
    }

    pub(crate) fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Unknown(error) => Some(error),
            _ => None,
        }
    }
}

/// Somebody beside the root user. Personal data: not logged.
#[derive(Clone, PartialEq, Eq)]
pub struct AlternateContact {
    /// Of a person or a team.
    pub name: String,
    /// What the person is there.
    pub title: String,
    /// Where AWS writes to.
    pub email: String,
    /// As it was typed.
    pub phone: String,
}

impl AlternateContact {
    /// As AWS takes it.
    ///
    /// # Errors
    /// The first text that AWS would refuse.
    pub(crate) fn checked(&self) -> Result<Self, DetailProblem> {
        Ok(Self {
            name: DetailField::Name.checked(&self.name)?,
            title: DetailField::Title.checked(&self.title)?,
            email: DetailField::Email.checked(&self.email)?,
            phone: DetailField::Phone.checked(&self.phone)?,
        })
    }
}

impl fmt::Debug for AlternateContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlternateContact").finish_non_exhaustive()
    }
}

/// Who the account belongs to. Personal data: not logged.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PrimaryContact {
    /// Of a person or a team.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// The lines of the street address.
    pub address: Vec<String>,
    /// The city.
    pub city: String,
    /// The state or region.
    pub state: Option<String>,
    /// The district or county.
    pub district: Option<String>,
    /// The postal code.
    pub postal_code: String,
    /// ISO 3166, two letters.
    pub country: String,
    /// With the country's code.
    pub phone: String,
    /// The company's site.
    pub website: Option<String>,
}

impl PrimaryContact {
    /// As AWS takes it.
    ///
    /// # Errors
    /// The first text that AWS would refuse.
    pub(crate) fn checked(&self) -> Result<Self, DetailProblem> {
        use DetailField as F;
        let optional = |field: F, text: &Option<String>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
            text.map(|text| field.checked(text)).transpose()
        };
        let lines: Vec<&String> = self.address.iter().filter(|line| !line.trim().is_empty()).collect();
        let missing = DetailProblem { field: F::Address, flaw: Flaw::Missing };
        if lines.is_empty() {
            return Err(missing);
        }
        Ok(Self {
            name: F::FullName.checked(&self.name)?,
            company: optional(F::Company, &self.company)?,
            address: lines.into_iter().map(|line| F::Address.checked(line)).collect::<Result<_, _>>()?,
            city: F::City.checked(&self.city)?,
            state: optional(F::State, &self.state)?,
            district: optional(F::District, &self.district)?,
            postal_code: F::PostalCode.checked(&self.postal_code)?,
            country: F::Country.checked(&self.country)?,
            phone: F::PrimaryPhone.checked(&self.phone)?,
            website: optional(F::Website, &self.website)?,
        })
    }

    /// `ContactInformation` of AWS.
    pub(crate) fn json(&self) -> String {
        let lines = ["AddressLine1", "AddressLine2", "AddressLine3"];
        let address = lines.into_iter().zip(self.address.iter().map(Some));
        let rest = [
            ("FullName", Some(&self.name)),
            ("CompanyName", self.company.as_ref()),
            ("City", Some(&self.city)),
            ("StateOrRegion", self.state.as_ref()),
            ("DistrictOrCounty", self.district.as_ref()),
            ("PostalCode", Some(&self.postal_code)),
            ("CountryCode", Some(&self.country)),
            ("PhoneNumber", Some(&self.phone)),
            ("WebsiteUrl", self.website.as_ref()),
        ];
        let members = address.chain(rest).filter_map(|(name, value)| Some((name.to_owned(), value?.as_str().into())));
        Value::Object(members.collect::<Map<_, _>>()).to_string()
    }
}

impl fmt::Debug for PrimaryContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrimaryContact").finish_non_exhaustive()
    }
}

/// The contacts of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// The security contact.
    pub security: Contact<AlternateContact>,
    /// The operations contact.
    pub operations: Contact<AlternateContact>,
    /// The billing contact.
    pub billing: Contact<AlternateContact>,
    /// The primary contact.
    pub primary: Contact<PrimaryContact>,
}

impl Contacts {
    /// The alternate contacts in the order they are shown.
    pub(crate) fn alternates(&self) -> [(ContactKind, &Contact<AlternateContact>); 3] {
        [
            (ContactKind::Security, &self.security),
            (ContactKind::Operations, &self.operations),
            (ContactKind::Billing, &self.billing),
        ]
    }

    pub(crate) fn alternate(&self, kind: AlternateKind) -> &Contact<AlternateContact> {
        match kind {
            AlternateKind::Security => &self.security,
            AlternateKind::Operations => &self.operations,
            AlternateKind::Billing => &self.billing,
        }
    }

    pub(crate) fn alternate_mut(&mut self, kind: AlternateKind) -> &mut Contact<AlternateContact> {
        match kind {
            AlternateKind::Security => &mut self.security,
            AlternateKind::Operations => &mut self.operations,
            AlternateKind::Billing => &mut self.billing,
        }
    }

    /// Whether AWS answered for any of them.
    pub(crate) fn is_read(&self) -> bool {
        self.primary.is_answered() || self.alternates().iter().any(|(_, contact)| contact.is_answered())
    }

    /// Whether what decides about findings was read.
    pub(crate) fn are_judged(&self) -> bool {
        self.security.is_answered()
    }

    pub(crate) fn errors(&self) -> impl Iterator<Item = &ApiError> {
        let alternates = self.alternates().map(|(_, contact)| contact.error());
        alternates.into_iter().chain([self.primary.error()]).flatten()
    }
}

word_enum! {
    /// What auditors look for in the contacts of an account.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ContactFinding {
        /// AWS has nobody to tell about security but the root user's mailbox.
        NoSecurityContact = "no_security_contact",
    }
}

// From Prowler's public mappings (compliance/aws/cis_*.json) and the list of Security Hub's controls.
const SECURITY_CONTACT: [Reference; 4] = cis("2.3", "2.2", "1.2", "1.2");

impl ContactFinding {
    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Self::NoSecurityContact => Severity::Medium,
        }
    }

    /// What others call it: a framework, and its name there.
    pub fn references(self) -> Vec<Reference> {
        use Framework::{Prowler, SecurityHub};
        let (cis, rest): (&[_], &[_]) = match self {
            Self::NoSecurityContact => (
                &SECURITY_CONTACT,
                &[(SecurityHub, "Account.1"), (Prowler, "account_security_contact_information_is_registered")],
            ),
        };
        cis.iter().chain(rest).copied().collect()
    }

    /// What is found. What was not read is no finding, and not its absence either.
    pub fn of(contacts: &Contacts) -> Vec<Self> {
        let holds = |finding: &Self| match finding {
            Self::NoSecurityContact => contacts.security == Contact::Absent,
        };
        Self::ALL.into_iter().filter(holds).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;

    fn somebody() -> AlternateContact {
        AlternateContact {
            name: "Nancy".into(),
            title: "CISO".into(),
            email: "soc@example.com".into(),
            phone: "+1".into(),
        }
    }

    #[test]
    fn only_a_security_contact_that_aws_has_not_is_a_finding() {
        let error = ApiError::new("account:GetAlternateContact", ApiErrorKind::AccessDenied, "no");
        for (security, expected) in [
            (Contact::NotRead, &[][..]),
            (Contact::Unknown(error), &[]),
            (Contact::Present(somebody()), &[]),
            (Contact::Absent, &[ContactFinding::NoSecurityContact]),
        ] {
            let contacts = Contacts { security, billing: Contact::Absent, ..Contacts::default() };
            assert_eq!(ContactFinding::of(&contacts), expected);
        }
    }

    #[test]
    fn contacts_are_not_in_logs() {
        let primary = PrimaryContact { name: "Nancy".into(), ..PrimaryContact::default() };
        let contacts = Contacts {
            security: Contact::Present(somebody()),
            primary: Contact::Present(primary),
            ..Contacts::default()
        };
        let logged = format!("{contacts:?}");
        assert!(!logged.contains("Nancy") && !logged.contains("soc@"), "{logged}");
    }
}
