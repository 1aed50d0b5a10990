//! Plans that were cut off, and a clock that was wrong: nothing is sent twice, and the journal follows.

use rootdeck::domain::records::{JournalRecords, PlanRecords};
use std::time::Duration;

use rootdeck::domain::email_plan::{EmailPlan, ItemState, NewPlan, PlanItem};
use rootdeck::domain::journal::{Intention, JournalOutcome};
use rootdeck::domain::recorded_change::RecordedChange;
use rootdeck::domain::run::{PlanToStart, Run, Steering};
use rootdeck::store::Store;
use tokio::sync::watch;

use super::office::{Office, SANDBOX, SANDBOX_EMAIL, START, address, id, start};

const NEW: &str = "root-sandbox@corp.example";
/// Longer than a claim counts.
const LATER: Duration = Duration::from_mins(15);

/// A plan of one, whose item was claimed by a machine that was ahead of AWS by `ahead`, and cut off.
async fn claimed(office: &Office, ahead: Duration) -> (EmailPlan, i64) {
    office.engine.organization().await.unwrap();
    let item = PlanItem::waiting(2, id(SANDBOX), SANDBOX_EMAIL, address(NEW));
    let plan = NewPlan { source: "/tmp/plan.csv".into(), reason: None, items: vec![item.clone()] };
    let kept = office.records.save_plan(&plan, office.clock()(), "arn:alice").unwrap();
    let at = office.clock()() + ahead;
    let claim = PlanItem { state: ItemState::Sending, at: Some(at), ..item.clone() };
    assert!(office.records.move_item(kept, &item, &claim).unwrap());
    let change = start(SANDBOX, NEW);
    let intention = Intention {
        at,
        caller: "arn:alice".into(),
        profile: None,
        account: change.account(),
        operation: change.operation().into(),
        change: RecordedChange::of(&change),
        reason: None,
    };
    let entry = office.records.intend(&intention).unwrap();
    (office.records.plan(kept).unwrap().unwrap(), entry)
}

/// AWS takes the start, and nothing here hears of it.
async fn taken_by_aws(office: &Office) {
    let elsewhere = office.engine_on(std::sync::Arc::new(Store::in_memory().scope(None, Some("http://127.0.0.1:1"))));
    office.write_by(&elsewhere, start(SANDBOX, NEW), None).await;
}

async fn resume(office: &Office, plan: &EmailPlan) -> ItemState {
    let (_steer, steering) = watch::channel(Steering::GoOn);
    let accounts = vec![office.listed(SANDBOX).await];
    let run = Run::StartEmailChanges { plan: PlanToStart::Kept(plan.id), accounts, skipped: Vec::new(), resend: false };
    office.engine.run(run, steering, office.clock(), |_| {}).await;
    office.records.plan(plan.id).unwrap().unwrap().items.first().unwrap().state
}

fn outcome(office: &Office, entry: i64) -> JournalOutcome {
    office.records.journal(50).unwrap().into_iter().find(|one| one.id == entry).unwrap().outcome
}

#[tokio::test]
async fn what_aws_reports_pending_is_not_sent_again_however_wrong_the_clock_of_the_claim_was() {
    for ahead in [Duration::from_secs(4), Duration::from_mins(10)] {
        let office = Office::trusting().await;
        let (plan, _) = claimed(&office, ahead).await;
        taken_by_aws(&office).await;
        office.advance(LATER);
        let state = resume(&office, &plan).await;
        assert!(matches!(state, ItemState::Unknown | ItemState::Started), "{ahead:?}: {state:?}");
        assert_eq!((office.arrived(START), office.mails_to(NEW)), (1, 1), "{ahead:?}");
    }
}

#[tokio::test]
async fn what_a_resumed_plan_finds_out_is_in_the_journal_as_well() {
    let office = Office::trusting().await;
    let (plan, entry) = claimed(&office, Duration::ZERO).await;
    taken_by_aws(&office).await;
    office.advance(LATER);
    assert_eq!(resume(&office, &plan).await, ItemState::Started);
    assert_eq!(outcome(&office, entry), JournalOutcome::Ok);
    assert_eq!(office.arrived(START), 1);
    // Never taken: it is sent, once, and the entry of the call that did not arrive is no question any more.
    let office = Office::trusting().await;
    let (plan, entry) = claimed(&office, Duration::ZERO).await;
    office.advance(LATER);
    assert_eq!(resume(&office, &plan).await, ItemState::Started);
    assert_eq!((outcome(&office, entry), office.arrived(START)), (JournalOutcome::Failed, 1));
}
