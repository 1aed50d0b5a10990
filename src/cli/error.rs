//! Why a command does not do what it was asked for, and what the program ends with for it.

use std::io;

use super::again::caller;
use super::arguments::Arguments;
use super::stderr::print_error;
use crate::aws::profiles;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::aws_command::CallerOptions;
use crate::domain::cause::Cause;
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;
use crate::domain::task_policy::TaskPolicy;
use crate::words::api_error::{ApiErrorWords, explain, headline};
use crate::words::cli::program as words;
use crate::words::commands::{fix as command_fix, turn_on};
use crate::words::refusal::refusal as refusal_words;

/// What a shell shows of a program that wrote to a pipe without a reader.
const SIGPIPE: u8 = 128 + 13;

/// What a command ends with, for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// Failed, or found what it was told to fail on.
    Failed,
    /// Wrong usage; also the dashboard without a terminal.
    Usage,
    Some,
    NotPermitted,
    Unknown,
    Interrupted,
    Passed(u8),
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Some => 3,
            Self::NotPermitted => 4,
            Self::Unknown => 5,
            Self::Interrupted => 130,
            Self::Passed(code) => code,
        }
    }

    /// For what could do nothing because of `error`.
    fn of(error: &ApiError) -> Self {
        match error.kind {
            ApiErrorKind::CredentialLoop => Self::Usage,
            // No permission helps where the thing itself is missing, wrong or taken.
            ApiErrorKind::NotFound | ApiErrorKind::Invalid | ApiErrorKind::Conflict => Self::Failed,
            kind if kind.is_refusal() || kind.is_about_credentials() => Self::NotPermitted,
            _ => Self::Failed,
        }
    }

    /// For work on several things; `halted` is why nothing could be done, where nothing was.
    pub(super) fn of_each(all: &[Came], interrupted: bool, halted: Option<&ApiError>) -> Self {
        let is = |came: Came| all.iter().filter(|one| **one == came).count();
        match halted {
            _ if interrupted => Self::Interrupted,
            _ if is(Came::Unknown) > 0 => Self::Unknown,
            _ if is(Came::Good) == all.len() => Self::Done,
            _ if is(Came::Refused) == all.len() => Self::NotPermitted,
            Some(error) if is(Came::Good) == 0 => Self::of(error),
            _ => Self::Some,
        }
    }

    /// As what a command ends with that has said all there is to say.
    pub(super) fn end(self) -> Done {
        if self == Self::Done { Ok(()) } else { Err(CliError::reported(self)) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    Good,
    Failed,
    Refused,
    Unknown,
}

pub(super) type Done = Result<(), CliError>;

#[derive(Debug)]
pub(super) struct CliError {
    why: CliErrorKind,
    /// What comes before it, and behind it: messages of their own.
    before: Vec<String>,
    behind: Vec<String>,
    exit: Option<Exit>,
}

#[derive(Debug)]
enum CliErrorKind {
    /// A call or this machine failed; the commands that fix it are for this caller.
    ApiError(Box<ApiError>, Box<Option<CallerOptions>>),
    /// rootdeck itself does not do it, in a session for this task if it needs one.
    Refused(Box<Refusal>, Option<TaskPolicy>, Box<Option<CallerOptions>>),
    Said(String, Exit),
    Reported(Exit),
}

impl CliError {
    fn new(why: CliErrorKind) -> Self {
        Self { why, before: Vec::new(), behind: Vec::new(), exit: None }
    }

    pub(super) fn api_error(error: &ApiError, caller: Option<CallerOptions>) -> Self {
        Self::new(CliErrorKind::ApiError(Box::new(error.clone()), Box::new(caller)))
    }

    /// Why there is no connection. The fix names the profile that a person signs in with.
    pub(super) async fn connection(error: &ApiError, arguments: &Arguments) -> Self {
        let Some(caller) = caller(arguments) else { return Self::api_error(error, None) };
        let known =
            if error.kind.is_about_credentials() { profiles::list().await.unwrap_or_default() } else { Vec::new() };
        let in_use = known.into_iter().find(|profile| profile.name == caller.profile);
        let signs_in = in_use.as_ref().and_then(|profile| profile.fixes(Cause::of(error)));
        let profile = signs_in.map(ToOwned::to_owned).or_else(|| caller.profile.clone());
        Self::api_error(error, Some(CallerOptions { profile, ..caller }))
    }

    pub(super) fn refused(refusal: &Refusal, task: Option<TaskPolicy>, caller: Option<CallerOptions>) -> Self {
        Self::new(CliErrorKind::Refused(Box::new(refusal.clone()), task, Box::new(caller)))
    }

    pub(super) fn failed(why: impl Into<String>) -> Self {
        Self::new(CliErrorKind::Said(why.into(), Exit::Failed))
    }

    pub(super) fn usage(why: impl Into<String>) -> Self {
        Self::new(CliErrorKind::Said(why.into(), Exit::Usage))
    }

    pub(super) fn not_ready(why: impl Into<String>) -> Self {
        Self::new(CliErrorKind::Said(why.into(), Exit::NotPermitted))
    }

    pub(super) fn unknown(why: impl Into<String>) -> Self {
        Self::new(CliErrorKind::Said(why.into(), Exit::Unknown))
    }

    pub(super) fn interrupted(left: impl Into<String>) -> Self {
        Self::new(CliErrorKind::Said(left.into(), Exit::Interrupted))
    }

    pub(super) fn reported(exit: Exit) -> Self {
        Self::new(CliErrorKind::Reported(exit))
    }

    pub(super) fn below(mut self, text: impl Into<String>) -> Self {
        self.before.insert(0, text.into());
        self
    }

    /// The same, with something said behind it: what is left, or what can be done.
    pub(super) fn and(mut self, text: impl Into<String>) -> Self {
        self.behind.push(text.into());
        self
    }

    pub(super) fn ending(self, exit: Exit) -> Self {
        Self { exit: Some(exit), ..self }
    }

    /// What is wrong in a line, for programs; `None` where all was said already.
    pub(super) fn headline(&self) -> Option<String> {
        match &self.why {
            CliErrorKind::ApiError(error, _) => Some(headline(error)),
            CliErrorKind::Refused(refusal, ..) => Some(refusal_words(refusal)),
            CliErrorKind::Said(text, _) => Some(text.clone()),
            CliErrorKind::Reported(_) => None,
        }
    }

    pub(super) fn exit(&self) -> Exit {
        self.exit.unwrap_or_else(|| match &self.why {
            CliErrorKind::ApiError(error, _) => Exit::of(error),
            CliErrorKind::Refused(..) => Exit::NotPermitted,
            CliErrorKind::Said(_, exit) | CliErrorKind::Reported(exit) => *exit,
        })
    }

    /// Whether a command that has said all ends with it.
    pub(super) fn is_reported(&self) -> bool {
        matches!(self.why, CliErrorKind::Reported(_))
    }

    pub(super) fn print(&self) {
        self.before.iter().for_each(|text| print_error(text));
        match &self.why {
            CliErrorKind::ApiError(error, caller) => {
                let consequence = explain(error, caller.as_ref().as_ref()).consequence;
                print_api_error(error, consequence, caller.as_ref().as_ref());
            }
            CliErrorKind::Refused(refusal, task, caller) => {
                print_error(&refusal_words(refusal));
                if let Some(fix) = opening(refusal, *task, caller.as_ref().as_ref()) {
                    print_error(&fix);
                }
            }
            CliErrorKind::Said(text, _) => print_error(text),
            CliErrorKind::Reported(_) => {}
        }
        self.behind.iter().for_each(|text| print_error(text));
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        // Nobody reads the rest, as behind `| head`. It ends as programs do that the signal kills.
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::reported(Exit::Passed(SIGPIPE));
        }
        Self::failed(words::output_unwritten(error))
    }
}

pub(super) fn print_api_error(error: &ApiError, consequence: &str, caller: Option<&CallerOptions>) {
    let ApiErrorWords { tried, said, cause, fix, .. } = explain(error, caller);
    let fix = command_fix(error, caller).unwrap_or(fix);
    print_error(&format!("{tried}\n  {said}\n  {cause}\n  {consequence}\n  {fix}"));
}

fn opening(refusal: &Refusal, task: Option<TaskPolicy>, caller: Option<&CallerOptions>) -> Option<String> {
    if *refusal == Refusal::NeedsReason {
        return Some(words::ADD_REASON.to_owned());
    }
    let gates = closed_gates(refusal, task);
    if gates.is_empty() {
        return None;
    }
    let needs = task.map(|task| words::task_needs(task, task.gate())).unwrap_or_default();
    let commands: Vec<String> = gates.iter().map(|gate| format!("  {}", turn_on(gate, caller))).collect();
    Some(words::gates_closed(needs, commands.join("\n")))
}

/// What has to be turned on first, in this order.
fn closed_gates(refusal: &Refusal, task: Option<TaskPolicy>) -> Vec<Switch> {
    let feature = task.map(|task| Switch::RootFeature(task.gate()));
    match refusal.gate() {
        Some(gate @ Switch::TrustedAccess(_)) => std::iter::once(gate).chain(feature).collect(),
        Some(gate) => vec![gate],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::root_feature::RootFeature;
    use crate::domain::trusted_access::ServicePrincipal;

    #[test]
    fn a_closed_gate_names_what_opens_it_in_order() {
        let task = Some(TaskPolicy::UnlockQueuePolicy);
        let feature = Switch::RootFeature(RootFeature::RootSessions);
        let off = Refusal::NeedsRootFeature(RootFeature::RootSessions);
        assert_eq!(closed_gates(&off, task), std::slice::from_ref(&feature));
        let trusted = Switch::TrustedAccess(ServicePrincipal::iam());
        let untrusted = Refusal::NeedsTrustedAccess(ServicePrincipal::iam());
        assert_eq!(closed_gates(&untrusted, task), [trusted.clone(), feature]);
        assert_eq!(closed_gates(&untrusted, None), [trusted]);
        assert!(closed_gates(&Refusal::ReadOnly, task).is_empty());
    }

    #[test]
    fn what_is_not_there_is_no_matter_of_permission() {
        let exit = |kind| CliError::api_error(&ApiError::new("s3:GetBucketPolicy", kind, "x"), None).exit();
        assert_eq!(exit(ApiErrorKind::NotFound), Exit::Failed);
        assert_eq!(exit(ApiErrorKind::Conflict), Exit::Failed);
        assert_eq!(exit(ApiErrorKind::Timeout), Exit::Failed);
        assert_eq!(exit(ApiErrorKind::DeniedByScp), Exit::NotPermitted);
        assert_eq!(exit(ApiErrorKind::NoCredentials), Exit::NotPermitted);
    }

    #[test]
    fn what_came_of_each_decides_what_it_ends_with() {
        use Came::{Failed, Good, Refused, Unknown};
        let ends = |all: &[Came]| Exit::of_each(all, false, None);
        assert_eq!(ends(&[]), Exit::Done);
        assert_eq!(ends(&[Good, Good]), Exit::Done);
        assert_eq!(ends(&[Good, Failed]), Exit::Some);
        assert_eq!(ends(&[Failed, Refused]), Exit::Some);
        assert_eq!(ends(&[Refused, Refused]), Exit::NotPermitted);
        assert_eq!(ends(&[Good, Failed, Unknown]), Exit::Unknown);
        assert_eq!(Exit::of_each(&[Unknown], true, None), Exit::Interrupted);
        let halted = ApiError::new("account:StartPrimaryEmailUpdate", ApiErrorKind::TrustedAccessOff, "off");
        assert_eq!(Exit::of_each(&[Failed], false, Some(&halted)), Exit::NotPermitted);
        assert_eq!(Exit::of_each(&[Failed, Good], false, Some(&halted)), Exit::Some);
    }
}
