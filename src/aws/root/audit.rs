//! Which root credentials an account has.

use aws_sdk_iam::types::{self, SummaryKeyType};
use jiff::Timestamp;

use super::RootCalls;
use crate::aws::{pages, wire};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AnswerError;
use crate::domain::mfa_device::MfaDevice;
use crate::domain::root_credentials::{
    AccessKey, AuditDepth, LastUsed, Password, Presence, RootAudit, SigningCertificate,
};
use crate::domain::sign_in::LastSignIn;
use crate::domain::text;

const SUMMARY: &str = "iam:GetAccountSummary";
const USER: &str = "iam:GetUser";
const PROFILE: &str = "iam:GetLoginProfile";
const KEYS: &str = "iam:ListAccessKeys";
const LAST_USED: &str = "iam:GetAccessKeyLastUsed";
const DEVICES: &str = "iam:ListMFADevices";
const CERTIFICATES: &str = "iam:ListSigningCertificates";

/// Each cell is what was read, or says why it was not. Where a list could not be read, the summary may still show that
/// there is something; that there is nothing is for the list to say.
pub(crate) async fn audit(calls: &RootCalls, depth: AuditDepth) -> RootAudit {
    match depth {
        AuditDepth::Quick => match tokio::join!(summary(calls), last_sign_in(calls)) {
            (Ok(summary), last_sign_in) => RootAudit {
                depth,
                last_sign_in,
                password: summary.cell(&SummaryKeyType::AccountPasswordPresent),
                access_keys: summary.cell(&SummaryKeyType::AccountAccessKeysPresent),
                mfa_devices: summary.cell(&SummaryKeyType::AccountMfaEnabled),
                signing_certificates: summary.cell(&SummaryKeyType::AccountSigningCertificatesPresent),
            },
            (Err(error), last_sign_in) => RootAudit { last_sign_in, ..RootAudit::unknown(depth, &error) },
        },
        AuditDepth::Deep => {
            let (summary, last_sign_in, password, keys, devices, certificates) = tokio::join!(
                summary(calls),
                last_sign_in(calls),
                login_profile(calls),
                access_keys(calls),
                mfa_devices(calls),
                signing_certificates(calls)
            );
            let summary = summary.unwrap_or_default();
            RootAudit {
                depth,
                last_sign_in,
                password: summary.beside(password, &SummaryKeyType::AccountPasswordPresent),
                access_keys: summary.beside(list(keys), &SummaryKeyType::AccountAccessKeysPresent),
                mfa_devices: summary.beside(list(devices), &SummaryKeyType::AccountMfaEnabled),
                signing_certificates: summary
                    .beside(list(certificates), &SummaryKeyType::AccountSigningCertificatesPresent),
            }
        }
    }
}

/// Without a user name, `GetUser` is about root itself (captured).
async fn last_sign_in(calls: &RootCalls) -> LastSignIn {
    match send!(calls, USER, calls.clients.in_accounts.iam.get_user(), calls.iam()) {
        Ok(answer) => match answer.user() {
            Some(user) => user.password_last_used().and_then(wire::since).map_or(LastSignIn::Never, LastSignIn::At),
            None => LastSignIn::Unknown(wire::unreadable(USER, AnswerError::Lacks("User".to_owned()))),
        },
        Err(error) => LastSignIn::Unknown(error),
    }
}

/// That there is no password is `NoSuchEntity`.
pub(crate) async fn login_profile(calls: &RootCalls) -> Presence<Password> {
    match send!(calls, PROFILE, calls.clients.in_accounts.iam.get_login_profile(), calls.iam()) {
        Ok(answer) => match answer.login_profile() {
            Some(profile) => Presence::Present(Some(Password { created: wire::since(profile.create_date()) })),
            None => Presence::Unknown(wire::unreadable(PROFILE, AnswerError::Lacks("LoginProfile".to_owned()))),
        },
        Err(error) if error.kind == ApiErrorKind::NotFound => Presence::Absent,
        Err(error) => Presence::Unknown(error),
    }
}

#[derive(Debug, Default)]
struct Summary(std::collections::HashMap<SummaryKeyType, i32>);

impl Summary {
    fn cell<T>(&self, key: &SummaryKeyType) -> Presence<T> {
        match self.0.get(key) {
            Some(0) => Presence::Absent,
            Some(_) => Presence::Present(None),
            None => Presence::Unknown(wire::unreadable(SUMMARY, AnswerError::Lacks(key.as_str().to_owned()))),
        }
    }

    fn beside<T>(&self, listed: Presence<T>, key: &SummaryKeyType) -> Presence<T> {
        match listed {
            Presence::Unknown(_) if self.0.get(key).is_some_and(|count| *count != 0) => Presence::Present(None),
            listed => listed,
        }
    }
}

async fn summary(calls: &RootCalls) -> Result<Summary, ApiError> {
    let answer = send!(calls, SUMMARY, calls.clients.in_accounts.iam.get_account_summary(), calls.iam())?;
    Ok(Summary(answer.summary_map().cloned().unwrap_or_default()))
}

fn list<T>(read: Result<Vec<T>, ApiError>) -> Presence<Vec<T>> {
    match read {
        Ok(all) if all.is_empty() => Presence::Absent,
        Ok(all) => Presence::Present(Some(all)),
        Err(error) => Presence::Unknown(error),
    }
}

macro_rules! all_pages {
    ($calls:ident, $operation:ident, $items:ident of $method:ident, $Item:ident by $id:ident) => {
        pages::all(
            $operation,
            stringify!($items),
            |item: &types::$Item| item.$id().into(),
            |marker| async move {
                let page = send!(
                    $calls,
                    $operation,
                    $calls.clients.in_accounts.iam.$method().set_marker(marker),
                    $calls.iam()
                )?;
                Ok((Some(page.$items), wire::marker(page.is_truncated, page.marker)))
            },
        )
        .await?
    };
}

async fn access_keys(calls: &RootCalls) -> Result<Vec<AccessKey>, ApiError> {
    let listed = all_pages!(calls, KEYS, access_key_metadata of list_access_keys, AccessKeyMetadata by access_key_id);
    let keys = listed.iter().map(|key| async move {
        let id = wire::required(KEYS, "AccessKeyId", key.access_key_id())?;
        Ok(AccessKey {
            last_used: last_used(calls, &id).await,
            id,
            status: key.status().map_or_else(String::new, |status| text::clean(status.as_str())),
            created: key.create_date().and_then(wire::since),
        })
    });
    futures::future::try_join_all(keys).await
}

async fn last_used(calls: &RootCalls, id: &str) -> LastUsed {
    let call = calls.clients.in_accounts.iam.get_access_key_last_used().access_key_id(id);
    let answer = match send!(calls, LAST_USED, call, calls.iam()) {
        Ok(answer) => answer,
        Err(error) => return LastUsed::Unknown(error),
    };
    let Some(used) = answer.access_key_last_used() else {
        return LastUsed::Unknown(wire::unreadable(LAST_USED, AnswerError::Lacks("AccessKeyLastUsed".to_owned())));
    };
    // Service and region of a key that was never used are "N/A" (service model).
    match used.last_used_date().and_then(wire::since) {
        Some(at) => {
            LastUsed::Used { at, service: text::clean(used.service_name()), region: text::clean(used.region()) }
        }
        None => LastUsed::Never,
    }
}

async fn mfa_devices(calls: &RootCalls) -> Result<Vec<MfaDevice>, ApiError> {
    let listed = all_pages!(calls, DEVICES, mfa_devices of list_mfa_devices, MfaDevice by serial_number);
    let device = |device: &types::MfaDevice| {
        let serial = named(DEVICES, "SerialNumber", device.serial_number())?;
        Ok(MfaDevice { serial, enabled: wire::since(device.enable_date()) })
    };
    listed.iter().map(device).collect()
}

async fn signing_certificates(calls: &RootCalls) -> Result<Vec<SigningCertificate>, ApiError> {
    let listed = all_pages!(
        calls, CERTIFICATES, certificates of list_signing_certificates, SigningCertificate by certificate_id
    );
    let certificate = |certificate: &types::SigningCertificate| {
        let id = named(CERTIFICATES, "CertificateId", certificate.certificate_id())?;
        let uploaded: Option<Timestamp> = certificate.upload_date().and_then(wire::since);
        Ok(SigningCertificate { id, status: text::clean(certificate.status().as_str()), uploaded })
    };
    listed.iter().map(certificate).collect()
}

/// The SDK makes an empty name of a required one that the answer lacks.
fn named(operation: &'static str, what: &str, name: &str) -> Result<String, ApiError> {
    wire::required(operation, what, Some(name).filter(|name| !name.is_empty()))
}
