//! rootdeck: who controls the root user of every account of an AWS organization.
//!
//! The map of the house. Whoever looks for a thing finds it by its name in the room for that kind
//! of thing: the email change is `domain::email_change` (the rules), `app::email_change` (the
//! dialogs' state), `ui/dialogs/email_change.rs` (their picture), `aws/account.rs` (its calls) and
//! `emulator/account` (the other side).
//!
//! | room | what it is for | knows of ours |
//! |---|---|---|
//! | [`domain`] | nouns and rules of the field; no I/O, no clock | nothing |
//! | [`app`] | the Elm core: state, messages, `update`, the command table | domain |
//! | [`words`] | every sentence a person reads | domain, ids of app |
//! | [`ui`] | draws `&App` into a buffer | app, domain, words |
//! | [`aws`] | the calls, through the AWS SDK | domain |
//! | [`store`] | what is kept on this machine | domain |
//! | [`engine`] | reads, and the one way of a write, for the screen and the subcommands | domain, aws, store |
//! | `config` | the configuration file | domain |
//! | [`emulator`] | another AWS, over HTTP on loopback | nothing |
//! | [`runtime`] | event loop, terminal, effects | app, ui, engine, words, domain, config |
//! | [`cli`] | the command line | all |
//! | `fuzz` | what must hold of whatever is parsed; in tests and for cargo-fuzz only | all |
//!
//! A key becomes a message, `app::App::update` changes the state and answers with effects as plain
//! data, `runtime` performs them through `engine`, and what came of them is the next message.
//! `tests/architecture.rs` holds the rooms to the table above.

pub mod app;
pub mod aws;
pub mod cli;
mod config;
pub mod domain;
pub mod emulator;
pub mod engine;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
pub mod runtime;
pub mod store;
pub mod ui;
pub mod words;
