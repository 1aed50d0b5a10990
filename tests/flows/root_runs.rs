//! Work on many accounts at once: bounded, steered, counted, and each account by itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use rootdeck::domain::account::AccountId;
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Switch;
use rootdeck::domain::root_credentials::{AuditDepth, RootAudit};
use rootdeck::domain::run::{Run, RunReport, Steering};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::engine::Engine;
use tokio::sync::watch;

use super::office::{MANAGEMENT, Office, id};
use super::root_audits::{CLEAN, DENIED, FULL, has};

/// How many accounts are audited at once.
const AT_ONCE: usize = 12;

/// Everything a run reports, and how it is steered.
pub(crate) struct Watcher {
    reports: Arc<Mutex<Vec<RunReport>>>,
    pub(crate) steer: Arc<watch::Sender<Steering>>,
}

impl Watcher {
    pub(crate) fn new() -> Self {
        Self { reports: Arc::default(), steer: Arc::new(watch::Sender::new(Steering::GoOn)) }
    }

    /// What `Engine::run` is given for reports.
    pub(crate) fn listen(&self) -> impl Fn(RunReport) + Send + Sync + 'static {
        let reports = Arc::clone(&self.reports);
        move |report| reports.lock().unwrap().push(report)
    }

    /// The reports so far, of which `Ended` is the last and the only one of its kind.
    #[track_caller]
    pub(crate) fn ended(&self) -> Vec<RunReport> {
        let mut reports = self.reports.lock().unwrap().clone();
        assert_eq!(reports.pop(), Some(RunReport::Ended));
        assert!(!reports.contains(&RunReport::Ended));
        reports
    }

    fn audits(&self) -> BTreeMap<AccountId, RootAudit> {
        let mut audits = BTreeMap::new();
        for report in self.ended() {
            if let RunReport::Audited(account, audit) = report {
                assert_eq!(audits.insert(account, *audit), None, "{account} twice");
            }
        }
        audits
    }

    fn throttled(&self) -> Vec<u64> {
        let counts = self.ended().into_iter().filter_map(|report| match report {
            RunReport::Throttled(count) => Some(count),
            _ => None,
        });
        counts.collect()
    }
}

async fn audit_all(office: &Office, engine: &Engine, watcher: &Watcher, depth: AuditDepth) {
    let run = Run::Audit { accounts: office.all_accounts().await, depth };
    engine.run(run, watcher.steer.subscribe(), Timestamp::now, watcher.listen()).await;
}

#[tokio::test]
async fn an_audit_of_all_tells_of_each_account_once_and_of_those_skipped_why() {
    let office = Office::with_root_access().await;
    let watcher = Watcher::new();
    audit_all(&office, &office.engine, &watcher, AuditDepth::Deep).await;
    let (audits, accounts) = (watcher.audits(), office.all_accounts().await);
    assert_eq!(audits.len(), accounts.len());
    for account in &accounts {
        let audit = &audits[&account.id];
        let (known, expected) = (has(audit), audit.error().map(|error| error.kind));
        let is_active = account.state.as_str() == "ACTIVE";
        if account.id == id(MANAGEMENT) || !is_active {
            assert_eq!((known, expected), ([None; 4], Some(ApiErrorKind::NotPermitted)), "{account:?}");
        } else if account.id == id(DENIED) {
            assert_eq!((known, expected), ([None; 4], Some(ApiErrorKind::DeniedByScp)));
        } else {
            assert_eq!(expected, None, "{account:?}");
        }
    }
    assert_eq!(has(&audits[&id(FULL)]), [Some(true); 4]);
    assert_eq!(has(&audits[&id(CLEAN)]), [Some(false); 4]);
    let skipped = accounts.iter().filter(|it| it.state.as_str() != "ACTIVE" || it.id == id(MANAGEMENT)).count();
    assert_eq!(office.arrived("AssumeRoot"), accounts.len() - skipped);
}

#[tokio::test]
async fn the_failure_of_one_account_stops_no_other() {
    let office = Office::with_root_access().await;
    for error in ["AssumeRoot:access-denied=1x", "GetAccountSummary:access-denied=1x", "GetAccountSummary:malformed=1x"]
    {
        office.inject(error);
    }
    let watcher = Watcher::new();
    audit_all(&office, &office.engine, &watcher, AuditDepth::Quick).await;
    let mut errors = BTreeMap::<_, usize>::new();
    for audit in watcher.audits().into_values() {
        *errors.entry(format!("{:?}", audit.error().map(|error| error.kind))).or_default() += 1;
    }
    assert_eq!(errors["Some(AssumeRootDenied)"], 1);
    assert_eq!(errors["Some(AccessDenied)"], 1);
    assert_eq!(errors["Some(Unreadable)"], 1);
    assert_eq!(errors["Some(DeniedByScp)"], 1);
    assert!(errors["None"] > 20, "{errors:?}");
}

#[tokio::test]
async fn a_reason_that_holds_for_all_accounts_is_not_asked_for_at_each() {
    let office = Office::with_root_access().await;
    office.write(Switch::TrustedAccess(ServicePrincipal::iam()).set(false)).await;
    let watcher = Watcher::new();
    audit_all(&office, &office.engine, &watcher, AuditDepth::Quick).await;
    assert!((1..=AT_ONCE).contains(&office.arrived("AssumeRoot")));
    let kinds: Vec<_> = watcher.audits().into_values().map(|audit| audit.error().unwrap().kind).collect();
    let expected = [ApiErrorKind::TrustedAccessOff, ApiErrorKind::NotPermitted];
    assert!(expected.iter().all(|kind| kinds.contains(kind)) && kinds.iter().all(|kind| expected.contains(kind)));
    // The next run asks again.
    office.trust(ServicePrincipal::iam()).await;
    let watcher = Watcher::new();
    audit_all(&office, &office.engine, &watcher, AuditDepth::Quick).await;
    assert_eq!(has(&watcher.audits()[&id(FULL)]), [Some(true); 4]);
}

#[tokio::test]
async fn throttled_calls_are_tried_again_by_the_sdk_and_counted() {
    let office = Office::with_root_access().await;
    office.inject("AssumeRoot:throttle=2x");
    office.inject("GetAccountSummary:throttle=3x");
    let watcher = Watcher::new();
    audit_all(&office, &office.engine, &watcher, AuditDepth::Quick).await;
    let counts = watcher.throttled();
    assert!(counts.is_sorted() && counts.last() == Some(&5), "{counts:?}");
    assert_eq!(has(&watcher.audits()[&id(FULL)]), [Some(true); 4]);
    let throttled = |audit: &RootAudit| audit.error().is_some_and(|error| error.kind == ApiErrorKind::Throttled);
    assert!(!watcher.audits().values().any(throttled));
}

#[tokio::test]
async fn a_stopped_run_finishes_what_is_in_progress_and_starts_nothing_more() {
    let office = Office::with_root_access().await;
    let watcher = Watcher::new();
    let (accounts, listen, steer) = (office.all_accounts().await, watcher.listen(), Arc::clone(&watcher.steer));
    let all = accounts.len();
    let run = Run::Audit { accounts, depth: AuditDepth::Quick };
    let report = move |report| {
        steer.send_replace(Steering::Stop);
        listen(report);
    };
    office.engine.run(run, watcher.steer.subscribe(), Timestamp::now, report).await;
    let reported = watcher.audits().len();
    assert!((1..=AT_ONCE).contains(&reported), "{reported} of {all}");
    assert!(office.arrived("AssumeRoot") <= reported);
}

#[tokio::test]
async fn a_paused_run_starts_nothing_until_it_is_told_to_go_on() {
    let office = Office::with_root_access().await;
    let watcher = Watcher::new();
    watcher.steer.send_replace(Steering::Pause);
    let (engine, steering, listen) = (office.engine.clone(), watcher.steer.subscribe(), watcher.listen());
    let run = Run::Audit { accounts: vec![office.listed(FULL).await], depth: AuditDepth::Quick };
    let running = tokio::spawn(async move { engine.run(run, steering, Timestamp::now, listen).await });
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert_eq!(office.arrived("AssumeRoot"), 0);
    }
    watcher.steer.send_replace(Steering::GoOn);
    running.await.unwrap();
    assert_eq!(has(&watcher.audits()[&id(FULL)]), [Some(true); 4]);
}

#[tokio::test]
async fn a_run_nobody_waits_for_any_more_comes_to_its_end() {
    let office = Office::with_root_access().await;
    office.inject("AssumeRoot:delay(50ms)=100%");
    let (accounts, watcher) = (office.all_accounts().await, Watcher::new());
    let all = accounts.len();
    let run = Run::Audit { accounts, depth: AuditDepth::Quick };
    let running = office.engine.run(run, watcher.steer.subscribe(), Timestamp::now, watcher.listen());
    let first = async {
        while office.arrived("AssumeRoot") == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = running => panic!("over too soon"),
        () = first => {}
    }
    let mut before = usize::MAX;
    while before != office.arrived("AssumeRoot") {
        before = office.arrived("AssumeRoot");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(before < all - 10, "{before} of {all}");
}

#[tokio::test]
async fn a_bug_in_the_work_on_one_account_leaves_it_unknown_and_the_run_ends_in_order() {
    let office = Office::with_root_access().await;
    let watcher = Watcher::new();
    let (asked, broken) = (AtomicUsize::new(0), AtomicBool::new(false));
    let clock = move || {
        let nth = asked.fetch_add(1, Ordering::SeqCst);
        assert!(nth < 40 || broken.swap(true, Ordering::SeqCst), "on purpose");
        Timestamp::now()
    };
    let run = Run::Audit { accounts: office.all_accounts().await, depth: AuditDepth::Quick };
    let all = run.accounts();
    office.engine.run(run, watcher.steer.subscribe(), clock, watcher.listen()).await;
    let audits = watcher.audits();
    assert_eq!(audits.len(), all);
    let cut_off =
        audits.values().filter(|it| it.error().is_some_and(|error| error.kind == ApiErrorKind::Local)).count();
    assert_eq!(cut_off, 1);
}
