//! Where credentials come from, and which of them count.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;

use super::profile::Configured;

/// The only sources where a profile was asked for: keys in the environment if those come first, then that profile.
///
/// The SDK's own chain asks the environment first even where the profile was named on the command line, and the
/// container or instance last: `--profile prod` would act on another account. The AWS CLI does neither.
pub(crate) fn of_profile(configured: &Configured, config: &ProviderConfig) -> CredentialsProviderChain {
    let profile = ProfileFileCredentialsProvider::builder()
        .configure(config)
        .profile_files(configured.files.for_sdk().clone())
        .profile_name(configured.key())
        .build();
    if configured.environment_comes_first() {
        let environment = EnvironmentVariableCredentialsProvider::new();
        return CredentialsProviderChain::first_try("Environment", environment).or_else("Profile", profile);
    }
    CredentialsProviderChain::first_try("Profile", profile)
}
