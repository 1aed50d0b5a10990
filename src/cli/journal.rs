//! `rootdeck journal`: what was done and refused from this machine.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::again::caller;
use super::arguments::{Arguments, JournalArguments};
use super::environment::{Environment, Kept, configuration, problems, rules};
use super::error::{CliError, Done};
use super::find::find;
use super::output::{self, print_error};
use super::rows;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::CallerOptions;
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::resolution::{Doubt, Resolution};
use crate::domain::since::since;
use crate::words::commands::rootdeck;
use crate::words::{journal as words, journal_form};

/// Prints it.
pub(super) async fn run(arguments: &Arguments, wanted: &JournalArguments) -> Done {
    let loaded = configuration(arguments);
    let place = Environment::new(arguments, rules(arguments, &loaded));
    if wanted.resolve {
        for fault in problems(&loaded) {
            print_error(&fault.message);
        }
        let resolution = match resolve(&place).await {
            Ok(resolution) => resolution,
            Err(fault) => return Err(CliError::connection(&fault, arguments).await),
        };
        print(&resolution, caller(arguments).as_ref());
    }
    let cached_emails = place.journal().await;
    let cached_emails =
        cached_emails.map_err(|fault| CliError::failed(fault.message).and("there is no journal to show"))?;
    print_error(&whose(&cached_emails, arguments.demo));
    let chosen = Chosen::of(wanted, &cached_emails)?;
    let all: Vec<&JournalEntry> = cached_emails.entries.iter().filter(|entry| chosen.has(entry)).collect();
    let limit = if wanted.all { all.len() } else { wanted.limit };
    if all.len() > limit {
        print_error(&format!("these are the newest {limit} of {}; --all shows all", all.len()));
    }
    let open = all.iter().take(limit).filter(|entry| entry.is_open()).count();
    if open > 0 && !wanted.resolve {
        print_error(&format!(
            "the outcome of {open} is unknown: cut off, not answered or under way; --resolve asks AWS"
        ));
    }
    // Oldest first, as logs are; the newest stand where the prompt is.
    output::deliver(rows::write(
        wanted.output,
        &journal_form::columns(),
        &journal_form::rows(all.into_iter().take(limit).rev()),
    ))
}

/// Asks AWS what became of the changes whose outcome is not known.
async fn resolve(place: &Environment) -> Result<Resolution, ApiError> {
    if let Some(trouble) = place.store_trouble().await {
        return Err(trouble);
    }
    let engine = place.connect_asking().await?;
    engine.resolve_all(engine.now()).await
}

fn print(resolution: &Resolution, caller: Option<&CallerOptions>) {
    for (entry, outcome) in &resolution.settled {
        let done = if *outcome == JournalOutcome::Ok { "was done" } else { "was not done" };
        print_error(&format!("entry {entry}: AWS shows that it {done}"));
    }
    for open in &resolution.open {
        let way = match &open.doubt {
            Doubt::NeedsAudit(account) => format!(
                "`{}` tells, and the journal follows. It is not made by itself: it opens a root session, which sets off \
                 alarms.",
                rootdeck(&["audit", "--deep", "--accounts", &account.to_string()], caller)
            ),
            Doubt::NeedsPolicy(account) => format!(
                "rootdeck s3-policy show or sqs-policy show of that bucket or queue of {account} tells, and the journal follows as far as the policy itself proves it. It is not made by itself: it opens a root \
                 session, which sets off alarms."
            ),
            doubt => words::doubt(doubt),
        };
        print_error(&format!("entry {}: still unknown. {way}", open.entry));
    }
    if resolution.count() == 0 {
        print_error("no change is without an outcome that still matters");
    }
}

fn whose(cached_emails: &Kept, demo: bool) -> String {
    match &cached_emails.binding {
        Some(binding) => format!(
            "this machine's journal of the organization {} ({}), which this profile and endpoint led to last; other \
             machines keep their own",
            binding.organization, binding.partition
        ),
        None if demo => "the demo keeps no journal".to_owned(),
        None => "this machine has no journal yet of what this profile and endpoint lead to".to_owned(),
    }
}

/// Which entries are wanted.
struct Chosen {
    account: Option<AccountId>,
    outcome: Option<JournalOutcome>,
    since: Option<Timestamp>,
}

impl Chosen {
    fn of(wanted: &JournalArguments, cached_emails: &Kept) -> Result<Self, CliError> {
        let account = match wanted.account.as_deref() {
            None => None,
            // An account that is gone from the organization is still in its journal.
            Some(text) => Some(match text.parse() {
                Ok(id) => id,
                Err(_) if cached_emails.listing.is_empty() => {
                    return Err(CliError::usage("no listing of the accounts is kept here: name the account by its id"));
                }
                Err(_) => find(&cached_emails.listing, text).map_err(CliError::usage)?.id,
            }),
        };
        let now = Timestamp::now();
        let since = wanted.since.as_deref().and_then(|text| since(text, now, &TimeZone::system()));
        Ok(Self { account, outcome: wanted.outcome.map(Into::into), since })
    }

    fn has(&self, entry: &JournalEntry) -> bool {
        self.account.is_none_or(|account| entry.account == Some(account))
            && self.outcome.is_none_or(|outcome| entry.outcome.shown() == outcome)
            && self.since.is_none_or(|since| entry.at >= since)
    }
}
