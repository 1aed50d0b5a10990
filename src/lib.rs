//! rootdeck: who controls the root user of every account of an AWS organization.

pub mod app;
pub mod aws;
pub mod config;
pub mod domain;
pub mod emulator;
pub mod engine;
pub mod store;
pub mod ui;
pub mod words;
