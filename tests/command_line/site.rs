//! An emulated AWS in this process, and a home folder, for several runs of the program.

use std::process::Command;
use std::time::{Duration, Instant};

use rootdeck::domain::change::Change;
use rootdeck::emulator::{self, Emulator, Identity, Options};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::gates;
use crate::program::{Ended, program};
use crate::terminal::{Start, Terminal};

/// Accounts of the demo organization: its management account; one with a password and a key; one
/// with everything; one without anything; one whose service control policy denies root; one that is
/// closed.
pub(crate) const MANAGEMENT: &str = "111122223333";
pub(crate) const SANDBOX: &str = "444455556666";
pub(crate) const NORTHWIND: &str = "555500000109";
pub(crate) const CLEAN: &str = "222233335555";
pub(crate) const CANARY: &str = "666600000001";
pub(crate) const CLOSED: &str = "777700000003";
/// The one with buckets and queues.
pub(crate) const SHOP: &str = "555500000103";

/// How long the program may take for anything before the test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Site {
    pub(crate) home: TempDir,
    pub(crate) emulator: Emulator,
    runtime: Runtime,
}

impl Site {
    /// The demo organization as it is: every gate closed.
    pub(crate) fn closed() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(emulator::start(options)).unwrap();
        Self { home: TempDir::new().unwrap(), emulator, runtime }
    }

    /// With every gate of centralized root access open.
    pub(crate) fn open() -> Self {
        let site = Self::closed();
        site.runtime.block_on(gates::open(&site.emulator));
        site
    }

    /// Runs something beside the emulator.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Sets a switch of the organization.
    pub(crate) fn turn(&self, change: Change) {
        self.runtime.block_on(gates::turn(&self.emulator, change));
    }

    /// Another AWS, for as long as this one.
    pub(crate) fn beside(&self, options: Options) -> Emulator {
        self.runtime.block_on(emulator::start(options)).unwrap()
    }

    /// The same in another one.
    pub(crate) fn turn_in(&self, emulator: &Emulator, change: Change) {
        self.runtime.block_on(gates::turn(emulator, change));
    }

    pub(crate) fn open_gates(&self, emulator: &Emulator) {
        self.runtime.block_on(gates::open(emulator));
    }

    pub(crate) fn inject(&self, rule: &str) {
        self.emulator.inject(rule.parse().unwrap());
    }

    /// How many requests for `operation` have arrived.
    pub(crate) fn arrived(&self, operation: &str) -> usize {
        self.emulator.requests().iter().filter(|(_, name)| name == operation).count()
    }

    /// Waits until so many requests for `operation` have arrived.
    pub(crate) fn awaits(&self, operation: &str, count: usize) {
        let end = Instant::now() + PATIENCE;
        while self.arrived(operation) < count {
            assert!(Instant::now() < end, "waited for {operation}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The program with the credentials of the management account's administrator.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(&self.home, arguments);
        command.envs(self.environment());
        command
    }

    /// The same in a terminal, with a person at it.
    pub(crate) fn terminal(&self, arguments: &[&str]) -> Terminal {
        self.at_terminal(Start::new(arguments))
    }

    /// A shell in a terminal that runs `script`.
    pub(crate) fn shell(&self, script: &str) -> Terminal {
        self.at_terminal(Start::shell(script))
    }

    fn at_terminal(&self, start: Start<'_>) -> Terminal {
        let environment = self.environment();
        let mut start = start.home(self.home.path());
        for (name, value) in environment {
            start = start.set(name, &value);
        }
        start.run()
    }

    /// How AWS is reached.
    pub(crate) fn environment(&self) -> [(&'static str, String); 6] {
        let key = self.emulator.access_key(Identity::Management);
        [
            ("AWS_ENDPOINT_URL", self.emulator.endpoint_url()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", key.id),
            ("AWS_SECRET_ACCESS_KEY", key.secret),
            // Programs that a session is handed to are looked for.
            ("PATH", "/usr/bin:/bin".to_owned()),
            ("SHELL", "/bin/bash".to_owned()),
        ]
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().unwrap().into()
    }
}
