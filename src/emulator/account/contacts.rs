//! Alternate contacts and primary contacts.

use serde_json::{Value, json};

use super::check::{self, Text};
use super::gate;
use crate::emulator::world::contact::{AlternateContact, CONTACT_TYPES, ContactInformation, ContactType};
use crate::emulator::{Answer, Input, Refusal, Request, World};

pub(super) fn alternate(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let kind = kind(request.input)?;
    let account = gate::member_or_own(world, request)?;
    let contact = world.contacts.of(&account.id, kind).ok_or_else(no_contact)?;
    let mut contact = json!(contact);
    if let Value::Object(members) = &mut contact {
        members.insert("AlternateContactType".to_owned(), json!(kind));
    }
    Ok(Answer::Json(json!({ "AlternateContact": contact })))
}

pub(super) fn put_alternate(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let input = request.input;
    let kind = kind(input)?;
    let contact = AlternateContact {
        name: check::required(input, &NAME)?,
        title: check::required(input, &TITLE)?,
        email_address: check::required(input, &EMAIL_ADDRESS)?,
        phone_number: check::required(input, &PHONE_NUMBER)?,
    };
    let account = gate::active_member_or_own(world, request)?.id.clone();
    world.contacts.put(&account, kind, contact);
    Ok(Answer::Empty)
}

/// That deleting one that is not there is refused is what the service model says, though it calls the operation
/// idempotent.
pub(super) fn delete_alternate(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let kind = kind(request.input)?;
    let account = gate::active_member_or_own(world, request)?.id.clone();
    if world.contacts.delete(&account, kind) { Ok(Answer::Empty) } else { Err(no_contact()) }
}

/// That no phone number is verified is a guess.
pub(super) fn primary(world: &World, request: Request<'_>) -> Result<Answer, Refusal> {
    let account = gate::member_or_own(world, request)?;
    let contact = world.contacts.primary_of(&account.id).ok_or_else(gate::not_found)?;
    Ok(Answer::Json(json!({ "ContactInformation": contact, "VerificationStatus": "UNVERIFIED" })))
}

pub(super) fn put_primary(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let contact = request.input.structure("ContactInformation")?;
    let contact = contact.ok_or_else(|| check::missing("ContactInformation"))?;
    let required = |text| check::required(&contact, text);
    let optional = |text| check::optional(&contact, text);
    let contact = ContactInformation {
        full_name: required(&Text::of("FullName", 50))?,
        address_line1: required(&Text::of("AddressLine1", 60))?,
        address_line2: optional(&Text::of("AddressLine2", 60))?,
        address_line3: optional(&Text::of("AddressLine3", 60))?,
        city: required(&Text::of("City", 50))?,
        state_or_region: optional(&Text::of("StateOrRegion", 50))?,
        district_or_county: optional(&Text::of("DistrictOrCounty", 50))?,
        postal_code: required(&Text::of("PostalCode", 20))?,
        country_code: required(&Text { shortest: 2, ..Text::of("CountryCode", 2) })?,
        phone_number: required(&PRIMARY_PHONE_NUMBER)?,
        company_name: optional(&Text::of("CompanyName", 50))?,
        website_url: optional(&Text::of("WebsiteUrl", 256))?,
    };
    let account = gate::active_member_or_own(world, request)?.id.clone();
    world.contacts.put_primary(&account, contact);
    Ok(Answer::Empty)
}

const NAME: Text = Text::of("Name", 64);
const TITLE: Text = Text::of("Title", 50);
const EMAIL_ADDRESS: Text = Text {
    pattern: Some((r"^[\s]*[\w+=.#|!&-]+@[\w.-]+\.[\w]+[\s]*$", is_email_address)),
    ..Text::of("EmailAddress", 254)
};
const PHONE_NUMBER: Text = Text { pattern: Some((r"^[\s0-9()+-]+$", is_phone_number)), ..Text::of("PhoneNumber", 25) };
const PRIMARY_PHONE_NUMBER: Text =
    Text { pattern: Some((r"^[+][\s0-9()-]+$", is_primary_phone_number)), ..Text::of("PhoneNumber", 20) };

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn is_email_address(text: &str) -> bool {
    let Some((local, domain)) = text.trim().split_once('@') else { return false };
    let Some((host, last)) = domain.rsplit_once('.') else { return false };
    let some = |part: &str, is_one: fn(char) -> bool| !part.is_empty() && part.chars().all(is_one);
    some(local, |letter| is_word(letter) || "+=.#|!&-".contains(letter))
        && some(host, |letter| is_word(letter) || ".-".contains(letter))
        && some(last, is_word)
}

fn is_phone_number(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| letter.is_whitespace() || letter.is_ascii_digit() || "()+-".contains(letter))
}

fn is_primary_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|rest| is_phone_number(rest) && !rest.contains('+'))
}

fn kind(input: &Input) -> Result<ContactType, Refusal> {
    let name = "AlternateContactType";
    let word = input.text(name)?.ok_or_else(|| check::missing(name))?;
    let found = CONTACT_TYPES.iter().find(|(other, _)| *other == word);
    let possible = CONTACT_TYPES.map(|(word, _)| word);
    found.map(|(_, kind)| *kind).ok_or_else(|| check::not_in_enum(name, word, &possible))
}

/// The text is what people report.
fn no_contact() -> Refusal {
    Refusal::new(404, "ResourceNotFoundException", "No contact of the inputted alternate contact type found.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_those_of_the_service_model() {
        for good in ["soc@example.com", " a+b=c#d|e!f&g-h_i.j@x-y.example.co ", "a@b..c"] {
            assert!(is_email_address(good), "{good:?}");
        }
        for bad in ["", "a", "a@b", "@b.c", "a@b.", "a@.b", "a@b@c.d", "a b@c.d", "検証@example.com", "a@b.c-d"] {
            assert!(!is_email_address(bad), "{bad:?}");
        }
        assert!(is_phone_number("+81 (3) 1234-5678") && is_phone_number("03") && is_primary_phone_number("+81 (3)-1"));
        for bad in ["", "x", "03/1234", "1.2"] {
            assert!(!is_phone_number(bad), "{bad:?}");
        }
        for bad in ["", "+", "03-1234", "++1", "1+"] {
            assert!(!is_primary_phone_number(bad), "{bad:?}");
        }
    }
}
