//! `rootdeck purge`: every email address that is kept on this machine is forgotten.

use std::path::Path;

use jiff::Timestamp;

use super::arguments::{Arguments, Consent, PurgeArguments};
use super::error::{CliError, Done};
use super::output::{self, complain};
use super::place::{configuration, rules};
use super::rows;
use crate::domain::fault::Fault;
use crate::domain::permit::Refusal;
use crate::domain::text::clean;
use crate::store::{Holdings, Store, default_path};

/// What has to be typed.
const TOKEN: &str = "purge";

/// Says what there is, asks, and forgets it.
pub(super) async fn run(arguments: &Arguments, wanted: &PurgeArguments) -> Done {
    if arguments.demo {
        complain("the demo keeps nothing on this machine; what other runs keep was not touched");
        return Ok(());
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
        complain("nothing is kept on this machine");
        return Ok(());
    };
    let store = Store::open(&path).map_err(|error| {
        failed(&error.to_string()).and("it may hold addresses: nothing was forgotten. To be rid of them, delete it")
    })?;
    let held = read(&store)?;
    complain(&format!("{}, all profiles and organizations", clean(&path.display().to_string())));
    output::deliver(Ok(table(&held)))?;
    if held.is_empty() {
        complain("there is nothing to forget");
        return Ok(());
    }
    warn(&held, &path);
    if wanted.dry_run {
        complain("nothing was forgotten: this was a dry run");
        return Ok(());
    }
    consent.ask(TOKEN).await?;
    let forgetting = store.clone();
    let forgotten = tokio::task::spawn_blocking(move || forgetting.purge()).await;
    forgotten.map_err(|error| failed(&error.to_string()))?.map_err(|fault| unfinished(&store, &fault))?;
    complain("forgotten");
    Ok(())
}

fn read(store: &Store) -> Result<Holdings, CliError> {
    store.holdings(Timestamp::now()).map_err(|fault| failed(&fault.message))
}

fn failed(why: &str) -> CliError {
    CliError::failed(clean(why))
}

/// Says how far it came: all that is forgotten is forgotten at once, and writing the file anew comes
/// after that.
fn unfinished(store: &Store, fault: &Fault) -> CliError {
    failed(&fault.message).and(match store.holdings(Timestamp::now()) {
        Ok(held) if held.is_empty() => {
            "the addresses are forgotten, but the file could not be written anew, and parts of some may still lie in \
             it; run this again"
        }
        Ok(_) => "nothing was forgotten; close the other rootdecks, or make room, and run this again",
        Err(_) => "whether anything was forgotten can't be told; run this again",
    })
}

fn table(held: &Holdings) -> String {
    let row = |what: &str, count: u64, how: String| vec![what.to_owned(), count.to_string(), how];
    let rows = vec![
        row("listings", held.listings, format!("of {} accounts", held.accounts)),
        row("findings", held.findings, String::new()),
        row("audits", held.audits, String::new()),
        row("alarms", held.alarms, "they have no address, and stay".to_owned()),
        row("email changes", held.changes, format!("{} of them open", held.open_changes)),
        row("plans", held.plans, format!("{} of them unfinished", held.unfinished_plans)),
        row("journal entries", held.entries, format!("{} of them with an address", held.entries_with_addresses)),
    ];
    rows::table_of(&["KEPT", "COUNT", ""], rows)
}

fn warn(held: &Holdings, path: &Path) {
    complain("listings, findings, audits, email changes and plans go as a whole");
    complain(
        "the journal keeps its entries; in what they say, and in the reasons given, each word with an @ becomes \
         (address forgotten). Who made a change stays: the ARN of a caller can end in the address of an SSO user",
    );
    if held.open_changes > 0 {
        complain(&format!(
            "{} can still be finished, and AWS tells nobody the new address: to finish one after this it has to be \
             known from elsewhere",
            changes(held.open_changes)
        ));
    }
    if held.unfinished_plans > 0 {
        complain("plans that are not finished can't be resumed after this");
    }
    if let Some(folder) = path.parent().map(|folder| folder.join("policies")).filter(|folder| folder.exists()) {
        complain(&format!("policies that were saved stay: {}", clean(&folder.display().to_string())));
    }
    complain("a rootdeck that is running goes on with what it has read, and keeps listings again");
}

fn changes(count: u64) -> String {
    if count == 1 { "1 email change".to_owned() } else { format!("{count} email changes") }
}
