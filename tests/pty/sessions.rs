//! More than one session, against an emulator that outlives them.

use std::os::unix::fs::PermissionsExt;

use rootdeck::emulator::{Identity, InjectedFaultKind, InjectedFaultRule, Occurrence};
use rustix::process::{Pid, Signal, kill_process};

use crate::aws::Aws;
use crate::terminal::{Start, Terminal};

/// From the list to the prompt of the one-time password.
fn starts_a_change(terminal: &mut Terminal) {
    terminal.types("/kensho@ state:active\r").sees("1 of").types("e").sees("enable-aws-service-access");
    terminal.types("\r").sees("Change the primary email of 検証環境");
    terminal.types("root-kensho@corp.example").sees("no account uses corp.example");
    terminal.types("\r \t\t\r").sees("Enter the one-time password");
}

#[test]
fn a_change_that_was_started_and_killed_is_found_and_finished_at_the_next_start() {
    let (aws, home) = (Aws::new(), tempfile::tempdir().unwrap());
    let mut first = aws.session(home.path(), &[]);
    first.sees(&aws.emulator.endpoint_url());
    starts_a_change(&mut first);
    kill_process(Pid::from_raw(first.pid()).unwrap(), Signal::KILL).unwrap();
    first.ends();

    let store = home.path().join(".local/state/rootdeck/rootdeck.db");
    let mode = std::fs::metadata(&store).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let mut second = aws.session(home.path(), &[]);
    second.types("/pending:yes\r").sees("検証環境").sees("root-kensho@corp.example").sees("PENDING");
    // What this machine keeps is there before AWS has said whose credentials these are.
    second.sees("as of");
    let code = aws.code();
    second.types("o").sees("Enter the one-time password").types(&code).types("\r\r").sees("COMPLETED");
    second.types("q");
    assert!(second.ends().success());
    let bytes = std::fs::read(&store).unwrap();
    assert!(!bytes.windows(code.len()).any(|window| window == code.as_bytes()), "the code is in the store");
}

#[test]
fn the_last_listing_is_there_before_aws_answers() {
    let (aws, home) = (Aws::new(), tempfile::tempdir().unwrap());
    let mut first = aws.session(home.path(), &[]);
    first.sees("as of").types("q");
    first.ends();
    aws.emulator.inject(InjectedFaultRule {
        operation: None,
        kind: InjectedFaultKind::Drop,
        when: Occurrence::Chance(1.0),
    });
    let mut second = aws.session(home.path(), &[]);
    second.sees("cached").types("q");
    assert!(second.ends().success());
    // Without it, nothing is shown and nothing kept.
    let key = aws.emulator.access_key(Identity::Management);
    let mut third = Start::new(&["--no-cache"])
        .home(home.path())
        .set("AWS_ENDPOINT_URL", &aws.emulator.endpoint_url())
        .set("AWS_ACCESS_KEY_ID", &key.id)
        .set("AWS_SECRET_ACCESS_KEY", &key.secret)
        .run();
    third.sees("No connection to AWS").types("q");
    assert!(third.ends().success());
}

#[test]
fn a_lost_answer_is_told_as_unknown_and_nothing_is_sent_twice() {
    let (aws, home) = (Aws::new(), tempfile::tempdir().unwrap());
    let mut terminal = aws.session(home.path(), &[]);
    terminal.types("4").sees("Root features").types("t").sees("[ Enable ]");
    terminal.types("\r").sees("account.amazonaws.com enabled (verified)");
    let rule = InjectedFaultRule {
        operation: Some("StartPrimaryEmailUpdate".to_owned()),
        kind: InjectedFaultKind::LoseReply,
        when: Occurrence::Next(1),
    };
    aws.emulator.inject(rule);
    terminal.types("1/sandbox-07\r").sees("1 of").types("eroot-07@example.com").sees(
        "domain in use in this \
        organization",
    );
    terminal.types("\r\r").sees("the change may have been made").sees("AWS shows a PENDING change");
    let sent = aws.emulator.requests();
    assert_eq!(sent.iter().filter(|(_, operation)| operation == "StartPrimaryEmailUpdate").count(), 1);
    // What is there to be finished can be finished.
    terminal
        .types("\x1b")
        .sees_no_more("Change the primary email")
        .types("o")
        .sees("Enter the one-time password")
        .types(&aws.code());
    terminal.types("\r\r").sees("COMPLETED");
}

#[test]
fn leaving_waits_for_a_change_on_its_way() {
    let (aws, home) = (Aws::new(), tempfile::tempdir().unwrap());
    let mut terminal = aws.session(home.path(), &[]);
    let rule = InjectedFaultRule {
        operation: Some("EnableAWSServiceAccess".to_owned()),
        kind: InjectedFaultKind::Delay(std::time::Duration::from_secs(1)),
        when: Occurrence::Next(1),
    };
    aws.emulator.inject(rule);
    terminal.types("4").sees("Root features").types("t").sees("[ Enable ]").types("\r");
    terminal.sees("sent to AWS").types("\x03").sees("before quitting");
    assert!(terminal.ends().success());
    let sent = aws.emulator.requests();
    // The state was read again after the answer, and only then did the program end.
    let enabled = sent.iter().position(|(_, operation)| operation == "EnableAWSServiceAccess").unwrap();
    let reads = sent.iter().skip(enabled).filter(|(_, operation)| operation == "ListAWSServiceAccessForOrganization");
    assert_eq!(reads.count(), 1);
}

#[test]
fn two_copies_run_beside_each_other() {
    let (aws, home) = (Aws::new(), tempfile::tempdir().unwrap());
    let mut one = aws.session(home.path(), &[]);
    let mut other = aws.session(home.path(), &[]);
    starts_a_change(&mut one);
    other.types("/kensho@ state:active\r").sees("1 of").types("r").sees("root-kensho@corp.example");
    other.types("q");
    assert!(other.ends().success());
}
