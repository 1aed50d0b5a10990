//! `rootdeck contacts`: whom AWS writes to about accounts.

mod change;
mod plan;

use std::collections::BTreeMap;
use std::fmt::Write;

pub(super) use change::{How, Item, apply};

use super::arguments::{
    Arguments, Contacts as Command, DeleteContacts, FailOnContact, Form, ListContacts, OneForm, SetContacts,
    SetPrimaryContact, ShowContacts, WhichAccounts,
};
use super::bulk;
use super::context::{CommandContext, Needs};
use super::error::{Came, CliError, Done, Exit};
use super::find::given_or_all;
use super::output::{self, print_error, print_note};
use super::rows;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::contact_edit::Wanted;
use crate::domain::contacts::{ContactFinding, ContactKind};
use crate::domain::permit::permit_email_gate;
use crate::domain::run::{Run, RunReport};
use crate::words::cli::audit::{list, not_read, skipped as skipped_words};
use crate::words::cli::contacts as words;
use crate::words::columns::contacts::{Found, Row, Verdict, columns};
use crate::words::contacts as shown;
use crate::words::root_finding::reference;

pub(super) async fn run(arguments: &Arguments, wanted: &Command) -> Done {
    match wanted {
        Command::List(wanted) => run_list(arguments, wanted).await,
        Command::Show(wanted) => run_show(arguments, wanted).await,
        Command::Set(wanted) => set(arguments, wanted).await,
        Command::SetPrimary(wanted) => set_primary(arguments, wanted).await,
        Command::Delete(wanted) => delete(arguments, wanted).await,
        Command::Plan(wanted) => plan::run(arguments, wanted).await,
    }
}

async fn set(arguments: &Arguments, wanted: &SetContacts) -> Done {
    let edit = wanted.edit();
    if edit.is_empty() {
        return Err(CliError::usage(words::NOTHING_GIVEN));
    }
    let how = How { consent: &wanted.how.consent, dry_run: wanted.how.dry_run, form: *wanted.how.output };
    each(arguments, &wanted.accounts, &how, &Wanted::Contact(wanted.kind.alternate(), edit)).await
}

async fn set_primary(arguments: &Arguments, wanted: &SetPrimaryContact) -> Done {
    let edit = wanted.edit();
    if edit.is_empty() {
        return Err(CliError::usage(words::NOTHING_GIVEN));
    }
    let how = How { consent: &wanted.how.consent, dry_run: wanted.how.dry_run, form: *wanted.how.output };
    each(arguments, &wanted.accounts, &how, &Wanted::Primary(Box::new(edit))).await
}

async fn delete(arguments: &Arguments, wanted: &DeleteContacts) -> Done {
    let how = How { consent: &wanted.how.consent, dry_run: wanted.how.dry_run, form: *wanted.how.output };
    each(arguments, &wanted.accounts, &how, &Wanted::NoContact(wanted.kind.alternate())).await
}

/// The same in each of the accounts. Of all, only active members and the caller's own are meant.
async fn each(arguments: &Arguments, accounts: &[String], how: &How<'_>, wanted: &Wanted) -> Done {
    if !how.dry_run {
        how.consent.check()?;
    }
    let which = given_or_all(arguments, accounts)?;
    let context = CommandContext::read_which(arguments, &which, Needs::Emails).await?;
    let mut accounts = context.which(&which)?;
    if which == WhichAccounts::All {
        let own = context.engine.caller().account;
        let is_meant = |account: &&Account| {
            account.id == own
                || (account.state == AccountState::Active && Some(account.id) != context.management_account())
        };
        accounts.retain(is_meant);
    }
    let items = accounts.into_iter().map(|account| Item { line: None, account, wanted: wanted.clone() });
    apply(&context, items.collect(), how).await
}

async fn run_list(arguments: &Arguments, wanted: &ListContacts) -> Done {
    let which =
        if wanted.accounts.is_empty() { WhichAccounts::All } else { given_or_all(arguments, &wanted.accounts)? };
    let kinds = wanted.kinds();
    let judges = kinds.contains(&ContactKind::Security);
    if wanted.fail_on.contains(&FailOnContact::Finding) && !judges {
        return Err(CliError::usage(words::NEEDS_SECURITY));
    }
    let is_all = which == WhichAccounts::All;
    let context = CommandContext::read_which(arguments, &which, Needs::Emails).await?;
    let accounts = context.which(&which)?;
    let (taken, skipped) = sort_out(&context, &accounts)?;
    if taken.is_empty() && !skipped.is_empty() {
        print_skipped(&skipped);
        return Err(CliError::not_ready(words::NONE_READ));
    }
    let (rows, interrupted) = read(&context, taken, kinds).await;
    let incomplete = !is_all && !skipped.is_empty();
    print_skipped(&skipped);
    let skipped = skipped.into_iter().map(|(account, why)| Row { account, found: Found::Skipped(why) });
    let mut rows: Vec<Row<'_>> = rows.into_iter().chain(skipped).collect();
    rows.sort_by_key(|row| (row.verdict(), row.account.id));
    let form = *wanted.output;
    let is_listed = |row: &&Row<'_>| form != Form::Table || row.verdict() != Verdict::Skipped;
    let printed = output::deliver(rows::write(form, &columns(), rows.iter().filter(is_listed)));
    print_unread(&context, &rows);
    print_sum(&rows, judges);
    printed?;
    if interrupted { Exit::Interrupted.end() } else { exit(&rows, incomplete, &wanted.fail_on).end() }
}

async fn run_show(arguments: &Arguments, wanted: &ShowContacts) -> Done {
    let named = std::slice::from_ref(&wanted.account);
    let context = CommandContext::read_about(arguments, named, Needs::Organization).await?;
    let account = context.find(&wanted.account)?;
    let (mut rows, interrupted) = read(&context, vec![account], ContactKind::ALL.to_vec()).await;
    let Some(row) = rows.pop() else { return Exit::Interrupted.end() };
    let printed = output::deliver(match *wanted.output {
        OneForm::Table => Ok(text(&row)),
        OneForm::Json => rows::object(&columns(), &row),
    });
    let rows = [row];
    print_unread(&context, &rows);
    printed?;
    if interrupted { Exit::Interrupted.end() } else { exit(&rows, false, &[]).end() }
}

pub(super) type Skipped<'a> = Vec<(&'a Account, String)>;

/// The accounts to ask about, and those that AWS is not asked about.
pub(super) fn sort_out<'a>(
    context: &CommandContext,
    accounts: &[&'a Account],
) -> Result<(Vec<&'a Account>, Skipped<'a>), CliError> {
    let own = context.engine.caller().account;
    let (mut taken, mut skipped) = (Vec::new(), Vec::new());
    for &account in accounts {
        if account.id == own {
            taken.push(account);
        } else if Some(account.id) == context.management_account() {
            skipped.push((account, words::ONLY_ITSELF.to_owned()));
        } else if account.state == AccountState::Active {
            taken.push(account);
        } else {
            skipped.push((account, words::not_active(account.state.as_str())));
        }
    }
    if taken.iter().any(|account| account.id != own) {
        // Each would be refused for the same reason.
        permit_email_gate(&context.facts(None)).map_err(|refusal| context.refusal(&refusal, None))?;
    }
    Ok((taken, skipped))
}

pub(super) async fn read<'a>(
    context: &CommandContext,
    accounts: Vec<&'a Account>,
    kinds: Vec<ContactKind>,
) -> (Vec<Row<'a>>, bool) {
    let ids = accounts.iter().map(|account| account.id).collect();
    let worked = bulk::work(&context.engine, Run::ReadContacts { accounts: ids, kinds }, "contacts").await;
    let mut found: BTreeMap<AccountId, _> = BTreeMap::new();
    for (report, _) in worked.reports {
        if let RunReport::Contacts(id, contacts) = report {
            found.insert(id, contacts);
        }
    }
    let row = |account: &'a Account| {
        let found = found.remove(&account.id).map_or(Found::NotRead(words::INTERRUPTED), Found::Read);
        Row { account, found }
    };
    (accounts.into_iter().map(row).collect(), worked.interrupted)
}

/// How wide the labels are.
const LABEL: usize = 12;

fn text(row: &Row<'_>) -> String {
    let mut lines = vec![("Account", row.account.id.to_string()), ("Name", row.account.name.clone())];
    if let Some(contacts) = row.contacts() {
        let alternate = |contact, missing| shown::shown(contact, missing, shown::alternate);
        lines.extend([
            ("Security", alternate(&contacts.security, shown::NO_SECURITY)),
            ("Operations", alternate(&contacts.operations, shown::NONE)),
            ("Billing", alternate(&contacts.billing, shown::NONE)),
            ("Primary", shown::shown(&contacts.primary, shown::NONE, shown::primary)),
        ]);
        for finding in ContactFinding::of(contacts) {
            let references: Vec<_> = finding.references().into_iter().map(reference).collect();
            lines.push(("Finding", format!("{} ({})", finding.as_str(), references.join(", "))));
            lines.push(("Fix", shown::fix(finding).to_owned()));
        }
    }
    lines.into_iter().fold(String::new(), |mut text, (label, value)| {
        writeln!(text, "{label:<LABEL$}{value}").ok();
        text
    })
}

fn print_skipped(skipped: &[(&Account, String)]) {
    let mut reasons: BTreeMap<&str, Vec<AccountId>> = BTreeMap::new();
    for (account, why) in skipped {
        reasons.entry(why).or_default().push(account.id);
    }
    for (why, ids) in reasons {
        print_error(&skipped_words(list(&ids), why));
    }
}

fn print_unread(context: &CommandContext, rows: &[Row<'_>]) {
    let mut reasons: Vec<(&ApiError, Vec<AccountId>)> = Vec::new();
    for row in rows {
        let Some(error) = row.contacts().and_then(|contacts| contacts.errors().next()) else { continue };
        let reason = |error: &ApiError| (error.kind, error.code.clone());
        match reasons.iter_mut().find(|(other, _)| reason(other) == reason(error)) {
            Some((_, ids)) => ids.push(row.account.id),
            None => reasons.push((error, vec![row.account.id])),
        }
    }
    for (error, ids) in reasons {
        print_error(&not_read(list(&ids)));
        context.print_api_error(error);
    }
}

fn print_sum(rows: &[Row<'_>], judges: bool) {
    let count = |verdict| rows.iter().filter(|row| row.verdict() == verdict).count();
    print_note(&words::sum(&words::Sum {
        accounts: rows.len(),
        findings: judges.then(|| count(Verdict::Finding)),
        unread: rows.iter().filter(|row| row.is_unread()).count(),
        clean: count(Verdict::Clean),
        skipped: count(Verdict::Skipped),
    }));
}

/// `incomplete` says that accounts were named that are not read. A finding is one, whatever else was not read.
fn exit(rows: &[Row<'_>], incomplete: bool, fail_on: &[FailOnContact]) -> Exit {
    let failed = |what: &FailOnContact| match what {
        FailOnContact::Finding => rows.iter().any(|row| row.verdict() == Verdict::Finding),
        FailOnContact::Unread => incomplete || rows.iter().any(Row::is_unread),
    };
    if fail_on.iter().any(failed) {
        return Exit::Failed;
    }
    let came = |row: &Row<'_>| if row.is_unread() { Came::Failed } else { Came::Good };
    let skipped = incomplete.then_some(Came::Failed);
    let error = rows.iter().filter_map(Row::contacts).find_map(|contacts| contacts.errors().next());
    let halted = error.filter(|_| !rows.iter().any(Row::is_partly_read));
    Exit::of_each(&rows.iter().map(came).chain(skipped).collect::<Vec<_>>(), false, halted)
}
