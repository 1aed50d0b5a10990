//! An emulated AWS that outlives the sessions with it.

use std::path::Path;

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

    fn with(options: Options) -> Self {
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

    /// A terminal of an administrator who uses it.
    pub(crate) fn session(&self, home: &Path, arguments: &[&str]) -> Terminal {
        let key = self.emulator.access_key(Identity::Management);
        let mut terminal = Start::new(arguments)
            .home(home)
            .set("AWS_ENDPOINT_URL", &self.emulator.endpoint_url())
            .set("AWS_ACCESS_KEY_ID", &key.id)
            .set("AWS_SECRET_ACCESS_KEY", &key.secret)
            .set("AWS_EC2_METADATA_DISABLED", "true")
            .run();
        terminal.sees("Accounts · 41");
        terminal
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
