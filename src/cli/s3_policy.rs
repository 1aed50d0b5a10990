//! `rootdeck s3-policy`: bucket policies, as root of the account.

use super::arguments::{self, Arguments, BucketPolicy, ListBuckets};
use super::context::CommandContext;
use super::error::{CliError, Done};
use super::locks::{self, Lock};
use super::policy::{self, Named, Outcome};
use super::printer::Printer;
use super::rows::{Column, fields as f};
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

    fn columns() -> Vec<Column<'static, Outcome>> {
        vec![Column::new(f::BUCKET, |row: &Outcome| row.holder.name().to_owned())]
    }
}

async fn list(arguments: &Arguments, wanted: &ListBuckets) -> Done {
    let (context, which) = locks::context_of(arguments, &wanted.accounts, wanted.purpose.reason.as_deref()).await?;
    let read = async |account| {
        let buckets = context.engine.buckets(account).await?;
        let holder = |bucket: &Bucket| {
            let region = bucket.region.clone();
            region.map(|region| PolicyHolder::Bucket { name: bucket.name.clone(), region })
        };
        let holders = buckets.iter().map(|bucket| (bucket.name.clone(), holder(bucket))).collect();
        let locks = locks::locks(&context, account, holders).await;
        Ok(buckets.into_iter().zip(locks).collect::<Vec<_>>())
    };
    let mut printer = Printer::new(*wanted.output, columns());
    let each = |account: &Account, found: Vec<(Bucket, Lock)>| {
        for (bucket, lock) in found {
            printer.push(Row { account: account.clone(), bucket, lock });
        }
    };
    let ended = locks::read_each(&context, &which, arguments::Bucket::TASK, read, each).await?;
    locks::print_unread(&context, printer.rows().iter().map(|row| &row.lock));
    let all = printer.finish()?;
    ended.end(all.iter().any(|row| row.lock.is_unread()))
}

/// A bucket, whose it is, and what its policy does.
pub(super) struct Row {
    account: Account,
    bucket: Bucket,
    lock: Lock,
}

pub(super) fn columns() -> Vec<Column<'static, Row>> {
    let mut columns = vec![
        Column::new(f::ACCOUNT_ID, |row: &Row| row.account.id.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |row: &Row| row.account.name.clone()).head("NAME"),
        Column::new(f::BUCKET, |row: &Row| row.bucket.name.clone()).head("BUCKET"),
        Column::new(f::REGION.or_null(), |row: &Row| row.bucket.region.clone())
            .head("REGION")
            .shown(|row| row.bucket.region.clone().unwrap_or_else(|| "?".to_owned())),
        Column::new(f::CREATED.or_null(), |row: &Row| row.bucket.created).head("CREATED"),
    ];
    columns.extend(locks::columns(|row: &Row| &row.lock));
    columns
}
