//! `rootdeck s3-policy`: bucket policies, as root of the account.

use super::arguments::{self, Arguments, BucketPolicy, Form, ListBuckets};
use super::ground::Ground;
use super::output::{self, complain};
use super::{Exit, policy, rows};
use crate::domain::account::Account;
use crate::domain::policy_holder::{Bucket, PolicyHolder};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;
use crate::words::time::utc_second;

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

#[derive(serde::Serialize)]
struct BucketJson {
    name: String,
    region: Option<String>,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    created: Option<jiff::Timestamp>,
}

async fn list(arguments: &Arguments, wanted: &ListBuckets) -> Result<Exit, Exit> {
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    let buckets = buckets(&ground, account).await?;
    let cells = |unknown: &str| {
        let row = |bucket: &Bucket| {
            let region = bucket.region.clone().unwrap_or_else(|| unknown.to_owned());
            vec![bucket.name.clone(), region, bucket.created.map(utc_second).unwrap_or_default()]
        };
        buckets.iter().map(row).collect()
    };
    Ok(output::deliver(match wanted.output {
        Form::Table => Ok(rows::columns(&["BUCKET", "REGION", "CREATED"], cells("?"))),
        Form::Csv => rows::csv(&["bucket", "region", "created"], cells("")),
        Form::Json => {
            let of = |bucket: &Bucket| BucketJson {
                name: bucket.name.clone(),
                region: bucket.region.clone(),
                created: bucket.created,
            };
            rows::json(&buckets.iter().map(of).collect::<Vec<_>>())
        }
    }))
}
