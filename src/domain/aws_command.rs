//! A call to AWS as the AWS CLI command that would make it.

use std::fmt;

/// One `aws …` command with its words quoted for a POSIX shell. Secrets are never among its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsCommand {
    words: Vec<String>,
    options: Vec<(String, Option<String>)>,
}

impl AwsCommand {
    /// `aws SERVICE COMMAND`.
    #[must_use]
    pub fn new(service: &str, command: &str) -> Self {
        Self { words: vec!["aws".into(), service.into(), command.into()], options: Vec::new() }
    }

    /// Adds `--NAME VALUE`.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.options.push((format!("--{name}"), Some(shell_word(value))));
        self
    }

    /// Adds `--NAME` and a placeholder that a person fills in, unquoted.
    #[must_use]
    pub fn with_placeholder(mut self, name: &str, placeholder: &str) -> Self {
        self.options.push((format!("--{name}"), Some(placeholder.to_owned())));
        self
    }

    /// The command in lines of at most `columns` columns where the words allow it, continued with
    /// a backslash and indented by two.
    #[must_use]
    pub fn lines(&self, columns: usize) -> Vec<String> {
        let mut lines = vec![self.words.join(" ")];
        for (name, value) in &self.options {
            let option = value.as_ref().map_or_else(|| name.clone(), |value| format!("{name} {value}"));
            let current = lines.last_mut();
            match current {
                // Two columns are kept for " \".
                Some(line) if super::text::width(line) + super::text::width(&option) + 3 <= columns => {
                    line.push(' ');
                    line.push_str(&option);
                }
                Some(line) => {
                    line.push_str(" \\");
                    match value {
                        // An option too long for a line of its own is continued before its value.
                        Some(value) if super::text::width(&option) + 4 > columns => {
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
}

impl fmt::Display for AwsCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.join(" "))?;
        for (name, value) in &self.options {
            write!(f, " {name}")?;
            if let Some(value) = value {
                write!(f, " {value}")?;
            }
        }
        Ok(())
    }
}

/// Quotes a word for a POSIX shell, if it needs it.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '+' | '=' | ',');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            command.lines(74),
            [
                r"aws account start-primary-email-update --account-id 444455556666 \",
                "  --primary-email root-sandbox07@corp.example"
            ]
        );
        assert_eq!(command.lines(200), [command.to_string()]);
    }

    #[test]
    fn an_option_too_long_for_a_line_is_continued_before_its_value() {
        let command = AwsCommand::new("sts", "assume-root").with("task-policy-arn", "arn=arn:aws:iam::aws:policy/x");
        assert_eq!(
            command.lines(40),
            [r"aws sts assume-root \", r"  --task-policy-arn \", "    arn=arn:aws:iam::aws:policy/x"]
        );
    }
}
