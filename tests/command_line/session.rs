//! `rootdeck session`.

use std::os::unix::fs::PermissionsExt;

use crate::program::Ended;
use crate::site::{CLEAN, MANAGEMENT, SANDBOX, Site};

const AUDIT: &str = "IAMAuditRootUserCredentials";

/// A value that a program in the session printed as `NAME=VALUE`.
fn variable<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
}

#[test]
fn a_command_gets_the_session_and_nothing_else_to_sign_with() {
    let site = Site::open();
    let mut command = site.command(&["session", SANDBOX, AUDIT, "--", "env"]);
    let ended = Ended::from(command.env("AWS_ROLE_ARN", "arn:aws:iam::1:role/x").output().unwrap());
    ended.expect(0, &["Alarms on root usage will fire", "iam:GetAccountSummary"]);
    let seen = |name| variable(&ended.stdout, name);
    assert!(seen("AWS_ACCESS_KEY_ID").unwrap().starts_with("ASIA"));
    assert!(!seen("AWS_SESSION_TOKEN").unwrap().is_empty());
    assert_eq!(seen("AWS_ENDPOINT_URL"), Some(site.emulator.endpoint_url().as_str()));
    assert_eq!(seen("ROOTDECK_SESSION"), Some("444455556666/IAMAuditRootUserCredentials"));
    assert_eq!(seen("AWS_ROLE_ARN"), None);
    // What this program says holds none of it.
    for secret in ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
        assert!(!ended.stderr.contains(seen(secret).unwrap()));
    }
}

#[test]
fn the_session_is_root_of_the_account() {
    let site = Site::open();
    let mut command = site.command(&["session", SANDBOX, AUDIT, "--", env!("CARGO_BIN_EXE_rootdeck"), "accounts"]);
    let ended = Ended::from(command.output().unwrap());
    // Root within a task policy may not list accounts, and is told so by its own name.
    ended.expect(4, &["organizations:ListAccounts"]);
    assert!(site.arrived("GetCallerIdentity") > 0);
}

#[test]
fn a_region_without_endpoints_of_its_own_is_not_handed_on() {
    let site = Site::open();
    let ended = site.run(&["--region", "aws-global", "session", SANDBOX, AUDIT, "--", "env"]);
    ended.expect(0, &[]);
    assert_eq!(variable(&ended.stdout, "AWS_REGION"), Some("us-east-1"));
}

#[test]
fn what_the_command_ends_with_is_passed_on() {
    let site = Site::open();
    site.run(&["session", SANDBOX, AUDIT, "--", "sh", "-c", "exit 7"]).expect(7, &[]);
    site.run(&["session", SANDBOX, AUDIT, "--", "sh", "-c", "kill -KILL $$"]).expect(137, &[]);
    site.run(&["session", SANDBOX, AUDIT, "--", "no-such-program"]).expect(127, &["cannot be started"]);
}

#[test]
fn credentials_are_printed_only_in_the_form_that_was_asked_for() {
    let site = Site::open();
    let ended = site.run(&["session", SANDBOX, AUDIT, "--seconds", "60", "--credential-process"]);
    ended.expect(0, &[]);
    let value = ended.json();
    assert_eq!(value["Version"], 1);
    let secret = value["SecretAccessKey"].as_str().unwrap();
    assert!(value["Expiration"].as_str().is_some_and(|at| at.ends_with('Z')), "{}", ended.stdout);
    assert!(!secret.is_empty() && !ended.stderr.contains(secret), "{}", ended.stderr);
}

#[test]
fn a_shell_of_the_session_is_marked() {
    let site = Site::open();
    let shell = site.home.path().join("shell");
    std::fs::write(&shell, "#!/bin/sh\nenv\nexit 3\n").unwrap();
    std::fs::set_permissions(&shell, std::fs::Permissions::from_mode(0o700)).unwrap();
    let mut command = site.command(&["session", SANDBOX, AUDIT, "--shell"]);
    let ended = Ended::from(command.env("SHELL", &shell).output().unwrap());
    ended.expect(3, &["the shell has ended"]);
    assert_eq!(variable(&ended.stdout, "PS1"), Some("(root 444455556666 IAMAuditRootUserCredentials) $ "));
    assert!(variable(&ended.stdout, "AWS_SESSION_TOKEN").is_some());
}

#[test]
fn no_session_is_opened_where_it_is_not_permitted() {
    let site = Site::open();
    let opened = site.arrived("AssumeRoot");
    let delete = "IAMDeleteRootUserCredentials";
    site.run(&["session", MANAGEMENT, AUDIT, "--", "env"]).expect(4, &["management account"]);
    site.run(&["--read-only", "session", CLEAN, delete, "--", "env"]).expect(4, &["read-only"]);
    let configuration = site.home.path().join("rootdeck.toml");
    std::fs::write(&configuration, format!("protected_accounts = [\"{CLEAN}\"]\n")).unwrap();
    let configuration = configuration.to_str().unwrap();
    let ended = site.run(&["--config", configuration, "session", CLEAN, delete, "--", "env"]);
    ended.expect(4, &["is protected"]);
    assert_eq!((ended.stdout.as_str(), site.arrived("AssumeRoot")), ("", opened));
    Site::closed().run(&["session", CLEAN, AUDIT, "--", "env"]).expect(4, &["rootdeck trust enable iam.amazonaws.com"]);
}

#[test]
fn no_secret_reaches_the_log_or_the_home_folder() {
    let site = Site::open();
    let log = site.home.path().join("log");
    let ended = site.run(&["--log-file", log.to_str().unwrap(), "session", SANDBOX, AUDIT, "--", "env"]);
    ended.expect(0, &[]);
    let secrets = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].map(|name| variable(&ended.stdout, name).unwrap());
    let mut folders = vec![site.home.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            files += 1;
            let bytes = std::fs::read(entry.path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(secrets.iter().all(|secret| !text.contains(secret)), "{}", entry.path().display());
        }
    }
    assert!(files >= 2, "a log and a store");
}

#[test]
fn without_a_lasting_journal_root_only_looks() {
    let site = Site::open();
    let state = site.home.path().join("state-that-is-a-file");
    std::fs::write(&state, "").unwrap();
    let run = |arguments: &[&str]| Ended::from(site.command(arguments).env("XDG_STATE_HOME", &state).output().unwrap());
    run(&["session", SANDBOX, "S3UnlockBucketPolicy", "--", "true"])
        .expect(1, &["cannot be used", "nothing is changed"]);
    run(&["recovery", "allow", CLEAN, "--yes"]).expect(1, &["nothing is changed in AWS"]);
    assert_eq!((site.arrived("AssumeRoot"), site.arrived("CreateLoginProfile")), (0, 0));
    run(&["audit", "--accounts", SANDBOX]).expect(0, &["nothing is saved"]);
}
