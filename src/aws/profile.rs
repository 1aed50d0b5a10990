//! What the configuration files of AWS say, before the SDK reads them: it passes over some of it, or fails much later.

use std::path::PathBuf;

use aws_config::profile::{Profile, ProfileSet};
use aws_types::os_shim_internal::{Env, Fs};

use super::config_files::{AwsFiles, at_home, key_of, name_of};
use super::error_chain::readable;
use super::settings::{GET_CALLER_IDENTITY, configuration, set};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{AwsConfigError, IncompleteSource, ProfileProblem};

/// Where the endpoints of Organizations are; taken if nothing names a region.
const FALLBACK_REGION: &str = "us-east-1";

#[derive(Debug)]
pub(crate) struct Configured {
    env: Env,
    pub(crate) files: AwsFiles,
    profiles: ProfileSet,
    pub(crate) named: Option<String>,
    explicit: bool,
}

impl Configured {
    pub(crate) async fn read(env: Env, fs: &Fs, explicit: Option<String>) -> Result<Self, ApiError> {
        let is_explicit = explicit.is_some();
        let named = explicit.or_else(|| set(&env, "AWS_PROFILE"));
        let files = AwsFiles::read(&env, fs).await?;
        let selected = named.as_deref().map_or_else(|| "default".to_owned(), |name| key_of(name).into_owned());
        let profiles = sections(&env, fs, &files, selected).await?;
        if let Some(name) = &named
            && profiles.get_profile(&key_of(name)).is_none()
        {
            return Err(configuration(AwsConfigError::Missing(files.missing("profile", name))));
        }
        let configured = Self { env, files, profiles, named, explicit: is_explicit };
        configured.check_environment()?;
        configured.check_sources()?;
        Ok(configured)
    }

    /// The SDK would pass over half of the keys in the environment, for somebody else's.
    fn check_environment(&self) -> Result<(), ApiError> {
        let lacks = |name| set(&self.env, name).is_none_or(|value| value.trim().is_empty());
        if self.environment_comes_first() && lacks("AWS_SECRET_ACCESS_KEY") && lacks("SECRET_ACCESS_KEY") {
            return Err(configuration(AwsConfigError::HalfKeys));
        }
        Ok(())
    }

    /// Checks that what credentials are taken from is there, and whole. That nothing else is taken in its place is up
    /// to [`super::credentials`].
    fn check_sources(&self) -> Result<(), ApiError> {
        if self.environment_comes_first() || !self.is_asked_for() {
            return Ok(());
        }
        let sources = self.sources();
        for (place, section) in sources.iter().enumerate() {
            let has_keys = ["aws_access_key_id", "aws_secret_access_key"].iter().all(|key| section.get(key).is_some());
            if place > 0 && has_keys {
                // A source that has keys gives those, whatever else it says.
                return Ok(());
            }
            if let Some(problem) = lacking(section, &self.profiles, &self.files) {
                let name = name_of(section.name()).into_owned();
                return Err(configuration(AwsConfigError::Profile { name, problem }));
            }
        }
        match sources.last().filter(|section| section.get("credential_process").is_some()) {
            Some(section) => self.files.check_process(section.name()),
            None => Ok(()),
        }
    }

    /// Whether credentials are the profile's or nobody's: a profile was named, or `default` says anything
    /// about where they come from.
    pub(crate) fn is_asked_for(&self) -> bool {
        self.named.is_some() || self.files.default_gives
    }

    pub(crate) fn key(&self) -> &str {
        self.profiles.selected_profile()
    }

    pub(crate) fn sso_session(&self, key: &str) -> Option<SsoSession> {
        let session = self.profiles.sso_session(key)?;
        let get = |name| session.get(name).map(ToOwned::to_owned);
        Some(SsoSession {
            name: name_of(key).into_owned(),
            region: get("sso_region")?,
            start_url: get("sso_start_url")?,
        })
    }

    /// The region, and whether it was assumed. The instance metadata service is not asked: off EC2 that costs seconds.
    pub(crate) fn region(&self) -> (String, bool) {
        let found = set(&self.env, "AWS_REGION")
            .or_else(|| set(&self.env, "AWS_DEFAULT_REGION"))
            .or_else(|| self.sources().into_iter().find_map(|profile| profile.get("region")).map(ToOwned::to_owned));
        found.map_or_else(|| (FALLBACK_REGION.to_owned(), true), |region| (region, false))
    }

    /// The file of additional CA certificates, and what names it: the SDK for Rust knows neither.
    pub(crate) fn ca_bundle(&self) -> Option<(PathBuf, &'static str)> {
        if let Some(path) = set(&self.env, "AWS_CA_BUNDLE") {
            return Some((at_home(&self.env, &path), "AWS_CA_BUNDLE"));
        }
        let path = self.profiles.get_profile(self.key())?.get("ca_bundle").filter(|path| !path.is_empty())?;
        Some((at_home(&self.env, path), "ca_bundle"))
    }

    /// Keys in the environment come first, unless the profile was named on the command line.
    pub(crate) fn environment_comes_first(&self) -> bool {
        !self.explicit && set(&self.env, "AWS_ACCESS_KEY_ID").is_some()
    }

    pub(crate) fn sources(&self) -> Vec<&Profile> {
        sources(&self.profiles, self.key())
    }
}

/// A session of IAM Identity Center, under the name that its token is kept by.
#[derive(Clone, Debug)]
pub(crate) struct SsoSession {
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) start_url: String,
}

pub(super) async fn sections(env: &Env, fs: &Fs, files: &AwsFiles, selected: String) -> Result<ProfileSet, ApiError> {
    let loaded = aws_config::profile::load(fs, env, files.for_sdk(), Some(selected.into())).await;
    loaded.map_err(|error| ApiError::new(GET_CALLER_IDENTITY, ApiErrorKind::Configuration, &readable(&error)))
}

/// What of a profile's credentials is missing.
fn lacking(section: &Profile, profiles: &ProfileSet, files: &AwsFiles) -> Option<ProfileProblem> {
    let has = |name: &str| missing(&[name], |name| section.get(name)).is_empty();
    let lacks = |source, wanted: &[&str]| {
        let settings = missing(wanted, |name| section.get(name));
        (!settings.is_empty()).then_some(ProfileProblem::Lacks { source, settings, in_session: None })
    };
    if has("web_identity_token_file") {
        return lacks(IncompleteSource::WebIdentity, &["role_arn"]);
    }
    if has("role_arn") {
        let (source, named) = (section.get("source_profile"), has("credential_source"));
        return match source {
            None if !named => Some(ProfileProblem::NoRoleSource),
            Some(source) if profiles.get_profile(source).is_none() => {
                Some(ProfileProblem::Source(files.missing("profile", &name_of(source))))
            }
            _ => None,
        };
    }
    let sso = ["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"];
    if sso.into_iter().any(has) {
        return sso_lacks(section, profiles, files);
    }
    if has("aws_access_key_id") || has("aws_secret_access_key") {
        return lacks(IncompleteSource::Keys, &["aws_access_key_id", "aws_secret_access_key"]);
    }
    let others = ["credential_source", "login_session", "credential_process"];
    (!others.into_iter().any(has)).then_some(ProfileProblem::NoCredentials)
}

fn sso_lacks(section: &Profile, profiles: &ProfileSet, files: &AwsFiles) -> Option<ProfileProblem> {
    let wanted = ["sso_start_url", "sso_region"];
    let mut settings = missing(&["sso_account_id", "sso_role_name"], |name| section.get(name));
    let mut in_session = None;
    match section.get("sso_session") {
        None => settings.extend(missing(&wanted, |name| section.get(name))),
        Some(key) => {
            let name = name_of(key).into_owned();
            let Some(session) = profiles.sso_session(key) else {
                return Some(ProfileProblem::SsoSession(files.missing("sso-session", &name)));
            };
            let missing = missing(&wanted, |name| session.get(name));
            in_session = (!missing.is_empty()).then_some((name, missing));
        }
    }
    let is_whole = settings.is_empty() && in_session.is_none();
    (!is_whole).then_some(ProfileProblem::Lacks { source: IncompleteSource::IdentityCenter, settings, in_session })
}

fn missing<'a>(wanted: &[&str], value: impl Fn(&str) -> Option<&'a str>) -> Vec<String> {
    let lacks = |name: &&&str| value(name).is_none_or(|value| value.trim().is_empty());
    wanted.iter().filter(lacks).map(|name| (*name).to_owned()).collect()
}

pub(super) fn sources<'a>(profiles: &'a ProfileSet, name: &str) -> Vec<&'a Profile> {
    let mut found: Vec<&Profile> = Vec::new();
    let mut next = profiles.get_profile(name);
    // Profiles may name each other in a circle.
    while let Some(profile) = next.filter(|next| !found.iter().any(|known| known.name() == next.name())) {
        found.push(profile);
        next = profile.get("source_profile").and_then(|name| profiles.get_profile(name));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;
    use std::collections::HashMap;

    const FILE: &str = "
[default]
region = eu-west-1
[profile prod]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
source_profile = base
ca_bundle = ~/corp.pem
[profile base]
region = ap-northeast-1
aws_access_key_id = AKIA
aws_secret_access_key = x
[profile half]
sso_session = corp
sso_account_id = 111122223333
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
[profile from-half]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
source_profile = half
[profile orphan]
role_arn = arn:aws:iam::111122223333:role/OrgAdmin
source_profile = nobody
[profile on-top]
role_arn = arn:aws:iam::111122223333:role/Audit
source_profile = orphan
[profile a]
role_arn = arn:aws:iam::111122223333:role/A
source_profile = b
[profile b]
role_arn = arn:aws:iam::111122223333:role/B
source_profile = a
";

    async fn read(env: &[(&str, &str)], profile: Option<&str>) -> Result<Configured, ApiError> {
        let env: Vec<_> = [("HOME", "/home/alice")].iter().chain(env).copied().collect();
        let files = HashMap::from([("/home/alice/.aws/config".to_owned(), FILE.as_bytes().to_vec())]);
        Configured::read(Env::from_slice(&env), &Fs::from_map(files), profile.map(ToOwned::to_owned)).await
    }

    #[tokio::test]
    async fn a_source_that_is_not_there_is_named_and_nothing_else_is_taken_for_it() {
        for profile in ["orphan", "on-top"] {
            let error = read(&[], Some(profile)).await.expect_err("no such source");
            assert!(
                error.sentence().contains("\"orphan\" takes its credentials from \"nobody\""),
                "{}",
                error.sentence()
            );
        }
        let keys = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "x"), ("AWS_PROFILE", "orphan")];
        assert!(read(&keys, None).await.is_ok(), "its credentials are not asked for");
    }

    #[tokio::test]
    async fn half_a_profile_of_identity_center_is_told_and_nothing_else_is_taken_for_it() {
        for profile in ["half", "from-half"] {
            let error = read(&[], Some(profile)).await.expect_err("half a profile");
            assert_eq!(error.kind, ApiErrorKind::Configuration);
            assert!(
                error.sentence().contains("\"half\"") && error.sentence().contains("sso_role_name"),
                "{}",
                error.sentence()
            );
        }
    }

    /// What of a profile's credentials may be missing.
    #[tokio::test]
    async fn whatever_part_of_a_profile_is_missing_is_named() {
        let session = "[sso-session whole]\nsso_region = r\nsso_start_url = u\n[sso-session no-url]\nsso_region = r\n\
                       [sso-session no-region]\nsso_start_url = u\n";
        let who = "sso_account_id = 1\nsso_role_name = r\n";
        for (section, missing) in [
            (format!("sso_session = no-url\n{who}"), "has no sso_start_url (in its sso-session \"no-url\")"),
            (format!("sso_session = no-region\n{who}"), "has no sso_region (in its sso-session \"no-region\")"),
            (format!("sso_session = wohle\n{who}"), "sso-session \"wohle\" is not in the AWS configuration files"),
            ("sso_session = whole\n".to_owned(), "has no sso_account_id and sso_role_name"),
            (format!("sso_start_url = u\n{who}"), "has no sso_region"),
            (format!("sso_region = r\n{who}"), "has no sso_start_url"),
            (who.to_owned(), "has no sso_start_url and sso_region"),
            ("role_arn = arn:aws:iam::1:role/A\n".to_owned(), "has a role but no source_profile or credential_source"),
            ("source_profile = default\n".to_owned(), "has no source of credentials"),
            ("web_identity_token_file = /t\n".to_owned(), "has no role_arn"),
            ("aws_access_key_id = AKIA\n".to_owned(), "has no aws_secret_access_key"),
            ("aws_secret_access_key = x\n".to_owned(), "has no aws_access_key_id"),
            ("aws_access_key_id =\naws_secret_access_key =\n".to_owned(), "has no source of credentials"),
            ("region = eu-west-1\n".to_owned(), "has no source of credentials"),
        ] {
            // Named, and as what is used where none is named.
            for (header, profile) in [("[profile x]", Some("x")), ("[default]", None)] {
                let file = format!("{header}\n{section}{session}");
                let files = HashMap::from([("/home/alice/.aws/config".to_owned(), file.into_bytes())]);
                let env = Env::from_slice(&[("HOME", "/home/alice")]);
                let read = Configured::read(env, &Fs::from_map(files), profile.map(ToOwned::to_owned)).await;
                match (read, profile) {
                    (Err(error), _) => assert!(error.sentence().contains(missing), "{section}: {}", error.sentence()),
                    // Settings alone are no reason not to ask the machine.
                    (Ok(configured), None) => assert!(!configured.is_asked_for() && section.starts_with("region")),
                    (Ok(_), Some(_)) => panic!("{section} was taken"),
                }
            }
        }
    }

    #[tokio::test]
    async fn half_of_the_keys_in_the_environment_is_told() {
        let error = read(&[("AWS_ACCESS_KEY_ID", "AKIA")], None).await.expect_err("half");
        assert!(error.sentence().contains("AWS_SECRET_ACCESS_KEY is not"), "{}", error.sentence());
        let whole = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "x")];
        assert!(read(&whole, None).await.is_ok());
        assert!(read(&[("AWS_ACCESS_KEY_ID", "AKIA")], Some("base")).await.is_ok(), "not looked at");
    }

    async fn region(env: &[(&str, &str)], profile: Option<&str>) -> (String, bool) {
        read(env, profile).await.expect("a configuration").region()
    }

    #[tokio::test]
    async fn the_region_is_the_environments_then_the_profiles_then_assumed() {
        assert_eq!(region(&[("AWS_REGION", "sa-east-1")], None).await, ("sa-east-1".into(), false));
        assert_eq!(region(&[("AWS_DEFAULT_REGION", "sa-east-1")], None).await, ("sa-east-1".into(), false));
        assert_eq!(region(&[("AWS_REGION", "")], None).await, ("eu-west-1".into(), false));
        assert_eq!(region(&[("AWS_PROFILE", "prod")], None).await, ("ap-northeast-1".into(), false));
        assert_eq!(region(&[], Some("a")).await, ("us-east-1".into(), true));
    }

    #[tokio::test]
    async fn a_profile_that_is_not_there_is_named() {
        for error in [read(&[], Some("pord")).await, read(&[("AWS_PROFILE", "pord")], None).await] {
            let error = error.expect_err("no such profile");
            assert_eq!(error.kind, ApiErrorKind::Configuration);
            assert!(error.sentence().contains("\"pord\""), "{}", error.sentence());
        }
    }

    #[tokio::test]
    async fn a_file_that_cant_be_parsed_is_not_passed_over() {
        let files = HashMap::from([("/home/alice/.aws/config".to_owned(), b"[default\nregion".to_vec())]);
        let env = Env::from_slice(&[("HOME", "/home/alice")]);
        let error = Configured::read(env, &Fs::from_map(files), None).await.expect_err("a broken file");
        assert_eq!(error.kind, ApiErrorKind::Configuration);
        assert!(error.sentence().contains("/.aws/config"), "{}", error.sentence());
    }

    #[tokio::test]
    async fn the_environments_bundle_beats_the_profiles() {
        let bundle = async |env: &[(&str, &str)]| read(env, Some("prod")).await.expect("a configuration").ca_bundle();
        assert_eq!(bundle(&[]).await, Some(("/home/alice/corp.pem".into(), "ca_bundle")));
        assert_eq!(bundle(&[("AWS_CA_BUNDLE", "/x.pem")]).await, Some(("/x.pem".into(), "AWS_CA_BUNDLE")));
    }
}
