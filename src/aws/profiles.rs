//! The profiles that a person can choose among.

use aws_config::profile::{Profile as Section, ProfileSet};
use aws_types::os_shim_internal::{Env, Fs};

use super::config_files::{AwsFiles, key_of, name_of};
use super::mfa::MfaChain;
use super::profile::{sections, sources};
use super::settings::set;
use crate::domain::api_error::ApiError;
use crate::domain::profile::{CredentialSource, Profile, SignIn, SignInTool};
use crate::domain::text::clean;

/// In the order of their names; first what is used where none is named.
pub(crate) async fn list() -> Result<Vec<Profile>, ApiError> {
    list_in(&Env::real(), &Fs::real()).await
}

/// Only the names, in their order.
pub(crate) async fn names() -> Option<Vec<String>> {
    let profiles = list().await.ok()?;
    Some(profiles.into_iter().filter_map(|profile| profile.name).collect())
}

/// The profiles of files that are not on a disk.
#[cfg(any(test, fuzzing))]
pub(crate) async fn list_of(files: std::collections::HashMap<String, Vec<u8>>) -> Result<Vec<Profile>, ApiError> {
    list_in(&Env::from_slice(&[("HOME", "/home/alice")]), &Fs::from_map(files)).await
}

async fn list_in(env: &Env, fs: &Fs) -> Result<Vec<Profile>, ApiError> {
    let files = AwsFiles::read(env, fs).await?;
    let sections = sections(env, fs, &files, "default".to_owned()).await?;
    let mut keys: Vec<&str> = sections.profiles().collect();
    keys.sort_unstable_by_key(|key| name_of(key));
    let others = keys.into_iter().map(|key| Profile { name: Some(clean(&name_of(key))), ..profile(&sections, key) });
    Ok(std::iter::once(unnamed(env, &sections)).chain(others).collect())
}

fn unnamed(env: &Env, sections: &ProfileSet) -> Profile {
    let mut unnamed = profile(sections, &key_of(set(env, "AWS_PROFILE").as_deref().unwrap_or("default")));
    // Keys in the environment come before the files, a token's role behind them.
    let role = || set(env, "AWS_WEB_IDENTITY_TOKEN_FILE").and_then(|_| set(env, "AWS_ROLE_ARN"));
    let environment = if set(env, "AWS_ACCESS_KEY_ID").is_some() {
        Some(CredentialSource::Environment)
    } else if unnamed.source == CredentialSource::Machine {
        role().map(|role| CredentialSource::WebIdentity(role_name(&role)))
    } else {
        None
    };
    if let Some(source) = environment {
        unnamed = Profile { source, account: None, sign_in: None, mfa: None, ..unnamed };
    }
    let region = set(env, "AWS_REGION").or_else(|| set(env, "AWS_DEFAULT_REGION"));
    Profile { region: region.map(|region| clean(&region)).or(unnamed.region), ..unnamed }
}

fn profile(sections: &ProfileSet, name: &str) -> Profile {
    let chain = sources(sections, name);
    let first = |key: &str| chain.iter().find_map(|section| section.get(key)).map(clean);
    Profile {
        name: None,
        source: chain.first().map_or(CredentialSource::Machine, |section| source(section)),
        region: first("region"),
        account: chain.first().and_then(|section| account(section)),
        endpoint: chain.first().and_then(|section| section.get("endpoint_url")).map(clean),
        sign_in: chain.iter().find_map(|section| sign_in(section)),
        mfa: MfaChain::of_sections(&chain, None).ok().flatten().and_then(|chain| chain.wants()),
    }
}

/// In the order in which the SDK looks.
fn source(section: &Section) -> CredentialSource {
    if let Some(role) = section.get("role_arn") {
        let role = role_name(role);
        if section.get("web_identity_token_file").is_some() {
            return CredentialSource::WebIdentity(role);
        }
        let from = section.get("source_profile").or_else(|| section.get("credential_source")).unwrap_or("-");
        return CredentialSource::Role(role, clean(&name_of(from)));
    }
    if is_identity_center(section) {
        CredentialSource::IdentityCenter(section.get("sso_role_name").map(clean).unwrap_or_default())
    } else if section.get("login_session").is_some() {
        CredentialSource::Login
    } else if section.get("credential_process").is_some() {
        CredentialSource::Process
    } else if section.get("aws_access_key_id").is_some() {
        CredentialSource::Keys
    } else {
        CredentialSource::Machine
    }
}

fn is_identity_center(section: &Section) -> bool {
    section.get("sso_session").is_some() || section.get("sso_start_url").is_some()
}

fn account(section: &Section) -> Option<String> {
    let of_arn = |arn: &str| arn.split(':').nth(4).filter(|account| !account.is_empty()).map(clean);
    let arn = section.get("role_arn").or_else(|| section.get("login_session"));
    arn.and_then(of_arn).or_else(|| section.get("sso_account_id").map(clean))
}

fn sign_in(section: &Section) -> Option<SignIn> {
    let signs_in = |tool| Some(SignIn { tool, profile: clean(&name_of(section.name())) });
    match source(section) {
        CredentialSource::IdentityCenter(_) => signs_in(SignInTool::Sso),
        CredentialSource::Login => signs_in(SignInTool::Login),
        _ => None,
    }
}

fn role_name(arn: &str) -> String {
    clean(arn.rsplit('/').next().unwrap_or(arn))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const FILE: &str = "
[default]
region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = OrgAdmin
region = eu-central-1
[sso-session corp]
sso_region = eu-central-1
sso_start_url = https://corp.awsapps.com/start
[profile prod]
role_arn = arn:aws:iam::444455556666:role/ops/OrgAdmin
source_profile = sso
[profile console]
login_session = arn:aws:iam::111122223333:user/alice
[profile keys]
aws_access_key_id = AKIA
aws_secret_access_key = x
[profile mfa]
role_arn = arn:aws-us-gov:iam::111122223333:role/OrgAdmin
mfa_serial = arn:aws-us-gov:iam::111122223333:mfa/alice
source_profile = keys
[profile process]
credential_process = /bin/true
[profile a]
role_arn = arn:aws:iam::111122223333:role/A
source_profile = b
[profile b]
role_arn = arn:aws:iam::111122223333:role/B
source_profile = a
";

    async fn listed(env: &[(&str, &str)]) -> Vec<Profile> {
        let env: Vec<_> = [("HOME", "/home/alice")].iter().chain(env).copied().collect();
        let files = HashMap::from([("/home/alice/.aws/config".to_owned(), FILE.as_bytes().to_vec())]);
        list_in(&Env::from_slice(&env), &Fs::from_map(files)).await.expect("profiles")
    }

    #[tokio::test]
    async fn each_profile_tells_where_its_credentials_come_from() {
        use CredentialSource as S;
        let all = listed(&[]).await;
        let of = |name: &str| all.iter().find(|profile| profile.name.as_deref() == Some(name)).expect("it is there");
        let names: Vec<_> = all.iter().map(|profile| profile.name.as_deref().unwrap_or("-")).collect();
        assert_eq!(names, ["-", "a", "b", "console", "default", "keys", "mfa", "process", "prod", "sso"]);
        assert_eq!((&all[0].source, all[0].region.as_deref()), (&S::Machine, Some("eu-west-1")));
        assert_eq!(of("sso").source, S::IdentityCenter("OrgAdmin".into()));
        assert_eq!(of("prod").source, S::Role("OrgAdmin".into(), "sso".into()));
        assert_eq!((of("keys").source.clone(), of("process").source.clone()), (S::Keys, S::Process));
        assert_eq!(
            (of("prod").region.as_deref(), of("prod").account.as_deref()),
            (Some("eu-central-1"), Some("444455556666"))
        );
        // A role takes its credentials from another profile, which is the one to sign in with.
        let sso = Some(SignIn { tool: SignInTool::Sso, profile: "sso".into() });
        assert_eq!((&of("sso").sign_in, &of("prod").sign_in), (&sso, &sso));
        assert_eq!(of("console").sign_in.as_ref().map(|sign_in| sign_in.tool), Some(SignInTool::Login));
        assert_eq!(of("keys").sign_in, None);
        let device = of("mfa").mfa.clone().expect("a device");
        assert_eq!(device.serial, "arn:aws-us-gov:iam::111122223333:mfa/alice");
    }

    #[tokio::test]
    async fn keys_in_the_environment_are_what_is_used_where_no_profile_is_named() {
        let all = listed(&[("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_REGION", "sa-east-1")]).await;
        assert_eq!(all[0].source, CredentialSource::Environment);
        assert_eq!(all[0].region.as_deref(), Some("sa-east-1"));
    }

    #[tokio::test]
    async fn names_in_quotes_are_chosen_among_and_signed_in_with_as_they_are() {
        let file = "[profile 'Acme payer']\n  sso_session = Acme Ltd\n  sso_account_id = 111122223333\n  \
                    sso_role_name = OrgAdmin\n[sso-session 'Acme Ltd']\nsso_region = us-east-1\n\
                    sso_start_url = https://acme.awsapps.com/start\n[profile stg]\nsource_profile = Acme payer\n\
                    role_arn = arn:aws:iam::444455556666:role/OrgAdmin\n";
        let env = [("HOME", "/home/alice"), ("AWS_PROFILE", "Acme payer")];
        let files = HashMap::from([("/home/alice/.aws/config".to_owned(), file.as_bytes().to_vec())]);
        let all = list_in(&Env::from_slice(&env), &Fs::from_map(files)).await.expect("profiles");
        let names: Vec<_> = all.iter().map(|profile| profile.name.as_deref().unwrap_or("-")).collect();
        assert_eq!(names, ["-", "Acme payer", "stg"]);
        let source = CredentialSource::IdentityCenter("OrgAdmin".into());
        assert_eq!((&all[0].source, &all[1].source), (&source, &source));
        assert_eq!(all[2].source, CredentialSource::Role("OrgAdmin".into(), "Acme payer".into()));
        let sign_in = Some(SignIn { tool: SignInTool::Sso, profile: "Acme payer".into() });
        assert_eq!((&all[1].sign_in, &all[2].sign_in), (&sign_in, &sign_in));
    }
}
