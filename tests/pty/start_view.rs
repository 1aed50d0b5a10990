//! The view and the filter that the dashboard starts with.

use std::fs;

use crate::terminal::Start;

#[test]
fn the_dashboard_starts_in_the_view_and_with_the_filter_of_the_command_line() {
    let mut terminal = Start::new(&["--demo", "--view", "root-access", "--filter", "sandbox-07"]).run();
    terminal.sees("Root access").sees("/sandbox-07").sees("sandbox-07");
    terminal.types("q");
    assert!(terminal.ends().success());
    let mut terminal = Start::new(&["--demo"]).set("ROOTDECK_VIEW", "6").run();
    terminal.sees("Journal ·").types("q");
    assert!(terminal.ends().success());
}

#[test]
fn the_configuration_names_the_first_view_and_the_command_line_another() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/rootdeck");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "start_view = 4\n").unwrap();
    let mut terminal = Start::new(&["--demo"]).home(home.path()).run();
    terminal.sees("RootCredentialsManagement").sees("sso.amazonaws.com").types("q");
    assert!(terminal.ends().success());
    let mut terminal = Start::new(&["--demo", "--view", "mailbox"]).home(home.path()).run();
    terminal.sees("Mailbox of the demo").types("q");
    assert!(terminal.ends().success());
}

#[test]
fn what_can_not_be_shown_at_the_start_is_told_in_a_sentence() {
    for (arguments, says) in [
        (&["--demo", "--view", "4", "--filter", "x"][..], "--filter: view organization has no filter"),
        (&["--demo", "--filter", "colour:red"], "--filter: unknown property colour"),
        (&["--view", "7"], "--view: the mailbox is in the demo only"),
    ] {
        let mut terminal = Start::new(arguments).run();
        terminal.sees(says);
        assert_eq!(terminal.ends().exit_code(), 2, "{arguments:?}");
    }
}
