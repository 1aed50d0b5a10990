//! Email addresses as the Account Management API takes them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An address that AWS takes as a primary email (service models of Account Management and of Organizations).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EmailAddress(String);

/// Why a text can't be a primary email.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmailProblem {
    /// Nothing was typed.
    Empty,
    /// Fewer than 5 characters.
    TooShort,
    /// More than 64 characters; how many there are.
    TooLong(usize),
    /// White space, a control or an invisible character, or one outside ASCII.
    BadCharacter(char),
    /// A link (`mailto:`) instead of an address.
    Link,
    /// A name beside the address: `Name <name@domain.tld>`.
    Named,
    /// Not `name@domain.tld`.
    Shape,
}

/// Why AWS documents an address as invalid (Organizations, `CreateAccount`): root can't be reached by it. Whether the
/// API refuses it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusual {
    LeadingDot,
    TrailingDot,
    DoubleDot,
    Character(char),
}

pub(crate) const EMAIL_MIN: usize = 5;
pub(crate) const EMAIL_MAX: usize = 64;

impl EmailAddress {
    /// Checks `text`, white space around it aside.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailProblem::Empty);
        }
        if text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) {
            return Err(EmailProblem::Link);
        }
        if text.ends_with('>') && text.contains('<') && text.contains('@') {
            return Err(EmailProblem::Named);
        }
        // A letter of another script that looks like a Latin one would send root to a stranger.
        if let Some(bad) = text.chars().find(|c| !c.is_ascii_graphic()) {
            return Err(EmailProblem::BadCharacter(bad));
        }
        if text.len() > EMAIL_MAX {
            return Err(EmailProblem::TooLong(text.len()));
        }
        if !has_shape(text) {
            return Err(EmailProblem::Shape);
        }
        if text.len() < EMAIL_MIN {
            return Err(EmailProblem::TooShort);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn unusual(&self) -> Option<Unusual> {
        let (local, _) = self.0.rsplit_once('@')?;
        let forbidden = |c: &char| "\"'()<>[]:;,\\|%&".contains(*c);
        if local.starts_with('.') {
            Some(Unusual::LeadingDot)
        } else if local.ends_with('.') {
            Some(Unusual::TrailingDot)
        } else if local.contains("..") {
            Some(Unusual::DoubleDot)
        } else {
            local.chars().find(forbidden).map(Unusual::Character)
        }
    }

    /// In lower case.
    pub(crate) fn domain(&self) -> String {
        self.0.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase()).unwrap_or_default()
    }

    /// The same mailbox as far as AWS distinguishes them: case aside.
    pub fn same_mailbox(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.trim())
    }
}

fn has_shape(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let bad = |c: char| matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\' | '[' | ']');
    let labels_ok =
        || domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    !local.is_empty()
        && !domain.contains('@')
        && domain.contains('.')
        && domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        && labels_ok()
        && !text.contains(bad)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_aws_takes_is_taken() {
        for good in ["a@b.c", "root-sandbox07@corp.example", " aws+x@example.com\n"] {
            assert!(EmailAddress::parse(good).is_ok(), "{good:?}");
        }
        let longest = format!("{}@example.com", "x".repeat(52));
        assert_eq!(longest.len(), EMAIL_MAX);
        assert!(EmailAddress::parse(&longest).is_ok());
    }

    #[test]
    fn each_problem_has_its_name() {
        let problem = |text: &str| EmailAddress::parse(text).err();
        assert_eq!(problem("  "), Some(EmailProblem::Empty));
        assert_eq!(problem("a.b.c"), Some(EmailProblem::Shape));
        assert_eq!(problem("a@b@c.d"), Some(EmailProblem::Shape));
        assert_eq!(problem("a@example."), Some(EmailProblem::Shape));
        assert_eq!(problem("a@ex..com"), Some(EmailProblem::Shape));
        assert_eq!(problem("a b@example.com"), Some(EmailProblem::BadCharacter(' ')));
        assert_eq!(problem("аws@example.com"), Some(EmailProblem::BadCharacter('а')));
        assert_eq!(problem(&format!("{}@example.com", "x".repeat(53))), Some(EmailProblem::TooLong(65)));
    }

    #[test]
    fn what_aws_documents_as_invalid_is_unusual() {
        let why = |text: &str| EmailAddress::parse(text).expect("an address").unusual();
        assert_eq!(why(".aws@corp.example"), Some(Unusual::LeadingDot));
        assert_eq!(why("aws.@corp.example"), Some(Unusual::TrailingDot));
        assert_eq!(why("a..ws@corp.example"), Some(Unusual::DoubleDot));
        for c in ['\'', '|', '%', '&'] {
            assert_eq!(why(&format!("a{c}b@corp.example")), Some(Unusual::Character(c)));
        }
        for usual in ["aws+a.b_c-d@corp.example", "AWS/x=y@corp.example", "a@b.c"] {
            assert_eq!(why(usual), None, "{usual}");
        }
        for refused in ["\"", "(", ")", "<", ">", "[", "]", ":", ";", ",", "\\", " "] {
            assert!(EmailAddress::parse(&format!("a{refused}b@corp.example")).is_err(), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn a_parsed_address_is_within_the_limits(text in any::<String>()) {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert!((EMAIL_MIN..=EMAIL_MAX).contains(&address.as_str().len()));
                prop_assert!(!address.domain().is_empty());
                prop_assert!(address.as_str().bytes().all(|b| b.is_ascii_graphic()));
            }
        }
    }
}
