//! Walks through the program at random, for properties that hold wherever one comes.

use jiff::{SignedDuration, Timestamp};

mod pressing;

pub(crate) use super::steps::{Ending, Found, Origin, Step, dialog_steps, origin, steps};

use super::finds::{edited, filed, looked, looked_in_vain, reported, seen_in_account, texted};
use super::harness::{key, start};
use super::origins::{steps_to, world_of};
use super::world::{CODE, MANAGEMENT, NEW, OLD, OTHER_NEW, SANDBOX_07, World};
use super::world::{api_error, full, id, mail, noon, trusted};
use crate::app::dialogs::root_deletion::Stage;
use crate::app::effect::{Effect, Read, StoreRequest, Visit, Wake};
use crate::app::ids::{RunId, WriteId};
use crate::app::key::{Key, Paste};
use crate::app::layers::Layer;
use crate::app::msg::{Answer, Geometry, Msg};
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::start::Start;
use crate::app::view::{Pane, ViewId};
use crate::domain::account::{Account, AccountState};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::{Change, Switch};
use crate::domain::deletion::DeletionPlan;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus};
use crate::domain::email_plan::PlanItem;
use crate::domain::mail::Mail;
use crate::domain::permit::Rules;
use crate::domain::remote_data::ReadId;
use crate::domain::root_credentials::AuditDepth;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::root_session::SessionKey;
use crate::domain::run::{Acceptance, PlanToStart, Run, RunReport};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::write::{Seen, WriteOutcome, Written};

/// What the MFA device shows.
const DEVICE_CODE: &str = "835162";

pub(crate) struct Walk {
    pub(crate) app: App,
    pub(crate) now: Timestamp,
    world: World,
    read_only: bool,
    reads: Vec<(ReadId, Read)>,
    writes: Vec<(WriteId, Change)>,
    looks: Vec<(ReadId, Answer)>,
    /// How many calls into member accounts were made outside of batches.
    pub(super) visits: usize,
    timers: Vec<Wake>,
    /// The run in progress, and its accounts not reported on.
    pub(super) run: Option<(RunId, Run, Vec<Account>)>,
    /// What the dialog shows at the moment of a key.
    shown: Option<Vec<DeletionPlan>>,
    /// The findings whose end is on screen at the moment of a key.
    read: Option<Vec<i64>>,
    /// What the dialog of the mails shows then.
    matched: Option<Vec<Acceptance>>,
    /// The changes of the plan that the dialog shows at the moment of a key.
    planned: Option<Vec<PlanItem>>,
    /// Whether an audit of several accounts was confirmed.
    reported: bool,
    /// Whether the terminal is handed over for signing in.
    signing_in: bool,
    /// Acceptances by mail that were confirmed.
    pub(crate) acceptances: usize,
    /// Deletions that were confirmed.
    pub(crate) deletions: usize,
    /// Plans that were confirmed.
    pub(crate) plans: usize,
    /// The screen before a key, of a text that has to be read.
    drawn: Geometry,
}

impl Walk {
    pub(crate) fn from(origin: Origin, read_only: bool) -> Self {
        let world = world_of(origin);
        let rules = Rules { read_only, ..Rules::default() };
        let (app, effects) = App::new(Start { rules, demo: true, ask_at_start: 500, ..start() });
        let mut walk = Self {
            app,
            now: noon(),
            world,
            read_only,
            reads: vec![],
            writes: vec![],
            looks: vec![],
            visits: 0,
            timers: vec![],
            run: None,
            shown: None,
            read: None,
            matched: None,
            acceptances: 0,
            planned: None,
            plans: 0,
            reported: false,
            signing_in: false,
            deletions: 0,
            drawn: Geometry { dialog_rows: 40, dialog_lines: 20, list_rows: 10, ..Geometry::default() },
        };
        walk.take(effects, None);
        if !matches!(origin, Origin::Start) {
            while !walk.reads.is_empty() {
                walk.step(&Step::Answer(0, true));
            }
        }
        for key in steps_to(origin) {
            walk.step(key);
        }
        walk
    }

    pub(crate) fn step(&mut self, step: &Step) {
        match step {
            Step::Press(name) => self.press(key(name)),
            Step::Mouse(mouse) => self.mouse(*mouse),
            Step::Type(c) => self.press(Key::char(*c)),
            Step::TypeAll(text) => text.chars().for_each(|c| self.press(Key::char(c))),
            Step::Code(typed) => {
                let in_view = self.app.view == ViewId::EmailChanges && self.app.layers.is_empty();
                if in_view && !typed {
                    let both = format!("{}\n{}", mail(NEW), mail(OTHER_NEW));
                    self.send(Msg::Paste(Paste::new(both)), None);
                } else if matches!(self.app.layers.last(), Some(Layer::MfaCode(_))) {
                    DEVICE_CODE.chars().for_each(|c| self.press(Key::char(c)));
                } else if matches!(self.app.layers.last(), Some(Layer::EnterOtp(_))) {
                    if *typed {
                        CODE.chars().for_each(|c| self.press(Key::char(c)));
                    } else {
                        self.send(Msg::Paste(Paste::new(mail(NEW))), None);
                    }
                }
            }
            Step::Paste(text) => self.send(Msg::Paste(Paste::new((*text).to_owned())), None),
            Step::Answer(which, well) => self.answer(*which, *well),
            Step::End(which, ending) => self.end(*which, ending),
            Step::Look(which, well) => self.look(*which, *well),
            Step::ShellEnds if std::mem::take(&mut self.signing_in) => self.send(Msg::SignedIn(Ok(())), None),
            Step::ShellEnds => {
                let key = SessionKey { account: id(SANDBOX_07), task: TaskPolicy::AuditRootCredentials };
                self.send(Msg::ShellEnded(key), None);
            }
            Step::Report(which, found) => self.report(*which, found),
            Step::Wake(which) => {
                if !self.timers.is_empty() {
                    let wake = self.timers.remove(which % self.timers.len());
                    self.send(Msg::Woken(wake), None);
                }
            }
            Step::Draw(lines, rows) => {
                let drawn = Geometry { dialog_rows: *rows, dialog_lines: *lines, list_rows: 10, ..Geometry::default() };
                self.drawn = drawn;
                self.send(Msg::Geometry(drawn), None);
            }
            Step::Wait(seconds) => self.now += SignedDuration::from_secs(*seconds),
            Step::Mail => {
                let mail = Mail { to: NEW.into(), subject: "Verify".into(), body: "111111".into(), sent: self.now };
                self.send(Msg::Mail(vec![mail]), None);
            }
        }
    }

    fn answer(&mut self, which: usize, well: bool) {
        if self.reads.is_empty() {
            return;
        }
        let (id, read) = self.reads.remove(which % self.reads.len());
        let kind = if read == Read::Connect { ApiErrorKind::MfaCodeNeeded } else { ApiErrorKind::Throttled };
        let answers = match (well, read) {
            // Somebody else has signed in.
            (true, Read::Connect) if which % 4 == 3 => {
                let mut other = self.world.connection.clone();
                other.caller.account = super::world::id(SANDBOX_07);
                vec![Answer::Connected(Ok(other))]
            }
            (true, _) => self.world.answers(read),
            (false, _) => vec![World::failure(read, kind)],
        };
        for answer in answers {
            self.send(Msg::Answer(id, answer), None);
        }
    }

    fn look(&mut self, which: usize, well: bool) {
        if self.looks.is_empty() {
            return;
        }
        let (id, answer) = self.looks.remove(which % self.looks.len());
        let answer = if well { answer } else { looked_in_vain(answer) };
        self.send(Msg::Answer(id, answer), None);
    }

    fn end(&mut self, which: usize, ending: &Ending) {
        if self.writes.is_empty() {
            return;
        }
        let (id, change) = self.writes.remove(which % self.writes.len());
        let outcome = match ending {
            Ending::Taken | Ending::Shown => WriteOutcome::Taken(None),
            Ending::Refused => WriteOutcome::Refused(api_error(ApiErrorKind::Invalid)),
            Ending::Unknown => WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)),
        };
        let shown = matches!(ending, Ending::Shown);
        let seen = match &change {
            Change::Delegation { .. } => Seen::Delegates(Ok(self.world.delegates.clone())),
            Change::Switch { which: Switch::TrustedAccess(_), .. } => {
                let on: &[&str] = if shown { &["account.amazonaws.com", "iam.amazonaws.com"] } else { &[] };
                Seen::TrustedAccess(Ok(trusted(on)))
            }
            Change::Switch { which: Switch::RootFeature(_), .. } => {
                let on = if shown { RootFeature::ALL.to_vec() } else { vec![] };
                Seen::RootFeatures(Ok(RootFeatures::Enabled(on)))
            }
            Change::StartEmailChange { .. } => email(EmailChangeStatus::Pending),
            Change::AcceptEmailChange { .. } if shown => email(EmailChangeStatus::Completed),
            Change::AcceptEmailChange { .. } => email(EmailChangeStatus::Accepted),
            Change::Account { .. } => Seen::AccountName(Ok("another name".to_owned())),
            Change::Root { change, .. } => seen_in_account(change, shown),
        };
        let before = self.app.notifications.current().map(|posted| posted.id);
        self.send(Msg::Written(id, Box::new(Written { outcome, seen })), None);
        let reported = self.app.notifications.current().filter(|posted| Some(posted.id) != before);
        if let Some(Notification::RootSeen(..) | Notification::RootAlready(..)) =
            reported.map(|posted| &posted.notification)
        {
            assert!(shown, "said to be done without having been seen: {reported:?}");
        }
    }

    fn report(&mut self, which: usize, found: &Found) {
        if let Found::Stale = found {
            let audit = Box::new(full(AuditDepth::Quick));
            self.send(Msg::Run(RunId(u64::MAX), Box::new(RunReport::Audited(id(SANDBOX_07), audit))), None);
            self.send(Msg::Run(RunId(u64::MAX), Box::new(RunReport::Ended)), None);
            return;
        }
        let Some((number, run, accounts)) = self.run.clone() else { return };
        let (rest, ends) = match found {
            Found::RestAndEnd => (accounts, true),
            Found::End => (vec![], true),
            _ if accounts.is_empty() => (vec![], true),
            _ => (vec![accounts[which % accounts.len()].clone()], false),
        };
        for account in rest {
            if let Some((_, _, awaited)) = &mut self.run {
                awaited.retain(|other| other.id != account.id);
            }
            let report = reported(&run, &account, found);
            self.send(Msg::Run(number, Box::new(report)), None);
        }
        if ends {
            self.run = None;
            self.send(Msg::Run(number, Box::new(RunReport::Ended)), None);
        }
    }

    pub(crate) fn send(&mut self, msg: Msg, confirmed: Option<bool>) {
        assert_tells_nothing("message", &msg);
        let effects = self.app.update(self.now, msg);
        self.app.recompute();
        self.take(effects, confirmed);
        if self.app.has_unread_text() {
            // The runtime logs each drawing of such a text.
            let (dialog_rows, dialog_lines) = (self.drawn.dialog_rows, self.drawn.dialog_lines);
            let drawn = Geometry { dialog_rows, dialog_lines, ..self.app.geometry() };
            let effects = self.app.update(self.now, Msg::Geometry(drawn));
            self.take(effects, None);
        }
        self.holds();
    }

    fn take(&mut self, effects: Vec<Effect>, confirmed: Option<bool>) {
        for effect in effects {
            assert_tells_nothing("effect", &effect);
            match effect {
                Effect::Read(id, read) | Effect::ReadInBackground(id, read) => self.reads.push((id, read)),
                Effect::Write(id, request) => {
                    assert!(!self.read_only, "a write in read-only mode");
                    assert!(self.app.model.connection.current().is_some(), "a write by nobody knows whom");
                    assert_eq!(confirmed, Some(true), "a write that nobody confirmed: {request:?}");
                    self.writes.push((id, request.change));
                }
                Effect::Run(id, run) => self.take_run(id, *run, confirmed),
                Effect::Steer(id, _) => {
                    let in_progress = self.run.as_ref().is_some_and(|(number, ..)| *number == id);
                    assert!(in_progress, "a run is steered that is over");
                }
                Effect::Visit(id, visit) => {
                    // What only reads is allowed in read-only mode.
                    if matches!(*visit, Visit::Session(..)) {
                        assert!(!self.read_only, "a session is handed over in read-only mode: {visit:?}");
                        assert_eq!(confirmed, Some(true), "a session that nobody confirmed: {visit:?}");
                    }
                    self.visits += 1;
                    self.looks.push((id, looked(&visit, self.now)));
                }
                Effect::File(id, file) => self.looks.push((id, filed(*file))),
                Effect::Keep(id, store_request) => {
                    if let StoreRequest::Acknowledge(read) = &*store_request {
                        assert_eq!(self.read.as_ref(), Some(read), "noted as read before its end was on screen");
                    }
                    if matches!(*store_request, StoreRequest::Adopt(_) | StoreRequest::Forget(_)) {
                        assert!(!self.read_only, "kept or forgotten in read-only mode: {store_request:?}");
                        assert_eq!(confirmed, Some(true), "kept or forgotten by nobody's will: {store_request:?}");
                    }
                    // Nothing waits for how a view was left.
                    if !matches!(*store_request, StoreRequest::View(_)) {
                        self.looks.push((id, Answer::Kept(store_request, Ok(()))));
                    }
                }
                Effect::Text(id, file) => self.looks.push((id, texted(*file))),
                Effect::CopyExports(key) | Effect::Subshell(key) => {
                    assert_eq!(confirmed, Some(true), "credentials that nobody asked for");
                    assert!(self.app.model.sessions.get(key).is_some(), "credentials of no session");
                }
                Effect::Edit(id, edit) => self.looks.push((id, edited(*edit))),
                Effect::Connect(id, _) => self.reads.push((id, Read::Connect)),
                Effect::SignIn(..) => {
                    assert!(self.writes.is_empty() && self.run.is_none(), "signing in meanwhile");
                    self.signing_in = true;
                }
                Effect::TakeProfile(_) => {
                    assert!(self.writes.is_empty() && self.run.is_none(), "a change would lose its outcome");
                    // What was asked of the profile before is answered to nobody.
                    (self.reads, self.looks, self.timers) = (vec![], vec![], vec![]);
                }
                Effect::Wake(_, wake) => self.timers.push(wake),
                // In the demo: the mail that is on screen. Rows hold no code.
                Effect::CopyMail(_) | Effect::CopyExport(..) => {}
                Effect::Copy(text) => assert!(!text.contains(CODE), "the code was copied"),
                Effect::Quit => {
                    let deleting = self.run.as_ref().is_some_and(|(_, run, _)| run.is_writing());
                    assert!(!deleting, "left in the middle of a deletion");
                }
                // The listing comes to them as well.
                Effect::ReadFirst(..) | Effect::Suspend | Effect::Redraw | Effect::OpenLink(_) => {}
            }
        }
    }

    fn take_run(&mut self, number: RunId, run: Run, confirmed: Option<bool>) {
        assert!(self.run.is_none(), "a second run: {run:?}");
        let accounts = match &run {
            Run::Audit { accounts, .. } => accounts.clone(),
            Run::DeleteCredentials { plans, .. } => plans.iter().map(|plan| plan.account.clone()).collect(),
            Run::StartEmailChanges { accounts, .. } => accounts.clone(),
            Run::AcceptEmailChanges { items, .. } => items.iter().map(|item| item.account.clone()).collect(),
            Run::ReadContacts { .. } | Run::ChangeAccounts { .. } => unreachable!("the dashboard has no such run"),
            // Asking changes nothing, and is about any account.
            Run::AskEmailChanges { accounts } => {
                let accounts = accounts.iter().filter_map(|id| self.app.model.accounts.get(*id)).cloned().collect();
                self.run = Some((number, run, accounts));
                return;
            }
        };
        let known = self.app.model.organization.value().is_some();
        for account in &accounts {
            let management = known && account.id == id(MANAGEMENT);
            assert!(!management && account.state == AccountState::Active, "left out: {account:?}");
        }
        if let Run::StartEmailChanges { plan, .. } = &run {
            assert!(!self.read_only, "a plan in read-only mode");
            assert_eq!(confirmed, Some(true), "a plan that nobody confirmed: {run:?}");
            let planned = self.planned.clone().unwrap_or_default();
            if let PlanToStart::New(plan) = plan {
                assert_eq!(planned, plan.items, "something else than was shown");
            }
            let shown: Vec<_> = planned.iter().map(|item| item.account).collect();
            assert_eq!(shown, accounts.iter().map(|account| account.id).collect::<Vec<_>>());
            self.plans += 1;
        } else if matches!(run, Run::AcceptEmailChanges { .. }) {
            assert!(!self.read_only, "email changes in read-only mode");
            assert_eq!(confirmed, Some(true), "email changes that nobody confirmed: {run:?}");
            if let Run::AcceptEmailChanges { items, .. } = &run {
                assert_eq!(self.matched.as_ref(), Some(items), "something else than was shown");
                self.acceptances += 1;
            }
        } else if let Run::DeleteCredentials { plans, .. } = &run {
            assert!(!self.read_only, "deletions in read-only mode");
            assert_eq!(confirmed, Some(true), "deletions that nobody confirmed: {run:?}");
            assert_eq!(self.shown.as_ref(), Some(plans), "something else than was shown");
            self.deletions += 1;
        } else {
            let dry = matches!(self.app.layers.last(), Some(Layer::Delete(dialog))
                if matches!(dialog.stage, Stage::Reading(other) if other == number));
            assert!(self.reported || dry, "nobody was told of the alarms: {run:?}");
        }
        self.run = Some((number, run, accounts));
    }

    /// Presses Esc until there is nothing left to go back from, and goes to the list of accounts.
    pub(crate) fn back_to_the_list(&mut self) {
        if std::mem::take(&mut self.signing_in) {
            self.send(Msg::SignedIn(Err(api_error(ApiErrorKind::Local))), None);
        }
        if self.app.quitting {
            return;
        }
        for _ in 0..12 {
            self.press(key("esc"));
        }
        assert!(self.app.layers.is_empty());
        self.press(key("1"));
        for _ in 0..4 {
            self.press(key("esc"));
        }
        assert_eq!((self.app.view, self.app.model.accounts.pane), (ViewId::Accounts, Pane::List));
        assert_eq!((self.app.model.accounts.filter.text(), self.app.model.accounts.filter.editing), ("", false));
    }

    /// Whether the person has asked to see the code.
    pub(crate) fn is_revealed(&self) -> bool {
        matches!(self.app.layers.last(), Some(Layer::EnterOtp(dialog)) if dialog.revealed)
    }
}

/// Whether the number of accounts, or the one account's id, was typed and the button has the focus.
fn email(status: EmailChangeStatus) -> Seen {
    let email = if status == EmailChangeStatus::Completed { NEW } else { OLD };
    Seen::Email { report: Ok(EmailChangeReport { status, updated: None }), email: Ok(email.to_owned()) }
}

pub(super) fn assert_tells_nothing(what: &str, value: &impl std::fmt::Debug) {
    let text = format!("{value:?}");
    let bytes = format!("{:?}", CODE.as_bytes());
    assert!(
        !text.contains(CODE) && !text.contains(DEVICE_CODE) && !text.contains(bytes.trim_matches(['[', ']'])),
        "the {what} tells the code: {text}"
    );
}
