//! `rootdeck status`.

use crate::program::run;
use crate::site::Site;

fn flow<'a>(status: &'a serde_json::Value, name: &str) -> &'a serde_json::Value {
    status["flows"].as_array().unwrap().iter().find(|flow| flow["flow"] == name).unwrap()
}

#[test]
fn an_administrator_is_told_what_is_off_and_what_turns_it_on() {
    let site = Site::closed();
    let ended = site.run(&["status"]);
    let text = &ended.expect(0, &[]).stdout;
    for words in [
        "Account         111122223333",
        "Role            management",
        "account.amazonaws.com: off",
        "list accounts             yes\n",
        "change trusted access     yes (simulated)",
        "audit root credentials    no",
        "-> rootdeck trust enable iam.amazonaws.com",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let status = site.run(&["status", "-o", "json"]).expect(0, &[]).json();
    assert_eq!((&status["account_id"], &status["org_role"]), (&"111122223333".into(), &"management".into()));
    assert_eq!(status["trusted_access"][0]["status"], "off");
    assert_eq!(status["root_features"][0]["status"]["status"], "unknown");
    assert_eq!(flow(&status, "audit")["ready"], "no");
    assert_eq!(flow(&status, "browse")["ready"], "yes");
    let needs = flow(&status, "audit")["requirements"].as_array().unwrap();
    let trust =
        needs.iter().find(|one| one["needs"] == "trusted_access" && one["service"] == "iam.amazonaws.com").unwrap();
    assert_eq!((&trust["answer"], &trust["weight"]), (&"no".into(), &"essential".into()));
    let command = format!(
        "rootdeck trust enable iam.amazonaws.com --region us-east-1 --endpoint-url {}",
        site.emulator.endpoint_url()
    );
    assert_eq!(trust["fix"], command);
    assert!(text.contains(&format!("-> {command}\n")), "a command is not broken: {text}");
    assert!(needs.iter().all(|one| one["answer"] != "yes" || one["fix"].is_null()), "{needs:?}");
}

#[test]
fn everyone_is_told_who_they_are() {
    for (who, words) in [
        ("delegated-admin", "Role            delegated admin for access-analyzer"),
        ("member", "this is a member account"),
        ("no-organization", "Role            no organization"),
        ("consolidated-billing", "management, consolidated billing only"),
        ("root-user", "management (root user)"),
        ("AWSOrganizationsReadOnlyAccess", "iam:SimulatePrincipalPolicy failed"),
        ("PowerUserAccess", "organizations:ListAccounts: AccessDeniedException"),
        ("scp", "service control policy"),
        ("boundary", "the permissions boundary"),
    ] {
        let ended = run(&["status", "--demo", "--demo-as", who]);
        assert_eq!(ended.code, Some(0), "{who}: {}", ended.stderr);
        let text = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&words), "{who}: {}", ended.stdout);
    }
}

#[test]
fn where_nobody_can_be_asked_that_is_the_answer() {
    let ended = run(&["status", "--endpoint-url", "http://127.0.0.1:9"]);
    assert!(matches!(ended.code, Some(1 | 4)), "{:?} {}", ended.code, ended.stderr);
    assert_eq!(ended.stdout, "");
}

#[test]
fn a_script_stops_at_what_is_not_ready() {
    let closed = Site::closed();
    let ended = closed.run(&["status", "--for", "audit"]);
    ended.expect(4, &["not ready for audit (no): ", "iam.amazonaws.com"]);
    assert!(ended.stdout.contains("audit root credentials") && !ended.stdout.contains("unlock bucket policies"));
    let ended = closed.run(&["status", "--for", "browse,change-emails", "-o", "json"]);
    ended.expect(4, &["not ready for change-emails (no): "]);
    assert!(!ended.stderr.contains("not ready for browse"));
    let flows = ended.json();
    let flows: Vec<_> = flows["flows"].as_array().unwrap().iter().map(|flow| flow["flow"].clone()).collect();
    assert_eq!(flows, ["browse", "change-emails"]);
    closed.run(&["status", "--for", "browse"]).expect(0, &[]);
    let open = Site::open();
    open.run(&["status", "--for", "audit", "--for", "s3-policies"]).expect(0, &[]);
    // What could not be read is not taken for ready.
    open.inject("SimulatePrincipalPolicy:access-denied=1x");
    open.run(&["status", "--for", "audit"]).expect(4, &["not ready for audit (unknown): "]);
    run(&["status", "--for", "scp"]).expect(2, &["possible values"]);
}

#[test]
fn what_each_task_needs_is_a_row_in_a_spreadsheet() {
    let site = Site::closed();
    let csv = site.run(&["status", "-o", "csv"]).expect(0, &[]).stdout.clone();
    assert!(csv.starts_with("flow,ready,simulated,needs,"), "{csv}");
    assert!(csv.lines().any(|line| line.starts_with("audit,no,") && line.contains("rootdeck trust enable")), "{csv}");
    let line = site.run(&["status", "-o", "ndjson"]).expect(0, &[]).stdout.clone();
    assert_eq!(line.lines().count(), 1);
}
