//! AWS Account Management: the contacts of accounts.

use aws_sdk_account::types::{AlternateContactType, ContactInformation};
use aws_types::request_id::RequestId;

use super::clients::Clients;
use super::retry::SendOnce;
use super::wire;
use crate::domain::account::AccountId;
use crate::domain::account_change::AccountChange;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AnswerError;
use crate::domain::contacts::{AlternateContact, AlternateKind, PrimaryContact};
use crate::domain::text;

const GET: &str = "account:GetAlternateContact";
const GET_PRIMARY: &str = "account:GetContactInformation";

/// An alternate contact by AWS's word for its type; `account` is absent for the caller's own. `None`: AWS has none.
pub(crate) async fn alternate_contact(
    clients: &Clients,
    account: Option<AccountId>,
    kind: AlternateKind,
) -> Result<Option<AlternateContact>, ApiError> {
    clients.pace.wait(GET).await;
    let call = clients.account.get_alternate_contact().alternate_contact_type(AlternateContactType::from(kind.wire()));
    let answer = call.set_account_id(account.map(|id| id.to_string())).send().await;
    match clients.answered(GET, answer) {
        Ok(answer) => {
            let lacks = || wire::unreadable(GET, AnswerError::Lacks("AlternateContact".to_owned()));
            let contact = answer.alternate_contact().ok_or_else(lacks)?;
            Ok(Some(AlternateContact {
                name: wire::required(GET, "Name", contact.name())?,
                title: wire::required(GET, "Title", contact.title())?,
                email: wire::required(GET, "EmailAddress", contact.email_address())?,
                phone: wire::required(GET, "PhoneNumber", contact.phone_number())?,
            }))
        }
        Err(error) => absent(error),
    }
}

/// The primary contact; `account` is absent for the caller's own. `None`: AWS has none.
pub(crate) async fn primary_contact(
    clients: &Clients,
    account: Option<AccountId>,
) -> Result<Option<PrimaryContact>, ApiError> {
    clients.pace.wait(GET_PRIMARY).await;
    let call = clients.account.get_contact_information();
    let answer = call.set_account_id(account.map(|id| id.to_string())).send().await;
    match clients.answered(GET_PRIMARY, answer) {
        Ok(answer) => {
            let lacks = || wire::unreadable(GET_PRIMARY, AnswerError::Lacks("ContactInformation".to_owned()));
            let contact = answer.contact_information().ok_or_else(lacks)?;
            let lines = [Some(contact.address_line1()), contact.address_line2(), contact.address_line3()];
            Ok(Some(PrimaryContact {
                name: text::clean(contact.full_name()),
                company: contact.company_name().map(text::clean),
                address: lines.into_iter().flatten().map(text::clean).collect(),
                city: text::clean(contact.city()),
                state: contact.state_or_region().map(text::clean),
                district: contact.district_or_county().map(text::clean),
                postal_code: text::clean(contact.postal_code()),
                country: text::clean(contact.country_code()),
                phone: text::clean(contact.phone_number()),
                website: contact.website_url().map(text::clean),
            }))
        }
        Err(error) => absent(error),
    }
}

/// Sends a change once, since it carries no client token; the request id.
macro_rules! send_once {
    ($clients:ident, $operation:ident, $call:expr) => {{
        let once = aws_sdk_account::config::Builder::default().retry_classifier(SendOnce);
        let answer = $call.customize().config_override(once).send().await;
        let answer = $clients.answered($operation, answer)?;
        Ok(answer.request_id().map(text::clean))
    }};
}

/// Changes a contact or the name; `account` is absent for the caller's own. The request id.
pub(crate) async fn change(
    clients: &Clients,
    account: Option<AccountId>,
    change: &AccountChange,
) -> Result<Option<String>, ApiError> {
    let (operation, sdk) = (change.operation(), &clients.account);
    clients.pace.wait(operation).await;
    let account = account.map(|id| id.to_string());
    match change {
        AccountChange::PutContact(kind, contact, _) => {
            let call = sdk.put_alternate_contact().set_account_id(account);
            let call = call.alternate_contact_type(AlternateContactType::from(kind.wire()));
            let call = call.name(&contact.name).title(&contact.title);
            send_once!(clients, operation, call.email_address(&contact.email).phone_number(&contact.phone))
        }
        AccountChange::DeleteContact(kind, _) => {
            let call = sdk.delete_alternate_contact().set_account_id(account);
            send_once!(clients, operation, call.alternate_contact_type(AlternateContactType::from(kind.wire())))
        }
        AccountChange::PutPrimaryContact(contact) => {
            let call = sdk.put_contact_information().set_account_id(account);
            let wire =
                wire_of(contact).map_err(|_| wire::unreadable(operation, AnswerError::Lacks("text".to_owned())))?;
            send_once!(clients, operation, call.contact_information(wire))
        }
        AccountChange::Rename { new, .. } => {
            let call = sdk.put_account_name().set_account_id(account);
            send_once!(clients, operation, call.account_name(new.as_str()))
        }
    }
}

fn wire_of(contact: &PrimaryContact) -> Result<ContactInformation, aws_smithy_types::error::operation::BuildError> {
    let mut lines = contact.address.iter();
    let mut line = || lines.next().cloned();
    ContactInformation::builder()
        .full_name(&contact.name)
        .set_company_name(contact.company.clone())
        .set_address_line1(line())
        .set_address_line2(line())
        .set_address_line3(line())
        .city(&contact.city)
        .set_state_or_region(contact.state.clone())
        .set_district_or_county(contact.district.clone())
        .postal_code(&contact.postal_code)
        .country_code(&contact.country)
        .phone_number(&contact.phone)
        .set_website_url(contact.website.clone())
        .build()
}

/// AWS has one code for a contact and for an account that is not there; its text tells which. Any other text is an
/// error: what could not be read is never "none".
fn absent<T>(error: ApiError) -> Result<Option<T>, ApiError> {
    let is_about_contact = error.message.to_lowercase().contains("contact");
    if error.kind == ApiErrorKind::NotFound && is_about_contact { Ok(None) } else { Err(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_contact_that_is_not_found_is_none() {
        let absent = |kind, message: &str| super::absent::<()>(ApiError::new(GET, kind, message));
        let text = "No contact of the inputted alternate contact type found.";
        assert_eq!(absent(ApiErrorKind::NotFound, text), Ok(None));
        let text = "The operation failed because it specified a resource that can't be found.";
        assert!(absent(ApiErrorKind::NotFound, text).is_err());
        assert!(absent(ApiErrorKind::AccessDenied, "no contact").is_err());
    }
}
