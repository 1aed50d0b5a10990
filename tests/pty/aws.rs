//! An emulated AWS that outlives the sessions with it.

use std::path::Path;
use std::time::{Duration, Instant};

use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::email::EmailAddress;
use rootdeck::domain::otp::Otp;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::{Emulator, Identity, Options, start};

use crate::gates;
use crate::terminal::{Start, Terminal};

/// An emulator, and the runtime that it lives on.
pub(crate) struct Aws {
    pub(crate) emulator: Emulator,
    pub(crate) runtime: tokio::runtime::Runtime,
}

impl Aws {
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(start(options)).unwrap();
        Self { emulator, runtime }
    }

    /// With every gate of centralized root access open.
    pub(crate) fn open() -> Self {
        Self::open_with(Options::default())
    }

    /// The same, of an AWS that is as slow, or fast, as these options say.
    pub(crate) fn open_with(options: Options) -> Self {
        let aws = Self::with(options);
        aws.runtime.block_on(gates::open(&aws.emulator));
        aws
    }

    /// How many requests for `operation` have arrived.
    pub(crate) fn arrived(&self, operation: &str) -> usize {
        self.emulator.requests().iter().filter(|(_, name)| name == operation).count()
    }

    /// Waits until so many have arrived.
    pub(crate) fn awaits(&self, operation: &str, count: usize) {
        let end = Instant::now() + Duration::from_secs(20);
        while self.arrived(operation) < count {
            assert!(Instant::now() < end, "waited for {operation}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// A terminal of an administrator who uses it.
    pub(crate) fn session(&self, home: &Path, arguments: &[&str]) -> Terminal {
        let mut terminal = self.reached_by(Start::new(arguments).home(home)).run();
        Self::shows_all(&mut terminal);
        terminal
    }

    /// Clears the filter that is kept from the last session, if there is one.
    pub(crate) fn shows_all(terminal: &mut Terminal) {
        if terminal.sees(" 41 ").screen().contains("of 41") {
            terminal.types("\x1b").sees("Accounts · 41");
        }
    }

    /// With what it takes to reach it.
    pub(crate) fn reached_by<'a>(&self, start: Start<'a>) -> Start<'a> {
        let key = self.emulator.access_key(Identity::Management);
        start
            .set("AWS_ENDPOINT_URL", &self.emulator.endpoint_url())
            .set("AWS_ACCESS_KEY_ID", &key.id)
            .set("AWS_SECRET_ACCESS_KEY", &key.secret)
            .set("AWS_EC2_METADATA_DISABLED", "true")
    }

    /// With trusted access for Account Management.
    pub(crate) fn trusting() -> Self {
        let aws = Self::new();
        let trust = Switch::TrustedAccess(ServicePrincipal::account_management()).set(true);
        aws.runtime.block_on(gates::turn(&aws.emulator, trust));
        aws
    }

    /// Has the primary email of an account changed by somebody else, from another machine.
    pub(crate) fn changed_elsewhere(&self, account: &str, new: &str) {
        let (account, new) = (account.parse().unwrap(), EmailAddress::parse(new).unwrap());
        let start = Change::StartEmailChange { account, old: String::new(), new: new.clone() };
        self.runtime.block_on(gates::turn(&self.emulator, start));
        let otp = Otp::parse(&self.code()).unwrap();
        self.runtime.block_on(gates::turn(&self.emulator, Change::AcceptEmailChange { account, new, otp: Some(otp) }));
        self.emulator.advance(Duration::from_mins(1));
    }

    pub(crate) fn code(&self) -> String {
        let mail = self.emulator.mail();
        let body = &mail.last().unwrap().body;
        body.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned()
    }
}

impl Drop for Aws {
    fn drop(&mut self) {
        let _inside = self.runtime.enter();
    }
}
