//! One step after the other, and what must be true after each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rootdeck::aws::session::{Session, SessionOptions};
use rootdeck::domain::change::Change;
use rootdeck::domain::change::Switch;
use rootdeck::domain::journal::{JournalEntry, JournalOutcome as Journaled, OutcomeCause};
use rootdeck::domain::otp::Otp;
use rootdeck::domain::permit::Rules;
use rootdeck::domain::records::JournalRecords;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::{PresentPolicy, WriteOutcome, WriteRequest, Written};
use rootdeck::emulator::{Identity, Options};
use rootdeck::engine::Engine;

use super::actions::{Action, Mishap, pause};
use super::dice::Dice;
use super::model::{Model, read};
use crate::office::{Office, session_options};
use crate::spoiler::{Spoil, Spoiler};
use crate::table::{Said, look, observer, said};

/// Longer than any call is taken to be in progress.
const LATER: Duration = Duration::from_mins(7);
/// How often everything is read.
const ALL_EVERY: usize = 50;

pub(crate) struct Walk {
    office: Office,
    proxy: Spoiler,
    /// Two copies of the program.
    engines: [Engine; 2],
    observer: Engine,
    model: Model,
    dice: Dice,
    /// The entries of what was so before: that it is seen says nothing of whether AWS did it again.
    so_before: BTreeSet<i64>,
    steps: usize,
    trail: VecDeque<String>,
}

type Told = Result<(), String>;

impl Walk {
    pub(crate) async fn begin(seed: u64) -> Self {
        let office = Office::in_fast_file(Options::default()).await;
        office.trust(ServicePrincipal::iam()).await;
        office.trust(ServicePrincipal::account_management()).await;
        for feature in RootFeature::ALL {
            office.write(Switch::RootFeature(feature).set(true)).await;
        }
        office.advance(LATER);
        let proxy = Spoiler::before(&office.emulator.endpoint_url()).await;
        let engines = [copy(&office, &proxy).await, copy(&office, &proxy).await];
        let observer = observer(&office);
        let model = Model::of(&office);
        let (dice, so_before, trail) = (Dice::new(seed), BTreeSet::new(), VecDeque::new());
        Self { office, proxy, engines, observer, model, dice, so_before, steps: 0, trail }
    }

    pub(crate) async fn step(&mut self) -> Told {
        self.steps += 1;
        let by = pause(&mut self.dice);
        self.pass(by);
        let mut action = Action::by(&mut self.dice, &self.model);
        let wrong = self.dice.happens(15);
        if !self.enter_code(&mut action, wrong) {
            return Ok(());
        }
        let mishap = Mishap::by(&mut self.dice);
        let copy = self.dice.below(2);
        self.trail.push_back(format!("{}: +{by:?} copy {copy} {action:?} {mishap:?}", self.steps));
        if self.trail.len() > 8 {
            self.trail.pop_front();
        }
        let told = self.make(action, mishap, copy).await;
        let told = match told {
            Ok(()) if self.steps.is_multiple_of(ALL_EVERY) => self.all_is_as_the_model_says(),
            told => told,
        };
        told.map_err(|why| format!("{why}\nafter\n{}", Vec::from(self.trail.clone()).join("\n")))
    }

    pub(crate) async fn end(mut self) -> Told {
        self.pass(LATER);
        self.engines[0].resolve(None, self.now()).await.map_err(|error| format!("not resolved: {error:?}"))?;
        self.all_is_as_the_model_says()
    }

    /// Has so much time pass, or a little more.
    fn pass(&mut self, by: Duration) {
        self.office.advance(by);
        if self.model.is_about_to_change(self.now()) {
            self.office.advance(Duration::from_mins(2));
        }
        self.model.catch_up(self.now());
    }

    fn now(&self) -> Timestamp {
        self.office.clock()()
    }

    /// As a person does who has the mail, or mistypes it; whether there is a mail.
    fn enter_code(&self, action: &mut Action, wrong: bool) -> bool {
        let Change::AcceptEmailChange { new, otp, .. } = &mut action.change else { return true };
        let sent = self.office.mails_to(new.as_str()) > 0;
        *otp = match (sent, wrong) {
            (false, _) => Otp::parse("123456"),
            (true, true) => Some(self.office.wrong_code(new.as_str())),
            (true, false) => Some(self.office.code(new.as_str())),
        };
        if !sent || wrong {
            action.is_legal = Some(false);
        }
        otp.is_some()
    }

    async fn make(&mut self, action: Action, mishap: Mishap, copy: usize) -> Told {
        let operation = on_the_wire(&action.change);
        let performed = self.performed(operation);
        let before = self.newest_id();
        let begun = self.now();
        let written = match mishap {
            Mishap::None => vec![self.write(&action, copy).await],
            Mishap::Injected(kind) => {
                self.office.inject(&format!("{operation}:{kind}=1x"));
                vec![self.write(&action, copy).await]
            }
            Mishap::Spoiled(spoil) => {
                self.proxy.spoil(operation, spoil, 1);
                vec![self.write(&action, copy).await]
            }
            Mishap::Twice => {
                let (one, other) = tokio::join!(self.write(&action, 0), self.write(&action, 1));
                vec![one, other]
            }
            Mishap::Killed(after) => {
                self.proxy.spoil(operation, Spoil::Stalled(after), 1);
                self.killed(&action, copy).await
            }
            Mishap::KilledLooking => {
                self.proxy.spoil(read_back(&action.change), Spoil::Stalled(false), 1);
                self.killed(&action, copy).await
            }
        };
        self.proxy.heal();
        self.proxy.rests().await;
        self.office.emulator.behave();
        let performed = self.performed(operation) - performed;
        let said: Vec<(Said, Option<Written>)> = written
            .into_iter()
            .map(|written| match written {
                Some(written) => (said(&action.change, &written, begun), Some(written)),
                None => (Said::Unknown, None),
            })
            .collect();
        self.is_true(&action, mishap, &said, performed, before).await.map_err(|why| format!("{why}\n  {said:?}"))
    }

    async fn write(&self, action: &Action, copy: usize) -> Option<Written> {
        Some(self.engines[copy].write(request(action), self.office.clock()).await)
    }

    /// Makes the change in a program that is killed while it waits for an answer, and starts it again.
    async fn killed(&mut self, action: &Action, copy: usize) -> Vec<Option<Written>> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (options, records) = (self.options(), self.office.records_again());
        let (request, clock) = (request(action), self.office.clock());
        let writing = runtime.spawn(async move {
            let session = Session::connect(options).await.unwrap();
            Engine::new(session, Rules::default(), Arc::new(records)).write(request, clock).await
        });
        while self.proxy.held_back() == 0 && !writing.is_finished() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let ended = if writing.is_finished() { writing.await.ok() } else { None };
        runtime.shutdown_background();
        self.engines[copy] = self::copy(&self.office, &self.proxy).await;
        vec![ended]
    }

    fn options(&self) -> SessionOptions {
        let endpoint_url = Some(self.proxy.url.clone());
        SessionOptions { endpoint_url, ..session_options(&self.office.emulator, Identity::Management) }
    }

    fn performed(&self, operation: &str) -> usize {
        self.office.emulator.performed().iter().filter(|(_, name)| name == operation).count()
    }

    fn newest_id(&self) -> i64 {
        self.office.records.journal(1).unwrap().first().map_or(0, |entry| entry.id)
    }

    /// The entries about a change since `before`, oldest first.
    fn entries(&self, change: &Change, before: i64) -> Vec<JournalEntry> {
        let is_its = |entry: &JournalEntry| {
            entry.id > before && entry.operation == change.operation() && entry.account == change.account()
        };
        let mut entries: Vec<_> = self.office.records.journal(30).unwrap().into_iter().filter(is_its).collect();
        entries.reverse();
        entries
    }

    async fn is_true(
        &mut self,
        action: &Action,
        mishap: Mishap,
        said: &[(Said, Option<Written>)],
        performed: usize,
        before: i64,
    ) -> Told {
        let was = self.model.value(&action.thing);
        let is = read(&self.office, &action.thing);
        let action = &action.performed(performed);
        let entries = self.entries(&action.change, before);
        if was == action.after {
            self.so_before.extend(entries.iter().map(|entry| entry.id));
        }
        let context = format!("was {was}, is {is}, performed {performed} x, journaled {entries:?}");
        let must = |is_so: bool, what: &str| if is_so { Ok(()) } else { Err(format!("{what}: {context}")) };
        must(performed <= said.len(), "performed too often")?;
        let starts = matches!(action.change, Change::StartEmailChange { .. }) && !action.resend;
        must(performed <= 1 || !starts, "started twice")?;
        must(performed <= entries.len(), "performed, and not journaled")?;
        let (all, not_done) = (said.len(), said.iter().filter(|(said, _)| *said == Said::NotDone).count());
        for (said, written) in said {
            let same = written.as_ref().is_some_and(|written| matches!(written.outcome, WriteOutcome::AlreadySo(_)));
            match said {
                Said::Done if same => must(performed < 2, "already so, and performed twice")?,
                Said::Done => must(is == action.after, "said to be done")?,
                Said::NotDone => must(performed + not_done <= all, "said not to be done")?,
                // An earlier start may be under way, and nothing tells without trusted access: nothing is sent.
                Said::Unknown if entries.is_empty() && !self.model.trusts() => {}
                Said::Unknown => must(!matches!(mishap, Mishap::None), "unknown without a reason")?,
            }
        }
        if let ([(said, Some(written))], [entry]) = (said, entries.as_slice()) {
            let agree = match (said, &written.outcome) {
                (_, WriteOutcome::AlreadySo(_)) => !entry.is_open(),
                // It was so before: whether AWS did it once more, nothing tells.
                (_, WriteOutcome::Unknown(_)) if was == action.after => true,
                (Said::Done, _) => entry.outcome == Journaled::Ok,
                (Said::NotDone, _) => matches!(entry.outcome, Journaled::Refused | Journaled::Failed),
                (Said::Unknown, _) => entry.outcome == Journaled::Unknown,
            };
            must(agree, "journaled otherwise")?;
        }
        if let (Mishap::None, Some(is_legal), [(said, written)]) = (mishap, action.is_legal, said) {
            let same = written.as_ref().is_some_and(|written| matches!(written.outcome, WriteOutcome::AlreadySo(_)));
            must(*said == Said::Done || !is_legal, "not done")?;
            must(*said != Said::Done || is_legal || same, "done, and AWS would not")?;
        }
        must(if performed > 0 { is == action.after } else { is == was }, "AWS holds something else")?;
        if performed > 0 {
            self.model.set(&action.thing, is, self.now());
        }
        // The next start would wait for one that may be in progress elsewhere.
        let killed = matches!(mishap, Mishap::Killed(_) | Mishap::KilledLooking);
        if entries.iter().any(JournalEntry::is_open) && (killed || self.dice.happens(60)) {
            return self.settles(action, &entries, performed).await;
        }
        Ok(())
    }

    /// After a while a look tells the journal the truth.
    async fn settles(&mut self, action: &Action, entries: &[JournalEntry], performed: usize) -> Told {
        self.pass(LATER);
        let copy = &self.engines[self.dice.below(2)];
        copy.resolve(None, self.now()).await.map_err(|error| format!("not resolved: {error:?}"))?;
        look(copy, &self.observer, &action.change).await;
        let journal = self.office.records.journal(60).unwrap();
        let now = |entry: &JournalEntry| journal.iter().find(|one| one.id == entry.id).unwrap().outcome;
        let done = entries.iter().filter(|entry| now(entry) == Journaled::Ok && !self.was_so(entry)).count();
        if done > performed {
            return Err(format!("settled as done and performed {performed} x: {entries:?}"));
        }
        let failed =
            entries.iter().filter(|entry| matches!(now(entry), Journaled::Failed | Journaled::Refused)).count();
        if performed + failed > entries.len() {
            return Err(format!("settled as not done and performed {performed} x: {entries:?}"));
        }
        Ok(())
    }

    fn was_so(&self, entry: &JournalEntry) -> bool {
        entry.cause == Some(OutcomeCause::AlreadySo) || self.so_before.contains(&entry.id)
    }

    /// AWS has what the model has, and the journal as much as AWS performed.
    fn all_is_as_the_model_says(&mut self) -> Told {
        self.model.catch_up(self.now());
        let found = self.model.differences(&self.office);
        if !found.is_empty() {
            return Err(found.join("\n"));
        }
        let mut performed: BTreeMap<String, usize> = BTreeMap::new();
        for (_, operation) in self.office.emulator.performed() {
            *performed.entry(operation).or_default() += 1;
        }
        let mut journaled: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for entry in self.office.records.journal(usize::MAX).unwrap() {
            let name = entry.operation.rsplit(':').next().unwrap().to_owned();
            let (done, open) = journaled.entry(name).or_default();
            *done += usize::from(entry.outcome == Journaled::Ok && !self.was_so(&entry));
            // What was so before AWS may have done again or not.
            *open += usize::from(entry.is_open() || self.so_before.contains(&entry.id));
        }
        journaled.remove("AssumeRoot");
        for (operation, (done, open)) in journaled {
            let performed = performed.get(&operation).copied().unwrap_or_default();
            if performed < done || performed > done + open {
                let entries = self.office.records.journal(usize::MAX).unwrap().into_iter();
                let about = entries.filter(|entry| entry.operation.ends_with("EmailUpdate")).map(|entry| {
                    let account = entry.account.map(|account| account.to_string()).unwrap_or_default();
                    let (id, at, outcome, request) = (entry.id, entry.at, entry.outcome, entry.request_id.is_some());
                    format!(
                        "{id} {at} {account} {} {:?} {outcome:?} {:?} named: {request} {:?}",
                        entry.operation, entry.change, entry.cause, entry.note
                    )
                });
                let about: Vec<_> = about.collect();
                return Err(format!(
                    "{operation} was performed {performed} x; journaled: {done} done, {open} open\n{}",
                    about.join("\n")
                ));
            }
        }
        Ok(())
    }
}

async fn copy(office: &Office, proxy: &Spoiler) -> Engine {
    let endpoint_url = Some(proxy.url.clone());
    let options = SessionOptions { endpoint_url, ..session_options(&office.emulator, Identity::Management) };
    let session = Session::connect(options).await.unwrap();
    let engine = Engine::new(session, Rules::default(), Arc::new(office.records_again()));
    engine.organization().await.unwrap();
    engine
}

fn request(action: &Action) -> WriteRequest {
    WriteRequest {
        change: action.change.clone(),
        account: None,
        reason: Some("TICKET-7".into()),
        present: PresentPolicy::Any,
        until: None,
        resend: action.resend,
    }
}

/// The operation as the wire names it.
fn on_the_wire(change: &Change) -> &'static str {
    change.operation().split_once(':').unwrap().1
}

/// A call that reads what came of a change.
fn read_back(change: &Change) -> &'static str {
    use rootdeck::domain::account_change::AccountChange as A;
    use rootdeck::domain::root_change::RootChange;
    match change {
        Change::Switch { which: Switch::TrustedAccess(_), .. } => "ListAWSServiceAccessForOrganization",
        Change::Switch { which: Switch::RootFeature(_), .. } => "ListOrganizationsFeatures",
        Change::Delegation { .. } => "ListDelegatedAdministrators",
        Change::StartEmailChange { .. } | Change::AcceptEmailChange { .. } => "GetPrimaryEmail",
        Change::Account { change: A::Rename { .. }, .. } => "DescribeAccount",
        Change::Account { .. } => "GetAlternateContact",
        Change::Root { change: RootChange::DeleteCredential(_), .. } => "ListAccessKeys",
        Change::Root { .. } => "GetLoginProfile",
    }
}
