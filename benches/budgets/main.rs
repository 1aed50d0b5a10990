//! Every budget of the program, measured in one go: `cargo bench --bench budgets -- [options]`, or `just budgets`.
//!
//! ```text
//! --accounts 1000,10000,50000   the sizes of the organization
//! --program PATH                another build of rootdeck
//! --quick                       shorter: 1,000 and 10,000 accounts, no audit
//! --cold                        also a cold build, which takes many minutes
//! ```
//! It reports and asserts nothing. Where a reference program is not installed, it says so.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it reports")]

#[path = "../../tests/support/gates.rs"]
mod gates;
mod references;
mod table;
mod terminal;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rootdeck::emulator::{self, Emulator, Identity, Options, Throttle};
use tokio::runtime::Runtime;

use references::{Aws, cold_build, dist_binaries, less};
use table::{Budget, Table, bytes, kilobytes, median, milliseconds, percentile, seconds};
use terminal::{Answer, Terminal};

const DOWN: &str = "\x1b[B";

/// How many rows the cursor moves down.
const MOVES: usize = 200;

/// The longest answer time of AWS that the audit is measured with.
const LATENCY: Duration = Duration::from_millis(100);
/// How many accounts are audited at once, and how many sessions a second are opened at most.
const AUDITS_AT_ONCE: f64 = 12.0;
const SESSIONS_PER_SECOND: f64 = 20.0;

struct Wanted {
    program: PathBuf,
    sizes: Vec<usize>,
    quick: bool,
    cold: bool,
}

impl Wanted {
    fn of_arguments() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let has = |name: &str| arguments.iter().any(|argument| argument == name);
        let value = |name: &str| {
            let place = arguments.iter().position(|argument| argument == name)?;
            arguments.get(place + 1).cloned()
        };
        let quick = has("--quick");
        let sizes = if quick { "1000,10000" } else { "1000,10000,50000" };
        let sizes = value("--accounts").unwrap_or_else(|| sizes.to_owned());
        Self {
            program: value("--program").unwrap_or_else(|| env!("CARGO_BIN_EXE_rootdeck").to_owned()).into(),
            sizes: sizes.split(',').map(|size| size.trim().parse().unwrap()).collect(),
            quick,
            cold: has("--cold"),
        }
    }
}

/// An organization in this process, so that the memory of the program measured is its own.
struct Office {
    runtime: Runtime,
    emulator: Emulator,
    home: tempfile::TempDir,
}

impl Office {
    fn with(options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let emulator = runtime.block_on(emulator::start(options)).unwrap();
        Self { runtime, emulator, home: tempfile::tempdir().unwrap() }
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let key = self.emulator.access_key(Identity::Management);
        let home = self.home.path().display().to_string();
        vec![
            ("HOME", home.clone()),
            ("XDG_STATE_HOME", format!("{home}/state")),
            ("XDG_CONFIG_HOME", format!("{home}/config")),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("AWS_ENDPOINT_URL", self.emulator.endpoint_url()),
            ("AWS_ACCESS_KEY_ID", key.id),
            ("AWS_SECRET_ACCESS_KEY", key.secret),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
        ]
    }

    /// A member account.
    fn member(&self, wanted: &Wanted) -> String {
        let (_, listed) = references::output(&wanted.program, &["accounts", "-o", "csv"], &self.environment());
        let ids = listed.lines().skip(1).filter_map(|line| line.split(',').next().map(str::to_owned));
        ids.last().unwrap()
    }
}

fn main() {
    let wanted = Wanted::of_arguments();
    let mut table = Table::default();
    for &accounts in &wanted.sizes {
        eprintln!("measuring {accounts} accounts");
        let office = Office::with(Options { accounts: Some(accounts), ..Options::default() });
        screen(&wanted, &office, accounts, &mut table);
        scripts(&wanted, &office, accounts, &mut table);
        one_account(&wanted, accounts, &mut table);
    }
    if !wanted.quick {
        audit(&wanted, 1000, &mut table);
    }
    dist_binaries(&mut table);
    if wanted.cold {
        cold_build(&mut table);
    }
    table.print();
}

/// The dashboard, with the last listing on this machine and AWS answering.
fn screen(wanted: &Wanted, office: &Office, accounts: usize, table: &mut Table) {
    let environment = office.environment();
    let run = || Terminal::run(&wanted.program, &[], &environment);
    // In the title of the list. The pages of a refresh follow each other without a pause.
    let listed = format!("· {accounts} ");
    // Once for the listing to be there.
    let mut first = run();
    first.shows(&[&listed]);
    first.settles(Duration::from_secs(2));
    drop(first);
    let starts: Vec<Duration> = (0..5).map(|_| run().shows(&["rootdeck"])).collect();
    let on = |what: &'static str| (what, accounts);
    table.add(
        on("exec to first frame"),
        Budget::at_most(milliseconds(Duration::from_millis(50))),
        milliseconds(median(&starts)),
    );

    let mut program = run();
    program.shows(&[&listed]);
    program.settles(Duration::from_secs(3));
    let moves: Vec<Answer> = (0..MOVES).map(|_| program.key(DOWN)).collect();
    let reference = less(accounts, MOVES);
    let of = |answers: &[Answer]| {
        let bytes: Vec<usize> = answers.iter().map(|answer| answer.bytes).collect();
        (median(&bytes), bytes.iter().sum::<usize>() / bytes.len().max(1))
    };
    let ((middle, mean), theirs) = (of(&moves), reference.as_deref().map(of));
    let beside = |theirs: Option<usize>| theirs.map(|theirs| ("less", bytes(theirs)));
    table.compare(
        on("bytes per cursor move, median"),
        Budget::at_most(bytes(200)),
        bytes(middle),
        beside(theirs.map(|it| it.0)),
    );
    table.compare(
        on("bytes per cursor move, mean of 200"),
        Budget::at_most(bytes(250)),
        bytes(mean),
        beside(theirs.map(|it| it.1)),
    );
    let times: Vec<Duration> = moves.iter().map(|answer| answer.last).collect();
    let their_times = reference.map(|moves| moves.iter().map(|answer| answer.last).collect::<Vec<_>>());
    let p99 = their_times.map(|times| ("less", milliseconds(percentile(&times, 99))));
    table.compare(
        on("key to last byte, p99"),
        Budget::at_most(milliseconds(Duration::from_millis(5))),
        milliseconds(percentile(&times, 99)),
        p99,
    );

    let keys = [
        "\x1b[6~", "\x1b[5~", "G", "g", "\t", "\r", "\x1b", "?", "\x1b", "2", "3", "4", "5", "6", "1", "S", "s", "\x1b",
    ];
    let largest =
        keys.map(|key| program.key(key).bytes).into_iter().chain(moves.iter().map(|answer| answer.bytes)).max();
    table.add(on("bytes of any key, largest"), Budget::at_most(bytes(4000)), bytes(largest.unwrap_or_default()));

    program.key("1");
    program.key("/");
    let typed: Vec<Duration> = ["a", "c", "c", "o", "-", "1"].map(|key| program.key(key).last).to_vec();
    let goal = if accounts > 10_000 { 30 } else { 10 };
    table.add(
        on("filter keystroke, slowest of 6"),
        Budget::at_most(milliseconds(Duration::from_millis(goal))),
        milliseconds(typed.into_iter().max().unwrap_or_default()),
    );
    program.key("\x1b");
    program.settles(Duration::from_secs(4));
    let idle = program.idle(Duration::from_secs(10));
    table.add(on("idle 10 s: bytes"), Budget::at_most(bytes(0)), bytes(idle.bytes));
    table.add(on("idle 10 s: wakeups"), Budget::count(0), table::count(idle.wakeups));
    table.add(on("idle 10 s: CPU, 1/100 s"), Budget::count(0), table::count(idle.cpu));
    let goal = if accounts > 10_000 { 70 } else { 40 };
    table.add(on("memory"), Budget::at_most(kilobytes(goal * 1024)), kilobytes(program.memory()));
}

/// Listings, as scripts make them.
fn scripts(wanted: &Wanted, office: &Office, accounts: usize, table: &mut Table) {
    let environment = office.environment();
    let ours =
        references::best_of(3, || references::output(&wanted.program, &["accounts", "-o", "json"], &environment).0);
    let aws = Aws::find();
    let theirs = aws.map(|aws| {
        let listed = aws.run(&["organizations", "list-accounts", "--output", "json"], &environment);
        ("aws", seconds(listed))
    });
    table.compare(("listing as JSON", accounts), Budget::ratio(1.0 / 15.0), seconds(ours), theirs);
}

/// A command about one account, at an AWS with its quotas.
fn one_account(wanted: &Wanted, accounts: usize, table: &mut Table) {
    let office = Office::with(Options { accounts: Some(accounts), throttle: Throttle::Aws, ..Options::default() });
    let other = Office::with(Options { accounts: Some(accounts), ..Options::default() });
    let id = other.member(wanted);
    let environment = office.environment();
    let ours = references::best_of(3, || {
        references::output(&wanted.program, &["accounts", "show", &id, "-o", "json"], &environment).0
    });
    let theirs = Aws::find().map(|aws| {
        let asked = aws.run(&["organizations", "describe-account", "--account-id", &id], &environment);
        ("aws", seconds(asked))
    });
    table.compare(("a command about one account", accounts), Budget::ratio(1.5), seconds(ours), theirs);
}

/// A quick audit of all accounts.
fn audit(wanted: &Wanted, accounts: usize, table: &mut Table) {
    let office = Office::with(Options { accounts: Some(accounts), latency: LATENCY, ..Options::default() });
    office.runtime.block_on(gates::open(&office.emulator));
    let started = Instant::now();
    references::output(&wanted.program, &["audit", "-o", "json"], &office.environment());
    let took = started.elapsed();
    // What the listing takes before it is not part of the audit.
    let (listing, _) = references::output(&wanted.program, &["accounts", "-o", "json"], &office.environment());
    let members = f64::from(u32::try_from(accounts).unwrap());
    let least = (2.0 * members * LATENCY.as_secs_f64() / AUDITS_AT_ONCE).max(0.0);
    let by_rate = members / SESSIONS_PER_SECOND;
    // An endpoint on this machine is not paced.
    let limit = Duration::from_secs_f64(1.1 * least);
    eprintln!("an audit at AWS's quota takes {by_rate:.0} s more or less");
    table.add(
        ("quick audit, 100 ms per call", accounts),
        Budget::at_most(seconds(limit)),
        seconds(took.saturating_sub(listing)),
    );
}
