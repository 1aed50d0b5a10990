//! `rootdeck sqs-policy`: queue policies, as root of the account.

use super::arguments::{self, Arguments, ListQueues, QueuePolicy};
use super::ground::Ground;
use super::output::{self, complain};
use super::rows::{self, Column};
use super::{Exit, policy};
use crate::domain::account::Account;
use crate::domain::fault::Fault;
use crate::domain::policy_holder::{PolicyHolder, Queue, QueueListing, QueueSearch};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;

const TASK: TaskPolicy = TaskPolicy::UnlockQueuePolicy;

/// Does what is asked.
pub(super) async fn run(arguments: &Arguments, wanted: &QueuePolicy) -> Exit {
    let done = match wanted {
        QueuePolicy::List(wanted) => list(arguments, wanted).await,
        QueuePolicy::Show(wanted) => show(arguments, wanted).await,
        QueuePolicy::Delete(wanted) => delete(arguments, wanted).await,
        QueuePolicy::Put(wanted) => put(arguments, wanted).await,
    };
    done.unwrap_or_else(|exit| exit)
}

async fn show(arguments: &Arguments, wanted: &arguments::Queue) -> Result<Exit, Exit> {
    let ground = Ground::read(arguments).await?;
    let (account, holder) = find(&ground, wanted).await?;
    policy::show(&ground, account, &holder).await
}

async fn delete(arguments: &Arguments, wanted: &arguments::DeleteQueuePolicy) -> Result<Exit, Exit> {
    wanted.consent.check()?;
    let ground = Ground::read(arguments).await?;
    ground.clear(TASK, ground.find(&wanted.queue.account)?).await?;
    let (account, holder) = find(&ground, &wanted.queue).await?;
    policy::delete(&ground, account, holder, wanted.save.as_deref(), &wanted.consent).await
}

async fn put(arguments: &Arguments, wanted: &arguments::PutQueuePolicy) -> Result<Exit, Exit> {
    wanted.consent.check()?;
    let text = policy::load(&wanted.file)?;
    let ground = Ground::read(arguments).await?;
    ground.clear(TASK, ground.find(&wanted.queue.account)?).await?;
    let (account, holder) = find(&ground, &wanted.queue).await?;
    policy::put(&ground, account, holder, text, wanted.save.as_deref(), &wanted.consent).await
}

/// The account, and the queue with its URL and region.
async fn find<'a>(ground: &'a Ground, wanted: &arguments::Queue) -> Result<(&'a Account, PolicyHolder), Exit> {
    let account = ground.find(&wanted.account)?;
    let region = wanted.region.clone().unwrap_or_else(|| ground.region());
    let search = QueueSearch::One { queue: wanted.named.clone(), region };
    let listing = search_for(ground, account, &search).await?;
    match (listing.queues.into_iter().next(), listing.failed.first()) {
        (Some(Queue { url, region }), _) => Ok((account, PolicyHolder::Queue { url, region })),
        (None, Some((_, fault))) => Err(ground.complain_of(fault)),
        (None, None) => {
            let queue = clean(&wanted.named);
            complain(&format!("{} ({}) has no queue {queue} there", account.name, account.id));
            Err(Exit::Failed)
        }
    }
}

async fn search_for(ground: &Ground, account: &Account, search: &QueueSearch) -> Result<QueueListing, Exit> {
    ground.clear_look(TASK, account).await?;
    ground.engine.queues(account, search).await.map_err(|fault| ground.complain_of(&fault))
}

async fn list(arguments: &Arguments, wanted: &ListQueues) -> Result<Exit, Exit> {
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    let regions = if wanted.regions.is_empty() { vec![ground.region()] } else { wanted.regions.clone() };
    let listing = search_for(&ground, account, &QueueSearch::Regions(regions)).await?;
    let printed = output::deliver(rows::write(wanted.output, &columns(), &listing.queues));
    tell_failed(&ground, &listing.failed);
    Ok(match printed {
        Exit::Done if !listing.failed.is_empty() => Exit::Some,
        printed => printed,
    })
}

fn columns() -> Vec<Column<'static, Queue>> {
    let url = |queue: &Queue| queue.url.clone();
    vec![
        Column::new("queue", |queue: &Queue| queue.name().to_owned()).json_name("name").head("QUEUE"),
        Column::json_only("url", url),
        Column::new("region", |queue: &Queue| queue.region.clone()).head("REGION"),
        Column::csv_only("url", url).head("URL"),
    ]
}

/// A region that could not be read is not one without queues.
fn tell_failed(ground: &Ground, failed: &[(String, Fault)]) {
    for (region, fault) in failed {
        complain(&format!("the queues in {} could not be read", clean(region)));
        ground.complain_of(fault);
    }
}
