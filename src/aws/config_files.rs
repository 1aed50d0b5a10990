//! The configuration files of AWS, read as the AWS CLI reads them.
//!
//! The SDK for Rust reads less: it fails at indented properties, passes over names with blanks or in quotes, and takes
//! an unreadable file for an empty one, after which other credentials would be taken. So the files are given to it in a
//! form that it knows, names included ([`key_of`], [`name_of`]).

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::settings::{GET_CALLER_IDENTITY, configuration, set};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{
    AwsConfigError, FileProblem, LineProblem, MissingSection, SectionProblem, SkippedSection,
};
use crate::domain::text::clean;

const LARGEST: usize = 16 * 1024 * 1024;
/// The environment variable that tells a `credential_process` and its children for which profile it was started.
pub(super) const STARTED_FOR: &str = "ROOTDECK_CREDENTIAL_PROCESS_OF";
/// How many such programs may have been started one by another.
const DEEPEST: usize = 5;

const NAMES: [&str; 3] = ["source_profile", "sso_session", "services"];

/// How the properties begin that are about where credentials come from, some misspelt ones included.
const CREDENTIALS: [&str; 11] = [
    "aws_access_key",
    "aws_secret",
    "aws_session",
    "role_",
    "source_profile",
    "credential",
    "web_identity",
    "sso_",
    "login_",
    "mfa_",
    "external_id",
];

#[derive(Clone, Debug, Default)]
pub(crate) struct AwsFiles {
    files: EnvConfigFiles,
    passed_over: Vec<SkippedSection>,
    started_for: Vec<String>,
    paths: Vec<PathBuf>,
    /// Whether `default` says anything about where credentials come from.
    pub(super) default_gives: bool,
}

impl AwsFiles {
    pub(crate) async fn read(env: &Env, fs: &Fs) -> Result<Self, ApiError> {
        let started_for = set(env, STARTED_FOR);
        let started_for: Vec<String> =
            started_for.iter().flat_map(|all| all.split(',')).map(ToOwned::to_owned).collect();
        let mut builder = EnvConfigFiles::builder();
        let (mut passed_over, mut paths, mut default_gives) = (Vec::new(), Vec::new(), false);
        for kind in [EnvConfigFileKind::Config, EnvConfigFileKind::Credentials] {
            let path = path_of(env, kind);
            let text = text_of(fs, &path).await.map_err(|problem| unreadable(&path, problem))?;
            let mut reader =
                Reader { kind, path: &path, started_for: &started_for, passed_over: Vec::new(), default_gives: false };
            builder = builder.with_contents(kind, reader.translate(&text)?);
            passed_over.append(&mut reader.passed_over);
            default_gives |= reader.default_gives;
            paths.push(path);
        }
        Ok(Self { files: builder.build(), passed_over, started_for, paths, default_gives })
    }

    pub(crate) fn for_sdk(&self) -> &EnvConfigFiles {
        &self.files
    }

    /// `kind`: `profile` or `sso-session`.
    pub(crate) fn missing(&self, kind: &str, name: &str) -> MissingSection {
        let skipped = self.passed_over.iter().find(|section| section.header.contains(name)).cloned();
        MissingSection { kind: kind.to_owned(), name: name.to_owned(), skipped }
    }

    /// `CredentialLoop` where this program runs inside that `credential_process`, or too deep inside others.
    pub(crate) fn check_process(&self, key: &str) -> Result<(), ApiError> {
        let is_itself = self.paths.iter().any(|path| self.started_for.contains(&started_for(key, path)));
        if !is_itself && self.started_for.len() < DEEPEST {
            return Ok(());
        }
        let too_deep = (!is_itself).then_some(DEEPEST);
        let error = AwsConfigError::Loop { profile: name_of(key).into_owned(), too_deep };
        Err(ApiError::client(GET_CALLER_IDENTITY, ApiErrorKind::CredentialLoop, error))
    }
}

fn path_of(env: &Env, kind: EnvConfigFileKind) -> PathBuf {
    let (variable, default) = match kind {
        EnvConfigFileKind::Credentials => ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        EnvConfigFileKind::Config => ("AWS_CONFIG_FILE", "~/.aws/config"),
    };
    let path = set(env, variable).unwrap_or_else(|| default.to_owned());
    at_home(env, &path)
}

pub(super) fn at_home(env: &Env, path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), set(env, "HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(path),
    }
}

async fn text_of(fs: &Fs, path: &Path) -> Result<String, FileProblem> {
    // Opening a pipe could wait for ever. The null device means no file.
    if let Ok(found) = std::fs::metadata(path)
        && !found.is_file()
    {
        return if path == Path::new("/dev/null") { Ok(String::new()) } else { Err(FileProblem::NotRegular) };
    }
    let bytes = match fs.read_to_end(path).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(FileProblem::from(error)),
    };
    if bytes.len() > LARGEST {
        return Err(FileProblem::TooLarge { bytes: LARGEST as u64 });
    }
    let text = String::from_utf8(bytes).map_err(|_| FileProblem::NotUtf8)?;
    Ok(text.strip_prefix('\u{FEFF}').map(ToOwned::to_owned).unwrap_or(text))
}

fn unreadable(path: &Path, problem: FileProblem) -> ApiError {
    configuration(AwsConfigError::File { path: path.display().to_string(), problem })
}

struct Reader<'a> {
    kind: EnvConfigFileKind,
    path: &'a Path,
    started_for: &'a [String],
    passed_over: Vec<SkippedSection>,
    default_gives: bool,
}

#[derive(Default)]
struct Position {
    /// The profile of the lines, as the SDK has it; empty where the section is none.
    profile: Option<String>,
    in_section: bool,
    /// How far the property that can be continued is indented, and whether it has a value of its own.
    property: Option<(usize, bool)>,
}

impl Reader<'_> {
    fn translate(&mut self, text: &str) -> Result<String, ApiError> {
        let mut translated = String::with_capacity(text.len());
        let mut position = Position::default();
        for (index, line) in text.lines().enumerate() {
            translated.push_str(&self.line(line, index + 1, &mut position)?);
            translated.push('\n');
        }
        Ok(translated)
    }

    fn line(&mut self, line: &str, number: usize, position: &mut Position) -> Result<String, ApiError> {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            return Ok(String::new());
        }
        let indent = line.chars().take_while(|letter| letter.is_whitespace()).count();
        if let Some((of_property, has_value)) = position.property
            && indent > of_property
        {
            if !has_value && !trimmed.contains('=') {
                return Err(self.broken(number, LineProblem::NestedWithoutEquals));
            }
            return Ok(format!("  {trimmed}"));
        }
        if trimmed.starts_with('[') {
            let (header, profile) = self.section(trimmed, number)?;
            *position = Position { profile, in_section: true, property: None };
            return Ok(header);
        }
        if !position.in_section {
            return Err(self.broken(number, LineProblem::NoSection));
        }
        let split = trimmed.find(['=', ':']).map(|at| trimmed.split_at(at));
        let Some((key, value)) = split.map(|(key, value)| (key.trim(), value.get(1..).unwrap_or_default().trim()))
        else {
            return Err(self.broken(number, LineProblem::NoEquals));
        };
        if key.is_empty() {
            return Err(self.broken(number, LineProblem::NoKey));
        }
        position.property = Some((indent, !value.is_empty()));
        Ok(self.property(key, value, position.profile.as_deref()))
    }

    fn property(&mut self, key: &str, value: &str, profile: Option<&str>) -> String {
        let lower = key.to_ascii_lowercase();
        self.default_gives |= profile == Some("default") && CREDENTIALS.iter().any(|begin| lower.starts_with(begin));
        if NAMES.contains(&lower.as_str()) {
            return format!("{key} = {}", key_of(without_comment(value)));
        }
        match profile.filter(|_| lower == "credential_process" && !without_comment(value).is_empty()) {
            Some(profile) => format!("{key} = {}{value}", self.marker(profile)),
            None => format!("{key} = {value}"),
        }
    }

    /// In the program's command line, which the SDK gives to a shell: no program can set its own environment safely.
    fn marker(&self, profile: &str) -> String {
        let mut all: Vec<String> = self.started_for.iter().map(|started| shell_safe(started)).collect();
        all.push(started_for(profile, self.path));
        format!("export {STARTED_FOR}='{}'; ", all.join(","))
    }

    fn section(&mut self, trimmed: &str, number: usize) -> Result<(String, Option<String>), ApiError> {
        let Some(inner) = inside_brackets(trimmed) else {
            return Err(self.broken(number, LineProblem::NoBracket));
        };
        if matches!(self.kind, EnvConfigFileKind::Credentials) {
            let name = inner.trim();
            if name.split_whitespace().next() == Some("profile") && name != "profile" {
                return Ok((self.pass_over(trimmed, number, SectionProblem::ProfileWord), None));
            }
            let key = key_of(name).into_owned();
            return Ok((format!("[{key}]"), Some(key)));
        }
        let words = words(inner);
        let words: Option<Vec<&str>> = words.as_ref().map(|words| words.iter().map(String::as_str).collect());
        Ok(match words.as_deref() {
            Some(["default"]) => ("[default]".to_owned(), Some("default".to_owned())),
            Some(["profile", name]) => {
                let key = key_of(name).into_owned();
                (format!("[profile {key}]"), Some(key))
            }
            Some([kind, name]) => (format!("[{} {}]", key_of(kind), key_of(name)), None),
            Some([_]) => (self.pass_over(trimmed, number, SectionProblem::NoProfileWord), None),
            Some(_) => (self.pass_over(trimmed, number, SectionProblem::UnquotedBlanks), None),
            None => (self.pass_over(trimmed, number, SectionProblem::OpenQuote), None),
        })
    }

    fn pass_over(&mut self, header: &str, line: usize, problem: SectionProblem) -> String {
        let path = clean(&self.path.display().to_string());
        self.passed_over.push(SkippedSection { header: clean(header), path, line, problem });
        format!("[passed-over line-{line}]")
    }

    /// A line is not repeated: there may be a secret in it.
    fn broken(&self, line: usize, problem: LineProblem) -> ApiError {
        configuration(AwsConfigError::Line { path: self.path.display().to_string(), line, problem })
    }
}

fn inside_brackets(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?;
    let mut quote = None;
    for (at, letter) in inner.char_indices() {
        match (quote, letter) {
            (None, ']') => return inner.get(..at),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    // A quote that is not closed, as in a name with an apostrophe.
    inner.rfind(']').and_then(|end| inner.get(..end))
}

fn words(text: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().push(letters.next()?),
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    if quote.is_some() {
        return None;
    }
    words.extend(word);
    Some(words)
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-/.%@:+".contains(letter)
}

/// The name as the SDK takes it: its own if it can, else one that no other name becomes.
pub(crate) fn key_of(name: &str) -> Cow<'_, str> {
    const ENCODED: AsciiSet =
        NON_ALPHANUMERIC.remove(b'_').remove(b'-').remove(b'/').remove(b'.').remove(b'@').remove(b':').remove(b'+');
    if !name.starts_with('%') && name.chars().all(is_plain) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(format!("%{}", utf8_percent_encode(name, &ENCODED)))
}

pub(crate) fn name_of(key: &str) -> Cow<'_, str> {
    let encoded = key.strip_prefix('%').map(|rest| percent_decode_str(rest).decode_utf8());
    encoded.and_then(Result::ok).unwrap_or(Cow::Borrowed(key))
}

fn started_for(key: &str, path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    shell_safe(&format!("{key}@{}", path.display()))
}

/// Without a comment behind it, by the rules of the SDK.
fn without_comment(value: &str) -> &str {
    let mut after_blank = true;
    for (at, letter) in value.char_indices() {
        if after_blank && matches!(letter, '#' | ';') {
            return value.get(..at).unwrap_or_default().trim();
        }
        after_blank = letter.is_whitespace();
    }
    value
}

/// Without anything that a shell or the list would take for its own.
fn shell_safe(key: &str) -> String {
    key.chars().filter(|letter| is_plain(*letter)).collect()
}

#[cfg(test)]
#[path = "config_files_tests.rs"]
mod tests;
