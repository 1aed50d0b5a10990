//! What a person at a terminal is asked, and what an answer does.

use crate::site::{CLEAN, NORTHWIND, SANDBOX, Site};

#[test]
fn only_the_account_s_own_id_deletes() {
    let site = Site::open();
    let mut terminal = site.terminal(&["credentials", "delete", "--only", "password", SANDBOX]);
    terminal.sees("will be deleted").sees("Type 444455556666 to continue:").types("yes\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), site.arrived("DeleteLoginProfile")), (1, 0));

    let mut terminal = site.terminal(&["credentials", "delete", "--only", "password", SANDBOX]);
    terminal.sees("to continue:").types("444455556666\r").sees("deleted");
    assert_eq!((terminal.ends().exit_code(), site.arrived("DeleteLoginProfile")), (0, 1));
}

#[test]
fn several_accounts_are_confirmed_by_their_number() {
    let site = Site::open();
    let mut terminal = site.terminal(&["credentials", "delete", "--only", "password", SANDBOX, NORTHWIND, CLEAN]);
    // The one without anything to delete does not count.
    terminal.sees("Type 2 to continue:").types("2\r").sees("PASSWORD NOW");
    assert_eq!((terminal.ends().exit_code(), site.arrived("DeleteLoginProfile")), (0, 2));
}

#[test]
fn ctrl_c_at_the_question_changes_nothing() {
    let site = Site::open();
    let mut terminal = site.terminal(&["credentials", "delete", SANDBOX]);
    terminal.sees("to continue:").types("\x03").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), site.arrived("DeleteLoginProfile")), (130, 0));
}

#[test]
fn what_is_typed_before_the_question_is_no_answer() {
    let site = Site::open();
    site.inject("ListMFADevices:delay(500ms)=1x");
    let mut terminal = site.terminal(&["credentials", "delete", SANDBOX]);
    site.awaits("ListMFADevices", 1);
    terminal.types("444455556666\r").sees("to continue:").types("no\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), site.arrived("DeleteLoginProfile")), (1, 0));
}

#[test]
fn a_long_audit_shows_how_far_it_is_and_leaves_nothing_of_that_behind() {
    let site = Site::open();
    site.inject("GetAccountSummary:delay(200ms)=1.0");
    let mut terminal = site.terminal(&["audit", "--accounts", CLEAN]);
    terminal.sees("audit [").sees("1 account:").sees_no_more("audit [");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn credentials_on_a_screen_are_warned_of() {
    let site = Site::open();
    let mut terminal = site.terminal(&["session", CLEAN, "IAMAuditRootUserCredentials", "--credential-process"]);
    terminal.sees("anyone who reads this screen").sees("\"Version\": 1");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_shell_in_a_terminal_is_marked_and_a_ctrl_c_in_it_is_its_own() {
    let site = Site::open();
    // Each prompt has its number, so that it can be waited for.
    std::fs::write(site.home.path().join(".bashrc"), "PS1='mine \\#> '\n").unwrap();
    let mut terminal = site.terminal(&["session", CLEAN, "S3UnlockBucketPolicy", "--shell"]);
    terminal.sees("(root 222233335555 S3UnlockBucketPolicy) mine 1>");
    // What says that it has begun is what the ctrl-c is for.
    terminal.types("sh -c 'echo be\"\"gun; exec sleep 100'\r").sees("begun").types("\x03").sees("mine 2>");
    terminal.types("echo still ${ROOTDECK_SESSION%/*}\r").sees("still 222233335555").sees("mine 3>");
    terminal.types("exit 5\r").sees("the shell has ended");
    assert_eq!(terminal.ends().exit_code(), 5);
}
