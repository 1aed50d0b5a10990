//! `rootdeck journal`: what was done and refused from this machine.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::again::caller;
use super::arguments::{Arguments, Form, JournalArguments, WhichAccounts};
use super::connection::configuration_with_problems_printed;
use super::environment::{Environment, Kept, configuration};
use super::error::{CliError, Done};
use super::find::{find_list, given_which, names};
use super::output::{self, print_error, print_note};
use super::rows;
use crate::domain::account::AccountId;
use crate::domain::aws_command::CallerOptions;
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::resolution::{Doubt, Resolution};
use crate::domain::since::{since, until};
use crate::words::cli::arguments::NAMES_NO_ACCOUNT;
use crate::words::cli::journal as words;
use crate::words::columns::journal;
use crate::words::commands::rootdeck;
use crate::words::record::message;

/// How many entries a table has unless more are asked for. Programs get all.
const SHOWN_IN_TABLE: usize = 100;

pub(super) async fn run(arguments: &Arguments, wanted: &JournalArguments) -> Done {
    let loaded = if wanted.resolve { configuration_with_problems_printed(arguments) } else { configuration(arguments) };
    let place = Environment::new(arguments, &loaded);
    if wanted.resolve {
        print(&resolve(&place, arguments).await?, caller(arguments).as_ref());
    }
    let cached_emails = place.journal().await;
    let cached_emails =
        cached_emails.map_err(|error| CliError::failed(message(&error.message)).and(words::NO_JOURNAL_TO_SHOW))?;
    print_note(&words::whose(cached_emails.binding.as_ref(), arguments.demo));
    let chosen = Chosen::of(arguments, wanted, &cached_emails)?;
    let all: Vec<&JournalEntry> = cached_emails.entries.iter().filter(|entry| chosen.has(entry)).collect();
    let limit = match (wanted.limit, *wanted.output) {
        (Some(limit), _) => limit,
        (None, Form::Table) if !wanted.all => SHOWN_IN_TABLE,
        (None, _) => all.len(),
    };
    if all.len() > limit {
        print_note(&words::newest(limit, all.len()));
    }
    let open = all.iter().take(limit).filter(|entry| entry.is_open()).count();
    if open > 0 && !wanted.resolve {
        print_note(&words::open_outcomes(open));
    }
    // Oldest first, as logs are; the newest stand where the prompt is.
    let names = names(&cached_emails.listing);
    let shown = journal::rows(all.into_iter().take(limit).rev(), &cached_emails.entries, &names);
    output::deliver(rows::write(*wanted.output, &journal::columns(), &shown))
}

async fn resolve(place: &Environment, arguments: &Arguments) -> Result<Resolution, CliError> {
    if let Some(trouble) = place.store_trouble().await {
        return Err(CliError::connection(&trouble, arguments).await);
    }
    place.ask(arguments, async |engine, _| engine.resolve_all(engine.now()).await).await
}

fn print(resolution: &Resolution, caller: Option<&CallerOptions>) {
    for (entry, outcome) in &resolution.settled {
        let done = *outcome == JournalOutcome::Ok;
        print_error(&if done { words::was_done(entry) } else { words::was_not_done(entry) });
    }
    for open in &resolution.open {
        let way = match &open.doubt {
            Doubt::NeedsAudit(account) => {
                words::audit_tells(rootdeck(&["audit", "--deep", "--accounts", &account.to_string()], caller))
            }
            Doubt::NeedsPolicy(account) => words::policy_tells(account),
            doubt => words::doubt(doubt),
        };
        print_error(&words::still_unknown(open.entry, way));
    }
    if resolution.count() == 0 {
        print_error(words::ALL_SETTLED);
    }
}

struct Chosen<'a> {
    /// All if `None`.
    accounts: Option<Vec<AccountId>>,
    outcome: Option<JournalOutcome>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    operations: &'a [String],
    only_changes: bool,
}

impl<'a> Chosen<'a> {
    fn of(arguments: &Arguments, wanted: &'a JournalArguments, cached_emails: &Kept) -> Result<Self, CliError> {
        let accounts = match given_which(arguments, WhichAccounts::joined(&wanted.account))? {
            WhichAccounts::All => None,
            WhichAccounts::Named(texts) => Some(accounts(&texts, cached_emails)?),
        };
        let now = Timestamp::now();
        let since = wanted.since.as_deref().and_then(|text| since(text, now, &TimeZone::system()));
        let until = wanted.until.as_deref().and_then(|text| until(text, now, &TimeZone::system()));
        let (operations, only_changes) = (wanted.operation.as_slice(), wanted.changes);
        Ok(Self { accounts, outcome: wanted.outcome.map(Into::into), since, until, operations, only_changes })
    }

    fn has(&self, entry: &JournalEntry) -> bool {
        self.accounts.as_ref().is_none_or(|accounts| entry.account.is_some_and(|one| accounts.contains(&one)))
            && self.outcome.is_none_or(|outcome| entry.outcome.shown() == outcome)
            && self.since.is_none_or(|since| entry.at >= since)
            && self.until.is_none_or(|until| entry.at <= until)
            && (!self.only_changes || entry.change.is_change())
            && (self.operations.is_empty() || self.operations.iter().any(|word| is_of(entry, word)))
    }
}

/// The accounts that `texts` name. One that is gone from the organization is still in the journal, by its id.
fn accounts(texts: &[String], kept: &Kept) -> Result<Vec<AccountId>, CliError> {
    let mut named = Vec::new();
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        if let Some(ids) = AccountId::written_list(text) {
            named.extend(ids);
        } else if kept.listing.is_empty() {
            return Err(CliError::usage(words::NO_LISTING));
        } else {
            let found = find_list(&kept.listing, text).map_err(CliError::usage)?;
            named.extend(found.into_iter().map(|account| account.id));
        }
    }
    if named.is_empty() { Err(CliError::usage(NAMES_NO_ACCOUNT)) } else { Ok(named) }
}

/// Whether an entry is of this kind or operation of AWS, which may be without its service.
fn is_of(entry: &JournalEntry, word: &str) -> bool {
    let name = entry.operation.rsplit(':').next().unwrap_or_default();
    entry.change.kind() == word || entry.operation.eq_ignore_ascii_case(word) || name.eq_ignore_ascii_case(word)
}
