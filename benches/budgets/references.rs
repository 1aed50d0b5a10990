//! What the figures are compared with: other programs, in the same run.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::table::{Budget, Table, kilobytes, seconds};
use super::terminal::{Answer, Terminal, ticks};

/// Where a program is, if it is installed.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// How long a command takes, and what it prints. One that fails has measured nothing.
pub(crate) fn output(program: &Path, arguments: &[&str], environment: &[(&str, String)]) -> (Duration, String) {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::piped());
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    let start = Instant::now();
    let done = command.output().unwrap();
    let took = start.elapsed();
    if !done.status.success() {
        eprintln!("{} {arguments:?}: {}", program.display(), String::from_utf8_lossy(&done.stderr));
    }
    (took, String::from_utf8_lossy(&done.stdout).into_owned())
}

pub(crate) fn best_of(times: usize, mut measure: impl FnMut() -> Duration) -> Duration {
    (0..times).map(|_| measure()).min().unwrap_or_default()
}

/// The AWS CLI.
pub(crate) struct Aws(PathBuf);

impl Aws {
    pub(crate) fn find() -> Option<Self> {
        find("aws").map(Self)
    }

    pub(crate) fn run(&self, arguments: &[&str], environment: &[(&str, String)]) -> Duration {
        output(&self.0, arguments, environment).0
    }
}

/// `less` on as many lines as there are accounts, as wide as the list.
pub(crate) fn less(lines: usize, moves: usize) -> Option<Vec<Answer>> {
    let less = find("less")?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts");
    let text = (0..lines).fold(String::new(), |mut text, line| {
        let id = 100_000_000_000 + line * 7919;
        writeln!(text, "  {id:012} workload-{line:05}        aws+workload-{line:05}@example.com        -      ACTIVE")
            .ok();
        text
    });
    std::fs::write(&file, text).unwrap();
    let environment = [("TERM", "xterm-256color".to_owned()), ("LESS", String::new())];
    let mut terminal = Terminal::run(&less, &[&file.display().to_string()], &environment);
    terminal.shows(&["workload-00000"]);
    terminal.settles(Duration::from_millis(500));
    Some((0..moves).map(|_| terminal.key("j")).collect())
}

/// What `packaging/dist` made, if it did.
pub(crate) fn dist_binaries(table: &mut Table) {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    let of_targets = std::fs::read_dir(&target).into_iter().flatten().flatten().map(|entry| entry.path());
    let folders = std::iter::once(target.clone()).chain(of_targets);
    let sizes =
        folders.filter_map(|folder| std::fs::metadata(folder.join("dist/rootdeck")).ok()).map(|file| file.len());
    match sizes.max() {
        Some(size) => {
            let limit = Budget::at_most(kilobytes(20 * 1024));
            table.add(("binary for distribution", 0), limit, kilobytes(size / 1024));
        }
        None => eprintln!("binary for distribution: not built (packaging/dist)"),
    }
}

/// A cold build of the program against a cold build of the tests: CPU time.
pub(crate) fn cold_build(table: &mut Table) {
    let build = |arguments: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let before = spent_by_children();
        let done = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("CARGO_TARGET_DIR", folder.path())
            .status()
            .unwrap();
        assert!(done.success(), "cargo {arguments:?}");
        spent_by_children() - before
    };
    let program = build(&["build", "--release", "--locked"]);
    let tests = build(&["test", "--no-run", "--locked"]);
    let of = |ticks: u64| seconds(Duration::from_millis(ticks * 10));
    table.compare(("cold build, CPU time", 0), Budget::ratio(1.0), of(program), Some(("cargo test", of(tests))));
}

/// CPU time of the children that have ended, and theirs, in hundredths of a second.
fn spent_by_children() -> u64 {
    ticks(&std::fs::read_to_string("/proc/self/stat").unwrap_or_default(), 15)
}
