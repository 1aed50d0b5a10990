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

/// How the service model says it, and the same as a function.
type Pattern = (&'static str, fn(&str) -> bool);

/// A member that is text of so many characters.
pub(super) struct Text {
    pub(super) name: &'static str,
    pub(super) shortest: usize,
    pub(super) longest: usize,
    pub(super) pattern: Option<Pattern>,
}

impl Text {
    pub(super) const fn of(name: &'static str, longest: usize) -> Self {
        Self { name, shortest: 1, longest, pattern: None }
    }
}

pub(super) fn required(input: &Input, text: &Text) -> Result<String, Refusal> {
    optional(input, text)?.ok_or_else(|| missing(text.name))
}

pub(super) fn optional(input: &Input, text: &Text) -> Result<Option<String>, Refusal> {
    let &Text { name, shortest, longest, pattern } = text;
    let Some(value) = input.text(name)? else { return Ok(None) };
    length(name, value, shortest, longest)?;
    match pattern {
        Some((pattern, is_one)) if !is_one(value) => Err(no_match(name, pattern, value)),
        _ => Ok(Some(value.to_owned())),
    }
}

fn length(name: &'static str, value: &str, shortest: usize, longest: usize) -> Result<(), Refusal> {
    let length = value.chars().count();
    if length < shortest {
        let wrong = format!("is too short (length: {length}, required minimum: {shortest})");
        return Err(invalid(name, &format!("string \"{value}\" {wrong}")));
    }
    if length > longest {
        let wrong = format!("is too long (length: {length}, maximum allowed: {longest})");
        return Err(invalid(name, &format!("string \"{value}\" {wrong}")));
    }
    Ok(())
}

pub(super) fn primary_email(input: &Input) -> Result<&str, Refusal> {
    let name = "PrimaryEmail";
    let email = input.text(name)?.ok_or_else(|| missing(name))?;
    length(name, email, SHORTEST_EMAIL, LONGEST_EMAIL)?;
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

pub(super) fn missing(name: &'static str) -> Refusal {
    invalid(name, &format!("object has missing required properties ([\"{name}\"])"))
}

/// Captured for other members.
pub(super) fn not_in_enum(name: &'static str, word: &str, possible: &[&str]) -> Refusal {
    let possible: Vec<_> = possible.iter().map(|word| format!("\"{word}\"")).collect();
    let possible = possible.join(",");
    invalid(name, &format!("instance value (\"{word}\") not found in enum (possible values: [{possible}])"))
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
