//! What the policies of buckets and queues do, for the lists of them.

use std::pin::pin;

use futures::stream::{self, StreamExt};

use super::arguments::WhichAccounts;
use super::context::{CommandContext, Needs};
use super::error::{Came, CliError, Done, Exit};
use super::find::given_or_all;
use super::output::{Progress, print_error};
use super::rows::{Cell, Column, fields as f};
use crate::cli::arguments::Arguments;
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::policy_judgement::{LockState, lock_state};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;
use crate::words::api_error::headline;
use crate::words::cli::policy as words;

/// How many accounts, and in each how many policies, are read at once.
const ACCOUNTS_AT_ONCE: usize = 4;
const POLICIES_AT_ONCE: usize = 8;

/// What the policy of `name` does; or why that could not be read.
pub(super) struct Lock {
    name: String,
    state: Result<LockState, Unread>,
}

enum Unread {
    NoRegion,
    Failed(ApiError),
}

/// What came of reading each account.
pub(super) struct Read(Vec<Came>);

pub(super) async fn context_of(
    arguments: &Arguments,
    named: &[String],
    reason: Option<&str>,
) -> Result<(CommandContext, WhichAccounts), CliError> {
    let which = given_or_all(arguments, named)?;
    let context = CommandContext::read_which(arguments, &which, Needs::Switches).await?;
    context.engine.give_reason(reason);
    Ok((context, which))
}

/// Has `read` look into each account that may be looked into, and `each` take what it found, in the order of the
/// accounts. Where several are meant, one that can't be read is told and the others are read all the same.
pub(super) async fn read_each<'a, T>(
    context: &'a CommandContext,
    which: &WhichAccounts,
    task: TaskPolicy,
    read: impl AsyncFn(&'a Account) -> Result<T, ApiError>,
    mut each: impl FnMut(&'a Account, T),
) -> Result<Read, CliError> {
    let accounts = context.members(which)?;
    let is_alone = accounts.len() == 1;
    let (mut cleared, mut came) = (Vec::new(), Vec::new());
    for account in accounts {
        match context.clear_look(task, account).await {
            Ok(()) => cleared.push(account),
            // The others would be refused for the same reason.
            Err(error) if is_alone || !context.refuses_alone(task, account) => return Err(error),
            Err(error) => {
                error.below(words::account_unread(account.id, &account.name)).print();
                came.push(Came::Refused);
            }
        }
    }
    let progress = Progress::of("read", cleared.len());
    let (read, shown) = (&read, &progress);
    let reads = cleared.into_iter().map(|account| async move {
        let found = read(account).await;
        shown.advance();
        (account, found)
    });
    let mut found = pin!(stream::iter(reads).buffered(ACCOUNTS_AT_ONCE));
    while let Some((account, found)) = found.next().await {
        match found.map_err(|error| context.error(&error)) {
            Ok(found) => {
                came.push(Came::Good);
                progress.aside(|| each(account, found));
            }
            Err(error) if is_alone => return Err(error),
            Err(error) => {
                came.push(if error.exit() == Exit::NotPermitted { Came::Refused } else { Came::Failed });
                progress.aside(|| error.below(words::account_unread(account.id, &account.name)).print());
            }
        }
    }
    Ok(Read(came))
}

impl Read {
    /// What a list ends with, of which some parts could not be read.
    pub(super) fn end(&self, some_unread: bool) -> Done {
        let exit = Exit::of_each(&self.0, false, None);
        if exit == Exit::Done && some_unread { Exit::Some.end() } else { exit.end() }
    }
}

/// The policies of some buckets or queues of an account, by their names. A bucket without a region can't be asked for.
pub(super) async fn locks(
    context: &CommandContext,
    account: &Account,
    holders: Vec<(String, Option<PolicyHolder>)>,
) -> Vec<Lock> {
    let reads = holders.into_iter().map(|(name, holder)| async move {
        let state = match holder {
            None => Err(Unread::NoRegion),
            Some(holder) => {
                let policy = context.engine.policy(account, &holder).await;
                let state =
                    |text: Option<String>| lock_state(text.as_deref(), &holder, account.id, context.partition());
                policy.map(state).map_err(Unread::Failed)
            }
        };
        Lock { name, state }
    });
    stream::iter(reads).buffered(POLICIES_AT_ONCE).collect().await
}

/// Each reason once, with what it holds for.
pub(super) fn print_unread<'a>(context: &CommandContext, all: impl Iterator<Item = &'a Lock>) {
    let mut reported: Vec<ApiErrorKind> = Vec::new();
    for Lock { name, state } in all {
        match state {
            Ok(_) => {}
            Err(Unread::NoRegion) => print_error(&words::no_region(clean(name))),
            Err(Unread::Failed(error)) => {
                print_error(&words::policy_unread(clean(name)));
                if !reported.contains(&error.kind) {
                    reported.push(error.kind);
                    context.print_api_error(error);
                }
            }
        }
    }
}

impl Lock {
    pub(super) fn is_unread(&self) -> bool {
        self.state.is_err()
    }

    fn unknown(&self) -> Cell {
        Cell::Unknown(match &self.state {
            Ok(_) => String::new(),
            Err(Unread::NoRegion) => words::no_region(&self.name),
            Err(Unread::Failed(error)) => headline(error),
        })
    }

    fn has_policy(&self) -> Cell {
        match &self.state {
            Ok(LockState::NoPolicy) => false.into(),
            Ok(LockState::NotLocked | LockState::Depends | LockState::Locked | LockState::Unclear) => true.into(),
            Err(_) => self.unknown(),
        }
    }

    fn locked(&self) -> Cell {
        match &self.state {
            Ok(LockState::NoPolicy | LockState::NotLocked) => false.into(),
            Ok(LockState::Locked) => true.into(),
            Ok(LockState::Depends) => Cell::Unknown(words::LOCK_DEPENDS.to_owned()),
            Ok(LockState::Unclear) => Cell::Unknown(words::LOCK_UNCLEAR.to_owned()),
            Err(_) => self.unknown(),
        }
    }
}

/// The columns about the policy of each row.
pub(super) fn columns<R: 'static>(lock: fn(&R) -> &Lock) -> [Column<'static, R>; 3] {
    [
        Column::new(f::HAS_POLICY.or_unknown(), move |row: &R| lock(row).has_policy()),
        Column::new(f::LOCKED.or_unknown(), move |row: &R| lock(row).locked()),
        Column::table_only("POLICY", move |row: &R| match &lock(row).state {
            Ok(state) => words::lock(*state),
            Err(_) => "?",
        }),
    ]
}
