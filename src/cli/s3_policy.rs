//! `rootdeck s3-policy`: bucket policies, as root of the account.

use futures::stream::{self, StreamExt};

use super::arguments::{self, Arguments, BucketPolicy, ListBuckets};
use super::context::{CommandContext, Needs};
use super::error::{CliError, Done, Exit};
use super::output::{self, Progress, print_error};
use super::policy::{self, Named};
use super::rows::{self, Cell, Column, fields as f};
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::policy_holder::{Bucket, PolicyHolder};
use crate::domain::policy_judgement::{LockState, lock_state};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;
use crate::words::api_error::headline;
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

/// How many policies are read at once.
const READ_AT_ONCE: usize = 8;

async fn list(arguments: &Arguments, wanted: &ListBuckets) -> Done {
    let context = CommandContext::read_about(arguments, std::slice::from_ref(&wanted.account), Needs::Switches).await?;
    context.engine.give_reason(wanted.purpose.reason.as_deref());
    let account = context.find(&wanted.account)?;
    context.clear_look(arguments::Bucket::TASK, account).await?;
    let buckets = context.engine.buckets(account).await.map_err(|error| context.error(&error))?;
    let progress = Progress::of("read", buckets.len());
    let reads = buckets.into_iter().map(|bucket| async {
        let lock = lock_of(&context, account, &bucket).await;
        progress.advance();
        Row { account: account.clone(), bucket, lock }
    });
    let all: Vec<Row> = stream::iter(reads).buffered(READ_AT_ONCE).collect().await;
    drop(progress);
    print_unread(&context, &all);
    output::deliver(rows::write(*wanted.output, &columns(), &all))?;
    if all.iter().any(|row| row.lock.is_err()) { Exit::Some.end() } else { Ok(()) }
}

/// A bucket, and what its policy does; or why that could not be read.
pub(super) struct Row {
    account: Account,
    bucket: Bucket,
    lock: Result<LockState, Unread>,
}

enum Unread {
    NoRegion,
    Failed(ApiError),
}

async fn lock_of(context: &CommandContext, account: &Account, bucket: &Bucket) -> Result<LockState, Unread> {
    let region = bucket.region.clone().ok_or(Unread::NoRegion)?;
    let holder = PolicyHolder::Bucket { name: bucket.name.clone(), region };
    let policy = context.engine.policy(account, &holder).await.map_err(Unread::Failed)?;
    Ok(lock_state(policy.as_deref(), &holder, account.id, context.partition()))
}

/// Each reason once, with the buckets it holds for.
fn print_unread(context: &CommandContext, all: &[Row]) {
    let mut reported: Vec<ApiErrorKind> = Vec::new();
    for Row { bucket, lock, .. } in all {
        match lock {
            Ok(_) => {}
            Err(Unread::NoRegion) => print_error(&words::no_region(clean(&bucket.name))),
            Err(Unread::Failed(error)) => {
                print_error(&words::bucket_unread(clean(&bucket.name)));
                if !reported.contains(&error.kind) {
                    reported.push(error.kind);
                    context.print_api_error(error);
                }
            }
        }
    }
}

impl Row {
    fn unknown(&self) -> Option<String> {
        match &self.lock {
            Ok(_) => None,
            Err(Unread::NoRegion) => Some(words::no_region(&self.bucket.name)),
            Err(Unread::Failed(error)) => Some(headline(error)),
        }
    }

    fn has_policy(&self) -> Cell {
        match &self.lock {
            Ok(LockState::NoPolicy) => false.into(),
            Ok(LockState::NotLocked | LockState::Depends | LockState::Locked | LockState::Unclear) => true.into(),
            Err(_) => Cell::Unknown(self.unknown().unwrap_or_default()),
        }
    }

    fn locked(&self) -> Cell {
        match &self.lock {
            Ok(LockState::NoPolicy | LockState::NotLocked) => false.into(),
            Ok(LockState::Locked) => true.into(),
            Ok(LockState::Depends) => Cell::Unknown(words::LOCK_DEPENDS.to_owned()),
            Ok(LockState::Unclear) => Cell::Unknown(words::LOCK_UNCLEAR.to_owned()),
            Err(_) => Cell::Unknown(self.unknown().unwrap_or_default()),
        }
    }
}

pub(super) fn columns() -> Vec<Column<'static, Row>> {
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Row| row.account.id.to_string()),
        Column::new(f::ACCOUNT_NAME, |row: &Row| row.account.name.clone()),
        Column::new(f::BUCKET, |row: &Row| row.bucket.name.clone()).head("BUCKET"),
        Column::new(f::REGION.or_null(), |row: &Row| row.bucket.region.clone())
            .head("REGION")
            .shown(|row| row.bucket.region.clone().unwrap_or_else(|| "?".to_owned())),
        Column::new(f::CREATED.or_null(), |row: &Row| row.bucket.created).head("CREATED"),
        Column::new(f::HAS_POLICY.or_unknown(), Row::has_policy),
        Column::new(f::LOCKED.or_unknown(), Row::locked),
        Column::table_only("POLICY", |row: &Row| match &row.lock {
            Ok(lock) => words::lock(*lock),
            Err(_) => "?",
        }),
    ]
}
