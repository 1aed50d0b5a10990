//! The checker can fail, and does not fail without cause.

use super::{LONGEST, breaches};

#[test]
fn each_of_these_is_a_breach() {
    for (path, source) in [
        ("domain/account.rs", "use crate::store::Store;"),
        ("domain/account.rs", "use std::fs::File;"),
        ("domain/account.rs", "use std::{fmt, fs};"),
        ("domain/account.rs", "fn now() -> u8 { jiff::Timestamp::now() }"),
        ("domain/account.rs", "use jiff::Timestamp; fn f() { let t = Timestamp::now(); }"),
        ("domain/account.rs", "use jiff::Timestamp as T; fn f() { let t = T::now(); }"),
        ("domain/account.rs", "use super::*; fn f() { let t = Timestamp::now(); }"),
        ("domain/account.rs", "use std::time; fn f() { time::Instant::now(); }"),
        ("domain/account.rs", "use std::time::*;"),
        ("domain/deep/account.rs", "use super::super::super::aws::session;"),
        ("domain/mod.rs", "use super::words;"),
        ("domain/account.rs", "mod inner { use super::super::super::app; }"),
        ("domain/account.rs", "mod inner { mod deep {} } use super::super::app;"),
        ("domain/account.rs", "use crate::*;"),
        ("domain/account.rs", "use crate as house;"),
        ("domain/account.rs", "use crate::{domain::email, app::{self, msg::Msg}};"),
        ("domain/account.rs", "use rootdeck::app;"),
        ("domain/account.rs", "fn f() { let home = std::env::var_os(\"HOME\"); }"),
        ("words/mod.rs", "use crate::ui::theme::Theme;"),
        ("app/list.rs", "use ratatui::layout::Rect;"),
        ("app/list.rs", "use ratatui_core::layout::Rect;"),
        ("app/list.rs", "use crossterm::terminal::size;"),
        ("app/list.rs", "use crossterm::event::{self, KeyEvent}; "),
        ("app/list.rs", "fn f() { crossterm::event::read(); }"),
        ("app/list.rs", "#[tokio::test] fn f() {}"),
        ("app/list.rs", "use crate::engine::Engine;"),
        ("app/list.rs", "macro_rules! m { () => { $crate::engine::run() } }"),
        ("app/list.rs", "use crate::domain as field; use crate::ui as face; fn f() { face::draw(); }"),
        ("ui/accounts.rs", "use tokio::sync::mpsc;"),
        ("ui/accounts.rs", "use crate::runtime::Loop;"),
        ("ui/accounts.rs", "fn f() { ::std::time::SystemTime::now(); }"),
        ("ui/accounts.rs", "fn f() -> S { return ::std::time::SystemTime::now(); }"),
        ("ui/accounts.rs", "fn f() { <std::time::Instant as A>::f(); }"),
        ("ui/accounts.rs", "type T = <U as crate::runtime::Port>::Out;"),
        ("aws/iam.rs", "use ratatui::Frame;"),
        ("store/mod.rs", "extern crate tokio;"),
        ("store/mod.rs", "use aws_sdk_iam::Client;"),
        ("config/mod.rs", "use crate::store;"),
        ("engine/mod.rs", "use crate::app::Msg;"),
        ("engine/mod.rs", "use rusqlite::Connection;"),
        ("emulator/iam.rs", "use aws_sdk_iam::types::User;"),
        ("emulator/iam.rs", "use crate::domain::account::AccountId;"),
        ("emulator/iam.rs", "use crate::aws::api_error;"),
        ("runtime/mod.rs", "use crate::emulator::World;"),
        ("runtime/mod.rs", "use crate::store::Store;"),
        ("helpers/mod.rs", ""),
        ("app.rs", "use crate::aws;"),
        // Nothing hides behind what is skipped.
        ("app/list.rs", "#[cfg(test)] use crate::aws; use crate::engine;"),
        ("app/list.rs", "#[cfg(test)] mod tests { fn f() {} } use crate::engine;"),
        ("app/list.rs", "#[cfg(not(test))] use crate::engine;"),
        ("app/list.rs", "struct S { #[cfg(test)] a: u8, b: crate::engine::E }"),
        ("app/list.rs", "/* /* */ */ use crate::engine; // x"),
        ("app/list.rs", "const A: &str = \"\\\"\"; use crate::engine; const B: &str = \"\";"),
        ("app/list.rs", "const A: &str = r#\"a\"b\"#; use crate::engine; const B: &str = \"\";"),
        ("app/list.rs", "const A: char = '\"'; use crate::engine; const B: char = '\"';"),
        ("app/list.rs", "const A: u8 = b'\"'; use crate::engine; const B: u8 = b'\"';"),
        ("app/list.rs", "const A: char = '\\''; use crate::engine; const B: char = '\\'';"),
        ("app/list.rs", "fn f<'a>(a: &'a str) { crate::engine::run(a) }"),
        ("app/list.rs", "fn f() -> Vec<crate::engine::E> { vec![] }"),
        ("app/list.rs", "#[path = \"list_tests.rs\"] mod tests;"),
    ] {
        let found = breaches(path, source);
        assert!(!found.is_empty(), "{path}: {source}");
        assert!(found[0].starts_with(&format!("src/{path}:")), "{found:?}");
    }
}

#[test]
fn none_of_these_is_a_breach() {
    for (path, source) in [
        ("lib.rs", "pub mod aws; pub mod store;"),
        ("main.rs", "use rootdeck::cli; fn main() { rootdeck::cli::run() }"),
        ("domain/mod.rs", "pub mod email; pub use self::email::EmailAddress; use super::domain::account;"),
        ("domain/deep/one.rs", "use super::super::email; use super::other; mod x { use super::super::two; }"),
        (
            "domain/account.rs",
            "// use crate::store;\n/* use std::fs; */ /// crate::app\nfn f() { g(\"crate::app::x\") }",
        ),
        ("domain/account.rs", "use std::time::Duration; fn f(now: jiff::Timestamp) -> jiff::Timestamp { now }"),
        ("domain/account.rs", "fn f(x: S) { x.store.fs(); S::store(); Self::app(); }"),
        ("domain/account.rs", "#[cfg(test)] mod tests { use crate::store; fn f() { std::fs::read(\"\"); } }"),
        ("domain/account.rs", "#[cfg(test)]\n#[path = \"account_tests.rs\"]\nmod tests;"),
        ("domain/account.rs", "#[cfg(test)] fn f(a: [u8; 2]) -> u8 { std::time::Instant::now() }"),
        ("domain/account_tests.rs", "use crate::store::Store;"),
        ("domain/whole.rs", "#![cfg(test)] use crate::store::Store;"),
        ("words/mod.rs", "use crate::app::command::CommandId; use crate::domain::change::Change;"),
        ("app/list.rs", "use crossterm::event::{KeyCode, KeyEvent, MouseEvent}; use tui_input::Input;"),
        ("ui/accounts.rs", "use ratatui::{Frame, layout::Rect}; use crate::{app::App, words}; use super::theme;"),
        ("aws/iam.rs", "use aws_sdk_iam::Client; use std::time::Instant; use crate::domain::api_error::Fault;"),
        ("store/mod.rs", "use rusqlite::Connection; use std::fs; use crate::domain::journal;"),
        ("emulator/iam.rs", "use crate::domain::policy::evaluate; use crate::emulator::wire; use axum::Router;"),
        ("runtime/mod.rs", "use crate::{app, ui, engine, words, domain, config}; use crossterm::terminal;"),
        ("cli/mod.rs", "use crate::{emulator, aws, store};"),
    ] {
        assert_eq!(breaches(path, source), Vec::<String>::new(), "{path}: {source}");
    }
}

#[test]
fn a_breach_is_told_with_its_line() {
    let source = "//! Text.\n\nconst A: &str = \"one\ntwo\";\nuse crate::engine;\n";
    assert_eq!(breaches("app/list.rs", source), ["src/app/list.rs:5: app must not use crate::engine"]);
}

#[test]
fn files_have_a_greatest_length_tests_included() {
    for path in ["app/list.rs", "app/list_tests.rs", "lib.rs"] {
        assert_eq!(breaches(path, &"\n".repeat(LONGEST)), Vec::<String>::new());
        assert_eq!(breaches(path, &"\n".repeat(LONGEST + 1)).len(), 1);
    }
}
