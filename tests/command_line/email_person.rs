//! `rootdeck email`, `trust` and `features` with a person at the terminal.

use crate::email::NEW;
use crate::office::{Office, START};
use crate::site::SANDBOX;

const ACCEPT: &str = "AcceptPrimaryEmailUpdate";
const PROMPT: &str = "(not shown):";

#[test]
fn a_start_is_agreed_to_and_a_new_domain_is_typed() {
    let office = Office::trusting();
    let known = "root-sandbox07@example.com";
    let mut terminal = office.terminal(&["email", "start", SANDBOX, known]);
    terminal.sees("Continue? [y/N]").types("\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), office.arrived(START)), (1, 0));
    let mut terminal = office.terminal(&["email", "start", SANDBOX, NEW]);
    terminal.sees("Type corp.example to continue:").types("y\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), office.arrived(START)), (1, 0));
    let mut terminal = office.terminal(&["email", "start", SANDBOX, NEW]);
    terminal.sees("Type corp.example to continue:").types("corp.example\r").sees("PENDING");
    assert_eq!((terminal.ends().exit_code(), office.arrived(START)), (0, 1));
    let mut terminal = office.terminal(&["email", "start", SANDBOX, known]);
    terminal.sees("replaces it").sees("Continue? [y/N]").types("\x03").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), office.arrived(START)), (130, 1));
}

#[test]
fn a_code_is_typed_without_echo() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    let wrong = office.wrong_code_to(NEW);
    let mut terminal = office.terminal(&["email", "accept", SANDBOX]);
    terminal.sees("The new address becomes the root user's").sees(PROMPT).types(&format!("{wrong}\r"));
    terminal.sees("The one-time password is incorrect.").sees("rootdeck email resend 444455556666");
    assert_eq!((terminal.ends().exit_code(), office.arrived(ACCEPT)), (1, 1));
    assert!(!terminal.raw().contains(&wrong), "{}", terminal.screen());

    let code = office.code_to(NEW);
    let mut terminal = office.terminal(&["email", "accept", SANDBOX]);
    terminal.sees(PROMPT).types("hello\r").sees("no one-time password").sees_times(PROMPT, 2);
    terminal.types(&format!("{code}\r")).sees("ACCEPTED");
    assert_eq!((terminal.ends().exit_code(), office.arrived(ACCEPT)), (0, 2));
    assert!(!terminal.raw().contains(&code), "{}", terminal.screen());
}

#[test]
fn a_whole_mail_is_pasted_and_its_rest_is_no_command_of_the_shell() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    let (code, mail) = (office.code_to(NEW), office.mail_to(NEW).replace('\n', "\r"));
    let program = env!("CARGO_BIN_EXE_rootdeck");
    let mut terminal = office.shell(&format!("{program} email accept {SANDBOX}; read -r rest; echo \"[$rest]\""));
    terminal.sees(PROMPT).types(&mail).types("\rtouch owned\rtouch owned\r").sees("ACCEPTED");
    terminal.types("mine\r").sees("[mine]");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!terminal.raw().contains(&code), "{}", terminal.screen());
}

#[test]
fn leaving_the_prompt_sends_nothing_and_gives_the_echo_back() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    let program = env!("CARGO_BIN_EXE_rootdeck");
    for (keys, code) in [("\x03", 130), ("\r", 1), ("\x04", 1)] {
        let mut terminal = office.shell(&format!("{program} email accept {SANDBOX}; echo \"ended $?\"; read -r rest"));
        terminal.sees(PROMPT).types(keys).sees(&format!("ended {code}")).types("seen again").sees("seen again");
        terminal.types("\r");
        terminal.ends();
    }
    assert_eq!(office.arrived(ACCEPT), 0);
}

#[test]
fn a_start_that_aws_would_throttle_waits_and_says_so() {
    let office = Office::trusting();
    office.start(SANDBOX, NEW).expect(0, &[]);
    for _ in 0..2 {
        office.run(&["email", "resend", SANDBOX, "--yes"]).expect(0, &[]);
    }
    let mut terminal = office.terminal(&["email", "resend", SANDBOX, "--yes"]);
    terminal
        .sees("AWS allows 3 starts per account in 30 seconds")
        .sees("s left")
        .types("\x03")
        .sees("nothing was sent");
    assert_eq!((terminal.ends().exit_code(), office.arrived(START)), (130, 3));
}

#[test]
fn a_switch_is_turned_on_by_agreeing_and_off_by_its_name() {
    let office = Office::closed();
    let (enable, disable) = ("EnableAWSServiceAccess", "DisableAWSServiceAccess");
    let mut terminal = office.terminal(&["trust", "enable", "iam.amazonaws.com"]);
    terminal.sees("Continue? [y/N]").types("no\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), office.arrived(enable)), (1, 0));
    let mut terminal = office.terminal(&["trust", "enable", "iam.amazonaws.com"]);
    terminal.sees("Continue? [y/N]");
    // It is not seen at once, and looked for.
    office.inject("ListAWSServiceAccessForOrganization:malformed=1x");
    terminal.types("y\r").sees("verifying").sees("iam.amazonaws.com is on (verified)");
    assert_eq!((terminal.ends().exit_code(), office.arrived(enable)), (0, 1));

    let mut terminal = office.terminal(&["trust", "disable", "iam.amazonaws.com"]);
    terminal.sees("Type iam.amazonaws.com to continue:").types("y\r").sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), office.arrived(disable)), (1, 0));
    let mut terminal = office.terminal(&["trust", "disable", "iam.amazonaws.com"]);
    terminal.sees("to continue:").types("iam.amazonaws.com\r").sees("iam.amazonaws.com is off (verified)");
    assert_eq!((terminal.ends().exit_code(), office.arrived(disable)), (0, 1));
}
