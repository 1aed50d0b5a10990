//! One-time passwords: what they look like, how they are found in a mail, and how they are kept from being seen.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::account::AccountId;

/// The number of letters and digits of a one-time password (service model of Account Management).
pub(crate) const OTP_LENGTH: usize = 6;

/// The sentence in AWS's mail that the code follows.
const SENTENCE: &str = "verify your email address:";
/// The words in AWS's mail that the new address follows, in parentheses.
const ADDRESS_WORDS: &str = "to use your email address (";

/// A one-time password. It is wiped when dropped, and its `Debug` tells nothing.
#[derive(Clone)]
pub struct Otp(SecretString);

impl Otp {
    /// Takes exactly six ASCII letters or digits.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == OTP_LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self(SecretString::from(text.to_owned())))
    }

    /// The code itself, for the call to AWS and for nothing else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Both are held by this program: there is nobody who could learn from the time that a comparison takes.
impl PartialEq for Otp {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
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

/// Finds the code in `text`: the code alone, with white space in or around it, or after AWS's sentence in a mail. Any
/// other six digits are a code for something else, or none. Among several candidates none is chosen.
pub fn find_in_paste(text: &str) -> Pasted {
    if let Some(otp) = alone(text) {
        return Pasted::Code { otp, address: None };
    }
    match codes_after_sentence(text).as_slice() {
        [otp] => Pasted::Code { otp: otp.clone(), address: address_in_mail(text) },
        _ => Pasted::Nothing,
    }
}

/// The code of a text that holds nothing else, white space and hyphens aside.
fn alone(text: &str) -> Option<Otp> {
    let squeezed: String = folded(text).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    Otp::parse(&squeezed)
}

/// The character that a full-width one stands for; every other as it is.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// The only six letters and digits in a text that may be a code, addresses and account ids aside. Words need a digit to
/// count. What it is a code for is for the caller to judge.
pub(crate) fn only_candidate(text: &str) -> Option<Otp> {
    let text = folded(text);
    let words = text.split(|c: char| !is_of_address(c)).filter(|word| !word.contains('@'));
    let words = words.flat_map(|word| word.split(|c: char| !c.is_ascii_alphanumeric()));
    let mut found: Vec<Otp> =
        words.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).filter_map(Otp::parse).collect();
    found.dedup();
    match found.as_slice() {
        [otp] => Some(otp.clone()),
        _ => None,
    }
}

fn is_of_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(c)
}

pub(crate) fn addresses_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !is_of_address(c)).map(|word| word.trim_end_matches('.'));
    words.filter(|word| word.contains('@'))
}

/// A code, and what the text around it says that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenCode {
    /// The new address that it was sent to verify.
    pub(crate) address: String,
    /// The account that the text names, if it names exactly one.
    pub(crate) account: Option<AccountId>,
    pub(crate) otp: Otp,
}

/// Each code in `text` after AWS's words, in their order. A mail with different codes gives all of them.
pub(crate) fn codes_in(text: &str) -> Vec<WrittenCode> {
    let level = level(text);
    let mails = level.split(ADDRESS_WORDS).skip(1);
    mails
        .filter_map(|mail| {
            let (address, rest) = mail.split_once(')')?;
            let (about, after) = rest.split_once(SENTENCE)?;
            Some((address_in(address)?, account_in(about), codes_between(after)))
        })
        .flat_map(|(address, account, codes)| {
            codes.into_iter().map(move |otp| WrittenCode { address: address.clone(), account, otp })
        })
        .collect()
}

/// Each different code in `text` that AWS's sentence is followed by.
pub(crate) fn codes_after_sentence(text: &str) -> Vec<Otp> {
    // Mail programs wrap lines anywhere, so the sentence is looked for with white space levelled.
    let level = level(text);
    level.split_once(SENTENCE).map(|(_, after)| codes_between(after)).unwrap_or_default()
}

/// The different codes at the beginning of a text and behind each further sentence in it.
fn codes_between(after: &str) -> Vec<Otp> {
    let mut codes: Vec<Otp> = Vec::new();
    for otp in after.split(SENTENCE).filter_map(leading_code) {
        if !codes.contains(&otp) {
            codes.push(otp);
        }
    }
    codes
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

/// The address between the parentheses. Mail programs break it into lines, and put a link behind it.
fn address_in(text: &str) -> Option<String> {
    let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let first = whole.split(['<', '>', '[', ']', '(']).find(|part| part.contains('@'))?;
    Some(super::text::clean(first.trim_start_matches("mailto:")))
}

fn account_in(text: &str) -> Option<AccountId> {
    let mut ids = account_ids(text);
    ids.dedup();
    match ids.as_slice() {
        [id] => Some(*id),
        _ => None,
    }
}

/// The account ids in a text, also in groups of four.
pub(crate) fn account_ids(text: &str) -> Vec<AccountId> {
    let text = folded(text);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let bare = |word: &str| -> Option<AccountId> {
        let parts: Vec<&str> = word.split('-').collect();
        match parts.as_slice() {
            [_] => word.parse().ok(),
            [one, two, three] if parts.iter().all(|part| part.len() == 4) => format!("{one}{two}{three}").parse().ok(),
            _ => None,
        }
    };
    words.filter_map(bare).collect()
}

/// The text with the marks of quotations and frames taken from its lines, and its white space levelled.
fn level(text: &str) -> String {
    let bare = |line: &str| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '│'));
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '│'));
        line.chars().filter(|c| !matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}')).collect::<String>()
    };
    let text = folded(text);
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
        assert_eq!(find_in_paste("４８２９１５"), code("482915"));
        assert_eq!(find_in_paste("　４８２-９１５\r\n"), code("482915"));
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
        let mails = |text: &str| -> Vec<_> {
            codes_in(text).into_iter().map(|written| (written.address, written.otp)).collect()
        };
        let found = mails(&format!("{other}\n-- \n{MAIL}"));
        let code = |text: &str| Otp::parse(text).expect("a code");
        assert_eq!(
            found,
            [("other@corp.example".to_owned(), code("111111")), ("root-x@corp.example".to_owned(), code("482915"))]
        );
        assert!(mails("482915").is_empty());
    }

    #[test]
    fn two_candidates_are_none() {
        assert_eq!(find_in_paste("123456 or 654321"), Pasted::Nothing);
        assert_eq!(find_in_paste("no code here"), Pasted::Nothing);
        assert_eq!(find_in_paste("account 444455556666"), Pasted::Nothing);
    }

    #[test]
    fn six_digits_without_the_sentence_of_aws_are_not_taken() {
        assert_eq!(find_in_paste("Your verification code: 482915"), Pasted::Nothing);
        assert_eq!(find_in_paste("OPS-771 the code is 482915"), Pasted::Nothing);
    }

    #[test]
    fn a_mail_with_the_sentence_twice_has_a_code_only_if_both_say_the_same() {
        let twice = |first: &str, last: &str| {
            let again = format!("\nAgain: verify your email address: {last}.\n");
            find_in_paste(&(MAIL.replace("482915", first) + &again))
        };
        let whole = find_in_paste(MAIL);
        assert_eq!(twice("482915", "482915"), whole);
        assert_eq!(twice("as below", "482915"), whole, "a sentence without a code says nothing");
        assert_eq!(twice("482915", "as above"), whole);
        assert_eq!(twice("482915", "111111"), Pasted::Nothing, "neither the first nor the last is surely the one");
        assert_eq!(codes_in(&(MAIL.to_owned() + "verify your email address: 111111")).len(), 2);
    }

    #[test]
    fn ids_addresses_and_names_are_no_candidates() {
        assert_eq!(only_candidate("444455556666, root-x100001@corp.example: 482915 よろしく"), Otp::parse("482915"));
        assert_eq!(only_candidate("次のコード：４８２９１５"), Otp::parse("482915"));
        assert_eq!(only_candidate("OPS-120045 → 482915"), None);
        assert_eq!(only_candidate("please verify"), None);
        assert_eq!(account_ids("ID 4444-5555-6666, OPS-120045-1").len(), 1);
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
