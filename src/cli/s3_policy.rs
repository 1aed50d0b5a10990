//! `rootdeck s3-policy`: bucket policies, as root of the account.

use super::arguments::{self, Arguments, BucketPolicy, ListBuckets};
use super::context::{CommandContext, Needs};
use super::error::{CliError, Done};
use super::output;
use super::policy::{self, Named};
use super::rows::{self, Column, fields as f};
use crate::domain::account::Account;
use crate::domain::policy_holder::{Bucket, PolicyHolder};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;
use crate::words::cli::policy as words;

pub(super) async fn run(arguments: &Arguments, wanted: &BucketPolicy) -> Done {
    match wanted {
        BucketPolicy::List(wanted) => list(arguments, wanted).await,
        BucketPolicy::Show(wanted) => policy::show(arguments, wanted).await,
        BucketPolicy::Delete(wanted) => policy::delete(arguments, wanted).await,
        BucketPolicy::Put(wanted) => policy::put(arguments, wanted).await,
    }
}

impl Named for arguments::Bucket {
    const TASK: TaskPolicy = TaskPolicy::UnlockBucketPolicy;

    fn account(&self) -> &str {
        &self.account
    }

    /// With its region, which only the list of buckets tells.
    async fn holder(&self, context: &CommandContext, account: &Account) -> Result<PolicyHolder, CliError> {
        let buckets = context.engine.buckets(account).await.map_err(|error| context.error(&error))?;
        let name = clean(&self.bucket);
        let Some(bucket) = buckets.into_iter().find(|bucket| bucket.name == self.bucket) else {
            return Err(CliError::failed(words::no_bucket(&account.name, account.id, name)));
        };
        let Some(region) = bucket.region else {
            return Err(CliError::failed(words::no_region(name)));
        };
        Ok(PolicyHolder::Bucket { name: bucket.name, region })
    }
}

async fn list(arguments: &Arguments, wanted: &ListBuckets) -> Done {
    let context = CommandContext::read_about(arguments, std::slice::from_ref(&wanted.account), Needs::Switches).await?;
    let account = context.find(&wanted.account)?;
    context.clear_look(arguments::Bucket::TASK, account).await?;
    let buckets = context.engine.buckets(account).await.map_err(|error| context.error(&error))?;
    output::deliver(rows::write(*wanted.output, &columns(), &buckets))
}

pub(super) fn columns() -> Vec<Column<'static, Bucket>> {
    vec![
        Column::new(f::BUCKET, |bucket: &Bucket| bucket.name.clone()).head("BUCKET"),
        Column::new(f::REGION.or_null(), |bucket: &Bucket| bucket.region.clone())
            .head("REGION")
            .shown(|bucket| bucket.region.clone().unwrap_or_else(|| "?".to_owned())),
        Column::new(f::CREATED.or_null(), |bucket: &Bucket| bucket.created).head("CREATED"),
    ]
}
