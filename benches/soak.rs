//! An hour of scripted use at ten times speed: `cargo bench --bench soak -- [options]`, or `just soak`.
//!
//! ```text
//! --minutes 6       for how long
//! --accounts 1000   the size of the organization
//! --program PATH    another build of rootdeck
//! ```
//! Every half a minute it measures memory, open files, threads, what the program has used of the processor for a key, and
//! the size of what is kept. It fails where memory, files or threads grow after the first minute: something leaks.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "it reports")]

#[path = "../tests/support/gates.rs"]
mod gates;
#[expect(dead_code, reason = "the budgets need more of it")]
#[path = "budgets/terminal.rs"]
mod terminal;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::{self, Identity, Options};

use terminal::Terminal;

/// A person takes a second for a key; ten times faster than that.
const BETWEEN_KEYS: Duration = Duration::from_millis(100);
const BETWEEN_SAMPLES: Duration = Duration::from_secs(30);
/// Caches fill in the first samples.
const WARM: usize = 2;
/// In percent, how much more there may be at the end than when it was warm.
const GROWTH: u64 = 10;

/// What a person does over and over: looks, filters, sorts, reads help and details, marks, refreshes, changes the view.
/// Every dialog that opens is left again.
const KEYS: [&str; 74] = [
    "1", "j", "j", "j", "j", "\x1b[6~", "\x1b[5~", "/", "p", "r", "o", "d", "\r", "j", "j", "\r", "\x1b", "/", "\x15",
    "\r", "?", "j", "j", "\x1b", "s", "\x1b", "c", "\x1b", " ", "j", " ", "U", "U", "r", "2", "j", "j", "\r", "\x1b",
    "3", "j", "j", "\r", "\x1b", "4", "j", "j", "\r", "\x1b", "5", "j", "j", "j", "6", "j", "j", "\r", "\x1b", ":",
    "s", "o", "r", "\x1b", "e", "\x1b", "1", "e", "x", "\x1b", "\x1b", "G", "g", "!", "\x1b",
];

#[derive(Clone, Copy)]
struct Sample {
    memory: u64,
    files: u64,
    threads: u64,
    /// Hundredths of a second for 1,000 keys.
    cpu: u64,
    kept: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1).cloned();
    let number = |name: &str, default: u64| value(name).map_or(default, |text| text.parse().unwrap());
    let time = Duration::from_secs(60 * number("--minutes", 6));
    let accounts = usize::try_from(number("--accounts", 1000)).unwrap();
    let program = value("--program").unwrap_or_else(|| env!("CARGO_BIN_EXE_rootdeck").to_owned());

    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let emulator =
        runtime.block_on(emulator::start(Options { accounts: Some(accounts), ..Options::default() })).unwrap();
    runtime.block_on(async {
        gates::open(&emulator).await;
        gates::turn(&emulator, Switch::TrustedAccess(ServicePrincipal::account_management()).set(true)).await;
    });
    let home = tempfile::tempdir().unwrap();
    let key = emulator.access_key(Identity::Management);
    let path = |name: &str| home.path().join(name).display().to_string();
    let environment = vec![
        ("HOME", path("")),
        ("XDG_STATE_HOME", path("state")),
        ("XDG_CONFIG_HOME", path("config")),
        ("TERM", "xterm-256color".to_owned()),
        ("LANG", "C.UTF-8".to_owned()),
        ("AWS_ENDPOINT_URL", emulator.endpoint_url()),
        ("AWS_ACCESS_KEY_ID", key.id),
        ("AWS_SECRET_ACCESS_KEY", key.secret),
        ("AWS_REGION", "us-east-1".to_owned()),
    ];
    let member = member(Path::new(&program), &environment);

    let mut terminal = Terminal::run(Path::new(&program), &[], &environment);
    terminal.shows(&[&format!("/{accounts}")]);
    let mut renamed_times = 0;
    let samples = use_for(time, &mut terminal, || {
        renamed_times += 1;
        // Another copy makes a change beside the dashboard, which is journaled in the same file.
        let renamed = Command::new(&program)
            .args(["accounts", "rename", &member, &format!("soak {renamed_times}"), "--yes", "--reason", "soak"])
            .envs(environment.iter().cloned())
            .output()
            .unwrap();
        assert!(renamed.status.success(), "{}", String::from_utf8_lossy(&renamed.stderr));
        folder_size(home.path())
    });
    report(&samples)
}

fn member(program: &Path, environment: &[(&str, String)]) -> String {
    let listed =
        Command::new(program).args(["accounts", "-o", "csv"]).envs(environment.iter().cloned()).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let active = listed.lines().rfind(|line| line.contains(",ACTIVE,"));
    active.and_then(|line| line.split(',').next()).unwrap().to_owned()
}

fn use_for(time: Duration, terminal: &mut Terminal, mut beside: impl FnMut() -> u64) -> Vec<Sample> {
    let (end, mut samples) = (Instant::now() + time, Vec::new());
    let (mut next, mut pressed, mut cpu) = (Instant::now() + BETWEEN_SAMPLES, 0, terminal.cpu());
    for key in KEYS.iter().cycle() {
        terminal.press(key);
        terminal.idle(BETWEEN_KEYS);
        pressed += 1;
        if Instant::now() < next {
            continue;
        }
        let (kept, used) = (beside(), terminal.cpu());
        let (memory, (files, threads)) = (terminal.memory(), handles(terminal.pid()));
        samples.push(Sample { memory, files, threads, cpu: (used - cpu) * 1000 / pressed, kept });
        (next, pressed, cpu) = (Instant::now() + BETWEEN_SAMPLES, 0, used);
        if next > end {
            break;
        }
    }
    samples
}

/// The open files and the threads of a process.
fn handles(pid: u32) -> (u64, u64) {
    let count = |of: &str| std::fs::read_dir(format!("/proc/{pid}/{of}")).map_or(0, |entries| entries.count() as u64);
    (count("fd"), count("task"))
}

fn folder_size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let size = |entry: std::fs::DirEntry| {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder { folder_size(&entry.path()) } else { entry.metadata().map_or(0, |found| found.len()) }
    };
    entries.map(size).sum()
}

fn report(samples: &[Sample]) -> ExitCode {
    println!("| second | memory, kB | files | threads | CPU of 1,000 keys, s | kept, kB |");
    println!("|---|---|---|---|---|---|");
    for (number, sample) in (1_u64..).zip(samples) {
        let Sample { memory, files, threads, cpu, kept } = sample;
        let seconds = number * BETWEEN_SAMPLES.as_secs();
        let cpu = format!("{}.{:02}", cpu / 100, cpu % 100);
        println!("| {seconds} | {memory} | {files} | {threads} | {cpu} | {} |", kept / 1024);
    }
    let (Some(warm), Some(last)) = (samples.get(WARM - 1), samples.last().filter(|_| samples.len() > WARM)) else {
        println!("too short to tell");
        return ExitCode::FAILURE;
    };
    let grows = |before: u64, after: u64| after * 100 > before * (100 + GROWTH);
    let all = [
        ("memory", warm.memory, last.memory),
        ("files", warm.files, last.files),
        ("threads", warm.threads, last.threads),
    ];
    let too_much: Vec<_> = all.into_iter().filter(|(_, before, after)| grows(*before, *after)).collect();
    for (what, before, after) in &too_much {
        println!("{what} grew from {before} to {after}");
    }
    if too_much.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
