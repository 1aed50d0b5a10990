//! `rootdeck sqs-policy`: queue policies, as root of the account.

use super::arguments::{self, ALL_REGIONS, Arguments, ListQueues, QueuePolicy};
use super::context::CommandContext;
use super::error::{CliError, Done};
use super::locks::{self, Lock};
use super::output::{print_error, print_note};
use super::policy::{self, Named, Outcome};
use super::printer::Printer;
use super::rows::{Column, fields as f};
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::policy_holder::{PolicyHolder, Queue, QueueListing, QueueSearch};
use crate::domain::queue_name::QueueName;
use crate::domain::region::known_regions;
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
        let search = QueueSearch::One { queue: self.named.clone(), region: region.clone() };
        let none = || {
            let search = context.again(&["sqs-policy", "list", &account.id.to_string(), "--regions", ALL_REGIONS]);
            // A URL or an ARN names its own region.
            let named = QueueName::parse(&self.named).and_then(|named| named.region);
            let region = named.unwrap_or_else(|| region.clone());
            CliError::failed(words::no_queue(clean(&self.named), clean(&region), search))
        };
        let failed =
            |error: &ApiError| if error.kind == ApiErrorKind::NotFound { none() } else { context.error(error) };
        let listing = context.engine.queues(account, &search).await.map_err(|error| failed(&error))?;
        match (listing.queues.into_iter().next(), listing.failed.first()) {
            (Some(Queue { url, region }), _) => Ok(PolicyHolder::Queue { url, region }),
            (None, Some((_, error))) => Err(failed(error)),
            (None, None) => Err(none()),
        }
    }

    fn columns() -> Vec<Column<'static, Outcome>> {
        let url = |row: &Outcome| match &row.holder {
            PolicyHolder::Queue { url, .. } => Some(url.clone()),
            PolicyHolder::Bucket { .. } => None,
        };
        vec![Column::new(f::QUEUE, |row: &Outcome| row.holder.name().to_owned()), Column::new(f::URL, url)]
    }
}

async fn list(arguments: &Arguments, wanted: &ListQueues) -> Done {
    let (context, which) = locks::context_of(arguments, &wanted.accounts, wanted.purpose.reason.as_deref()).await?;
    let is_all = wanted.regions.iter().any(|region| region == ALL_REGIONS);
    let regions = match wanted.regions.as_slice() {
        [] => vec![context.region()],
        _ if is_all => all_regions(&context),
        named => named.to_vec(),
    };
    let count = regions.len();
    let search = QueueSearch::Regions(regions);
    let read = async |account| {
        let QueueListing { queues, failed } = context.engine.queues(account, &search).await?;
        let holder = |queue: &Queue| {
            let (url, region) = (queue.url.clone(), queue.region.clone());
            (queue.name().to_owned(), Some(PolicyHolder::Queue { url, region }))
        };
        let locks = locks::locks(&context, account, queues.iter().map(holder).collect()).await;
        Ok((queues.into_iter().zip(locks).collect::<Vec<_>>(), failed))
    };
    let (mut printer, mut some_failed) = (Printer::new(*wanted.output, columns()), false);
    let each = |account: &Account, (queues, failed): (Vec<(Queue, Lock)>, Failed)| {
        for (queue, lock) in queues {
            printer.push(Row { account: account.clone(), queue, lock });
        }
        let (disabled, failed) = if is_all { sort_out(failed, count) } else { (Vec::new(), failed) };
        if !disabled.is_empty() {
            print_note(&words::regions_disabled(account.id, disabled.join(", ")));
        }
        some_failed |= !failed.is_empty();
        print_failed(&context, account, &failed);
    };
    let ended = locks::read_each(&context, &which, arguments::Queue::TASK, read, each).await?;
    locks::print_unread(&context, printer.rows().iter().map(|row| &row.lock));
    let all = printer.finish()?;
    ended.end(some_failed || all.iter().any(|row| row.lock.is_unread()))
}

/// All that AWS documents of the partition, and the current one.
fn all_regions(context: &CommandContext) -> Vec<String> {
    let known = known_regions(context.partition()).iter().map(|(region, _)| (*region).to_owned());
    let mut regions: Vec<String> = std::iter::once(context.region()).chain(known).collect();
    regions.sort();
    regions.dedup();
    regions
}

type Failed = Vec<(String, ApiError)>;

/// The regions that are not enabled: they refuse the session that others of the `count` regions accept.
fn sort_out(failed: Failed, count: usize) -> (Vec<String>, Failed) {
    let refusing = failed.iter().filter(|(_, error)| is_of_session(error)).count();
    let (disabled, failed): (Failed, Failed) =
        failed.into_iter().partition(|(_, error)| refusing < count && is_of_session(error));
    (disabled.into_iter().map(|(region, _)| clean(&region)).collect(), failed)
}

fn is_of_session(error: &ApiError) -> bool {
    let codes = ["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken"];
    error.code.as_deref().is_some_and(|code| codes.contains(&code))
}

/// A queue, whose it is, and what its policy does.
pub(super) struct Row {
    account: Account,
    queue: Queue,
    lock: Lock,
}

pub(super) fn columns() -> Vec<Column<'static, Row>> {
    let mut columns = vec![
        Column::new(f::ACCOUNT_ID, |row: &Row| row.account.id.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |row: &Row| row.account.name.clone()).head("NAME"),
        Column::new(f::QUEUE, |row: &Row| row.queue.name().to_owned()).head("QUEUE"),
        Column::new(f::REGION, |row: &Row| row.queue.region.clone()).head("REGION"),
        Column::new(f::URL, |row: &Row| row.queue.url.clone()),
    ];
    columns.extend(locks::columns(|row: &Row| &row.lock));
    columns
}

/// A region that could not be read is not one without queues.
fn print_failed(context: &CommandContext, account: &Account, failed: &[(String, ApiError)]) {
    for (region, error) in failed {
        print_error(&words::region_unread(clean(region), account.id));
        context.print_api_error(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_that_refuses_the_session_of_the_others_is_not_enabled() {
        let refusing = |code: &str| ApiError {
            code: Some(code.to_owned()),
            ..ApiError::new("sqs:ListQueues", ApiErrorKind::NotFound, "x")
        };
        let failed = || {
            vec![
                ("me-south-1".to_owned(), refusing("UnrecognizedClientException")),
                ("eu-west-1".to_owned(), refusing("AccessDenied")),
            ]
        };
        let (disabled, rest) = sort_out(failed(), 3);
        assert_eq!((disabled, rest.len()), (vec!["me-south-1".to_owned()], 1));
        let all = vec![("us-east-1".to_owned(), refusing("InvalidClientTokenId"))];
        assert_eq!(sort_out(all, 1).0, [""; 0], "a session that nobody accepts says nothing of regions");
    }
}
