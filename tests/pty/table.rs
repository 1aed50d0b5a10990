//! A change at the terminal under each fault: the screen says what AWS holds, and keys are answered meanwhile.

use std::time::{Duration, Instant};

use rootdeck::domain::journal::JournalOutcome as Journaled;
use rootdeck::domain::records::JournalRecords;
use rootdeck::store::Store;

use crate::aws::Aws;
use crate::faults::{Column, Effect, Kind, columns};
use crate::spoiler::{Spoil, Spoiler};
use crate::terminal::{Start, Terminal};

const ENABLE: &str = "EnableAWSServiceAccess";
const DONE: &str = "Change the primary email of";
const NOT_DONE: &str = "Nothing was changed";
const UNKNOWN: &str = "Outcome unknown: the change may have been made";

/// With the dialog that enables trusted access, which is what an email change needs first.
fn dialog(aws: &Aws, proxy: &Spoiler, home: &std::path::Path) -> Terminal {
    let start = aws.reached_by(Start::new(&[]).home(home)).set("AWS_ENDPOINT_URL", &proxy.url);
    let mut terminal = start.run();
    terminal.sees("as of").types("/sandbox-07\r").sees("1 of 41").types("e");
    terminal.sees("Enable trusted access for account.amazonaws.com");
    terminal
}

fn said(terminal: &Terminal) -> &'static str {
    let end = Instant::now() + Duration::from_mins(1);
    loop {
        let screen = terminal.screen();
        let found = [DONE, UNKNOWN, NOT_DONE].into_iter().find(|words| screen.contains(words));
        if let Some(words) = found {
            return words;
        }
        assert!(Instant::now() < end, "nothing is said:\n{screen}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn cell(column: Column) -> Result<(), String> {
    let (aws, home) = (Aws::new(), tempfile::tempdir().unwrap());
    let proxy = aws.runtime.block_on(Spoiler::before(&aws.emulator.endpoint_url()));
    column.set_clock(&proxy);
    let mut terminal = dialog(&aws, &proxy, home.path());
    column.begin(&proxy, &aws.emulator, ENABLE);
    terminal.types("\r");
    let said = said(&terminal);
    let held = aws.emulator.held().trusted_services.contains("account.amazonaws.com");
    let store = Store::open(&home.path().join(".local/state/rootdeck/rootdeck.db")).unwrap();
    let journal = store.scope(None, Some(&proxy.url)).journal(5).unwrap();
    let journaled = journal.iter().find(|entry| entry.operation.ends_with(ENABLE)).map(|entry| entry.outcome);
    let sent = aws.emulator.performed().iter().filter(|(_, operation)| operation == ENABLE).count();
    let is_true = match said {
        DONE => held && journaled == Some(Journaled::Ok),
        NOT_DONE => !held && matches!(journaled, Some(Journaled::Failed | Journaled::Refused)),
        _ => !held && journaled == Some(Journaled::Unknown),
    };
    let is_suited = match column.effect() {
        Effect::None => said == DONE,
        Effect::No => said == NOT_DONE,
        Effect::Any => true,
    };
    if is_true && is_suited && sent < 2 {
        Ok(())
    } else {
        Err(format!("AWS holds it: {held} ({sent} x), journaled {journaled:?}, said {said:?}\n{}", terminal.screen()))
    }
}

#[test]
fn the_screen_says_what_aws_holds_whatever_happens_on_the_way() {
    let is_short = |column: &Column| {
        !column.lasts && !column.fault.waits && !matches!(column.fault.kind, Kind::Stale(_) | Kind::Clock(..))
    };
    let mut failed = Vec::new();
    for column in columns().into_iter().filter(is_short) {
        failed.extend(cell(column).err().map(|why| format!("{}: {why}", column.name())));
    }
    assert!(failed.is_empty(), "{} cells:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn keys_are_answered_while_a_call_stalls() {
    for spoil in [Spoil::Stalled(false), Spoil::Stalled(true), Spoil::Trickle(Duration::from_secs(1))] {
        let (aws, home) = (Aws::new(), tempfile::tempdir().unwrap());
        let proxy = aws.runtime.block_on(Spoiler::before(&aws.emulator.endpoint_url()));
        let mut terminal = dialog(&aws, &proxy, home.path());
        proxy.spoil(ENABLE, spoil, 1);
        terminal.types("\r");
        let end = Instant::now() + Duration::from_secs(20);
        while proxy.asked(ENABLE) == 0 {
            assert!(Instant::now() < end, "nothing was sent");
            std::thread::sleep(Duration::from_millis(10));
        }
        terminal.types("\x1b").sees_no_more("[ Cancel ]");
        terminal.types("4").sees("Root features").types("1").sees("1 of 41").types("?").sees("Help");
        let entry = |store: Store| store.scope(None, Some(&proxy.url)).journal(1).unwrap().remove(0).outcome;
        let store = Store::open(&home.path().join(".local/state/rootdeck/rootdeck.db")).unwrap();
        assert_eq!(entry(store), Journaled::Intended, "{spoil:?}: the call was over before the keys");
    }
}
