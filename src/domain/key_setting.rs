//! The keys of a command as the configuration has them.

/// One line below `[keys]`, its texts as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySetting {
    /// The name of the command in kebab-case.
    pub command: String,
    /// The names of the keys.
    pub keys: Vec<String>,
    /// From 1.
    pub line: usize,
}
