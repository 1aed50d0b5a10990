//! The whole road of the first article, with the keys a person presses.

use crate::terminal::Start;

#[test]
fn a_primary_email_is_changed_from_the_first_screen_to_the_last() {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41").sees("○ account.amazonaws.com");
    terminal.types("/kensho@ state:active\r").sees("1 of");
    // Trusted access is off: it is offered first. No command is shown that would act on another organization.
    terminal.types("e").sees("Enable trusted access for account.amazonaws.com");
    terminal.sees("No commands in the demo");
    terminal.types("\r").sees("Change the primary email of 検証環境");
    // The address is checked while it is typed; a new domain has to be confirmed.
    terminal.types("root-kensho@corp").sees("incomplete address");
    terminal.types(".example").sees("no account uses corp.example yet");
    terminal.types("\r \t\t\r").sees("Enter the one-time password");
    // The code is in the demo's mailbox.
    terminal.types("\t\r").sees_no_more("Enter the one-time password").sees("PENDING");
    terminal.types("7").sees("code to verify your email address");
    let code = code_on(&terminal.screen());
    terminal.types("1").types("o").sees("Enter the one-time password");
    // A wrong code stays, with AWS's words.
    terminal.types(&wrong(&code)).types("\r\r").sees("Nothing was changed").sees("ValidationException");
    // Pasted with noise around it, the code is found, and the newline submits nothing.
    terminal.types("\x15").pastes(&format!(" {code} \n")).sees("code found").sees("[ Accept ]");
    terminal.types("\r\r").sees("COMPLETED").sees("root-kensho@corp.example");
    assert!(!terminal.screen().contains("aws+kensho@example.com"));
    terminal.types("q");
    assert!(terminal.ends().success());
    terminal.reaches_modes((false, false, false));
}

#[test]
fn central_root_access_is_turned_on_and_off_again() {
    let mut terminal = Start::new(&["--demo"]).run();
    terminal.sees("Accounts · 41").types("4").sees("Root features").sees("trusted access is off");
    // The feature needs trusted access, which is offered first.
    terminal.types("G").sees("Delegated").types("kt").sees("is off").types("\r");
    terminal.sees("Enable trusted access for iam.amazonaws.com").types("\r");
    terminal.sees("┌ Enable RootSessions").types("\r").sees("RootSessions enabled (verified)");
    terminal.types("kt").sees("┌ Enable RootCredentialsManagement").types("\r");
    terminal.sees("RootCredentialsManagement enabled (verified)");
    // Turning off needs the name typed.
    terminal.types("t").sees("Type RootCredentialsManagement to confirm");
    terminal.types("RootCredentials\r").types("Management\r\r");
    terminal.sees("RootCredentialsManagement disabled (verified)");
}

#[test]
fn a_run_that_may_not_write_says_so() {
    let mut terminal = Start::new(&["--demo", "--read-only"]).run();
    terminal.sees("Accounts · 41").sees("READ-ONLY").types("e").sees("nothing is written");
}

#[test]
fn a_member_sees_why_it_sees_little() {
    let mut terminal = Start::new(&["--demo", "--demo-as", "member"]).run();
    terminal.sees("could not be read").types("!").sees("AccessDeniedException").sees("Fix");
}

fn code_on(screen: &str) -> String {
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = flat
        .split(|c: char| !c.is_ascii_digit())
        .find(|word| word.len() == 6)
        .unwrap_or_else(|| panic!("no code on the screen:\n{screen}"));
    digits.to_owned()
}

fn wrong(code: &str) -> String {
    code.chars().map(|c| if c == '9' { '0' } else { '9' }).collect()
}
