//! What SCPs and RCPs leave to root sessions, in words: one text for the screen and for `rootdeck scp explain`.

use crate::domain::api_error::ApiError;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::control_policy::{
    ActionVerdict, Cause, ControlKind, ControlWay, Controls, Exemption, Level, MemberControls, NotExempted,
    TaskVerdict, Verdict, document_file, update_policy,
};
use crate::domain::text::clean;
use crate::words::api_error::headline;
use crate::words::client_error::policy as policy_error;
use crate::words::commands::rootdeck;

/// A line of the text, by what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Heading(String),
    Plain(String),
    /// What is explained by the lines below it.
    Verdict(Verdict, String),
    /// Belongs to the line above.
    Detail(String),
    /// Of a diff, never wrapped.
    Diff(String),
    /// Continued as a shell reads it.
    Command(AwsCommand),
    Empty,
}

pub(crate) const MANAGEMENT: &str =
    "SCPs and RCPs do not apply to the management account. Root sessions cannot be opened in it.";
const POLICIES: &str = "Policies from the root to the account:";
const SESSIONS: &str = "Tasks of root sessions in the account:";
const OWNER: &str = "Give this change to the owner of the policy: rootdeck does not change SCPs.";
const CONTROL_TOWER: &str = "The policy belongs to AWS Control Tower: change it there (AWS-GR_RESTRICT_ROOT_USER has the parameter \
     ExemptAssumeRoot).";
const LANDS: &str = "Changes of SCPs can take some minutes to apply.";
/// How policies that AWS Control Tower manages begin.
const GUARDRAILS: &str = "aws-guardrails-";
const TASK: usize = 30;

pub(crate) const READING: &str = "Reading the SCPs and RCPs above the account";

sentences! {
    save_as(command, policy, file) = "`{command}` has the new document of {policy} in `exemptions`. Saved as {file}, this \
        puts it:";
    title(name) = "SCPs above {name}";
    not_read(what, error) = "{what} could not be read: {error}";
    opening_heading(account) = "Opening root sessions, by the policies above the caller's account {account}:";
}

pub(crate) fn kind(kind: ControlKind) -> &'static str {
    match kind {
        ControlKind::Service => "SCP",
        ControlKind::Resource => "RCP",
    }
}

fn verdict(verdict: Verdict, actions: &[&ActionVerdict]) -> &'static str {
    let is_unread =
        |cause: &Cause| matches!(cause, Cause::Unlisted { .. } | Cause::Unread { .. } | Cause::NotJudged { .. });
    match verdict {
        Verdict::Allowed => "not blocked",
        Verdict::Unknown if actions.iter().flat_map(|action| &action.causes).any(is_unread) => "? unknown",
        Verdict::Unknown => "? depends",
        Verdict::Blocked => "blocked",
    }
}

/// For programs.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::Unknown => "unknown",
        Verdict::Blocked => "blocked",
    }
}

pub(crate) fn cause_word(cause: &Cause) -> &'static str {
    match cause {
        Cause::Denied { .. } => "denied",
        Cause::Depends { .. } => "depends",
        Cause::NotAllowed { .. } => "not_allowed",
        Cause::AllowDepends { .. } => "allow_depends",
        Cause::Unlisted { .. } => "unlisted",
        Cause::Unread { .. } => "unread",
        Cause::NotJudged { .. } => "not_judged",
    }
}

/// `Sandbox (ou-8j81-ve2qvgrc)`
fn level_name(level: &Level) -> String {
    match &level.name {
        Some(name) => format!("{name} ({})", level.id),
        None => level.id.clone(),
    }
}

fn level(way: &ControlWay, id: &str) -> String {
    way.levels.iter().find(|level| level.id == id).map_or_else(|| id.to_owned(), level_name)
}

fn attached(way: &ControlWay, id: &str) -> String {
    let levels: Vec<String> = way.levels_with(id).map(level_name).collect();
    let levels = if levels.len() == way.levels.len() { "every level".to_owned() } else { levels.join(", ") };
    format!("{}, attached to {levels}", way.named(id))
}

pub(crate) fn cause(way: &ControlWay, cause: &Cause) -> String {
    let keys = |on: &std::collections::BTreeSet<String>| on.iter().map(|key| clean(key)).collect::<Vec<_>>().join(", ");
    match cause {
        Cause::Denied { policy, statement } => {
            format!("denied by {} of {}", clean(&statement.to_string()), attached(way, policy))
        }
        Cause::Depends { policy, statement, on } => {
            let statement = clean(&statement.to_string());
            format!("depends on {}: {statement} of {} may deny it", keys(on), attached(way, policy))
        }
        Cause::NotAllowed { level: id } => format!("no SCP attached to {} allows it", level(way, id)),
        Cause::AllowDepends { level: id, on } => {
            format!("whether an SCP attached to {} allows it depends on {}", level(way, id), keys(on))
        }
        Cause::Unlisted { level: id, kind: of } => {
            format!("unknown: the {}s attached to {} could not be listed", kind(*of), level(way, id))
        }
        Cause::Unread { policy } => format!("unknown: {} could not be read", attached(way, policy)),
        Cause::NotJudged { policy, error } => {
            format!("unknown: {} cannot be evaluated: {}", attached(way, policy), clean(&policy_error(error)))
        }
    }
}

/// The causes, each with the actions that it is about, of so many.
fn causes(way: &ControlWay, actions: &[&ActionVerdict], all: usize) -> Vec<String> {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    for ActionVerdict { action, causes } in actions {
        for one in causes {
            let sentence = cause(way, one);
            match found.iter_mut().find(|(known, _)| *known == sentence) {
                Some((_, actions)) => actions.push(action),
                None => found.push((sentence, vec![action])),
            }
        }
    }
    let line = |(sentence, actions): (String, Vec<&str>)| {
        if actions.len() == all { sentence } else { format!("{sentence}: {}", actions.join(", ")) }
    };
    found.into_iter().map(line).collect()
}

/// All of it, for one account.
/// Without a caller there are no commands.
pub(crate) fn lines(controls: &Controls, caller: Option<&CallerOptions>) -> Vec<Line> {
    let Some(member) = &controls.member else { return vec![Line::Plain(MANAGEMENT.to_owned())] };
    let MemberControls { way, tasks, exemptions, not_exempted, caller: own } = member;
    let mut lines = vec![Line::Heading(POLICIES.to_owned())];
    lines.extend(way.policies.iter().map(|policy| {
        let aws = if policy.aws_managed { ", AWS managed" } else { "" };
        Line::Plain(format!("{}  {}{aws}", kind(policy.kind), attached(way, &policy.id)))
    }));
    for error in way.errors() {
        lines.push(Line::Verdict(Verdict::Unknown, not_read(error.operation, headline(error))));
    }
    lines.extend([Line::Empty, Line::Heading(SESSIONS.to_owned())]);
    let of_task = |task: &TaskVerdict| {
        let blocked: Vec<&ActionVerdict> = task.blocked().collect();
        (task.verdict(), head(task, verdict(task.verdict(), &blocked)), causes(way, &blocked, task.actions.len()))
    };
    lines.extend(grouped(tasks.iter().map(of_task)));
    if let Some((way, opening)) = own {
        lines.extend([Line::Empty, Line::Heading(opening_heading(way.account))]);
        let of_task = |(task, opening): (&TaskVerdict, &ActionVerdict)| {
            (opening.verdict(), head(task, verdict(opening.verdict(), &[opening])), causes(way, &[opening], 1))
        };
        lines.extend(grouped(tasks.iter().zip(opening).map(of_task)));
    }
    for exemption in exemptions {
        lines.push(Line::Empty);
        lines.extend(of_exemption(way, exemption, caller));
    }
    if !not_exempted.is_empty() {
        lines.push(Line::Empty);
        lines.extend(not_exempted.iter().map(|why| Line::Plain(no_exemption(way, why))));
    }
    lines
}

fn head(task: &TaskVerdict, verdict: &str) -> String {
    format!("{:<TASK$}{verdict}", task.task.as_str())
}

/// Tasks that the same causes block are together, so that each cause is read once.
fn grouped(tasks: impl Iterator<Item = (Verdict, String, Vec<String>)>) -> Vec<Line> {
    let mut groups: Vec<(Vec<Line>, Vec<String>)> = Vec::new();
    for (verdict, head, causes) in tasks {
        let head = Line::Verdict(verdict, head);
        match groups.iter_mut().find(|(_, known)| *known == causes) {
            Some((heads, _)) => heads.push(head),
            None => groups.push((vec![head], causes)),
        }
    }
    let lines =
        |(heads, causes): (Vec<Line>, Vec<String>)| heads.into_iter().chain(causes.into_iter().map(Line::Detail));
    groups.into_iter().flat_map(lines).collect()
}

fn of_exemption(way: &ControlWay, exemption: &Exemption, caller: Option<&CallerOptions>) -> Vec<Line> {
    let is_guardrail = way.policy(&exemption.policy).is_some_and(|policy| policy.name.starts_with(GUARDRAILS));
    let owner = if is_guardrail { CONTROL_TOWER } else { OWNER };
    let mut lines = vec![Line::Heading(fix(way, exemption)), Line::Plain(format!("{owner} {LANDS}"))];
    lines.extend(exemption.diff(way).into_iter().map(Line::Diff));
    if let Some(caller) = caller {
        let json = rootdeck(&["scp", "explain", &way.account.to_string(), "-o", "json"], Some(caller)).to_string();
        lines.push(Line::Plain(save_as(json, &exemption.policy, document_file(&exemption.policy))));
        lines.push(Line::Command(update_policy(&exemption.policy, caller)));
    }
    lines
}

/// `Fix: exempt root sessions from statement 1 (DenyRootUser) of DenyRootUser (p-2kgnabcd)`
pub(crate) fn fix(way: &ControlWay, exemption: &Exemption) -> String {
    let statements: Vec<String> = exemption.statements.iter().map(|name| clean(&name.to_string())).collect();
    let name = way.named(&exemption.policy);
    format!("Fix: exempt root sessions from {} of {name}", statements.join(" and "))
}

pub(crate) fn no_exemption(way: &ControlWay, why: &NotExempted) -> String {
    match why {
        NotExempted::OnPurpose { policy } => format!(
            "{} has a condition on aws:AssumedRoot already, so it is about root sessions on purpose: ask its owner",
            attached(way, policy)
        ),
        NotExempted::Document { policy } => format!(
            "{} cannot be changed automatically: add \"Null\": {{\"aws:AssumedRoot\": \"true\"}} to the Condition of the \
             statements that deny",
            attached(way, policy)
        ),
        NotExempted::Allow { level: id, actions } => format!(
            "Add an Allow for {} to an SCP attached to {}, or attach FullAWSAccess there again",
            actions.join(", "),
            level(way, id)
        ),
    }
}

/// What could not be read, each once.
pub(crate) fn errors(controls: &Controls) -> Vec<&ApiError> {
    let Some(member) = &controls.member else { return Vec::new() };
    let own = member.caller.iter().flat_map(|(way, _)| way.errors());
    member.way.errors().into_iter().chain(own).collect()
}
