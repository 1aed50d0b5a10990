//! What is changed in a member account. No call carries a client token, so each is sent once.

use aws_types::request_id::RequestId;

use super::RootCalls;
use crate::aws::{s3, sqs};
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::RootCredential;
use crate::domain::text;

pub(crate) async fn make(calls: &RootCalls, change: &RootChange) -> Result<Option<String>, ApiError> {
    let iam = &calls.clients.in_accounts.iam;
    let operation = change.operation();
    // Five operations of five types; only their names and arguments differ.
    macro_rules! send_once {
        ($call:expr) => {
            send!(calls, operation, $call, calls.iam_once()).map(|answer| answer.request_id().map(text::clean))
        };
    }
    match change {
        RootChange::AllowPasswordRecovery => send_once!(iam.create_login_profile()),
        RootChange::ClosePasswordRecovery | RootChange::DeleteCredential(RootCredential::Password) => {
            send_once!(iam.delete_login_profile())
        }
        RootChange::DeleteCredential(RootCredential::AccessKey(id)) => {
            send_once!(iam.delete_access_key().access_key_id(id))
        }
        RootChange::DeleteCredential(RootCredential::SigningCertificate(id)) => {
            send_once!(iam.delete_signing_certificate().certificate_id(id))
        }
        RootChange::DeleteCredential(RootCredential::MfaDevice(serial)) => {
            send_once!(iam.deactivate_mfa_device().serial_number(serial))
        }
        RootChange::DeletePolicy(PolicyHolder::Bucket { name, region }) => s3::delete_policy(calls, name, region).await,
        RootChange::PutPolicy(PolicyHolder::Bucket { name, region }, policy) => {
            s3::put_policy(calls, name, region, policy).await
        }
        RootChange::DeletePolicy(PolicyHolder::Queue { url, region }) => sqs::set_policy(calls, url, region, "").await,
        RootChange::PutPolicy(PolicyHolder::Queue { url, region }, policy) => {
            sqs::set_policy(calls, url, region, policy).await
        }
    }
}
