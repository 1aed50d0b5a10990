//! The root tasks as a person does them, in an organization where nothing is trusted yet.

use crate::terminal::{Start, Terminal};

const SHOP: &str = "555500000103";

/// The demo, with only this account in the list.
fn on(account: &str) -> Terminal {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41").types(&format!("/{account}\r")).sees("1 of 41");
    terminal
}

/// Opens both gates of the task just chosen: trusted access, then the feature.
fn through_the_gates(terminal: &mut Terminal) {
    terminal.sees("Enable trusted access for iam.amazonaws.com").sees("Next:").types("\r");
    terminal.sees("Enable Root").sees("Next:").types("\r");
}

#[test]
fn a_locked_bucket_is_rescued_and_its_policy_put_back() {
    let mut terminal = on(SHOP);
    terminal.types("pjj").sees("trusted access is off").sees("Requires RootSessions");
    terminal.types("\r");
    through_the_gates(&mut terminal);
    terminal.sees("shop-prod-order-exports").types("G\r").sees("Statement 1 (LockDown) locks out all principals");
    // What was not saved can't be deleted.
    terminal.types("\rj\r").sees("save the policy first");
    terminal.types("k\r").sees("backup: ").types("\rj\r").sees("[ Delete ]");
    // Another account's id deletes nothing.
    terminal.types("555500000105\r\t\t\r").sees("type 555500000103 to confirm").types("\x15").types(SHOP).types("\r\r");
    terminal.sees("policy deleted from bucket").sees("nothing to unlock").sees("Backup: ");
    // The backup is named, and put back only where its file is.
    let screen = terminal.screen();
    let backup = screen.split("Backup: ").nth(1).and_then(|text| text.split(['│', '\n']).next()).unwrap_or_default();
    terminal
        .types("\rjj\r")
        .sees("[ Read ]")
        .sees("To restore the backup, enter")
        .types("\r")
        .sees("enter a file first");
    terminal.types(backup.trim()).types("\r\r").sees("No policy.");
    terminal
        .types("\r")
        .sees("[ Put ]")
        .types(SHOP)
        .types("\r\r")
        .sees("policy put on bucket")
        .sees_no_more("enter: put this policy");
    terminal.types("\x1b").sees("shop-prod-backup").types("\x1b").sees_no_more("shop-prod-backup");
}

#[test]
fn a_locked_queue_is_found_in_another_region_and_rescued() {
    let mut terminal = on(SHOP);
    terminal.types("pjjj\r");
    through_the_gates(&mut terminal);
    terminal
        .sees("Regions separated by commas")
        .types("\x15")
        .types("eu-west-1\r\r")
        .sees("shop-prod-orders-failed")
        .types("\r");
    terminal.sees("Statement 1 (DenyEveryone) locks out all principals").types("\r\r").sees("backup: ");
    terminal.types("\rj\r").sees("[ Delete ]").types(SHOP).types("\r\r").sees("nothing to unlock");
}

#[test]
fn password_recovery_is_allowed_listed_and_closed_again() {
    let mut terminal = on("555500000201");
    terminal.types("p\r");
    through_the_gates(&mut terminal);
    terminal.sees("Whoever reads the root mailbox").sees("aws+payments-stg@example.com");
    terminal.types("555500000201\r\r").sees("password recovery of root allowed (verified)");
    terminal.sees("◷ recovery").types("O").sees("Open password recoveries").types("\r");
    terminal.sees("[ Close ]").sees("present since").types("555500000201\r\r");
    terminal.sees("password recovery of root closed (verified)").sees_no_more("◷ recovery");
}

#[test]
fn a_root_session_is_handed_to_a_shell_and_counts_down() {
    let mut terminal = on("444455556666");
    // Which feature it needs depends on what the session is for.
    terminal.types("pG\r").sees("Enable trusted access for iam.amazonaws.com").types("\r");
    terminal.sees("IAMAuditRootUserCredentials").sees("RootCredentialsManagement is off").types("\r");
    terminal.sees("Enable RootCredentialsManagement").types("\r");
    terminal.sees("Seconds").types("\x15").types("901\r").sees("a number from 1 to 900");
    terminal.types("\x15").types("600\r\r").sees("[ Copy exports ]").sees("IAMAuditRootUserCredentials 9:");
    terminal.types("\t\t\r").sees("(root 444455556666 IAMAuditRootUserCredentials)");
    terminal
        .types("exit\r")
        .sees("back from the shell; its root session is still open")
        .sees("IAMAuditRootUserCredentials 9:");
}

#[test]
fn a_run_that_writes_nothing_does_no_root_task() {
    let mut terminal = Start::new(&["--demo", "--read-only"]).run();
    terminal.sees("Accounts · 41").types("/444455556666\r").sees("1 of 41");
    terminal.types("pG").sees("nothing is written").types("\r").sees("read-only mode");
}
