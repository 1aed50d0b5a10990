//! Which flows a policy allows.
//!
//! Only the policy's own word counts, not the caller's organization role, trusted access and features, service control
//! policies or boundaries. Where it depends on something that is not known here, the answer is unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::{Permission, PolicyScope, ResourceKind};
use crate::domain::flow::{Flow, Weight};
use crate::domain::policy::{Context, Decision, Evaluation, Policy, Request};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Allowed, whatever it is done to.
    Allowed,
    /// Allowed, but not on these resources.
    AllBut(Vec<String>),
    /// Allowed on these resources only.
    Only(Vec<String>),
    Denied(String),
    NotAllowed,
    /// It depends on these condition keys, operators or policy variables.
    Unknown(BTreeSet<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) permission: Permission,
    pub(crate) weight: Weight,
    pub(crate) answer: Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Extent {
    /// All that it needs and that helps it.
    Whole,
    /// All that it needs; something that helps is missing.
    WithoutHelp,
    /// Something that it needs, and not all, or not on everything.
    Part,
    /// Nothing that makes this flow what it is.
    Nothing,
    /// That depends on what is not known here.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) flow: Flow,
    pub(crate) extent: Extent,
    pub(crate) judged: Vec<Judged>,
}

impl Answer {
    fn is_some(&self) -> bool {
        matches!(self, Self::Allowed | Self::AllBut(_) | Self::Only(_))
    }
}

impl Judged {
    fn is_unknown(&self) -> bool {
        matches!(self.answer, Answer::Unknown(_))
    }
}

pub(super) fn request(policy: &Policy, action: &str, resource: &str, context: Context) -> Answer {
    said(policy, action, resource, &[context])
}

/// What `policy` says about each flow of a caller of whom this much is known.
pub(super) fn explain_caller(policy: &Policy, place: &PolicyScope, caller: &[(&str, String)]) -> Vec<Explained> {
    Flow::ALL.into_iter().map(|flow| explain_flow(policy, flow, place, caller)).collect()
}

pub(crate) fn explain(policy: &Policy, place: &PolicyScope) -> Vec<Explained> {
    explain_caller(policy, place, &[])
}

fn explain_flow(policy: &Policy, flow: Flow, place: &PolicyScope, caller: &[(&str, String)]) -> Explained {
    let judged = flow.permissions().into_iter().map(|(permission, weight)| {
        let answer = answer_to(policy, &permission, place, caller);
        Judged { permission, weight, answer }
    });
    let judged: Vec<Judged> = judged.collect();
    Explained { flow, extent: extent(flow, &judged), judged }
}

fn extent(flow: Flow, judged: &[Judged]) -> Extent {
    let of_weight = |weight| judged.iter().filter(move |one| one.weight == weight);
    let essential = || of_weight(Weight::Essential);
    let is_own = |one: &&Judged| flow.is_its_own(&one.permission);
    if essential().all(|one| one.answer == Answer::Allowed) {
        let help = of_weight(Weight::Helpful).all(|one| one.answer == Answer::Allowed);
        return if help { Extent::Whole } else { Extent::WithoutHelp };
    }
    if essential().filter(is_own).any(|one| one.answer.is_some()) {
        // What is missing is missing, whatever the rest depends on.
        let missing = essential().any(|one| one.answer != Answer::Allowed && !one.is_unknown());
        return if missing { Extent::Part } else { Extent::Unknown };
    }
    if essential().filter(is_own).any(Judged::is_unknown) { Extent::Unknown } else { Extent::Nothing }
}

/// Judged first for resources that no policy names by chance, then for each that this one names: it may treat them
/// otherwise.
fn answer_to(policy: &Policy, permission: &Permission, place: &PolicyScope, caller: &[(&str, String)]) -> Answer {
    let kind = permission.action.resource();
    let with_caller = |context: Context| caller.iter().fold(context, |context, (key, value)| context.with(key, value));
    let contexts: Vec<Context> = contexts(permission, place).into_iter().map(with_caller).collect();
    let says = |resource: &str| said(policy, permission.action.name, resource, &contexts);
    let mut general = Answer::Allowed;
    for example in kind.examples(place) {
        general = stricter(general, says(&example));
    }
    let mut otherwise: BTreeMap<String, Answer> = BTreeMap::new();
    // What is done to nothing in particular can only be allowed on everything.
    let patterns = if kind == ResourceKind::Nothing { Vec::new() } else { kind.patterns(place) };
    for pattern in patterns {
        for named in policy.resources_among(&pattern) {
            otherwise.insert(named.written, says(&named.example));
        }
    }
    let listed = |allowed: bool| {
        let differ = otherwise.iter().filter(|(_, answer)| (**answer == Answer::Allowed) == allowed);
        differ.map(|(written, _)| written.clone()).collect::<Vec<_>>()
    };
    match general {
        Answer::Allowed => {
            let but = listed(false);
            if but.is_empty() { Answer::Allowed } else { Answer::AllBut(but) }
        }
        Answer::NotAllowed => {
            let only = listed(true);
            // Something may be allowed where it depends on what is not known.
            let depends = otherwise.into_values().find(|answer| matches!(answer, Answer::Unknown(_)));
            if only.is_empty() { depends.unwrap_or(Answer::NotAllowed) } else { Answer::Only(only) }
        }
        other => other,
    }
}

/// Where the value of a key is not known, it may be any.
fn contexts(permission: &Permission, place: &PolicyScope) -> Vec<Context> {
    let each = permission.contexts(place).into_iter();
    each.map(|known| known.into_iter().fold(Context::open(), |context, (key, value)| context.with(key.as_str(), value)))
        .collect()
}

fn said(policy: &Policy, action: &str, resource: &str, contexts: &[Context]) -> Answer {
    let each = contexts.iter().map(|context| {
        let Evaluation { decision, not_understood, .. } = policy.evaluate(Request { action, resource, context });
        match decision {
            // A Deny that is not understood would have counted.
            Decision::Allowed => Answer::Allowed,
            _ if !not_understood.is_empty() => Answer::Unknown(not_understood),
            Decision::ExplicitDeny(statement) => Answer::Denied(statement.to_string()),
            Decision::ImplicitDeny => Answer::NotAllowed,
        }
    });
    each.fold(Answer::Allowed, stricter)
}

/// Of two answers of which both have to be yes, the one that decides.
fn stricter(one: Answer, other: Answer) -> Answer {
    let rank = |answer: &Answer| match answer {
        Answer::Allowed => 0,
        Answer::AllBut(_) | Answer::Only(_) => 1,
        Answer::Unknown(_) => 2,
        Answer::NotAllowed => 3,
        Answer::Denied(_) => 4,
    };
    if rank(&other) > rank(&one) { other } else { one }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
