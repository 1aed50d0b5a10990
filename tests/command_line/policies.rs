//! `rootdeck s3-policy` and `rootdeck sqs-policy`.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use crate::program::Ended;
use crate::site::{CANARY, CLEAN, MANAGEMENT, SANDBOX, SHOP, Site};

const BUCKET: &str = "shop-prod-order-exports";
const QUEUE: &str = "shop-prod-orders";
const QUEUE_ARN: &str = "arn:aws:sqs:eu-west-1:555500000103:shop-prod-orders";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_locked_bucket_is_rescued_and_its_policy_put_back() {
    let site = Site::open();
    let buckets = site.run(&["s3-policy", "list", "shop-prod", "-o", "json"]);
    let buckets = buckets.expect(0, &["Alarms on root usage will fire"]).json();
    let regions: Vec<&str> = buckets.as_array().unwrap().iter().map(|one| one["region"].as_str().unwrap()).collect();
    assert_eq!(regions, ["ap-northeast-1", "us-east-1", "ap-northeast-3", "ap-northeast-1"]);
    let locked = buckets.as_array().unwrap().iter().find(|one| one["bucket"] == BUCKET).unwrap();
    assert_eq!((&locked["has_policy"], &locked["locked"]), (&true.into(), &true.into()));
    let without = buckets.as_array().unwrap().iter().filter(|one| one["has_policy"] == false);
    assert!(without.clone().count() > 0 && without.clone().all(|one| one["locked"] == false), "{buckets}");
    assert_eq!(site.arrived("AssumeRoot"), 1, "one session for all");
    assert!(site.run(&["s3-policy", "list", SHOP]).stdout.contains("!! locked"));

    let shown = site.run(&["s3-policy", "show", SHOP, BUCKET]);
    shown.expect(0, &["Statement 1 (LockDown) locks out all principals"]);
    assert!(shown.json()["Statement"].is_array());

    let deleted = site.run(&["s3-policy", "delete", SHOP, BUCKET, "--yes"]);
    deleted.expect(0, &["(verified)"]);
    let saved = Path::new(deleted.stdout.trim_end());
    assert_eq!((mode(saved), mode(saved.parent().unwrap())), (0o600, 0o700));
    assert_eq!(fs::read_to_string(saved).unwrap(), shown.stdout.trim_end());
    let gone = site.run(&["s3-policy", "show", SHOP, BUCKET]);
    assert_eq!(gone.expect(0, &["has no policy"]).stdout, "");

    let put = site.run(&["s3-policy", "put", SHOP, BUCKET, saved.to_str().unwrap(), "--yes"]);
    put.expect(0, &["locks out all principals", "has the policy of the file"]);
    assert_eq!(site.run(&["s3-policy", "show", SHOP, BUCKET]).stdout, shown.stdout);
}

#[test]
fn policies_of_a_protected_account_are_read_and_not_changed() {
    let site = Site::open();
    let configuration = site.home.path().join("rootdeck.toml");
    fs::write(&configuration, format!("protected_accounts = [\"{SHOP}\"]\n")).unwrap();
    let run = |arguments: &[&str]| site.run(&[&["--config", configuration.to_str().unwrap()], arguments].concat());
    assert!(run(&["s3-policy", "show", SHOP, BUCKET]).expect(0, &[]).json()["Statement"].is_array());
    run(&["s3-policy", "list", SHOP]).expect(0, &[]);
    run(&["sqs-policy", "show", SHOP, QUEUE_ARN]).expect(0, &[]);
    run(&["s3-policy", "delete", SHOP, BUCKET, "--yes"]).expect(4, &["is protected"]);
    assert_eq!(site.arrived("DeleteBucketPolicy"), 0);
}

#[test]
fn nothing_is_deleted_if_the_policy_can_not_be_saved() {
    let site = Site::open();
    let there = site.home.path().join("there");
    fs::write(&there, "mine").unwrap();
    let save = there.to_str().unwrap();
    let ended = site.run(&["s3-policy", "delete", SHOP, BUCKET, "--yes", "--save", save]);
    ended.expect(2, &["there exists", "Without --save"]);
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    // Known before anything is read.
    assert_eq!(site.arrived("AssumeRoot"), 0);
    let nowhere = site.home.path().join("no/such/folder.json");
    let ended = site.run(&["s3-policy", "delete", SHOP, BUCKET, "--yes", "--save", nowhere.to_str().unwrap()]);
    ended.expect(1, &["nothing was changed"]);
    assert_eq!(site.arrived("DeleteBucketPolicy"), 0);
}

#[test]
fn the_present_policy_is_saved_before_another_is_put() {
    let site = Site::open();
    let file = site.home.path().join("new.json");
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"555500000103"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::shop-prod-order-exports/*"}]}"#;
    fs::write(&file, text).unwrap();
    let put = site.run(&["s3-policy", "put", SHOP, BUCKET, file.to_str().unwrap(), "--yes"]);
    put.expect(0, &["(verified)"]);
    assert!(!put.stderr.contains("locks out all principals"), "{}", put.stderr);
    assert!(fs::read_to_string(put.stdout.trim_end()).unwrap().contains("LockDown"));
}

#[test]
fn a_policy_is_read_from_the_home_folder() {
    let site = Site::open();
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"555500000103"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::shop-prod-order-exports/*"}]}"#;
    fs::write(site.home.path().join("new.json"), text).unwrap();
    site.run(&["s3-policy", "put", SHOP, BUCKET, "~/new.json", "--yes"]).expect(0, &["(verified)"]);
}

#[test]
fn a_file_that_holds_no_policy_is_not_put() {
    let site = Site::open();
    let file = site.home.path().join("wrong.json");
    for (text, why) in
        [("{", "not valid JSON"), ("[]", "not a JSON object"), ("{\"Version\": \"2012-10-17\"}", "no \"Statement\"")]
    {
        fs::write(&file, text).unwrap();
        site.run(&["s3-policy", "put", SHOP, BUCKET, file.to_str().unwrap(), "--yes"]).expect(2, &[why]);
    }
    site.run(&["s3-policy", "put", SHOP, BUCKET, "/nowhere.json", "--yes"]).expect(2, &["does not exist"]);
    assert_eq!(site.arrived("AssumeRoot"), 0);
}

#[test]
fn a_bucket_that_is_not_there_is_told() {
    let site = Site::open();
    site.run(&["s3-policy", "show", SHOP, "no-such-bucket"]).expect(1, &["no bucket no-such-bucket"]);
    site.run(&["s3-policy", "delete", SHOP, "shop-prod-backup", "--yes"]).expect(0, &["nothing to unlock"]);
}

#[test]
fn a_queue_is_found_by_name_url_or_arn_and_rescued() {
    let site = Site::open();
    let list = site.run(&["sqs-policy", "list", SHOP, "--regions", "eu-west-1,us-east-1,eu-west-1", "-o", "json"]);
    let queues = list.expect(0, &[]).json();
    let called = |name: &str| queues.as_array().unwrap().iter().filter(|one| one["queue"] == name).count();
    assert_eq!(called(QUEUE), 1);
    let url = queues.as_array().unwrap().iter().find(|one| one["queue"] == QUEUE).unwrap()["url"].clone();
    let shown = site.run(&["sqs-policy", "show", SHOP, QUEUE, "--queue-region", "eu-west-1"]);
    shown.expect(0, &["Statement 1 (DenyEveryone) locks out all principals"]);
    assert_eq!(site.run(&["sqs-policy", "show", SHOP, QUEUE_ARN]).stdout, shown.stdout);
    let by_url = site.run(&["sqs-policy", "show", SHOP, url.as_str().unwrap(), "--queue-region", "eu-west-1"]);
    assert_eq!(by_url.expect(0, &[]).stdout, shown.stdout);
    let elsewhere =
        format!("no queue {QUEUE} in us-east-1. Search with `rootdeck sqs-policy list {SHOP} --regions all");
    site.run(&["sqs-policy", "show", SHOP, QUEUE]).expect(1, &[&elsewhere]);
    assert_eq!((&list.json()[0]["account_id"], &list.json()[0]["account_name"]), (&SHOP.into(), &"shop-prod".into()));
    assert!(site.run(&["s3-policy", "list", SHOP, "-o", "csv"]).stdout.starts_with("account_id,account_name,bucket,"));

    let saved = site.home.path().join("queue.json");
    let save = saved.to_str().unwrap();
    let deleted = site.run(&["sqs-policy", "delete", SHOP, QUEUE_ARN, "--yes", "--save", save]);
    assert_eq!(deleted.expect(0, &["has no policy (verified)"]).stdout, format!("{save}\n"));
    assert_eq!((mode(&saved), fs::read_to_string(&saved).unwrap()), (0o600, shown.stdout.trim_end().to_owned()));
    site.run(&["sqs-policy", "put", SHOP, QUEUE_ARN, save, "--yes"]).expect(0, &["has the policy of the file"]);
}

#[test]
fn policies_are_neither_read_nor_changed_where_that_is_not_permitted() {
    let site = Site::open();
    for words in [&["s3-policy", "delete", SHOP, BUCKET][..], &["sqs-policy", "delete", SHOP, QUEUE_ARN]] {
        site.run(words).expect(2, &["--yes"]);
        site.run(&[&["--read-only"], words, &["--yes"]].concat()).expect(4, &["read-only"]);
    }
    assert_eq!(site.arrived("AssumeRoot"), 0);
    let closed = Site::closed();
    closed.run(&["s3-policy", "list", SHOP]).expect(4, &["rootdeck features enable RootSessions"]);
}

#[test]
fn what_is_no_region_is_wrong_usage() {
    let site = Site::open();
    for arguments in
        [["sqs-policy", "list", SHOP, "--regions=eu-west-1,nowhere"], ["sqs-policy", "show", SHOP, "--queue-region=x"]]
    {
        site.run(&arguments).expect(2, &["a region such as eu-west-1"]);
    }
    assert_eq!(site.arrived("AssumeRoot"), 0);
}

#[test]
fn a_run_that_writes_nothing_reads_policies() {
    let site = Site::open();
    let look = |words: &[&str]| site.run(&[&["--read-only"], words].concat());
    look(&["s3-policy", "list", SHOP]).expect(0, &[]);
    look(&["s3-policy", "show", SHOP, BUCKET]).expect(0, &["LockDown"]);
    look(&["sqs-policy", "list", SHOP]).expect(0, &[]);
    look(&["sqs-policy", "show", SHOP, QUEUE_ARN]).expect(0, &[]);
    look(&["session", SHOP, "S3UnlockBucketPolicy", "--", "true"]).expect(4, &["read-only"]);
    let file = site.home.path().join("new.json");
    fs::write(&file, r#"{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}"#).unwrap();
    let before = site.arrived("AssumeRoot");
    look(&["s3-policy", "put", SHOP, BUCKET, file.to_str().unwrap(), "--yes"]).expect(4, &["read-only"]);
    look(&["sqs-policy", "delete", SHOP, QUEUE_ARN, "--yes"]).expect(4, &["read-only"]);
    assert_eq!(site.arrived("AssumeRoot"), before, "what would change something does not even look");
}

/// A Deny of an account is one of everyone in it, which AWS says of no other way to name them.
#[test]
fn a_denial_of_the_owning_account_is_a_lockout() {
    let site = Site::open();
    let file = site.home.path().join("new.json");
    let path = file.to_str().unwrap();
    for owner in [format!("arn:aws:iam::{SHOP}:root"), SHOP.to_owned()] {
        let of = |service: &str, resource: &str| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"Owner","Effect":"Deny","Principal":{{"AWS":["999900001111","{owner}"]}},"Action":"{service}:*","Resource":"{resource}"}}]}}"#
            )
        };
        let reported = ["Statement 1 (Owner) locks out all principals of the owning account"];
        fs::write(&file, of("s3", &format!("arn:aws:s3:::{BUCKET}"))).unwrap();
        site.run(&["s3-policy", "put", SHOP, BUCKET, path, "--yes"]).expect(0, &reported);
        site.run(&["s3-policy", "show", SHOP, BUCKET]).expect(0, &reported);
        fs::write(&file, of("sqs", QUEUE_ARN)).unwrap();
        site.run(&["sqs-policy", "put", SHOP, QUEUE_ARN, path, "--yes"]).expect(0, &reported);
        site.run(&["sqs-policy", "show", SHOP, QUEUE_ARN, "--region", "us-east-1"]).expect(0, &reported);
    }
}

#[test]
fn what_editors_leave_in_a_policy_is_named() {
    let site = Site::open();
    let file = site.home.path().join("wrong.json");
    for (text, why) in [
        ("\u{feff}{\"Statement\": []}", "byte order mark"),
        ("{\n  // only us\n  \"Statement\": []}", "line 2 has a comment"),
        ("{\"Statement\": [\n{},\n]}", "line 3 has a trailing comma"),
    ] {
        fs::write(&file, text).unwrap();
        site.run(&["s3-policy", "put", SHOP, BUCKET, file.to_str().unwrap(), "--yes"]).expect(2, &[why]);
    }
    assert_eq!(site.arrived("AssumeRoot"), 0);
}

#[test]
fn a_policy_that_could_not_be_read_is_not_none_and_its_bucket_is_listed() {
    let site = Site::open();
    site.inject("GetBucketPolicy:access-denied=1x");
    let ended = site.run(&["s3-policy", "list", SHOP, "-o", "json"]);
    let rows = ended.expect(3, &["could not be read", "s3:GetBucketPolicy"]).json();
    let unknown: Vec<_> = rows.as_array().unwrap().iter().filter(|row| row["has_policy"].is_object()).collect();
    assert_eq!((rows.as_array().unwrap().len(), unknown.len()), (4, 1), "{rows}");
    assert!(unknown[0]["locked"]["cause"].as_str().is_some_and(|why| why.contains("GetBucketPolicy")), "{rows}");
}

#[test]
fn queues_of_all_regions_are_listed_and_a_region_that_fails_is_told() {
    let site = Site::open();
    let all = site.run(&["sqs-policy", "list", SHOP, "--regions", "all", "-o", "json"]);
    let rows = all.expect(0, &[]).json();
    assert!(rows.as_array().unwrap().iter().any(|row| row["region"] == "eu-west-1"), "{rows}");
    assert!(site.arrived("ListQueues") > 30, "{}", site.arrived("ListQueues"));
    site.inject("ListQueues:access-denied=1x");
    site.run(&["sqs-policy", "list", SHOP, "--regions", "all"]).expect(3, &["could not be read"]);
}

#[test]
fn the_list_of_queues_says_which_are_locked() {
    let site = Site::open();
    let rows = site.run(&["sqs-policy", "list", SHOP, "--regions", "all", "-o", "json"]).expect(0, &[]).json();
    let row = |name: &str| rows.as_array().unwrap().iter().find(|row| row["queue"] == name).cloned().unwrap();
    assert_eq!((&row(QUEUE)["has_policy"], &row(QUEUE)["locked"]), (&true.into(), &true.into()));
    let others = rows.as_array().unwrap().iter().filter(|row| row["queue"] != QUEUE);
    assert!(others.clone().count() > 0 && others.clone().all(|row| row["locked"] == false), "{rows}");
    let table = site.run(&["sqs-policy", "list", SHOP, "--region", "eu-west-1"]).stdout;
    assert!(table.lines().any(|line| line.contains(QUEUE) && line.ends_with("!! locked")), "{table}");
    site.inject("GetQueueAttributes:access-denied=1x");
    site.run(&["sqs-policy", "list", SHOP, "--regions", "all"]).expect(3, &["sqs:GetQueueAttributes"]);
}

/// A service control policy denies root in one of them.
#[test]
fn buckets_and_queues_of_several_accounts_are_listed_as_far_as_they_can_be_read() {
    let site = Site::open();
    for list in [["s3-policy", "list"], ["sqs-policy", "list"]] {
        let alone = site.run(&[&list[..], &[SHOP, "-o", "json"]].concat()).expect(0, &[]).json();
        let both = site.run(&[&list[..], &[SHOP, "log archive", "-o", "json"]].concat()).expect(0, &[]).json();
        let of = |account: &str| both.as_array().unwrap().iter().filter(|row| row["account_id"] == account).count();
        assert_eq!(of(SHOP), alone.as_array().unwrap().len());
        assert_eq!(of(CLEAN), usize::from(list[0] == "s3-policy"), "{both}");
        let unread = site.run(&[&list[..], &[SHOP, CANARY, "-o", "json"]].concat());
        assert_eq!(unread.expect(3, &[CANARY]).json(), alone);
        let all = site.run(&[&list[..], &["all", "-o", "json"]].concat());
        let rows = all.expect(3, &[CANARY]).json();
        let whose = rows.as_array().unwrap().iter().filter(|row| row["account_id"] == SHOP).count();
        assert_eq!(whose, alone.as_array().unwrap().len());
        let csv = given(&site, &[&list[..], &["-", "-o", "csv"]].concat(), &format!("{SANDBOX}\n"));
        assert_eq!(csv.expect(0, &[]).stdout.lines().count(), 1);
    }
    assert_eq!(site.arrived("PutBucketPolicy") + site.arrived("SetQueueAttributes"), 0);
}

#[test]
fn what_is_closed_for_all_accounts_is_told_once() {
    let site = Site::closed();
    let ended = site.run(&["s3-policy", "list", "all"]);
    assert_eq!(ended.expect(4, &[]).stderr.matches("rootdeck trust enable iam.amazonaws.com").count(), 1);
    let refused = site.run(&["journal", "--outcome", "refused", "-o", "json"]).json();
    assert_eq!(refused.as_array().map(Vec::len), Some(1), "{refused}");
    let site = Site::open();
    let rest = site.run(&["s3-policy", "list", MANAGEMENT, SHOP, "-o", "json"]);
    assert_eq!(rest.expect(3, &[MANAGEMENT]).json().as_array().map(Vec::len), Some(4));
}

#[test]
fn a_reason_is_journaled_with_each_session_that_only_reads() {
    let site = Site::open();
    for command in [
        &["audit", "--accounts", SHOP][..],
        &["credentials", "delete", "--dry-run", SHOP],
        &["s3-policy", "list", SHOP],
        &["s3-policy", "show", SHOP, BUCKET],
        &["sqs-policy", "list", SHOP],
        &["sqs-policy", "show", SHOP, QUEUE_ARN],
    ] {
        site.run(&[command, &["--reason", "OPS-77"]].concat()).expect(0, &[]);
    }
    let rows = site.run(&["journal", "--operation", "open_root_session", "-o", "json"]).json();
    let reasons: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["reason"].as_str()).collect();
    assert_eq!(reasons, [Some("OPS-77"); 6]);
}

fn given(site: &Site, arguments: &[&str], text: &str) -> Ended {
    let mut command = site.command(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).ok();
    child.wait_with_output().unwrap().into()
}

#[test]
fn a_policy_comes_from_stdin() {
    let site = Site::open();
    let policy = site.run(&["s3-policy", "show", SHOP, BUCKET]).stdout;
    let put = ["s3-policy", "put", SHOP, BUCKET, "-"];
    given(&site, &put, &policy).expect(2, &["--yes"]);
    given(&site, &[&put[..], &["--yes"]].concat(), "no policy").expect(2, &["JSON"]);
    given(&site, &[&put[..], &["--yes"]].concat(), &policy).expect(0, &["has the policy of the file"]);
    let own = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    let explained = given(&site, &["policy", "explain", "--file", "-", "-o", "json"], own);
    assert_eq!(explained.expect(0, &[]).json()[0]["policy"], "standard input");
    given(&site, &["policy", "explain", "--file", "-"], "no policy").expect(2, &["standard input"]);
}
