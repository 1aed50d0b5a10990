//! The clients of the services, built once.

use aws_types::SdkConfig;

use super::pace::Pace;
use super::whole::WholeXml;

/// One client per service, and the pace they share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Clients {
    pub(crate) organizations: aws_sdk_organizations::Client,
    pub(crate) account: aws_sdk_account::Client,
    pub(crate) iam: aws_sdk_iam::Client,
    pub(crate) sts: aws_sdk_sts::Client,
    pub(crate) pace: Pace,
}

impl Clients {
    /// From the SDK's configuration; calls are held back to AWS's quotas if `paced`.
    pub(crate) fn new(config: &SdkConfig, paced: bool) -> Self {
        Self {
            organizations: aws_sdk_organizations::Client::new(config),
            account: aws_sdk_account::Client::new(config),
            iam: aws_sdk_iam::Client::from_conf(
                aws_sdk_iam::config::Builder::from(config).interceptor(WholeXml).build(),
            ),
            sts: aws_sdk_sts::Client::from_conf(
                aws_sdk_sts::config::Builder::from(config).interceptor(WholeXml).build(),
            ),
            pace: Pace::new(paced),
        }
    }
}
