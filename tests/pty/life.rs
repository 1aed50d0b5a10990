//! Starting, leaving, being interrupted, being resized.

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::terminal::{Start, Terminal};

fn demo() -> Terminal {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41");
    terminal
}

fn signal(terminal: &Terminal, signal: Signal) {
    kill_process(Pid::from_raw(terminal.pid()).unwrap(), signal).unwrap();
}

#[test]
fn a_newcomer_sees_where_they_are_and_as_whom() {
    let mut terminal = demo();
    terminal.sees("o-8j81brsjuj").sees("111122223333 management").sees("role/OrgAdmin").sees("DEMO").sees("WRITE");
    terminal.sees("○ account.amazonaws.com").sees("? RootCreden").sees("as of");
}

#[test]
fn leaving_gives_the_shell_back_as_it_was() {
    let mut terminal = demo();
    assert_eq!(terminal.modes(), (true, true, true));
    terminal.types("q");
    assert!(terminal.ends().success());
    terminal.reaches_modes((false, false, false));
    assert!(terminal.raw().contains("\x1b[?25h"));
}

#[test]
fn sigterm_gives_the_shell_back_as_it_was() {
    let mut terminal = demo();
    signal(&terminal, Signal::TERM);
    assert!(terminal.ends().success());
    terminal.reaches_modes((false, false, false));
}

#[test]
fn sighup_ends_the_program() {
    let mut terminal = demo();
    signal(&terminal, Signal::HUP);
    assert!(terminal.ends().success());
}

#[test]
fn a_stalled_line_does_not_keep_the_program_from_ending() {
    let mut terminal = Start::new(&["--demo"]).run_stalled();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    // More frames than the terminal holds for a reader that does not come.
    for view in "41".chars().cycle().take(200) {
        terminal.types(&view.to_string());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    terminal.types("\x03");
    assert!(terminal.ends().success());
}

#[test]
fn a_terminal_that_vanishes_ends_the_program() {
    let mut terminal = demo();
    terminal.closes();
    terminal.ends();
}

#[test]
fn ctrl_z_goes_back_to_the_shell_and_fg_returns() {
    let script = r#""$0" --demo; echo "IN THE SHELL"; read line; fg; echo "ENDED $?""#;
    let mut terminal = Start::shell(script).run();
    terminal.sees("Accounts · 41").types("\x1a").sees("IN THE SHELL");
    terminal.reaches_modes((false, false, false));
    terminal.types("\r").sees("Accounts · 41").types("4").sees("Delegated administrators");
    terminal.reaches_modes((true, true, true));
    terminal.types("q").sees("ENDED 0");
    terminal.reaches_modes((false, false, false));
}

#[test]
fn a_suspended_program_ends_when_it_is_told_to() {
    let script = r#""$0" --demo; echo "IN THE SHELL"; kill %1; wait %1; echo "ENDED $?""#;
    let mut terminal = Start::shell(script).run();
    terminal.sees("Accounts · 41").types("\x1a").sees("ENDED");
    terminal.reaches_modes((false, false, false));
}

#[test]
fn where_no_shell_waits_ctrl_z_says_so() {
    let mut terminal = demo();
    terminal.types("\x1a").sees("no shell to return to").types("q");
    assert!(terminal.ends().success());
}

#[test]
fn the_mouse_is_used_unless_it_is_turned_off() {
    let mut terminal = demo();
    assert!(terminal.raw().contains("\x1b[?1000h") && !terminal.raw().contains("\x1b[?1003h"), "no motion is reported");
    // The tab of view 4 is in the second row. A click while a new picture is on its way is dropped.
    let end = Instant::now() + Duration::from_secs(10);
    while !terminal.screen().contains("Delegated administrators") && Instant::now() < end {
        terminal.types("\x1b[<0;54;2M\x1b[<0;54;2m").redraws();
    }
    terminal.sees("Delegated administrators");
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("rootdeck.toml");
    std::fs::write(&file, "mouse = false\n").unwrap();
    let mut terminal = Start::new(&["--demo", "--config", file.to_str().unwrap()]).home(home.path()).run();
    terminal.sees("Accounts · 41").reaches_modes((true, true, false));
}

#[test]
fn any_size_is_survived() {
    let mut terminal = demo();
    terminal.resizes(20, 4).sees("too small");
    // Keys are ignored now, so this one does not open the other view.
    terminal.types("4").redraws().resizes(60, 15).sees("Accounts · 41");
    terminal.resizes(1, 1).resizes(240, 50).sees("111122223333").sees("Root features");
}

#[test]
fn without_colour_the_selection_is_still_visible() {
    let mut terminal = Start::new(&["--demo"]).set("NO_COLOR", "1").run();
    terminal.sees("Accounts · 41").types("/kensho@ state:active\r").sees("1 of").redraws();
    assert!(terminal.is_reversed("444455558888") && terminal.is_reversed("ACTIVE"), "{}", terminal.raw());
    assert!(terminal.is_bold("rootdeck") && !terminal.is_bold("WRITE"));
    assert!(!terminal.raw().contains("\x1b[38;"), "a colour was named");
}

#[test]
fn the_filter_finds_and_esc_steps_back() {
    let mut terminal = demo();
    terminal.types("/sandbox-07").sees("1 of").types("\r").sees("/sandbox-07");
    terminal.types("\x1b").sees("Accounts · 41");
    terminal.types("?").sees("Help").types("q").sees_no_more("Help");
}

#[test]
fn without_credentials_one_screen_says_what_fixes_it() {
    let mut terminal = Start::new(&["--profile", "nowhere"]).set("AWS_EC2_METADATA_DISABLED", "true").run();
    terminal.sees("No connection to AWS").sees("nowhere").sees("retry");
    terminal.types("r").sees("No connection to AWS").types("q");
    assert!(terminal.ends().success());
}

#[test]
fn a_bad_configuration_stops_nothing_and_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("bad.toml");
    std::fs::write(&file, "read_only = maybe\n").unwrap();
    let mut terminal = Start::new(&["--demo", "--config", file.to_str().unwrap()]).home(home.path()).run();
    terminal.sees("Accounts · 41").sees("READ-ONLY").sees("line 1");
}
