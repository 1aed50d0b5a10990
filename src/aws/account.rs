//! AWS Account Management: the primary email and its two-step change.

use aws_sdk_account::types::PrimaryEmailUpdateStatus;
use aws_types::request_id::RequestId;

use super::clients::Clients;
use super::retry::SendOnce;
use super::wire;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AnswerError;
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus};
use crate::domain::otp::Otp;
use crate::domain::text;

const GET: &str = "account:GetPrimaryEmail";
const STATUS: &str = "account:GetPrimaryEmailUpdateStatus";
const START: &str = "account:StartPrimaryEmailUpdate";
const ACCEPT: &str = "account:AcceptPrimaryEmailUpdate";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The status it gave; switches have none.
    pub status: Option<EmailChangeStatus>,
    pub request_id: Option<String>,
}

/// The primary email of a member account. The management account's own can't be asked for (AWS documentation).
pub(crate) async fn primary_email(clients: &Clients, account: AccountId) -> Result<String, ApiError> {
    clients.pace.wait(GET).await;
    let answer = clients.account.get_primary_email().account_id(account.to_string()).send().await;
    let answer = clients.answered(GET, answer)?;
    wire::required(GET, "PrimaryEmail", answer.primary_email())
}

/// That AWS knows of no change (captured: a `ValidationException`) is an answer.
pub(crate) async fn email_change(clients: &Clients, account: AccountId) -> Result<EmailChangeReport, ApiError> {
    clients.pace.wait(STATUS).await;
    let answer = clients.account.get_primary_email_update_status().account_id(account.to_string()).send().await;
    match clients.answered(STATUS, answer) {
        Ok(answer) => Ok(EmailChangeReport {
            status: reported(answer.status().as_str())?,
            updated: wire::timestamp(answer.updated_at()),
        }),
        Err(error) if error.kind == ApiErrorKind::NoEmailChange => {
            Ok(EmailChangeReport { status: EmailChangeStatus::None, updated: None })
        }
        Err(error) => Err(error),
    }
}

/// What the SDK puts in place of a required status that the answer lacks (a test notices if it changes).
const NO_STATUS: &str = "no value was set";

/// The status of a report. One that the answer lacks is unknown, never none.
fn reported(word: &str) -> Result<EmailChangeStatus, ApiError> {
    let given = Some(word).filter(|word| !word.trim().is_empty() && *word != NO_STATUS);
    wire::required(STATUS, "Status", given).map(|word| EmailChangeStatus::from_wire(&word))
}

/// Sends a step of an email change once, since it carries no client token.
macro_rules! step {
    ($clients:ident, $operation:ident, $call:expr) => {{
        let once = aws_sdk_account::config::Builder::default().retry_classifier(SendOnce);
        let answer = $call.customize().config_override(once).send().await;
        let answer = $clients.answered($operation, answer)?;
        taken($operation, answer.status().map(PrimaryEmailUpdateStatus::as_str), answer.request_id())
    }};
}

/// Has a one-time password sent to `new`.
pub(crate) async fn start_email_change(
    clients: &Clients,
    account: AccountId,
    new: &EmailAddress,
) -> Result<Taken, ApiError> {
    clients.pace.wait_for_start(START, account).await;
    let call = clients.account.start_primary_email_update();
    step!(clients, START, call.account_id(account.to_string()).primary_email(new.as_str()))
}

pub(crate) async fn accept_email_change(
    clients: &Clients,
    account: AccountId,
    new: &EmailAddress,
    otp: &Otp,
) -> Result<Taken, ApiError> {
    clients.pace.wait(ACCEPT).await;
    let call = clients.account.accept_primary_email_update().otp(otp.expose());
    step!(clients, ACCEPT, call.account_id(account.to_string()).primary_email(new.as_str()))
}

/// AWS accepts a step with the status of the change. An answer without it does not count.
fn taken(operation: &'static str, status: Option<&str>, request_id: Option<&str>) -> Result<Taken, ApiError> {
    let request_id = request_id.map(text::clean);
    match status {
        Some(status) => Ok(Taken { status: Some(EmailChangeStatus::from_wire(status)), request_id }),
        None => Err(ApiError { request_id, ..wire::unreadable(operation, AnswerError::Lacks("Status".to_owned())) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_that_the_answer_lacks_is_unknown_and_a_new_one_is_kept_in_aws_s_word() {
        for lacking in ["", " ", NO_STATUS] {
            assert_eq!(reported(lacking).expect_err("unknown").kind, ApiErrorKind::Unreadable);
        }
        assert_eq!(reported("VERIFYING").expect("a status"), EmailChangeStatus::Other("VERIFYING".into()));
        assert_eq!(reported("PENDING").expect("a status"), EmailChangeStatus::Pending);
    }
}
