//! One-time passwords: what they look like, how they are found in a mail, and how they are kept
//! from being seen.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::account::AccountId;

/// The number of letters and digits of a one-time password (service model of Account Management).
pub const OTP_LENGTH: usize = 6;

/// The sentence in AWS's mail that the code follows.
const SENTENCE: &str = "verify your email address:";
/// The words in AWS's mail that the new address follows, in parentheses.
const ADDRESS_WORDS: &str = "to use your email address (";

/// A one-time password. It is wiped when dropped, and its `Debug` tells nothing.
#[derive(Clone)]
pub struct Otp(SecretString);

impl Otp {
    /// Takes exactly six ASCII letters or digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == OTP_LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self(SecretString::from(text.to_owned())))
    }

    /// The code itself, for the call to AWS and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Otp {
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Eq for Otp {}

impl fmt::Debug for Otp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Otp(******)")
    }
}

/// What was found in a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// A code, and the address the mail around it names, if it is a mail.
    Code {
        /// The code.
        otp: Otp,
        /// The new address that the mail was sent to verify.
        address: Option<String>,
    },
    /// Nothing that is surely a code.
    Nothing,
}

/// Finds the code in `text`: the code alone, the code with white space in or around it, or a whole
/// mail. Among several candidates none is chosen.
#[must_use]
pub fn find_in_paste(text: &str) -> Pasted {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if let Some(otp) = Otp::parse(&squeezed) {
        return Pasted::Code { otp, address: None };
    }
    if let Some(otp) = code_after_sentence(text) {
        return Pasted::Code { otp, address: address_in_mail(text) };
    }
    let mut lone = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() == OTP_LENGTH && word.bytes().all(|b| b.is_ascii_digit()));
    match (lone.next().and_then(Otp::parse), lone.next()) {
        (Some(otp), None) => Pasted::Code { otp, address: address_in_mail(text) },
        _ => Pasted::Nothing,
    }
}

/// A code, and what the text around it says that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenCode {
    /// The new address that it was sent to verify.
    pub address: String,
    /// The account that the text names, if it names exactly one.
    pub account: Option<AccountId>,
    /// The code.
    pub otp: Otp,
}

/// The address and code of each mail in `text`, in their order.
#[must_use]
pub fn mails_in_paste(text: &str) -> Vec<(String, Otp)> {
    codes_in(text).into_iter().map(|written| (written.address, written.otp)).collect()
}

/// Each code in `text` that stands behind AWS's words, in their order.
#[must_use]
pub fn codes_in(text: &str) -> Vec<WrittenCode> {
    let level = level(text);
    let mails = level.split(ADDRESS_WORDS).skip(1);
    mails
        .filter_map(|mail| {
            let (address, rest) = mail.split_once(')')?;
            let (about, after) = rest.split_once(SENTENCE)?;
            Some(WrittenCode { address: address_in(address)?, account: account_in(about), otp: leading_code(after)? })
        })
        .collect()
}

/// The code of a text that holds exactly one behind AWS's sentence.
#[must_use]
pub fn lone_code(text: &str) -> Option<Otp> {
    let level = level(text);
    let mut codes: Vec<Otp> = level.split(SENTENCE).skip(1).filter_map(leading_code).collect();
    codes.dedup();
    match codes.as_slice() {
        [otp] => Some(otp.clone()),
        _ => None,
    }
}

fn code_after_sentence(text: &str) -> Option<Otp> {
    // Mail programs wrap lines anywhere, so the sentence is looked for with white space levelled.
    let level = level(text);
    let (_, after) = level.rsplit_once(SENTENCE)?;
    leading_code(after)
}

/// The code that a text begins with, emphasis around it aside.
fn leading_code(text: &str) -> Option<Otp> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '\''));
    let code: String = text.chars().take_while(char::is_ascii_alphanumeric).collect();
    Otp::parse(&code)
}

fn address_in_mail(text: &str) -> Option<String> {
    let level = level(text);
    let (_, after) = level.split_once(ADDRESS_WORDS)?;
    let (address, _) = after.split_once(')')?;
    address_in(address)
}

/// The address between the parentheses. Mail programs break it into lines, and put the link that they
/// make of it behind it.
fn address_in(text: &str) -> Option<String> {
    let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let first = whole.split(['<', '>', '[', ']', '(']).find(|part| part.contains('@'))?;
    Some(super::text::clean(first.trim_start_matches("mailto:")))
}

/// The one account id in a text.
fn account_in(text: &str) -> Option<AccountId> {
    let mut ids: Vec<AccountId> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| word.parse().ok()).collect();
    ids.dedup();
    match ids.as_slice() {
        [id] => Some(*id),
        _ => None,
    }
}

/// The text with the marks of quotations and frames taken from its lines, and its white space levelled.
fn level(text: &str) -> String {
    let bare = |line: &str| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '│'));
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '│'));
        line.chars().filter(|c| !matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}')).collect::<String>()
    };
    let lines: Vec<String> = text.split(['\n', '\r']).map(bare).collect();
    lines.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MAIL: &str = "Hello,\n\nA request was made to use your email address\n(root-x@corp.example) as the root \
        user email address of the AWS account 444455556666.\nIf this was you, please use the following code to \
        verify your\nemail address: 482915.\n";

    fn code(text: &str) -> Pasted {
        Pasted::Code { otp: Otp::parse(text).expect("a code"), address: None }
    }

    #[test]
    fn a_code_is_found_in_its_usual_disguises() {
        for text in ["482915", " 482915\n", "482 915", "482-915\r\n", "\t4 8 2 9 1 5"] {
            assert_eq!(find_in_paste(text), code("482915"), "{text:?}");
        }
        assert_eq!(find_in_paste("aB3dE9"), code("aB3dE9"));
    }

    #[test]
    fn a_whole_mail_gives_code_and_address() {
        let expected =
            Pasted::Code { otp: Otp::parse("482915").expect("a code"), address: Some("root-x@corp.example".into()) };
        assert_eq!(find_in_paste(MAIL), expected);
    }

    #[test]
    fn each_mail_of_a_pasted_mailbox_has_its_code() {
        let other = MAIL.replace("root-x@", "other@").replace("482915", "111111");
        let found = mails_in_paste(&format!("{other}\n-- \n{MAIL}"));
        let code = |text: &str| Otp::parse(text).expect("a code");
        assert_eq!(
            found,
            [("other@corp.example".to_owned(), code("111111")), ("root-x@corp.example".to_owned(), code("482915"))]
        );
        assert!(mails_in_paste("482915").is_empty());
    }

    #[test]
    fn two_candidates_are_none() {
        assert_eq!(find_in_paste("123456 or 654321"), Pasted::Nothing);
        assert_eq!(find_in_paste("no code here"), Pasted::Nothing);
        assert_eq!(find_in_paste("account 444455556666"), Pasted::Nothing);
    }

    #[test]
    fn debug_tells_nothing() {
        let shown = format!("{:?}", find_in_paste("482915"));
        assert!(!shown.contains("482915"), "{shown}");
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_a_found_code_has_six_letters_or_digits(text in any::<String>()) {
            if let Pasted::Code { otp, .. } = find_in_paste(&text) {
                prop_assert_eq!(otp.expose().len(), OTP_LENGTH);
            }
        }
    }
}
