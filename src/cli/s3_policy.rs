//! `rootdeck s3-policy`: bucket policies, as root of the account.

use super::arguments::{self, Arguments, BucketPolicy, ListBuckets};
use super::ground::Ground;
use super::output::{self, complain};
use super::rows::{self, Column};
use super::{Exit, policy};
use crate::domain::account::Account;
use crate::domain::policy_holder::{Bucket, PolicyHolder};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;

const TASK: TaskPolicy = TaskPolicy::UnlockBucketPolicy;

/// Does what is asked.
pub(super) async fn run(arguments: &Arguments, wanted: &BucketPolicy) -> Exit {
    let done = match wanted {
        BucketPolicy::List(wanted) => list(arguments, wanted).await,
        BucketPolicy::Show(wanted) => show(arguments, wanted).await,
        BucketPolicy::Delete(wanted) => delete(arguments, wanted).await,
        BucketPolicy::Put(wanted) => put(arguments, wanted).await,
    };
    done.unwrap_or_else(|exit| exit)
}

async fn show(arguments: &Arguments, wanted: &arguments::Bucket) -> Result<Exit, Exit> {
    let ground = Ground::read(arguments).await?;
    let (account, holder) = find(&ground, wanted).await?;
    policy::show(&ground, account, &holder).await
}

async fn delete(arguments: &Arguments, wanted: &arguments::DeleteBucketPolicy) -> Result<Exit, Exit> {
    wanted.consent.check()?;
    let ground = Ground::read(arguments).await?;
    ground.clear(TASK, ground.find(&wanted.bucket.account)?).await?;
    let (account, holder) = find(&ground, &wanted.bucket).await?;
    policy::delete(&ground, account, holder, wanted.save.as_deref(), &wanted.consent).await
}

async fn put(arguments: &Arguments, wanted: &arguments::PutBucketPolicy) -> Result<Exit, Exit> {
    wanted.consent.check()?;
    let text = policy::load(&wanted.file)?;
    let ground = Ground::read(arguments).await?;
    ground.clear(TASK, ground.find(&wanted.bucket.account)?).await?;
    let (account, holder) = find(&ground, &wanted.bucket).await?;
    policy::put(&ground, account, holder, text, wanted.save.as_deref(), &wanted.consent).await
}

/// The account, and the bucket with its region, which only the list of buckets tells.
async fn find<'a>(ground: &'a Ground, wanted: &arguments::Bucket) -> Result<(&'a Account, PolicyHolder), Exit> {
    let account = ground.find(&wanted.account)?;
    let buckets = buckets(ground, account).await?;
    let name = clean(&wanted.bucket);
    let Some(bucket) = buckets.into_iter().find(|bucket| bucket.name == wanted.bucket) else {
        complain(&format!("{} ({}) has no bucket called {name}", account.name, account.id));
        return Err(Exit::Failed);
    };
    let Some(region) = bucket.region else {
        complain(&format!("AWS does not tell the region of {name}, where the calls would have to go"));
        return Err(Exit::Failed);
    };
    Ok((account, PolicyHolder::Bucket { name: bucket.name, region }))
}

async fn buckets(ground: &Ground, account: &Account) -> Result<Vec<Bucket>, Exit> {
    ground.clear_look(TASK, account).await?;
    ground.engine.buckets(account).await.map_err(|fault| ground.complain_of(&fault))
}

async fn list(arguments: &Arguments, wanted: &ListBuckets) -> Result<Exit, Exit> {
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    let buckets = buckets(&ground, account).await?;
    Ok(output::deliver(rows::write(wanted.output, &columns(), &buckets)))
}

fn columns() -> Vec<Column<'static, Bucket>> {
    vec![
        Column::new("bucket", |bucket: &Bucket| bucket.name.clone()).json_name("name").head("BUCKET"),
        Column::new("region", |bucket: &Bucket| bucket.region.clone())
            .head("REGION")
            .shown(|bucket| bucket.region.clone().unwrap_or_else(|| "?".to_owned())),
        Column::new("created", |bucket: &Bucket| bucket.created).head("CREATED"),
    ]
}
