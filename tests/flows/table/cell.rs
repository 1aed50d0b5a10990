//! One cell: a flow under a fault, and what must be true of every one of them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rootdeck::aws::session::{SessionOptions, TimeLimits};
use rootdeck::domain::account::Account;
use rootdeck::domain::change::Change;
use rootdeck::domain::deletion::{DeletionPlan, DeletionVerdict};
use rootdeck::domain::email_plan::{ItemState, NewPlan, PlanId, PlanItem};
use rootdeck::domain::journal::{JournalEntry, JournalOutcome as Journaled};
use rootdeck::domain::recorded_change::RecordedChange;
use rootdeck::domain::records::{JournalRecords, PlanRecords};
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::{AuditDepth, CredentialKind, RootAudit, RootCredential};
use rootdeck::domain::run::{PlanToStart, Run, RunReport};
use rootdeck::domain::write::{PresentPolicy, WriteRequest};
use rootdeck::emulator::Identity;
use rootdeck::engine::Engine;
use rootdeck::store::ScopedStore;

use super::aws_holds::{holds, look, observer, passwords};
use super::flows::{Row, Work, planned};
use super::said::{Said, said};
use crate::faults::{Column, Effect, Kind};
use crate::office::{Office, address, session_options};
use crate::root_runs::Watcher;
use crate::spoiled_answers::Behind;

/// How long one attempt, and one call, may take where a fault is waited for.
const SHORT: TimeLimits =
    TimeLimits { connect: Duration::from_secs(3), attempt: Duration::from_secs(3), call: Duration::from_secs(8) };

/// Longer than any call is taken to be in progress.
const LATER: Duration = Duration::from_mins(10);

type Told = Result<(), String>;

fn must(is_so: bool, what: impl FnOnce() -> String) -> Told {
    if is_so { Ok(()) } else { Err(what()) }
}

/// One thing to be done, and what came of it.
#[derive(Debug)]
struct Item {
    change: Change,
    /// The newest entry of the journal before.
    newest: i64,
    /// The passwords that were sent before.
    passwords: usize,
    said: Said,
}

pub(crate) async fn holds_true(row: Row, column: Column) -> Told {
    let (office, work) = row.prepare().await;
    let times = if column.fault.waits { SHORT } else { TimeLimits::default() };
    let options = SessionOptions { times, ..session_options(&office.emulator, Identity::Management) };
    let behind = Behind::through(office, options, |proxy| column.set_clock(proxy)).await;
    let cell = Cell { observer: observer(&behind.office), behind, row, column };
    match work {
        Work::List => cell.lists().await,
        Work::Audit(account) => cell.audits(&account).await,
        Work::Session(account, task) => cell.opens_session(&account, task).await,
        Work::Write(change, resend) => cell.writes(*change, resend).await,
        Work::Plan(accounts) => cell.starts_plan(accounts).await,
        Work::Delete(account, credentials) => cell.deletes(account, credentials).await,
    }
}

struct Cell {
    behind: Behind,
    observer: Engine,
    row: Row,
    column: Column,
}

impl Cell {
    fn office(&self) -> &Office {
        &self.behind.office
    }

    fn engine(&self) -> &Engine {
        &self.behind.engine
    }

    fn records(&self) -> &ScopedStore {
        &self.office().records
    }

    fn performed(&self) -> usize {
        let performed = self.office().emulator.performed();
        performed.iter().filter(|(_, operation)| operation == self.row.operation).count()
    }

    fn asked(&self) -> usize {
        self.behind.proxy.asked(self.row.operation)
    }

    /// The time by AWS's clock, as far as the program knows.
    fn now(&self) -> jiff::Timestamp {
        let now = self.office().clock()();
        match self.column.fault.kind {
            Kind::Clock(minutes, _) => now - jiff::SignedDuration::from_mins(minutes),
            _ => now,
        }
    }

    fn begin(&self) {
        self.column.begin(&self.behind.proxy, &self.office().emulator, self.row.operation);
    }

    async fn end(&self) {
        let by = self.column.end(&self.behind.proxy, &self.office().emulator).await;
        self.office().advance(by);
    }

    /// The entries about a change, newest first.
    fn entries(&self, item: &Item) -> Vec<JournalEntry> {
        let change = &item.change;
        let is_its = |entry: &JournalEntry| {
            let is_later = entry.id > item.newest;
            let same = is_later && entry.operation == change.operation() && entry.account == change.account();
            let credential = |recorded: &RecordedChange| match recorded {
                RecordedChange::DeleteRootCredential { credential } => Some(credential.clone()),
                _ => None,
            };
            same && credential(&entry.change) == credential(&RecordedChange::of(change))
        };
        self.records().journal(1_000).unwrap().into_iter().filter(is_its).collect()
    }

    /// Listens whether a write goes out that the journal does not have.
    fn unjournaled(&self, operation: &str) -> Arc<Mutex<usize>> {
        let (found, records) = (Arc::new(Mutex::new(0)), self.records().clone());
        let (its, operation) = (Arc::clone(&found), operation.to_owned());
        self.behind.proxy.told_to(move |asked| {
            let name = |entry: &JournalEntry| entry.operation.rsplit(':').next().map(str::to_owned);
            let is_open =
                |entry: &JournalEntry| name(entry).as_deref() == Some(asked) && entry.outcome == Journaled::Intended;
            if asked == operation && !records.journal(50).unwrap().iter().any(is_open) {
                *its.lock().unwrap() += 1;
            }
        });
        found
    }

    async fn lists(&self) -> Told {
        let mut truth = Vec::new();
        self.engine().accounts(|page| truth.extend_from_slice(page)).await.unwrap();
        let held = self.office().emulator.held().accounts;
        let is_held = |one: &Arc<Account>| held.get(&one.id.to_string()).is_some_and(|it| it.email == one.email);
        must(truth.len() == held.len() && truth.iter().all(is_held), || "not what AWS holds".into())?;
        let before = self.records().listing().unwrap();
        self.begin();
        let mut listed = Vec::new();
        let ended = self.engine().accounts(|page| listed.extend_from_slice(page)).await;
        match &ended {
            Ok(()) => must(listed == truth, || format!("{} accounts of {} listed", listed.len(), truth.len()))?,
            Err(error) => {
                must(self.column.effect() != Effect::None, || format!("not listed: {error:?}"))?;
                let kept = self.records().listing().unwrap();
                must(kept == before, || "a listing that failed is kept".into())?;
            }
        }
        must(self.column.effect() != Effect::No || ended.is_err(), || "listed all the same".into())?;
        self.end().await;
        let kept = self.records().listing().unwrap().map(|(_, accounts)| accounts);
        must(kept.as_ref() == Some(&truth), || "what is kept is not what AWS has".into())?;
        let found = self.engine().findings().await.unwrap();
        must(found.is_empty(), || format!("found: {found:?}"))?;
        self.engine().accounts(|_| {}).await.map_err(|error| format!("not listed afterwards: {error:?}"))
    }

    async fn audits(&self, account: &Account) -> Told {
        let truth = self.observer.audit(account, AuditDepth::Deep).await;
        if matches!(self.column.fault.kind, Kind::Stale(_)) {
            self.engine().audit(account, AuditDepth::Deep).await;
        }
        self.begin();
        let audit = self.engine().audit(account, AuditDepth::Deep).await;
        let whole = told_truly(&audit, &truth)?;
        self.suits_effect(&[if whole { Said::Done } else { Said::Unknown }])?;
        self.end().await;
        let audit = self.engine().audit(account, AuditDepth::Deep).await;
        must(told_truly(&audit, &truth)?, || format!("unknown afterwards: {audit:?}"))
    }

    async fn opens_session(&self, account: &Account, task: rootdeck::domain::task_policy::TaskPolicy) -> Told {
        let unjournaled = self.unjournaled("AssumeRoot");
        let before = self.performed();
        self.begin();
        let opened = self.engine().root_session(account, task, 900, Some("T".into())).await;
        self.behind.proxy.heal();
        self.behind.proxy.rests().await;
        let performed = self.performed() - before;
        let said = match &opened {
            Ok(_) => Said::Done,
            Err(error) if error.kind.leaves_outcome_unknown() => Said::Unknown,
            Err(_) => Said::NotDone,
        };
        must(*unjournaled.lock().unwrap() == 0, || "sent before it was journaled".into())?;
        let entries = self.records().journal(10).unwrap();
        let entry = entries.iter().find(|entry| entry.operation == "sts:AssumeRoot").ok_or("no entry")?;
        let what = || format!("said {said:?}, performed {performed} x, journaled {:?}; {opened:?}", entry.outcome);
        let is_true = match said {
            Said::Done => performed > 0 && entry.outcome == Journaled::Ok,
            Said::NotDone => performed == 0 && matches!(entry.outcome, Journaled::Failed | Journaled::Refused),
            Said::Unknown => entry.outcome == Journaled::Unknown,
        };
        must(is_true, what)?;
        self.suits_effect(&[said])?;
        self.end().await;
        let opened = self.engine().root_session(account, task, 900, None).await;
        must(opened.is_ok(), || format!("no session afterwards: {opened:?}"))
    }

    async fn writes(&self, change: Change, resend: bool) -> Told {
        let items = vec![self.item(change.clone()).await?];
        let unjournaled = self.unjournaled(self.row.operation);
        let before = self.performed();
        self.begin();
        let begun = self.now();
        let written = self.engine().write(request(&change, resend), self.office().clock()).await;
        let said = said(&change, &written, begun);
        let items: Vec<Item> = items.into_iter().map(|item| Item { said, ..item }).collect();
        let context = format!("{written:?}");
        self.is_true(&items, before, &unjournaled).await.map_err(|why| format!("{why}\n  {context}"))?;
        let asked = self.asked();
        self.settles(&items).await.map_err(|why| format!("{why}\n  {context}"))?;
        must(self.asked() == asked, || "sent again".into())?;
        match change {
            Change::StartEmailChange { .. } if !resend => self.starts_again(&items).await,
            _ => Ok(()),
        }
    }

    /// Whoever starts the same change again gets one password in all.
    async fn starts_again(&self, items: &[Item]) -> Told {
        for item in items {
            let written = self.engine().write(request(&item.change, false), self.office().clock()).await;
            let sent = passwords(self.office(), &item.change) - item.passwords;
            must(sent == 1, || format!("started again, {sent} passwords sent: {written:?}"))?;
        }
        Ok(())
    }

    async fn starts_plan(&self, accounts: Vec<Account>) -> Told {
        let mut items = Vec::new();
        let mut lines = Vec::new();
        for ((account, new), line) in planned(&accounts).into_iter().zip(2..) {
            lines.push(PlanItem::waiting(line, account.id, &account.email, address(&new)));
            let change =
                Change::StartEmailChange { account: account.id, old: account.email.clone(), new: address(&new) };
            items.push(self.item(change).await?);
        }
        let unjournaled = self.unjournaled(self.row.operation);
        let before = self.performed();
        self.begin();
        let plan = NewPlan { source: "/tmp/plan.csv".into(), reason: None, items: lines };
        let reports = self.run_plan(PlanToStart::New(plan), accounts.clone()).await;
        let kept = self.records().plans(5).unwrap().into_iter().next().ok_or("no plan is kept")?;
        for (item, line) in items.iter_mut().zip(&kept.items) {
            item.said = match line.state {
                ItemState::Started | ItemState::Already => Said::Done,
                ItemState::Waiting | ItemState::Refused | ItemState::Failed => Said::NotDone,
                ItemState::Unknown | ItemState::Sending => Said::Unknown,
            };
        }
        let context = format!("{reports:?}");
        self.is_true(&items, before, &unjournaled).await.map_err(|why| format!("{why}\n  {context}"))?;
        self.end().await;
        self.resumes(kept.id, accounts, &items).await
    }

    /// Once the fault is over, what waits is started, and nothing twice.
    async fn resumes(&self, plan: PlanId, accounts: Vec<Account>, items: &[Item]) -> Told {
        self.office().advance(LATER);
        self.run_plan(PlanToStart::Kept(plan), accounts).await;
        let kept = self.records().plan(plan).unwrap().ok_or("the plan is gone")?;
        for (item, line) in items.iter().zip(&kept.items) {
            let sent = passwords(self.office(), &item.change);
            let expected = match line.state {
                ItemState::Started => 1,
                // AWS said no, for good.
                ItemState::Refused | ItemState::Failed if item.said == Said::NotDone => 0,
                state => return Err(format!("after resuming, {state:?} with {sent} passwords sent: {line:?}")),
            };
            must(sent == expected, || format!("after resuming, {sent} passwords sent: {line:?}"))?;
        }
        Ok(())
    }

    async fn run_plan(&self, plan: PlanToStart, accounts: Vec<Account>) -> Vec<RunReport> {
        let run = Run::StartEmailChanges { plan, accounts, skipped: Vec::new(), resend: false };
        let watcher = Watcher::new();
        self.engine().run(run, watcher.steer.subscribe(), self.office().clock(), watcher.listen()).await;
        watcher.ended()
    }

    async fn deletes(&self, account: Account, credentials: Vec<RootCredential>) -> Told {
        let mut items = Vec::new();
        for credential in &credentials {
            let change = RootChange::DeleteCredential(credential.clone());
            items.push(self.item(Change::Root { account: account.id, change }).await?);
        }
        let unjournaled = self.unjournaled(self.row.operation);
        let before = self.performed();
        self.begin();
        let plan = DeletionPlan { account, credentials };
        let run = Run::DeleteCredentials { plans: vec![plan], reason: Some("TICKET-9".into()) };
        let watcher = Watcher::new();
        self.engine().run(run, watcher.steer.subscribe(), self.office().clock(), watcher.listen()).await;
        let reports = watcher.ended();
        let results = reports.iter().find_map(|report| match report {
            RunReport::Deleted { results, .. } => Some(results),
            _ => None,
        });
        for (item, result) in items.iter_mut().zip(results.ok_or("nothing reported")?) {
            item.said = match result.verdict() {
                DeletionVerdict::Deleted | DeletionVerdict::AlreadyAbsent => Said::Done,
                DeletionVerdict::Failed | DeletionVerdict::DeniedByScp | DeletionVerdict::NotAttempted => Said::NotDone,
                DeletionVerdict::Unproved | DeletionVerdict::Unknown => Said::Unknown,
            };
        }
        let context = format!("{results:?}");
        self.is_true(&items, before, &unjournaled).await.map_err(|why| format!("{why}\n  {context}"))?;
        self.settles(&items).await.map_err(|why| format!("{why}\n  {context}"))
    }

    /// What is to be done, and is not yet.
    async fn item(&self, change: Change) -> Result<Item, String> {
        let passwords = passwords(self.office(), &change);
        let so_before = holds(self.office(), &change, passwords);
        must(!so_before, || format!("it is so before: {change:?}"))?;
        if matches!(self.column.fault.kind, Kind::Stale(_)) {
            look(self.engine(), &self.observer, &change).await;
        }
        let newest = self.records().journal(1).unwrap().first().map_or(0, |entry| entry.id);
        Ok(Item { change, newest, passwords, said: Said::Unknown })
    }

    /// What AWS holds is what is said, and what is said is what is journaled; nothing was performed twice, and nothing
    /// sent that the journal does not have.
    async fn is_true(&self, items: &[Item], before: usize, unjournaled: &Mutex<usize>) -> Told {
        self.behind.proxy.rests().await;
        let (performed, asked) = (self.performed() - before, self.asked());
        let is_write = self.row.operation != "AssumeRoot";
        must(!is_write || performed <= items.len(), || format!("performed {performed} x"))?;
        let again = matches!(self.column.fault.kind, Kind::Injected("throttle" | "expired-token"));
        must(!is_write || again || asked <= items.len(), || format!("sent {asked} x"))?;
        must(*unjournaled.lock().unwrap() == 0, || "sent before it was journaled".into())?;
        let mut held = 0;
        for item in items {
            let entries = self.entries(item);
            let is_held = holds(self.office(), &item.change, item.passwords);
            held += usize::from(is_held);
            must(!is_write || asked < items.len() || !entries.is_empty(), || "sent, and not journaled".into())?;
            let journaled = entries.first().map(|entry| entry.outcome);
            let what = || format!("AWS holds it: {is_held}, said {:?}, journaled {journaled:?}", item.said);
            must(self.agree(item.said, is_held, journaled), what)?;
            let oks = entries.iter().filter(|entry| entry.outcome == Journaled::Ok).count();
            must(oks <= 1, || "journaled as done twice".into())?;
        }
        must(!is_write || performed <= held || items.len() > 1, || {
            format!("performed {performed} x, and held: {held}")
        })?;
        self.suits_effect(&items.iter().map(|item| item.said).collect::<Vec<_>>())
    }

    fn agree(&self, said: Said, is_held: bool, journaled: Option<Journaled>) -> bool {
        match said {
            Said::Done => is_held && journaled == Some(Journaled::Ok),
            Said::NotDone => {
                // What was not attempted has no entry.
                !is_held && matches!(journaled, None | Some(Journaled::Failed | Journaled::Refused))
            }
            // Whoever can read what AWS holds must say so.
            Said::Unknown => journaled == Some(Journaled::Unknown) && (!is_held || self.column.hides()),
        }
    }

    fn suits_effect(&self, said: &[Said]) -> Told {
        let is_suited = match self.column.effect() {
            Effect::None => said.iter().all(|said| *said == Said::Done),
            Effect::No => said.iter().any(|said| *said != Said::Done),
            Effect::Any => true,
        };
        must(is_suited, || format!("said {said:?}, where the fault leaves {:?}", self.column.effect()))
    }

    /// Once the fault is over and some time has passed, a look tells the journal the truth.
    async fn settles(&self, items: &[Item]) -> Told {
        self.end().await;
        self.office().advance(LATER);
        self.engine().resolve(None, self.now()).await.map_err(|error| format!("not resolved: {error:?}"))?;
        for item in items {
            look(self.engine(), &self.observer, &item.change).await;
            let is_held = holds(self.office(), &item.change, item.passwords);
            let Some(entry) = self.entries(item).into_iter().next() else { continue };
            let is_true = match entry.outcome {
                Journaled::Ok => is_held,
                Journaled::Failed | Journaled::Refused => !is_held,
                // No later read says which contact or name was put when. That something is still there in an account
                // counts only after minutes by this machine's clock, which is not moved here.
                Journaled::Unknown => match item.change {
                    Change::Account { .. } => true,
                    Change::Root { .. } => !is_held,
                    _ => false,
                },
                Journaled::Intended => false,
            };
            must(is_true, || format!("AWS holds it: {is_held}, and the journal has in the end: {entry:?}"))?;
        }
        Ok(())
    }
}

fn request(change: &Change, resend: bool) -> WriteRequest {
    WriteRequest {
        change: change.clone(),
        account: None,
        reason: Some("TICKET-7".into()),
        present: PresentPolicy::Any,
        until: None,
        resend,
    }
}

/// Whether all of it is known; an error if what is said is not so.
fn told_truly(audit: &RootAudit, truth: &RootAudit) -> Result<bool, String> {
    for kind in CredentialKind::ALL {
        if let Some(there) = audit.has(kind) {
            must(Some(there) == truth.has(kind), || format!("{kind:?} is said to be there: {there}"))?;
        }
    }
    let (said, is) = (audit.credentials(), truth.credentials());
    must(said.iter().all(|one| is.contains(one)), || format!("{said:?} instead of {is:?}"))?;
    let is_known = |kind| audit.has(kind).is_some();
    Ok(CredentialKind::ALL.into_iter().all(is_known) && said == is)
}
