//! Options of every command, the variables that stand for them, and pipes whose reader leaves.

use std::process::Stdio;

use tempfile::TempDir;

use crate::program::{Ended, program, run};
use crate::site::{SANDBOX, SHOP, Site};

fn with(arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let home = TempDir::new().unwrap();
    program(&home, arguments).envs(variables.iter().copied()).output().unwrap().into()
}

#[test]
fn a_reader_that_leaves_ends_every_command_without_a_word_of_it() {
    let site = Site::open();
    for arguments in [
        &["accounts", "-o", "json"][..],
        &["accounts"],
        &["status"],
        &["audit", "--accounts", "555500000109"],
        &["trust", "list", "-o", "csv"],
        &["features", "list"],
        &["email", "template"],
        &["policy"],
        &["policy", "explain"],
        &["journal", "-o", "json"],
        &["keys"],
        &["config"],
        &["recovery", "list"],
        &["man"],
        &["completions", "bash"],
        &["--help"],
        &["--version"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = site.command(arguments);
        let child = command.arg("-q").stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let ended = Ended::from(child.wait_with_output().unwrap());
        let said = ended.stderr.to_lowercase();
        assert!(!said.contains("pipe") && !said.contains("panicked"), "{arguments:?}: {said}");
        // Of help and version clap does not say whether they were read.
        let expected = if arguments[0].starts_with("--") { 0 } else { 141 };
        assert_eq!(ended.code, Some(expected), "{arguments:?}");
    }
}

#[test]
fn a_url_that_is_none_is_wrong_usage() {
    for ended in [
        run(&["accounts", "--endpoint-url", "nonsense"]),
        with(&["accounts"], &[("ROOTDECK_ENDPOINT_URL", "nonsense")]),
        with(&["accounts"], &[("AWS_ENDPOINT_URL", "nonsense")]),
    ] {
        ended.expect(2, &["nonsense", "expected a URL such as https://host"]);
        assert_eq!(ended.stdout, "");
    }
}

#[test]
fn variables_stand_for_the_options_of_every_command() {
    let demo = ("ROOTDECK_DEMO", "1");
    let json = with(&["accounts"], &[demo, ("ROOTDECK_OUTPUT", "json")]);
    assert!(json.stdout.starts_with('['), "{json:?}");
    let lines = with(&["accounts"], &[demo, ("ROOTDECK_OUTPUT", "ndjson")]);
    assert!(lines.expect(0, &[]).stdout.starts_with('{'), "{lines:?}");
    assert_eq!(run(&["--demo", "-o", "ndjson", "accounts"]).expect(0, &[]).stdout, lines.stdout);
    // A form that a command does not have is wrong usage, and no table in its place.
    let wrong = ["invalid value 'toml'", "table, json, ndjson, csv"];
    with(&["accounts"], &[demo, ("ROOTDECK_OUTPUT", "toml")]).expect(2, &wrong);
    run(&["--demo", "-o", "toml", "accounts"]).expect(2, &wrong);
    with(&["accounts", "show", SHOP], &[demo, ("ROOTDECK_OUTPUT", "csv")]).expect(2, &["table, json"]);
    with(&["config"], &[("ROOTDECK_OUTPUT", "table")]).expect(0, &[]);
    // The command line comes first; a command without forms is left alone.
    let table = with(&["accounts", "-o", "table"], &[demo, ("ROOTDECK_OUTPUT", "json")]);
    assert!(table.stdout.starts_with("ACCOUNT"), "{table:?}");
    with(&["status"], &[demo, ("ROOTDECK_OUTPUT", "csv")]).expect(0, &[]);
    with(&["keys"], &[("ROOTDECK_OUTPUT", "csv"), ("ROOTDECK_DEMO_ACCOUNTS", "3")]).expect(0, &[]);
    let three = with(&["accounts", "-o", "json"], &[demo, ("ROOTDECK_DEMO_ACCOUNTS", "3")]);
    assert_eq!(three.json().as_array().map(Vec::len), Some(3));
    run(&["accounts", "--demo-accounts", "3"]).expect(2, &["--demo-accounts is for the demo"]);
    // Empty is not set.
    let empty = [demo, ("ROOTDECK_PROFILE", ""), ("ROOTDECK_CONFIG", ""), ("ROOTDECK_ENDPOINT_URL", "")];
    with(&["accounts"], &empty).expect(0, &[]);
    let read_only = [demo, ("ROOTDECK_READ_ONLY", "1")];
    with(&["trust", "enable", "iam.amazonaws.com", "-y"], &read_only).expect(4, &["read-only"]);
    let config = with(&["config"], &[("ROOTDECK_READ_ONLY", "1")]);
    assert!(config.stdout.contains("read_only = true  # environment ROOTDECK_READ_ONLY"), "{}", config.stdout);
}

#[test]
fn the_region_of_a_queue_command_is_that_of_aws_and_of_the_queue() {
    let site = Site::open();
    for arguments in [
        ["sqs-policy", "list", SHOP, "--region", "eu-west-1", "-o", "json"],
        ["--region", "eu-west-1", "-o", "json", "sqs-policy", "list", SHOP],
    ] {
        assert_eq!(site.run(&arguments).expect(0, &[]).json()[0]["region"], "eu-west-1");
    }
    site.run(&["sqs-policy", "show", SHOP, "shop-prod-orders", "--region", "eu-west-1"]).expect(0, &[]);
}

#[test]
fn quiet_leaves_notes_away_and_keeps_data_and_errors() {
    let loud = run(&["policy", "--demo"]);
    let quiet = run(&["policy", "--demo", "-q"]);
    assert!(!loud.stderr.is_empty() && quiet.stderr.is_empty(), "{}", quiet.stderr);
    assert_eq!(loud.stdout, quiet.stdout);
    let site = Site::open();
    let audit = site.run(&["audit", "-q", "-o", "json"]);
    assert_eq!(audit.expect(3, &[]).stderr, "", "what was not read is in the data");
    let features = site.run(&["features", "disable", "RootSessions", "-q", "-y"]);
    assert_eq!(features.expect(0, &[]).stderr, "");
    let preview = site.run(&["credentials", "delete", SANDBOX, "-q", "-y"]);
    assert_eq!(preview.expect(0, &[]).stderr, "");
    // What is asked is told.
    let mut terminal = site.terminal(&["features", "enable", "RootSessions", "-q"]);
    terminal.sees("Enable").sees("[y/N]").types("n\r");
    terminal.ends();
    run(&["accounts", "--demo", "--demo-as", "member", "--quiet"]).expect(4, &["AccessDeniedException"]);
}
