//! The real binary as scripts meet it: what goes to stdout and stderr, and what it ends with.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod audit;
mod completions;
mod config;
mod contacts;
#[cfg(target_os = "linux")]
mod core_dump;
mod credentials;
mod docs;
mod email;
mod email_person;
mod everywhere;
#[path = "../support/faults.rs"]
#[expect(dead_code, reason = "the flows need more of it")]
mod faults;
#[path = "../support/gates.rs"]
mod gates;
mod held;
mod iam_policy;
mod identity;
mod instance;
mod interrupts;
mod journal;
mod kept;
mod keys;
mod listing;
mod mails;
mod office;
mod one_account;
mod options;
mod organizations;
mod packaging;
mod person;
mod plain_http;
mod plans;
mod policies;
mod program;
mod record;
mod recovery;
mod report;
mod results;
mod schemas;
mod scp;
mod session;
mod shell;
mod shown_commands;
mod shown_dialogs;
mod site;
#[path = "../support/spoiler.rs"]
#[expect(dead_code, reason = "the flows need more of it")]
mod spoiler;
mod status;
mod switches;
mod table;
#[path = "../pty/terminal.rs"]
#[expect(dead_code, reason = "the dashboard's tests need more of it")]
mod terminal;
