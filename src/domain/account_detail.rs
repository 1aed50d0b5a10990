//! The texts of contacts and names, as AWS takes them.
//!
//! Their lengths and characters are those of the service model of Account Management.

use serde::{Deserialize, Serialize};

use super::word_enum::word_enum;

word_enum! {
    /// A text of a contact, or the name of an account.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum DetailField {
        /// Who it is.
        Name = "name",
        /// What the person is there.
        Title = "title",
        /// Where AWS writes to.
        Email = "email",
        /// With digits, blanks and `()+-`.
        Phone = "phone",
        /// Who owns the account.
        FullName = "full name",
        /// A line of the street address.
        Address = "address",
        /// The city.
        City = "city",
        /// The state or region.
        State = "state",
        /// The district or county.
        District = "district",
        /// The postal code.
        PostalCode = "postal code",
        /// ISO 3166, two letters.
        Country = "country",
        /// With `+` and the country's code.
        PrimaryPhone = "phone with country code",
        /// The company.
        Company = "company",
        /// The company's site.
        Website = "website",
        /// The name of the account.
        AccountName = "account name",
    }
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailProblem {
    /// Which text.
    pub field: DetailField,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// Why AWS would not take a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// It is required and blank.
    Missing,
    /// It has more characters than these.
    LongerThan(usize),
    /// It has a character that AWS does not take here, or not the form.
    Form,
}

impl DetailField {
    fn longest(self) -> usize {
        match self {
            Self::Name => 64,
            Self::Title
            | Self::FullName
            | Self::City
            | Self::State
            | Self::District
            | Self::Company
            | Self::AccountName => 50,
            Self::Email => 254,
            Self::Phone => 25,
            Self::Address => 60,
            Self::PostalCode | Self::PrimaryPhone => 20,
            Self::Country => 2,
            Self::Website => 256,
        }
    }

    fn has_form(self, text: &str) -> bool {
        match self {
            Self::Email => is_contact_email(text),
            Self::Phone => text.chars().all(is_of_phone),
            Self::PrimaryPhone => text
                .strip_prefix('+')
                .is_some_and(|rest| !rest.is_empty() && !rest.contains('+') && rest.chars().all(is_of_phone)),
            Self::Country => text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase()),
            Self::AccountName => text.chars().all(|letter| matches!(letter, ' '..=';' | '=' | '?'..='~')),
            _ => !text.chars().any(char::is_control),
        }
    }

    /// `text` without the white space around it.
    ///
    /// # Errors
    /// If it is blank, too long, or not of the form.
    pub(crate) fn checked(self, text: &str) -> Result<String, DetailProblem> {
        let text = text.trim();
        let problem = |flaw| DetailProblem { field: self, flaw };
        if text.is_empty() {
            return Err(problem(Flaw::Missing));
        }
        if text.chars().count() > self.longest() {
            return Err(problem(Flaw::LongerThan(self.longest())));
        }
        if self.has_form(text) { Ok(text.to_owned()) } else { Err(problem(Flaw::Form)) }
    }
}

fn is_of_phone(letter: char) -> bool {
    letter == ' ' || letter.is_ascii_digit() || "()+-".contains(letter)
}

/// `[\w+=.#|!&-]+@[\w.-]+\.[\w]+`
fn is_contact_email(text: &str) -> bool {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let Some((local, domain)) = text.split_once('@') else { return false };
    let Some((host, last)) = domain.rsplit_once('.') else { return false };
    let all = |part: &str, beside: &str| {
        !part.is_empty() && part.chars().all(|letter| is_word(letter) || beside.contains(letter))
    };
    all(local, "+=.#|!&-") && all(host, ".-") && all(last, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_aws_would_refuse_is_refused_before_it_is_sent() {
        let is_good = |field: DetailField, text: &str| field.checked(text).is_ok();
        for (field, good, bad) in [
            (DetailField::Email, "soc+aws@example.com", "soc@example"),
            (DetailField::Email, "a@b..c", "a b@example.com"),
            (DetailField::Phone, "+81 (3) 1234-5678", "03/1234"),
            (DetailField::PrimaryPhone, "+81 3-1234", "03-1234"),
            (DetailField::Country, "JP", "jp"),
            (DetailField::City, "東京", "To\u{7}kyo"),
        ] {
            assert!(is_good(field, good), "{field} {good}");
            assert!(!is_good(field, bad), "{field} {bad}");
        }
    }
}
