//! A call to AWS as the command line that would make it.

use std::fmt::{self, Write};

use super::account::AccountId;
use super::task_policy::TaskPolicy;
use super::text::width;

/// The options with which a command in another shell reaches AWS as this program does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallerOptions {
    /// The profile in use, if one is named.
    pub profile: Option<String>,
    /// The region, if it is named anywhere.
    pub region: Option<String>,
    /// The endpoint, where it is one for all services and not AWS's own.
    pub endpoint: Option<String>,
}

impl CallerOptions {
    fn named(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let all = [("--profile", &self.profile), ("--region", &self.region), ("--endpoint-url", &self.endpoint)];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)))
    }
}

/// `aws …`, or `rootdeck session … -- aws …` in a root session, quoted for a POSIX shell. Never with secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsCommand {
    session: Option<String>,
    words: String,
    options: Vec<(String, Option<String>)>,
    caller: Vec<(String, String)>,
}

impl AwsCommand {
    pub(crate) fn new(service: &str, command: &str) -> Self {
        Self::of(&["aws", service, command])
    }

    pub(crate) fn of(words: &[&str]) -> Self {
        let words: Vec<String> = words.iter().map(|word| shell_word(word)).collect();
        Self { session: None, words: words.join(" "), options: Vec::new(), caller: Vec::new() }
    }

    /// Adds `--NAME VALUE`.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.options.push((format!("--{name}"), Some(shell_word(value))));
        self
    }

    /// Adds `--NAME`.
    pub(crate) fn with_flag(mut self, name: &str) -> Self {
        self.options.push((format!("--{name}"), None));
        self
    }

    /// Adds `--NAME` with what a variable of the shell holds. Without it the shell runs nothing.
    pub(crate) fn with_variable(mut self, name: &str, variable: &str) -> Self {
        self.options.push((format!("--{name}"), Some(format!("\"${{{variable}:?}}\""))));
        self
    }

    /// In a root session: without one, the call would act on the caller.
    pub(crate) fn in_session(mut self, account: AccountId, task: TaskPolicy) -> Self {
        self.session = Some(format!("rootdeck session {account} {task}"));
        self
    }

    /// The same as whom and where this run calls.
    #[must_use]
    pub fn by(mut self, caller: &CallerOptions) -> Self {
        if let (Some(_), Some(endpoint)) = (&self.session, &caller.endpoint) {
            // Version 1 of the AWS CLI passes over the session's environment for SQS.
            self = self.with("endpoint-url", endpoint);
        }
        // A region of its own goes before that of the run.
        let given = |name: &str| self.session.is_none() && self.options.iter().any(|(option, _)| option == name);
        self.caller = caller
            .named()
            .filter(|(name, _)| !given(name))
            .map(|(name, value)| (name.to_owned(), shell_word(value)))
            .collect();
        self
    }

    /// The journal of the session has the reason as well.
    #[must_use]
    pub(crate) fn for_reason(mut self, reason: Option<&str>) -> Self {
        if let (Some(_), Some(reason)) = (&self.session, reason) {
            self.caller.insert(0, ("--reason".to_owned(), shell_word(reason)));
        }
        self
    }

    /// Options with their values: a line break between the two only if they are too long.
    fn parts(&self) -> Vec<(String, Option<&String>)> {
        let options = self.options.iter().map(|(name, value)| (name.clone(), value.as_ref()));
        let caller = self.caller.iter().map(|(name, value)| (name.clone(), Some(value)));
        match &self.session {
            Some(session) => {
                let inside = (format!("-- {}", self.words), None);
                [(session.clone(), None)].into_iter().chain(caller).chain([inside]).chain(options).collect()
            }
            None => [(self.words.clone(), None)].into_iter().chain(options).chain(caller).collect(),
        }
    }

    /// In lines of at most `columns` columns where the words allow it. A value of many lines is cut, and the command is
    /// a comment then: a shell must not put a part of a policy. `if_cut` says so.
    pub(crate) fn lines(&self, columns: usize, if_cut: &str) -> Vec<String> {
        let is_long = |value: &str| width(value) > 2 * columns;
        if !self.parts().iter().any(|(_, value)| value.is_some_and(|value| is_long(value))) {
            return in_lines(self.parts().into_iter().map(|(name, value)| (name, value.cloned())), columns);
        }
        let room = columns.saturating_sub(COMMENT.len());
        let cut = |value: &String| match value.char_indices().nth(room.saturating_sub(8).max(16)) {
            Some((end, _)) if is_long(value) => format!("{}...'", value.get(..end).unwrap_or_default()),
            _ => value.clone(),
        };
        let parts = self.parts().into_iter().map(|(name, value)| (name, value.map(cut)));
        let mut lines = in_lines(parts, room);
        lines.push(if_cut.to_owned());
        lines.into_iter().map(|line| format!("{COMMENT}{line}")).collect()
    }
}

const COMMENT: &str = "# ";

fn in_lines(parts: impl Iterator<Item = (String, Option<String>)>, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (name, value) in parts {
        let option = value.as_ref().map_or_else(|| name.clone(), |value| format!("{name} {value}"));
        match lines.last_mut() {
            // Two columns are kept for " \".
            Some(line) if width(line) + width(&option) + 3 <= columns => {
                line.push(' ');
                line.push_str(&option);
            }
            Some(line) => {
                line.push_str(" \\");
                match value {
                    // An option too long for a line of its own is continued before its value.
                    Some(value) if width(&option) + 4 > columns => {
                        lines.extend([format!("  {name} \\"), format!("    {value}")]);
                    }
                    _ => lines.push(format!("  {option}")),
                }
            }
            None => lines.push(option),
        }
    }
    lines
}

impl fmt::Display for AwsCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.parts().into_iter().enumerate() {
            write!(f, "{}{name}", if index == 0 { "" } else { " " })?;
            if let Some(value) = value {
                write!(f, " {value}")?;
            }
        }
        Ok(())
    }
}

/// Escapes what is not ASCII, which JSON has in strings only.
pub(crate) fn ascii_json(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            ascii.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(ascii, "\\u{unit:04x}").ok();
            }
        }
    }
    ascii
}

pub(crate) fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '+' | '=' | ',');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::change::CUT;

    #[test]
    fn words_that_a_shell_would_read_are_quoted() {
        let command =
            AwsCommand::new("account", "start-primary-email-update").with("primary-email", "o'neil;$(id)@x.yz");
        assert_eq!(
            command.to_string(),
            r"aws account start-primary-email-update --primary-email 'o'\''neil;$(id)@x.yz'"
        );
    }

    #[test]
    fn long_commands_continue_on_the_next_line() {
        let command = AwsCommand::new("account", "start-primary-email-update")
            .with("account-id", "444455556666")
            .with("primary-email", "root-sandbox07@corp.example");
        assert_eq!(
            command.lines(74, CUT),
            [
                r"aws account start-primary-email-update --account-id 444455556666 \",
                "  --primary-email root-sandbox07@corp.example"
            ]
        );
        assert_eq!(command.lines(200, CUT), [command.to_string()]);
    }

    #[test]
    fn an_option_too_long_for_a_line_is_continued_before_its_value() {
        let command = AwsCommand::new("sts", "assume-root").with("task-policy-arn", "arn=arn:aws:iam::aws:policy/x");
        assert_eq!(
            command.lines(40, CUT),
            [r"aws sts assume-root \", r"  --task-policy-arn \", "    arn=arn:aws:iam::aws:policy/x"]
        );
    }

    fn caller() -> CallerOptions {
        CallerOptions {
            profile: Some("pay er".into()),
            region: Some("eu-west-1".into()),
            endpoint: Some("http://127.0.0.1:4599".into()),
        }
    }

    #[test]
    fn a_call_in_a_root_session_is_one_line_with_the_session_around_it() {
        let account = "444455556666".parse().expect("an id");
        let command = AwsCommand::new("iam", "delete-access-key")
            .with("access-key-id", "AKIA1")
            .in_session(account, TaskPolicy::DeleteRootCredentials)
            .by(&caller());
        assert_eq!(
            command.to_string(),
            "rootdeck session 444455556666 IAMDeleteRootUserCredentials --profile 'pay er' --region eu-west-1 \
             --endpoint-url http://127.0.0.1:4599 -- aws iam delete-access-key --access-key-id AKIA1 \
             --endpoint-url http://127.0.0.1:4599"
        );
    }

    #[test]
    fn the_reason_goes_to_the_session_and_never_to_the_aws_cli() {
        let call = || AwsCommand::new("iam", "delete-login-profile");
        let account = "444455556666".parse().expect("an id");
        let inside = call().in_session(account, TaskPolicy::DeleteRootCredentials).for_reason(Some("OPS-7; rm"));
        assert_eq!(
            inside.to_string(),
            "rootdeck session 444455556666 IAMDeleteRootUserCredentials --reason 'OPS-7; rm' -- aws iam delete-login-profile"
        );
        assert_eq!(call().for_reason(Some("OPS-7")), call());
    }

    #[test]
    fn a_region_of_the_call_goes_before_that_of_the_run() {
        let lookup = || AwsCommand::new("cloudtrail", "lookup-events").with("region", "us-east-1");
        assert_eq!(
            lookup().by(&caller()).to_string(),
            "aws cloudtrail lookup-events --region us-east-1 --profile 'pay er' --endpoint-url http://127.0.0.1:4599"
        );
        let account = "444455556666".parse().expect("an id");
        let inside = lookup().in_session(account, TaskPolicy::UnlockQueuePolicy).by(&caller()).to_string();
        assert!(
            inside.contains("--region eu-west-1")
                && inside.contains("-- aws cloudtrail lookup-events --region us-east-1"),
            "{inside}"
        );
    }

    #[test]
    fn a_value_of_many_lines_is_cut_where_it_is_shown_and_not_where_it_is_copied() {
        let long = "x y".repeat(200);
        let command = AwsCommand::new("s3api", "put-bucket-policy").with("policy", &long);
        let lines = command.lines(74, CUT);
        assert!(lines.len() < 6 && lines.iter().all(|line| line.len() <= 74), "{lines:?}");
        assert!(lines.last().is_some_and(|line| line.starts_with("# cut")), "{lines:?}");
        assert!(lines.iter().all(|line| line.starts_with("# ")), "a shell runs nothing of it: {lines:?}");
        assert!(command.to_string().contains(&long));
    }

    #[test]
    fn json_is_told_in_ascii() {
        let value = serde_json::json!({ "Sid": "\u{202e}税\u{1f600}\n'" });
        let ascii = ascii_json(&value.to_string());
        assert!(ascii.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{ascii}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&ascii).expect("JSON"), value);
    }
}
