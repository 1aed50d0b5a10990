//! The smallest change of a policy that lets root sessions through.

use std::collections::BTreeMap;

use super::judge::{ActionVerdict, Cause, TaskVerdict};
use super::way::{ControlPolicy, ControlWay};
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::diff::unified;
use crate::domain::policy::{Policy, StatementName, exempted, pretty};
use crate::domain::text::clean;

/// A policy with root sessions exempt from the statements that deny them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exemption {
    /// The id of the policy.
    pub(crate) policy: String,
    pub(crate) statements: Vec<StatementName>,
    /// Both laid out for reading.
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
}

impl Exemption {
    /// As a unified diff, with the policy's name for a file.
    pub(crate) fn diff(&self, way: &ControlWay) -> Vec<String> {
        let name = way.named(&self.policy);
        let heads = [format!("--- {name}"), format!("+++ {name}")];
        heads.into_iter().chain(unified(&self.before, &self.after)).map(|line| clean(&line)).collect()
    }
}

/// What blocks a root session and is not changed by an exemption.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NotExempted {
    /// These statements have a condition on `aws:AssumedRoot` already: they are about root sessions on purpose.
    OnPurpose { policy: String },
    /// The document is written in a way that can't be changed safely.
    Document { policy: String },
    /// The SCPs at this level do not allow these actions.
    Allow { level: String, actions: Vec<&'static str> },
}

/// For all that certainly blocks one of the tasks.
pub(crate) fn exemptions(way: &ControlWay, tasks: &[TaskVerdict]) -> (Vec<Exemption>, Vec<NotExempted>) {
    let (denying, lacking) = blocked_by(tasks);
    let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
    for (id, statements) in denying {
        let Some(policy) = way.policy(id) else { continue };
        match exempt(policy, statements) {
            Ok(exemption) => changed.push(exemption),
            Err(why) => unchanged.push(why),
        }
    }
    let allow = |(level, actions): (&str, Vec<&'static str>)| NotExempted::Allow { level: level.to_owned(), actions };
    unchanged.extend(lacking.into_iter().map(allow));
    (changed, unchanged)
}

/// The file that the owner of a policy saves the new document in.
pub(crate) fn document_file(id: &str) -> String {
    format!("{id}.json")
}

/// How the owner of a policy changes it, once the new document is saved.
pub(crate) fn update_policy(id: &str, caller: &CallerOptions) -> AwsCommand {
    AwsCommand::new("organizations", "update-policy")
        .with("policy-id", id)
        .with("content", &format!("file://{}", document_file(id)))
        .by(caller)
}

type Denying<'a> = BTreeMap<&'a str, Vec<&'a StatementName>>;
type Lacking<'a> = BTreeMap<&'a str, Vec<&'static str>>;

fn blocked_by(tasks: &[TaskVerdict]) -> (Denying<'_>, Lacking<'_>) {
    let (mut denying, mut lacking) = (Denying::new(), Lacking::new());
    for ActionVerdict { action, causes } in tasks.iter().flat_map(|task| &task.actions) {
        for cause in causes {
            match cause {
                Cause::Denied { policy, statement } => {
                    let statements = denying.entry(policy).or_default();
                    if !statements.contains(&statement) {
                        statements.push(statement);
                    }
                }
                Cause::NotAllowed { level } => {
                    let actions = lacking.entry(level).or_default();
                    if !actions.contains(action) {
                        actions.push(action);
                    }
                }
                _ => {}
            }
        }
    }
    (denying, lacking)
}

fn exempt(policy: &ControlPolicy, mut statements: Vec<&StatementName>) -> Result<Exemption, NotExempted> {
    let id = || policy.id.clone();
    let unchangeable = || NotExempted::Document { policy: id() };
    let content = policy.content.as_ref().map_err(|_| unchangeable())?;
    let parsed = Policy::parse(content).map_err(|_| unchangeable())?;
    if statements.iter().any(|statement| parsed.has_condition_on(statement.index, "aws:AssumedRoot")) {
        return Err(NotExempted::OnPurpose { policy: id() });
    }
    statements.sort_by_key(|statement| statement.index);
    let indexes: Vec<usize> = statements.iter().map(|statement| statement.index).collect();
    let after = exempted(content, &indexes).ok_or_else(unchangeable)?;
    Ok(Exemption {
        policy: id(),
        statements: statements.into_iter().cloned().collect(),
        before: pretty(content),
        after: after.lines().map(str::to_owned).collect(),
    })
}
