//! Bash: it hands over the line as it is typed, and inserts what it is given as it is. So quotes are read and written
//! here.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use clap::Command;
use clap_complete::engine::complete;
use clap_complete::env::EnvCompleter;

/// Nothing in it is newer than bash 3.2, but for what is asked for first.
const SCRIPT: &str = include_str!("../../../assets/completions.bash");

/// The word that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bash {
    /// Without quotes.
    word: String,
    /// How many bytes of the word are before what bash replaces: it also begins again at `=`, `:` and `@`.
    kept: usize,
    quote: Option<char>,
}

impl Bash {
    /// From the line up to the cursor and the part of its last word that bash replaces; the words of the line, too.
    pub(super) fn of(words: &[OsString]) -> (Self, Vec<OsString>) {
        let text = |place: usize| words.get(place).map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
        let (line, quote) = split(&text(0));
        let word = line.last().cloned().unwrap_or_default();
        // Behind a quote that is open it is as it was typed.
        let replaced = if quote.is_some() { text(1) } else { split(&text(1)).0.concat() };
        let kept = word.strip_suffix(replaced.as_str()).map_or(0, str::len);
        (Self { word, kept, quote }, line.into_iter().map(OsString::from).collect())
    }

    /// What takes the place of what was typed; `None` if it can't be written so.
    fn inserted(&self, value: &str) -> Option<String> {
        let value = self.word.get(..self.kept).and_then(|kept| value.strip_prefix(kept)).unwrap_or(value);
        match self.quote {
            Some('\'') if value.contains('\'') => None,
            Some('\'') => Some(value.to_owned()),
            Some(_) => Some(escaped(value, |sign| "$`\"\\".contains(sign))),
            None => Some(escaped(value, |sign| {
                sign.is_ascii() && !sign.is_ascii_alphanumeric() && !"._+-,/@%=:".contains(sign)
            })),
        }
    }
}

fn escaped(text: &str, is_special: impl Fn(char) -> bool) -> String {
    text.chars().flat_map(|sign| is_special(sign).then_some('\\').into_iter().chain([sign])).collect()
}

/// The words of a line without their quotes, and the quote that is open at its end. The last word may be empty.
fn split(line: &str) -> (Vec<String>, Option<char>) {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match (quote, sign) {
            (None, ' ' | '\t' | '\n') => words.extend(word.take()),
            (None, '"' | '\'') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (Some(open), _) if open == sign => quote = None,
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(signs.next()),
            _ => word.get_or_insert_default().push(sign),
        }
    }
    words.push(word.unwrap_or_default());
    (words, quote)
}

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == self.name()
    }

    fn write_registration(
        &self,
        variable: &str,
        name: &str,
        _bin: &str,
        completer: &str,
        script: &mut dyn io::Write,
    ) -> io::Result<()> {
        let text = SCRIPT.replace("NAME", name).replace("VARIABLE", variable).replace("COMPLETER", completer);
        script.write_all(text.as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        answer: &mut dyn io::Write,
    ) -> io::Result<()> {
        let index = words.len().saturating_sub(1);
        for candidate in complete(command, words, index, folder)? {
            if let Some(text) = self.inserted(&candidate.get_value().to_string_lossy()) {
                writeln!(answer, "{text}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_bash_reads_it() {
        let read = |line: &str| {
            let (words, quote) = split(line);
            (words.join("|"), quote)
        };
        assert_eq!(read("rootdeck email  start "), ("rootdeck|email|start|".to_owned(), None));
        assert_eq!(read("r Log\\ A"), ("r|Log A".to_owned(), None));
        assert_eq!(read("r \"Log A"), ("r|Log A".to_owned(), Some('"')));
        assert_eq!(read("r 'Log \\A' \"\" x"), ("r|Log \\A||x".to_owned(), None));
        assert_eq!(read(""), (String::new(), None));
    }

    #[test]
    fn what_is_inserted_is_quoted_as_it_was_begun() {
        let inserted = |line: &str, replaced: &str, value: &str| {
            Bash::of(&[line.into(), replaced.into()]).0.inserted(value).unwrap_or_default()
        };
        assert_eq!(inserted("r Log\\ A", "Log\\ A", "Log Archive"), "Log\\ Archive");
        assert_eq!(inserted("r \"Log A", "Log A", "Log Archive"), "Log Archive");
        assert_eq!(inserted("r ", "", "A & B (x)"), "A\\ \\&\\ B\\ \\(x\\)");
        assert_eq!(inserted("r \"", "", "a$b\"c"), "a\\$b\\\"c");
        assert_eq!(inserted("r '", "", "it's"), "");
        assert_eq!(inserted("r --fail-on=finding,u", "finding,u", "--fail-on=finding,unread"), "finding,unread");
        assert_eq!(inserted("r log", "log", "Log Archive"), "Log\\ Archive");
    }
}
