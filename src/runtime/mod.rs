//! The event loop and everything it does outside the program's state: keys, signals, frames,
//! effects.

mod ask_width;
pub mod clipboard;
pub mod core_dump;
mod effects;
mod events;
mod files;
mod guest;
mod input;
pub mod policy_file;
mod screen;
mod signals;
pub mod subshell;
mod terminal;
pub mod text_file;
mod trace;
mod writer;

pub use effects::Connect;
pub use events::{Setup, run};
