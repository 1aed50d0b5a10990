use std::collections::HashMap;

use super::*;
use crate::aws::profile::Configured;

async fn read(file: &str, profile: &str) -> Result<Configured, ApiError> {
    read_with(&[], file, profile).await
}

async fn read_with(env: &[(&str, &str)], file: &str, profile: &str) -> Result<Configured, ApiError> {
    let env: Vec<_> = [("HOME", "/home/alice")].iter().chain(env).copied().collect();
    let files = HashMap::from([("/home/alice/.aws/config".to_owned(), file.as_bytes().to_vec())]);
    Configured::read(Env::from_slice(&env), &Fs::from_map(files), Some(profile.to_owned())).await
}

/// A property of a profile, as the SDK will see it.
async fn property(file: &str, profile: &str, name: &str) -> String {
    let configured = read(file, profile).await.unwrap_or_else(|error| panic!("{profile}: {}", error.sentence()));
    let sources = configured.sources();
    sources[0].get(name).unwrap_or_else(|| panic!("{profile} lacks {name}")).to_owned()
}

const KEYS: &str = "aws_access_key_id = AKIA\naws_secret_access_key = x\n";

#[tokio::test]
async fn indented_properties_are_properties_and_what_is_indented_below_one_belongs_to_it() {
    let file = "[profile a]\n  aws_access_key_id = AKIA\n  aws_secret_access_key = x\n\n  # a comment\n  region: eu-west-1\n\
                \ts3 =\n\t\taddressing_style = path\n\tca_bundle = /x.pem\n";
    assert_eq!(property(file, "a", "region").await, "eu-west-1");
    assert_eq!(property(file, "a", "ca_bundle").await, "/x.pem");
    assert_eq!(property(file, "a", "s3").await, "\naddressing_style = path");
}

#[tokio::test]
async fn names_in_quotes_with_blanks_or_in_other_scripts_are_read() {
    for (header, name) in [
        ("[profile 'Acme payer']", "Acme payer"),
        ("[profile \"Acme payer\"] ; the payer", "Acme payer"),
        ("[profile \"O'Neill & Co [test]\"]", "O'Neill & Co [test]"),
        ("[profile 'it''s']", "its"),
        ("[profile 支払い]", "支払い"),
        ("  [profile\tplain]", "plain"),
        ("[profile %41]", "%41"),
        ("[default]", "default"),
    ] {
        let file = format!("{header}\n{KEYS}region = sa-east-1\n");
        assert_eq!(property(&file, name, "region").await, "sa-east-1", "{header}");
    }
}

#[tokio::test]
async fn a_name_that_is_another_ones_disguise_is_a_name_of_its_own() {
    let file = format!(
        "[profile 'a b']\n{KEYS}region = one\n[profile %a%20b]\n{KEYS}region = two\n[profile a%20b]\n{KEYS}region = three\n"
    );
    assert_eq!(property(&file, "a b", "region").await, "one");
    assert_eq!(property(&file, "%a%20b", "region").await, "two");
    assert_eq!(property(&file, "a%20b", "region").await, "three");
}

#[test]
fn names_come_back_from_what_the_sdk_takes() {
    for name in ["a", "a b", "%", "%25", "日本", "a;b'c\"", "x\u{1F980}y", ""] {
        let key = key_of(name);
        assert!(key.chars().all(is_plain), "{key}");
        assert_eq!(name_of(&key), name);
    }
}

#[tokio::test]
async fn a_profile_with_blanks_is_found_as_a_source_and_its_session_under_its_own_name() {
    let file = "[profile on-top]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = Acme payer # base\n\
                [profile 'Acme payer']\nsso_session = Acme Ltd\nsso_account_id = 111122223333\nsso_role_name = A\n\
                [sso-session 'Acme Ltd']\nsso_region = eu-west-1\nsso_start_url = https://acme.awsapps.com/start\n";
    let configured = read(file, "on-top").await.expect("a configuration");
    let sources = configured.sources();
    assert_eq!(name_of(sources[1].name()), "Acme payer");
    let session = configured.sso_session(sources[1].get("sso_session").expect("a session")).expect("a session");
    assert_eq!((session.name.as_str(), session.region.as_str()), ("Acme Ltd", "eu-west-1"));
}

async fn refused(file: &str, profile: &str) -> String {
    let error = read(file, profile).await.expect_err(file);
    assert_eq!(error.kind, ApiErrorKind::Configuration);
    error.sentence()
}

#[tokio::test]
async fn a_section_that_cant_be_used_is_told_with_its_line_and_why() {
    let cases = [
        ("[default]\n[profile Acme payer]\n", "Acme payer", "line 2 of /home/alice/.aws/config", "not in quotes"),
        ("[bare]\n", "bare", "line 1", "has no prefix profile"),
        ("[profile 'open]\n", "open", "line 1", "unclosed quote"),
    ];
    for (file, name, line, why) in cases {
        let message = refused(&format!("{file}{KEYS}"), name).await;
        assert!(message.contains(line) && message.contains(why), "{message}");
        assert!(!message.contains("neither"), "{message}");
    }
    assert!(refused("[default]\n", "nobody").await.contains("is not in the AWS configuration files"));
}

#[tokio::test]
async fn a_line_that_means_nothing_is_told_without_repeating_it() {
    for (file, line) in [
        ("aws_access_key_id = AKIASECRET\n", 1),
        ("[default]\nAKIASECRET\n", 2),
        ("[default]\n= AKIASECRET\n", 2),
        ("[default]\ns3 =\n  AKIASECRET\n", 3),
        ("[default\n", 1),
    ] {
        let message = refused(file, "default").await;
        assert!(message.contains(&format!("line {line} of the AWS configuration file /home")), "{message}");
        assert!(!message.contains("AKIASECRET"), "{message}");
    }
}

#[tokio::test]
async fn a_file_that_cant_be_read_is_not_taken_for_an_empty_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let env = [("AWS_CONFIG_FILE", folder.path().to_str().expect("a path"))];
    let error = read_with(&env, "", "default").await.expect_err("a folder");
    assert!(error.sentence().contains("is not a regular file"), "{}", error.sentence());
    let files = HashMap::from([("/home/alice/.aws/config".to_owned(), vec![0xE9])]);
    let env = Env::from_slice(&[("HOME", "/home/alice")]);
    let error = Configured::read(env, &Fs::from_map(files), None).await.expect_err("not UTF-8");
    assert!(error.sentence().contains("UTF-8"), "{}", error.sentence());
}

const PROCESS: &str = "[profile 'a b']\ncredential_process = \"/opt/x y/helper\" --for a # why\n";

#[tokio::test]
async fn the_program_of_a_profile_is_told_for_whom_it_was_started() {
    let process = property(PROCESS, "a b", "credential_process").await;
    assert_eq!(
        process,
        "export ROOTDECK_CREDENTIAL_PROCESS_OF='%a%20b@/home/alice/.aws/config'; \"/opt/x y/helper\" --for a"
    );
}

#[tokio::test]
async fn the_program_of_a_profile_is_not_started_inside_of_itself_or_endlessly() {
    let inside = |of: &str| [(STARTED_FOR, of.to_owned())];
    for (of, refused) in [
        ("%a%20b@/home/alice/.aws/config", true),
        ("x@/f,%a%20b@/home/alice/.aws/config", true),
        ("%a%20b@/another/file", false),
        ("b@/home/alice/.aws/config", false),
        ("1,2,3,4", false),
        ("1,2,3,4,5", true),
    ] {
        let env = inside(of);
        let env: Vec<_> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let read = read_with(&env, PROCESS, "a b").await;
        assert_eq!(read.is_err(), refused, "{of}");
        if let Err(error) = read {
            assert_eq!(error.kind, ApiErrorKind::CredentialLoop);
            assert!(error.sentence().contains("\"a b\""), "{}", error.sentence());
        }
    }
}
