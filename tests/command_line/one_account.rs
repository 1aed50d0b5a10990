//! A command about one account asks AWS for that account: it takes as long in an organization of 5,000 accounts as in
//! one of five.

use std::collections::BTreeSet;

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rusqlite::Connection;

use crate::office::{Office, START};
use crate::program::run;
use crate::site::{CLEAN, MANAGEMENT, NORTHWIND, SANDBOX, SHOP, Site};

const AUDIT: &str = "IAMAuditRootUserCredentials";
const LIST: &str = "ListAccounts";
const ONE: &str = "DescribeAccount";
/// Of the domain that the account has already.
const NEW: &str = "root-sandbox07@example.com";

/// The operations that were called since `before` of them.
fn since(site: &Site, before: usize) -> BTreeSet<String> {
    site.emulator.requests().into_iter().skip(before).map(|(_, operation)| operation).collect()
}

fn names(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(ToString::to_string).collect()
}

/// With every gate open: for root access and for primary emails.
fn wide_open() -> Site {
    let site = Site::open();
    site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    site
}

impl Office {
    /// Changes what this machine keeps of the last listing.
    fn rewrite_listing(&self, sql: &str) {
        let path = self.home.path().join(".local/state/rootdeck/rootdeck.db");
        assert_eq!(Connection::open(path).unwrap().execute(sql, []).unwrap(), 1, "{sql}");
    }
}

#[test]
fn nothing_waits_for_the_listing_of_all() {
    let site = wide_open();
    for words in [
        &["email", "show", SANDBOX][..],
        &["email", "status", SANDBOX],
        &["email", "start", SANDBOX, NEW, "--yes"],
        &["email", "status"],
        &["email", "resend", SANDBOX, "--yes"],
        &["email", "forget", SANDBOX, "--yes"],
        &["audit", "--accounts", SANDBOX],
        &["session", SANDBOX, AUDIT, "--", "true"],
        &["credentials", "delete", "--dry-run", "4444-5555-6666"],
        &["recovery", "allow", CLEAN, "--yes"],
        &["recovery", "close", CLEAN, "--yes"],
        &["s3-policy", "list", SHOP],
        &["s3-policy", "show", SHOP, "shop-prod-order-exports"],
        &["sqs-policy", "list", SHOP],
    ] {
        let before = site.arrived(ONE);
        site.run(words).expect(0, &[]);
        assert_eq!((site.arrived(LIST), site.arrived(ONE) - before), (0, 1), "{words:?}");
    }
}

#[test]
fn an_acceptance_asks_for_its_account_alone() {
    let office = Office::trusting();
    office.run(&["email", "start", SANDBOX, NEW, "--yes"]).expect(0, &[]);
    office.give(&["email", "accept", SANDBOX, "--yes"], &office.mail_to(NEW)).expect(0, &[]);
    assert_eq!(office.arrived(LIST), 0);
}

#[test]
fn only_what_a_command_needs_is_read() {
    let site = wide_open();
    let before = site.emulator.requests().len();
    site.run(&["email", "show", SANDBOX]).expect(0, &[]);
    assert_eq!(since(&site, before), names(&["GetCallerIdentity", ONE, "GetPrimaryEmail"]));
    let before = site.emulator.requests().len();
    site.run(&["email", "start", SANDBOX, NEW, "--yes"]).expect(0, &[]);
    assert!(!since(&site, before).contains("ListOrganizationsFeatures"));
}

#[test]
fn an_account_that_is_not_there_is_not_searched_for() {
    let site = wide_open();
    site.run(&["email", "show", "999999999999"]).expect(2, &["no account 999999999999"]);
    site.run(&["session", "999999999999", AUDIT, "--", "true"]).expect(2, &["no account 999999999999"]);
    assert_eq!(site.arrived(LIST), 0);
}

#[test]
fn who_may_not_ask_for_one_account_lists_all() {
    let site = wide_open();
    site.inject("DescribeAccount:access-denied=1x");
    site.run(&["email", "show", SANDBOX]).expect(0, &[]);
    assert!(site.arrived(LIST) > 0);
    site.inject("DescribeAccount:access-denied=1x");
    site.inject("ListAccounts:access-denied=1x");
    site.run(&["email", "show", SANDBOX]).expect(4, &["organizations:ListAccounts"]);
}

#[test]
fn a_name_is_looked_up_in_the_saved_list_and_confirmed_by_aws() {
    let office = Office::trusting();
    office.run(&["email", "show", "sandbox-07"]).expect(0, &[]);
    let listed = office.arrived(LIST);
    assert!(listed > 0, "nothing is saved yet");
    let shown = office.run(&["email", "show", "SANDBOX-07,Acquired: Northwind Traders"]);
    assert!(shown.expect(0, &[]).stdout.contains(SANDBOX) && shown.stdout.contains(NORTHWIND));
    assert_eq!(office.arrived(LIST), listed);
    // Another account has the name on this machine than has it at AWS.
    office.rewrite_listing("UPDATE listed SET name = 'was-sandbox' WHERE name = 'sandbox-07'");
    office.rewrite_listing(&format!("UPDATE listed SET name = 'sandbox-07' WHERE account = '{CLEAN}'"));
    let shown = office.run(&["email", "show", "sandbox-07"]);
    assert!(shown.expect(0, &[]).stdout.contains(SANDBOX) && !shown.stdout.contains(CLEAN), "{}", shown.stdout);
    assert!(office.arrived(LIST) > listed);
    // One that left since is not taken for somebody else.
    office.rewrite_listing("UPDATE listed SET name = 'gone', account = '999999999999' WHERE name = 'Log Archive'");
    office.run(&["email", "show", "gone"]).expect(2, &["no account named gone"]);
    office.run(&["email", "show", "nobody"]).expect(2, &["no account named nobody"]);
}

#[test]
fn the_management_account_stays_what_it_is() {
    let site = wide_open();
    site.run(&["email", "start", MANAGEMENT, NEW, "--yes"]).expect(4, &["management account"]);
    site.run(&["session", MANAGEMENT, AUDIT, "--", "true"]).expect(4, &["management account"]);
    site.run(&["email", "status", MANAGEMENT]).expect(4, &["management account"]);
    let both =
        site.run(&["email", "status", MANAGEMENT, SANDBOX, "-o", "json"]).expect(3, &["management account"]).json();
    assert_eq!((&both[0]["account_id"], &both[0]["status"]), (&SANDBOX.into(), &serde_json::Value::Null));
    assert_eq!((&both[1]["account_id"], &both[1]["status"]["status"]), (&MANAGEMENT.into(), &"unknown".into()));
    site.run(&["email", "show", &format!("arn:aws:iam::{SANDBOX}:root")]).expect(0, &[]);
    assert_eq!((site.arrived(LIST), site.arrived(START), site.arrived("AssumeRoot")), (0, 0, 0));
}

#[test]
fn a_domain_counts_as_known_where_aws_shows_it_in_use() {
    let office = Office::trusting();
    let start = |new: &str| office.run(&["email", "start", SANDBOX, new, "--yes"]);
    // Nothing is saved that could tell: all are listed before the domain is called new.
    let shown = start("root@northwind.example");
    shown.expect(2, &["account 555500000109 already has this address"]);
    assert!(office.arrived(LIST) > 0);
    let listed = office.arrived(LIST);
    start("root-07@northwind.example").expect(0, &["compared with the account list saved just now"]);
    assert_eq!(office.arrived(LIST), listed, "one witness is enough");
    start("root@northwind.example").expect(2, &["account 555500000109 already has this address"]);
    assert_eq!((office.arrived(LIST), office.arrived(START)), (listed, 1));
}

#[test]
fn a_domain_that_only_the_saved_list_has_is_new() {
    let office = Office::trusting();
    office.run(&["accounts"]).expect(0, &[]);
    office.rewrite_listing(&format!("UPDATE listed SET email = 'a@corp.example' WHERE account = '{CLEAN}'"));
    let start = |new: &str, more: &[&str]| office.run(&[&["email", "start", SANDBOX, new, "--yes"], more].concat());
    let refused = start("root@corp.example", &[]);
    refused.expect(2, &["no account uses corp.example yet", "--allow-new-domain"]);
    assert_eq!(office.arrived(START), 0);
    // The address that it had is free as well.
    let listed = office.arrived(LIST);
    office.rewrite_listing(&format!("UPDATE listed SET email = 'a@corp.example' WHERE account = '{CLEAN}'"));
    start("a@corp.example", &["--allow-new-domain"]).expect(0, &["no account uses corp.example yet"]);
    assert_eq!((office.arrived(START), office.arrived(LIST)), (1, listed));
}

#[test]
fn a_domain_that_nobody_can_judge_is_new() {
    let office = Office::trusting();
    office.inject("ListAccounts:access-denied=1x");
    let refused = office.run(&["email", "start", SANDBOX, "root-07@northwind.example", "--yes"]);
    refused.expect(2, &["northwind.example counts as a new domain", "--allow-new-domain"]);
    assert_eq!(office.arrived(START), 0);
    // An address that another account has is AWS's to refuse.
    let refused = office.run(&["email", "start", SANDBOX, "aws+log-archive@example.com", "--yes"]);
    refused.expect(1, &["no account list is saved", "ConflictException"]);
}

#[test]
fn a_delegated_administrator_asks_for_one_account_as_well() {
    let shown = run(&["accounts", "show", SANDBOX, "--demo", "--demo-as", "delegated-admin", "-o", "json"]);
    assert_eq!(shown.expect(0, &[]).json()["account_name"], "sandbox-07");
}

#[test]
fn a_long_list_shows_its_rate_and_the_time_left() {
    let site = Site::closed();
    site.run(&["accounts"]).expect(0, &[]);
    // The second page comes late.
    site.inject("ListAccounts:delay(1500ms)=3x");
    let mut terminal = site.terminal(&["accounts", "--state", "PENDING_ACTIVATION"]);
    terminal.sees("list [").sees("/41").sees("s left");
    assert!(terminal.ends().success());
}
