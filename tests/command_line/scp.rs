//! `rootdeck scp explain`.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::program::run;
use crate::site::{CANARY, CLEAN, CLOSED, MANAGEMENT, SANDBOX, Site};

/// The SCP that denies root everything in the unit of the canary.
const POLICY: &str = "p-wunvqi1c";

fn task<'a>(shown: &'a Value, name: &str) -> &'a Value {
    shown["tasks"].as_array().unwrap().iter().find(|task| task["task"] == name).unwrap()
}

/// What the owner of the policy does. The emulator does not check the signatures of access keys.
fn update(site: &Site, document: &str) {
    let url = site.emulator.endpoint_url();
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    let key = &site.environment()[2].1;
    let body = json!({ "PolicyId": POLICY, "Content": document }).to_string();
    let request = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-amz-json-1.1\r\n\
         X-Amz-Target: AWSOrganizationsV20161128.UpdatePolicy\r\nX-Amz-Date: 20260101T000000Z\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/organizations/aws4_request, \
         SignedHeaders=host, Signature=0\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// Without the breaks of lines.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_blocks_root_sessions_is_told_with_the_change_that_lets_them_through() {
    let site = Site::closed();
    let ended = site.run(&["scp", "explain", CANARY]);
    let text = &ended.expect(0, &["SCPs or RCPs block root sessions in this account"]).stdout;
    for part in [
        "IAMAuditRootUserCredentials   blocked",
        "denied by statement 1 (DenyRootUser) of DenyRootUser (p-wunvqi1c), attached to Policy Staging (ou-8j81-v6mmqezr)",
        "--- DenyRootUser (p-wunvqi1c)",
        "+          \"aws:AssumedRoot\": \"true\"",
        "has the new document of p-wunvqi1c in `exemptions`. Saved as p-wunvqi1c.json, this puts it:",
    ] {
        assert!(words(text).contains(&words(part)), "{part}\n{text}");
    }
    // As a shell reads it.
    let command = text.split("\naws organizations ").nth(1).expect("a command").replace(" \\\n ", "");
    let command = command.lines().next().unwrap_or_default();
    let start = "update-policy --policy-id p-wunvqi1c --content file://p-wunvqi1c.json";
    assert!(command.starts_with(start) && command.contains("--region") && command.contains("--endpoint-url"), "{text}");
    let shown = site.run(&["scp", "explain", CANARY, "-o", "json"]).json();
    assert_eq!((&shown["verdict"], &shown["opening"]), (&"blocked".into(), &Value::Null));
    let action = &task(&shown, "S3UnlockBucketPolicy")["actions"][0];
    assert_eq!((&action["action"], &action["verdict"]), (&"s3:ListAllMyBuckets".into(), &"blocked".into()));
    let cause = &action["causes"][0];
    assert_eq!(
        (&cause["cause"], &cause["policy_id"], &cause["policy_name"]),
        (&"denied".into(), &POLICY.into(), &"DenyRootUser".into())
    );
    assert_eq!(cause["statement"], "statement 1 (DenyRootUser)");
    // Nothing is written, and no session opened.
    assert_eq!((site.arrived("UpdatePolicy"), site.arrived("AssumeRoot")), (0, 0));
}

#[test]
fn the_change_lets_root_sessions_through() {
    let site = Site::open();
    let denied = site.run(&["audit", "--deep", "--accounts", CANARY, "-o", "json"]);
    // However many calls it denies, it is read once.
    assert_eq!(site.arrived("DescribePolicy"), 1);
    // The policy's name stands beside its id, and the fix names the command that explains it.
    let text = format!("{}{}", denied.stdout, denied.stderr);
    assert!(text.contains(&format!("/{POLICY} (DenyRootUser)")), "{text}");
    assert!(denied.stderr.contains("scp explain 666600000001"), "{text}");
    let shown = site.run(&["scp", "explain", CANARY, "-o", "json"]).json();
    let document = shown["exemptions"][0]["document"].as_str().unwrap();
    update(&site, document);
    site.run(&["scp", "explain", CANARY, "--fail-on", "blocked,unknown"]).expect(0, &["no SCP or RCP blocks"]);
    site.run(&["audit", "--accounts", CANARY]).expect(0, &[]);
}

#[test]
fn a_policy_that_the_caller_may_not_read_has_no_name_and_the_denial_stays_as_it_is() {
    let site = Site::open();
    site.inject("DescribePolicy:access-denied=100%");
    let denied = site.run(&["audit", "--accounts", CANARY, "-o", "json"]);
    let text = format!("{}{}", denied.stdout, denied.stderr);
    assert!(text.contains(&format!("/{POLICY}")) && !text.contains("(DenyRootUser)"), "{text}");
    assert_eq!(denied.code, Some(3));
}

#[test]
fn the_results_have_exit_codes_and_the_management_account_is_not_subject_to_them() {
    let site = Site::closed();
    site.run(&["scp", "explain", CANARY, "--fail-on", "blocked"]).expect(1, &[]);
    site.run(&["scp", "explain", CANARY, "--fail-on", "unknown"]).expect(0, &[]);
    site.run(&["scp", "explain", SANDBOX, "--fail-on", "blocked,unknown"]).expect(0, &["no SCP or RCP blocks"]);
    site.run(&["scp", "explain", CLEAN]).expect(0, &["no SCP or RCP blocks"]);
    site.run(&["scp", "explain", CLOSED]).expect(0, &[]);
    let management = site.run(&["scp", "explain", MANAGEMENT]);
    assert!(management.expect(0, &[]).stdout.contains("do not apply to the management account"));
    assert!(!management.stderr.contains("no SCP or RCP blocks"), "{}", management.stderr);
    let shown = site.run(&["scp", "explain", MANAGEMENT, "-o", "json"]).json();
    assert_eq!((&shown["management_account"], &shown["tasks"]), (&true.into(), &Value::Null));
    site.run(&["scp", "explain", "999999999999"]).expect(2, &[]);
}

#[test]
fn what_could_not_be_read_makes_the_answer_unknown_and_says_why() {
    let site = Site::closed();
    site.inject("DescribePolicy:access-denied=100%");
    let text = site.run(&["scp", "explain", CANARY]).stdout;
    assert!(text.contains("? unknown") && !text.contains("? depends"), "{text}");
    let ended = site.run(&["scp", "explain", CANARY, "-o", "json"]);
    let shown = ended.expect(3, &["organizations:DescribePolicy", "AccessDeniedException"]).json();
    assert_eq!(shown["verdict"], "unknown");
    assert_eq!(task(&shown, "IAMAuditRootUserCredentials")["actions"][0]["causes"][0]["cause"], "unread");
    let site = Site::closed();
    site.inject("ListPoliciesForTarget:access-denied=1x");
    let shown =
        site.run(&["scp", "explain", SANDBOX, "-o", "json"]).expect(3, &["organizations:ListPoliciesForTarget"]).json();
    assert_eq!(shown["verdict"], "unknown");
    run(&["--demo", "--demo-as", "member", "scp", "explain", CANARY]).expect(4, &["AccessDeniedException"]);
}

#[test]
fn of_a_delegated_administrator_its_own_policies_are_told_as_well() {
    let ended = run(&["--demo", "--demo-as", "iam-delegate", "scp", "explain", CANARY, "-o", "json"]);
    let shown = ended.expect(0, &[]).json();
    let opening = shown["opening"].as_array().unwrap();
    assert_eq!(opening.len(), 5);
    assert!(opening.iter().all(|one| one["action"] == "sts:AssumeRoot" && one["verdict"] == "allowed"), "{opening:?}");
}
