//! The demo leaves nothing on disk, however it ends.

use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};

use crate::terminal::{Start, Terminal};

/// Where a program may leave something behind.
const FOLDERS: [&str; 7] =
    ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"];

fn left_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { [vec![path.clone()], left_in(&path)].concat() } else { vec![path] })
        .collect()
}

/// Uses the demo in a folder of its own, ends it by `end`, and looks at what is left.
fn leaves_nothing(end: impl FnOnce(&mut Terminal)) {
    let all = tempfile::tempdir().unwrap();
    let home = all.path().join("HOME");
    let mut start = Start::new(&["--demo"]).home(&home);
    for name in FOLDERS {
        let folder = all.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        if name != "HOME" {
            start = start.set(name, folder.to_str().unwrap());
        }
    }
    let mut terminal = start.run();
    terminal.sees("Accounts · 41");
    // A change with its code.
    terminal.types("/kensho@ state:active\r").sees("1 of").types("e").sees("[ Enable ]");
    terminal.types("\r").sees("Change the primary email of 検証環境");
    terminal.types("root-kensho@example.com\r\r").sees("Enter the one-time password").types("\x1b");
    terminal.types("7").sees("root-kensho@example.com").types("6").sees("StartPrimaryEmailUpdate");
    end(&mut terminal);
    terminal.ends();
    let left: Vec<PathBuf> = left_in(all.path()).into_iter().filter(|path| path.parent() != Some(all.path())).collect();
    assert_eq!(left, Vec::<PathBuf>::new());
}

#[test]
fn quitting_the_demo_leaves_nothing_on_disk() {
    leaves_nothing(|terminal| {
        terminal.types("q");
    });
}

#[test]
fn ctrl_c_in_the_demo_leaves_nothing_on_disk() {
    leaves_nothing(|terminal| {
        terminal.types("\x03");
    });
}

#[test]
fn a_demo_that_is_killed_leaves_nothing_on_disk() {
    leaves_nothing(|terminal| kill_process(Pid::from_raw(terminal.pid()).unwrap(), Signal::KILL).unwrap());
}
