//! Another profile, signing in, and the code of an MFA device.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rootdeck::emulator::{Identity, SSO_TOKEN};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::aws::Aws;
use crate::terminal::{Start, Terminal};

/// Where the AWS CLI keeps the token of the SSO session `corp`: the SHA-1 of that name.
const TOKEN_FILE: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// A home with profiles of several kinds.
pub(crate) struct Home(tempfile::TempDir);

impl Home {
    pub(crate) fn new(aws: &Aws) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(home.path().join(".aws/sso/cache")).unwrap();
        std::fs::create_dir_all(home.path().join("bin")).unwrap();
        let keys = |name: &str, who| {
            let key = aws.emulator.access_key(who);
            format!("[profile {name}]\naws_access_key_id = {}\naws_secret_access_key = {}\n", key.id, key.secret)
        };
        let config = [
            keys("office", Identity::Management),
            keys("developer", Identity::Member),
            keys("alice", Identity::User),
            "[profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/OrgAdmin\nsource_profile = alice\n\
             mfa_serial = arn:aws:iam::111122223333:mfa/alice\n"
                .to_owned(),
            "[profile on-top]\nrole_arn = arn:aws:iam::111122223333:role/AdministratorAccess\n\
             source_profile = mfa\n"
                .to_owned(),
            "[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = OrgAdmin\n\
             [sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n"
                .to_owned(),
        ];
        std::fs::write(home.path().join(".aws/config"), config.concat()).unwrap();
        Self(home)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Puts a program that is called `aws` where it is found.
    fn install_aws(&self, script: &str) {
        let path = self.path().join("bin/aws");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn token(&self) -> PathBuf {
        self.path().join(".aws/sso/cache").join(TOKEN_FILE)
    }

    pub(crate) fn start<'a>(&'a self, aws: &Aws, arguments: &[&'a str]) -> Start<'a> {
        self.with(aws, Start::new(arguments))
    }

    fn with<'a>(&'a self, aws: &Aws, start: Start<'a>) -> Start<'a> {
        let path = format!("{}:/usr/bin:/bin", self.path().join("bin").display());
        start
            .home(self.path())
            .set("PATH", &path)
            .set("AWS_ENDPOINT_URL", &aws.emulator.endpoint_url())
            .set("AWS_EC2_METADATA_DISABLED", "true")
    }
}

pub(crate) fn code(aws: &Aws) -> String {
    aws.emulator.mfa_code().unwrap().token_code
}

fn pid_in(file: &Path) -> Pid {
    Pid::from_raw(std::fs::read_to_string(file).unwrap().trim().parse().unwrap()).unwrap()
}

/// Tells the program whose number is in the file to end.
fn ends(file: &Path) {
    kill_process(pid_in(file), Signal::TERM).unwrap();
}

fn leaves(terminal: &mut Terminal) {
    assert!(terminal.types("q").ends().success());
}

#[test]
fn another_profile_is_taken_and_nothing_of_the_one_before_is_left() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    let mut terminal = home.start(&aws, &["--profile", "office"]).run();
    terminal.sees("office · 111122223333 management").sees("Accounts · 41");
    terminal.types("w").sees("Profiles").sees("role OrgAdmin from alice, MFA code").sees("SSO OrgAdmin");
    terminal.types("devel\r").sees("developer · ").sees("member").sees_no_more("Corp Management");
    terminal.types("5").sees("developer · ").types("w").sees("Profiles").types("office\r");
    terminal.sees("office · 111122223333 management").types("1").sees("Accounts · 41");
    leaves(&mut terminal);
}

#[test]
fn who_has_to_sign_in_does_it_from_the_program_and_is_connected_then() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    let token = format!(r#"{{"accessToken":"{SSO_TOKEN}","expiresAt":"2099-01-01T00:00:00Z"}}"#);
    home.install_aws(&format!("echo confirm ABCD-EFGH; read -r _; echo '{token}' >'{}'", home.token().display()));
    let mut terminal = home.start(&aws, &["--profile", "sso"]).run();
    terminal.sees("aws sso login --profile sso").sees("I sign in");
    terminal.types("I").sees("with a browser on this machine").types("\r");
    terminal.sees("$ aws sso login --profile sso").sees("confirm ABCD-EFGH");
    assert!(!terminal.modes().0, "the terminal is the AWS CLI's, on its own screen");
    terminal.types("\n").sees("sso · 111122223333 management").sees("Accounts · 41");
    assert!(terminal.modes().0);
    leaves(&mut terminal);
}

#[test]
fn whoever_comes_by_ssh_is_offered_the_browser_elsewhere_first_and_a_failure_can_be_read() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    home.install_aws("echo \"$@\"; echo no such session; exit 7");
    let mut terminal = home.start(&aws, &["--profile", "sso"]).set("SSH_CONNECTION", "::1 1 ::1 22").run();
    terminal.sees("I sign in").types("I").sees("▌  with a browser on another machine").types("\r");
    terminal.sees("sso login --profile sso --use-device-code --no-browser").sees("no such session");
    terminal.sees("Press Enter to return to rootdeck").types("\n").sees("exit code 7").sees("I sign in");
    leaves(&mut terminal);
}

#[test]
fn without_the_aws_cli_it_is_said_that_it_is_missing() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    let only = home.path().join("bin").display().to_string();
    let mut terminal = home.start(&aws, &["--profile", "sso"]).set("PATH", &only).run();
    terminal.sees("I sign in").types("I").sees("with a browser on this machine").types("\r");
    terminal.sees("the AWS CLI is not installed").sees("I sign in");
    leaves(&mut terminal);
}

#[test]
fn keys_that_stop_and_end_the_aws_cli_bring_the_terminal_back() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    home.install_aws("trap 'echo going on; exec sleep 600' CONT; echo waiting for you; while :; do sleep 0.1; done");
    let script = r#""$0" --profile sso; echo "IN THE SHELL"; read line; fg; echo "ENDED $?""#;
    let mut terminal = home.with(&aws, Start::shell(script)).run();
    terminal.sees("I sign in").types("I").sees("with a browser on this machine").types("\r").sees("waiting for you");
    terminal.types("\x1a").sees("IN THE SHELL").types("\r");
    terminal.sees("going on").types("\x03").sees("was stopped before sign-in").sees("I sign in");
    // The AWS CLI itself catches ctrl-c.
    home.install_aws("trap 'exit 130' INT; echo waiting again; while :; do sleep 0.1; done");
    terminal
        .types("!")
        .sees("Error")
        .types("q")
        .types("I")
        .sees("with a browser on this machine")
        .types("\r")
        .sees("waiting again");
    terminal.types("\x03").sees("was stopped before sign-in").sees("I sign in");
    terminal.types("q").sees("ENDED 0");
    terminal.reaches_modes((false, false, false));
}

#[test]
fn an_attempt_to_connect_that_is_overtaken_gives_nobody_its_rights() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    std::fs::write(home.token(), format!(r#"{{"accessToken":"{SSO_TOKEN}","expiresAt":"2099-01-01T00:00:00Z"}}"#))
        .unwrap();
    let developer = aws.emulator.access_key(Identity::Member);
    let other =
        format!("[profile sso]\naws_access_key_id = {}\naws_secret_access_key = {}\n", developer.id, developer.secret);
    std::fs::write(home.path().join("other"), other).unwrap();
    home.install_aws(r#"cp "$HOME/other" "$HOME/.aws/config""#);
    let delay = Duration::from_secs(3);
    aws.emulator.inject("GetCallerIdentity:delay(3s)=1x".parse().unwrap());
    let mut terminal = home.start(&aws, &["--profile", "sso"]).run();
    // While AWS thinks about the administrator, a developer signs in.
    aws.awaits("GetCallerIdentity", 1);
    terminal.types("I").sees("with a browser on this machine").types("\r");
    terminal.sees("555500000204 member");
    std::thread::sleep(delay + Duration::from_millis(500));
    assert_eq!(aws.arrived("GetCallerIdentity"), 2);
    let before = aws.arrived("ListAccounts");
    terminal.types("r");
    aws.awaits("ListAccounts", before + 1);
    // An administrator would be told of 41 accounts now.
    std::thread::sleep(Duration::from_secs(1));
    terminal.redraws().sees("this is a member account");
    assert!(!terminal.screen().contains("Accounts · 41"), "{}", terminal.screen());
    leaves(&mut terminal);
}

#[test]
fn the_aws_cli_ends_with_the_program() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    let reported = home.path().join("pid");
    home.install_aws(&format!("echo $$ >'{}'; echo waiting for you; exec sleep 600", reported.display()));
    let mut terminal = home.start(&aws, &["--profile", "sso"]).run();
    terminal.sees("I sign in").types("I").sees("with a browser on this machine").types("\r").sees("waiting for you");
    kill_process(Pid::from_raw(terminal.pid()).unwrap(), Signal::TERM).unwrap();
    assert!(terminal.ends().success());
    let end = Instant::now() + Duration::from_secs(20);
    while test_kill_process(pid_in(&reported)).is_ok() {
        assert!(Instant::now() < end, "it goes on without anybody to sign in");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_role_that_wants_a_code_has_it_asked_for_until_aws_takes_one() {
    let aws = Aws::new();
    let home = Home::new(&aws);
    let mut terminal = home.start(&aws, &["--profile", "mfa"]).run();
    terminal.sees("MFA code for the profile mfa").sees("arn:aws:iam::111122223333:mfa/alice");
    let used = code(&aws);
    terminal.types("00000").types("0").sees("••••••").types("\r\r").sees("invalid MFA one time pass code");
    terminal.types(&used).sees("••••••").types("\r\r").sees("mfa · 111122223333 management").sees("Accounts · 41");
    assert!(!terminal.raw().contains(&used), "the code was never on the screen");
    leaves(&mut terminal);
    // A subcommand asks for it, too, without echo.
    let mut terminal = home.start(&aws, &["trust", "list", "--profile", "mfa"]).run();
    terminal.sees("Code (not shown):").types(&used).types("\r").sees("MultiFactorAuthentication failed");
    terminal.sees_times("Code (not shown):", 2);
    let fresh = code(&aws);
    terminal.types(&fresh).types("\r").sees("account.amazonaws.com");
    assert!(terminal.ends().success());
    assert!(!terminal.raw().contains(&fresh));
    // So does a role that is assumed from that one.
    let mut terminal = home.with(&aws, Start::shell(r#""$0" status --profile on-top | head -3"#)).run();
    terminal
        .sees("Code (not shown):")
        .types(&code(&aws))
        .types("\r")
        .sees("assumed-role/AdministratorAccess/rootdeck-");
    assert!(terminal.ends().success());
    let mut terminal = home.start(&aws, &["trust", "list", "--profile", "mfa"]).run();
    terminal.sees("Code (not shown):").types("12\x03");
    assert_eq!(terminal.ends().exit_code(), 130);
    // Esc calls it off at once; what would stop or kill the program is no more than a wrong character.
    let mut terminal = home.start(&aws, &["trust", "list", "--profile", "mfa"]).run();
    terminal.sees("Code (not shown):").types("12\x1a\x1c34\x1b");
    assert_eq!(terminal.ends().exit_code(), 130);
    // Whatever ends it, the shell echoes again.
    let reported = home.path().join("pid");
    let run = r#""$0" trust list --profile mfa & echo $! >"$HOME/pid"; fg >/dev/null; stty -a | grep -o '[- ]echo\b'"#;
    let script = format!("{run}; echo ENDED");
    let mut terminal = home.with(&aws, Start::shell(&script)).run();
    terminal.sees("Code (not shown):");
    ends(&reported);
    terminal.sees(" echo").sees("ENDED");
    assert_eq!(aws.arrived("AssumeRole"), 6, "nothing goes out without a code");
}
