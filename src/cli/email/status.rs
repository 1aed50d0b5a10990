//! How email changes stand.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::known::{apply_report, cached_emails, print_alarm};
use super::{forms, forms::Row};
use crate::cli::arguments::{Arguments, EmailStatus, Form, WhichAccounts};
use crate::cli::bulk;
use crate::cli::context::{CommandContext, Needs};
use crate::cli::error::{Came, CliError, Done, Exit};
use crate::cli::find::given_or_all;
use crate::cli::output::{self, print_error, print_note};
use crate::domain::account::{AccountId, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::emails::{EmailFacts, Emails};
use crate::domain::permit::{Refusal, permit_email_gate};
use crate::domain::run::{Run, RunReport};
use crate::words::cli::email as words;
use crate::words::email::ADDRESS_UNKNOWN;
use crate::words::refusal::refusal as refusal_words;

pub(super) async fn status(arguments: &Arguments, wanted: &EmailStatus) -> Done {
    let (wanted_all, named) = match given_or_all(arguments, &wanted.accounts)? {
        WhichAccounts::All => (true, Vec::new()),
        WhichAccounts::Named(named) => (wanted.all, named),
    };
    let mut context = if wanted_all {
        CommandContext::read(arguments).await?
    } else {
        CommandContext::read_about(arguments, &named, Needs::Organization).await?
    };
    let mut emails = match cached_emails(&context).await {
        Ok(emails) => emails,
        // What is named can be asked about all the same.
        Err(_) if wanted_all || !wanted.accounts.is_empty() => Emails::default(),
        Err(error) => return Err(error),
    };
    let mut accounts = which(&context, (wanted_all, &named), &emails)?;
    // It has no email change to ask about; among others that is an answer of its own.
    let management = context.management_account().filter(|id| !wanted_all && accounts.contains(id));
    if let Some(management) = management {
        let refusal = context.refusal(&Refusal::ManagementAccount, None);
        if accounts.len() == 1 {
            return Err(refusal);
        }
        refusal.print();
        accounts.retain(|id| *id != management);
    }
    if !wanted_all && named.is_empty() {
        // For their names alone.
        let ids: Vec<String> = accounts.iter().map(ToString::to_string).collect();
        context.look_up(&ids).await.unwrap_or_else(|error| error.print());
    }
    if accounts.is_empty() {
        print_note(words::NONE_KNOWN);
    }
    let skipped = management.map(|id| {
        let name = context.accounts.iter().find(|account| account.id == id).map(|account| account.name.clone());
        Row::new(id, name, EmailFacts::default()).unknown(refusal_words(&Refusal::ManagementAccount))
    });
    let listed: BTreeMap<AccountId, _> = context.accounts.iter().map(|account| (account.id, account)).collect();
    let row_of = |id, facts: Option<&EmailFacts>| {
        Row::new(id, listed.get(&id).map(|account| account.name.clone()), facts.cloned().unwrap_or_default())
    };
    let (mut read, mut errors) = (Vec::new(), Vec::new());
    let is_stream = *wanted.output == Form::Ndjson;
    let mut streamed: Done = Ok(());
    let take = |report: &RunReport, at| {
        let RunReport::EmailChange(id, report) = report else { return };
        read.push(*id);
        errors.extend(report.as_ref().err().map(|error| (*id, error.clone())));
        apply_report(emails.entry(*id), report.clone(), at);
        let row = row_of(*id, emails.get(*id));
        if is_stream && streamed.is_ok() && !(wanted_all && row.is_quiet(at)) {
            streamed = output::deliver(forms::all(&[row], Form::Ndjson, at));
        }
    };
    let run = Run::AskEmailChanges { accounts: accounts.clone() };
    let worked = bulk::work_with(&context.engine, run, "ask", take).await;
    let now = Timestamp::now();
    let asked = accounts.into_iter().filter(|id| read.contains(id));
    let mut rows: Vec<Row> = asked.map(|id| row_of(id, emails.get(id))).collect();
    let (asked, skipped_count) = (rows.len(), usize::from(skipped.is_some()));
    rows.extend(skipped);
    if wanted_all {
        let total = rows.len();
        rows.retain(|row| !row.is_quiet(now));
        print_note(&words::asked_about(total, total - rows.len()));
    }
    let printed = if is_stream {
        // Of what was streamed, the rest.
        let rest = rows.get(rows.len() - skipped_count..).unwrap_or_default();
        streamed.and_then(|()| output::deliver(forms::all(rest, Form::Ndjson, now)))
    } else {
        output::deliver(forms::all(&rows, *wanted.output, now))
    };
    if rows.iter().any(|row| row.is_of_somebody_else(now)) {
        print_note(ADDRESS_UNKNOWN);
    }
    for (id, facts) in errors.iter().filter_map(|(id, _)| Some((*id, emails.get(*id)?))) {
        print_alarm(id, facts, now);
    }
    print_unknown(&context, &errors);
    printed?;
    let ended = ends(errors.iter().map(|(_, error)| error), read.len(), worked.interrupted);
    if rows.len() > asked && !worked.interrupted { ended.and_then(|()| Exit::Some.end()) } else { ended }
}

/// What it ends with where AWS did not report for some of `total` accounts, for these reasons.
pub(super) fn ends<'a>(
    mut errors: impl ExactSizeIterator<Item = &'a ApiError>,
    total: usize,
    interrupted: bool,
) -> Done {
    let untold = errors.len();
    let all: Vec<Came> = (0..total).map(|place| if place < untold { Came::Failed } else { Came::Good }).collect();
    Exit::of_each(&all, interrupted, errors.next()).end()
}

fn which(
    context: &CommandContext,
    (all, named): (bool, &[String]),
    emails: &Emails,
) -> Result<Vec<AccountId>, CliError> {
    let mut ids: Vec<AccountId> = if all {
        // Each would be refused for the same reason.
        permit_email_gate(&context.facts(None)).map_err(|refusal| context.refusal(&refusal, None))?;
        let management = context.management_account();
        let changeable = context.accounts.iter().filter(|account| account.state == AccountState::Active);
        changeable.map(|account| account.id).filter(|id| Some(*id) != management).collect()
    } else if named.is_empty() {
        emails.iter().filter(|(_, facts)| facts.started.is_some() || facts.is_kept()).map(|(id, _)| id).collect()
    } else {
        context.find_each(named)?.into_iter().map(|account| account.id).collect()
    };
    ids.sort_unstable();
    Ok(ids)
}

pub(super) fn print_unknown(context: &CommandContext, errors: &[(AccountId, ApiError)]) {
    let mut reported: Vec<&ApiError> = Vec::new();
    let same = |one: &ApiError, other: &ApiError| one.kind == other.kind && one.code == other.code;
    for (_, error) in errors {
        if reported.iter().any(|other| same(other, error)) {
            continue;
        }
        let ids: Vec<String> =
            errors.iter().filter(|(_, other)| same(other, error)).map(|(id, _)| id.to_string()).collect();
        print_error(&words::not_known(ids.join(", ")));
        context.print_api_error(error);
        reported.push(error);
    }
}
