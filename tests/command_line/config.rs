//! `rootdeck config`, and the options of the dashboard's start.

use std::fs;

use tempfile::TempDir;

use crate::program::{Ended, program, run};

/// `rootdeck config` with this file and these arguments and variables.
fn config(file: &str, more: &[&str], variables: &[(&str, &str)]) -> (Ended, String) {
    let home = TempDir::new().unwrap();
    let path = home.path().join("rootdeck.toml");
    fs::write(&path, file).unwrap();
    let path = path.to_str().unwrap().to_owned();
    let mut command = program(&home, &[&["config", "--config", &path], more].concat());
    (command.envs(variables.iter().copied()).output().unwrap().into(), path)
}

#[test]
fn each_setting_comes_with_its_source_and_the_whole_is_toml() {
    let file =
        "theme = \"dark\"\nrequests_per_second = { sts = 5 }\ncolours = { quiet = 245 }\n[keys]\nrefresh = \"f5\"\n";
    let (ended, path) = config(file, &["--ascii"], &[("ROOTDECK_VIEW", "3")]);
    ended.expect(0, &[]);
    assert_eq!(ended.stderr, "");
    for line in [
        "read_only = false  # default".to_owned(),
        format!("theme = \"dark\"  # {path}:1"),
        "ascii = true  # option --ascii".to_owned(),
        "start_view = \"root-access\"  # environment ROOTDECK_VIEW".to_owned(),
        format!("requests_per_second = {{ sts = 5 }}  # {path}:2"),
        format!("colours = {{ quiet = \"245\" }}  # {path}:3"),
        format!("refresh = [\"f5\"]  # {path}:5"),
    ] {
        assert!(ended.stdout.lines().any(|one| one == line), "{line}\n{}", ended.stdout);
    }
    // What is printed is a file that says the same.
    let (again, _) = config(&ended.stdout, &["-o", "json"], &[]);
    let (first, _) = config(file, &["-o", "json", "--ascii"], &[("ROOTDECK_VIEW", "3")]);
    let values = |ended: &Ended| {
        let rows = ended.json();
        let rows = rows.as_array().unwrap().iter().map(|row| (row["setting"].clone(), row["value"].clone()));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(values(&again), values(&first));
    let json = first.json();
    let theme = json.as_array().unwrap().iter().find(|row| row["setting"] == "theme").unwrap();
    assert_eq!((&theme["source"], &theme["line"]), (&"file".into(), &1.into()));
}

#[test]
fn a_file_with_problems_ends_with_2_and_what_holds_is_printed_all_the_same() {
    let (ended, _) = config("theme = 'blue'\nreadonly = true\n[keys]\nquit = 's'\n", &[], &[]);
    ended.expect(
        2,
        &["line 1: `theme`", "line 2: `readonly` is not a valid setting", "line 4: `quit`: s is a key of `sort`"],
    );
    assert!(ended.stdout.contains("theme = \"default\"  # default"), "{}", ended.stdout);
    assert!(ended.stdout.contains("read_only = true  # because of the problems in the file"), "{}", ended.stdout);
    assert!(!ended.stdout.contains("[keys]"), "{}", ended.stdout);
}

#[test]
fn the_default_file_is_printed_and_sets_nothing() {
    let ended = run(&["config", "--default"]);
    ended.expect(0, &[]);
    let (printed, _) = config(&ended.stdout, &[], &[]);
    printed.expect(0, &[]);
    assert_eq!(printed.stdout.matches("  # default").count(), 16, "{}", printed.stdout);
}

#[test]
fn a_view_that_is_none_is_wrong_usage() {
    run(&["--demo", "--view", "9"]).expect(2, &["'9' for '--view <N>'", "1 to 7 or one of accounts"]);
}
