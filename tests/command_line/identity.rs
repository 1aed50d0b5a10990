//! Whose credentials a profile leads to, and that nobody else's are taken in their place.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rootdeck::emulator::Identity;

use crate::program::{Ended, program};
use crate::site::{SANDBOX, Site};

/// What hands out credentials on this machine, as containers have it.
struct Container {
    url: String,
    asked: Arc<AtomicUsize>,
}

impl Container {
    fn giving(site: &Site) -> Self {
        let key = site.emulator.access_key(Identity::Management);
        let body = format!(
            "{{\"AccessKeyId\":\"{}\",\"SecretAccessKey\":\"{}\",\"Token\":\"t\",\"Expiration\":\"2099-01-01T00:00:00Z\"}}",
            key.id, key.secret
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/credentials", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.read(&mut [0; 4096]);
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all((head + &body).as_bytes());
            }
        });
        Self { url, asked }
    }
}

/// The program in a container, with this configuration of AWS and no keys in the environment.
fn command(site: &Site, container: &Container, config: &str, arguments: &[&str]) -> Command {
    let mut command = configured(site, config, arguments);
    command.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &container.url);
    command
}

/// The program with this configuration of AWS and no keys in the environment.
pub(super) fn configured(site: &Site, config: &str, arguments: &[&str]) -> Command {
    fs::create_dir_all(site.home.path().join(".aws")).unwrap();
    fs::write(site.home.path().join(".aws/config"), config).unwrap();
    let mut command = program(&site.home, arguments);
    command
        .env("AWS_ENDPOINT_URL", site.emulator.endpoint_url())
        .env("AWS_REGION", "us-east-1")
        .env("PATH", "/usr/bin:/bin");
    command
}

fn run(site: &Site, container: &Container, config: &str, arguments: &[&str]) -> Ended {
    command(site, container, config, arguments).output().unwrap().into()
}

const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/OrgAdmin\n";
const WHO: &str = "sso_account_id = 111122223333\nsso_role_name = OrgAdmin\n";

/// What a profile `x` may say while something is missing, alone and in a whole configuration.
pub(super) fn lacking() -> Vec<(String, String)> {
    let sessions = "[sso-session whole]\nsso_region = us-east-1\nsso_start_url = https://x.example/start\n\
                    [sso-session no-url]\nsso_region = us-east-1\n[sso-session no-region]\nsso_start_url = https://x.example/s\n";
    let all = [
        format!("sso_session = no-url\n{WHO}"),
        format!("sso_session = no-region\n{WHO}"),
        format!("sso_session = missing\n{WHO}"),
        "sso_session = whole\n".to_owned(),
        "sso_session = whole\nsso_account_id = 111122223333\n".to_owned(),
        format!("sso_start_url = https://x.example/start\n{WHO}"),
        format!("sso_region = us-east-1\n{WHO}"),
        WHO.to_owned(),
        ROLE.to_owned(),
        format!("{ROLE}source_profile = missing\n"),
        format!("{ROLE}source_profile = settings\n"),
        format!("{ROLE}credential_source = Elsewhere\n"),
        format!("{ROLE}web_identity_token_file = /no/such/token\n"),
        "web_identity_token_file = /no/such/token\n".to_owned(),
        "source_profile = settings\n".to_owned(),
        "mfa_serial = arn:aws:iam::111122223333:mfa/alice\n".to_owned(),
        "aws_access_key_id = AKIAEXAMPLE\n".to_owned(),
        "aws_secret_access_key = example\n".to_owned(),
        "login_session = arn:aws:iam::111122223333:user/alice\n".to_owned(),
        "credential_process = \n".to_owned(),
        "credential_process = /no/such/program\n".to_owned(),
        "credential_proces = /bin/true\n".to_owned(),
    ];
    let config = |lines: &str| format!("[profile settings]\nregion = us-east-1\n{sessions}[profile x]\n{lines}");
    all.into_iter().map(|lines| (lines.clone(), config(&lines))).collect()
}

#[test]
fn whatever_a_profile_lacks_the_container_gives_nothing_in_its_name() {
    let site = Site::closed();
    let container = Container::giving(&site);
    run(&site, &container, "[default]\nregion = us-east-1\n", &["accounts"]).expect(0, &[]);
    assert_eq!(container.asked.swap(0, Ordering::SeqCst), 1, "it gives credentials where no profile is named");
    for (lines, config) in lacking() {
        for (how, ended) in [
            ("--profile", run(&site, &container, &config, &["--profile", "x", "accounts"])),
            ("AWS_PROFILE", {
                let mut command = command(&site, &container, &config, &["accounts"]);
                Ended::from(command.env("AWS_PROFILE", "x").output().unwrap())
            }),
            ("default", run(&site, &container, &config.replace("[profile x]", "[default]"), &["accounts"])),
        ] {
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{how} {lines}: {}", ended.stderr);
        }
    }
    assert_eq!(container.asked.load(Ordering::SeqCst), 0, "the container was asked");
}

#[test]
fn a_profile_that_says_so_is_the_containers() {
    let site = Site::closed();
    let container = Container::giving(&site);
    let config = format!("[profile x]\n{ROLE}credential_source = EcsContainer\n");
    // What the emulated AWS says to the role is its own affair.
    run(&site, &container, &config, &["--profile", "x", "accounts"]);
    assert_eq!(container.asked.load(Ordering::SeqCst), 1);
    assert!(site.arrived("AssumeRole") > 0);
}

#[test]
fn profiles_are_read_as_the_aws_cli_reads_them() {
    let site = Site::closed();
    let container = Container::giving(&site);
    let key = site.emulator.access_key(Identity::Management);
    let keys = format!("  aws_access_key_id = {}\n  aws_secret_access_key = {}\n", key.id, key.secret);
    let config = format!(
        "# ours\n[profile indented]\n{keys}\n[profile 'Acme payer']\n{keys}[profile \"Acme two\"]\n{keys}\
         [profile Acme three]\n{keys}[bare]\n{keys}"
    );
    for profile in ["indented", "Acme payer", "Acme two"] {
        run(&site, &container, &config, &["--profile", profile, "accounts"]).expect(0, &[]);
    }
    let three = run(&site, &container, &config, &["--profile", "Acme three", "accounts"]);
    three.expect(4, &["line 12 of", ".aws/config", "not in quotes"]);
    let bare = run(&site, &container, &config, &["--profile", "bare", "accounts"]);
    bare.expect(4, &["line 15 of", "has no prefix profile"]);
    let none = run(&site, &container, &config, &["--profile", "nobody", "accounts"]);
    none.expect(4, &["not in the AWS configuration files"]);
    let broken = run(&site, &container, "[default]\nregion\n", &["accounts"]);
    broken.expect(4, &["line 2 of", "has no \"=\""]);
}

/// A configuration whose program counts how often it is run, and then runs this program.
fn process(site: &Site, profile: &str, arguments: &str) -> String {
    let runs = site.home.path().join("runs");
    let program = env!("CARGO_BIN_EXE_rootdeck");
    format!(
        "[profile {profile}]\ncredential_process = echo run >> '{}'; exec '{program}' {arguments} --credential-process\n",
        runs.display()
    )
}

fn runs(site: &Site) -> usize {
    fs::read_to_string(site.home.path().join("runs")).unwrap_or_default().lines().count()
}

#[test]
fn a_program_for_credentials_that_comes_back_to_its_profile_is_started_once() {
    let site = Site::open();
    let container = Container::giving(&site);
    let session = format!("session {SANDBOX} IAMAuditRootUserCredentials");
    for (profile, named) in [("loop", ""), ("'Acme payer'", ""), ("loop", "--profile loop ")] {
        fs::remove_file(site.home.path().join("runs")).ok();
        let config = process(&site, profile, &format!("{named}{session}"));
        let name = profile.trim_matches('\'');
        let mut command = command(&site, &container, &config, &["accounts"]);
        let ended = Ended::from(command.env("AWS_PROFILE", name).output().unwrap());
        ended.expect(2, &["credential_process = rootdeck --profile OTHER session"]);
        assert_eq!(runs(&site), 1, "{}", ended.stderr);
    }
    // Two that call each other.
    fs::remove_file(site.home.path().join("runs")).ok();
    let config = process(&site, "a", &format!("--profile b {session}"))
        + &process(&site, "b", &format!("--profile a {session}"));
    run(&site, &container, &config, &["--profile", "a", "accounts"]).expect(2, &[]);
    assert_eq!(runs(&site), 2);
    assert_eq!(container.asked.load(Ordering::SeqCst), 0);
}

#[test]
fn a_program_for_credentials_may_be_this_one_with_another_profile() {
    let site = Site::open();
    let container = Container::giving(&site);
    let key = site.emulator.access_key(Identity::Management);
    let config = process(&site, "stg-root", &format!("--profile payer session {SANDBOX} IAMAuditRootUserCredentials"))
        + &format!("[profile payer]\naws_access_key_id = {}\naws_secret_access_key = {}\n", key.id, key.secret);
    let before = site.arrived("AssumeRoot");
    let ended = run(&site, &container, &config, &["--profile", "stg-root", "accounts"]);
    // Root of the account, within its task.
    ended.expect(4, &["organizations:ListAccounts"]);
    assert_eq!((runs(&site), site.arrived("AssumeRoot")), (1, before + 1));
}

#[test]
fn the_demo_reads_the_configuration() {
    let home = tempfile::TempDir::new().unwrap();
    let folder = home.path().join(".config/rootdeck");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "read_only = true\n").unwrap();
    let trust = ["--demo", "trust", "enable", "iam.amazonaws.com", "--yes"];
    Ended::from(program(&home, &trust).output().unwrap()).expect(4, &["read-only"]);
}
