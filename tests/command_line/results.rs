//! What changes come to, as data for programs.

use std::fs;

use serde_json::{Value, json};

use crate::office::Office;
use crate::program::{Ended, run};
use crate::site::{SANDBOX, SHOP, Site};

const IAM: &str = "iam.amazonaws.com";
const BUCKET: &str = "shop-prod-order-exports";

fn as_json(site: &Site, words: &[&str]) -> Value {
    site.run(&[words, &["--yes", "-o", "json"]].concat()).expect(0, &[]).json()
}

#[test]
fn a_switch_says_whether_it_was_changed() {
    let site = Site::closed();
    let enable = ["trust", "enable", IAM];
    assert_eq!(as_json(&site, &enable), json!({ "service": IAM, "status": "on", "changed": true }));
    assert_eq!(as_json(&site, &enable), json!({ "service": IAM, "status": "on", "changed": false }));
    let csv = site.run(&["features", "enable", "RootSessions", "--yes", "-o", "csv"]);
    assert_eq!(csv.expect(0, &[]).stdout, "feature,status,changed\nRootSessions,on,true\n");
    let line = site.run(&["-o", "ndjson", "features", "disable", "RootSessions", "--yes"]);
    assert_eq!(line.expect(0, &[]).json(), json!({ "feature": "RootSessions", "status": "off", "changed": true }));
    assert_eq!(line.stdout.lines().count(), 1);
    // A refusal has no data.
    let refused = site.run(&["--read-only", "trust", "disable", IAM, "--yes", "-o", "json"]);
    assert_eq!(refused.expect(4, &["read-only"]).stdout, "");
}

#[test]
fn a_switch_that_is_not_verified_is_unknown_and_not_changed() {
    let site = Site::closed();
    site.run(&["trust", "enable", IAM, "--yes"]).expect(0, &[]);
    site.inject("EnableOrganizationsRootSessions:drop=1x");
    let ended = site.run(&["features", "enable", "RootSessions", "--yes", "--no-wait", "-o", "json"]);
    let row = ended.expect(5, &["not verified"]).json();
    assert_eq!((&row["status"]["status"], &row["changed"]), (&"unknown".into(), &Value::Null));
}

#[test]
fn a_policy_says_what_became_of_it_and_where_the_one_before_is_saved() {
    let site = Site::open();
    let before = site.run(&["s3-policy", "show", SHOP, BUCKET]).stdout;
    let deleted = as_json(&site, &["s3-policy", "delete", SHOP, BUCKET]);
    assert_eq!((&deleted["status"], &deleted["has_policy"]), (&"deleted".into(), &false.into()));
    assert_eq!((&deleted["account_id"], &deleted["bucket"]), (&SHOP.into(), &BUCKET.into()));
    let saved = deleted["saved_to"].as_str().unwrap();
    assert_eq!(fs::read_to_string(saved).unwrap().trim_end(), before.trim_end());
    let again = as_json(&site, &["s3-policy", "delete", SHOP, BUCKET]);
    assert_eq!((&again["status"], &again["saved_to"]), (&"already_absent".into(), &Value::Null));
    let put = as_json(&site, &["s3-policy", "put", SHOP, BUCKET, saved]);
    assert_eq!((&put["status"], &put["has_policy"], &put["saved_to"]), (&"put".into(), &true.into(), &Value::Null));
    let queue = "arn:aws:sqs:eu-west-1:555500000103:shop-prod-orders";
    let cleared = as_json(&site, &["sqs-policy", "delete", SHOP, queue]);
    assert_eq!((&cleared["queue"], &cleared["region"]), (&"shop-prod-orders".into(), &"eu-west-1".into()));
    assert_eq!((&cleared["status"], &cleared["url"].is_string()), (&"deleted".into(), &true));
}

#[test]
fn what_is_forgotten_is_data_too() {
    let office = Office::trusting();
    office.start(SANDBOX, "new@corp.example").expect(0, &[]);
    let plan = office.home.path().join("plan.csv");
    fs::write(&plan, format!("account_id,new_email\n{SHOP},a@corp.example\n")).unwrap();
    let path = plan.to_str().unwrap();
    office.run(&["email", "plan", path, "--yes", "--allow-new-domain"]).expect(0, &[]);
    let kinds = |ended: &Ended, status: &str| {
        let rows = ended.json();
        let of = |row: &&Value| row["status"] == status && row["count"] != 0;
        let found: Vec<String> =
            rows.as_array().unwrap().iter().filter(of).map(|row| row["kind"].as_str().unwrap().to_owned()).collect();
        found
    };
    let dry = office.run(&["purge", "--dry-run", "-o", "json"]);
    let held = ["listings", "email_changes", "plans", "journal_entries"];
    assert_eq!(kinds(dry.expect(0, &["dry run"]), "would_forget"), held);

    let forget = ["email", "forget", SANDBOX];
    let forgotten = as_json(&office, &forget);
    assert_eq!((&forgotten["status"], &forgotten["new_email"]), (&"forgotten".into(), &"new@corp.example".into()));
    assert_eq!(as_json(&office, &forget)["status"], "nothing_saved");
    let dropped = as_json(&office, &["email", "plans", "drop", "1"]);
    assert_eq!(dropped, json!({ "plan": 1, "status": "dropped", "waiting": 0, "file": path }));

    let purged = office.run(&["purge", "--yes", "-o", "ndjson"]);
    let first: Value = serde_json::from_str(purged.expect(0, &[]).stdout.lines().next().unwrap()).unwrap();
    assert_eq!((&first["kind"], &first["status"]), (&"listings".into(), &"forgotten".into()));
    assert_eq!(run(&["purge", "--yes", "-o", "json"]).expect(0, &["no data"]).stdout, "[]\n");
}
