//! `rootdeck email plans`: the plans on this machine.

use super::forms;
use crate::cli::arguments::{Arguments, Consent, DropPlan, Form, Plans};
use crate::cli::context::{CommandContext, Needs};
use crate::cli::error::{CliError, Done, Exit};
use crate::cli::output::{self, print_note};
use crate::cli::rows::{self, Column, fields as f};
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{EmailPlan, ItemState, PlanId};
use crate::domain::permit::Refusal;
use crate::words::cli::plans as words;
use crate::words::time::utc_second;

pub(in crate::cli) async fn run(arguments: &Arguments, wanted: &Plans) -> Done {
    if let Plans::Drop(wanted) = wanted {
        return drop(arguments, wanted).await;
    }
    let context = CommandContext::read_without_accounts(arguments, Needs::Organization).await?;
    match wanted {
        Plans::List(wanted) => {
            let plans = context.engine.email_plans().await.map_err(|error| failed(&context, &error))?;
            if plans.is_empty() {
                print_note(words::NO_PLANS);
                if *wanted.output == Form::Table {
                    return Ok(());
                }
            }
            output::deliver(rows::write(*wanted.output, &columns(), &plans))
        }
        Plans::Show(wanted) => {
            let plan = find(&context, wanted.plan).await?;
            output::deliver(forms::outcomes(&plan.items, &context.names_of_last_listing().await, *wanted.output))
        }
        Plans::Drop(_) => Ok(()),
    }
}

async fn drop(arguments: &Arguments, wanted: &DropPlan) -> Done {
    let consent = Consent { yes: wanted.yes, reason: None };
    consent.check()?;
    let context = CommandContext::read_without_accounts(arguments, Needs::Organization).await?;
    if context.engine.rules().read_only {
        // What is left of it is kept nowhere else.
        return Err(context.refusal(&Refusal::ReadOnly, None));
    }
    let plan = find(&context, wanted.plan).await?;
    let now = context.engine.now();
    if let Some(from) = plan.items.iter().filter_map(|item| item.known_from(now)).max() {
        return Err(CliError::failed(words::in_progress(words::come_back(from))));
    }
    consent.tell(&words::from(words::drop_plan(words::plan(&plan, now)), words::source(&plan.source)));
    let waiting = plan.count(ItemState::Waiting);
    if waiting > 0 {
        consent.tell(&words::wont_start(waiting));
    }
    consent.tell(words::STARTED_STAY);
    consent.agree().await?;
    let number = plan.id.0;
    let row = plan.clone();
    let is_dropped = context.engine.drop_email_plan(plan).await.map_err(|error| failed(&context, &error))?;
    if !is_dropped {
        return Err(CliError::failed(words::plan_moved(number)));
    }
    output::deliver(rows::result(*wanted.output, &words::dropped(number), &drop_columns(), &row))
}

pub(in crate::cli) fn drop_columns() -> Vec<Column<'static, EmailPlan>> {
    vec![
        Column::new(f::PLAN, |plan: &EmailPlan| plan.id.0),
        Column::new(f::DROP_STATUS, |_: &EmailPlan| "dropped"),
        Column::new(f::WAITING, |plan: &EmailPlan| plan.count(ItemState::Waiting) as u64),
        Column::new(f::PLAN_FILE.or_null(), file),
    ]
}

fn file(plan: &EmailPlan) -> Option<String> {
    plan.source.starts_with('/').then(|| plan.source.clone())
}

fn failed(context: &CommandContext, error: &ApiError) -> CliError {
    context.error(error).ending(Exit::Failed)
}

async fn find(context: &CommandContext, number: i64) -> Result<EmailPlan, CliError> {
    let plan = context.engine.email_plan(PlanId(number)).await.map_err(|error| failed(context, &error))?;
    plan.ok_or_else(|| CliError::usage(words::unknown_plan(number)))
}

pub(in crate::cli) fn columns() -> Vec<Column<'static, EmailPlan>> {
    let count = |state: ItemState| move |plan: &EmailPlan| plan.count(state) as u64;
    let unanswered = |plan: &EmailPlan| (plan.count(ItemState::Sending) + plan.count(ItemState::Unknown)) as u64;
    vec![
        Column::new(f::PLAN, |plan: &EmailPlan| plan.id.0).head("PLAN"),
        Column::new(f::CONFIRMED, |plan: &EmailPlan| plan.at).head("CREATED (UTC)").shown(|plan| utc_second(plan.at)),
        Column::new(f::OPEN, EmailPlan::is_open)
            .head("OPEN")
            .shown(|plan| if plan.is_open() { "yes" } else { "no" }.to_owned()),
        Column::new(f::ACCOUNT_COUNT, |plan: &EmailPlan| plan.items.len() as u64).head("ACCOUNTS"),
        Column::new(f::STARTED_COUNT, count(ItemState::Started)).head("STARTED"),
        Column::new(f::WAITING, count(ItemState::Waiting)).head("WAITING"),
        Column::new(f::UNANSWERED, unanswered).head("UNANSWERED"),
        Column::new(f::ALREADY, count(ItemState::Already)).head("ALREADY"),
        Column::new(f::REFUSED_COUNT, count(ItemState::Refused)).head("REFUSED"),
        Column::new(f::FAILED_COUNT, count(ItemState::Failed)).head("FAILED"),
        Column::new(f::CALLER_ARN, |plan: &EmailPlan| plan.by.clone()),
        Column::new(f::REASON.or_null(), |plan: &EmailPlan| plan.reason.clone()),
        Column::new(f::PLAN_FILE.or_null(), file),
        Column::table_only("FROM", |plan: &EmailPlan| words::source(&plan.source).to_owned()),
    ]
}
