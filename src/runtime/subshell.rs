//! Handing a root session to another program: its environment, a shell, text for another shell.
//!
//! The credentials go into an environment only: not into arguments, which everyone on the machine can read, nor to
//! disk.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::domain::aws_command::shell_word;
use crate::domain::root_session::RootSession;
use crate::words::time::utc_second;

/// Tells programs and people in the session which one it is: `ACCOUNT/TASK`.
pub(crate) const MARK: &str = "ROOTDECK_SESSION";
/// Tells when it ends, in RFC 3339.
pub(crate) const EXPIRES: &str = "ROOTDECK_SESSION_EXPIRES";

/// Other ways to credentials, which must not be taken instead or mixed in.
const OTHER_CREDENTIALS: [&str; 13] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_CREDENTIAL_FILE",
    "AWS_ACCOUNT_ID",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
];

/// What would lead calls past an endpoint that was given.
const OTHER_ENDPOINTS: [&str; 7] = [
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_ENDPOINT_URL_ORGANIZATIONS",
    "AWS_ENDPOINT_URL_ACCOUNT",
    "AWS_ENDPOINT_URL_IAM",
    "AWS_ENDPOINT_URL_STS",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT_URL_SQS",
];

/// `Debug` shows no secret; the values are wiped when it is dropped.
#[derive(Debug)]
pub(crate) struct ChildEnvironment {
    pub(crate) set: Vec<(String, SecretString)>,
    pub(crate) removed: Vec<&'static str>,
}

/// `region` is one that has endpoints; `endpoint` is the override as the session shows it, so that AWS's tools go
/// there, too.
pub(crate) fn environment(session: &RootSession, region: &str, endpoint: Option<&str>) -> ChildEnvironment {
    let key = session.info.key;
    let mut set: Vec<(String, SecretString)> = [
        ("AWS_ACCESS_KEY_ID", session.access_key_id.as_str()),
        ("AWS_SECRET_ACCESS_KEY", session.secret_access_key()),
        ("AWS_SESSION_TOKEN", session.session_token()),
        ("AWS_REGION", region),
        ("AWS_DEFAULT_REGION", region),
        (MARK, &format!("{}/{}", key.account, key.task)),
        (EXPIRES, &utc_second(session.info.expires)),
    ]
    .map(|(name, value)| (name.to_owned(), SecretString::from(value)))
    .into();
    let mut removed = OTHER_CREDENTIALS.to_vec();
    if let Some(endpoint) = endpoint {
        let endpoints = endpoints(endpoint);
        if endpoints.iter().any(|(name, _)| name == "AWS_ENDPOINT_URL") {
            removed.extend(OTHER_ENDPOINTS);
        }
        set.extend(endpoints.into_iter().map(|(name, url)| (name, SecretString::from(url))));
    }
    ChildEnvironment { set, removed }
}

/// From one URL for all services, or `iam URL, sts URL` where they differ.
fn endpoints(shown: &str) -> Vec<(String, String)> {
    let one = |part: &str| match part.split_once(' ') {
        Some((service, url)) => (format!("AWS_ENDPOINT_URL_{}", service.to_uppercase()), url.to_owned()),
        None => ("AWS_ENDPOINT_URL".to_owned(), part.to_owned()),
    };
    shown.split(", ").map(one).collect()
}

impl ChildEnvironment {
    /// The system needs its own copy of the values, which lives until `command` is dropped.
    pub(crate) fn give_to(&self, command: &mut Command) {
        for name in &self.removed {
            command.env_remove(name);
        }
        for (name, value) in &self.set {
            command.env(name, value.expose_secret());
        }
    }
}

/// Lines for a POSIX shell.
pub fn exports(session: &RootSession, region: &str, endpoint: Option<&str>) -> SecretString {
    let environment = environment(session, region, endpoint);
    let length: usize = environment.set.iter().map(|(name, value)| name.len() + value.expose_secret().len()).sum();
    // Room for all of it, quoted: a buffer that grows leaves copies behind.
    let mut text = Zeroizing::new(String::with_capacity(4 * length + 2048));
    text.push_str("unset");
    for name in &environment.removed {
        text.push(' ');
        text.push_str(name);
    }
    text.push('\n');
    for (name, value) in &environment.set {
        let value = Zeroizing::new(shell_word(value.expose_secret()));
        for part in ["export ", name, "=", &value, "\n"] {
            text.push_str(part);
        }
    }
    SecretString::from(text.as_str())
}

/// As the AWS tools read it from a `credential_process`.
pub(crate) fn process_credentials(session: &RootSession) -> std::io::Result<SecretString> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Form<'a> {
        version: u8,
        access_key_id: &'a str,
        secret_access_key: &'a str,
        session_token: &'a str,
        expiration: String,
    }
    let form = Form {
        version: 1,
        access_key_id: &session.access_key_id,
        secret_access_key: session.secret_access_key(),
        session_token: session.session_token(),
        expiration: utc_second(session.info.expires),
    };
    let mut text = Zeroizing::new(Vec::with_capacity(8 * 1024));
    serde_json::to_writer_pretty(&mut *text, &form)?;
    text.push(b'\n');
    std::str::from_utf8(&text).map(SecretString::from).map_err(std::io::Error::other)
}

/// The person's shell with `session` in its environment and prompt. The caller gives it the terminal and waits for it.
pub(crate) fn shell(session: &RootSession, region: &str, endpoint: Option<&str>) -> Command {
    let program = std::env::var_os("SHELL").filter(|shell| !shell.is_empty()).unwrap_or_else(|| "/bin/sh".into());
    let mut command = Command::new(&program);
    environment(session, region, endpoint).give_to(&mut command);
    mark_prompt(&mut command, &program, &prompt_mark(session), std::env::var_os("PROMPT_COMMAND"));
    command
}

/// Nothing but digits and letters: shells run what is in a prompt, and an account's name can be anything.
pub(crate) fn prompt_mark(session: &RootSession) -> String {
    let key = session.info.key;
    format!("(root {} {}) ", key.account, key.task)
}

fn mark_prompt(command: &mut Command, program: &OsString, mark: &str, prompt_command: Option<OsString>) {
    let name = Path::new(program).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match name.as_str() {
        // Its start files set PS1; what it does before each prompt comes after them.
        "bash" => {
            let ours = format!("case $PS1 in '{mark}'*) ;; *) PS1='{mark}'\"$PS1\" ;; esac");
            let mut all = prompt_command.filter(|before| !before.is_empty()).unwrap_or_default();
            if !all.is_empty() {
                all.push("\n");
            }
            all.push(ours);
            command.env("PROMPT_COMMAND", all);
        }
        "fish" => {
            command.arg("--init-command").arg(format!(
                "functions --copy fish_prompt rootdeck_prompt; \
                 function fish_prompt; echo -n '{mark}'; rootdeck_prompt; end"
            ));
        }
        // Its start files often set PS1, and seldom the prompt on the right.
        "zsh" => {
            command.env("PS1", format!("{mark}%m%# ")).env("RPS1", mark);
        }
        _ => {
            command.env("PS1", format!("{mark}$ "));
        }
    }
}

#[cfg(test)]
#[path = "subshell_tests.rs"]
mod tests;
