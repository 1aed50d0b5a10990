//! The event loop and everything outside the program's state: keys, signals, frames, effects.

pub(crate) mod browser;
mod child_process;
pub(crate) mod clipboard;
pub(crate) mod core_dump;
mod editor;
mod effects;
mod encoder;
mod events;
mod files;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod input;
mod performers;
pub(crate) mod policy_file;
mod screen;
mod shift;

mod signals;
pub mod subshell;
mod terminal;
pub(crate) mod text_file;
mod trace;
mod width_query;
mod writer;

pub(crate) use effects::Connect;
pub(crate) use events::{OrgSetup, Setup, run};
