//! Keys in the configuration.

use std::fs;

use tempfile::TempDir;

use crate::program::{Ended, program};

/// `rootdeck keys` with this configuration.
fn keys(configuration: &str) -> Ended {
    let home = TempDir::new().unwrap();
    let file = home.path().join("rootdeck.toml");
    fs::write(&file, configuration).unwrap();
    program(&home, &["keys", "--config", file.to_str().unwrap()]).output().unwrap().into()
}

#[test]
fn changed_keys_are_listed_with_the_names_of_the_commands() {
    let ended = keys("[keys]\nrefresh = [\"f5\", \"r\"]\nsign_in = []\n");
    ended.expect(0, &[]);
    assert_eq!(ended.stderr, "");
    let line = |name: &str| ended.stdout.lines().find(|line| line.contains(name)).unwrap().split_whitespace();
    assert_eq!(line(" refresh ").take(3).collect::<Vec<_>>(), ["f5", "r", "refresh"]);
    assert_eq!(line(" sign-in ").next(), Some("sign-in"));
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_the_rest_holds() {
    let ended =
        keys("[keys]\nrefresh = \"s\"\nqit = \"Q\"\nquit = []\nhelp = \"hlep\"\nsort = \"ctrl-i\"\npalette = \"+\"\n");
    ended.expect(
        0,
        &[
            "line 2: `refresh`: s is a key of `sort` in Accounts; the default is used (r).",
            "line 3: `qit` is not a command (did you mean `quit`?)",
            "line 4: `quit` must have a key; the default is used (q).",
            "line 5: `help`: \"hlep\" is not a key",
            "line 6: `sort`: terminals send tab for ctrl-i",
        ],
    );
    assert!(
        ended.stdout.lines().any(|line| line.starts_with("  +  ") && line.contains(" palette ")),
        "{}",
        ended.stdout
    );
    assert!(
        ended.stdout.lines().any(|line| line.starts_with("  r  ") && line.contains(" refresh ")),
        "{}",
        ended.stdout
    );
}

#[test]
fn a_sentence_of_a_subcommand_names_the_changed_key() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("rootdeck.toml");
    fs::write(&file, "[keys]\nview-organization = \"f4\"\n").unwrap();
    let arguments = ["--demo", "recovery", "allow", "sandbox-07", "--yes"];
    let told = |more: &[&str]| Ended::from(program(&home, &[&arguments[..], more].concat()).output().unwrap()).stderr;
    let (before, after) = (told(&[]), told(&["--config", file.to_str().unwrap()]));
    assert!(before.contains("view 4"), "{before}");
    assert!(after.contains("view f4") && !after.contains("view 4"), "{after}");
}
