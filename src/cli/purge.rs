//! `rootdeck purge`: every email address that is kept on this machine is forgotten.

use std::path::Path;

use jiff::Timestamp;

use super::arguments::{Arguments, Consent, Form, PurgeArguments};
use super::environment::{configuration, rules};
use super::error::{CliError, Done};
use super::output::{self, print_note};
use super::rows::{self, Column, fields as f};
use crate::domain::api_error::ApiError;
use crate::domain::permit::Refusal;
use crate::domain::text::clean;
use crate::store::{Holdings, Store, default_path};
use crate::words::cli::purge as words;
use crate::words::record::message;
use crate::words::store::error as store_error;

const TOKEN: &str = "purge";

pub(super) async fn run(arguments: &Arguments, wanted: &PurgeArguments) -> Done {
    if arguments.demo {
        print_note(words::IN_DEMO);
        return deliver_for_programs(wanted, None);
    }
    if !wanted.dry_run && rules(arguments, &configuration(arguments)).read_only {
        // What is forgotten here is kept nowhere else.
        return Err(CliError::refused(&Refusal::ReadOnly, None, None));
    }
    purge(wanted).await
}

async fn purge(wanted: &PurgeArguments) -> Done {
    let consent = Consent { yes: wanted.yes, reason: None };
    if !wanted.dry_run {
        consent.check()?;
    }
    let Some(path) = default_path().filter(|path| path.symlink_metadata().is_ok()) else {
        print_note(words::NOTHING_KEPT);
        return deliver_for_programs(wanted, None);
    };
    let store = Store::open(&path).map_err(|error| failed(&store_error(&error)).and(words::UNREADABLE))?;
    let held = read(&store)?;
    // A dry run asks nothing.
    let told = Consent { yes: wanted.yes || wanted.dry_run, reason: None };
    told.tell(&words::store_of_all(clean(&path.display().to_string())));
    if *wanted.output == Form::Table {
        output::deliver(Ok(table(&held)))?;
    } else if !told.yes {
        told.tell(table(&held).trim_end());
    }
    if held.is_empty() {
        print_note(words::NOTHING_TO_FORGET);
        return deliver_for_programs(wanted, Some(&held));
    }
    warn(&held, &path, &told);
    if wanted.dry_run {
        print_note(words::DRY_RUN);
        return deliver_for_programs(wanted, Some(&held));
    }
    consent.ask(TOKEN).await?;
    let forgetting = store.clone();
    let forgotten = tokio::task::spawn_blocking(move || forgetting.purge()).await;
    forgotten.map_err(|error| failed(&error.to_string()))?.map_err(|error| unfinished(&store, &error))?;
    print_note(words::FORGOTTEN);
    deliver_for_programs(wanted, Some(&held))
}

/// A kind of what is kept.
pub(super) struct Row {
    kind: &'static str,
    count: u64,
    addressed: Option<u64>,
    open: Option<u64>,
    status: &'static str,
}

/// What people have in the table.
fn deliver_for_programs(wanted: &PurgeArguments, held: Option<&Holdings>) -> Done {
    if *wanted.output == Form::Table {
        return Ok(());
    }
    let status = if wanted.dry_run { "would_forget" } else { "forgotten" };
    let rows = held.map(|held| rows_of(held, status)).unwrap_or_default();
    output::deliver(rows::write(*wanted.output, &columns(), &rows))
}

fn rows_of(held: &Holdings, status: &'static str) -> Vec<Row> {
    let row = |kind, count| Row { kind, count, addressed: None, open: None, status };
    vec![
        row("listings", held.listings),
        row("findings", held.findings),
        row("audits", held.audits),
        Row { status: "kept", ..row("alarms", held.alarms) },
        Row { open: Some(held.open_changes), ..row("email_changes", held.changes) },
        row("filters", held.filters),
        Row { open: Some(held.unfinished_plans), ..row("plans", held.plans) },
        Row { addressed: Some(held.entries_with_addresses), ..row("journal_entries", held.entries) },
    ]
}

pub(super) fn columns() -> Vec<Column<'static, Row>> {
    vec![
        Column::new(f::KEPT_KIND, |row: &Row| row.kind),
        Column::new(f::COUNT, |row: &Row| row.count),
        Column::new(f::ADDRESSED.or_null(), |row: &Row| row.addressed),
        Column::new(f::STILL_OPEN.or_null(), |row: &Row| row.open),
        Column::new(f::KEPT_STATUS, |row: &Row| row.status),
    ]
}

fn read(store: &Store) -> Result<Holdings, CliError> {
    store.holdings(Timestamp::now()).map_err(|error| failed(&message(&error.message)))
}

fn failed(why: &str) -> CliError {
    CliError::failed(clean(why))
}

/// Says how far it came: everything is forgotten at once, then the file is written again.
fn unfinished(store: &Store, error: &ApiError) -> CliError {
    failed(&message(&error.message)).and(match store.holdings(Timestamp::now()) {
        Ok(held) if held.is_empty() => words::NOT_REWRITTEN,
        Ok(_) => words::NOTHING_FORGOTTEN,
        Err(_) => words::NOT_KNOWN,
    })
}

fn table(held: &Holdings) -> String {
    let row = |what: &str, count: u64, how: String| vec![what.to_owned(), count.to_string(), how];
    let rows = vec![
        row("listings", held.listings, words::of_accounts(held.accounts)),
        row("findings", held.findings, String::new()),
        row("audits", held.audits, String::new()),
        row("alarms", held.alarms, words::ALARMS_STAY.to_owned()),
        row(words::EMAIL_CHANGES, held.changes, words::open(held.open_changes)),
        row("filters", held.filters, String::new()),
        row("plans", held.plans, words::unfinished(held.unfinished_plans)),
        row(words::ENTRIES, held.entries, words::with_address(held.entries_with_addresses)),
    ];
    rows::table_of(&["KEPT", "COUNT", ""], rows)
}

fn warn(held: &Holdings, path: &Path, consent: &Consent) {
    consent.tell(words::AS_A_WHOLE);
    consent.tell(words::JOURNAL);
    if held.open_changes > 0 {
        consent.tell(&words::open_changes(held.open_changes));
    }
    if held.unfinished_plans > 0 {
        consent.tell(words::UNFINISHED_PLANS);
    }
    if let Some(folder) = path.parent().map(|folder| folder.join("policies")).filter(|folder| folder.exists()) {
        consent.tell(&words::policies_stay(clean(&folder.display().to_string())));
    }
    consent.tell(words::RUNNING);
}
