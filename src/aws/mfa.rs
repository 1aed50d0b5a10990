//! Roles that want a code of an MFA device: the SDK for Rust ignores `mfa_serial`, so the call is made here.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_config::SdkConfig;
use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::{Profile as Section, ProfileFileCredentialsProvider};
use aws_config::provider_config::ProviderConfig;
use aws_config::sso::credentials::SsoCredentialsProvider;
use aws_config::sts::{AssumeRoleProvider, AssumeRoleProviderBuilder};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::region::Region;

use super::config_files::{AwsFiles, name_of};
use super::profile::{Configured, SsoSession};
use super::settings::{GET_CALLER_IDENTITY, configuration};
use super::{api_error, wire};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{AnswerError, AwsConfigError};
use crate::domain::mfa::MfaCode;
use crate::domain::profile::MfaRole;
use crate::domain::text;

const ASSUME_ROLE: &str = "sts:AssumeRole";

#[derive(Clone, Debug)]
pub(crate) struct MfaChain {
    base: Base,
    /// The one that is assumed first comes first.
    roles: Vec<Role>,
}

#[derive(Clone, Debug)]
enum Base {
    /// The credentials of another profile.
    Profile(String, AwsFiles),
    /// A permission set, by a session whose name the SDK does not take.
    PermissionSet {
        account: String,
        role: String,
        session: SsoSession,
    },
    /// Access keys in the section of the role itself, or of a role that has keys as well.
    Keys(Credentials),
    Environment,
    Container,
    Instance,
}

#[derive(Clone, Debug)]
struct Role {
    arn: String,
    external_id: Option<String>,
    session_name: Option<String>,
    seconds: Option<i32>,
    mfa_serial: Option<String>,
}

impl Role {
    fn of(section: &Section) -> Option<Self> {
        let get = |name| section.get(name).filter(|value| !value.is_empty()).map(ToOwned::to_owned);
        // A role for a token in a file wants no code.
        if section.get("web_identity_token_file").is_some() {
            return None;
        }
        Some(Self {
            arn: get("role_arn")?,
            external_id: get("external_id"),
            session_name: get("role_session_name"),
            seconds: get("duration_seconds").and_then(|seconds| seconds.parse().ok()),
            mfa_serial: get("mfa_serial"),
        })
    }
}

impl MfaChain {
    /// `None` if none of the profile's roles wants a code, or keys in the environment come first.
    pub(crate) fn of(configured: &Configured) -> Result<Option<Self>, ApiError> {
        if configured.environment_comes_first() {
            return Ok(None);
        }
        Self::of_sections(&configured.sources(), Some(configured))
    }

    pub(crate) fn of_sections(
        sections: &[&Section],
        configured: Option<&Configured>,
    ) -> Result<Option<Self>, ApiError> {
        let mut roles = Vec::new();
        let mut base = None;
        for section in sections {
            // As the SDK does: a source that has keys gives those, whatever else stands there.
            if let Some(keys) = keys(section).filter(|_| !roles.is_empty()) {
                base = Some(Base::Keys(keys));
                break;
            }
            let Some(role) = Role::of(section) else {
                base = Some(Base::of(section, configured));
                break;
            };
            roles.push(role);
            if let Some(source) = section.get("credential_source") {
                base = named_source(source);
                break;
            }
            if section.get("source_profile") == Some(section.name()) {
                base = keys(section).map(Base::Keys);
                break;
            }
        }
        match roles.iter().filter(|role| role.mfa_serial.is_some()).count() {
            0 if !matches!(base, Some(Base::PermissionSet { .. })) => return Ok(None),
            0 | 1 => {}
            _ => return Err(configuration(AwsConfigError::SeveralMfaRoles)),
        }
        let Some(base) = base else {
            return Err(configuration(AwsConfigError::RoleWithoutSource));
        };
        roles.reverse();
        Ok(Some(Self { base, roles }))
    }

    pub(crate) fn wants(&self) -> Option<MfaRole> {
        self.roles.iter().find_map(|role| {
            let serial = text::clean(role.mfa_serial.as_deref()?);
            Some(MfaRole { serial, role: text::clean(&role.arn) })
        })
    }

    pub(crate) fn wanted(&self) -> ApiError {
        let serial = self.wants().map(|role| role.serial).unwrap_or_default();
        ApiError::client(ASSUME_ROLE, ApiErrorKind::MfaCodeNeeded, AwsConfigError::NeedsMfaCode(serial))
    }

    /// Checks the credentials that the role is assumed with before a code is asked for.
    pub(crate) async fn check_base(&self, config: &ProviderConfig) -> Result<(), ApiError> {
        let given = self.base.provider(config).provide_credentials().await;
        given.map(drop).map_err(|error| api_error::of_credentials(GET_CALLER_IDENTITY, &error))
    }

    /// `MfaCodeNeeded` if AWS does not accept the code, which is used once. Roles above that one are assumed again
    /// whenever they expire.
    pub(crate) async fn assume(
        &self,
        config: &SdkConfig,
        provider_config: &ProviderConfig,
        code: Option<&MfaCode>,
    ) -> Result<SharedCredentialsProvider, ApiError> {
        let mut provider = self.base.provider(provider_config);
        for role in &self.roles {
            provider = match role.mfa_serial.as_ref().zip(code) {
                Some((serial, code)) => {
                    let config = config.clone().into_builder().credentials_provider(provider).build();
                    SharedCredentialsProvider::new(role.assume(&config, serial, code).await?)
                }
                None => SharedCredentialsProvider::new(role.provider(config).build_from_provider(provider).await),
            };
        }
        Ok(provider)
    }
}

impl Base {
    fn of(section: &Section, configured: Option<&Configured>) -> Self {
        let own_name = |key: &&str| name_of(key) != *key;
        let odd = section.get("sso_session").filter(own_name).and_then(|key| configured?.sso_session(key));
        match (odd, section.get("sso_account_id"), section.get("sso_role_name")) {
            (Some(session), Some(account), Some(role)) => {
                Self::PermissionSet { account: account.to_owned(), role: role.to_owned(), session }
            }
            _ => Self::Profile(section.name().to_owned(), configured.map(|it| it.files.clone()).unwrap_or_default()),
        }
    }

    fn provider(&self, config: &ProviderConfig) -> SharedCredentialsProvider {
        match self {
            Self::Profile(name, files) => SharedCredentialsProvider::new(
                ProfileFileCredentialsProvider::builder()
                    .configure(config)
                    .profile_files(files.for_sdk().clone())
                    .profile_name(name)
                    .build(),
            ),
            Self::PermissionSet { account, role, session } => SharedCredentialsProvider::new(
                SsoCredentialsProvider::builder()
                    .configure(config)
                    .account_id(account)
                    .role_name(role)
                    .start_url(&session.start_url)
                    .session_name(&session.name)
                    .region(Region::new(session.region.clone()))
                    .build(),
            ),
            Self::Keys(keys) => SharedCredentialsProvider::new(keys.clone()),
            Self::Environment => SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new()),
            Self::Container => {
                SharedCredentialsProvider::new(EcsCredentialsProvider::builder().configure(config).build())
            }
            Self::Instance => {
                SharedCredentialsProvider::new(ImdsCredentialsProvider::builder().configure(config).build())
            }
        }
    }
}

impl Role {
    fn provider(&self, config: &SdkConfig) -> AssumeRoleProviderBuilder {
        let name = self.session_name.clone().unwrap_or_else(session_name);
        let mut provider = AssumeRoleProvider::builder(&self.arn).configure(config).session_name(name);
        if let Some(id) = &self.external_id {
            provider = provider.external_id(id);
        }
        if let Some(seconds) = self.seconds.and_then(|seconds| u64::try_from(seconds).ok()) {
            provider = provider.session_length(Duration::from_secs(seconds));
        }
        provider
    }

    async fn assume(&self, config: &SdkConfig, serial: &str, code: &MfaCode) -> Result<Credentials, ApiError> {
        let asked = aws_sdk_sts::Client::new(config)
            .assume_role()
            .role_arn(&self.arn)
            .role_session_name(self.session_name.clone().unwrap_or_else(session_name))
            .set_external_id(self.external_id.clone())
            .set_duration_seconds(self.seconds)
            .serial_number(serial)
            .token_code(code.expose());
        let answer = asked.send().await.map_err(|error| api_error::of(ASSUME_ROLE, &error))?;
        let given = answer
            .credentials()
            .ok_or_else(|| wire::unreadable(ASSUME_ROLE, AnswerError::Lacks("Credentials".to_owned())))?;
        let expires = SystemTime::try_from(*given.expiration()).ok();
        Ok(Credentials::new(
            given.access_key_id(),
            given.secret_access_key(),
            Some(given.session_token().to_owned()),
            expires,
            "AssumeRole",
        ))
    }
}

fn session_name() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or_default();
    format!("{}-{seconds}", env!("CARGO_PKG_NAME"))
}

fn keys(section: &Section) -> Option<Credentials> {
    let (id, secret) = (section.get("aws_access_key_id")?, section.get("aws_secret_access_key")?);
    Some(Credentials::new(id, secret, section.get("aws_session_token").map(ToOwned::to_owned), None, "profile"))
}

/// The sources that have names (AWS SDKs and Tools reference).
fn named_source(name: &str) -> Option<Base> {
    match name {
        "Environment" => Some(Base::Environment),
        "EcsContainer" => Some(Base::Container),
        "Ec2InstanceMetadata" => Some(Base::Instance),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use aws_types::os_shim_internal::{Env, Fs};

    use super::*;

    const FILE: &str = "
[profile keys]
aws_access_key_id = AKIA
aws_secret_access_key = x
[profile mfa]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
mfa_serial = arn:aws:iam::111122223333:mfa/alice
source_profile = keys
[profile on-top]
role_arn = arn:aws:iam::444455556666:role/Audit
source_profile = mfa
[profile sso]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
sso_account_id = 111122223333
sso_role_name = OrgAdmin
[profile from-sso]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
mfa_serial = GAHT12345678
source_profile = sso
[profile itself]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
mfa_serial = arn:aws:iam::111122223333:mfa/alice
source_profile = itself
aws_access_key_id = AKIA
aws_secret_access_key = x
[profile machine]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
mfa_serial = arn:aws:iam::111122223333:mfa/alice
credential_source = Ec2InstanceMetadata
[profile twice]
role_arn = arn:aws:iam::444455556666:role/Audit
mfa_serial = arn:aws:iam::111122223333:mfa/bob
source_profile = mfa
[profile a]
role_arn = arn:aws:iam::111122223333:role/A
mfa_serial = arn:aws:iam::111122223333:mfa/alice
source_profile = b
[profile b]
role_arn = arn:aws:iam::111122223333:role/B
source_profile = a
[profile plain]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
source_profile = keys
";

    async fn of(env: &[(&str, &str)], profile: Option<&str>) -> Result<Option<MfaChain>, ApiError> {
        let env: Vec<_> = [("HOME", "/home/alice")].iter().chain(env).copied().collect();
        let files = HashMap::from([("/home/alice/.aws/config".to_owned(), FILE.as_bytes().to_vec())]);
        let (env, fs) = (Env::from_slice(&env), Fs::from_map(files));
        let read = Configured::read(env, &fs, profile.map(ToOwned::to_owned)).await;
        MfaChain::of(&read.expect("a configuration"))
    }

    async fn chain(profile: &str) -> MfaChain {
        of(&[], Some(profile)).await.expect("a chain").expect("a role that wants a code")
    }

    #[tokio::test]
    async fn the_roles_are_assumed_from_the_source_up() {
        let chain = chain("on-top").await;
        let roles: Vec<_> = chain.roles.iter().map(|role| (role.arn.as_str(), role.mfa_serial.is_some())).collect();
        let (office, audit) = ("arn:aws:iam::111122223333:role/OrgAdmin", "arn:aws:iam::444455556666:role/Audit");
        assert_eq!(roles, [(office, true), (audit, false)]);
        assert_eq!(chain.wants().map(|role| role.role).as_deref(), Some(office));
        assert!(chain.wanted().sentence().contains("arn:aws:iam::111122223333:mfa/alice"));
    }

    #[tokio::test]
    async fn what_the_first_role_is_assumed_with_is_what_the_profile_says() {
        assert!(matches!(chain("mfa").await.base, Base::Keys(keys) if keys.access_key_id() == "AKIA"));
        assert!(matches!(chain("from-sso").await.base, Base::Profile(name, _) if name == "sso"));
        assert!(matches!(chain("itself").await.base, Base::Keys(_)));
        assert!(matches!(chain("machine").await.base, Base::Instance));
    }

    #[tokio::test]
    async fn what_cant_be_assumed_is_told_and_not_tried() {
        for profile in ["twice", "a"] {
            let error = of(&[], Some(profile)).await.expect_err(profile);
            assert_eq!(error.kind, ApiErrorKind::Configuration, "{profile}");
        }
    }

    #[tokio::test]
    async fn where_no_code_is_wanted_or_the_environment_comes_first_there_is_no_chain() {
        assert!(of(&[], Some("plain")).await.expect("a configuration").is_none());
        let keys = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "x"), ("AWS_PROFILE", "mfa")];
        assert!(of(&keys, None).await.expect("a configuration").is_none());
        assert!(of(&keys, Some("mfa")).await.expect("a configuration").is_some());
        assert!(of(&[("AWS_PROFILE", "mfa")], None).await.expect("a configuration").is_some());
    }
}
