//! A deep audit, a plan of email changes and background checks side by side, in two copies of the program that share
//! AWS's quotas, against an emulator that throttles as AWS does. It prints how long that takes and how long the quotas
//! allow at best, and the items that failed.
//!
//! `cargo bench --bench quotas -- [--accounts 1000] [--changes 300]`: five minutes, most of them waiting.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "it reports")]

#[path = "../tests/support/gates.rs"]
mod gates;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rootdeck::aws::session::{FixedCredentials, Session, SessionOptions};
use rootdeck::domain::account::{Account, AccountState};
use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Switch;
use rootdeck::domain::email::EmailAddress;
use rootdeck::domain::email_plan::{ItemState, NewPlan, PlanItem};
use rootdeck::domain::permit::Rules;
use rootdeck::domain::root_credentials::AuditDepth;
use rootdeck::domain::run::{PlanToStart, Run, RunReport, Steering};
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::{self, Emulator, Identity, Options, Throttle};
use rootdeck::engine::Engine;
use rootdeck::store::{QuotaFile, Store};
use secrecy::SecretString;
use tokio::sync::watch;

/// AWS's quotas (AWS documentation; of `AssumeRoot`, for which none is published, what rootdeck keeps to): calls a
/// second and at once.
const QUOTAS: [(&str, f64, f64); 4] = [
    ("AssumeRoot", 20.0, 20.0),
    ("StartPrimaryEmailUpdate", 1.0, 1.0),
    ("GetPrimaryEmail", 3.0, 3.0),
    ("GetPrimaryEmailUpdateStatus", 3.0, 3.0),
];

fn number(name: &str, default: usize) -> usize {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    arguments.next().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A copy of the program: a process of its own in all but name.
async fn copy(emulator: &Emulator, folder: &Path) -> Engine {
    let key = emulator.access_key(Identity::Management);
    let options = SessionOptions {
        endpoint_url: Some(emulator.endpoint_url()),
        fixed: Some(FixedCredentials { access_key_id: key.id, secret_access_key: SecretString::from(key.secret) }),
        paced: true,
        paced_on_this_machine: true,
        ledger: Some(Arc::new(QuotaFile::at(folder.join("quotas.db")))),
        ..SessionOptions::default()
    };
    let session = Session::connect(options).await.unwrap();
    let records = Store::open(&folder.join("rootdeck.db")).unwrap().scope(None, session.endpoint_override());
    let engine = Engine::new(session, Rules::default(), Arc::new(records));
    engine.organization().await.unwrap();
    engine
}

/// Does the work; how many items were done and how many failed.
async fn work(engine: &Engine, run: Run) -> (usize, usize) {
    let (_steer, steering) = watch::channel(Steering::GoOn);
    let counts = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let counted = Arc::clone(&counts);
    let report = move |report| {
        let failed = match report {
            // Some accounts of the organization deny it by an SCP: that is the answer.
            RunReport::Audited(_, audit) => audit.error().is_some_and(|error| error.kind != ApiErrorKind::DeniedByScp),
            RunReport::EmailChange(_, result) => result.is_err(),
            RunReport::PlanItem(report) => report.item.state != ItemState::Started,
            RunReport::Halted(_) => true,
            _ => return,
        };
        let [done, failures] = &*counted;
        if failed { failures } else { done }.fetch_add(1, Ordering::SeqCst);
    };
    engine.run(run, steering, Timestamp::now, report).await;
    let [done, failed] = &*counts;
    (done.load(Ordering::SeqCst), failed.load(Ordering::SeqCst))
}

fn plan(accounts: &[Account]) -> PlanToStart {
    let item = |(line, account): (u64, &Account)| {
        let new = EmailAddress::parse(&format!("root+{}@corp.example", account.id)).unwrap();
        PlanItem::waiting(line, account.id, &account.email, new)
    };
    let items = (1..).zip(accounts).map(item).collect();
    PlanToStart::New(NewPlan { source: "quotas.csv".into(), reason: None, items })
}

async fn measure(accounts: usize, changes: usize) {
    let options = Options { accounts: Some(accounts + 1), throttle: Throttle::Aws, ..Options::default() };
    let emulator = emulator::start(options).await.unwrap();
    gates::open(&emulator).await;
    gates::turn(&emulator, Switch::TrustedAccess(ServicePrincipal::account_management()).set(true)).await;
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (copy(&emulator, folder.path()).await, copy(&emulator, folder.path()).await);
    let mut members = Vec::new();
    one.accounts(|page| members.extend(page.iter().map(|account| Account::clone(account)))).await.unwrap();
    let management = one.caller().account;
    members.retain(|account| account.id != management && account.state == AccountState::Active);
    let planned: Vec<Account> = members.iter().take(changes).cloned().collect();
    let asked = members.iter().rev().take(changes).map(|account| account.id).collect();
    println!("{} accounts to audit, {} changes, {} background checks", members.len(), planned.len(), changes);
    let before = emulator.requests().len();
    let start = Instant::now();
    let starts = Run::StartEmailChanges { plan: plan(&planned), accounts: planned, skipped: Vec::new(), resend: false };
    let timed = async |engine: &Engine, run| (work(engine, run).await, start.elapsed());
    let (audit, plan, checks) = tokio::join!(
        timed(&one, Run::Audit { accounts: members, depth: AuditDepth::Deep }),
        timed(&one, starts),
        timed(&two, Run::AskEmailChanges { accounts: asked }),
    );
    let took = start.elapsed().as_secs_f64();
    for (name, ((done, failed), ended)) in [("audit", audit), ("plan", plan), ("checks", checks)] {
        println!("{name:<8}{done:>6} done {failed:>4} failed, after {:>6.1} s", ended.as_secs_f64());
    }
    let requests = emulator.requests().split_off(before);
    let mut allowed = 0.0_f64;
    for (operation, rate, burst) in QUOTAS {
        let calls = requests.iter().filter(|(_, name)| name == operation).count();
        let seconds = (f64::from(u32::try_from(calls).unwrap()) - burst).max(0.0) / rate;
        println!("{operation:<30}{calls:>6} calls, {seconds:>6.1} s by its quota");
        allowed = allowed.max(seconds);
    }
    println!("took {took:.1} s, the quotas allow {allowed:.1} s: ratio {:.3} (limit 1.15)", took / allowed);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure(number("--accounts", 1000), number("--changes", 300)));
    runtime.shutdown_timeout(Duration::from_secs(1));
}
