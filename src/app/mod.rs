//! The Elm core: a message in, state and effects out. Pure and synchronous: no clock (the time comes in with the
//! message), no I/O (what is wanted from outside goes out as an [`Effect`](effect::Effect)). The view is a function
//! of [`App`](shell::App).
//!
//! From the bottom: keys, lists, messages and effects; `state` (the parts of what is known); `model` (all of it,
//! and what answers do to it); `dialogs`, each behind one trait; `layers` (their stack); `shell` (the program, and
//! what keys do); `command` (the table of commands). No file uses one above it.

pub mod command;
mod command_id;
mod derived;
pub mod dialog;
pub mod dialogs;
pub mod effect;
pub mod field;
pub mod filter;
pub mod focus;
pub mod form;
pub mod ids;
pub mod key;
pub mod layers;
pub mod list;
pub mod model;
pub mod msg;
pub mod notification;
pub mod notification_list;
pub mod outbox;
pub mod reading;
pub mod shell;
pub mod start;
pub mod state;
pub mod view;
mod views;

#[cfg(test)]
pub(crate) mod tests;
