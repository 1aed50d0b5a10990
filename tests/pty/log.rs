//! The log of the dashboard: what a bug report can be replayed from, without the secrets.

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;

use crate::aws::Aws;
use crate::gates;
use crate::profiles::{Home, code};
use crate::terminal::{Start, Terminal};

/// Changes the email of sandbox-07 with the mail as it was sent; gives the code in it.
fn changes_an_email(aws: &Aws, terminal: &mut Terminal) -> String {
    terminal.types("/444455556666\r").sees("1 of 41").types("e").sees("Change the primary email of");
    terminal.types("root-07@corp.example").sees("no account uses corp.example");
    terminal.types("\r \t\t\r").sees("Enter the one-time password");
    let (mail, otp) = (aws.emulator.mail().last().unwrap().body.clone(), aws.code());
    assert!(mail.contains(&otp));
    terminal
        .pastes(&mail)
        .sees("[ Accept ]")
        .types("\r\r")
        .sees("COMPLETED")
        .types("\x1b")
        .sees_no_more("Change the primary");
    otp
}

/// Opens a root session, copies its credentials, and has a shell write them to a file; gives them.
fn opens_a_session(home: &Home, terminal: &mut Terminal) -> Vec<String> {
    terminal
        .types("pG\r")
        .sees("IAMAuditRootUserCredentials")
        .types("\r")
        .sees("Seconds")
        .types("\x15")
        .types("600\r\r")
        .sees("[ Copy exports ]");
    terminal.types("\t\r\t\r").sees("(root 444455556666");
    terminal.types("printenv AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN >\"$HOME/secrets\"; exit\r");
    terminal.sees("back from the shell");
    let secrets = std::fs::read_to_string(home.path().join("secrets")).unwrap();
    secrets.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_trace_shows_every_message_and_effect_and_no_secret() {
    let aws = Aws::open();
    let trust = Switch::TrustedAccess(ServicePrincipal::account_management()).set(true);
    aws.runtime.block_on(gates::turn(&aws.emulator, trust));
    let home = Home::new(&aws);
    let path = home.path().join("rootdeck.log");
    let options = ["--profile", "mfa", "--log-file", path.to_str().unwrap()];
    let mut terminal = home.start(&aws, &options).set("ROOTDECK_LOG_LEVEL", "trace").run();
    let mfa = code(&aws);
    terminal.sees("MFA code for the profile mfa").types(&mfa).sees("••••••").types("\r\r").sees("Accounts · 41");
    let otp = changes_an_email(&aws, &mut terminal);
    let secrets = opens_a_session(&home, &mut terminal);
    // Digits where there is no field for them, and a text that is no mail.
    terminal.types("\x1b").sees_no_more("[ Copy exports ]").types("456132").sees("COMPLETED");
    terminal.pastes("quirky lorem ipsum").sees("no one-time password").types("q");
    assert!(terminal.ends().success());

    let log = std::fs::read_to_string(&path).unwrap();
    let traced = [
        "start: Start {",
        "message: Key(Key(a character))",
        "message: Key(Key(enter))",
        "place=RootAccess command=None",
        "place=EmailChanges command=Some(Quit)",
        "message: Paste(Paste(..))",
        "message: Answer(ReadId(1), Stored(",
        "message: Written(WriteId(1), Written {",
        "message: ShellEnded(SessionKey {",
        "effect: Connect(ReadId(",
        "effect: Write(WriteId(1), WriteRequest {",
        "effect: CopyExports(SessionKey {",
        "effect: Subshell(SessionKey {",
        "effect: Quit",
    ];
    for line in traced {
        assert!(log.contains(line), "{line}: {log}");
    }
    assert_eq!((secrets.len(), mfa.len(), otp.len()), (2, 6, 6));
    // Without the times, whose fractions of a second may be anybody's six digits.
    let lines = log.lines().filter_map(|line| line.split_once(' ').map(|(_, rest)| rest));
    let words: Vec<&str> = lines.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric())).collect();
    for secret in secrets.iter().chain([&otp, &mfa]) {
        assert!(!words.contains(&secret.as_str()), "{secret}: {log}");
    }
    for secret in &secrets {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    for text in ["code to verify your email address", "quirky lorem ipsum"] {
        assert!(!log.contains(text), "{text}: {log}");
    }
    // A listing is cut.
    assert!(log.lines().all(|line| line.len() < 5000));
}

#[test]
fn without_the_level_trace_the_log_has_no_key_and_no_message() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("rootdeck.log");
    let arguments = ["--demo", "--log-level", "info", "--log-file", path.to_str().unwrap()];
    let mut terminal = Start::new(&arguments).home(home.path()).run();
    terminal.sees("Accounts · 41").types("4").sees("Root features").types("q");
    assert!(terminal.ends().success());
    let log = std::fs::read_to_string(&path).unwrap();
    assert!(log.contains("connected"), "{log}");
    assert!(!log.contains("message: ") && !log.contains("DEBUG") && !log.contains("TRACE"), "{log}");
}
