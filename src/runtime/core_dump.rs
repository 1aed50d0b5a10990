//! No core dumps: they would hold the secret keys of root sessions and typed one-time passwords.
//!
//! The limit is lowered for this process only. What is started for a person gets back the limit that this
//! program was started with.

use std::sync::OnceLock;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The limit that this program was started with, where it was lowered.
static BEFORE: OnceLock<Rlimit> = OnceLock::new();

/// Turns core dumps of this process off. Without them nothing else has to work: what the system does not
/// allow is left as it is.
pub(crate) fn forbid() {
    let before = getrlimit(Resource::Core);
    // The hard limit stays, so that programs started from here can have theirs back.
    if setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: before.maximum }).is_ok() {
        BEFORE.set(before).ok();
    }
    // No dump to a handler either, which the limit does not hold back; and no other program of the same
    // person may look into the memory. It does not pass on to programs that are started.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}

/// Starts a program with the limit that this one was started with.
///
/// A program gets the limit of the moment at which it is started, so this process has it for that moment,
/// too; on Linux it makes no dump all the same.
pub(crate) fn with_limit_of_before<T>(start: impl FnOnce() -> T) -> T {
    let Some(before) = BEFORE.get() else { return start() };
    let lowered = Rlimit { current: Some(0), maximum: before.maximum };
    setrlimit(Resource::Core, *before).ok();
    let started = start();
    setrlimit(Resource::Core, lowered).ok();
    started
}
