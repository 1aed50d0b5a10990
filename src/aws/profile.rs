//! What the configuration files of AWS say, before the SDK reads them.
//!
//! The SDK passes over some of it in silence, or fails much later with words that help nobody.

use std::borrow::Cow;
use std::path::PathBuf;

use aws_config::profile::{Profile, ProfileSet};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use super::fault;
use super::sts::GET_CALLER_IDENTITY;
use crate::domain::fault::{Fault, FaultKind};

/// The region where the organization's own endpoints live; taken if nothing names another.
const FALLBACK_REGION: &str = "us-east-1";

/// The files and the environment, as far as this program looks into them itself.
#[derive(Debug)]
pub(crate) struct Configured {
    env: Env,
    profiles: ProfileSet,
    /// The profile that was named, on the command line or in `AWS_PROFILE`.
    pub(crate) named: Option<String>,
    explicit: bool,
}

impl Configured {
    /// Reads the files. `explicit` is the profile of the command line.
    ///
    /// # Errors
    /// `Configuration` if a file can't be read or parsed, or lacks the profile.
    pub(crate) async fn read(env: Env, fs: &Fs, explicit: Option<String>) -> Result<Self, Fault> {
        let is_explicit = explicit.is_some();
        let named = explicit.or_else(|| set(&env, "AWS_PROFILE"));
        let selected = named.clone().map_or(Cow::Borrowed("default"), Cow::Owned);
        let profiles = aws_config::profile::load(fs, &env, &EnvConfigFiles::default(), Some(selected))
            .await
            .map_err(|error| configuration(&fault::readable(&error)))?;
        if let Some(name) = &named
            && profiles.get_profile(name).is_none()
        {
            return Err(configuration(&format!("profile \"{name}\" is in neither of the AWS configuration files")));
        }
        let configured = Self { env, profiles, named, explicit: is_explicit };
        configured.check_sources()?;
        Ok(configured)
    }

    /// Whether what credentials are taken from is there, and whole. The SDK would go on to those of the
    /// container or instance, and act as somebody else under the profile's name.
    fn check_sources(&self) -> Result<(), Fault> {
        if self.environment_comes_first() {
            return Ok(());
        }
        let is_half = |section: &&&Profile| {
            let signs_in = section.get("sso_session").is_some() || section.get("sso_start_url").is_some();
            let whole = section.get("sso_account_id").is_some() && section.get("sso_role_name").is_some();
            section.get("role_arn").is_none() && section.get("aws_access_key_id").is_none() && signs_in && !whole
        };
        if let Some(section) = self.sources().iter().find(is_half) {
            return Err(configuration(&format!(
                "profile \"{}\" is one of IAM Identity Center and lacks sso_account_id or sso_role_name",
                section.name()
            )));
        }
        for section in self.sources().into_iter().filter(|section| section.get("role_arn").is_some()) {
            if let Some(source) = section.get("source_profile").filter(|name| self.profiles.get_profile(name).is_none())
            {
                return Err(configuration(&format!(
                    "profile \"{}\" takes its credentials from \"{source}\", which is in neither of the AWS \
                     configuration files",
                    section.name()
                )));
            }
        }
        Ok(())
    }

    /// The region, and whether it had to be assumed. The instance metadata service, which the SDK
    /// would ask, is not asked: off EC2 that costs seconds.
    pub(crate) fn region(&self) -> (String, bool) {
        let found = set(&self.env, "AWS_REGION")
            .or_else(|| set(&self.env, "AWS_DEFAULT_REGION"))
            .or_else(|| self.sources().into_iter().find_map(|profile| profile.get("region")).map(ToOwned::to_owned));
        found.map_or_else(|| (FALLBACK_REGION.to_owned(), true), |region| (region, false))
    }

    /// The file of additional CA certificates, and what names it. The SDK for Rust knows neither.
    pub(crate) fn ca_bundle(&self) -> Option<(PathBuf, &'static str)> {
        if let Some(path) = set(&self.env, "AWS_CA_BUNDLE") {
            return Some((self.expand(&path), "AWS_CA_BUNDLE"));
        }
        let path = self.selected()?.get("ca_bundle").filter(|path| !path.is_empty())?;
        Some((self.expand(path), "ca_bundle of the profile"))
    }

    /// Whether keys in the environment are taken before anything the files say: unless the profile was
    /// named on the command line.
    pub(crate) fn environment_comes_first(&self) -> bool {
        !self.explicit && set(&self.env, "AWS_ACCESS_KEY_ID").is_some()
    }

    fn selected(&self) -> Option<&Profile> {
        self.profiles.get_profile(self.profiles.selected_profile())
    }

    /// The profile and those it takes its credentials from, in order.
    pub(crate) fn sources(&self) -> Vec<&Profile> {
        sources(&self.profiles, self.profiles.selected_profile())
    }

    fn expand(&self, path: &str) -> PathBuf {
        match (path.strip_prefix("~/"), set(&self.env, "HOME")) {
            (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
            _ => PathBuf::from(path),
        }
    }
}

/// The profile of this name and those it takes its credentials from, in order.
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

/// A variable of the environment, if it is there and not empty.
pub(super) fn set(env: &Env, name: &str) -> Option<String> {
    env.get(name).ok().filter(|value| !value.is_empty())
}

pub(super) fn configuration(message: &str) -> Fault {
    Fault::new(GET_CALLER_IDENTITY, FaultKind::Configuration, message)
}

#[cfg(test)]
mod tests {
    use super::*;
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
source_profile = b
[profile b]
source_profile = a
";

    async fn read(env: &[(&str, &str)], profile: Option<&str>) -> Result<Configured, Fault> {
        let env: Vec<_> = [("HOME", "/home/alice")].iter().chain(env).copied().collect();
        let files = HashMap::from([("/home/alice/.aws/config".to_owned(), FILE.as_bytes().to_vec())]);
        Configured::read(Env::from_slice(&env), &Fs::from_map(files), profile.map(ToOwned::to_owned)).await
    }

    #[tokio::test]
    async fn a_source_that_is_not_there_is_named_and_nothing_else_is_taken_for_it() {
        for profile in ["orphan", "on-top"] {
            let fault = read(&[], Some(profile)).await.expect_err("no such source");
            assert!(fault.message.contains("\"orphan\" takes its credentials from \"nobody\""), "{}", fault.message);
        }
        let keys = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_PROFILE", "orphan")];
        assert!(read(&keys, None).await.is_ok(), "its credentials are not asked for");
    }

    #[tokio::test]
    async fn half_a_profile_of_identity_center_is_told_and_nothing_else_is_taken_for_it() {
        for profile in ["half", "from-half"] {
            let fault = read(&[], Some(profile)).await.expect_err("half a profile");
            assert_eq!(fault.kind, FaultKind::Configuration);
            assert!(fault.message.contains("\"half\"") && fault.message.contains("sso_role_name"), "{}", fault.message);
        }
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
        for fault in [read(&[], Some("pord")).await, read(&[("AWS_PROFILE", "pord")], None).await] {
            let fault = fault.expect_err("no such profile");
            assert_eq!(fault.kind, FaultKind::Configuration);
            assert!(fault.message.contains("\"pord\""), "{}", fault.message);
        }
    }

    #[tokio::test]
    async fn a_file_that_cant_be_parsed_is_not_passed_over() {
        let files = HashMap::from([("/home/alice/.aws/config".to_owned(), b"[default\nregion".to_vec())]);
        let env = Env::from_slice(&[("HOME", "/home/alice")]);
        let fault = Configured::read(env, &Fs::from_map(files), None).await.expect_err("a broken file");
        assert_eq!(fault.kind, FaultKind::Configuration);
        assert!(fault.message.contains("/.aws/config"), "{}", fault.message);
    }

    #[tokio::test]
    async fn the_environments_bundle_beats_the_profiles() {
        let bundle = async |env: &[(&str, &str)]| read(env, Some("prod")).await.expect("a configuration").ca_bundle();
        assert_eq!(bundle(&[]).await, Some(("/home/alice/corp.pem".into(), "ca_bundle of the profile")));
        assert_eq!(bundle(&[("AWS_CA_BUNDLE", "/x.pem")]).await, Some(("/x.pem".into(), "AWS_CA_BUNDLE")));
    }
}
