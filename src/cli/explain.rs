//! `rootdeck policy explain`: which flows a policy allows.

use std::fmt::Write;
use std::io;
use std::path::Path;

use textwrap::fill;

use super::arguments::{ExplainArguments, Form, PolicyKindWord};
use super::error::{CliError, Done};
use super::input;
use super::output::deliver;
use super::rows::{self, Cell, Column, fields as f, record};
use crate::domain::client_error::FileProblem;
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::PolicyScope;
use crate::domain::permission::explain::{Answer, Explained, Extent, Judged, explain};
use crate::domain::permission::guardrail::{Left, TaskLeft, left, left_by_rcp, left_under};
use crate::domain::policy::{AS_OF, ManagedPolicy, Policy};
use crate::domain::text::{capital, clean};
use crate::words::cli::explain as words;
use crate::words::client_error::{file as file_problem, policy as policy_error};
use crate::words::permission::{EXTENTS, NOT_JUDGED, flow, weight, without};

/// The largest file that is read, in bytes. No policy of AWS is nearly that long.
const MAX_BYTES: u64 = 256 * 1024;

const ASSUME_ROOT: &str = "sts:AssumeRoot";

/// How long the lines of running text are, and how wide the names of flows.
const LINE: usize = 100;
const WIDTH: usize = 26;
const TASK: usize = 30;

pub(super) struct Judgement {
    name: String,
    managed: Option<ManagedPolicy>,
    flows: Vec<Explained>,
    /// What root sessions keep under a policy that only takes away; the flows are then those that it leaves.
    tasks: Option<Vec<TaskLeft>>,
    conditions: Vec<(String, Vec<String>)>,
    /// Whether a statement allows something.
    allows: bool,
}

impl Judgement {
    /// The flows are not what a resource control policy is about.
    fn is_rcp(&self) -> bool {
        self.tasks.is_some() && self.flows.is_empty()
    }

    fn is_about(&self) -> &'static str {
        if self.is_rcp() {
            words::RCP
        } else if self.allows {
            words::ALLOWING_SCP
        } else {
            words::GUARDRAIL
        }
    }
}

pub(super) fn run(wanted: &ExplainArguments) -> Done {
    let place = wanted.place.place([]);
    let judged = match (&wanted.file, wanted.name) {
        (Some(file), _) => of_file(file, wanted.kind, &place).map(|one| vec![one]),
        (None, Some(name)) => of_managed(name, &place).map(|one| vec![one]),
        (None, None) => ManagedPolicy::ALL.into_iter().map(|name| of_managed(name, &place)).collect(),
    };
    let judged = judged.map_err(CliError::usage)?;
    let alone = wanted.file.is_some() || wanted.name.is_some();
    deliver(match *wanted.output {
        Form::Table => Ok(table(&judged, alone)),
        form @ (Form::Json | Form::Ndjson) => rows::write(form, &policy_columns(), &judged),
        Form::Csv => csv(&judged),
    })
}

fn of_managed(name: ManagedPolicy, place: &PolicyScope) -> Result<Judgement, String> {
    let policy = Policy::parse(name.document()).map_err(|error| format!("{name}: {}", policy_error(&error)))?;
    Ok(Judgement {
        name: name.to_string(),
        managed: Some(name),
        flows: explain(&policy, place),
        tasks: None,
        conditions: Vec::new(),
        allows: true,
    })
}

fn of_file(path: &Path, kind: Option<PolicyKindWord>, place: &PolicyScope) -> Result<Judgement, String> {
    let name = input::name(path);
    let text = read(path).map_err(|why| format!("{name} {why}"))?;
    let policy = Policy::parse(&text).map_err(|error| clean(&format!("{name}: {}", policy_error(&error))))?;
    if policy.names_principals() && kind != Some(PolicyKindWord::Rcp) {
        return Err(words::of_a_resource(name));
    }
    let left = match kind {
        None => left(&policy, place),
        Some(PolicyKindWord::Identity) => None,
        Some(PolicyKindWord::Scp) => Some(left_under(&policy, place)),
        Some(PolicyKindWord::Rcp) => Some(left_by_rcp(&policy, place)),
    };
    let allows = !policy.is_guardrail();
    Ok(if let Some(Left { conditions, caller, tasks }) = left {
        Judgement { name, managed: None, flows: caller, tasks: Some(tasks), conditions, allows }
    } else {
        let flows = explain(&policy, place);
        Judgement { name, managed: None, flows, tasks: None, conditions: Vec::new(), allows }
    })
}

fn read(path: &Path) -> Result<String, String> {
    let read =
        input::read(path, MAX_BYTES).and_then(|bytes| String::from_utf8(bytes).map_err(|_| FileProblem::NotUtf8));
    read.map_err(|problem| file_problem(&problem))
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
    let not_judged = match judged {
        [one] if one.is_rcp() => words::RCP_NOT_JUDGED,
        _ if guardrail => words::GUARDRAIL_NOT_JUDGED,
        _ => NOT_JUDGED,
    };
    format!("{table}\n{}\n{}\n", fill(EXTENTS, LINE), fill(not_judged, LINE))
}

/// What is missing, flow by flow; of a flow of which nothing is allowed only what it can't do without.
fn one_table(one: &Judgement) -> String {
    let mut text = match one.managed {
        Some(policy) => words::published(policy, version(policy), AS_OF),
        None => format!("{}\n\n", one.name),
    };
    if one.tasks.is_some() {
        writeln!(text, "{}", fill(one.is_about(), LINE)).ok();
        for (statement, conditions) in &one.conditions {
            let condition = words::holds_where(statement, conditions.join(words::AND));
            writeln!(text, "{}", fill(&format!("{}.", capital(&clean(&condition))), LINE)).ok();
        }
        if !one.flows.is_empty() {
            writeln!(text, "\n{}", words::CALLER_KEEPS).ok();
        }
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
    text.push_str(&words::all_published(AS_OF));
    text.push_str(&rows::table_of(&head, Flow::ALL.into_iter().map(line).collect()));
    text
}

pub(super) fn policy_columns() -> Vec<Column<'static, Judgement>> {
    vec![
        Column::json_only(f::POLICY, |one: &Judgement| one.name.clone()),
        Column::json_only(f::VERSION.or_null(), |one: &Judgement| one.managed.map(ManagedPolicy::version)),
        Column::json_only(f::DATED.or_null(), |one: &Judgement| one.managed.and_then(ManagedPolicy::dated)),
        Column::json_only(f::AS_OF.or_null(), |one: &Judgement| one.managed.map(|_| AS_OF)),
        // The flows are then those of a caller to whom everything else is allowed.
        Column::json_only(f::GUARDRAIL, |one: &Judgement| one.tasks.is_some()),
        Column::json_only(f::EXPLAINED_FLOWS, |one: &Judgement| Cell::list(&one.flows, flow_cell)),
        Column::json_only(f::ROOT_SESSIONS.or_null(), |one: &Judgement| {
            one.tasks.as_ref().map(|tasks| Cell::list(tasks, task_cell))
        }),
    ]
}

fn flow_cell(explained: &Explained) -> Cell {
    let permission = |one: &Judged| {
        record([
            (f::ACTION, one.permission.action.name.into()),
            (f::ABOUT, one.permission.about.named().into()),
            (f::WEIGHT, weight(one.weight).into()),
            (f::JUDGEMENT, answer_word(&one.answer).into()),
            (f::DETAILS, Cell::list(details(&one.answer), Cell::from)),
            (f::MESSAGE, words::without_it(without(explained.flow, &one.permission)).into()),
        ])
    };
    record([
        (f::FLOW, explained.flow.as_str().into()),
        (f::ALLOWED, extent_word(explained.extent).into()),
        (f::PERMISSIONS, Cell::list(&explained.judged, permission)),
    ])
}

fn task_cell(one: &TaskLeft) -> Cell {
    let action = |(action, answer): &(&'static str, Answer)| {
        record([
            (f::ACTION, (*action).into()),
            (f::JUDGEMENT, answer_word(answer).into()),
            (f::DETAILS, Cell::list(details(answer), Cell::from)),
        ])
    };
    record([
        (f::TASK, one.task.as_str().into()),
        (f::OPENING, answer_word(&one.opening).into()),
        (f::OPENING_DETAILS, Cell::list(details(&one.opening), Cell::from)),
        (f::ACTIONS, Cell::list(&one.actions, action)),
    ])
}

struct Line<'a> {
    policy: &'a Judgement,
    flow: String,
    action: &'static str,
    answer: &'a Answer,
    /// The flow it is part of; actions of root sessions are part of none.
    part_of: Option<(&'a Explained, &'a Judged)>,
}

fn csv(judged: &[Judgement]) -> io::Result<String> {
    let mut lines = Vec::new();
    for policy in judged {
        for explained in &policy.flows {
            lines.extend(explained.judged.iter().map(|one| Line {
                policy,
                flow: explained.flow.to_string(),
                action: one.permission.action.name,
                answer: &one.answer,
                part_of: Some((explained, one)),
            }));
        }
    }
    for policy in judged {
        for left in policy.tasks.iter().flatten() {
            let line = |(action, answer)| {
                let flow = words::root_session(left.task);
                Line { policy, flow, action, answer, part_of: None }
            };
            lines.push(line((ASSUME_ROOT, &left.opening)));
            lines.extend(left.actions.iter().map(|(action, answer)| line((*action, answer))));
        }
    }
    rows::write(Form::Csv, &columns(), &lines)
}

fn columns<'a>() -> Vec<Column<'static, Line<'a>>> {
    vec![
        Column::csv_only("policy", |line: &Line<'_>| line.policy.name.clone()),
        Column::csv_only("version", |line: &Line<'_>| line.policy.managed.map(ManagedPolicy::version)),
        Column::csv_only("flow", |line: &Line<'_>| line.flow.clone()),
        Column::csv_only("allowed", |line: &Line<'_>| line.part_of.map(|(explained, _)| extent_word(explained.extent))),
        Column::csv_only("action", |line: &Line<'_>| line.action),
        Column::csv_only("about", |line: &Line<'_>| line.part_of.and_then(|(_, one)| one.permission.about.named())),
        Column::csv_only("weight", |line: &Line<'_>| line.part_of.map(|(_, one)| weight(one.weight))),
        Column::csv_only("answer", |line: &Line<'_>| answer_word(line.answer)),
        Column::csv_only("details", |line: &Line<'_>| details(line.answer).join(" ")),
        Column::csv_only("message", |line: &Line<'_>| {
            line.part_of.map(|(explained, one)| words::without_it(without(explained.flow, &one.permission)))
        }),
    ]
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

fn details(answer: &Answer) -> Vec<String> {
    let each: Vec<&String> = match answer {
        Answer::Allowed | Answer::NotAllowed => Vec::new(),
        Answer::AllBut(resources) | Answer::Only(resources) => resources.iter().collect(),
        Answer::Denied(statement) => vec![statement],
        Answer::Unknown(what) => what.iter().collect(),
    };
    each.into_iter().map(|text| clean(text)).collect()
}
