//! Which root credentials an account has.

use aws_sdk_iam::types::{self, SummaryKeyType};
use jiff::Timestamp;

use super::RootCalls;
use crate::aws::pages::Pages;
use crate::aws::{api_error, wire};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::root_credentials::{
    AccessKey, AuditDepth, LastUsed, MfaDevice, Password, Presence, RootAudit, SigningCertificate,
};
use crate::domain::text;

const SUMMARY: &str = "iam:GetAccountSummary";
const PROFILE: &str = "iam:GetLoginProfile";
const KEYS: &str = "iam:ListAccessKeys";
const LAST_USED: &str = "iam:GetAccessKeyLastUsed";
const DEVICES: &str = "iam:ListMFADevices";
const CERTIFICATES: &str = "iam:ListSigningCertificates";

/// Looks as thoroughly as asked. Each cell is what was read, or says why it was not.
///
/// In a deep audit a cell is what the list says. Where the list could not be read, the summary may
/// still show that there is something; that there is nothing is for the list to say.
pub(crate) async fn audit(calls: &RootCalls, depth: AuditDepth) -> RootAudit {
    match depth {
        AuditDepth::Quick => match summary(calls).await {
            Ok(summary) => RootAudit {
                depth,
                password: summary.cell(&SummaryKeyType::AccountPasswordPresent),
                access_keys: summary.cell(&SummaryKeyType::AccountAccessKeysPresent),
                mfa_devices: summary.cell(&SummaryKeyType::AccountMfaEnabled),
                signing_certificates: summary.cell(&SummaryKeyType::AccountSigningCertificatesPresent),
            },
            Err(fault) => RootAudit::unknown(depth, &fault),
        },
        AuditDepth::Deep => {
            let (summary, password, keys, devices, certificates) = tokio::join!(
                summary(calls),
                login_profile(calls),
                access_keys(calls),
                mfa_devices(calls),
                signing_certificates(calls)
            );
            let summary = summary.unwrap_or_default();
            RootAudit {
                depth,
                password: summary.beside(password, &SummaryKeyType::AccountPasswordPresent),
                access_keys: summary.beside(list(keys), &SummaryKeyType::AccountAccessKeysPresent),
                mfa_devices: summary.beside(list(devices), &SummaryKeyType::AccountMfaEnabled),
                signing_certificates: summary
                    .beside(list(certificates), &SummaryKeyType::AccountSigningCertificatesPresent),
            }
        }
    }
}

/// The password of root (`GetLoginProfile`). That there is none is `NoSuchEntity` and the good state.
pub(crate) async fn login_profile(calls: &RootCalls) -> Presence<Password> {
    let answer = calls.clients.in_accounts.iam.get_login_profile();
    match answer.customize().config_override(calls.iam()).send().await {
        Ok(answer) => match answer.login_profile() {
            Some(profile) => Presence::Present(Some(Password { created: wire::since(profile.create_date()) })),
            None => Presence::Unknown(wire::unreadable(PROFILE, "the answer lacks the login profile")),
        },
        Err(error) => match api_error::of(PROFILE, &error) {
            fault if fault.kind == ApiErrorKind::NotFound => Presence::Absent,
            fault => Presence::Unknown(fault),
        },
    }
}

#[derive(Debug, Default)]
struct Summary(std::collections::HashMap<SummaryKeyType, i32>);

impl Summary {
    /// A key that the answer lacks says nothing.
    fn cell<T>(&self, key: &SummaryKeyType) -> Presence<T> {
        match self.0.get(key) {
            Some(0) => Presence::Absent,
            Some(_) => Presence::Present(None),
            None => Presence::Unknown(wire::unreadable(SUMMARY, &format!("the answer lacks {}", key.as_str()))),
        }
    }

    /// What the list says, or at least that there is something.
    fn beside<T>(&self, listed: Presence<T>, key: &SummaryKeyType) -> Presence<T> {
        match listed {
            Presence::Unknown(_) if self.0.get(key).is_some_and(|count| *count != 0) => Presence::Present(None),
            listed => listed,
        }
    }
}

async fn summary(calls: &RootCalls) -> Result<Summary, ApiError> {
    let answer = calls.clients.in_accounts.iam.get_account_summary();
    let answer = answer.customize().config_override(calls.iam()).send().await;
    let answer = answer.map_err(|error| api_error::of(SUMMARY, &error))?;
    Ok(Summary(answer.summary_map().cloned().unwrap_or_default()))
}

fn list<T>(read: Result<Vec<T>, ApiError>) -> Presence<Vec<T>> {
    match read {
        Ok(all) if all.is_empty() => Presence::Absent,
        Ok(all) => Presence::Present(Some(all)),
        Err(fault) => Presence::Unknown(fault),
    }
}

/// Reads a list of IAM to its end. One whose end can't be reached is unknown as a whole.
macro_rules! all_pages {
    ($calls:ident, $operation:ident, $method:ident, $items:ident, $id:expr) => {{
        let mut pages = Pages::of($operation);
        let mut all = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let page = $calls.clients.in_accounts.iam.$method().set_marker(marker);
            let page = page.customize().config_override($calls.iam()).send().await;
            let page = page.map_err(|error| api_error::of($operation, &error))?;
            all.extend_from_slice(page.$items());
            if !page.is_truncated() {
                break all;
            }
            marker = pages.next(page.$items().iter().filter_map($id), page.marker())?;
            if marker.is_none() {
                return Err(wire::unreadable($operation, "the answer lacks the marker of the next page"));
            }
        }
    }};
}

async fn access_keys(calls: &RootCalls) -> Result<Vec<AccessKey>, ApiError> {
    let listed: Vec<types::AccessKeyMetadata> =
        all_pages!(calls, KEYS, list_access_keys, access_key_metadata, |key| key.access_key_id());
    let keys = listed.iter().map(|key| async move {
        let id = wire::required(KEYS, "the id of an access key", key.access_key_id())?;
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
    let answer = calls.clients.in_accounts.iam.get_access_key_last_used().access_key_id(id);
    let answer = match answer.customize().config_override(calls.iam()).send().await {
        Ok(answer) => answer,
        Err(error) => return LastUsed::Unknown(api_error::of(LAST_USED, &error)),
    };
    let Some(used) = answer.access_key_last_used() else {
        return LastUsed::Unknown(wire::unreadable(LAST_USED, "the answer lacks the last use"));
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
    let listed: Vec<types::MfaDevice> =
        all_pages!(calls, DEVICES, list_mfa_devices, mfa_devices, |device| Some(device.serial_number()));
    let device = |device: &types::MfaDevice| {
        let serial = named(DEVICES, "the serial number of an MFA device", device.serial_number())?;
        Ok(MfaDevice { serial, enabled: wire::since(device.enable_date()) })
    };
    listed.iter().map(device).collect()
}

async fn signing_certificates(calls: &RootCalls) -> Result<Vec<SigningCertificate>, ApiError> {
    let listed: Vec<types::SigningCertificate> =
        all_pages!(calls, CERTIFICATES, list_signing_certificates, certificates, |one| Some(one.certificate_id()));
    let certificate = |certificate: &types::SigningCertificate| {
        let id = named(CERTIFICATES, "the id of a signing certificate", certificate.certificate_id())?;
        let uploaded: Option<Timestamp> = certificate.upload_date().and_then(wire::since);
        Ok(SigningCertificate { id, status: text::clean(certificate.status().as_str()), uploaded })
    };
    listed.iter().map(certificate).collect()
}

/// A name that must be there. The SDK makes an empty one of a required name that the answer lacks.
fn named(operation: &'static str, what: &str, name: &str) -> Result<String, ApiError> {
    wire::required(operation, what, Some(name).filter(|name| !name.is_empty()))
}
