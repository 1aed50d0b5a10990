//! What is kept on this machine, whatever becomes of it: findings between sessions, several sessions
//! at once, a full disk, a folder that can't be written to, a file that is not sound.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};

use crate::aws::Aws;
use crate::terminal::{Start, Terminal};

const SANDBOX: &str = "444455556666";
const START: &str = "StartPrimaryEmailUpdate";
const ACCEPT: &str = "AcceptPrimaryEmailUpdate";

fn store(home: &Path) -> PathBuf {
    home.join(".local/state/rootdeck/rootdeck.db")
}

/// Leaves, once the listing is whole and kept.
fn leave(mut terminal: Terminal) {
    terminal.sees_no_more("41 ◷").types("q");
    assert!(terminal.ends().success());
}

/// Has a one-time password sent to `new` for the account, and goes back to the whole list.
fn starts_a_change(terminal: &mut Terminal, account: &str, new: &str) {
    // Nothing is changed before AWS has said who this is.
    terminal.sees("as of").types(&format!("/{account}\r")).sees("1 of").types("e").sees("Change the primary email");
    terminal.types(new).types("\r\r").sees("Enter the one-time password");
    terminal.types("\x1b").sees_no_more("Enter the one-time password").sees("PENDING");
    shows_all(terminal);
}

/// Clears the filter. A key right behind an escape would be taken for one with alt.
fn shows_all(terminal: &mut Terminal) {
    terminal.types("\x1b").sees_no_more("1 of 41").sees("Accounts · 41");
}

#[test]
fn what_somebody_else_changed_is_found_at_the_next_start_and_gone_once_it_is_noted() {
    let (aws, home) = (Aws::trusting(), tempfile::tempdir().unwrap());
    leave(aws.session(home.path(), &[]));
    aws.changed_elsewhere(SANDBOX, "elsewhere@example.com");
    let mut second = aws.session(home.path(), &[]);
    second.sees("1 finding since").sees("an email changed by someone else");
    second.types("/found:email\r").sees("sandbox-07").sees("changed by someone else since").sees("was");
    second.types("F").sees("elsewhere@example.com").sees("UpdateAccountEmailAddress");
    // Left for later, it is there at the next start.
    second.types("\x1b").sees_no_more("between");
    shows_all(&mut second);
    leave(second);
    let mut third = aws.session(home.path(), &[]);
    third.sees("as of").sees("1 finding").types("F").sees("Acknowledge: a.").types("a").sees_no_more("1 finding");
    leave(third);
    let mut fourth = aws.session(home.path(), &[]);
    fourth.sees("as of").types("r").sees("reloading").sees_no_more("41 ◷").redraws();
    assert!(!fourth.screen().contains("finding"), "{}", fourth.screen());
}

#[test]
fn within_a_session_r_compares_and_what_was_done_here_is_no_finding() {
    let (aws, home) = (Aws::trusting(), tempfile::tempdir().unwrap());
    let mut terminal = aws.session(home.path(), &[]);
    terminal.sees("as of");
    starts_a_change(&mut terminal, SANDBOX, "ours@example.com");
    terminal.types("/sandbox-07\r").sees("1 of").types("o").sees("Enter the one-time password");
    terminal.types(&aws.code()).types("\r\r").sees("COMPLETED").sees("ours@example.com");
    terminal.types("r").sees("reloading").sees_no_more("sandbox-07 ◷").redraws();
    assert!(!terminal.screen().contains("finding"), "{}", terminal.screen());
    aws.changed_elsewhere(SANDBOX, "theirs@example.com");
    terminal.types("r").sees("1 finding").sees("theirs@example.com");
}

#[test]
fn two_at_once_start_changes_and_each_sees_the_other_s() {
    let (aws, home) = (Aws::trusting(), tempfile::tempdir().unwrap());
    let mut first = aws.session(home.path(), &[]);
    let mut second = aws.session(home.path(), &[]);
    starts_a_change(&mut first, SANDBOX, "first@example.com");
    starts_a_change(&mut second, "444455556008", "second@example.com");
    for terminal in [&mut first, &mut second] {
        terminal.types("r").sees("as of").types("/pending:yes\r").sees("2 of 41");
        terminal.types("/\x15sandbox-07\r").sees("first@example.com");
        terminal.types("/\x15sandbox-08\r").sees("second@example.com");
    }
    // What one finishes the other one's records know.
    leave(first);
    leave(second);
    let mut third = aws.session(home.path(), &[]);
    third.types("/pending:yes\r").sees("2 of 41");
}

#[test]
fn on_a_full_disk_nothing_is_sent_and_nothing_is_lost() {
    let (aws, home) = (Aws::trusting(), tempfile::tempdir().unwrap());
    let mut before = aws.session(home.path(), &[]);
    starts_a_change(&mut before, SANDBOX, "first@example.com");
    let code = aws.code();
    leave(before);
    // What was cut off is rolled back while there is room for it.
    while home.path().join(".local/state/rootdeck/rootdeck.db-journal").exists() {
        leave(aws.session(home.path(), &[]));
    }
    let kept = fs::read(store(home.path())).unwrap();

    // No file can grow any more, or be written to behind its first block.
    let script = r#"trap '' XFSZ; ulimit -f 1; exec "$0""#;
    let mut full = aws.reached_by(Start::shell(script).home(home.path())).run();
    // The filter of the session before may be there still.
    full.sees("as of").sees("! details").types("!").sees("The store could not be used").sees("quota").types("q");
    full.types("/\x15444455556008\r").sees("1 of").types("e").sees("Change the primary email");
    full.types("second@example.com").types("\r\r").sees("Nothing was changed").sees("quota");
    full.types("\x1b").sees_no_more("Change the primary email");
    full.types("/\x15sandbox-07\r").sees("PENDING").types("o").sees("Enter the one-time password");
    full.types(&code).types("\r\r").sees("Nothing was changed").sees("quota");
    full.types("\x03");
    assert!(full.ends().success());
    assert_eq!((aws.arrived(START), aws.arrived(ACCEPT)), (1, 0));
    assert!(fs::read(store(home.path())).unwrap() == kept, "the file is as it was");

    let mut after = aws.session(home.path(), &[]);
    after.sees("as of").types("/pending:yes\r").sees("1 of 41").sees("first@example.com").types("o");
    after.sees("Enter the one-time password").types(&code).types("\r\r").sees("ACCEPTED");
}

#[test]
fn where_nothing_can_be_kept_the_program_runs_and_says_what_that_means() {
    let (aws, home) = (Aws::open(), tempfile::tempdir().unwrap());
    let state = home.path().join("state");
    fs::write(&state, "not a folder").unwrap();
    let start = Start::new(&[]).home(home.path()).set("XDG_STATE_HOME", state.to_str().unwrap());
    let mut terminal = aws.reached_by(start).run();
    terminal
        .sees("Accounts · 41")
        .sees("! details")
        .types("!")
        .sees("cannot be used")
        .sees("continues without it")
        .types("q");
    // What leaves no trace elsewhere is refused, and says why.
    terminal.types("/sandbox-07\r").sees("1 of").types("p").sees("Root task in").types("jj\r").sees("journal");
    assert_eq!(aws.arrived("AssumeRoot"), 0);
    assert_eq!(fs::read(&state).unwrap(), b"not a folder");
}

#[test]
fn a_store_that_is_not_sound_or_newer_is_left_alone_and_the_program_runs() {
    let (aws, home) = (Aws::trusting(), tempfile::tempdir().unwrap());
    leave(aws.session(home.path(), &[]));
    let file = store(home.path());
    let whole = fs::read(&file).unwrap();
    let newer = |file: &Path| {
        let file = rusqlite::Connection::open(file).unwrap();
        file.pragma_update(None, "user_version", 99).unwrap();
    };
    let damaged = |file: &Path| fs::write(file, &whole[..whole.len() / 2]).unwrap();
    for (spoil, words) in [(&newer as &dyn Fn(&Path), "was created by a newer rootdeck"), (&damaged, "is damaged")] {
        spoil(&file);
        let spoilt = fs::read(&file).unwrap();
        let mut terminal = aws.session(home.path(), &[]);
        terminal.types("!").sees(words).sees("was not changed").types("q");
        leave(terminal);
        assert!(fs::read(&file).unwrap() == spoilt, "{words}");
    }
}

#[test]
fn killed_again_and_again_it_finds_all_that_it_had_told() {
    let (aws, home) = (Aws::trusting(), tempfile::tempdir().unwrap());
    let accounts = [SANDBOX, "444455556008", "222233335555"];
    for (count, account) in accounts.iter().enumerate() {
        let mut terminal = aws.reached_by(Start::new(&[]).home(home.path())).run();
        if count > 0 {
            terminal.sees("open email change");
        }
        Aws::shows_all(&mut terminal);
        starts_a_change(&mut terminal, account, &format!("new{count}@example.com"));
        kill_process(Pid::from_raw(terminal.pid()).unwrap(), Signal::KILL).unwrap();
        terminal.ends();
    }
    let mut last = aws.session(home.path(), &[]);
    last.types("/pending:yes\r").sees("3 of 41");
    leave(last);
}

#[test]
fn three_changes_that_were_started_and_killed_are_finished_from_their_pasted_mails() {
    let (aws, home) = (Aws::trusting(), tempfile::tempdir().unwrap());
    let mut first = aws.session(home.path(), &[]);
    for (count, account) in [SANDBOX, "444455556008", "222233335555"].iter().enumerate() {
        starts_a_change(&mut first, account, &format!("new{count}@example.com"));
    }
    kill_process(Pid::from_raw(first.pid()).unwrap(), Signal::KILL).unwrap();
    first.ends();

    let mut second = aws.session(home.path(), &[]);
    second.sees("as of").types("2").sees("2 Email changes 3").sees("◷ PENDING");
    let mails: Vec<String> = aws.emulator.mail().into_iter().map(|mail| mail.body).collect();
    second.pastes(&mails.join("\n-- \n")).sees("Accept the email changes in 3 mails").sees("Type 3");
    second.types("3\r\r").sees_times("COMPLETED: the account has the new address", 3);
    second.types("\x1b").sees("● COMPLETED").types("6").sees("account:AcceptPrimaryEmailUpdate").types("q");
    assert!(second.ends().success());
    assert_eq!((aws.arrived(START), aws.arrived(ACCEPT)), (3, 3));
}
