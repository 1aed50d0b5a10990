//! Changes that are accepted with the codes of mails, one after the other; asked for; taken over.

use jiff::Timestamp;
use rootdeck::domain::records::{JournalRecords, StartRecords};

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Change;
use rootdeck::domain::email_change::{EmailChangeStatus as Status, StartedEmailChange, StartedProgress as Progress};
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::mails::code_mails;
use rootdeck::domain::run::{Acceptance, Run, RunReport, Steering};
use rootdeck::domain::write::{Seen, WriteOutcome, Written};
use rootdeck::store::Store;

use super::office::{ACCEPT, IN_PROGRESS, OTHER, Office, SANDBOX, SANDBOX_EMAIL, address, id, refused, start};
use super::root_runs::Watcher;

const THIRD: &str = "555500000201";
const NEW: [(&str, &str); 3] =
    [(SANDBOX, "root-sandbox@corp.example"), (OTHER, "root-other@corp.example"), (THIRD, "root-payments@corp.example")];

/// Three changes are started, and their mails are saved into one file.
async fn started() -> (Office, String) {
    let office = Office::trusting().await;
    for (account, new) in NEW {
        assert_eq!(office.start(account, new).await.outcome, WriteOutcome::Taken(Some(Status::Pending)));
    }
    let mails = office.emulator.mail();
    let mails = mails.iter().filter(|mail| mail.subject.starts_with("Verify"));
    // As a mail program quotes them when they are forwarded.
    let quoted = mails.map(|mail| format!("> {}\n\n", mail.body.replace('\n', "\n> ")));
    let text = quoted.collect::<String>();
    (office, text)
}

/// What a person would confirm of these mails.
async fn matched(office: &Office, text: &str) -> Vec<Acceptance> {
    let accounts = office.all_accounts().await;
    let records = office.records.started().unwrap();
    let matched = code_mails(text).into_iter().map(|mail| {
        let change = records.iter().find(|change| change.new.same_mailbox(&mail.address)).unwrap();
        let account = accounts.iter().find(|account| account.id == change.account).unwrap().clone();
        assert_eq!(mail.account, Some(account.id));
        Acceptance { account, new: change.new.clone(), otp: mail.otp }
    });
    matched.collect()
}

async fn accept(office: &Office, items: Vec<Acceptance>) -> Vec<(Change, Written)> {
    let watcher = Watcher::new();
    let run = Run::AcceptEmailChanges { items, reason: Some("TICKET-9".into()) };
    office.engine.run(run, watcher.steer.subscribe(), office.clock(), watcher.listen()).await;
    let written = watcher.ended().into_iter().filter_map(|report| match report {
        RunReport::Written(change, _, written) => Some((*change, *written)),
        _ => None,
    });
    written.collect()
}

#[tokio::test]
async fn three_changes_are_accepted_from_their_mails_and_a_wrong_code_stops_no_other() {
    let (office, text) = started().await;
    let mut items = matched(&office, &text).await;
    assert_eq!(items.iter().map(|item| item.account.id).collect::<Vec<_>>(), NEW.map(|(account, _)| id(account)));
    items[1].otp = office.wrong_code(NEW[1].1);
    let results = accept(&office, items).await;
    assert_eq!(results.len(), 3);
    let taken =
        |index: usize| assert_eq!(results[index].1.outcome, WriteOutcome::Taken(Some(Status::Accepted)), "{index}");
    taken(0);
    taken(2);
    assert_eq!(refused(&results[1].1).message, "The one-time password is incorrect.");
    assert!(matches!(&results[1].1.seen, Seen::Email { report: Ok(report), .. } if report.status == Status::Pending));
    assert_eq!(office.arrived(ACCEPT), 3, "each was sent once");
    let kept = NEW.map(|(account, _)| office.kept(account).1);
    assert_eq!(kept, [Progress::Accepted, Progress::Pending, Progress::Accepted]);

    // The right one still works, and all three end.
    let items = matched(&office, &text).await.into_iter().filter(|item| item.account.id == id(OTHER)).collect();
    let results = accept(&office, items).await;
    assert_eq!(results[0].1.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    office.advance(IN_PROGRESS);
    let watcher = Watcher::new();
    let run = Run::AskEmailChanges { accounts: NEW.map(|(account, _)| id(account)).to_vec() };
    office.engine.run(run, watcher.steer.subscribe(), Timestamp::now, watcher.listen()).await;
    for report in watcher.ended() {
        assert!(
            matches!(&report, RunReport::EmailChange(_, Ok(report)) if report.status == Status::Completed),
            "{report:?}"
        );
    }
    for (account, new) in NEW {
        assert_eq!((office.kept(account).1, office.listed(account).await.email.as_str()), (Progress::Completed, new));
    }
}

#[tokio::test]
async fn the_journal_tells_of_each_with_the_reason_and_never_the_code() {
    let (office, text) = started().await;
    let mut items = matched(&office, &text).await;
    items[1].otp = office.wrong_code(NEW[1].1);
    let codes: Vec<String> = items.iter().map(|item| item.otp.expose().to_owned()).collect();
    accept(&office, items).await;
    let journal = office.records.journal(3).unwrap();
    let outcomes: Vec<_> = journal.iter().rev().map(|entry| (entry.account, entry.outcome)).collect();
    let (ok, no) = (JournalOutcome::Ok, JournalOutcome::Refused);
    assert_eq!(outcomes, [(Some(id(SANDBOX)), ok), (Some(id(OTHER)), no), (Some(id(THIRD)), ok)]);
    for entry in &journal {
        assert_eq!(entry.reason.as_deref(), Some("TICKET-9"));
        assert!(codes.iter().all(|code| !format!("{entry:?}").contains(code)), "{entry:?}");
    }
}

#[tokio::test]
async fn a_stopped_run_sends_nothing_more() {
    let (office, text) = started().await;
    let items = matched(&office, &text).await;
    let watcher = Watcher::new();
    watcher.steer.send_replace(Steering::Stop);
    let run = Run::AcceptEmailChanges { items, reason: None };
    office.engine.run(run, watcher.steer.subscribe(), office.clock(), watcher.listen()).await;
    assert!(watcher.ended().is_empty());
    assert_eq!(office.arrived(ACCEPT), 0);
}

#[tokio::test]
async fn asking_tells_of_each_account_what_aws_says_or_why_it_did_not() {
    let (office, _) = started().await;
    office.inject("GetPrimaryEmailUpdateStatus:internal-error=100%");
    let watcher = Watcher::new();
    let accounts = vec![id(SANDBOX), id(OTHER)];
    let run = Run::AskEmailChanges { accounts };
    office.engine.run(run, watcher.steer.subscribe(), Timestamp::now, watcher.listen()).await;
    let reported = watcher.ended();
    assert_eq!(reported.len(), 2);
    for report in reported {
        assert!(
            matches!(&report, RunReport::EmailChange(_, Err(error)) if error.kind == ApiErrorKind::Service),
            "{report:?}"
        );
    }
}

#[tokio::test]
async fn an_address_that_was_entered_is_kept_and_accepts_and_a_wrong_one_is_refused_as_such() {
    let office = Office::trusting().await;
    let new = NEW[0].1;
    // Somebody else, with records of their own, has started it.
    let elsewhere = Store::in_memory().scope(None, Some("http://127.0.0.1:1"));
    let engine = office.engine_on(std::sync::Arc::new(elsewhere));
    office.write_by(&engine, start(SANDBOX, new), None).await;
    let report = office.engine.email_change(id(SANDBOX)).await.unwrap();
    let adopted = |new: &str| StartedEmailChange {
        account: id(SANDBOX),
        old: SANDBOX_EMAIL.into(),
        new: address(new),
        by: None,
        started: report.updated.unwrap(),
        progress: Progress::Pending,
    };
    office.engine.adopt_email_change(adopted("wrong@corp.example")).await.unwrap();
    let error = refused(&office.accept(SANDBOX, "wrong@corp.example", office.code(new)).await).clone();
    assert_eq!(error.kind, ApiErrorKind::NotFound);
    assert!(error.message.contains("No pending update to the specified email address"), "{}", error.message);

    office.engine.forget_email_change(id(SANDBOX)).await.unwrap();
    assert_eq!(office.record(SANDBOX), None);
    office.engine.adopt_email_change(adopted(new)).await.unwrap();
    assert_eq!(office.record(SANDBOX), Some(adopted(new)));
    let written = office.accept(SANDBOX, new, office.code(new)).await;
    assert_eq!(written.outcome, WriteOutcome::Taken(Some(Status::Accepted)));
    assert_eq!(office.kept(SANDBOX).1, Progress::Accepted);
}
