//! Some subcommands under each fault: exit code and JSON say what AWS holds and what is journaled.

use rootdeck::domain::change::Switch;
use rootdeck::domain::journal::JournalOutcome as Journaled;
use rootdeck::domain::records::JournalRecords;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::{Options, VerifySignatures};
use rootdeck::store::Store;
use serde_json::Value;

use crate::faults::{Column, Effect, Kind, columns};
use crate::program::Ended;
use crate::site::{CLEAN, SANDBOX, Site};
use crate::spoiler::Spoiler;

struct Row {
    operation: &'static str,
    arguments: &'static [&'static str],
    /// The status that says that it is done.
    done: &'static str,
}

const ROWS: [Row; 4] = [
    Row {
        operation: "EnableAWSServiceAccess",
        arguments: &["trust", "enable", "account.amazonaws.com", "--no-wait"],
        done: "on",
    },
    Row {
        operation: "StartPrimaryEmailUpdate",
        arguments: &["email", "start", SANDBOX, "root-sandbox@corp.example", "--allow-new-domain"],
        done: "pending",
    },
    Row { operation: "CreateLoginProfile", arguments: &["recovery", "allow", CLEAN], done: "allowed" },
    Row { operation: "PutAccountName", arguments: &["accounts", "rename", SANDBOX, "sandbox 7"], done: "changed" },
];

/// Why the cell is wrong, if it is.
fn cell(row: &Row, column: Column) -> Result<(), String> {
    // The proxy moves AWS's times, and not the clock by which the emulator judges signatures.
    let site = Site::with(Options { verify_signatures: VerifySignatures::Never, ..Options::default() });
    site.open_gates(&site.emulator);
    if row.operation != "EnableAWSServiceAccess" {
        site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    }
    let proxy = site.block_on(Spoiler::before(&site.emulator.endpoint_url()));
    column.set_clock(&proxy);
    let performed = || site.emulator.performed().iter().filter(|(_, name)| name == row.operation).count();
    let before = performed();
    column.begin(&proxy, &site.emulator, row.operation);
    let mut command = site.command(&[row.arguments, &["--yes", "--reason", "TICKET-7", "-o", "json"]].concat());
    let ended: Ended = command.env("AWS_ENDPOINT_URL", &proxy.url).output().unwrap().into();
    site.block_on(proxy.rests());
    let held = match performed() - before {
        0 => false,
        1 => true,
        times => return Err(format!("performed {times} x")),
    };
    let file = site.home.path().join(".local/state/rootdeck/rootdeck.db");
    let records = Store::open(&file).unwrap().scope(None, Some(&proxy.url));
    let is_its = |operation: &str| operation.ends_with(&format!(":{}", row.operation));
    let entry = records.journal(20).unwrap().into_iter().find(|entry| is_its(&entry.operation));
    let journaled = entry.as_ref().map(|entry| entry.outcome);
    let json: Value = serde_json::from_str(&ended.stdout).unwrap_or_default();
    let row_of = json.get(0).unwrap_or(&json);
    let status = row_of.get("status").and_then(Value::as_str).map(str::to_lowercase).unwrap_or_default();
    let what = || format!("AWS holds it: {held}, journaled {journaled:?}, {ended:?}");
    let is_true = match ended.code {
        Some(0) => held && status == row.done && journaled == Some(Journaled::Ok),
        Some(1 | 4) => {
            !held && status != row.done && matches!(journaled, None | Some(Journaled::Failed | Journaled::Refused))
        }
        // AWS's yes is journaled also where what it shows could not be read.
        Some(5) => status != row.done && matches!(journaled, Some(Journaled::Unknown)),
        _ => false,
    };
    let is_suited = match column.effect() {
        Effect::None => ended.code == Some(0),
        Effect::No => ended.code != Some(0),
        Effect::Any => true,
    };
    if is_true && is_suited { Ok(()) } else { Err(what()) }
}

#[test]
fn a_subcommand_says_what_aws_holds_and_what_is_journaled_whatever_happens_on_the_way() {
    let wanted = std::env::var("ROOTDECK_CELLS").unwrap_or_default().to_lowercase();
    let is_wanted = |name: &str| wanted.split(',').all(|word| name.to_lowercase().contains(word.trim()));
    let columns: Vec<Column> =
        columns().into_iter().filter(|column| !column.lasts && !matches!(column.fault.kind, Kind::Stale(_))).collect();
    let mut cells: Vec<(String, &Row, Column)> = Vec::new();
    for row in &ROWS {
        let named = columns.iter().map(|column| (format!("{} x {}", row.operation, column.name()), row, *column));
        cells.extend(named.filter(|(name, ..)| is_wanted(name)));
    }
    let (waiting, others): (Vec<_>, Vec<_>) = cells.into_iter().partition(|(_, _, column)| column.fault.waits);
    let failed = std::sync::Mutex::new(Vec::new());
    let run = |(name, row, column): &(String, &Row, Column)| {
        if let Err(why) = cell(row, *column) {
            failed.lock().unwrap().push(format!("{name}: {why}"));
        }
    };
    std::thread::scope(|scope| {
        // They wait for as long as an attempt may take, all at the same time.
        for one in &waiting {
            scope.spawn(|| run(one));
        }
        for half in others.chunks(others.len().div_ceil(2).max(1)) {
            scope.spawn(|| half.iter().for_each(run));
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{} cells:\n{}", failed.len(), failed.join("\n"));
}
