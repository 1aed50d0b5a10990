//! `rootdeck policy explain`: which flows a policy allows.

use std::fmt::Write;
use std::io;
use std::path::Path;

use textwrap::fill;

use super::arguments::{ExplainArguments, Form};
use super::error::{CliError, Done};
use super::output::deliver;
use super::rows;
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::explain::{Answer, Explained, Extent, Judged, explain};
use crate::domain::permission::guardrail::{Left, TaskLeft, left};
use crate::domain::permission::{About, Permission, PolicyScope};
use crate::domain::policy::Policy;
use crate::domain::policy::{AS_OF, ManagedPolicy};
use crate::domain::text::clean;
use crate::runtime::text_file::load_bytes;
use crate::words::permission::{self as words, EXTENTS, NOT_JUDGED, flow, weight, without};
use crate::words::root_tasks::capital;

/// The largest file that is read, in bytes. No policy of AWS is nearly that long.
const MAX_BYTES: u64 = 256 * 1024;

/// The call that opens a root session.
const ASSUME_ROOT: &str = "sts:AssumeRoot";

/// How long the lines of running text are, and how wide the names of flows.
const LINE: usize = 100;
const WIDTH: usize = 26;
const TASK: usize = 30;

/// A policy, and what it says about each flow.
struct Judgement {
    name: String,
    managed: Option<ManagedPolicy>,
    flows: Vec<Explained>,
    /// What root sessions keep under a policy that only takes away; the flows are then those that it leaves.
    tasks: Option<Vec<TaskLeft>>,
    /// What the statements of such a policy depend on.
    conditions: Vec<String>,
}

/// Explains one policy, or all that AWS manages.
pub(super) fn run(wanted: &ExplainArguments) -> Done {
    let place = wanted.place.place([]);
    let judged = match (&wanted.file, wanted.name) {
        (Some(file), _) => of_file(file, &place).map(|one| vec![one]),
        (None, Some(name)) => of_managed(name, &place).map(|one| vec![one]),
        (None, None) => ManagedPolicy::ALL.into_iter().map(|name| of_managed(name, &place)).collect(),
    };
    let judged = judged.map_err(CliError::failed)?;
    let alone = wanted.file.is_some() || wanted.name.is_some();
    deliver(match wanted.output {
        Form::Table => Ok(table(&judged, alone)),
        Form::Json => json(&judged, alone),
        Form::Csv => csv(&judged),
    })
}

fn of_managed(name: ManagedPolicy, place: &PolicyScope) -> Result<Judgement, String> {
    let policy = Policy::parse(name.document()).map_err(|error| format!("{name}: {error}"))?;
    Ok(Judgement {
        name: name.to_string(),
        managed: Some(name),
        flows: explain(&policy, place),
        tasks: None,
        conditions: Vec::new(),
    })
}

fn of_file(path: &Path, place: &PolicyScope) -> Result<Judgement, String> {
    let name = clean(&path.display().to_string());
    let text = read(path).map_err(|why| format!("{name} {why}"))?;
    let policy = Policy::parse(&text).map_err(|error| clean(&format!("{name}: {error}")))?;
    if policy.names_principals() {
        return Err(format!(
            "{name} is the policy of a resource (it has a Principal); callers have policies without one"
        ));
    }
    Ok(match left(&policy, place) {
        Some(Left { conditions, caller, tasks }) => {
            Judgement { name, managed: None, flows: caller, tasks: Some(tasks), conditions }
        }
        None => Judgement { name, managed: None, flows: explain(&policy, place), tasks: None, conditions: Vec::new() },
    })
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = load_bytes(path, MAX_BYTES).map_err(|error| format!("can't be read: {error}"))?;
    String::from_utf8(bytes).map_err(|_| "is not text in UTF-8".to_owned())
}

/// `v12 of 2026-02-12`.
fn version(policy: ManagedPolicy) -> String {
    match policy.dated() {
        Some(day) => format!("{} of {day}", policy.version()),
        None => policy.version().to_owned(),
    }
}

fn table(judged: &[Judgement], alone: bool) -> String {
    let table = match judged {
        [one] if alone => one_table(one),
        all => overview(all),
    };
    let guardrail = judged.iter().any(|one| one.tasks.is_some());
    let not_judged = if guardrail { words::GUARDRAIL_NOT_JUDGED } else { NOT_JUDGED };
    format!("{table}\n{}\n{}\n", fill(EXTENTS, LINE), fill(not_judged, LINE))
}

/// What is missing, flow by flow; of a flow of which nothing is allowed only what it can't do without.
fn one_table(one: &Judgement) -> String {
    let mut text = match one.managed {
        Some(policy) => format!("{policy} ({}; as AWS published it on {AS_OF})\n\n", version(policy)),
        None => format!("{}\n\n", one.name),
    };
    if one.tasks.is_some() {
        writeln!(text, "{}", fill(words::GUARDRAIL, LINE)).ok();
        for condition in &one.conditions {
            writeln!(text, "{}", fill(&format!("{}.", capital(&clean(condition))), LINE)).ok();
        }
        writeln!(text, "\n{}", words::CALLER_KEEPS).ok();
    }
    for explained in &one.flows {
        let (name, extent) = (flow(explained.flow), explained.extent);
        writeln!(text, "{name:<WIDTH$}{}", words::extent(extent)).ok();
        let counts = |one: &&Judged| {
            let essential = one.weight == Weight::Essential && explained.flow.is_its_own(&one.permission);
            one.answer != Answer::Allowed && (extent != Extent::Nothing || essential)
        };
        for missing in explained.judged.iter().filter(counts) {
            writeln!(text, "  {}", words::missing(explained.flow, missing)).ok();
        }
    }
    if let Some(tasks) = &one.tasks {
        writeln!(text, "\n{}", words::SESSIONS_KEEP).ok();
        for task in tasks {
            writeln!(text, "{:<TASK$}{}", task.task.as_str(), words::task_left(task)).ok();
            for line in words::task_missing(task) {
                let options = textwrap::Options::new(LINE).initial_indent("  ").subsequent_indent("    ");
                writeln!(text, "{}", fill(&line, options)).ok();
            }
        }
    }
    text
}

/// Flows down, policies across.
fn overview(all: &[Judgement]) -> String {
    let numbers: Vec<String> = (1..=all.len()).map(|number| number.to_string()).collect();
    let mut text = String::new();
    for (number, one) in numbers.iter().zip(all) {
        let version = one.managed.map(|policy| format!("  {}", version(policy))).unwrap_or_default();
        writeln!(text, "{number}  {}{version}", one.name).ok();
    }
    let head: Vec<&str> = std::iter::once("FLOW").chain(numbers.iter().map(String::as_str)).collect();
    let line = |which: Flow| {
        let of_policy = |one: &Judgement| {
            let explained = one.flows.iter().find(|explained| explained.flow == which);
            words::extent(explained.map_or(Extent::Unknown, |explained| explained.extent)).to_owned()
        };
        std::iter::once(flow(which).to_owned()).chain(all.iter().map(of_policy)).collect()
    };
    format!(
        "{text}as AWS published them on {AS_OF}\n\n{}",
        rows::table_of(&head, Flow::ALL.into_iter().map(line).collect())
    )
}

#[derive(serde::Serialize)]
struct PolicyJson<'a> {
    policy: &'a str,
    version: Option<&'static str>,
    dated: Option<&'static str>,
    as_of: Option<&'static str>,
    /// Whether it only takes away; the flows are then those of a caller to whom everything else is allowed.
    guardrail: bool,
    flows: Vec<FlowJson>,
    /// What a guardrail leaves to root sessions.
    root_sessions: Option<Vec<TaskJson>>,
}

#[derive(serde::Serialize)]
struct TaskJson {
    task: &'static str,
    opening: &'static str,
    opening_details: Vec<String>,
    actions: Vec<ActionJson>,
}

#[derive(serde::Serialize)]
struct ActionJson {
    action: &'static str,
    answer: &'static str,
    details: Vec<String>,
}

#[derive(serde::Serialize)]
struct FlowJson {
    flow: &'static str,
    allowed: &'static str,
    permissions: Vec<PermissionJson>,
}

#[derive(serde::Serialize)]
struct PermissionJson {
    action: &'static str,
    about: Option<String>,
    weight: &'static str,
    answer: &'static str,
    details: Vec<String>,
    without_it: &'static str,
}

fn json(judged: &[Judgement], alone: bool) -> io::Result<String> {
    let all: Vec<PolicyJson<'_>> = judged.iter().map(policy_json).collect();
    match all.as_slice() {
        [one] if alone => rows::json_of(one),
        all => rows::json_of(&all),
    }
}

fn policy_json(one: &Judgement) -> PolicyJson<'_> {
    let flow_json = |explained: &Explained| FlowJson {
        flow: explained.flow.as_str(),
        allowed: extent_word(explained.extent),
        permissions: explained
            .judged
            .iter()
            .map(|one| PermissionJson {
                action: one.permission.action.name,
                about: about(&one.permission),
                weight: weight(one.weight),
                answer: answer_word(&one.answer),
                details: details(&one.answer),
                without_it: without(explained.flow, &one.permission),
            })
            .collect(),
    };
    PolicyJson {
        policy: &one.name,
        version: one.managed.map(ManagedPolicy::version),
        dated: one.managed.and_then(ManagedPolicy::dated),
        as_of: one.managed.map(|_| AS_OF),
        guardrail: one.tasks.is_some(),
        flows: one.flows.iter().map(flow_json).collect(),
        root_sessions: one.tasks.as_ref().map(|tasks| tasks.iter().map(task_json).collect()),
    }
}

fn task_json(one: &TaskLeft) -> TaskJson {
    let action = |(action, answer): &(&'static str, Answer)| ActionJson {
        action,
        answer: answer_word(answer),
        details: details(answer),
    };
    TaskJson {
        task: one.task.as_str(),
        opening: answer_word(&one.opening),
        opening_details: details(&one.opening),
        actions: one.actions.iter().map(action).collect(),
    }
}

fn csv(judged: &[Judgement]) -> io::Result<String> {
    let head = ["policy", "version", "flow", "allowed", "action", "about", "weight", "answer", "details", "without_it"];
    let mut lines = Vec::new();
    for one in judged {
        for explained in &one.flows {
            for judged in &explained.judged {
                lines.push(vec![
                    one.name.clone(),
                    one.managed.map(|policy| policy.version().to_owned()).unwrap_or_default(),
                    explained.flow.to_string(),
                    extent_word(explained.extent).to_owned(),
                    judged.permission.action.name.to_owned(),
                    about(&judged.permission).unwrap_or_default(),
                    weight(judged.weight).to_owned(),
                    answer_word(&judged.answer).to_owned(),
                    details(&judged.answer).join(" "),
                    without(explained.flow, &judged.permission).to_owned(),
                ]);
            }
        }
    }
    for one in judged {
        for left in one.tasks.iter().flatten() {
            let all = std::iter::once((ASSUME_ROOT, &left.opening));
            for (action, answer) in all.chain(left.actions.iter().map(|(action, answer)| (*action, answer))) {
                let (flow, said) = (format!("root session {}", left.task), answer_word(answer).to_owned());
                let details = details(answer).join(" ");
                let none = String::new;
                let line = [one.name.clone(), none(), flow, none(), action.to_owned(), none(), none(), said, details];
                lines.push(line.into_iter().chain([none()]).collect());
            }
        }
    }
    rows::csv_of(&head, lines)
}

fn about(permission: &Permission) -> Option<String> {
    match &permission.about {
        About::Anything => None,
        About::Service(service) => Some(service.to_string()),
        About::Task(task) => Some(task.to_string()),
    }
}

fn extent_word(extent: Extent) -> &'static str {
    match extent {
        Extent::Whole => "whole",
        Extent::WithoutHelp => "without_help",
        Extent::Part => "part",
        Extent::Nothing => "nothing",
        Extent::Unknown => "unknown",
    }
}

fn answer_word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Allowed => "allowed",
        Answer::AllBut(_) => "all_but",
        Answer::Only(_) => "only",
        Answer::Denied(_) => "denied",
        Answer::NotAllowed => "not_allowed",
        Answer::Unknown(_) => "unknown",
    }
}

/// The resources, the statement or the conditions that the answer speaks of.
fn details(answer: &Answer) -> Vec<String> {
    let each: Vec<&String> = match answer {
        Answer::Allowed | Answer::NotAllowed => Vec::new(),
        Answer::AllBut(resources) | Answer::Only(resources) => resources.iter().collect(),
        Answer::Denied(statement) => vec![statement],
        Answer::Unknown(what) => what.iter().collect(),
    };
    each.into_iter().map(|text| clean(text)).collect()
}
