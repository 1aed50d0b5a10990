//! Bulk plans through the real SDK: each change is started once, whatever happens meanwhile.

use rootdeck::domain::records::{JournalRecords, PlanRecords};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rootdeck::domain::account::{Account, AccountId, AccountState};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Switch;
use rootdeck::domain::email_change::EmailChangeStatus;
use rootdeck::domain::email_plan::{
    CheckedPlan, EmailPlan, ItemState, NewPlan, PlanGround, PlanId, PlanItem, PlanProblem, check, check_again, parse,
    template,
};
use rootdeck::domain::journal::{Intention, JournalOutcome};
use rootdeck::domain::permit::{Refusal, Rules};
use rootdeck::domain::recorded_change::RecordedChange;
use rootdeck::domain::run::{PlanToStart, Run, RunReport, Steering};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::Options;
use rootdeck::engine::Engine;

use super::office::{MANAGEMENT, OTHER, Office, SANDBOX, START, address, id};
use super::root_runs::Watcher;

/// How many starts are in progress at once.
const AT_ONCE: usize = 3;
/// Longer than a claim counts.
const LATER: Duration = Duration::from_mins(6);

async fn trusting(accounts: usize) -> Office {
    let office = Office::with(Options { accounts: Some(accounts), ..Options::default() }).await;
    office.trust(ServicePrincipal::account_management()).await;
    office
}

fn checked(office: &Office, accounts: &[Account], text: &str) -> CheckedPlan {
    let rules = Rules::default();
    let management = accounts.iter().find(|account| account.id == id(MANAGEMENT)).map(|account| account.id);
    let known = office.engine.known_organization().map(|organization| organization.management_account);
    let ground = PlanGround {
        accounts: accounts.iter().collect(),
        management: known.or(management),
        rules: &rules,
        pending: BTreeMap::new(),
        resend: false,
    };
    check(&parse(text).unwrap().rows, &ground)
}

/// Those whose primary email can be changed, at most so many.
async fn members(office: &Office, count: usize) -> Vec<Account> {
    let management = office.engine.organization().await.unwrap().management_account;
    let all = office.all_accounts().await;
    let can = |account: &Account| account.state == AccountState::Active && account.id != management;
    all.into_iter().filter(can).take(count).collect()
}

fn new_plan(items: Vec<PlanItem>) -> PlanToStart {
    PlanToStart::New(NewPlan { source: "/tmp/plan.csv".into(), reason: Some("T-1".into()), items })
}

/// A plan for a few accounts, kept and not begun.
async fn kept(office: &Office, accounts: &[Account]) -> EmailPlan {
    office.engine.organization().await.unwrap();
    let items = accounts.iter().zip(2..).map(|(account, line)| {
        PlanItem::waiting(line, account.id, &account.email, address(&format!("new+{line}@corp.example")))
    });
    let plan = NewPlan { source: "/tmp/plan.csv".into(), reason: None, items: items.collect() };
    let id = office.records.save_plan(&plan, office.clock()(), "arn:alice").unwrap();
    office.records.plan(id).unwrap().unwrap()
}

fn plan_of(office: &Office, id: PlanId) -> EmailPlan {
    office.records.plan(id).unwrap().unwrap()
}

fn states(plan: &EmailPlan) -> Vec<ItemState> {
    plan.items.iter().map(|item| item.state).collect()
}

/// Runs what is left of a plan to its end; what was reported.
async fn resumed_by(office: &Office, engine: &Engine, plan: PlanId) -> Vec<RunReport> {
    let accounts = office.all_accounts().await;
    let kept = plan_of(office, plan);
    let rules = Rules::default();
    let management = office.engine.known_organization().map(|organization| organization.management_account);
    let ground = PlanGround {
        accounts: accounts.iter().collect(),
        management,
        rules: &rules,
        pending: BTreeMap::new(),
        resend: false,
    };
    let checked = check_again(&kept, &ground);
    let run = Run::StartEmailChanges {
        plan: PlanToStart::Kept(plan),
        accounts: checked.accounts(),
        skipped: checked.skipped(),
        resend: false,
    };
    let watcher = Watcher::new();
    engine.run(run, watcher.steer.subscribe(), office.clock(), watcher.listen()).await;
    watcher.ended()
}

async fn resumed(office: &Office, plan: PlanId) -> Vec<RunReport> {
    resumed_by(office, &office.engine, plan).await
}

/// The kind of error that nothing more was begun for.
fn halted(reports: &[RunReport]) -> Option<ApiErrorKind> {
    reports.iter().find_map(|report| match report {
        RunReport::Halted(error) => Some(error.kind),
        _ => None,
    })
}

/// How often each address was sent a one-time password.
fn mails(office: &Office) -> BTreeMap<String, usize> {
    let mut mails = BTreeMap::new();
    for mail in office.emulator.mail().into_iter().filter(|mail| mail.subject.starts_with("Verify")) {
        *mails.entry(mail.to).or_default() += 1;
    }
    mails
}

#[tokio::test]
async fn two_hundred_accounts_with_errors_that_are_fixed_and_a_stop_in_the_middle() {
    let office = trusting(260).await;
    let (all, members) = (office.all_accounts().await, members(&office, 200).await);
    assert_eq!(members.len(), 200);
    let text = template(members.iter().map(|account| (account, "Root")), Some("corp.example"));
    // A person takes a line twice, and mistypes an address.
    let wrong = text.replacen("@corp.example\n", "@corp\n", 1) + text.lines().last().unwrap() + "\n";
    let found = checked(&office, &all, &wrong);
    let lines: Vec<u64> = found.problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [2, 202, 202], "{:?}", found.problems);
    let plan = checked(&office, &all, &text);
    assert!(plan.is_good() && plan.new_domains.len() == 1, "{:?}", plan.problems);

    // Some answers are lost on the way back.
    office.inject(&format!("{START}:lose-reply=4x"));
    let watcher = Watcher::new();
    let (listen, steer, done) = (watcher.listen(), Arc::clone(&watcher.steer), AtomicUsize::new(0));
    let report = move |report: RunReport| {
        if matches!(report, RunReport::PlanItem(_)) && done.fetch_add(1, Ordering::SeqCst) == 80 {
            steer.send_replace(Steering::Stop);
        }
        listen(report);
    };
    let run = Run::StartEmailChanges {
        plan: new_plan(plan.items()),
        accounts: plan.accounts(),
        skipped: vec![],
        resend: false,
    };
    office.engine.run(run, watcher.steer.subscribe(), office.clock(), report).await;
    let reports = watcher.ended();
    let RunReport::PlanKept(number) = reports[0] else { panic!("kept before anything: {:?}", reports[0]) };
    let half = plan_of(&office, number);
    let started = half.count(ItemState::Started);
    assert!((80..=80 + AT_ONCE + 1).contains(&started), "{started}");
    assert_eq!(half.count(ItemState::Waiting), 200 - started);
    assert_eq!(office.arrived(START), started);
    let waiting = half.items.iter().position(|item| item.state == ItemState::Waiting).unwrap();
    assert!(half.items[..waiting].iter().all(|item| item.state == ItemState::Started), "in the order of the columns");

    let reports = resumed(&office, number).await;
    let whole = plan_of(&office, number);
    assert_eq!(states(&whole), [ItemState::Started; 200]);
    assert_eq!(reports.iter().filter(|report| matches!(report, RunReport::PlanItem(_))).count(), 200 - started);
    assert_eq!(office.arrived(START), 200);
    let mails = mails(&office);
    assert_eq!((mails.len(), mails.values().copied().max()), (200, Some(1)));
    let expected: BTreeSet<String> = whole.items.iter().map(|item| item.new.to_string()).collect();
    assert_eq!(mails.into_keys().collect::<BTreeSet<_>>(), expected);
    // What came of each is told with AWS's request id, and the journal has the whole story.
    assert!(whole.items.iter().filter(|item| item.request_id.is_some()).count() >= 196);
    let journal = office.records.journal(1000).unwrap();
    let starts = journal.iter().filter(|entry| entry.operation == "account:StartPrimaryEmailUpdate");
    assert_eq!(starts.clone().count(), 200);
    assert!(starts.clone().all(|entry| entry.reason.as_deref() == Some("T-1")));
    // Each with its place in the plan.
    let places: BTreeSet<(AccountId, Option<i64>, Option<u64>)> = starts
        .filter_map(|entry| match entry.change {
            RecordedChange::StartPrimaryEmailChange { plan, line, .. } => Some((entry.account?, plan, line)),
            _ => None,
        })
        .collect();
    let planned = whole.items.iter().map(|item| (item.account, Some(number.0), Some(item.line)));
    assert_eq!(places, planned.collect());
    assert_eq!(resumed(&office, number).await.len(), 1, "nothing is left");
    assert_eq!(office.arrived(START), 200);
}

#[tokio::test]
async fn a_refusal_of_one_account_stops_no_other() {
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 6).await).await;
    office.inject(&format!("{START}:access-denied=1x"));
    let reports = resumed(&office, plan.id).await;
    assert_eq!(halted(&reports), None);
    let plan = plan_of(&office, plan.id);
    assert_eq!((plan.count(ItemState::Refused), plan.count(ItemState::Started)), (1, 5));
    let refused = plan.items.iter().find(|item| item.state == ItemState::Refused).unwrap();
    assert!(refused.code.is_some() && refused.message.is_some() && refused.request_id.is_some(), "{refused:?}");
}

#[tokio::test]
async fn a_reason_that_holds_for_all_leaves_the_rest_waiting() {
    for (error, kind) in [("expired-token=100%", ApiErrorKind::ExpiredCredentials)] {
        let office = trusting(30).await;
        let plan = kept(&office, &members(&office, 12).await).await;
        office.inject(&format!("{START}:{error}"));
        let reports = resumed(&office, plan.id).await;
        assert_eq!(halted(&reports), Some(kind));
        assert_eq!(states(&plan_of(&office, plan.id)), [ItemState::Waiting; 12]);
        assert!(office.arrived(START) <= AT_ONCE, "{}", office.arrived(START));
        assert_eq!(mails(&office), BTreeMap::new());
    }
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 12).await).await;
    office.write(Switch::TrustedAccess(ServicePrincipal::account_management()).set(false)).await;
    let reports = resumed(&office, plan.id).await;
    assert_eq!(halted(&reports), Some(ApiErrorKind::TrustedAccessOff));
    assert!(office.arrived(START) <= AT_ONCE);
    // Mended, it goes on.
    office.trust(ServicePrincipal::account_management()).await;
    resumed(&office, plan.id).await;
    assert_eq!(states(&plan_of(&office, plan.id)), [ItemState::Started; 12]);
}

#[tokio::test]
async fn what_aws_throttles_is_tried_again_in_its_turn_and_waits_if_that_does_not_help() {
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 3).await).await;
    office.inject(&format!("{START}:throttle=4x"));
    resumed(&office, plan.id).await;
    assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Started; 3], 7));
    let plan = kept(&office, &members(&office, 4).await[3..]).await;
    office.inject(&format!("{START}:throttle=100%"));
    let reports = resumed(&office, plan.id).await;
    assert_eq!(halted(&reports), None);
    let item = &plan_of(&office, plan.id).items[0];
    assert_eq!((item.state, item.code.as_deref()), (ItemState::Waiting, Some("TooManyRequestsException")));
}

#[tokio::test]
async fn what_may_have_been_started_is_told_and_sent_again_only_once_aws_surely_knows_nothing_of_it() {
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 1).await).await;
    // Nothing is done, and nobody is told so.
    office.inject(&format!("{START}:drop=1x"));
    resumed(&office, plan.id).await;
    assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Unknown], 1));
    let reports = resumed(&office, plan.id).await;
    let is_reported = |report: &RunReport| matches!(report, RunReport::PlanItem(reported) if reported.item.state == ItemState::Unknown);
    assert!(reports.iter().any(is_reported));
    assert_eq!(office.arrived(START), 1);
    office.advance(LATER);
    resumed(&office, plan.id).await;
    assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Started], 2));
    assert_eq!(mails(&office).values().copied().max(), Some(1));
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_what_aws_shows() {
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 1).await).await;
    office.inject(&format!("{START}:lose-reply=1x"));
    office.inject("GetPrimaryEmailUpdateStatus:access-denied=1x");
    resumed(&office, plan.id).await;
    assert_eq!(plan_of(&office, plan.id).items[0].state, ItemState::Unknown, "it could not be read");
    resumed(&office, plan.id).await;
    assert_eq!((plan_of(&office, plan.id).items[0].state, office.arrived(START)), (ItemState::Started, 1));
}

/// The one item of a plan.
fn only(plan: &EmailPlan) -> &PlanItem {
    plan.items.first().unwrap()
}

/// Claims the item of a plan of one, as a rootdeck does that is killed right after it.
fn claim(office: &Office, plan: &EmailPlan) {
    let item = only(plan);
    let claimed = PlanItem { state: ItemState::Sending, at: Some(office.clock()()), ..item.clone() };
    assert!(office.records.move_item(plan.id, item, &claimed).unwrap());
}

fn intend(office: &Office, plan: &EmailPlan) -> i64 {
    let intention = Intention {
        at: office.clock()(),
        caller: "arn:alice".into(),
        profile: None,
        account: Some(only(plan).account),
        operation: "account:StartPrimaryEmailUpdate".into(),
        change: RecordedChange::start_of_email_change(None),
        reason: None,
    };
    office.records.intend(&intention).unwrap()
}

#[tokio::test]
async fn killed_between_claim_and_call_it_is_started_once_nobody_can_be_sending_it() {
    for intended in [false, true] {
        let office = trusting(30).await;
        let plan = kept(&office, &members(&office, 1).await).await;
        claim(&office, &plan);
        if intended {
            intend(&office, &plan);
        }
        // Another rootdeck may be about to send it.
        let reports = resumed(&office, plan.id).await;
        assert!(reports.iter().any(
            |report| matches!(report, RunReport::PlanItem(reported) if reported.item.state == ItemState::Sending)
        ));
        assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Sending], 0));
        office.advance(LATER);
        resumed(&office, plan.id).await;
        assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Started], 1));
    }
}

#[tokio::test]
async fn killed_between_call_and_answer_it_is_found_to_be_started() {
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 1).await).await;
    claim(&office, &plan);
    // As if it had been killed before the answer could be written down.
    let beside = rusqlite::Connection::open(office.folder.path().join("state").join("rootdeck.db")).unwrap();
    let broken = "CREATE TRIGGER broken BEFORE INSERT ON concluded BEGIN SELECT RAISE(ABORT, 'no more'); END";
    beside.execute_batch(broken).unwrap();
    let (account, new) = (plan.items[0].account.to_string(), plan.items[0].new.to_string());
    office.start(&account, &new).await;
    assert_eq!(office.journaled().1, JournalOutcome::Intended);
    resumed(&office, plan.id).await;
    assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Started], 1));
    assert_eq!(office.status(&account).await, EmailChangeStatus::Pending);
}

#[tokio::test]
async fn killed_after_the_answer_it_is_settled_from_the_journal() {
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 1).await).await;
    claim(&office, &plan);
    let (account, new) = (plan.items[0].account.to_string(), plan.items[0].new.to_string());
    office.start(&account, &new).await;
    let asked = office.arrived("GetPrimaryEmailUpdateStatus");
    resumed(&office, plan.id).await;
    let item = &plan_of(&office, plan.id).items[0];
    assert_eq!((item.state, office.arrived(START)), (ItemState::Started, 1));
    assert_eq!(
        item.request_id,
        office.records.journal_about(item.account, "account:StartPrimaryEmailUpdate").unwrap()[0].request_id
    );
    assert_eq!(office.arrived("GetPrimaryEmailUpdateStatus"), asked, "the journal knows");
}

#[tokio::test]
async fn two_rootdecks_at_one_plan_start_each_change_once() {
    let office = trusting(60).await;
    let plan = kept(&office, &members(&office, 30).await).await;
    let file = office.folder.path().join("state").join("rootdeck.db");
    let others = rootdeck::store::Store::open(&file).unwrap().scope(None, Some(&office.emulator.endpoint_url()));
    let other = office.engine_on(Arc::new(others));
    tokio::join!(resumed(&office, plan.id), resumed_by(&office, &other, plan.id));
    assert_eq!(states(&plan_of(&office, plan.id)), [ItemState::Started; 30]);
    assert_eq!(office.arrived(START), 30);
    assert_eq!(mails(&office).values().copied().max(), Some(1));
}

#[tokio::test]
async fn two_rootdecks_with_the_same_change_in_different_plans_send_one_password() {
    let office = trusting(30).await;
    let accounts = members(&office, 6).await;
    let plan = kept(&office, &accounts).await;
    let file = office.folder.path().join("state").join("rootdeck.db");
    let others = rootdeck::store::Store::open(&file).unwrap().scope(None, Some(&office.emulator.endpoint_url()));
    let other = office.engine_on(Arc::new(others));
    let items = plan.items.clone();
    let copy = NewPlan { source: "/tmp/copy.csv".into(), reason: None, items };
    let copy = office.records.save_plan(&copy, office.clock()(), "arn:bob").unwrap();
    tokio::join!(resumed(&office, plan.id), resumed_by(&office, &other, copy));
    let both = [states(&plan_of(&office, plan.id)), states(&plan_of(&office, copy))];
    for (one, other) in both[0].iter().zip(&both[1]) {
        let pair = [*one, *other];
        assert!(pair.contains(&ItemState::Started) && pair.contains(&ItemState::Already), "{both:?}");
    }
    assert_eq!((office.arrived(START), mails(&office).values().copied().max()), (6, Some(1)));
}

#[tokio::test]
async fn what_has_come_about_or_can_not_be_any_more_is_settled_as_such() {
    let office = Office::trusting().await;
    let (sandbox, other) = (office.listed(SANDBOX).await, office.listed(OTHER).await);
    let plan = kept(&office, &[sandbox, other]).await;
    let wanted = plan.items[0].new.to_string();
    // Somebody has made the first change by hand, and taken the second account's address.
    office.start(SANDBOX, &wanted).await;
    office.accept(SANDBOX, &wanted, office.code(&wanted)).await;
    office.advance(super::office::IN_PROGRESS + Duration::from_mins(1));
    let before = office.arrived(START);
    resumed(&office, plan.id).await;
    assert_eq!(states(&plan_of(&office, plan.id)), [ItemState::Already, ItemState::Started]);
    assert_eq!(office.arrived(START), before + 1);
}

#[tokio::test]
async fn an_item_that_is_skipped_is_refused_without_a_call() {
    let office = Office::trusting().await;
    let plan = kept(&office, &[office.listed(SANDBOX).await]).await;
    let rules = Rules { protected: [id(SANDBOX)].into(), ..Rules::default() };
    // The engine's own rules hold as well.
    let engine = office.engine_with(rules);
    resumed_by(&office, &engine, plan.id).await;
    let item = &plan_of(&office, plan.id).items[0];
    assert_eq!((item.state, office.arrived(START)), (ItemState::Refused, 0));
    assert!(item.message.as_ref().is_some_and(|message| message.contains("protected")), "{item:?}");
    assert_eq!(office.journaled().1, JournalOutcome::Refused);
}

#[tokio::test]
async fn an_item_that_the_check_leaves_out_is_journaled_as_refused() {
    let office = Office::trusting().await;
    let account = office.listed(SANDBOX).await;
    let plan = kept(&office, std::slice::from_ref(&account)).await;
    let skipped = vec![(plan.items[0].line, PlanProblem::NotPermitted(Refusal::Protected(account.id)))];
    let watcher = Watcher::new();
    let run =
        Run::StartEmailChanges { plan: PlanToStart::Kept(plan.id), accounts: vec![account], skipped, resend: false };
    office.engine.run(run, watcher.steer.subscribe(), Timestamp::now, watcher.listen()).await;
    assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Refused], 0));
    assert_eq!(office.journaled(), ("account:StartPrimaryEmailUpdate".to_owned(), JournalOutcome::Refused));
}

#[tokio::test]
async fn what_can_not_be_kept_is_not_begun() {
    let office = Office::trusting().await;
    let account = office.listed(SANDBOX).await;
    let store = rootdeck::store::Store::stand_in(rootdeck::domain::api_error::ApiError::new(
        "records",
        ApiErrorKind::Local,
        "no disk",
    ));
    let engine = office.engine_on(Arc::new(store.scope(None, None)));
    let items = vec![PlanItem::waiting(2, account.id, &account.email, address("new@corp.example"))];
    let watcher = Watcher::new();
    let run = Run::StartEmailChanges { plan: new_plan(items), accounts: vec![account], skipped: vec![], resend: false };
    engine.run(run, watcher.steer.subscribe(), Timestamp::now, watcher.listen()).await;
    assert_eq!(halted(&watcher.ended()), Some(ApiErrorKind::Local));
    assert_eq!(office.arrived(START), 0);
}

#[tokio::test]
async fn a_plan_that_is_stopped_before_it_begins_is_kept_and_sends_nothing() {
    let office = trusting(30).await;
    let plan = kept(&office, &members(&office, 5).await).await;
    let watcher = Watcher::new();
    watcher.steer.send_replace(Steering::Stop);
    let accounts = members(&office, 5).await;
    let run = Run::StartEmailChanges { plan: PlanToStart::Kept(plan.id), accounts, skipped: vec![], resend: false };
    office.engine.run(run, watcher.steer.subscribe(), office.clock(), watcher.listen()).await;
    assert_eq!(watcher.ended(), [RunReport::PlanKept(plan.id)]);
    assert_eq!((states(&plan_of(&office, plan.id)), office.arrived(START)), (vec![ItemState::Waiting; 5], 0));
}
