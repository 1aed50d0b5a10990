//! Completion scripts and the manual.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::program::{program, run};
use crate::site::{SANDBOX, Site};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

/// What a tool says, where it is on this machine.
fn tool(name: &str, arguments: &[&str], folder: &Path) -> Option<Output> {
    Command::new(name).args(arguments).current_dir(folder).output().ok()
}

#[test]
fn each_script_is_one_that_its_shell_reads() {
    let home = TempDir::new().unwrap();
    for shell in SHELLS {
        let ended = run(&["completions", shell]);
        ended.expect(0, &[]);
        assert!(ended.stdout.contains("rootdeck") && ended.stdout.contains("ROOTDECK_COMPLETE"), "{}", ended.stdout);
        fs::write(home.path().join(shell), &ended.stdout).unwrap();
    }
    for shell in ["bash", "zsh", "fish"] {
        if let Some(output) = tool(shell, &["-n", shell], home.path()) {
            assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    // Installed as the function `_rootdeck`, zsh calls it when it loads it.
    let zsh = run(&["completions", "zsh"]).stdout;
    let (defined, called) = zsh.split_once("if [[ $funcstack[1] == _rootdeck ]]").unwrap();
    assert!(defined.contains("function _clap_dynamic_completer_rootdeck()"), "{zsh}");
    assert!(called.contains("    _clap_dynamic_completer_rootdeck \"$@\""), "{zsh}");
    run(&["completions", "tcsh"]).expect(2, &["bash, zsh, fish, elvish, powershell"]);
}

/// What a bash offers behind `line`, with `program` for the command in its environment.
fn bash(mut program: Command, line: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_BIN_EXE_rootdeck")).parent().unwrap().display().to_string();
    // What bash replaces begins anew behind these, and behind a quote that is open.
    let replaced = line.rsplit(['=', ':', '"']).next().unwrap();
    let replaced = if line.contains('"') { replaced } else { replaced.rsplit(' ').next().unwrap() };
    let script = format!(
        "PATH={folder}:$PATH; source <(rootdeck completions bash); COMP_LINE=\"$1\"; COMP_POINT=${{#COMP_LINE}}; \
         _rootdeck rootdeck \"$2\" '' 2>/dev/null; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
    );
    let output = program.args(["--norc", "-c", &script, "bash", line, replaced]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// A bash in the environment of `command`.
fn shell_for(command: &Command) -> Command {
    let mut shell = Command::new("bash");
    shell.env_clear().env("PATH", "/usr/bin:/bin");
    for (name, value) in command.get_envs() {
        if let Some(value) = value.filter(|_| name != "PATH") {
            shell.env(name, value);
        }
    }
    shell
}

#[test]
fn a_shell_completes_commands_profiles_and_accounts_from_this_machine() {
    let site = Site::closed();
    let offered = |line: &str| bash(shell_for(&site.command(&[])), line);
    assert_eq!(offered("rootdeck email st"), ["start", "status"]);
    assert!(offered("rootdeck email start ").iter().all(|word| word.starts_with('-')), "nothing is kept yet");
    assert_eq!(site.arrived("ListAccounts"), 0);

    site.run(&["accounts"]).expect(0, &[]);
    let asked = site.emulator.requests().len();
    assert!(offered("rootdeck email start 4444").contains(&SANDBOX.to_owned()));
    assert_eq!(offered("rootdeck email start payments-p"), ["payments-prod"]);
    assert_eq!(offered("rootdeck session payments-p"), ["payments-prod"]);
    assert_eq!(offered("rootdeck journal --account payments-p"), ["payments-prod"]);
    assert_eq!(offered("rootdeck --profile other email start payments-p"), [""]);
    // Names are quoted as the word was begun, and each part of a list is completed.
    assert_eq!(offered("rootdeck email start log"), ["Log\\ Archive"]);
    assert_eq!(offered("rootdeck email start \"Log A"), ["Log Archive"]);
    assert_eq!(offered("rootdeck audit --accounts sandbox-07,payments-p"), ["sandbox-07,payments-prod"]);
    assert_eq!(offered("rootdeck audit --fail-on finding,u"), ["finding,unread"]);
    assert_eq!(offered("rootdeck audit --fail-on=finding,u"), ["finding,unread"]);
    assert_eq!(
        offered("rootdeck accounts --email-domain northwind.example,fab"),
        ["northwind.example,fabrikam.example"]
    );
    assert_eq!(offered("rootdeck features enable roots"), ["RootSessions"]);
    assert_eq!(offered("rootdeck email status al"), ["all"]);
    assert_eq!(site.emulator.requests().len(), asked, "nothing is asked of AWS");
}

#[test]
fn profiles_are_completed_and_those_that_a_shell_would_run_are_not() {
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join(".aws")).unwrap();
    fs::write(home.path().join(".aws/config"), "[profile prod]\n[profile prod$(id)]\n[profile pro-b]\n").unwrap();
    let offered = bash(shell_for(&program(&home, &[])), "rootdeck accounts --profile pro");
    assert_eq!(offered, ["pro-b", "prod"]);
    assert!(!home.path().join(".local").exists(), "nothing is made on this machine");
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let page = run(&["man"]);
    page.expect(0, &[]);
    assert!(page.stdout.contains(".TH rootdeck 1"), "{}", page.stdout);
    let home = TempDir::new().unwrap();
    let folder = home.path().join("man/man1");
    run(&["man", "--dir", folder.to_str().unwrap()]).expect(0, &[]);
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() > 40, "{names:?}");
    for name in ["rootdeck.1", "rootdeck-accounts.1", "rootdeck-email-start.1", "rootdeck-sqs-policy-put.1"] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    for name in &names {
        let arguments = ["-T", "lint", "-W", "error", name];
        if let Some(output) = tool("mandoc", &arguments, &folder) {
            assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
        }
    }
    run(&["man", "--dir", "/dev/null/x"]).expect(1, &["cannot be written"]);
}
