//! What the commands about bucket and queue policies share: showing, deleting, putting.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;

use super::arguments::{Arguments, Consent, DeletePolicy, Form, PutPolicy, ShowPolicy};
use super::context::{Answer, CommandContext, Needs};
use super::error::{CliError, Done, Exit};
use super::input;
use super::output::{self, print_note};
use super::rows::{self, Cell, Column, fields as f};
use super::waiting::look_again;
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Change;
use crate::domain::policy_holder::{PolicyHolder, PolicyText, is_same_policy};
use crate::domain::policy_judgement::{check, judge};
use crate::domain::root_change::RootChange;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;
use crate::domain::write::{PresentPolicy, Seen, WriteRequest};
use crate::runtime::policy_file::{self, PolicyFolder};
use crate::words::api_error::headline;
use crate::words::cli::policy as words;
use crate::words::client_error::policy as policy_error;
use crate::words::record::message;
use crate::words::root_tasks::{lockout, open_statement};

/// How long a queue's policy can take to be seen everywhere (service model of SQS: 60 seconds).
const SEEN_WITHIN: Duration = Duration::from_mins(1);

pub(super) trait Named: Args {
    const TASK: TaskPolicy;

    fn account(&self) -> &str;

    /// What AWS knows it by, which only a session in its account tells.
    async fn holder(&self, context: &CommandContext, account: &Account) -> Result<PolicyHolder, CliError>;

    /// By which programs know what has the policy.
    fn columns() -> Vec<Column<'static, Outcome>>;
}

/// What came of a policy that was to be deleted or put.
pub(super) struct Outcome {
    pub(super) account: Account,
    pub(super) holder: PolicyHolder,
    status: &'static str,
    has_policy: Cell,
    saved_to: Option<String>,
}

pub(super) fn outcome_columns<N: Named>() -> Vec<Column<'static, Outcome>> {
    let mut columns = vec![
        Column::new(f::ACCOUNT_ID, |row: &Outcome| row.account.id.to_string()),
        Column::new(f::ACCOUNT_NAME, |row: &Outcome| row.account.name.clone()),
    ];
    columns.extend(N::columns());
    columns.extend([
        Column::new(f::REGION, |row: &Outcome| row.holder.region().to_owned()),
        Column::new(f::POLICY_STATUS, |row: &Outcome| row.status),
        Column::new(f::HAS_POLICY.or_unknown(), |row: &Outcome| row.has_policy.clone()),
        Column::new(f::SAVED_TO.or_null(), |row: &Outcome| row.saved_to.clone()),
    ]);
    columns
}

/// Prints the policy as AWS keeps it, and says on stderr what of it shuts everyone out.
pub(super) async fn show<N: Named>(arguments: &Arguments, wanted: &ShowPolicy<N>) -> Done {
    let context = context_of(arguments, &wanted.of).await?;
    context.engine.give_reason(wanted.purpose.reason.as_deref());
    let (account, holder) = find(&context, &wanted.of).await?;
    let Some(text) = read(&context, account, &holder).await? else {
        print_no_policy(&holder);
        return Ok(());
    };
    print_lockouts((&context, account, &holder), &text, print_note);
    let mut text = if output::is_terminal() { harmless(&text) } else { text };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    output::deliver(Ok(text))
}

pub(super) async fn delete<N: Named>(arguments: &Arguments, wanted: &DeletePolicy<N>) -> Done {
    let DeletePolicy { of, save, output, consent } = wanted;
    consent.check()?;
    check_new(save.as_deref())?;
    let context = context_of(arguments, of).await?;
    let (account, holder) = find_to_write(&context, of, consent).await?;
    let Some(text) = read(&context, account, &holder).await? else {
        print_no_policy(&holder);
        let row = Outcome {
            account: account.clone(),
            holder,
            status: "already_absent",
            has_policy: false.into(),
            saved_to: None,
        };
        return deliver::<N>(**output, &row);
    };
    print_lockouts((&context, account, &holder), &text, |text| consent.tell(text));
    let change = RootChange::DeletePolicy(holder.clone());
    context.announce(account, &change, consent).await?;
    consent.tell(&words::would_go(harmless(&text)));
    consent.ask(&account.id.to_string()).await?;
    let saved_to = Some(keep(&context, (account, &holder), &text, (save.as_deref(), **output))?);
    let written = write(&context, account, &holder, change, Some(text), consent).await?;
    finish::<N>(written, (account, holder, saved_to), "deleted", **output)
}

/// Saves the present policy, if there is one, and puts that of a file, which is looked at first, in its place.
pub(super) async fn put<N: Named>(arguments: &Arguments, wanted: &PutPolicy<N>) -> Done {
    let PutPolicy { of, file, save, output, consent } = wanted;
    consent.check()?;
    check_new(save.as_deref())?;
    let text = load(file)?;
    let context = context_of(arguments, of).await?;
    let (account, holder) = find_to_write(&context, of, consent).await?;
    let before = read(&context, account, &holder).await?;
    print_lockouts((&context, account, &holder), &text, |text| consent.tell(text));
    let change = RootChange::PutPolicy(holder.clone(), text);
    context.announce(account, &change, consent).await?;
    consent.ask(&account.id.to_string()).await?;
    let saved_to = match &before {
        Some(before) => Some(keep(&context, (account, &holder), before, (save.as_deref(), **output))?),
        None => None,
    };
    let written = write(&context, account, &holder, change, before, consent).await?;
    finish::<N>(written, (account, holder, saved_to), "put", **output)
}

/// What AWS shows after a write; what is wrong with it if it is not what was written.
struct Shown {
    has_policy: Cell,
    wrong: Option<CliError>,
}

fn finish<N: Named>(
    shown: Shown,
    (account, holder, saved_to): (&Account, PolicyHolder, Option<String>),
    done: &'static str,
    form: Form,
) -> Done {
    let status = if shown.wrong.is_none() { done } else { "unknown" };
    let row = Outcome { account: account.clone(), holder, status, has_policy: shown.has_policy, saved_to };
    let delivered = deliver::<N>(form, &row);
    shown.wrong.map_or(delivered, Err)
}

/// For people all is said already.
fn deliver<N: Named>(form: Form, row: &Outcome) -> Done {
    if form == Form::Table { Ok(()) } else { output::deliver(rows::one(form, &outcome_columns::<N>(), row)) }
}

fn load(file: &Path) -> Result<PolicyText, CliError> {
    let wrong = |error: ApiError| CliError::usage(message(&error.message));
    let text = if input::is_stdin(file) { input::text(file)? } else { policy_file::load(file).map_err(wrong)? };
    match check(&text) {
        Ok(()) => Ok(text),
        Err(why) => Err(wrong(ApiError::client("rootdeck:policy file", ApiErrorKind::Invalid, why))),
    }
}

async fn context_of(arguments: &Arguments, named: &impl Named) -> Result<CommandContext, CliError> {
    CommandContext::read_about(arguments, &[named.account().to_owned()], Needs::Switches).await
}

type Target<'a> = (&'a Account, PolicyHolder);

async fn find<'a, N: Named>(context: &'a CommandContext, named: &N) -> Result<Target<'a>, CliError> {
    let account = context.find(named.account())?;
    context.clear_look(N::TASK, account).await?;
    Ok((account, named.holder(context, account).await?))
}

async fn find_to_write<'a, N: Named>(
    context: &'a CommandContext,
    named: &N,
    consent: &Consent,
) -> Result<Target<'a>, CliError> {
    context.engine.give_reason(consent.reason.as_deref());
    context.clear(N::TASK, context.find(named.account())?, consent.reason.as_deref()).await?;
    find(context, named).await
}

fn print_no_policy(holder: &PolicyHolder) {
    print_note(&words::nothing_to_unlock(holder));
}

/// Says on stderr which statements shut everyone out; root can still look at the policy and delete it.
fn print_lockouts(
    (context, account, holder): (&CommandContext, &Account, &PolicyHolder),
    text: &str,
    print: impl Fn(&str),
) {
    let judged = judge(text, holder, account.id, context.partition());
    judged.open.iter().for_each(|one| print(&clean(&open_statement(one))));
    match judged.lockouts {
        Ok(found) => found.iter().for_each(|one| print(&clean(&lockout(one)))),
        Err(problem) => print(&clean(&words::lockouts_unknown(policy_error(&problem)))),
    }
}

/// What a terminal can be shown of a policy: it must not be driven by what somebody wrote into one.
fn harmless(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

async fn read(
    context: &CommandContext,
    account: &Account,
    holder: &PolicyHolder,
) -> Result<Option<PolicyText>, CliError> {
    context.engine.policy(account, holder).await.map_err(|error| context.error(&error))
}

/// That the file to save to is not there yet: it may be the only copy of another policy. Told before AWS is asked.
fn check_new(save: Option<&Path>) -> Done {
    match save {
        Some(path) if path.symlink_metadata().is_ok() => {
            Err(CliError::usage(words::exists(clean(&path.display().to_string()))))
        }
        _ => Ok(()),
    }
}

/// Saves `text`, and prints where. Nothing may be written to AWS if this fails.
fn keep(
    context: &CommandContext,
    (account, holder): (&Account, &PolicyHolder),
    text: &str,
    (named, form): (Option<&Path>, Form),
) -> Result<String, CliError> {
    let saved: Result<PathBuf, _> = match (named, context.policies_folder()) {
        (Some(path), _) => policy_file::save_as(path, text).map(|()| path.to_owned()),
        (None, Some(folder)) => PolicyFolder::Disk(folder).save(account.id, holder, text, Timestamp::now()),
        (None, None) => return Err(CliError::failed(words::NO_FOLDER)),
    };
    let path = saved.map_err(|error| CliError::failed(words::not_saved(message(&error.message))))?;
    let path = path.display().to_string();
    if form == Form::Table {
        print_note(words::SAVED_TO);
        output::line(&path)?;
    } else {
        // It is in the data, too, if it comes to that.
        print_note(&words::saved_to(&path));
    }
    Ok(path)
}

/// Writes, and says what AWS shows afterwards; `wanted` is the policy that it is to show.
async fn write(
    context: &CommandContext,
    account: &Account,
    holder: &PolicyHolder,
    change: RootChange,
    present: Option<PolicyText>,
    consent: &Consent,
) -> Result<Shown, CliError> {
    let task = change.task();
    let wanted = if let RootChange::PutPolicy(_, text) = &change { Some(text.clone()) } else { None };
    let wanted = wanted.as_deref();
    let change = Change::Root { account: account.id, change };
    let request = CommandContext::request(change, Some(account), consent);
    let written = context.write(WriteRequest { present: PresentPolicy::Only(present), ..request }).await;
    let answer = context.judge(&written.outcome, task)?;
    let mut seen = match written.seen {
        Seen::Policy(seen) => seen,
        _ => context.engine.policy(account, holder).await,
    };
    let is_seen = |seen: &Result<Option<PolicyText>, ApiError>| match seen {
        Ok(seen) => match (seen, wanted) {
            (Some(seen), Some(wanted)) => is_same_policy(seen, wanted),
            (seen, wanted) => seen.is_none() && wanted.is_none(),
        },
        Err(_) => false,
    };
    if answer == Answer::Taken && matches!(holder, PolicyHolder::Queue { .. }) && !is_seen(&seen) {
        print_note(words::NOT_SHOWN_YET);
        let look = async || context.engine.policy(account, holder).await;
        let looked = look_again(seen, SEEN_WITHIN, words::waiting, is_seen, look).await;
        seen = looked.ok_or_else(|| CliError::reported(Exit::Interrupted))?;
    }
    let has_policy = match &seen {
        Ok(seen) => seen.is_some().into(),
        Err(error) => Cell::Unknown(headline(error)),
    };
    if is_seen(&seen) {
        print_note(&if wanted.is_some() { words::has_new_policy(holder) } else { words::has_no_policy(holder) });
        return Ok(Shown { has_policy, wrong: None });
    }
    let wrong = CliError::unknown(match seen {
        Err(error) => words::now_unread(headline(&error)),
        Ok(None) => words::shows_no_policy(holder),
        Ok(Some(_)) => words::shows_another(holder),
    });
    Ok(Shown { has_policy, wrong: Some(wrong) })
}
