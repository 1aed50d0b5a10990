//! View 2: changes are started, left, and finished from their pasted mails.

use crate::terminal::{Start, Terminal};

/// Starts the change of the account that the filter finds, and leaves its dialog.
fn start_change(terminal: &mut Terminal, filter: &str, new: &str) {
    terminal.types(&format!("1/{filter}\r")).sees("1 of").types("e").sees("Change the primary email of");
    terminal.types(new).sees(&format!("no account uses {}", new.split_once('@').unwrap().1));
    terminal.types("\r \t\t\r").sees("Enter the one-time password").types("\x1b");
    terminal.sees_no_more("Enter the one-time password").types("\x1b").sees("Accounts · 41");
}

/// Turns on trusted access, which the first change needs.
fn trust(terminal: &mut Terminal) {
    terminal.types("1/kensho@ state:active\r").sees("1 of").types("e").sees("Enable trusted access").types("\r");
    terminal.sees("Change the primary email of").types("\x1b").sees_no_more("Change the primary email of");
    terminal.types("\x1b").sees("Accounts · 41");
}

/// The newest mail of the demo's mailbox, as it is selected with the mouse in its pane.
fn newest_mail(terminal: &mut Terminal, to: &str) -> String {
    terminal.types("7g").sees(to).sees("code to verify your email address");
    let screen = terminal.screen();
    // Its right border is the last one of a line; the left one is the list's too.
    let pane = screen.lines().filter_map(|line| line.trim_end().rsplit('│').nth(1));
    pane.collect::<Vec<_>>().join("\n")
}

#[test]
fn changes_are_finished_from_pasted_mails() {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal
        .sees("Accounts · 41")
        .types("2")
        .sees("No email changes.")
        .sees("Check all accounts for changes started elsewhere: V");
    trust(&mut terminal);
    start_change(&mut terminal, "kensho@ state:active", "root-kensho@corp.example");
    let first = newest_mail(&mut terminal, "root-kensho@corp.example");
    start_change(&mut terminal, "payments-stg", "root-payments@corp.example");
    let second = newest_mail(&mut terminal, "root-payments@corp.example");

    // Both wait, with the time they have left.
    terminal.types("2").sees("2 Email changes 2").sees_times("◷ PENDING 23h 59m", 2);
    // A code alone could be that of either, where neither is selected; a text without one is none.
    terminal.pastes("Lorem ipsum").sees("no one-time password");
    terminal.pastes(&format!("{first}\n> some words in between\n{second}"));
    terminal.sees("Accept the email changes in 2 mails").sees("Type 2 (the number of accounts) to confirm");
    // The pasted line breaks and Enter alone confirm nothing.
    terminal.types("\r").sees("Accept the email changes in 2 mails");
    terminal.types("2\r\r").sees("Accepting email changes of 2 accounts").sees("ACCEPTED");
    terminal.sees_times("COMPLETED: the account has the new address", 2);
    terminal.types("\x1b").sees("● COMPLETED").sees_no_more("2 Email changes 2");
    terminal.types("R").sees("Accepting email changes of 2 accounts").types("q");
    terminal.sees_no_more("Accepting email changes of 2 accounts").types("q");
    assert!(terminal.ends().success());
    let raw = terminal.raw();
    assert!(!raw.contains("panicked"), "{raw}");
}

#[test]
fn all_are_asked_and_what_is_kept_of_a_change_is_forgotten() {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41");
    trust(&mut terminal);
    start_change(&mut terminal, "kensho@ state:active", "root-kensho@corp.example");
    terminal.types("2").sees("◷ PENDING");
    terminal
        .types("f")
        .sees("No API returns it")
        .types("\t\r")
        .sees("forgotten on this machine")
        .sees("address forgotten");
    terminal.sees("started here");
    terminal.types("VG\r").sees("checking email changes done");
    // Somebody knows the address after all.
    terminal.types("n").sees("New address of the pending change").types("root-kensho@corp.example\r \r\r");
    terminal.sees("Enter the one-time password").types("\x1b").sees_no_more("Enter the one-time password");
    terminal.sees("▌  ◷ PENDING");
    terminal.types("m").sees("Read mails from a file").types("/nowhere/mails.mbox\r\r").sees("cannot be used");
    terminal.types("\x1b").sees_no_more("Read mails from a file").types("q");
    assert!(terminal.ends().success());
}

/// A terminal is read 1,024 bytes at a time.
#[test]
fn a_long_paste_that_comes_with_a_key_is_read_to_its_end() {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41");
    for length in [1000, 1024, 1500, 5000] {
        terminal.types(&format!("2\x1b[200~{}\x1b[201~", "words ".repeat(length / 6))).sees("no one-time password");
        terminal.types("1").sees_no_more("no one-time password");
    }
    terminal.types("q");
    assert!(terminal.ends().success());
}
