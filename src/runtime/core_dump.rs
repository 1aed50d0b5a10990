//! No core dumps of this process: they would hold the secret keys of root sessions and typed one-time passwords.
//! Programs started for a person get back the limit that this one was started with.

use std::sync::OnceLock;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

static BEFORE: OnceLock<Rlimit> = OnceLock::new();

/// Nothing else depends on it: what the system does not allow is left as it is.
pub(crate) fn forbid() {
    let before = getrlimit(Resource::Core);
    // The hard limit stays, so that programs started from here can have theirs back.
    if setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: before.maximum }).is_ok() {
        BEFORE.set(before).ok();
    }
    // No dump to a handler either, and no other program of the same person may look into the memory. Child processes do
    // not inherit it.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}

/// A child process gets the limit of the moment at which it is started, so this process has it for that moment, too; on
/// Linux it makes no dump all the same.
pub(crate) fn with_limit_of_before<T>(start: impl FnOnce() -> T) -> T {
    let Some(before) = BEFORE.get() else { return start() };
    let lowered = Rlimit { current: Some(0), maximum: before.maximum };
    setrlimit(Resource::Core, *before).ok();
    let started = start();
    setrlimit(Resource::Core, lowered).ok();
    started
}
