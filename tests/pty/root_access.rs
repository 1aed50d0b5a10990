//! Centralized root access at the terminal: what is confirmed, and what is seen afterwards.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use rootdeck::emulator::Options;

use crate::aws::Aws;
use crate::terminal::{Start, Terminal};

const NORTHWIND: &str = "555500000109";
const SHOP: &str = "555500000103";

/// With the gates open and AWS's word that they are.
fn ready(aws: &Aws, home: &std::path::Path) -> Terminal {
    let mut terminal = aws.session(home, &[]);
    terminal.sees("● RootSessions");
    terminal
}

#[test]
fn findings_stand_first_and_a_denied_account_is_unknown_with_its_cause() {
    let (aws, home) = (Aws::open(), tempfile::tempdir().unwrap());
    let mut terminal = ready(&aws, home.path());
    terminal.types("3").sees("35 not audited").types("AG").sees("deep    all").types("\r");
    terminal.sees("Alarms").sees("Skipped").types("\t\r").sees("8 findings").sees("? denied by an SCP");
    let screen = terminal.screen();
    let place = |text: &str| screen.find(text).unwrap_or_else(|| panic!("no {text} on the screen:\n{screen}"));
    assert!(place("555500000110") < place("666600000001"), "a finding comes before what is unknown");
    assert!(place("666600000001") < place("222233334444"), "what is unknown comes before what is clean");
    terminal.types("/policy-canary\r").sees("1 of 41").sees("Null").sees("aws:AssumedRoot");
    assert_eq!(aws.arrived("DeleteLoginProfile"), 0);
}

#[test]
fn root_credentials_go_only_after_the_account_s_id_was_typed_and_are_seen_to_be_gone() {
    let (aws, home) = (Aws::open(), tempfile::tempdir().unwrap());
    let mut terminal = ready(&aws, home.path());
    terminal.types("3/northwind\r").sees("1 of 41").types("d").sees("Credential types to delete");
    terminal.types("\r").sees("[ Preview ]").types("\r").sees("Will delete 5 credentials in 1 account");
    terminal.sees("AKIADEMONORTHWIND001").sees(&format!("Type {NORTHWIND} to confirm"));
    // Neither Enter alone nor another account's id will do.
    terminal.types("\r\r").types(SHOP).sees(&format!("confirm: {SHOP}")).types("\r\t\t\r\r");
    terminal.types("\x1b").sees_no_more("to confirm");
    assert_eq!(aws.arrived("DeleteLoginProfile") + aws.arrived("DeactivateMFADevice"), 0);

    terminal.types("d").sees("Credential types to delete").types("\r").types("\r");
    terminal.sees("Type 555500000109 to confirm").types(NORTHWIND).sees(&format!("confirm: {NORTHWIND}"));
    terminal.types("\r").types("\r").sees("MFA device GAHT20488317: deleted (verified)");
    assert_eq!((aws.arrived("DeleteLoginProfile"), aws.arrived("UpdateAccessKey")), (1, 0));
    let requests = aws.emulator.requests();
    let last = |operation: &str| requests.iter().rposition(|(_, name)| name == operation).unwrap();
    assert!(last("DeleteLoginProfile") < last("DeleteAccessKey"), "the password goes first");
    assert!(last("DeleteAccessKey") < last("DeactivateMFADevice"), "MFA goes last");
    assert!(last("DeactivateMFADevice") < last("ListMFADevices"), "a fresh look is the proof");
    terminal.types("\x1b").sees_no_more("deleted (verified)").types("q");
    assert!(terminal.ends().success());
}

#[test]
fn a_locked_bucket_is_rescued_after_its_policy_was_saved_for_its_owner_only() {
    let (aws, home) = (Aws::open(), tempfile::tempdir().unwrap());
    let mut terminal = ready(&aws, home.path());
    terminal.types("/shop-prod\r").sees("1 of 41").types("p").sees("Unlock a bucket policy").types("jj\r");
    terminal.sees("shop-prod-order-exports").types("G\r").sees("Statement 1 (LockDown) locks out all principals");
    // Before it was saved it can't be deleted.
    terminal.types("\r").sees("Save it").types("j\r").sees("save the policy first");
    assert_eq!(aws.arrived("DeleteBucketPolicy"), 0);
    terminal.types("k\r").sees("backup: ");
    let folder = home.path().join(".local/state/rootdeck/policies");
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&files[0])), (0o700, 0o600));
    let name = files[0].file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("555500000103-bucket-shop-prod-order-exports-ap-northeast-1-"), "{name}");
    assert!(fs::read_to_string(&files[0]).unwrap().contains("\"LockDown\""));

    terminal
        .types("\r")
        .sees("Delete it")
        .types("j\r")
        .sees(&format!("Type {SHOP} to confirm"))
        .types(SHOP)
        .sees(&format!("confirm: {SHOP}"));
    terminal.types("\r").types("\r").sees("no policy");
    assert_eq!(aws.arrived("DeleteBucketPolicy"), 1);
}

#[test]
fn a_root_session_is_lent_to_a_shell_and_the_terminal_comes_back() {
    let (aws, home) = (Aws::open(), tempfile::tempdir().unwrap());
    let key = aws.emulator.access_key(rootdeck::emulator::Identity::Management);
    let mut terminal = Start::new(&[])
        .home(home.path())
        .set("AWS_ENDPOINT_URL", &aws.emulator.endpoint_url())
        .set("AWS_ACCESS_KEY_ID", &key.id)
        .set("AWS_SECRET_ACCESS_KEY", &key.secret)
        .set("PATH", "/usr/bin:/bin")
        .set("SHELL", "/bin/sh")
        .run();
    terminal.sees("● RootSessions").types("/shop-prod\r").sees("1 of 41").types("pG\r");
    terminal.sees("S3UnlockBucketPolicy").types("jjj\r").sees("Seconds").types("\r").sees("[ Open ]").types("\r");
    terminal.sees("opens a shell with the credentials").sees("S3UnlockBucketPolicy 14:");
    terminal.types("\t\t\r").sees(&format!("(root {SHOP} S3UnlockBucketPolicy)"));
    assert_eq!(terminal.modes(), (false, false, false), "the shell has the terminal as its own");
    terminal.types("echo \"id $AWS_ACCESS_KEY_ID profile $AWS_PROFILE\" | cut -c 1-7\r").sees("id ASIA");
    // What is pressed in the shell is meant for it.
    terminal.types("sh -c 'echo begun | tr a-z A-Z; exec sleep 60'\r").sees("BEGUN").types("\x03").sees_times("$ ", 3);
    terminal.types("echo still here | tr a-z A-Z\r").sees("STILL HERE");
    terminal
        .types("exit\r")
        .sees("back from the shell; its root session is still open")
        .reaches_modes((true, true, true));
    terminal.types("\x1b").sees_no_more("opens a shell with the credentials").types("j").types("q");
    assert!(terminal.ends().success());
    let raw = terminal.raw();
    let log = fs::read(home.path().join(".local/state/rootdeck/rootdeck.db")).unwrap();
    assert!(!raw.contains("AWS_SECRET_ACCESS_KEY=") && !raw.contains("AWS_SESSION_TOKEN="));
    assert!(!log.windows(4).any(|window| window == b"ASIA"), "the store knows the session's key");
}

#[test]
fn a_queue_s_policy_is_gone_when_aws_shows_it_and_not_before() {
    // The world's clock does not run into this by itself while the test looks.
    let slow = Options { queue_policy_delay: Duration::from_hours(1), ..Options::default() };
    let (aws, home) = (Aws::open_with(slow), tempfile::tempdir().unwrap());
    let mut terminal = ready(&aws, home.path());
    terminal
        .types("/shop-prod\r")
        .sees("1 of 41")
        .types("pjjj\r")
        .sees("Regions separated by commas")
        .types("\x15")
        .types("eu-west-1\r\r");
    terminal
        .sees("shop-prod-orders-failed")
        .types("\r")
        .sees("locks out all principals")
        .types("\r\r")
        .sees("backup: ");
    terminal.types("\rj\r").sees("[ Delete ]").types(SHOP).types("\r\r").sees("Accepted by AWS, verifying");
    assert!(!terminal.screen().contains("nothing to unlock"), "{}", terminal.screen());
    assert_eq!(aws.arrived("SetQueueAttributes"), 1);
    aws.emulator.advance(Duration::from_hours(1));
    terminal.sees("nothing to unlock");
    assert_eq!(aws.arrived("SetQueueAttributes"), 1, "it is waited for, not sent again");
}
