//! The clients of the services, built once, and where AWS's answers to the caller's own calls become ours.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::SdkConfig;
use aws_types::region::Region;

use super::answer::{Genuine, NotPatientElsewhere, Protocol};
use super::api_error;
use super::clock::AwsClock;
use super::endpoint;
use super::pace::Pace;
use super::permission_evidence::PermissionEvidence;
use super::policy_names::PolicyNames;
use super::retry::SlowDown;
use crate::domain::api_error::ApiError;
use crate::domain::permission::About;
use crate::domain::request_limits::RequestLimits;

#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) organizations: aws_sdk_organizations::Client,
    pub(crate) account: aws_sdk_account::Client,
    pub(crate) iam: aws_sdk_iam::Client,
    pub(crate) sts: aws_sdk_sts::Client,
    pub(crate) in_accounts: InAccounts,
    /// A region with an endpoint of its own, whatever the profile says.
    pub(crate) region: Region,
    pub(crate) pace: Pace,
    pub(crate) permission_evidence: PermissionEvidence,
    pub(crate) clock: AwsClock,
    pub(super) policy_names: PolicyNames,
}

/// Clients without credentials: each call brings those of a root session, and its region where that matters. One set
/// serves all accounts, so that nothing is built per account.
#[derive(Clone, Debug)]
pub(crate) struct InAccounts {
    pub(crate) iam: aws_sdk_iam::Client,
    pub(crate) s3: aws_sdk_s3::Client,
    pub(crate) sqs: aws_sdk_sqs::Client,
}

macro_rules! configured {
    ($service:ident, $config:expr, $protocol:expr, $clock:expr) => {
        $service::config::Builder::from($config)
            .interceptor(Genuine { protocol: $protocol, clock: $clock.clone() })
            .retry_classifier(NotPatientElsewhere)
    };
}

macro_rules! client {
    ($service:ident, $config:expr, $protocol:expr, $clock:expr, $pace:expr) => {
        $service::Client::from_conf(
            configured!($service, $config, $protocol, $clock).interceptor(SlowDown($pace.clone())).build(),
        )
    };
}

impl Clients {
    pub(crate) fn new(config: &SdkConfig, paced: bool, limits: RequestLimits) -> Self {
        let region = config.region().map_or("us-east-1", Region::as_ref);
        let clock = AwsClock::default();
        let pace = Pace::new(paced, limits);
        Self {
            organizations: client!(aws_sdk_organizations, config, Protocol::Json, &clock, &pace),
            account: client!(aws_sdk_account, config, Protocol::Json, &clock, &pace),
            iam: client!(aws_sdk_iam, config, Protocol::Query, &clock, &pace),
            sts: client!(aws_sdk_sts, config, Protocol::Query, &clock, &pace),
            in_accounts: InAccounts::new(config, &clock),
            region: Region::new(endpoint::real_region(region).to_owned()),
            pace,
            permission_evidence: PermissionEvidence::default(),
            clock,
            policy_names: PolicyNames::default(),
        }
    }

    pub(super) fn answered<T, E>(
        &self,
        operation: &'static str,
        answer: Result<T, SdkError<E, HttpResponse>>,
    ) -> Result<T, ApiError>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.answered_about(operation, About::Anything, answer)
    }

    pub(super) fn answered_about<T, E>(
        &self,
        operation: &'static str,
        about: About,
        answer: Result<T, SdkError<E, HttpResponse>>,
    ) -> Result<T, ApiError>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let answer = answer.map_err(|error| api_error::of(operation, &error));
        self.permission_evidence.note(operation, about, answer.as_ref().map(|_| ()));
        answer
    }
}

impl InAccounts {
    fn new(config: &SdkConfig, clock: &AwsClock) -> Self {
        // Nothing that is meant for a root session may go out as the caller.
        let mut nobody = config.clone().into_builder();
        nobody.set_credentials_provider(None);
        let config = &nobody.build();
        // Virtual hosts need DNS for each bucket, which an emulator does not have.
        let path_style = endpoint::is_overridden(config, "S3");
        let s3 = configured!(aws_sdk_s3, config, Protocol::S3, clock).force_path_style(path_style);
        Self {
            iam: aws_sdk_iam::Client::from_conf(configured!(aws_sdk_iam, config, Protocol::Query, clock).build()),
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
            sqs: aws_sdk_sqs::Client::from_conf(configured!(aws_sdk_sqs, config, Protocol::Json, clock).build()),
        }
    }
}
