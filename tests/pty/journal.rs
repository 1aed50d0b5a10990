//! What the journal tells after a session that was killed, and without one.

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rustix::process::{Pid, Signal, kill_process};

use crate::aws::Aws;
use crate::gates;
use crate::terminal::{Start, Terminal};

/// An AWS where email changes can be made.
fn trusting() -> Aws {
    let aws = Aws::new();
    let trust = Switch::TrustedAccess(ServicePrincipal::account_management()).set(true);
    aws.runtime.block_on(gates::turn(&aws.emulator, trust));
    aws
}

fn inject(aws: &Aws, rule: &str) {
    aws.emulator.inject(rule.parse().unwrap());
}

/// Starts the change of an account's primary email, up to its request on the wire.
fn start(terminal: &mut Terminal, account: &str, new: &str) {
    terminal.types(&format!("/{account}\r")).sees("1 of").types("e").sees("Change the primary email");
    terminal.types(new).sees(new).types("\r\r").sees("sent to AWS").types("\x1b");
}

fn kill(terminal: &mut Terminal) {
    kill_process(Pid::from_raw(terminal.pid()).unwrap(), Signal::KILL).unwrap();
    terminal.ends();
}

#[test]
fn a_start_that_aws_took_and_nobody_heard_of_is_told_at_the_next_start_and_seen_to_be_done() {
    let aws = trusting();
    let home = tempfile::tempdir().unwrap();
    let mut terminal = aws.session(home.path(), &[]);
    inject(&aws, "StartPrimaryEmailUpdate:lose-reply=1x");
    inject(&aws, "GetPrimaryEmailUpdateStatus:delay(60s)=1x");
    start(&mut terminal, "sandbox-07", "root-sandbox07@example.com");
    // The answer is lost; it is killed while it looks what became of it.
    aws.awaits("GetPrimaryEmailUpdateStatus", 1);
    kill(&mut terminal);

    let mut terminal = aws.session(home.path(), &[]);
    terminal.sees("1 change with unknown outcome: 1 done (6)");
    terminal.types("6").sees("Journal · 1").sees("●  ok").sees("seen afterwards: PENDING since");
    terminal.types("1").sees("PENDING").types("q");
    assert!(terminal.ends().success());
    assert_eq!(aws.arrived("StartPrimaryEmailUpdate"), 1);
}

#[test]
fn a_start_that_was_killed_before_aws_had_it_is_unknown_and_says_until_when() {
    let aws = trusting();
    let home = tempfile::tempdir().unwrap();
    let mut terminal = aws.session(home.path(), &[]);
    inject(&aws, "StartPrimaryEmailUpdate:delay(60s)=1x");
    start(&mut terminal, "sandbox-07", "root-sandbox07@example.com");
    aws.awaits("StartPrimaryEmailUpdate", 1);
    terminal.types("6").sees("◷  in progress");
    kill(&mut terminal);

    let mut terminal = aws.session(home.path(), &[]);
    terminal.sees("1 change with unknown outcome: 1 possibly in progress in another rootdeck (6)").sees("6 Journal ?1");
    terminal.types("6").sees("?  unknown").sees("Not shown by AWS").sees("another rootdeck may");
    terminal.sees("no answer yet");
    // Asked for by hand, it is the same.
    terminal.types("v").sees("still unknown. Not shown by AWS").types("q");
    assert!(terminal.ends().success());
    assert_eq!(aws.arrived("StartPrimaryEmailUpdate"), 1);
}

#[test]
fn the_journal_is_filtered_read_and_saved() {
    let aws = trusting();
    let home = tempfile::tempdir().unwrap();
    let mut terminal = aws.session(home.path(), &[]);
    terminal.types("6").sees("No entries yet.").types("1").sees("Accounts · 41");
    start(&mut terminal, "sandbox-07", "root-sandbox07@example.com");
    terminal.sees("PENDING").types("\x1b4").sees("Trusted access").types("6").sees("Journal · 1").sees("●  ok");
    terminal.types("/outcome:refused").sees("No entry matches").types("\x1b").sees("Journal · 1");
    terminal.types("\r").sees("CloudTrail cannot be searched by request id").types("\t");
    let file = home.path().join("j.json");
    terminal
        .types("x")
        .sees("copy as JSON")
        .types("\r")
        .sees("CSV for spreadsheets")
        .types("\x15")
        .pastes(file.to_str().unwrap())
        .sees("JSON for programs");
    terminal.types("\r\r").sees("export saved");
    let rows: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!((rows[0]["outcome"].as_str(), rows[0]["account_id"].as_str()), (Some("ok"), Some("444455556666")));
    terminal.types("q");
    assert!(terminal.ends().success());
}

#[test]
fn the_demo_has_a_journal_that_ends_with_it() {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41").types("6").sees("The demo's journal is deleted when it").types("q");
    assert!(terminal.ends().success());
}
