//! Members of requests, refused in the words of a JSON schema validator (captured for other members); that `fieldList`
//! is filled, too, is a guess.

use crate::emulator::refusal::{Detail, FailedField, Refusal};
use crate::emulator::validation::is_account_id;
use crate::emulator::wire::Input;

const ACCOUNT_ID: &str = r"^\d{12}$";
const CODE: &str = "^[a-zA-Z0-9]{6}$";
/// Organizations' pattern of an address. Account Management's model has only a length.
const EMAIL: &str = r"^[^\s@]+@[^\s@]+\.[^\s@]+$";
const SHORTEST_EMAIL: usize = 5;
const LONGEST_EMAIL: usize = 64;

pub(super) fn account_id(input: &Input) -> Result<Option<&str>, Refusal> {
    let name = "AccountId";
    let Some(id) = input.text(name)? else { return Ok(None) };
    if is_account_id(id) { Ok(Some(id)) } else { Err(no_match(name, ACCOUNT_ID, id)) }
}

pub(super) fn required_account_id(input: &Input) -> Result<&str, Refusal> {
    account_id(input)?.ok_or_else(|| missing("AccountId"))
}

pub(super) fn primary_email(input: &Input) -> Result<&str, Refusal> {
    let name = "PrimaryEmail";
    let email = input.text(name)?.ok_or_else(|| missing(name))?;
    let length = email.chars().count();
    if length < SHORTEST_EMAIL {
        let wrong = format!("is too short (length: {length}, required minimum: {SHORTEST_EMAIL})");
        return Err(invalid(name, &format!("string \"{email}\" {wrong}")));
    }
    if length > LONGEST_EMAIL {
        let wrong = format!("is too long (length: {length}, maximum allowed: {LONGEST_EMAIL})");
        return Err(invalid(name, &format!("string \"{email}\" {wrong}")));
    }
    if is_email(email) { Ok(email) } else { Err(no_match(name, EMAIL, email)) }
}

pub(super) fn code(input: &Input) -> Result<&str, Refusal> {
    let name = "Otp";
    let code = input.text(name)?.ok_or_else(|| missing(name))?;
    let good = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if good { Ok(code) } else { Err(no_match(name, CODE, code)) }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.contains(|letter: char| letter.is_whitespace() || letter == '@');
    let dotted = domain.char_indices().any(|(at, letter)| letter == '.' && at > 0 && at + 1 < domain.len());
    !local.is_empty() && plain(local) && plain(domain) && dotted
}

fn missing(name: &'static str) -> Refusal {
    invalid(name, &format!("object has missing required properties ([\"{name}\"])"))
}

fn no_match(name: &'static str, pattern: &str, text: &str) -> Refusal {
    invalid(name, &format!("ECMA 262 regex \"{pattern}\" does not match input string \"{text}\""))
}

fn invalid(name: &'static str, message: &str) -> Refusal {
    let message = format!("[{message}]");
    let field = FailedField { name, message: message.clone() };
    Refusal::new(400, "ValidationException", message).with(Detail::Field(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_sign_and_a_dot_inside_its_domain() {
        for good in ["a@b.c", "aws+x@mail.example.com", "検証@例え.jp", "a@b..c"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "@b.c", "a@", "a@bc", "a@.b", "a@b.", "a@b@c.d", "a b@c.d", "a@b\n.c"] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }
}
