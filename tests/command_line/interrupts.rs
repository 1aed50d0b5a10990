//! Being asked to end in the middle of a write, and what is left of the memory when the program dies.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::program::Ended;
use crate::site::{CLEAN, SANDBOX, Site};

const OPERATION: &str = "CreateLoginProfile";

/// Allows password recovery, slowly, and sends each of `signals` while AWS has not answered.
fn interrupted(site: &Site, signals: &[Signal]) -> Ended {
    site.inject(&format!("{OPERATION}:delay(6s)=1x"));
    let mut command = site.command(&["recovery", "allow", CLEAN, "--yes"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    site.awaits(OPERATION, 1);
    for signal in signals {
        kill_process(Pid::from_child(&child), *signal).unwrap();
        // Signals that come together are one.
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    child.wait_with_output().unwrap().into()
}

#[test]
fn a_line_that_drops_does_not_cut_off_a_write() {
    let site = Site::open();
    let ended = interrupted(&site, &[Signal::HUP]);
    ended.expect(0, &["waiting for its outcome"]);
    let entries = site.run(&["journal", "-o", "json", "--outcome", "unknown"]).json();
    assert_eq!(entries.as_array().map(Vec::len), Some(0), "{entries}");
}

#[test]
fn each_ctrl_c_is_answered_while_aws_has_not() {
    let site = Site::open();
    let ended = interrupted(&site, &[Signal::INT, Signal::INT]);
    ended.expect(0, &["waiting for its outcome", "still waiting for AWS, at most 60 s"]);
    let entries = site.run(&["journal", "-o", "json", "--outcome", "unknown"]).json();
    assert_eq!(entries.as_array().map(Vec::len), Some(0), "{entries}");
}

#[test]
fn no_core_is_dumped_of_this_program_and_others_keep_their_limit() {
    let site = Site::open();
    // The program lowers its limit again right after the command was started.
    let look = "sleep 1; grep 'core file' /proc/$PPID/limits; echo own $(ulimit -S -c)";
    let command = site.command(&["session", SANDBOX, "IAMAuditRootUserCredentials", "--", "sh", "-c", look]);
    // As much as this machine allows.
    let program = command.get_program().to_owned();
    let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
    let environment: Vec<_> =
        command.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
    let mut shell = Command::new("/bin/sh");
    shell.arg0("sh").args(["-c", "ulimit -S -c \"$(ulimit -H -c)\"; ulimit -S -c; exec \"$0\" \"$@\""]);
    shell.arg(program).args(arguments).env_clear().envs(environment).stdin(Stdio::null());
    let ended = Ended::from(shell.output().unwrap());
    ended.expect(0, &[]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    let [before, ours, own] = lines.as_slice() else { panic!("{}", ended.stdout) };
    assert!(ours.split_whitespace().nth(4) == Some("0"), "{ours}");
    assert_eq!(*own, format!("own {before}"), "the command has the limit of before");
}
