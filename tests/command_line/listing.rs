//! `rootdeck accounts` and `rootdeck findings`: which accounts are listed, what is known of one, what changed.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::held::Held;
use crate::office::Office;
use crate::program::{Ended, run};
use crate::site::{CLEAN, CLOSED, MANAGEMENT, NORTHWIND, SANDBOX, Site};

const NEW: &str = "root-sandbox07@example.com";

fn ids(ended: &Ended) -> Vec<String> {
    let rows = ended.json();
    rows.as_array().unwrap().iter().map(|row| row["account_id"].as_str().unwrap().to_owned()).collect()
}

impl Site {
    /// Lists, then has this machine remember something else, and lists again: what is different is a finding.
    fn finds(&self, remembered: &[&str]) {
        self.run(&["accounts"]).expect(0, &[]);
        let store = Connection::open(self.home.path().join(".local/state/rootdeck/rootdeck.db")).unwrap();
        for sql in remembered {
            assert_eq!(store.execute(sql, []).unwrap(), 1, "{sql}");
        }
        drop(store);
        self.run(&["accounts"]).expect(0, &[]);
    }
}

#[test]
fn accounts_are_listed_by_what_they_are() {
    let site = Site::closed();
    let listed = |words: &[&str]| ids(site.run(&[&["accounts", "-o", "json"], words].concat()).expect(0, &[]));
    let all = listed(&[]).len();
    let closed = listed(&["--state", "closed,SUSPENDED"]);
    assert!(closed.contains(&CLOSED.to_owned()) && closed.len() < all);
    assert_eq!(listed(&["--email-domain", "nowhere.example"]).len(), 0);
    assert_eq!(listed(&["--email-domain", "northwind.example"]), [NORTHWIND]);
    let foreign = listed(&["--not-email-domain", "@example.com"]);
    assert!(foreign.contains(&NORTHWIND.to_owned()) && !foreign.contains(&SANDBOX.to_owned()));
    assert_eq!(listed(&["--email-domain", "example.com"]).len() + foreign.len(), all);
    let below = listed(&["--email-domain", "*.example.com"]);
    assert!(!below.is_empty() && !below.contains(&SANDBOX.to_owned()) && below.iter().all(|id| foreign.contains(id)));
    let security = listed(&["--ou", "security"]);
    assert!(security.contains(&CLEAN.to_owned()) && !security.contains(&NORTHWIND.to_owned()));
    let production = listed(&["--ou", "Workloads/Production"]);
    assert!(production.contains(&NORTHWIND.to_owned()) && listed(&["--ou", "Workloads"]).len() >= production.len());
    assert_eq!(listed(&["--ou", "Production,Security"]).len(), production.len() + security.len());
    assert!(listed(&["--ou", "Root"]).contains(&MANAGEMENT.to_owned()));
    // The kinds of filters all count.
    assert_eq!(listed(&["--ou", "Workloads/Production", "--email-domain", "northwind.example"]), [NORTHWIND]);
    let listing = site.run(&["accounts", "list", "--ou", "Security", "-o", "json"]);
    assert_eq!(ids(&listing), security);
    let empty = site.run(&["accounts", "--email-domain", "nowhere.example", "-o", "csv"]);
    assert!(empty.stdout.starts_with("account_id,") && empty.stdout.lines().count() == 1);
}

#[test]
fn a_state_or_unit_that_there_is_none_of_is_wrong_usage() {
    let site = Site::closed();
    let typo = |words: &[&str], said: &[&str]| {
        site.run(&[&["accounts", "--fail-on", "any"], words].concat()).expect(2, said);
    };
    typo(&["--state", "active,ACTVE"], &["no state ACTVE", "ACTIVE, CLOSED"]);
    typo(&["--ou", "Security,Securty"], &["no organizational unit Securty", "Security"]);
    typo(&["--ou", "Workloads/Productoin"], &["no organizational unit Workloads/Productoin"]);
    typo(&["--ou", "Production/Workloads"], &["no organizational unit Production/Workloads"]);
    typo(&["--ou", "Production/Security"], &["no organizational unit"]);
    typo(&["--ou", "ou-8j81-nothing1"], &["no organizational unit ou-8j81-nothing1"]);
}

/// A list of thousands waits for nothing but itself: what is read beside it is little, and has a quota of its own.
#[test]
fn units_are_read_where_accounts_are_below_them_and_no_deeper() {
    let units = "ListOrganizationalUnitsForParent";
    let site = Site::closed();
    let rows = site.run(&["accounts", "-o", "json"]).expect(0, &[]).json();
    let paths = rows.as_array().unwrap().iter().map(|row| row["path"].as_str().unwrap().to_owned());
    let paths: std::collections::BTreeSet<String> = paths.filter(|path| path != "Root").collect();
    let is_above = |above: &String| paths.iter().any(|path| path.starts_with(&format!("{above}/")));
    let parents = 1 + paths
        .iter()
        .filter_map(|path| path.rsplit_once('/'))
        .map(|(above, _)| above.to_owned())
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    assert!(paths.iter().any(is_above) || parents > 1, "{paths:?}");
    assert_eq!((site.arrived("ListRoots"), site.arrived(units)), (1, parents));
    // The whole tree is needed to tell a slip from a unit without accounts.
    site.run(&["accounts", "--ou", "Workloads"]).expect(0, &[]);
    assert!(site.arrived(units) - parents > paths.len(), "{}", site.arrived(units));
    site.inject("ListRoots:access-denied=1x");
    let unread = site.run(&["accounts", "-o", "json"]).expect(0, &["organizations:ListRoots"]).json();
    assert!(unread.as_array().unwrap().iter().any(|row| row["path"]["status"] == "unknown"), "{unread}");
}

#[test]
fn a_job_fails_on_the_accounts_that_it_looks_for() {
    let site = Site::closed();
    site.run(&["accounts", "--not-email-domain", "example.com", "--fail-on", "any"]).expect(1, &[]);
    site.run(&["accounts", "--email-domain", "nowhere.example", "--fail-on", "any"]).expect(0, &[]);
    site.run(&["accounts", "--fail-on", "finding,pending"]).expect(0, &[]);
    // Names of units that could not be read name nobody; ids still do.
    site.inject("ListRoots:access-denied=2x");
    site.run(&["accounts", "--ou", "Security"]).expect(4, &["organizations:ListRoots"]);
    site.run(&["accounts", "--ou", "ou-8j81-nothing1"]).expect(0, &[]);
}

#[test]
fn open_email_changes_are_listed_without_asking_for_each() {
    let office = Office::trusting();
    office.run(&["email", "start", SANDBOX, NEW, "--yes"]).expect(0, &[]);
    let asked = office.arrived("GetPrimaryEmailUpdateStatus");
    let pending = office.run(&["accounts", "--pending", "--fail-on", "pending", "-o", "json"]);
    assert_eq!(ids(pending.expect(1, &[])), [SANDBOX]);
    assert_eq!(office.arrived("GetPrimaryEmailUpdateStatus"), asked);
}

#[test]
fn an_account_that_is_never_audited_names_no_command_for_it() {
    let site = Site::open();
    for (account, why) in [(MANAGEMENT, "AWS opens no root sessions"), (CLOSED, "the account is CLOSED")] {
        let shown = site.run(&["accounts", "show", account]);
        let line = shown.expect(0, &[]).stdout.lines().find(|line| line.starts_with("Audited")).unwrap_or_default();
        assert!(line.contains(why) && !line.contains("rootdeck audit"), "{line}");
    }
    let shown = site.run(&["accounts", "show", CLEAN]).expect(0, &[]).stdout.clone();
    assert!(shown.contains(&format!("rootdeck audit --accounts {CLEAN}")), "{shown}");
    site.run(&["accounts"]).expect(0, &[]);
    let closed = site.run(&["audit", "history", CLOSED]);
    closed.expect(0, &["no audits of", "the account is CLOSED"]);
    let management = site.run(&["audit", "history", MANAGEMENT]);
    management.expect(0, &["no audits of", "management account"]);
    for ended in [closed, management] {
        assert!(!ended.stderr.contains("--accounts"), "{}", ended.stderr);
    }
}

#[test]
fn all_that_is_known_of_an_account_is_shown() {
    let site = Office::trusting();
    let shown = site.run(&["accounts", "show", SANDBOX]);
    for words in ["444455556666", "sandbox-07", "ACTIVE", "Email change    none", "not audited on this machine"] {
        assert!(shown.expect(0, &[]).stdout.contains(words), "{words}: {}", shown.stdout);
    }
    assert_eq!(site.arrived("ListAccounts"), 0);
    site.run(&["email", "start", SANDBOX, NEW, "--yes"]).expect(0, &[]);
    let shown = site.run(&["accounts", "show", "sandbox-07", "-o", "json"]).expect(0, &[]).json();
    let change = &shown["email_change"];
    assert_eq!((&change["status"], &change["new_email"]), (&json!("PENDING"), &json!(NEW)));
    assert_eq!((&shown["audit"], &shown["management_account"]), (&Value::Null, &json!(false)));
    assert!(shown["path"].as_str().is_some_and(|path| path.contains("Sandbox")), "{shown}");
    let text = site.run(&["accounts", "show", SANDBOX]).stdout;
    assert!(text.contains("PENDING to root-sandbox07@example.com, 23h"), "{text}");
    let management = site.run(&["accounts", "show", MANAGEMENT, "-o", "json"]).expect(0, &[]).json();
    assert_eq!((&management["email_change"], &management["management_account"]), (&Value::Null, &json!(true)));
    assert_eq!(management["path"], "Root");
}

#[test]
fn an_account_is_shown_with_its_last_audit_and_what_could_not_be_read() {
    let site = Site::open();
    site.run(&["audit", "--deep", "--accounts", SANDBOX]).expect(0, &[]);
    let before = site.arrived("AssumeRoot");
    site.inject("GetPrimaryEmailUpdateStatus:access-denied=1x");
    let shown = site.run(&["accounts", "show", SANDBOX, "-o", "json"]).expect(0, &[]).json();
    let audit = &shown["audit"];
    assert_eq!(
        (&audit["status"], &audit["depth"], &audit["finding"]),
        (&"audited".into(), &"deep".into(), &true.into())
    );
    assert!(audit["audited_at"].is_string() && audit["access_keys"]["details"].is_array(), "{audit}");
    assert_eq!(shown["email_change"]["status"]["status"], "unknown");
    let text = site.run(&["accounts", "show", SANDBOX]).stdout;
    assert!(text.contains("Audited         just now") && text.contains("AKIADEMOSANDBOX07000"), "{text}");
    assert_eq!(site.arrived("AssumeRoot"), before);
}

#[test]
fn what_changed_is_listed_until_it_is_acknowledged() {
    let site = Site::closed();
    let none = site.run(&["findings", "list"]);
    none.expect(0, &["no account list is saved"]);
    site.finds(&[
        &format!("UPDATE listed SET email = 'before@example.com' WHERE account = '{SANDBOX}'"),
        &format!("UPDATE listed SET account = '999999999999', name = 'left' WHERE account = '{CLEAN}'"),
    ]);
    let calls = site.emulator.requests().len();
    let found = site.run(&["findings", "-o", "json", "--fail-on", "finding"]);
    let rows = found.expect(1, &["by the account list saved just now"]).json();
    let kinds: Vec<(&str, &str)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["account_id"].as_str().unwrap(), row["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds.len(), 3);
    for expected in [(SANDBOX, "email"), (CLEAN, "new"), ("999999999999", "gone")] {
        assert!(kinds.contains(&expected), "{kinds:?}");
    }
    assert_eq!(site.emulator.requests().len(), calls, "nothing is asked of AWS");
    let email = site.run(&["findings", "list", "--kind", "email"]);
    assert!(email.stdout.contains("Primary email changed by someone else") && email.stdout.lines().count() == 2);
    assert_eq!(ids(&site.run(&["accounts", "--finding", "-o", "json"])).len(), 2, "one is gone");
    site.run(&["accounts", "--ou", "Sandbox", "--fail-on", "finding"]).expect(1, &[]);
    site.run(&["accounts", "--state", "CLOSED", "--fail-on", "finding"]).expect(0, &[]);

    let id = rows.as_array().unwrap().iter().find(|row| row["kind"] == "email").unwrap()["finding_id"].to_string();
    site.run(&["findings", "acknowledge", "77"]).expect(2, &["no finding 77"]);
    let done = site.run(&["findings", "acknowledge", &id]);
    assert_eq!(done.expect(0, &[]).stdout, "1 finding acknowledged\n");
    site.run(&["findings", "--kind", "email", "--fail-on", "finding"]).expect(0, &[]);
    let rest = site.run(&["findings", "acknowledge", "--all", "-o", "json"]);
    assert_eq!(ids(rest.expect(0, &[])).len(), 2);
    assert_eq!(site.run(&["findings", "-o", "json"]).json(), json!([]));
    run(&["findings", "acknowledge"]).expect(2, &["required"]);
}

#[test]
fn a_table_fits_the_terminal_and_is_whole_elsewhere() {
    let site = Site::closed();
    let whole = site.run(&["accounts"]).stdout;
    assert!(whole.lines().any(|line| line.len() > 120), "{whole}");
    let mut terminal = site.terminal(&["accounts", "--state", "ACTIVE"]);
    terminal.sees(SANDBOX).sees("…").sees("@example.com");
    assert!(terminal.ends().success());
    // No line was broken: each begins with an account or the head.
    let screen = terminal.screen();
    let is_row = |line: &str| line.trim().is_empty() || line.chars().take(12).all(|sign| sign.is_ascii_digit());
    let broken: Vec<&str> = screen
        .lines()
        .filter(|line| !is_row(line) && !line.starts_with("ACCOUNT") && !line.contains("rootdeck"))
        .collect();
    assert!(broken.is_empty(), "{screen}");
}

#[test]
fn a_row_leaves_before_the_next_page_is_read() {
    let site = Site::closed();
    let held = Held::before(&site.emulator.endpoint_url(), "ListAccounts");
    let mut command = site.command(&["accounts", "-o", "ndjson", "--state", "active"]);
    let mut running = command.env("AWS_ENDPOINT_URL", &held.url).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(running.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let row: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(site.arrived("ListAccounts"), 1, "a row waited for the second page");
    assert!(row["account_id"].is_string() && row["path"].is_string(), "{row}");
    // What only the whole list tells is unknown, and not none.
    for name in ["findings", "address_findings"] {
        assert_eq!(row[name]["status"], "unknown", "{row}");
    }
    held.open();
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert!(running.wait().unwrap().success());
    let all = ids(site.run(&["accounts", "-o", "json", "--state", "active"]).expect(0, &[])).len();
    assert_eq!(1 + rest.lines().count(), all);
    // Where it is asked for, the whole list is waited for.
    let judged = site.run(&["accounts", "-o", "ndjson", "--address-finding"]).expect(0, &[]).stdout.clone();
    let row: Value = serde_json::from_str(judged.lines().next().unwrap()).unwrap();
    assert!(row["address_findings"].is_array() && row["findings"].is_array(), "{row}");
}

#[test]
fn a_streamed_list_fails_and_refuses_as_a_whole_one() {
    let site = Site::closed();
    let list = |words: &[&str]| site.run(&[&["accounts", "-o", "ndjson"], words].concat());
    list(&["--ou", "Securty"]).expect(2, &["no organizational unit Securty"]);
    list(&["--state", "ACTVE"]).expect(2, &["no state ACTVE"]);
    list(&["--email-domain", "northwind.example", "--fail-on", "any"]).expect(1, &[]);
    let below = list(&["--ou", "Workloads/Production", "--email-domain", "northwind.example"]);
    let row: Value = serde_json::from_str(&below.expect(0, &[]).stdout).unwrap();
    assert_eq!((&row["account_id"], &row["path"]), (&json!(NORTHWIND), &json!("Workloads/Production")));
}
