use std::collections::HashMap;
use std::process::Stdio;

use jiff::Timestamp;

use super::*;
use crate::domain::root_session::{SessionInfo, SessionKey};
use crate::domain::task_policy::TaskPolicy;

fn session() -> RootSession {
    let key = SessionKey { account: "444455556666".parse().expect("an id"), task: TaskPolicy::UnlockBucketPolicy };
    let info = SessionInfo { key, expires: Timestamp::constant(0, 500_000_000) };
    RootSession::new(info, "ASIAX".into(), "s3cr/+'t".to_owned().into(), "t0k=n".to_owned().into())
}

/// What a program with this environment sees, of an environment that held `before`.
fn seen(environment: &ChildEnvironment, before: &[(&str, &str)]) -> HashMap<String, String> {
    let mut command = Command::new("/usr/bin/env");
    command.env_clear().envs(before.iter().copied());
    environment.give_to(&mut command);
    let output = command.stdin(Stdio::null()).output().expect("env runs");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect()
}

#[test]
fn no_other_credentials_are_left_beside_the_session() {
    let before: Vec<(&str, &str)> = OTHER_CREDENTIALS.iter().map(|name| (*name, "other")).collect();
    let seen = seen(&environment(&session(), "eu-west-1", None), &[&before[..], &[("EDITOR", "vi")]].concat());
    assert!(seen.values().all(|value| value != "other"), "{seen:?}");
    assert_eq!(seen["AWS_SECRET_ACCESS_KEY"], "s3cr/+'t");
    assert_eq!(seen["AWS_SESSION_TOKEN"], "t0k=n");
    assert_eq!(seen["AWS_REGION"], "eu-west-1");
    assert_eq!(seen[MARK], "444455556666/S3UnlockBucketPolicy");
    assert_eq!(seen["EDITOR"], "vi");
    assert!(!seen.contains_key("AWS_ENDPOINT_URL"));
}

#[test]
fn an_endpoint_is_the_only_one_unless_the_services_have_each_their_own() {
    let before = [("AWS_ENDPOINT_URL_S3", "http://other"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")];
    let one = seen(&environment(&session(), "eu-west-1", Some("http://127.0.0.1:1")), &before);
    assert_eq!(one["AWS_ENDPOINT_URL"], "http://127.0.0.1:1");
    assert!(!one.contains_key("AWS_ENDPOINT_URL_S3") && !one.contains_key("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
    let each = seen(&environment(&session(), "eu-west-1", Some("iam http://a, sts http://b")), &[]);
    assert_eq!(
        (each["AWS_ENDPOINT_URL_IAM"].as_str(), each["AWS_ENDPOINT_URL_STS"].as_str()),
        ("http://a", "http://b")
    );
    assert!(!each.contains_key("AWS_ENDPOINT_URL"));
}

#[test]
fn a_shell_that_reads_the_exports_has_the_session() {
    let exports = exports(&session(), "eu-west-1", Some("http://127.0.0.1:1"));
    let script = format!(
        "{}\nprintf '%s %s %s' \"$AWS_SECRET_ACCESS_KEY\" \"$AWS_ENDPOINT_URL\" \"$AWS_PROFILE\"",
        exports.expose_secret()
    );
    let output = Command::new("/bin/sh").arg("-c").arg(script).env("AWS_PROFILE", "prod").output().expect("sh runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "s3cr/+'t http://127.0.0.1:1 ");
}

#[test]
fn debug_tells_no_secret() {
    let text = format!("{:?}", environment(&session(), "eu-west-1", None));
    assert!(!text.contains("s3cr") && !text.contains("t0k=n"), "{text}");
}

#[test]
fn the_process_form_has_the_words_that_the_tools_read() {
    let text = process_credentials(&session()).expect("a form");
    let value: serde_json::Value = serde_json::from_str(text.expose_secret()).expect("JSON");
    let expected = serde_json::json!({
        "Version": 1, "AccessKeyId": "ASIAX", "SecretAccessKey": "s3cr/+'t", "SessionToken": "t0k=n",
        "Expiration": "1970-01-01T00:00:00Z",
    });
    assert_eq!(value, expected);
}

#[test]
fn bash_marks_its_prompt_once_and_keeps_what_it_does_before_it() {
    let mut command = Command::new("/bin/bash");
    mark_prompt(&mut command, &"/bin/bash".into(), "(root 1 T) ", Some("before=1".into()));
    command.args([
        "--norc",
        "-c",
        "PS1='$ '; eval \"$PROMPT_COMMAND\"; eval \"$PROMPT_COMMAND\"; echo \"$PS1$before\"",
    ]);
    let output = command.stdin(Stdio::null()).output().expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "(root 1 T) $ 1\n");
}

#[test]
fn no_argument_of_a_shell_holds_a_secret() {
    for program in ["/bin/bash", "/usr/bin/fish", "/bin/zsh", "/bin/sh"] {
        let mut command = Command::new(program);
        environment(&session(), "eu-west-1", None).give_to(&mut command);
        mark_prompt(&mut command, &program.into(), &prompt_mark(&session()), None);
        let arguments: Vec<String> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        assert!(!arguments.join(" ").contains("s3cr") && !arguments.join(" ").contains("t0k=n"), "{arguments:?}");
    }
}
