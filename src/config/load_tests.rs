//! Finding and reading the file.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Config, Loaded, MAX_BYTES, default_path, load};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Asserts that `path` could not be used, and that this is said and makes the run read-only.
fn assert_unusable(loaded: &Loaded, path: &Path) {
    assert_eq!(loaded.config, Config { read_only: true, ..Config::default() });
    assert_eq!(loaded.path.as_deref(), Some(path));
    let [problem] = &loaded.problems[..] else { panic!("{:?}", loaded.problems) };
    assert_eq!(problem.line, None);
    let sentence = crate::words::config::problem(problem);
    assert!(sentence.contains(&path.display().to_string()), "{sentence}");
    assert!(sentence.contains("read-only until"), "{sentence}");
}

#[test]
fn without_a_file_the_defaults_hold() {
    assert_eq!(load(None, None, &[]), Loaded::default());
    let nowhere = home().path().join("rootdeck/config.toml");
    assert_eq!(load(None, Some(&nowhere), &[]), Loaded::default());
}

#[test]
fn the_file_that_was_asked_for_wins_over_the_default_one() {
    let home = home();
    let (asked, default) = (home.path().join("asked.toml"), home.path().join("default.toml"));
    std::fs::write(&asked, "ascii = true").expect("written");
    std::fs::write(&default, "read_only = true").expect("written");
    let loaded = load(Some(&asked), Some(&default), &[]);
    let expected = Config { ascii: Some(true), ..Config::default() };
    assert_eq!(
        loaded,
        Loaded { config: expected, problems: vec![], lines: [("ascii".to_owned(), 1)].into(), path: Some(asked) }
    );
    assert!(load(None, Some(&default), &[]).config.read_only);
}

#[test]
fn a_file_that_was_asked_for_and_is_missing_makes_the_run_read_only() {
    let home = home();
    let (asked, default) = (home.path().join("asked.toml"), home.path().join("default.toml"));
    std::fs::write(&default, "").expect("written");
    assert_unusable(&load(Some(&asked), Some(&default), &[]), &asked);
}

#[test]
fn what_is_there_and_can_not_be_read_makes_the_run_read_only() {
    let home = home();
    assert_unusable(&load(None, Some(home.path()), &[]), home.path());
    let dangling = home.path().join("dangling.toml");
    symlink(home.path().join("unmounted/config.toml"), &dangling).expect("linked");
    assert_unusable(&load(None, Some(&dangling), &[]), &dangling);
    let below_a_file = home.path().join("file/config.toml");
    std::fs::write(home.path().join("file"), "").expect("written");
    assert_unusable(&load(None, Some(&below_a_file), &[]), &below_a_file);
}

#[test]
fn a_file_may_have_a_mebibyte_and_no_more() {
    let home = home();
    let path = home.path().join("config.toml");
    let limit = usize::try_from(MAX_BYTES).expect("fits");
    std::fs::write(&path, "#".repeat(limit)).expect("written");
    assert_eq!(load(None, Some(&path), &[]).problems, []);
    std::fs::write(&path, "#".repeat(limit + 1)).expect("written");
    assert_unusable(&load(None, Some(&path), &[]), &path);
}

/// Where the child below is to find its file.
const CHILD_PATH: &str = "ROOTDECK_TEST_CONFIG";

#[test]
#[ignore = "a child of the test below"]
fn child_that_looks_for_its_place() {
    let Some(path) = std::env::var_os(CHILD_PATH) else { return };
    assert_eq!(default_path(), Some(PathBuf::from(path)));
}

#[test]
fn the_configuration_folder_is_found_by_the_rules_of_xdg() {
    for (folder, expected) in [("/x", "/x/rootdeck/config.toml"), ("", "/y/.config/rootdeck/config.toml")] {
        let done = Command::new(std::env::current_exe().expect("this program"))
            .args(["--ignored", "--exact", "config::tests::child_that_looks_for_its_place"])
            .envs([("XDG_CONFIG_HOME", folder), ("HOME", "/y"), (CHILD_PATH, expected)])
            .output()
            .expect("ran");
        let reported = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success() && reported.contains("1 passed"), "{reported}");
    }
}
