//! Options of every command, the variables that stand for them, and pipes whose reader leaves.

use std::io::Write;
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
#[cfg(target_os = "linux")]
fn output_that_can_not_be_written_is_told() {
    let home = TempDir::new().unwrap();
    for words in [&["accounts", "--demo", "-o", "json"][..], &["schema"], &["policy"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let ended = Ended::from(program(&home, words).stdout(full).output().unwrap());
        ended.expect(1, &["the output cannot be written: No space left on device"]);
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
fn variables_stand_for_the_options_of_single_commands_too() {
    let demo = ("ROOTDECK_DEMO", "1");
    let foreign = [demo, ("ROOTDECK_NOT_EMAIL_DOMAIN", "example.com"), ("ROOTDECK_FAIL_ON", "any,finding")];
    with(&["accounts"], &foreign).expect(1, &[]);
    with(&["accounts", "list"], &foreign).expect(1, &[]);
    // A filter of the list is none of one account.
    with(&["accounts", "show", SHOP], &foreign).expect(0, &[]);
    let none = with(&["accounts", "-o", "json", "--email-domain", "nowhere.example"], &[demo]);
    assert_eq!(none.expect(0, &[]).stdout, "[]\n");
    let states = with(&["accounts", "-o", "json"], &[demo, ("ROOTDECK_STATE", "closed,suspended")]);
    assert!(states.json().as_array().is_some_and(|rows| !rows.is_empty() && rows.len() < 6), "{states:?}");
    let dry = with(&["purge"], &[("ROOTDECK_DRY_RUN", "1")]);
    dry.expect(0, &["no data"]);
    with(&["purge"], &[("ROOTDECK_DRY_RUN", "0")]).expect(2, &["--yes"]);
    with(&["audit"], &[demo, ("ROOTDECK_FAIL_ON", "")]).expect(4, &[]);
}

#[test]
fn what_a_variable_says_wrong_is_named_with_it() {
    let with_one = |words: &[&str], name: &str, value: &str| with(&[words, &["--demo"]].concat(), &[(name, value)]);
    let wrong = with_one(&["audit"], "ROOTDECK_FAIL_ON", "finding,pending");
    wrong.expect(2, &["invalid value 'pending' for '--fail-on", "it comes from the variable ROOTDECK_FAIL_ON"]);
    with_one(&["accounts"], "ROOTDECK_LOG_LEVEL", "loud").expect(2, &["from the variable ROOTDECK_LOG_LEVEL"]);
    with_one(&["accounts", "show", SHOP], "ROOTDECK_OUTPUT", "csv").expect(2, &["from the variable ROOTDECK_OUTPUT"]);
    let both = with_one(&["audit", "--since-last"], "ROOTDECK_MAX_AGE", "7d");
    both.expect(2, &["--since-last", "--max-age", "from the variable ROOTDECK_MAX_AGE"]);
    // What was typed is not blamed on a variable.
    let typed = with_one(&["audit", "--fail-on", "x"], "ROOTDECK_FAIL_ON", "finding");
    assert!(!typed.expect(2, &["invalid value 'x'"]).stderr.contains("variable"), "{typed:?}");
    // Confirmations are typed.
    for name in ["ROOTDECK_YES", "ROOTDECK_ALL", "ROOTDECK_ALLOW_NEW_DOMAIN"] {
        with_one(&["trust", "enable", "iam.amazonaws.com"], name, "1").expect(2, &["--yes"]);
        with_one(&["findings", "acknowledge"], name, "1").expect(2, &["<ID>"]);
    }
}

#[test]
fn the_configuration_comes_from_stdin() {
    let home = TempDir::new().unwrap();
    let give = |words: &[&str], text: &str| {
        let mut command = program(&home, &[&["--config", "-"], words].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        Ended::from(child.wait_with_output().unwrap())
    };
    let shown = give(&["config"], "read_only = true\ntheme = \"dark\"\n");
    assert!(shown.expect(0, &[]).stdout.contains("theme = \"dark\"  # standard input:2"), "{}", shown.stdout);
    give(&["--demo", "trust", "enable", "iam.amazonaws.com", "-y"], "read_only = true\n").expect(4, &["read-only"]);
    give(&["accounts", "--demo"], "theme = 3\n").expect(0, &["standard input"]);
    let keys = give(&["keys"], "[keys]\nrefresh = \"ctrl-r\"\n");
    assert!(keys.expect(0, &[]).stdout.contains("ctrl-r"), "{}", keys.stdout);
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
