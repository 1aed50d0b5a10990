//! What the dialogs and other texts show to be typed, run as it is shown and as it is copied.

use std::fmt::Write;

use rootdeck::domain::api_error::{ApiError, ApiErrorKind};
use rootdeck::domain::change::Switch;
use rootdeck::domain::cloudtrail::lookup;
use rootdeck::domain::journal::{JournalEntry, JournalOutcome};
use rootdeck::domain::profile::{Browser, SignIn, SignInTool};
use rootdeck::domain::readiness::Remedy;
use rootdeck::domain::recorded_change::RecordedChange;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::root_session::{RootSession, SessionInfo, SessionKey};
use rootdeck::domain::task_policy::TaskPolicy;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::runtime::subshell::exports;
use rootdeck::words::api_error::explain;
use rootdeck::words::commands::{rootdeck, turn_on};
use rootdeck::words::permission::attach_guard;
use rootdeck::words::readiness;
use secrecy::ExposeSecret;

use crate::program::Ended;
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
fn reported(call: &Call, endpoint: &str) -> String {
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
            writeln!(all, "{}", reported(call, &endpoint)).unwrap();
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

/// The journal's view shows and copies where CloudTrail has an entry.
#[test]
fn cloudtrail_is_asked_where_the_run_calls_and_not_about_what_only_the_member_account_has() {
    let shell = Shell::new();
    let entry = |operation: &str| JournalEntry {
        id: 7,
        at: "2025-03-14T14:02:00Z".parse().unwrap(),
        caller: "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice".into(),
        profile: None,
        account: Some(SANDBOX.parse().unwrap()),
        operation: operation.into(),
        change: RecordedChange::AllowRootPasswordRecovery { until: None },
        reason: None,
        outcome: JournalOutcome::Ok,
        finished: None,
        code: None,
        cause: None,
        note: None,
        request_id: Some("1f0a-77".into()),
    };
    let lookup = |operation: &str| lookup(&entry(operation), &shell.caller);
    let calls = shell.run(&lookup("account:StartPrimaryEmailUpdate").unwrap().to_string(), &[]);
    assert_eq!(calls.len(), 1);
    assert!(is_pair(&calls[0], "--query", "Events[?contains(CloudTrailEvent,`1f0a-77`)].CloudTrailEvent"), "{calls:?}");
    assert!(is_pair(&calls[0], "--profile", PROFILE) && is_pair(&calls[0], "--region", "us-east-1"), "{calls:?}");
    assert!(is_pair(&calls[0], "--endpoint-url", &shell.site.emulator.endpoint_url()), "{calls:?}");
    assert_eq!(lookup("iam:DeleteLoginProfile"), None);
}

/// What the dialog of a session copies: what follows in that shell is called by the session alone.
#[test]
fn copied_exports_give_the_session_to_what_follows() {
    let shell = Shell::new();
    let key = SessionKey { account: SANDBOX.parse().unwrap(), task: TaskPolicy::AuditRootCredentials };
    let info = SessionInfo { key, expires: jiff::Timestamp::UNIX_EPOCH };
    let session = RootSession::new(info, "ASIAX".into(), "s3c'r".to_owned().into(), "t $HOME".to_owned().into());
    let text = exports(&session, "eu-west-1", Some(&shell.site.emulator.endpoint_url()));
    let calls = shell.run(&format!("{}aws iam get-account-summary", text.expose_secret()), &[("AWS_PROFILE", PROFILE)]);
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].access_key.as_str(), calls[0].has_token, calls[0].profile.as_str()), ("ASIAX", true, ""));
    assert_eq!(calls[0].session, format!("{SANDBOX}/IAMAuditRootUserCredentials"));
}

/// The commands of a sentence.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).filter(|word| word.starts_with("aws ")).collect()
}

#[test]
fn the_commands_of_fixes_are_called_as_the_run_calls() {
    let shell = Shell::new();
    let endpoint = shell.site.emulator.endpoint_url();
    let scp = "AccessDenied: x with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-8j81brsjuj/service_control_policy/p-2kgnabcd";
    let iam = "AccessDenied: x with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/team's/Limits";
    let expired = ApiErrorKind::ExpiredCredentials;
    let invalid = ApiErrorKind::InvalidCredentials;
    let denied = ApiErrorKind::AccessDenied;
    let table: [(&str, ApiErrorKind, &str, &[&str]); 12] = [
        ("iam:GetUser", ApiErrorKind::NoCredentials, "", &["sso login", "login"]),
        ("sso:GetRoleCredentials", expired, "", &["sso login"]),
        ("signin:CreateOAuth2Token", expired, "", &["login"]),
        ("iam:GetUser", expired, "", &["sso login", "login"]),
        ("iam:GetUser", invalid, "", &["sts get-caller-identity"]),
        ("iam:GetUser", invalid, "SignatureDoesNotMatch: x", &["sts get-caller-identity"]),
        ("sts:AssumeRole", denied, "", &["sts get-caller-identity"]),
        ("iam:GetUser", ApiErrorKind::Configuration, "", &["configure list"]),
        ("iam:GetUser", ApiErrorKind::NotAllFeatures, "", &["organizations enable-all-features"]),
        ("iam:GetUser", ApiErrorKind::DelegateExists, "", &["organizations list-delegated-administrators"]),
        ("iam:GetUser", ApiErrorKind::DeniedByScp, scp, &["organizations describe-policy --policy-id p-2kgnabcd"]),
        ("iam:GetUser", denied, iam, &["iam get-policy --policy-arn arn:aws:iam::111122223333:policy/team's/Limits"]),
    ];
    for (operation, kind, said, commands) in table {
        let (code, message) = said.split_once(": ").map_or((None, said), |(code, message)| (Some(code), message));
        let error = ApiError { code: code.map(str::to_owned), ..ApiError::new(operation, kind, message) };
        let reported = explain(&error, Some(&shell.caller)).fix;
        let shown = quoted(&reported);
        assert_eq!(shown.len(), commands.len(), "{reported}");
        for (shown, command) in shown.into_iter().zip(commands) {
            let calls = shell.run(shown, &[]);
            assert_eq!(calls.len(), 1, "{shown}");
            assert!(calls[0].arguments.join(" ").starts_with(command), "{shown}: {calls:?}");
            assert!(is_pair(&calls[0], "--profile", PROFILE), "{calls:?}");
            let in_aws = !command.ends_with("login") && !command.starts_with("configure");
            assert_eq!(is_pair(&calls[0], "--endpoint-url", &endpoint), in_aws, "{calls:?}");
        }
        // In the demo it would act on whatever organization the shell is signed in to.
        let demo = explain(&error, None).fix;
        for write in ["enable-all-features", "describe-policy", "get-policy", "delegated-administrators"] {
            assert!(!demo.contains(write), "{demo}");
        }
    }
}

#[test]
fn what_a_task_needs_is_enabled_where_the_run_calls_and_not_for_the_demo() {
    let shell = Shell::new();
    let reported = readiness::fix(&Remedy::EnableAllFeatures, Some(&shell.caller));
    let calls = shell.run(quoted(&reported)[0], &[]);
    assert!(calls.len() == 1 && is_pair(&calls[0], "--profile", PROFILE), "{reported}: {calls:?}");
    assert!(is_pair(&calls[0], "--endpoint-url", &shell.site.emulator.endpoint_url()), "{calls:?}");
    assert!(!readiness::fix(&Remedy::EnableAllFeatures, None).contains("aws "));
}

#[test]
fn the_guard_is_attached_by_two_commands_the_second_with_what_the_first_answers() {
    let shell = Shell::new();
    let [create, attach] = attach_guard(&shell.caller).map(|command| command.to_string());
    let created = &shell.run(&create, &[])[0];
    assert!(is_pair(created, "--content", "file://scp.json") && is_pair(created, "--profile", PROFILE), "{created:?}");
    assert_eq!(shell.run(&attach, &[]), []);
    let attached = &shell.run(&attach, &[("POLICY_ID", "p-1"), ("TARGET_ID", "ou-1")])[0];
    assert!(is_pair(attached, "--policy-id", "p-1") && is_pair(attached, "--target-id", "ou-1"), "{attached:?}");
}

/// Each as it is told, with `--help` behind it: the program knows the command and its options.
#[test]
fn the_commands_of_this_program_are_its_own() {
    let shell = Shell::new();
    let caller = Some(&shell.caller);
    let mut commands: Vec<_> = [
        &["email", "accept", SANDBOX][..],
        &["email", "resend", SANDBOX],
        &["email", "status", SANDBOX],
        &["email", "status"],
        &["email", "resume", "--plan", "3"],
        &["audit", "--deep", "--accounts", SANDBOX],
        &["trust", "list"],
        &["features", "list"],
    ]
    .map(|words| rootdeck(words, caller))
    .into();
    for service in [ServicePrincipal::iam(), ServicePrincipal::account_management()] {
        commands.push(turn_on(&Switch::TrustedAccess(service), caller));
    }
    commands.extend(RootFeature::ALL.map(|feature| turn_on(&Switch::RootFeature(feature), caller)));
    for command in commands {
        let ended = Ended::from(shell.output(&format!("{command} --help"), &[]).0);
        ended.expect(0, &[]);
    }
    // Where it only looks, it is run: as the caller, and where the run calls.
    for command in [
        turn_on(&Switch::TrustedAccess(ServicePrincipal::iam()), caller)
            .to_string()
            .replace("enable iam.amazonaws.com", "list"),
        rootdeck(&["features", "list"], caller).to_string(),
    ] {
        Ended::from(shell.output(&command, &[]).0).expect(0, &[]);
    }
}

/// Any other is made by `AwsCommand`, with the options of the caller, and is tried above.
#[test]
fn no_command_is_written_into_a_sentence_but_those_that_need_no_caller() {
    const FREE: [&str; 6] = [
        "rootdeck policy",
        "rootdeck --demo",
        "rootdeck emulator",
        "aws login",
        "aws sso login",
        "rootdeck policy --for",
    ];
    let mut files = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut found = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let is_test = path.components().any(|part| part.as_os_str() == "tests");
        let production = text.split("#[cfg(test)]").next().unwrap_or_default();
        let production: String = production.split("\\\n").map(str::trim_start).collect();
        // The help of a subcommand names others, and a page of docs what people type.
        let is_test = is_test
            || path.ends_with("finding_page.rs")
            || path.with_extension("").components().any(|part| part.as_os_str() == "arguments");
        for line in production.lines().filter(|line| !is_test && !line.trim_start().starts_with("//")) {
            for command in
                line.split('`').skip(1).filter(|part| part.starts_with("aws ") || part.starts_with("rootdeck "))
            {
                if !FREE.iter().any(|free| command == *free || command.trim_end() == *free) {
                    found.push(format!("{}: {command}", path.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
