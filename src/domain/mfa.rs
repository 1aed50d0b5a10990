//! Codes of MFA devices.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// The number of digits of a code (service model of STS: `[\d]*`, 6 to 6).
pub(crate) const MFA_CODE_LENGTH: usize = 6;

/// The code that an MFA device shows. It is wiped when dropped, and its `Debug` tells nothing.
#[derive(Clone)]
pub struct MfaCode(SecretString);

impl MfaCode {
    /// Takes exactly six digits, white space around and between them aside.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let fits = digits.len() == MFA_CODE_LENGTH && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(SecretString::from(digits)))
    }

    /// The code itself, for the call to AWS and for nothing else.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Both are held by this program: there is nobody who could learn from the time that a comparison takes.
impl PartialEq for MfaCode {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for MfaCode {}

impl fmt::Debug for MfaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MfaCode(******)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_and_never_shown() {
        assert_eq!(MfaCode::parse(" 123 456\n").map(|code| code.expose().to_owned()), Some("123456".to_owned()));
        for text in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(MfaCode::parse(text), None, "{text}");
        }
        assert!(!format!("{:?}", MfaCode::parse("123456")).contains('1'));
    }
}
