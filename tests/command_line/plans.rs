//! `rootdeck email plan`, `resume` and `template`.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rustix::process::{Pid, Signal, kill_process};

use crate::gates;
use crate::program::Ended;
use crate::site::{CLEAN, CLOSED, MANAGEMENT, NORTHWIND, SANDBOX, SHOP, Site};

const START: &str = "StartPrimaryEmailUpdate";

/// A site where primary emails can be changed.
fn trusting() -> Site {
    let site = Site::closed();
    let change = Switch::TrustedAccess(ServicePrincipal::account_management()).set(true);
    tokio::runtime::Runtime::new().unwrap().block_on(gates::turn(&site.emulator, change));
    site
}

fn file(site: &Site, text: &str) -> PathBuf {
    let path = site.home.path().join("plan.csv");
    fs::write(&path, text).unwrap();
    path
}

fn plan_of(accounts: &[&str]) -> String {
    let lines = accounts.iter().map(|account| format!("{account},root+{account}@corp.example\n"));
    format!("account_id,new_email\n{}", lines.collect::<String>())
}

fn results(site: &Site) -> String {
    fs::read_to_string(site.home.path().join("plan.csv.results.csv")).unwrap()
}

/// Runs `email plan` on a file with these options.
fn plan(site: &Site, text: &str, options: &[&str]) -> Ended {
    let path = file(site, text);
    site.run(&[&["email", "plan", path.to_str().unwrap()], options].concat())
}

const YES: [&str; 2] = ["--yes", "--allow-new-domain=corp.example"];

#[test]
fn all_that_is_wrong_is_told_with_its_line_and_nothing_is_started() {
    let site = trusting();
    let text = format!(
        "account_id,new_email\n{MANAGEMENT},a@corp.example\n{CLOSED},b@corp.example\n{SANDBOX},c@corp\n123,d@corp.example\n{SHOP},D@corp.example\n"
    );
    let ended = plan(&site, &text, &YES);
    ended.expect(
        2,
        &[
            "line 2: 111122223333: only the root user of the management account",
            "line 3: ",
            "CLOSED",
            "line 4: ",
            "line 5: 123 has 3 of 12 digits",
            "line 6: 555500000103: duplicate new address, see line 5",
        ],
    );
    ended.expect(2, &["5 problems in 5 of 5 lines"]);
    assert_eq!((ended.stdout.as_str(), site.arrived(START)), ("", 0));
    let rows = plan(&site, &text, &["--dry-run", "-o", "json"]);
    let rows = rows.expect(2, &[]).json();
    assert_eq!(rows.as_array().unwrap().len(), 5);
    assert_eq!((&rows[3]["status"], &rows[3]["line"]), (&"problem".into(), &5.into()));
    assert_eq!(rows[0]["old_email"], "aws+management@example.com");
    assert!(rows[0]["new_email"].is_string() && rows[3]["old_email"].is_null() && rows[3]["new_email"].is_string());
}

#[test]
fn what_is_no_plan_says_why_before_aws_is_asked() {
    let site = trusting();
    let asked = site.emulator.requests().len();
    plan(&site, "account_id;new_email\n", &YES).expect(2, &["no lines below the header"]);
    plan(&site, "a,b\n", &YES).expect(2, &["no column account_id in the header; found a, b"]);
    fs::write(file(&site, ""), b"account_id,new_email\n1,\xE9\n").unwrap();
    let path = site.home.path().join("plan.csv");
    site.run(&["email", "plan", path.to_str().unwrap(), "--yes"]).expect(2, &["line 2", "UTF-8"]);
    site.run(&["email", "plan", "/nowhere", "--yes"]).expect(2, &["does not exist"]);
    assert_eq!(site.emulator.requests().len(), asked);
}

#[test]
fn addresses_that_aws_documents_as_invalid_are_told_by_line_and_insisted_on() {
    let site = trusting();
    let text =
        format!("account_id,new_email\n{SANDBOX},a|b@corp.example\n{CLEAN},x@corp.example\n{SHOP},a..b@corp.example\n");
    let said = ["line 2: a|b@corp.example: AWS documents", "line 4: a..b@corp.example: ", "--allow-unusual-address"];
    plan(&site, &text, &YES).expect(2, &said);
    plan(&site, &text, &["--dry-run", YES[1]]).expect(2, &said);
    assert_eq!(site.arrived(START), 0);
    plan(&site, &text, &[&YES[..], &["--allow-unusual-address"]].concat()).expect(0, &["line 4: ", "3 started"]);
}

#[test]
fn what_excel_made_of_a_file_is_told_and_read() {
    let site = trusting();
    let text = plan_of(&[SANDBOX, CLEAN]).replace("account_id", "アカウントID").replace(',', ";");
    fs::write(file(&site, ""), encoding_rs::SHIFT_JIS.encode(&text).0).unwrap();
    let path = site.home.path().join("plan.csv");
    let ended = site.run(&["email", "plan", path.to_str().unwrap(), "--dry-run", "--allow-new-domain"]);
    ended.expect(0, &["plan.csv: read as CP932 (Shift_JIS), separated by semicolons\n"]);
    assert!(ended.stdout.contains(&format!("root+{CLEAN}@corp.example")), "{}", ended.stdout);
    let link = format!("account_id,new_email\n{SANDBOX},mailto:a@corp.example\n{CLEAN},Root <b@corp.example>\n");
    plan(&site, &link, &YES).expect(2, &["line 2: ", "mailto:", "line 3: ", "includes a name"]);
}

#[test]
fn a_dry_run_shows_old_and_new_and_starts_nothing() {
    let site = trusting();
    let text = plan_of(&[SANDBOX, CLEAN]);
    let refused = plan(&site, &text, &["--dry-run"]);
    refused.expect(2, &["no account uses corp.example yet (lines 2, 3)", "--allow-new-domain=corp.example"]);
    let ended = plan(&site, &text, &["--dry-run", YES[1]]);
    ended.expect(0, &["no account uses corp.example yet (lines 2, 3)"]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert!(
        lines[1].contains("aws+sandbox07@example.com") && lines[1].ends_with("root+444455556666@corp.example"),
        "{lines:?}"
    );
    let rows = plan(&site, &text, &["--dry-run", "-o", "json"]).expect(2, &[]).json();
    assert_eq!(rows[0]["status"], "problem", "cannot be started");
    assert_eq!(rows[0]["message"], "new domain: --allow-new-domain=corp.example");
    let rows = plan(&site, &text, &["--read-only", "--dry-run", YES[1], "-o", "csv"]);
    assert_eq!(rows.expect(4, &["read-only"]).stdout.lines().nth(1).unwrap().split(',').nth(5), Some("would_start"));
    assert_eq!(site.arrived(START), 0);
    assert!(!site.home.path().join("plan.csv.results.csv").exists());
    let closed = Site::closed();
    plan(&closed, &text, &["--dry-run", YES[1]]).expect(4, &["trusted access"]);
    let path = site.home.path().join("plan.csv");
    let mut command = site.command(&["email", "plan", path.to_str().unwrap(), "--dry-run", YES[1]]);
    let denied = command.env("AWS_ACCESS_KEY_ID", "AKIADEMORESOURCE0000").output().unwrap();
    Ended::from(denied).expect(4, &["cannot be started"]);
    let mut command = site.command(&["email", "plan", path.to_str().unwrap(), "--dry-run", YES[1]]);
    let unknown = command.env("AWS_ACCESS_KEY_ID", "AKIADEMOORGREADONLY0").output().unwrap();
    Ended::from(unknown).expect(5, &["unknown whether it can be started"]);
}

#[test]
fn a_plan_can_be_run_again_and_sends_nothing_twice() {
    let site = trusting();
    let text = plan_of(&[SANDBOX, CLEAN]) + &format!("{NORTHWIND},{}\n", "AWS+northwind@example.com");
    let present = site.run(&["email", "show", NORTHWIND, "-o", "json"]).json()[0]["email"].as_str().unwrap().to_owned();
    let text = text.replace("AWS+northwind@example.com", &present.to_uppercase());
    plan(&site, &text, &YES).expect(0, &["2 started, 1 already", "differs from the current address only"]);
    let again = plan(&site, &text, &[&YES[..], &["-o", "json"]].concat());
    let rows = again.expect(0, &["line 2: 444455556666: this change is already pending", "3 lines are already"]).json();
    assert!(rows.as_array().unwrap().iter().all(|row| row["status"] == "already"), "{rows}");
    plan(&site, &text, &["--dry-run"]).expect(0, &["3 lines are already"]);
    assert_eq!(site.arrived(START), 2);
    let resent = plan(&site, &text, &[&YES[..], &["--resend"]].concat());
    resent.expect(0, &["AWS sends another one-time password", "2 started, 1 already"]);
    assert_eq!(site.arrived(START), 4);
}

#[test]
fn the_same_file_goes_on_with_its_plan_and_another_plan_sends_no_second_passwords() {
    let site = trusting();
    let accounts = [SANDBOX, CLEAN, NORTHWIND, SHOP];
    let path = file(&site, &plan_of(&accounts));
    let mut command = site.command(&[&["email", "plan", path.to_str().unwrap()], &YES[..]].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    site.awaits(START, 1);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    Ended::from(child.wait_with_output().unwrap()).expect(130, &[]);
    // The same lines from elsewhere are another plan, and what is pending is not sent again.
    let copy = site.home.path().join("copy.csv");
    fs::write(&copy, plan_of(&accounts)).unwrap();
    site.run(&[&["email", "plan", copy.to_str().unwrap()], &YES[..]].concat()).expect(0, &["is already pending"]);
    assert_eq!(site.arrived(START), 4);
    plan(&site, &plan_of(&[SANDBOX]), &YES).expect(2, &["has changed since", "rootdeck email resume --plan 1"]);
    let same = plan(&site, &plan_of(&accounts), &YES);
    same.expect(0, &["open plan, resuming it"]);
    assert_eq!(site.arrived(START), 4);
    let sent = site.emulator.mail().iter().filter(|mail| mail.subject.starts_with("Verify")).count();
    assert_eq!(sent, 4);
}

#[test]
fn each_change_is_started_and_its_result_written_beside_the_plan() {
    let site = trusting();
    let ended = plan(&site, &plan_of(&[SANDBOX, CLEAN]), &[&YES[..], &["-o", "json", "--reason", "T-1"]].concat());
    let rows = ended.expect(0, &["2 started", "plan.csv.results.csv"]).json();
    assert_eq!(rows.as_array().unwrap().len(), 2);
    for row in rows.as_array().unwrap() {
        assert_eq!(row["status"], "started");
        assert!(row["request_id"].is_string() && row["time"].is_string() && row["aws_code"].is_null(), "{row}");
    }
    let results = results(&site);
    assert_eq!(
        results.lines().next(),
        Some("line,account_id,old_email,new_email,status,aws_code,message,request_id,time")
    );
    assert!(
        results
            .lines()
            .nth(1)
            .unwrap()
            .starts_with("2,444455556666,aws+sandbox07@example.com,root+444455556666@corp.example,started,")
    );
    let path = site.home.path().join("plan.csv.results.csv");
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(site.arrived(START), 2);
    site.run(&["email", "resume", "--yes"]).expect(0, &["no open plans"]);
    site.run(&["email", "resume", "--yes", "--plan", "1"]).expect(0, &["nothing left to send", "2 started"]);
    site.run(&["email", "resume", "--yes", "--plan", "7"]).expect(2, &["no plan 7"]);
}

#[test]
fn a_new_domain_is_not_passed_over() {
    let site = trusting();
    plan(&site, &plan_of(&[SANDBOX]), &["--yes"]).expect(2, &["add --allow-new-domain=corp.example"]);
    plan(&site, &plan_of(&[SANDBOX]), &["--yes", "--allow-new-domain=other.example"]).expect(2, &["corp.example"]);
    assert_eq!(site.arrived(START), 0);
    plan(&site, &plan_of(&[SANDBOX]), &["--yes", "--allow-new-domain"])
        .expect(0, &["Whoever receives its mail can take over root"]);
}

#[test]
fn read_only_protected_and_untrusted_are_obeyed() {
    let site = trusting();
    plan(&site, &plan_of(&[SANDBOX]), &[&YES[..], &["--read-only"]].concat()).expect(4, &["read-only"]);
    let config = site.home.path().join("config.toml");
    fs::write(&config, format!("protected_accounts = [\"{SANDBOX}\"]\n")).unwrap();
    let protected = plan(&site, &plan_of(&[SANDBOX]), &[&YES[..], &["--config", config.to_str().unwrap()]].concat());
    protected.expect(2, &["line 2: 444455556666: 444455556666 is protected"]);
    plan(&site, &plan_of(&[SANDBOX]), &[]).expect(2, &["--yes"]);
    let closed = Site::closed();
    plan(&closed, &plan_of(&[SANDBOX]), &YES)
        .expect(4, &["trusted access", "rootdeck trust enable account.amazonaws.com"]);
    assert_eq!((site.arrived(START), closed.arrived(START)), (0, 0));
}

#[test]
fn somebody_else_s_file_is_not_overwritten_and_nothing_sent() {
    let site = trusting();
    fs::write(site.home.path().join("plan.csv.results.csv"), "mine\n").unwrap();
    plan(&site, &plan_of(&[SANDBOX]), &YES).expect(1, &["not a result file of rootdeck", "--results"]);
    assert_eq!((results(&site).as_str(), site.arrived(START)), ("mine\n", 0));
    let other = site.home.path().join("other.csv");
    plan(&site, &plan_of(&[SANDBOX]), &[&YES[..], &["--results", other.to_str().unwrap()]].concat()).expect(0, &[]);
    assert!(fs::read_to_string(other).unwrap().contains(",started,"));
}

#[test]
fn a_folder_that_can_not_be_written_to_is_told_before_anything_is_sent() {
    if rustix::process::geteuid().is_root() {
        // Root may write everywhere.
        return;
    }
    let site = trusting();
    let folder = site.home.path().join("shut");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("plan.csv"), plan_of(&[SANDBOX])).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o500)).unwrap();
    let path = folder.join("plan.csv");
    site.run(&[&["email", "plan", path.to_str().unwrap()], &YES[..]].concat()).expect(1, &["permissions"]);
    assert_eq!(site.arrived(START), 0);
}

#[test]
fn an_interrupted_plan_finishes_what_is_in_progress_and_is_gone_on_with() {
    let site = trusting();
    let path = file(&site, &plan_of(&[SANDBOX, CLEAN, NORTHWIND, SHOP]));
    let mut command = site.command(&[&["email", "plan", path.to_str().unwrap()], &YES[..]].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    site.awaits(START, 1);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let ended = Ended::from(child.wait_with_output().unwrap());
    ended.expect(130, &["interrupted", "rootdeck email resume --plan 1"]);
    let before = site.arrived(START);
    assert!(before < 4, "{before}");
    assert_eq!(results(&site).matches(",started,").count(), before);
    let resumed = site.run(&["email", "resume", "--yes"]);
    resumed.expect(0, &["4 started"]);
    assert_eq!((site.arrived(START), results(&site).matches(",started,").count()), (4, 4));
}

#[test]
fn a_killed_plan_is_gone_on_with_and_nothing_sent_twice() {
    let site = trusting();
    let path = file(&site, &plan_of(&[SANDBOX, CLEAN, NORTHWIND]));
    site.inject(&format!("{START}:delay(2s)=1x"));
    let mut command = site.command(&[&["email", "plan", path.to_str().unwrap()], &YES[..]].concat());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    site.awaits(START, 2);
    child.kill().unwrap();
    child.wait().unwrap();
    // The answer that comes late reaches nobody; AWS has taken it all the same.
    std::thread::sleep(std::time::Duration::from_secs(2));
    let resumed = site.run(&["email", "resume", "--yes", "-o", "csv"]);
    assert!([Some(0), Some(5)].contains(&resumed.code), "{}", resumed.stderr);
    let mails = site.emulator.mail();
    for account in [SANDBOX, CLEAN, NORTHWIND] {
        let to = format!("root+{account}@corp.example");
        assert!(mails.iter().filter(|mail| mail.to == to).count() <= 1, "{to}");
    }
    assert!(site.arrived(START) <= 3);
}

#[test]
fn what_some_accounts_are_refused_ends_with_three() {
    let site = trusting();
    site.inject(&format!("{START}:access-denied=1x"));
    let ended = plan(&site, &plan_of(&[SANDBOX, CLEAN]), &YES);
    ended.expect(3, &["1 started, 1 refused"]);
    assert!(results(&site).contains(",refused,AccessDeniedException,"), "{}", results(&site));
}

#[test]
fn credentials_that_expire_leave_the_rest_waiting() {
    let site = trusting();
    site.inject(&format!("{START}:expired-token=100%"));
    let ended = plan(&site, &plan_of(&[SANDBOX, CLEAN, NORTHWIND, SHOP]), &YES);
    ended.expect(4, &["4 waiting", "rootdeck email resume --plan 1"]);
}

#[test]
fn a_plan_can_come_from_a_pipe() {
    let site = trusting();
    let mut command = site.command(&["email", "plan", "-", "--yes", "--allow-new-domain"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(plan_of(&[SANDBOX]).as_bytes()).unwrap();
    let ended = Ended::from(child.wait_with_output().unwrap());
    ended.expect(0, &["1 started"]);
    assert!(ended.stdout.contains("started"), "{}", ended.stdout);
}

#[test]
fn a_template_can_be_checked_as_it_is() {
    let site = trusting();
    let all = site.run(&["email", "template", "--domain", "corp.example"]);
    all.expect(0, &["skipped", MANAGEMENT]);
    assert_eq!(all.stdout.lines().next(), Some("\u{FEFF}account_id,account_name,path,email,new_email"));
    plan(&site, &all.stdout, &["--dry-run", YES[1]]).expect(0, &[]);
    let two = site.run(&["email", "template", "--accounts", &format!("{SANDBOX},{CLEAN}")]);
    let lines: Vec<&str> = two.expect(0, &[]).stdout.lines().collect();
    assert!(
        lines.len() == 3 && lines[1].starts_with("444455556666,sandbox-07,") && lines[1].ends_with(','),
        "{lines:?}"
    );
    plan(&site, &two.stdout, &["--dry-run"]).expect(2, &["every new_email is blank"]);
    let one = two.stdout.replacen(",\n", ",root@corp.example\n", 1);
    let ended = plan(&site, &one, &["--dry-run", YES[1], "-o", "json"]);
    let rows = ended.expect(0, &["plan.csv: 1 line without new_email skipped"]).json();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["new_email"]), (1, &"root@corp.example".into()));
}

#[test]
fn many_problems_are_cut_for_people_and_whole_for_programs() {
    let site = trusting();
    let lines: Vec<String> = (0..40).map(|line| format!("{line},root@corp.example\n")).collect();
    let text = format!("account_id,new_email\n{}", lines.concat());
    let ended = plan(&site, &text, &["--dry-run", "-o", "json"]);
    ended.expect(
        2,
        &["line 2: 0 has 1 of 12 digits", "line 3: 1: duplicate new address, see line 2", "more (all: -o json)"],
    );
    assert_eq!(ended.json().as_array().unwrap().len(), 79, "an id of each line, and all but one address");
    assert_eq!(ended.stderr.lines().count(), 22);
}

#[test]
fn plans_are_listed_shown_and_deleted_here_alone() {
    let site = trusting();
    site.run(&["email", "plans", "list"]).expect(0, &["no plans on this machine"]);
    assert_eq!(site.run(&["email", "plans", "list", "-o", "json"]).json(), serde_json::json!([]));
    site.inject(&format!("{START}:expired-token=100%"));
    plan(&site, &plan_of(&[SANDBOX, CLEAN]), &[&YES[..], &["--reason", "T-1"]].concat()).expect(4, &["2 waiting"]);
    let rows = site.run(&["email", "plans", "list", "-o", "json"]).expect(0, &[]).json();
    let row = &rows[0];
    assert_eq!((&row["plan"], &row["open"], &row["waiting"]), (&1.into(), &true.into(), &2.into()));
    assert_eq!((&row["accounts"], &row["reason"]), (&2.into(), &"T-1".into()));
    assert!(row["file"].as_str().is_some_and(|file| file.ends_with("/plan.csv")), "{row}");
    assert!(site.run(&["email", "plans", "list"]).stdout.starts_with("PLAN"));
    let items = site.run(&["email", "plans", "show", "1", "-o", "json"]).expect(0, &[]).json();
    assert_eq!((&items[0]["account_id"], &items[0]["status"]), (&SANDBOX.into(), &"waiting".into()));
    assert_eq!(items[0]["account_name"], "sandbox-07", "from the last listing");
    site.run(&["email", "plans", "show", "7"]).expect(2, &["no plan 7"]);

    site.run(&["email", "plans", "drop", "1"]).expect(2, &["--yes"]);
    site.run(&["email", "plans", "drop", "1", "--yes", "--read-only"]).expect(4, &["read-only"]);
    let dropped = site.run(&["email", "plans", "drop", "1", "--yes"]);
    dropped.expect(0, &["Delete plan 1", "2 of its changes are not started yet", "stay started"]);
    assert_eq!(dropped.stdout, "plan 1: deleted on this machine\n");
    site.run(&["email", "plans", "drop", "1", "--yes"]).expect(2, &["no plan 1"]);
    site.run(&["email", "resume", "--yes"]).expect(0, &["no open plans"]);
}

#[test]
fn a_person_confirms_for_the_domain_and_types_the_number() {
    let site = trusting();
    let path = file(&site, &plan_of(&[SANDBOX, CLEAN]));
    let arguments = ["email", "plan", path.to_str().unwrap()];
    let mut terminal = site.terminal(&arguments);
    terminal.sees("Type corp.example to continue:").types("corp.example\r").sees("Type 2 to continue:").types("3\r");
    terminal.sees("nothing was changed");
    assert_eq!((terminal.ends().exit_code(), site.arrived(START)), (1, 0));
    let mut terminal = site.terminal(&arguments);
    terminal.sees("Type corp.example to continue:").types("corp.example\r").sees("Type 2 to continue:").types("2\r");
    terminal.sees("start [").sees("2 started");
    assert_eq!((terminal.ends().exit_code(), site.arrived(START)), (0, 2));
}
