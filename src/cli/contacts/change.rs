//! Changing contacts and names, of one account or many: looked at, confirmed, made, read back.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::super::arguments::{Consent, Form, HowToChange};
use super::super::bulk;
use super::super::context::{CommandContext, print};
use super::super::error::{Came, CliError, Done, Exit};
use super::super::output::{self, print_error, print_note};
use super::super::rows;
use crate::domain::account::{Account, AccountId};
use crate::domain::account_change::AccountChange;
use crate::domain::change::Change;
use crate::domain::contact_edit::{EditStatus as Status, Wanted, Wish, WishProblem};
use crate::domain::contacts::{ContactKind, Contacts};
use crate::domain::journal::Subject;
use crate::domain::permit::{Refusal, permit, permit_email_gate};
use crate::domain::resolution::shows;
use crate::domain::run::{Run, RunReport};
use crate::domain::write::{WriteOutcome, Written};
use crate::words::api_error::headline;
use crate::words::change::consequences;
use crate::words::cli::contacts as words;
use crate::words::columns::contact_changes::{Row, columns};
use crate::words::contacts as shown;
use crate::words::record;

/// One thing that is wanted of one account.
pub(in crate::cli) struct Item<'a> {
    /// Of the plan.
    pub(in crate::cli) line: Option<u64>,
    pub(in crate::cli) account: &'a Account,
    pub(in crate::cli) wanted: Wanted,
}

pub(in crate::cli) struct How<'a> {
    pub(in crate::cli) consent: &'a Consent,
    pub(in crate::cli) dry_run: bool,
    pub(in crate::cli) form: Form,
}

impl<'a> How<'a> {
    pub(in crate::cli) fn of(given: &'a HowToChange) -> Self {
        Self { consent: &given.consent, dry_run: given.dry_run, form: *given.output }
    }

    /// A preview needs no consent.
    pub(in crate::cli) fn check(&self) -> Done {
        if self.dry_run { Ok(()) } else { self.consent.check() }
    }
}

/// A row, and the change behind it where one is to be made.
struct Planned<'a> {
    account: &'a Account,
    change: Option<Change>,
    row: Row,
}

pub(in crate::cli) async fn apply(context: &CommandContext, items: Vec<Item<'_>>, how: &How<'_>) -> Done {
    check_gate(context, &items, how).await?;
    let (contacts, interrupted) = read(context, &items).await;
    if interrupted {
        return Err(CliError::interrupted(words::NOTHING_SENT));
    }
    let mut planned: Vec<Planned<'_>> = items.into_iter().map(|item| plan(context, item, &contacts)).collect();
    refuse(context, &mut planned, how).await;
    let count = |status: Status| planned.iter().filter(|one| one.row.status == status).count();
    if count(Status::Problem) + count(Status::Refused) > 0 {
        for row in planned.iter().map(|one| &one.row) {
            if let (Status::Problem | Status::Refused, Some(message)) = (row.status, &row.message) {
                print_error(&words::problem(row.line, &row.account_name, &row.account_id, message));
            }
        }
        print_error(words::NOTHING_SENT);
        deliver(&planned, how.form, true)?;
        let exit = if count(Status::Problem) > 0 { Exit::Usage } else { Exit::NotPermitted };
        return exit.end();
    }
    let changes: Vec<(Account, Change)> =
        planned.iter().filter_map(|one| one.change.clone().map(|change| (one.account.clone(), change))).collect();
    tell_names_in_use(context, &changes);
    if changes.is_empty() {
        print_note(words::ALL_ALREADY);
        return deliver(&planned, how.form, false);
    }
    if how.dry_run {
        return deliver(&planned, how.form, false);
    }
    context.can_record().await?;
    confirm(context, &planned, &changes, how).await?;
    make(context, planned, changes, how).await
}

/// Whether trusted access is on, which reads need as well: each account would be refused for the same reason.
async fn check_gate(context: &CommandContext, items: &[Item<'_>], how: &How<'_>) -> Done {
    if items.iter().all(|item| context.engine.is_own(item.account.id)) {
        return Ok(());
    }
    let Err(refusal) = permit_email_gate(&context.facts(None)) else { return Ok(()) };
    if !how.dry_run {
        for item in items {
            // What is wanted is known as far as nothing has to be read for it.
            let Ok(wish) = item.wanted.wish(item.account, &Contacts::default()) else { continue };
            let is_own = context.engine.is_own(item.account.id);
            let change = Change::Account { account: item.account.id, is_own, change: wish.change().clone() };
            let subject = Subject::of(&change, how.consent.reason.clone());
            context.engine.note_refusal(&subject, context.engine.now(), &refusal).await;
        }
    }
    Err(context.refusal(&refusal, None))
}

/// What is there now, as far as it is needed.
async fn read(context: &CommandContext, items: &[Item<'_>]) -> (BTreeMap<AccountId, Box<Contacts>>, bool) {
    let kinds: BTreeSet<ContactKind> = items.iter().filter_map(|item| item.wanted.reads()).collect();
    let accounts: BTreeSet<AccountId> =
        items.iter().filter(|item| item.wanted.reads().is_some()).map(|item| item.account.id).collect();
    if accounts.is_empty() {
        return (BTreeMap::new(), false);
    }
    let run = Run::ReadContacts { accounts: accounts.into_iter().collect(), kinds: kinds.into_iter().collect() };
    let worked = bulk::work(&context.engine, run, "contacts").await;
    let found = worked.reports.into_iter().filter_map(|(report, _)| match report {
        RunReport::Contacts(account, contacts) => Some((account, contacts)),
        _ => None,
    });
    (found.collect(), worked.interrupted)
}

fn plan<'a>(context: &CommandContext, item: Item<'a>, contacts: &BTreeMap<AccountId, Box<Contacts>>) -> Planned<'a> {
    let Item { line, account, wanted } = item;
    let nothing = Contacts::default();
    let there = contacts.get(&account.id).map_or(&nothing, |contacts| contacts);
    let row = Row::new(line, account, &wanted, shown::before(&wanted, account, there));
    match wanted.wish(account, there) {
        Ok(Wish::Already(change)) => Planned { account, change: None, row: row.to(&change, Status::Already) },
        Ok(Wish::Change(change)) => {
            let row = row.to(&change, Status::WouldChange);
            let change = Change::Account { account: account.id, is_own: context.engine.is_own(account.id), change };
            Planned { account, change: Some(change), row }
        }
        Err(problem) => Planned { account, change: None, row: row.with(Status::Problem, problem_words(&problem)) },
    }
}

fn problem_words(problem: &WishProblem) -> String {
    match problem {
        WishProblem::Detail(problem) => shown::problem(*problem),
        WishProblem::Unread(error) => words::unread(headline(error)),
    }
}

/// Marks what rootdeck does not let out, and journals it where something was to be sent.
async fn refuse(context: &CommandContext, planned: &mut [Planned<'_>], how: &How<'_>) {
    let accounts = planned.iter().filter(|one| one.change.is_some()).count();
    for one in planned {
        let Some(change) = &one.change else { continue };
        let reason = how.consent.reason.as_deref();
        let permitted = permit(change, &context.facts(Some(one.account)))
            .and_then(|()| context.permit_reason(change.danger().on(accounts), reason));
        let Err(refusal) = permitted else { continue };
        // A preview writes nothing.
        if how.dry_run && refusal == Refusal::ReadOnly {
            continue;
        }
        if !how.dry_run {
            let subject = Subject::of(change, how.consent.reason.clone());
            context.engine.note_refusal(&subject, context.engine.now(), &refusal).await;
        }
        one.row.set(Status::Refused, Some(record::reason(&refusal)));
        one.change = None;
    }
}

/// Commands take an account by its name only where no other one has it.
fn tell_names_in_use(context: &CommandContext, changes: &[(Account, Change)]) {
    let mut names: Vec<(AccountId, String)> = Vec::new();
    for (account, change) in changes {
        let Change::Account { change: AccountChange::Rename { new, .. }, .. } = change else { continue };
        let listed = context.accounts.iter().map(|other| (other.id, other.name.as_str()));
        let others = listed.chain(names.iter().map(|(id, name)| (*id, name.as_str())));
        let is_same = |(id, name): &(AccountId, &str)| *id != account.id && name.eq_ignore_ascii_case(new.as_str());
        if let Some((other, _)) = others.into_iter().find(is_same) {
            print_error(&words::name_in_use(account.id, new.as_str(), other));
        }
        names.push((account.id, new.as_str().to_owned()));
    }
}

async fn confirm(
    context: &CommandContext,
    planned: &[Planned<'_>],
    changes: &[(Account, Change)],
    how: &How<'_>,
) -> Done {
    let consent = how.consent;
    if let [(account, change)] = changes {
        print(change, Some(account), consent);
        let before_and_after = planned.iter().find(|one| one.change.is_some()).map(|one| one.row.lines());
        consent.tell_all(before_and_after.into_iter().flatten());
        context.print_command(change);
        return match change.token() {
            Some(token) => consent.ask(&token).await,
            None => consent.agree().await,
        };
    }
    let rows: Vec<&Row> = planned.iter().filter(|one| one.change.is_some()).map(|one| &one.row).collect();
    let accounts: BTreeSet<AccountId> = changes.iter().map(|(account, _)| account.id).collect();
    let table = rows::table(&columns(), rows);
    consent.tell(&words::will_change(changes.len(), accounts.len(), table.trim_end()));
    let consequences: BTreeSet<&str> = changes.iter().flat_map(|(_, change)| consequences(change)).collect();
    consent.tell_all(consequences);
    consent.ask(&changes.len().to_string()).await
}

async fn make(
    context: &CommandContext,
    mut planned: Vec<Planned<'_>>,
    changes: Vec<(Account, Change)>,
    how: &How<'_>,
) -> Done {
    let run = Run::ChangeAccounts { items: changes, reason: how.consent.reason.clone() };
    let worked = bulk::work(&context.engine, run, "change").await;
    let mut halted = None;
    for (report, _) in worked.reports {
        let RunReport::Written(change, sent, written) = report else { continue };
        let Some(one) = planned.iter_mut().find(|one| one.change.as_ref() == Some(&*change)) else { continue };
        note(&mut one.row, &change, sent, &written);
        if let Some(error) = written.outcome.error() {
            context.print_api_error(error);
            halted = Some(error.clone());
        }
        one.change = None;
    }
    for one in planned.iter_mut().filter(|one| one.change.is_some()) {
        one.row.set(Status::NotAttempted, Some(words::INTERRUPTED.to_owned()));
    }
    deliver(&planned, how.form, true)?;
    print_note(&words::ended(planned.iter().map(|one| one.row.status)));
    let came: Vec<Came> = planned.iter().map(|one| came(one.row.status)).collect();
    match (came.as_slice(), worked.interrupted) {
        ([one], false) => of_one(*one).end(),
        (all, interrupted) => Exit::of_each(all, interrupted, halted.as_ref()).end(),
    }
}

fn of_one(came: Came) -> Exit {
    match came {
        Came::Good => Exit::Done,
        Came::Failed => Exit::Failed,
        Came::Refused => Exit::NotPermitted,
        Came::Unknown => Exit::Unknown,
    }
}

/// "Changed" is what AWS shows afterwards, not what the call answered.
fn note(row: &mut Row, change: &Change, sent: Timestamp, written: &Written) {
    row.time = Some(sent);
    row.code = written.outcome.error().and_then(|error| error.code.clone());
    let Change::Account { change, .. } = change else { return };
    let is_seen = shows(change, &written.seen);
    let (status, message) = match &written.outcome {
        WriteOutcome::Taken(_) if is_seen == Some(true) => (Status::Changed, None),
        WriteOutcome::Taken(_) => (Status::Unknown, Some(words::NOT_SHOWN.to_owned())),
        WriteOutcome::AlreadySo(_) => (Status::Already, None),
        WriteOutcome::NotPermitted(refusal) => (Status::Refused, Some(record::reason(refusal))),
        // It is gone, whoever deleted it.
        WriteOutcome::Refused(_) if is_seen == Some(true) && matches!(change, AccountChange::DeleteContact(..)) => {
            (Status::Already, None)
        }
        WriteOutcome::Refused(error) => (Status::Refused, Some(headline(error))),
        WriteOutcome::Failed(error) => (Status::Failed, Some(headline(error))),
        // The answer was lost, and AWS shows it.
        WriteOutcome::Unknown(_) if is_seen == Some(true) => (Status::Changed, Some(words::SEEN_AFTERWARDS.to_owned())),
        WriteOutcome::Unknown(error) => (Status::Unknown, Some(headline(error))),
    };
    row.set(status, message);
}

fn came(status: Status) -> Came {
    match status {
        Status::Changed | Status::Already | Status::WouldChange => Came::Good,
        Status::Refused => Came::Refused,
        Status::Unknown => Came::Unknown,
        Status::Failed | Status::Problem | Status::NotAttempted => Came::Failed,
    }
}

/// `all` also where a table has nothing to say.
fn deliver(planned: &[Planned<'_>], form: Form, all: bool) -> Done {
    let is_listed = |row: &&Row| form != Form::Table || all || row.status != Status::Already;
    let rows = planned.iter().map(|one| &one.row).filter(is_listed);
    output::deliver(rows::write(form, &columns(), rows))
}
