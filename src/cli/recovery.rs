//! `rootdeck recovery`: whether the root mailbox can set a root password.

use std::sync::Arc;

use futures::FutureExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::arguments::{AllowRecovery, Arguments, CloseRecovery, Consent, Form, Recovery, WhichAccounts};
use super::context::{Answer, CommandContext, Needs};
use super::environment::{Environment, configuration};
use super::error::{Came, CliError, Done, Exit};
use super::find::{given_or_all, names};
use super::output::{self, print_error, print_note};
use super::rows::{self, Column, fields as f};
use super::signals::Interrupts;
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::journal::Subject;
use crate::domain::permit::permit;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, Presence};
use crate::domain::since;
use crate::domain::write::{Seen, WriteOutcome, WriteRequest};
use crate::words::api_error::headline;
use crate::words::change::{ALARMS, consequences};
use crate::words::cli::recovery as words;
use crate::words::commands::rootdeck;
use crate::words::record::message;
use crate::words::time::utc_second;

pub(super) async fn run(arguments: &Arguments, wanted: &Recovery) -> Done {
    match wanted {
        Recovery::Allow(wanted) => allow(arguments, wanted).await,
        Recovery::Close(wanted) => close(arguments, wanted).await,
        Recovery::List { output } => list(arguments, **output).await,
    }
}

async fn allow(arguments: &Arguments, wanted: &AllowRecovery) -> Done {
    wanted.consent.check()?;
    let which = given_or_all(arguments, &wanted.accounts)?;
    // A wrong end is told before anything is asked.
    end_of(wanted, Timestamp::now())?;
    let context = CommandContext::read_which(arguments, &which, Needs::Switches).await?;
    let until = end_of(wanted, context.engine.now())?;
    context.engine.give_reason(wanted.consent.reason.as_deref());
    let accounts = context.members(&which)?;
    let change = RootChange::AllowPasswordRecovery;
    announce(&context, &accounts, &change, &wanted.consent).await?;
    if let Some(until) = until {
        let close = rootdeck(&["recovery", "close", "--expired", "--yes"], context.caller().as_ref());
        wanted.consent.tell(&words::ends(utc_second(until), close));
    }
    wanted.consent.ask(&token(&accounts)).await?;
    let sending = Sending { context: &context, consent: &wanted.consent, form: *wanted.output, change, until };
    sending.each(&accounts, Vec::new()).await
}

/// When it should be closed again, if that was said.
fn end_of(wanted: &AllowRecovery, now: Timestamp) -> Result<Option<Timestamp>, CliError> {
    let wrong = || CliError::usage(words::NO_END);
    match (&wanted.until, wanted.span) {
        (Some(text), _) => since::ending(text, now, &TimeZone::system()).map(Some).ok_or_else(wrong),
        // In whole seconds, as it is shown.
        (None, Some(span)) => {
            let end = now.checked_add(span).and_then(|end| Timestamp::from_second(end.as_second()));
            end.map(Some).map_err(|_| wrong())
        }
        (None, None) => Ok(None),
    }
}

async fn close(arguments: &Arguments, wanted: &CloseRecovery) -> Done {
    wanted.consent.check()?;
    let which = if wanted.expired {
        let expired = expired(arguments).await?;
        if expired.is_empty() {
            print_note(words::NONE_EXPIRED);
            let none = rows::write(*wanted.output, &outcome_columns(), &Vec::<Row>::new());
            return if *wanted.output == Form::Table { Ok(()) } else { output::deliver(none) };
        }
        WhichAccounts::Named(expired)
    } else {
        given_or_all(arguments, &wanted.accounts)?
    };
    let context = CommandContext::read_which(arguments, &which, Needs::Switches).await?;
    context.engine.give_reason(wanted.consent.reason.as_deref());
    let accounts = if wanted.expired { still_expired(&context, &which).await? } else { context.members(&which)? };
    if accounts.is_empty() {
        print_note(words::NONE_EXPIRED);
        return Ok(());
    }
    let change = RootChange::ClosePasswordRecovery;
    announce(&context, &accounts, &change, &wanted.consent).await?;
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    let look = Look { is_one_of_several: accounts.len() > 1, only_if_shown: wanted.expired };
    for &account in &accounts {
        if let Some(row) = look.at(&context, account, &wanted.consent).await {
            closed.push(row);
        } else {
            open.push(account);
        }
    }
    if !open.is_empty() {
        wanted.consent.ask(&token(&open)).await?;
    }
    let sending = Sending { context: &context, consent: &wanted.consent, form: *wanted.output, change, until: None };
    sending.each(&open, closed).await
}

/// The accounts whose recovery was allowed on this machine and should be closed by now, by the last run with this profile.
async fn expired(arguments: &Arguments) -> Result<Vec<String>, CliError> {
    let stored = Environment::new(arguments, &configuration(arguments)).stored(None).await;
    let stored = stored.map_err(|error| CliError::failed(message(&error.message)))?;
    let now = Timestamp::now();
    Ok(stored.left_open.iter().filter(|one| one.is_expired(now)).map(|one| one.account.to_string()).collect())
}

/// Those of them that are so in the organization that the caller turned out to be in, and that are there.
async fn still_expired<'a>(context: &'a CommandContext, which: &WhichAccounts) -> Result<Vec<&'a Account>, CliError> {
    let WhichAccounts::Named(ids) = which else { return Ok(Vec::new()) };
    let left = context.engine.left_open().await.map_err(|error| context.error(&error))?;
    let now = context.engine.now();
    let mut accounts = Vec::new();
    for id in ids {
        let is_expired = left.iter().any(|one| one.account.to_string() == *id && one.is_expired(now));
        match context.find(id) {
            Ok(account) if is_expired => accounts.push(account),
            Ok(_) => {}
            Err(_) => print_error(&words::not_there(id)),
        }
    }
    Ok(accounts)
}

/// How it is looked what there is to close.
#[derive(Clone, Copy)]
struct Look {
    is_one_of_several: bool,
    /// What could not be read is left as it is.
    only_if_shown: bool,
}

impl Look {
    /// What there is to close in an account; the row of one where there is nothing.
    async fn at(self, context: &CommandContext, account: &Account, consent: &Consent) -> Option<Row> {
        let heading = if self.is_one_of_several { words::heading(&account.name, account.id) } else { String::new() };
        match context.engine.audit(account, AuditDepth::Deep).await.password {
            // A recovery that was closed elsewhere is closed here once more, for the journal.
            Presence::Absent if is_left_open(context, account).await => {
                consent.tell(&format!("{heading}{}", words::NOTES_CLOSED));
            }
            Presence::Absent => {
                let line = words::is_closed_already(account.id);
                let sent = Sent { status: "already_closed", line, message: None };
                return Some(Row::of(account, Ok(sent)));
            }
            Presence::Present(password) => {
                let going = words::would_go(password.and_then(|password| password.created));
                consent.tell(&format!("{heading}{going}"));
            }
            Presence::Unknown(error) => {
                print_error(&format!("{heading}{}", words::LOGIN_PROFILE_UNKNOWN));
                context.print_api_error(&error);
                if self.only_if_shown {
                    let message = Some(headline(&error));
                    return Some(Row { message, ..Row::new(account, "failed", Exit::Failed) });
                }
            }
        }
        None
    }
}

async fn is_left_open(context: &CommandContext, account: &Account) -> bool {
    context.engine.left_open().await.is_ok_and(|left| left.iter().any(|one| one.account == account.id))
}

/// What has to be typed: the account's id, or how many accounts.
fn token(accounts: &[&Account]) -> String {
    match accounts {
        [account] => account.id.to_string(),
        several => several.len().to_string(),
    }
}

/// Whether it is permitted in each account, and can be recorded; then what it brings about, and in which accounts.
async fn announce(context: &CommandContext, accounts: &[&Account], change: &RootChange, consent: &Consent) -> Done {
    if let [account] = accounts {
        context.announce(account, change, consent).await?;
        consent.tell(&words::root_mailbox(&account.email));
        return Ok(());
    }
    let mut ends: Option<CliError> = None;
    for account in accounts {
        let root = Change::Root { account: account.id, change: change.clone() };
        let danger = root.danger().on(accounts.len());
        let permitted = permit(&root, &context.facts(Some(account)));
        if let Err(refusal) = permitted.and_then(|()| context.permit_reason(danger, consent.reason.as_deref())) {
            let subject = Subject::of(&root, consent.reason.clone());
            let error = context.refuse(&refusal, change.task(), &subject).await;
            ends.iter().for_each(CliError::print);
            ends = Some(error.below(words::heading(&account.name, account.id).trim_end()));
        }
    }
    if let Some(error) = ends {
        return Err(error);
    }
    context.can_record().await?;
    let table = rows::table(&targets(), accounts.iter().copied());
    consent.tell(&words::in_accounts(*change == RootChange::AllowPasswordRecovery, accounts.len(), table.trim_end()));
    if let Some(first) = accounts.first() {
        let root = Change::Root { account: first.id, change: change.clone() };
        consent.tell_all(consequences(&root).into_iter().filter(|one| *one != ALARMS));
    }
    context.print_alarms(!consent.yes);
    Ok(())
}

fn targets() -> Vec<Column<'static, Account>> {
    vec![
        Column::table_only("ACCOUNT", |account: &Account| account.id.to_string()),
        Column::table_only("NAME", |account: &Account| account.name.clone()),
        Column::table_only("ROOT MAILBOX", |account: &Account| account.email.clone()),
    ]
}

struct Sending<'a> {
    context: &'a CommandContext,
    consent: &'a Consent,
    form: Form,
    change: RootChange,
    until: Option<Timestamp>,
}

impl Sending<'_> {
    /// Sends it account by account, and stops where it is interrupted. `before` is what is known already.
    async fn each(self, accounts: &[&Account], before: Vec<Row>) -> Done {
        let is_alone = accounts.len() + before.len() == 1;
        let mut interrupts = Interrupts::new();
        let (mut all, mut interrupted) = (before, false);
        for &account in accounts {
            interrupted = interrupted || interrupts.next().now_or_never().is_some();
            if interrupted {
                all.push(Row::not_attempted(account));
                continue;
            }
            let sent = self.send(account).await;
            if let Err(error) = sent {
                if is_alone && self.form == Form::Table {
                    return Err(error);
                }
                let error =
                    if is_alone { error } else { error.below(words::heading(&account.name, account.id).trim_end()) };
                error.print();
                all.push(Row::of(account, Err(error)));
            } else {
                all.push(Row::of(account, sent));
            }
        }
        if self.form == Form::Table {
            let lines: Vec<String> = all.iter().filter_map(|row| row.line.clone()).collect();
            if !lines.is_empty() {
                output::line(&lines.join("\n"))?;
            }
        } else {
            output::deliver(rows::write(self.form, &outcome_columns(), &all))?;
        }
        match all.as_slice() {
            [one] => one.exit.end(),
            all => Exit::of_each(&all.iter().map(Row::came).collect::<Vec<_>>(), interrupted, None).end(),
        }
    }

    async fn send(&self, account: &Account) -> Result<Sent, CliError> {
        let Self { context, consent, change, until, .. } = self;
        let (task, opened) = (change.task(), *change == RootChange::AllowPasswordRecovery);
        let change = Change::Root { account: account.id, change: change.clone() };
        let request = CommandContext::request(change, Some(account), consent);
        let written = context.write(WriteRequest { until: *until, ..request }).await;
        let judged = context.judge(&written.outcome, task);
        let seen = match &written.seen {
            Seen::LoginProfile(Presence::Present(_)) => Some(true),
            Seen::LoginProfile(Presence::Absent) => Some(false),
            Seen::LoginProfile(Presence::Unknown(error)) => {
                let unread = words::now_unread(headline(error));
                if let Err(error) = judged {
                    return Err(error.and(unread));
                }
                print_error(&unread);
                None
            }
            _ => None,
        };
        let answer = judged?;
        if let WriteOutcome::AlreadySo(error) = &written.outcome {
            return self.with_end(account, already(account, opened, seen, error)?).await;
        }
        match answer {
            // Even if the answer was lost: what is seen is what was wanted.
            _ if seen == Some(opened) => {
                let status = if opened { "allowed" } else { "closed" };
                Ok(Sent { status, line: words::recovery_is(account.id, status), message: None })
            }
            Answer::Taken => Err(CliError::unknown(words::taken_and_not_shown(account.id))),
            Answer::Lost => Err(CliError::reported(Exit::Unknown)),
        }
    }

    /// What was so already, with its end: only a recovery that this journal has open can have one.
    async fn with_end(&self, account: &Account, sent: Sent) -> Result<Sent, CliError> {
        let Some(until) = self.until else { return Ok(sent) };
        let left = self.context.engine.left_open().await.map_err(|error| self.context.error(&error))?;
        if !left.iter().any(|one| one.account == account.id && one.until == Some(until)) {
            return Err(CliError::failed(words::end_not_set(account.id)));
        }
        let message = sent.message.map(|message| words::now_ends(message, utc_second(until)));
        Ok(Sent { line: words::now_ends(sent.line, utc_second(until)), message, ..sent })
    }
}

struct Sent {
    status: &'static str,
    line: String,
    /// For programs, where the status does not say all.
    message: Option<String>,
}

/// AWS refused it as already so. Done, unless AWS shows the opposite now.
fn already(account: &Account, opened: bool, seen: Option<bool>, error: &ApiError) -> Result<Sent, CliError> {
    let code = error.code.as_deref().unwrap_or("-");
    if seen == Some(!opened) {
        return Err(CliError::unknown(words::shows_the_opposite(account.id, code)));
    }
    let (status, state) =
        if opened { ("already_allowed", words::ALLOWED_ALREADY) } else { ("already_closed", words::CLOSED_ALREADY) };
    let message = words::nothing_changed(state, code);
    Ok(Sent { status, line: words::of(account.id, &message), message: Some(message) })
}

/// What became of an account.
pub(super) struct Row {
    account: String,
    name: String,
    email: String,
    status: &'static str,
    message: Option<String>,
    /// For people; what went wrong they were told already.
    line: Option<String>,
    exit: Exit,
}

impl Row {
    fn new(account: &Account, status: &'static str, exit: Exit) -> Self {
        let (id, name, email) = (account.id.to_string(), account.name.clone(), account.email.clone());
        Self { account: id, name, email, status, message: None, line: None, exit }
    }

    fn of(account: &Account, sent: Result<Sent, CliError>) -> Self {
        match sent {
            Ok(Sent { status, line, message }) => {
                Self { line: Some(line), message, ..Self::new(account, status, Exit::Done) }
            }
            Err(error) => {
                let status = match error.exit() {
                    Exit::NotPermitted => "refused",
                    Exit::Unknown => "unknown",
                    _ => "failed",
                };
                Self { message: error.headline(), ..Self::new(account, status, error.exit()) }
            }
        }
    }

    fn not_attempted(account: &Account) -> Self {
        let message = Some(words::NOT_ATTEMPTED.to_owned());
        let line = Some(words::not_attempted(account.id));
        Self { message, line, ..Self::new(account, "not_attempted", Exit::Interrupted) }
    }

    fn came(&self) -> Came {
        match self.exit {
            Exit::Done => Came::Good,
            Exit::NotPermitted => Came::Refused,
            Exit::Unknown => Came::Unknown,
            _ => Came::Failed,
        }
    }
}

pub(super) fn outcome_columns() -> Vec<Column<'static, Row>> {
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Row| row.account.clone()),
        Column::new(f::ACCOUNT_NAME, |row: &Row| row.name.clone()),
        Column::new(f::EMAIL, |row: &Row| row.email.clone()),
        Column::new(f::RECOVERY_STATUS, |row: &Row| row.status),
        Column::new(f::MESSAGE.or_null(), |row: &Row| row.message.clone()),
    ]
}

async fn list(arguments: &Arguments, form: Form) -> Done {
    let stored = Environment::new(arguments, &configuration(arguments)).stored(None).await;
    let stored = stored.map_err(|error| CliError::failed(message(&error.message)))?;
    print_note(words::BY_THE_JOURNAL);
    let names = names(stored.listing.iter().flat_map(|(_, accounts)| accounts).map(Arc::as_ref));
    let now = Timestamp::now();
    let rows = stored.left_open.into_iter().map(|left| (names.get(&left.account).cloned(), left, now));
    output::deliver(rows::write(form, &columns(), &rows.collect::<Vec<_>>()))
}

/// One that is open, and the name of its account, if the last listing has it.
type Named = (Option<String>, LeftOpen, Timestamp);

pub(super) fn columns() -> Vec<Column<'static, Named>> {
    vec![
        Column::new(f::ACCOUNT_ID, |(_, one, _): &Named| one.account.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME.or_null(), |(name, ..): &Named| name.clone())
            .head("NAME")
            .shown(|(name, ..)| name.clone().unwrap_or_else(|| "?".to_owned())),
        Column::new(f::SINCE, |(_, one, _): &Named| one.since).head("SINCE"),
        Column::new(f::CALLER_ARN, |(_, one, _): &Named| one.by.clone()).head("BY"),
        Column::new(f::RECOVERY_UNTIL.or_null(), |(_, one, _): &Named| one.until)
            .head("UNTIL")
            .shown(|(_, one, now)| words::until(one.until, *now)),
        Column::new(f::RECOVERY_EXPIRED, |(_, one, now): &Named| one.is_expired(*now)).head("EXPIRED"),
        Column::new(f::REASON.or_null(), |(_, one, _): &Named| one.reason.clone()).head("REASON"),
    ]
}
