//! What others of this machine may learn of the program's memory: nothing.

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::program::program;
use crate::site::Site;

/// Somebody other than root, whom the kernel would give the files of a process that may be looked into.
const SOMEBODY: u32 = 65_534;

/// Who owns what the kernel says about a process: the person it runs for, or root where its memory is nobody's.
fn owner(pid: impl std::fmt::Display) -> u32 {
    fs::metadata(format!("/proc/{pid}/environ")).unwrap().uid()
}

/// Ends the program with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Starts a program for somebody who is not root, and waits for its first line.
fn start(mut command: Command) -> (Running, u32) {
    let us = File::open("/proc/self/status").unwrap().metadata().unwrap().uid();
    let person = if us == 0 { SOMEBODY } else { us };
    if us == 0 {
        command.uid(person).gid(person);
    }
    let mut running = Running(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.is_empty(), "it ended");
    (running, person)
}

#[test]
fn nobody_looks_into_the_memory_of_the_program() {
    let mut other = Command::new("/bin/sh");
    other.args(["-c", "echo started; exec sleep 60"]);
    let (other, person) = start(other);
    assert_eq!(owner(other.0.id()), person, "a program that does nothing against it");

    let home = TempDir::new().unwrap();
    fs::set_permissions(home.path(), Permissions::from_mode(0o777)).unwrap();
    // Somebody may not reach the folder that it was built in.
    let copy = home.path().join("rootdeck");
    // By another process: a child that is forked meanwhile would hold the copy open for writing, and nobody could
    // run it ("Text file busy").
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_rootdeck")).arg(&copy).status().unwrap();
    assert!(copied.success());
    let wanted = program(&home, &["emulator", "--listen", "127.0.0.1:0"]);
    let mut command = Command::new(&copy);
    command.args(wanted.get_args()).env_clear().env("HOME", home.path()).stderr(Stdio::null());
    let (ours, _) = start(command);
    assert_eq!(owner(ours.0.id()), 0);
}

#[test]
fn the_dashboard_leaves_no_core_behind() {
    let site = Site::open();
    // From as much as this machine allows.
    let mut terminal = site.shell(r#"ulimit -S -c "$(ulimit -H -c)"; exec "$0""#);
    terminal.sees("as of");
    let limits = fs::read_to_string(Path::new("/proc").join(terminal.pid().to_string()).join("limits")).unwrap();
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().next(), Some("0"), "{limits}");
    terminal.types("q");
    assert!(terminal.ends().success());
}
