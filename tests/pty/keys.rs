//! Keys changed in the configuration.

use std::fs;

use crate::terminal::{Start, Terminal};

fn demo(home: &std::path::Path, configuration: &str) -> Terminal {
    let folder = home.join(".config/rootdeck");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), configuration).unwrap();
    let mut terminal = Start::new(&["--demo"]).home(home).run();
    terminal.sees("Accounts · 41");
    terminal
}

#[test]
fn the_dashboard_goes_by_the_keys_of_the_configuration() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = demo(home.path(), "[keys]\nquit = \"ctrl-q\"\nhelp = [\"f1\", \"H\"]\n");
    terminal.sees("f1 help").sees("ctrl-q quit");
    terminal.types("\x1bOP").sees("Help · Accounts").types("H").sees_no_more("Help · Accounts");
    // The old key does not leave.
    terminal.types("q").redraws().types("\x1bOP").sees("Help · Accounts").types("\x1b").sees_no_more("Help · Accounts");
    terminal.types("\x11");
    assert!(terminal.ends().success());
}

#[test]
fn a_conflict_is_told_on_screen_and_the_default_key_still_works() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = demo(home.path(), "[keys]\nhelp = \"q\"\n");
    terminal.sees("line 2").types("!").sees("`help`: q is a key of `quit`").types("q");
    terminal.types("?").sees("Help · Accounts").types("qq");
    assert!(terminal.ends().success());
}
