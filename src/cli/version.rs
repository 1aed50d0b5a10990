//! Which rootdeck this is. `build.rs` finds it out.

/// The version, with commit and date where the build knew them.
pub(super) const VERSION: &str = env!("ROOTDECK_VERSION");
/// The date of the commit; empty where the build did not know it.
pub(super) const DATE: &str = env!("ROOTDECK_DATE");
