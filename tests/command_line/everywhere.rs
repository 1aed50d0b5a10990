//! What holds whatever the subcommand, the listing, and the emulator as a program.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};

use rootdeck::app::command::EVERYWHERE;
use rootdeck::words::labels;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::program::{Ended, program, run};

#[test]
fn accounts_are_listed_as_json_for_programs() {
    let ended = run(&["accounts", "--demo", "-o", "json"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(rows.len(), 41);
    for row in &rows {
        assert!(row.keys().all(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '_')), "{row:?}");
        for key in ["account_id", "account_name", "email", "state"] {
            assert!(row.get(key).is_some_and(serde_json::Value::is_string), "{key}: {row:?}");
        }
    }
}

#[test]
fn programs_are_told_times_in_whole_seconds() {
    for arguments in
        [&["accounts"][..], &["trust", "list"], &["status"], &["audit", "--deep", "--accounts", "555500000109"]]
    {
        for form in ["json", "csv"] {
            if form == "csv" && arguments == ["status"] {
                continue;
            }
            let ended = run(&[arguments, &["--demo", "-o", form]].concat());
            // Of each time what comes behind its minutes: `11:02.309Z`.
            let fractions: Vec<&str> = ended.stdout.split(['"', ',', '\n']).filter(|word| is_fraction(word)).collect();
            assert_eq!(fractions, [""; 0], "{arguments:?} {form}");
        }
    }
}

fn is_fraction(word: &str) -> bool {
    word.len() > 20 && word.ends_with('Z') && word.contains('T') && word.contains(':') && word.contains('.')
}

#[test]
fn accounts_are_listed_as_csv_with_a_header() {
    let ended = run(&["accounts", "--demo", "-o", "csv"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let mut reader = csv::Reader::from_reader(ended.stdout.as_bytes());
    assert_eq!(reader.headers().unwrap().get(0), Some("account_id"));
    assert_eq!(reader.records().map(Result::unwrap).count(), 41);
}

#[test]
fn accounts_are_listed_as_a_table_for_people() {
    for arguments in [&["accounts", "--demo", "-o", "table"][..], &["--demo", "accounts"]] {
        let ended = run(arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        assert!(ended.stdout.starts_with("ACCOUNT "), "{}", ended.stdout);
        assert_eq!(ended.stdout.lines().count(), 1 + 41);
        assert!(!ended.stdout.contains('\u{1b}'));
    }
}

#[test]
fn keys_are_told_for_every_place() {
    let ended = run(&["keys"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    for &place in EVERYWHERE {
        let title = labels::place(place);
        assert!(ended.stdout.lines().any(|line| line == title), "{title}: {}", ended.stdout);
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    for (arguments, word) in [
        (&["--help"][..], "Usage:"),
        (&["--version"], env!("CARGO_PKG_VERSION")),
        (&["accounts", "--help"], "--output"),
    ] {
        let ended = run(arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(ended.stdout.contains(word), "{}", ended.stdout);
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    for arguments in [&["--no-such-option"][..], &["no-such-command"], &["accounts", "-o", "xml"]] {
        let ended = run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ended.stderr.contains("error:"), "{}", ended.stderr);
    }
}

#[test]
fn the_dashboard_without_a_terminal_says_what_there_is_for_scripts() {
    let ended = run(&["--demo"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("needs a terminal") && ended.stderr.contains("--help"), "{}", ended.stderr);
}

#[test]
fn a_refusal_ends_with_four_and_aws_words() {
    let ended = run(&["accounts", "--demo", "--demo-as", "member", "-o", "json"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
    for words in ["organizations:ListAccounts", "AccessDeniedException", "You don't have permissions"] {
        assert!(ended.stderr.contains(words), "{words}: {}", ended.stderr);
    }
}

#[test]
fn an_endpoint_that_is_not_there_ends_with_one() {
    let home = TempDir::new().unwrap();
    let mut command = program(&home, &["accounts", "--endpoint-url", "http://127.0.0.1:1"]);
    let keys = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "x")];
    let ended = Ended::from(command.envs(keys).env("AWS_MAX_ATTEMPTS", "1").output().unwrap());
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("The endpoint refused the connection"), "{}", ended.stderr);
}

#[test]
fn a_profile_of_any_name_reaches_neither_terminal_nor_shell_raw() {
    let home = TempDir::new().unwrap();
    let profile = "a;$(id)\u{1b}[31m";
    for command in [
        program(&home, &["accounts"]).env("AWS_PROFILE", profile),
        program(&home, &["accounts", "--profile", profile]).env("AWS_MAX_ATTEMPTS", "1"),
    ] {
        let ended = Ended::from(command.output().unwrap());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{}", ended.stderr);
        assert!(!ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
        assert!(ended.stderr.contains("--profile 'a;$(id)\u{fffd}[31m'"), "{}", ended.stderr);
    }
}

#[test]
fn the_log_tells_who_called_and_what_failed_to_its_owner_only() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("rootdeck.log");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    let ended = run(&["accounts", "--demo", "--demo-as", "member", "--log-file", path.to_str().unwrap()]);
    assert_eq!(ended.code, Some(4), "{}", ended.stderr);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let log = fs::read_to_string(&path).unwrap();
    for words in ["connected", "caller=\"arn:aws:", "region=\"us-east-1\"", "organizations:ListAccounts", "request_id="]
    {
        assert!(log.contains(words), "{words}: {log}");
    }
    assert!(log.contains("code=\"AccessDeniedException\"") && !log.contains('@'), "{log}");
}

#[test]
fn a_closed_stdout_is_no_panic() {
    for arguments in [&["keys"][..], &["accounts", "--demo"], &["emulator", "--listen", "127.0.0.1:0"], &["--help"]] {
        let home = TempDir::new().unwrap();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = program(&home, arguments);
        let child = command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let ended = Ended::from(child.wait_with_output().unwrap());
        assert!(matches!(ended.code, Some(0 | 141)), "{arguments:?}: {:?}", ended.code);
        assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    }
}

/// A running emulator, ended with the test.
struct Emulator(Child);

impl Drop for Emulator {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Emulator {
    /// Starts it, and gives what it prints first: the environment by which it is reached.
    fn start(home: &TempDir, arguments: &[&str]) -> (Self, Vec<(String, String)>) {
        let mut command = program(home, &[&["emulator", "--listen", "127.0.0.1:0"], arguments].concat());
        let mut emulator = Self(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
        // Through a pipe, where a line that is held back would never come.
        let lines = BufReader::new(emulator.0.stdout.take().unwrap()).lines().take(5).map(Result::unwrap);
        let exports = lines.filter_map(|line| {
            let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
            Some((name.to_owned(), value.to_owned()))
        });
        let exports = exports.collect();
        (emulator, exports)
    }
}

#[test]
fn the_emulator_tells_how_to_reach_it_answers_and_ends_when_asked_to() {
    let home = TempDir::new().unwrap();
    let (mut emulator, exports) = Emulator::start(&home, &[]);
    let names: Vec<&str> = exports.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_DEFAULT_REGION"]
    );

    let address = exports[0].1.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");

    // What it prints is enough for this program to use it.
    let accounts = Ended::from(program(&home, &["accounts", "-o", "json"]).envs(exports).output().unwrap());
    assert_eq!(accounts.code, Some(0), "{}", accounts.stderr);
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&accounts.stdout).unwrap().len(), 41);

    kill_process(Pid::from_child(&emulator.0), Signal::TERM).unwrap();
    assert_eq!(emulator.0.wait().unwrap().code(), Some(0));
}

#[test]
fn unit_names_that_may_not_be_read_are_complained_of_and_the_accounts_listed() {
    let home = TempDir::new().unwrap();
    let (_emulator, exports) = Emulator::start(&home, &["--fault", "ListRoots:access-denied=1.0"]);
    let listed = |form: &str| {
        let output = program(&home, &["accounts", "-o", form]).envs(exports.clone()).output().unwrap();
        let ended = Ended::from(output);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        for words in ["organizational units", "organizations:ListRoots", "AccessDeniedException"] {
            assert!(ended.stderr.contains(words), "{words}: {}", ended.stderr);
        }
        ended.stdout
    };
    let rows: Vec<serde_json::Value> = serde_json::from_str(&listed("json")).unwrap();
    assert_eq!(rows.len(), 41);
    assert!(rows.iter().all(|row| row["path"]["status"] == "unknown" && row["unit_ids"].is_array()), "{rows:?}");
    assert!(listed("table").lines().skip(1).all(|line| line.ends_with(" ?")));
}

#[test]
fn the_emulator_is_for_this_machine_only() {
    let ended = run(&["emulator", "--listen", "0.0.0.0:1"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("the emulator cannot be started"), "{}", ended.stderr);
}

#[test]
fn what_is_about_the_dashboard_is_refused_before_a_subcommand_and_fits_in_the_environment() {
    for arguments in [["--view", "3", "keys"], ["--filter", "prod", "keys"]] {
        let words = format!("{} is for the dashboard, not for `rootdeck keys`", arguments[0]);
        assert!(run(&arguments).expect(2, &[&words]).stdout.is_empty());
    }
    let home = TempDir::new().unwrap();
    let output = program(&home, &["keys"]).env("ROOTDECK_VIEW", "3").env("ROOTDECK_FILTER", "x").output().unwrap();
    Ended::from(output).expect(0, &[]);
}
