//! `rootdeck sqs-policy`: queue policies, as root of the account.

use super::arguments::{self, Arguments, ListQueues, QueuePolicy};
use super::context::{CommandContext, Needs};
use super::error::{CliError, Done, Exit};
use super::output::{self, print_error};
use super::policy::{self, Named};
use super::rows::{self, Column, fields as f};
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::policy_holder::{PolicyHolder, Queue, QueueSearch};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;
use crate::words::cli::policy as words;

pub(super) async fn run(arguments: &Arguments, wanted: &QueuePolicy) -> Done {
    match wanted {
        QueuePolicy::List(wanted) => list(arguments, wanted).await,
        QueuePolicy::Show(wanted) => policy::show(arguments, wanted).await,
        QueuePolicy::Delete(wanted) => policy::delete(arguments, wanted).await,
        QueuePolicy::Put(wanted) => policy::put(arguments, wanted).await,
    }
}

impl Named for arguments::Queue {
    const TASK: TaskPolicy = TaskPolicy::UnlockQueuePolicy;

    fn account(&self) -> &str {
        &self.account
    }

    async fn holder(&self, context: &CommandContext, account: &Account) -> Result<PolicyHolder, CliError> {
        let region = self.region.clone().unwrap_or_else(|| context.region());
        let search = QueueSearch::One { queue: self.named.clone(), region };
        let listing = context.engine.queues(account, &search).await.map_err(|error| context.error(&error))?;
        match (listing.queues.into_iter().next(), listing.failed.first()) {
            (Some(Queue { url, region }), _) => Ok(PolicyHolder::Queue { url, region }),
            (None, Some((_, error))) => Err(context.error(error)),
            (None, None) => Err(CliError::failed(words::no_queue(&account.name, account.id, clean(&self.named)))),
        }
    }
}

async fn list(arguments: &Arguments, wanted: &ListQueues) -> Done {
    let context = CommandContext::read_about(arguments, std::slice::from_ref(&wanted.account), Needs::Switches).await?;
    let account = context.find(&wanted.account)?;
    let regions = if wanted.regions.is_empty() { vec![context.region()] } else { wanted.regions.clone() };
    context.clear_look(arguments::Queue::TASK, account).await?;
    let listing = context.engine.queues(account, &QueueSearch::Regions(regions)).await;
    let listing = listing.map_err(|error| context.error(&error))?;
    let printed = output::deliver(rows::write(*wanted.output, &columns(), &listing.queues));
    print_failed(&context, &listing.failed);
    printed?;
    if listing.failed.is_empty() { Ok(()) } else { Exit::Some.end() }
}

pub(super) fn columns() -> Vec<Column<'static, Queue>> {
    vec![
        Column::new(f::QUEUE, |queue: &Queue| queue.name().to_owned()).head("QUEUE"),
        Column::new(f::REGION, |queue: &Queue| queue.region.clone()).head("REGION"),
        Column::new(f::URL, |queue: &Queue| queue.url.clone()).head("URL"),
    ]
}

/// A region that could not be read is not one without queues.
fn print_failed(context: &CommandContext, failed: &[(String, ApiError)]) {
    for (region, error) in failed {
        print_error(&words::region_unread(clean(region)));
        context.print_api_error(error);
    }
}
