//! The Elm core: a message in, state and effects out. Pure and synchronous: no clock (the time comes in with the
//! message), no I/O (what is wanted from outside goes out as an [`Effect`](effect::Effect)). The view is a function
//! of [`App`](shell::App).
//!
//! From the bottom: keys, lists, messages and effects; `state` (the parts of what is known); `model` (all of it,
//! and what answers do to it); `dialogs`, each behind one trait; `layers` (their stack); `shell` (the program, and
//! what keys do); `command` (the table of commands); `dashboard` (a program for each organization). No file uses one above it.

pub mod command;
mod command_id;
pub mod dashboard;
mod derived;
pub(crate) mod dialog;
pub(crate) mod dialogs;
pub mod draft;
pub mod effect;
pub(crate) mod field;
pub(crate) mod filter;
pub(crate) mod focus;
pub mod form;
pub(crate) mod histogram;
pub mod ids;
pub mod key;
pub mod key_map;
pub mod key_name;
pub(crate) mod layers;
pub(crate) mod list;
pub(crate) mod model;
pub(crate) mod mouse;
pub mod msg;
pub(crate) mod notification;
pub(crate) mod notification_list;
pub(crate) mod outbox;
pub(crate) mod reading;
pub(crate) mod search;
pub mod shell;
pub mod start;
pub(crate) mod state;
pub(crate) mod suggestions;
pub(crate) mod view;
mod views;

#[cfg(test)]
pub(crate) mod tests;
