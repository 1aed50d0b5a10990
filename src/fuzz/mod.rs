//! One entry for each parser of what comes from outside: bytes in, and what must hold of whatever comes of them. A breach
//! is a panic.
//!
//! The library's tests run each on its seeds in `tests/corpus` and on texts made from them. `fuzz/` runs the same
//! functions under cargo-fuzz.

mod held;
mod kept;
mod plans;
mod policies;
mod settings;
#[cfg(test)]
mod tests;
mod texts;

/// Takes any bytes.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its seeds in `tests/corpus` and of its program in `fuzz/fuzz_targets`.
pub const TARGETS: &[(&str, Target)] = &[
    ("email_plan", plans::email_plan),
    ("contact_plan", plans::contact_plan),
    ("mails", texts::mails),
    ("code", texts::code),
    ("aws_text", texts::aws_text),
    ("policy", policies::policy),
    ("configuration", settings::configuration),
    ("exceptions", settings::exceptions),
    ("aws_configuration", settings::aws_configuration),
    ("key_name", settings::key_name),
    ("filter", settings::filter),
    ("journal_row", kept::journal_row),
    ("terminal", crate::runtime::fuzz::terminal),
];

/// Runs the target of that name.
///
/// # Panics
/// Where there is none, and where something does not hold that must.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    assert!(target.is_some(), "no target is called {name}");
    if let Some((_, target)) = target {
        target(bytes);
    }
}
