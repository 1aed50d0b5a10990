//! The columns of what SCPs and RCPs leave to root sessions.

use crate::domain::account::Account;
use crate::domain::control_policy::{
    ActionVerdict, Cause, ControlPolicy, ControlWay, Controls, Exemption, Level, MemberControls, TaskVerdict,
};
use crate::words::api_error::headline;
use crate::words::control_policy as words;
use crate::words::fields as f;
use crate::words::rows::{Cell, Column};
use crate::words::schema::record;

pub(crate) struct Row<'a> {
    pub(crate) account: &'a Account,
    pub(crate) controls: Controls,
}

impl Row<'_> {
    fn member(&self) -> Option<&MemberControls> {
        self.controls.member.as_ref()
    }
}

pub(crate) fn columns<'a>() -> Vec<Column<'static, Row<'a>>> {
    let of = |cell: fn(&MemberControls) -> Cell| move |row: &Row<'a>| row.member().map(cell);
    vec![
        Column::json_only(f::ACCOUNT_ID, |row: &Row<'_>| row.account.id.to_string()),
        Column::json_only(f::ACCOUNT_NAME, |row: &Row<'_>| row.account.name.clone()),
        Column::json_only(f::MANAGEMENT, |row: &Row<'_>| row.member().is_none()),
        Column::json_only(f::CONTROL_VERDICT.or_null(), of(|it| words::verdict_word(it.verdict()).into())),
        Column::json_only(f::CONTROL_LEVELS.or_null(), of(|it| Cell::list(&it.way.levels, level_cell))),
        Column::json_only(
            f::CONTROL_POLICIES.or_null(),
            of(|it| Cell::list(&it.way.policies, |policy| policy_cell(&it.way, policy))),
        ),
        Column::json_only(f::CONTROL_TASKS.or_null(), of(|it| Cell::list(&it.tasks, |task| task_cell(&it.way, task)))),
        Column::json_only(f::CONTROL_OPENING.or_null(), |row: &Row<'_>| {
            let opening = row.member().and_then(|it| it.caller.as_ref());
            opening.map(|(way, opening)| Cell::list(opening, |one| action_cell(way, one)))
        }),
        Column::json_only(
            f::EXEMPTIONS.or_null(),
            of(|it| Cell::list(&it.exemptions, |one| exemption_cell(&it.way, one))),
        ),
        Column::json_only(
            f::CONTROL_FIXES.or_null(),
            of(|it| Cell::list(&it.not_exempted, |why| words::no_exemption(&it.way, why).into())),
        ),
    ]
}

fn level_cell(level: &Level) -> Cell {
    record([(f::LEVEL_ID, (&level.id).into()), (f::LEVEL_NAME, level.name.as_ref().into())])
}

fn policy_cell(way: &ControlWay, policy: &ControlPolicy) -> Cell {
    let document = policy.content.as_ref().map_or_else(|error| Cell::Unknown(headline(error)), Cell::from);
    record([
        (f::POLICY_ID, (&policy.id).into()),
        (f::POLICY_NAME, (&policy.name).into()),
        (f::POLICY_TYPE, policy.kind.as_str().into()),
        (f::AWS_MANAGED, policy.aws_managed.into()),
        (f::ATTACHED_TO, Cell::list(way.levels_with(&policy.id), |level| (&level.id).into())),
        (f::DOCUMENT, document),
    ])
}

fn task_cell(way: &ControlWay, task: &TaskVerdict) -> Cell {
    record([
        (f::TASK, task.task.as_str().into()),
        (f::CONTROL_VERDICT, words::verdict_word(task.verdict()).into()),
        (f::CONTROL_ACTIONS, Cell::list(&task.actions, |action| action_cell(way, action))),
    ])
}

fn action_cell(way: &ControlWay, action: &ActionVerdict) -> Cell {
    record([
        (f::ACTION, action.action.into()),
        (f::CONTROL_VERDICT, words::verdict_word(action.verdict()).into()),
        (f::CONTROL_CAUSES, Cell::list(&action.causes, |cause| cause_cell(way, cause))),
    ])
}

fn cause_cell(way: &ControlWay, cause: &Cause) -> Cell {
    let policy = match cause {
        Cause::Denied { policy, .. }
        | Cause::Depends { policy, .. }
        | Cause::Unread { policy }
        | Cause::NotJudged { policy, .. } => Some(policy),
        Cause::NotAllowed { .. } | Cause::AllowDepends { .. } | Cause::Unlisted { .. } => None,
    };
    let statement = match cause {
        Cause::Denied { statement, .. } | Cause::Depends { statement, .. } => Some(statement),
        _ => None,
    };
    let level = match cause {
        Cause::NotAllowed { level } | Cause::AllowDepends { level, .. } | Cause::Unlisted { level, .. } => Some(level),
        _ => None,
    };
    let on = match cause {
        Cause::Depends { on, .. } | Cause::AllowDepends { on, .. } => on.iter().cloned().collect(),
        _ => Vec::new(),
    };
    record([
        (f::CONTROL_CAUSE, words::cause_word(cause).into()),
        (f::POLICY_ID, policy.into()),
        (f::POLICY_NAME, policy.and_then(|id| way.policy(id)).map(|policy| policy.name.clone()).into()),
        (f::STATEMENT, statement.map(ToString::to_string).into()),
        (f::LEVEL_ID, level.into()),
        (f::DEPENDS_ON, Cell::list(on, Cell::from)),
        (f::MESSAGE, words::cause(way, cause).into()),
    ])
}

fn exemption_cell(way: &ControlWay, exemption: &Exemption) -> Cell {
    let name = way.policy(&exemption.policy).map(|policy| policy.name.clone());
    record([
        (f::POLICY_ID, (&exemption.policy).into()),
        (f::POLICY_NAME, name.into()),
        (f::STATEMENTS, Cell::list(&exemption.statements, |name| name.to_string().into())),
        (f::DIFF, exemption.diff(way).join("\n").into()),
        (f::DOCUMENT, exemption.after.join("\n").into()),
    ])
}
