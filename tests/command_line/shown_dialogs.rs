//! What the dialogs and other texts show to be typed, run as it is shown and as it is copied.

use std::fmt::Write;

use rootdeck::domain::profile::{Browser, SignIn, SignInTool};
use rootdeck::domain::root_session::{RootSession, SessionInHand, SessionKey};
use rootdeck::domain::task_policy::TaskPolicy;
use rootdeck::runtime::subshell::exports;
use secrecy::ExposeSecret;

use crate::shell::{Call, PROFILE, Shell};
use crate::site::SANDBOX;

/// The texts of all dialogs that show command lines, as the tests of the dialogs take them down.
const COPIED: &str = include_str!("../../src/app/tests/snapshots/rootdeck__app__tests__shown_commands__copied.snap");
const SHOWN: &str = include_str!("../../src/app/tests/snapshots/rootdeck__app__tests__shown_commands__shown.snap");

/// The endpoint that they name.
const ENDPOINT: &str = "http://127.0.0.1:4566";

const CODES: [(&str, &str); 2] = [("OTP_444455556666", "Q7X2K9"), ("OTP_444455557777", "Ab12Cd")];

/// Each dialog's name and text.
fn texts(snapshot: &str, shell: &Shell) -> Vec<(String, String)> {
    let text = snapshot.split_once("\n## ").unwrap().1.replace(ENDPOINT, &shell.site.emulator.endpoint_url());
    let parts = text.split("\n## ").map(|part| part.split_once('\n').unwrap());
    parts.map(|(name, text)| (name.to_owned(), text.trim_end().to_owned())).collect()
}

/// A call's arguments after whose credentials it has.
fn told(call: &Call, endpoint: &str) -> String {
    let whose = if call.session.is_empty() { "caller" } else { &call.session };
    let arguments: Vec<String> = call.arguments.iter().map(|argument| format!("{argument:?}")).collect();
    format!("{whose}: {}", arguments.join(" ")).replace(endpoint, ENDPOINT)
}

fn is_pair(call: &Call, name: &str, value: &str) -> bool {
    call.arguments.windows(2).any(|pair| pair == [name, value])
}

#[test]
fn what_every_dialog_copies_is_called_as_the_program_calls() {
    let shell = Shell::new();
    let endpoint = shell.site.emulator.endpoint_url();
    let mut all = String::new();
    for (name, text) in texts(COPIED, &shell) {
        let (output, calls) = shell.output(&text, &CODES);
        if text.contains(" --credential-process ") {
            let given: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert!(given["AccessKeyId"].as_str().unwrap().starts_with("ASIA"), "{name}: {output:?}");
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(calls.len(), lines.len(), "{name}: {output:?}");
        writeln!(all, "## {name}").unwrap();
        for (line, call) in lines.into_iter().zip(&calls) {
            if let Some(session) = line.strip_prefix("rootdeck session ") {
                let (account, task) = session.split_once(' ').unwrap();
                assert_eq!(call.session, format!("{account}/{}", task.split(' ').next().unwrap()), "{name}");
                assert!(call.access_key.starts_with("ASIA") && call.has_token && call.profile.is_empty(), "{call:?}");
                assert!(!call.arguments.iter().any(|argument| argument == "--profile"), "{call:?}");
            } else {
                assert!(is_pair(call, "--profile", PROFILE) && call.session.is_empty(), "{name}: {call:?}");
            }
            assert!(call.arguments.is_empty() || is_pair(call, "--endpoint-url", &endpoint), "{name}: {call:?}");
            writeln!(all, "{}", told(call, &endpoint)).unwrap();
        }
    }
    insta::assert_snapshot!("calls", all);
}

#[test]
fn what_every_dialog_shows_does_the_same_or_nothing() {
    let shell = Shell::new();
    let of = |call: &Call| (call.session.clone(), call.arguments.clone());
    let mut cut = Vec::new();
    for ((name, shown), (_, copied)) in texts(SHOWN, &shell).into_iter().zip(texts(COPIED, &shell)) {
        let calls: Vec<_> = shell.run(&shown, &CODES).iter().map(of).collect();
        if shown.contains("# cut here") {
            assert_eq!(calls, [], "{name}");
            cut.push(name);
        } else {
            assert_eq!(calls, shell.run(&copied, &CODES).iter().map(of).collect::<Vec<_>>(), "{name}");
        }
    }
    assert_eq!(cut, ["bucket policy put"]);
}

#[test]
fn several_acceptances_run_nothing_without_their_codes() {
    let shell = Shell::new();
    for (name, text) in texts(COPIED, &shell) {
        if text.contains("${OTP_") {
            assert_eq!(shell.run(&text, &[]), [], "{name}");
        }
    }
}

#[test]
fn a_sign_in_is_run_for_the_profile_as_it_is_named() {
    let shell = Shell::new();
    for tool in [SignInTool::Sso, SignInTool::Login] {
        for browser in [Browser::Here, Browser::Elsewhere] {
            let sign_in = SignIn { tool, profile: PROFILE.into() };
            let calls = shell.run(&sign_in.command(browser), &[]);
            assert_eq!(calls.len(), 1);
            assert_eq!(calls[0].arguments, sign_in.words(browser)[1..]);
        }
    }
}

/// What the dialog of a session copies: what follows in that shell is called by the session alone.
#[test]
fn copied_exports_give_the_session_to_what_follows() {
    let shell = Shell::new();
    let key = SessionKey { account: SANDBOX.parse().unwrap(), task: TaskPolicy::AuditRootCredentials };
    let in_hand = SessionInHand { key, expires: jiff::Timestamp::UNIX_EPOCH };
    let session = RootSession::new(in_hand, "ASIAX".into(), "s3c'r".to_owned().into(), "t $HOME".to_owned().into());
    let text = exports(&session, "eu-west-1", Some(&shell.site.emulator.endpoint_url()));
    let calls = shell.run(&format!("{}aws iam get-account-summary", text.expose_secret()), &[("AWS_PROFILE", PROFILE)]);
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].access_key.as_str(), calls[0].has_token, calls[0].profile.as_str()), ("ASIAX", true, ""));
    assert_eq!(calls[0].session, format!("{SANDBOX}/IAMAuditRootUserCredentials"));
}
