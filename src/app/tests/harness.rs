//! Drives [`App::update`] with messages and keeps account of what it wants from outside.
//!
//! Whatever a message brings about has to be named by the test, or the next message and the end of
//! the test fail. Three timers are kept aside unasked, since nearly everything starts one: those
//! of a notice, of a rested cursor, and of a countdown.

mod named;

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::world::{CODE, NEW, OLD, World, noon, report_before};
use crate::app::effect::{Effect, Read, StoreRequest, Wake};
use crate::app::focus::Focus;
use crate::app::ids::{RunId, WriteId};
use crate::app::key::{Code, Key, Paste};
use crate::app::key_map::KeyMap;
use crate::app::layers::Layer;
use crate::app::msg::{Answer, Geometry, Msg};
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::start::Start;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Change;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedEmailChange};
use crate::domain::journal::Subject;
use crate::domain::mfa::MfaCode;
use crate::domain::permit::{Refusal, Rules};
use crate::domain::profile::Browser;
use crate::domain::remote_data::ReadId;
use crate::domain::run::Run;
use crate::domain::view::ViewId;
use crate::domain::view_choice::ViewChoice;
use crate::domain::write::{Seen, WriteOutcome, WriteRequest, Written};

pub(crate) struct Driver {
    pub(crate) app: App,
    pub(crate) now: Timestamp,
    pub(crate) world: World,
    /// Wanted, and not yet named by the test.
    wanted: Vec<Effect>,
    /// Questions named and not yet answered.
    reads: Vec<(ReadId, Read)>,
    /// The runs named and not yet ended.
    pub(crate) runs: Vec<(RunId, Run)>,
    /// Writes named and not yet ended.
    pub(super) writes: Vec<(WriteId, WriteRequest)>,
    /// Looks into member accounts and files named, and not yet answered.
    looks: Vec<ReadId>,
    /// The question what this machine keeps that the dialog of a new address asks when it opens.
    cache_read: Option<ReadId>,
    /// What was refused and is to be journaled.
    pub(crate) refused: Vec<(Subject, Refusal)>,
    /// How views were left, as it is to be kept.
    pub(crate) left: Vec<ViewChoice>,
    /// Timers of notices, cursor and countdown.
    pub(crate) timers: Vec<(Duration, Wake)>,
    /// How many rows a text that has to be read gets, and how many lines it has.
    text: (usize, usize),
}

pub(crate) fn start() -> Start {
    Start {
        now: noon(),
        time_zone: TimeZone::UTC,
        demo: false,
        rules: Rules::default(),
        profile: Some("prod".into()),
        named: true,
        place: None,
        endpoint: None,
        browser: Browser::Here,
        opens_links: true,
        columns: None,
        // The tests of that ask for it.
        ask_at_start: 0,
        view: ViewId::Accounts,
        filter: None,
        keys: KeyMap::default(),
        spoken: crate::words::record::note,
    }
}

impl Driver {
    /// The program at its start, nothing answered yet.
    pub(crate) fn started(start: Start, world: World) -> Self {
        let now = start.now;
        let (app, effects) = App::new(start);
        let mut driver = Self {
            app,
            now,
            world,
            wanted: vec![],
            reads: vec![],
            runs: vec![],
            writes: vec![],
            looks: vec![],
            cache_read: None,
            refused: vec![],
            left: vec![],
            timers: vec![],
            text: (20, 20),
        };
        driver.take(effects);
        driver
    }

    /// A program that AWS has answered everything.
    pub(crate) fn ready() -> Self {
        Self::ready_in(World::default())
    }

    pub(crate) fn ready_in(world: World) -> Self {
        Self::ready_with(start(), world)
    }

    pub(crate) fn ready_with(start: Start, world: World) -> Self {
        let driver = Self::started(start, world).asks(&[Read::Stored, Read::Connect]);
        driver.send(Msg::Geometry(Geometry { list_rows: 20, ..Geometry::default() })).aws_answers()
    }

    /// With the cursor on the account.
    pub(crate) fn on(mut self, account: &str) -> Self {
        let account = super::world::id(account);
        if self.app.selected_id() != Some(account) {
            self = self.press("g");
        }
        for _ in 0..self.app.model.accounts.len() {
            if self.app.selected_id() == Some(account) {
                break;
            }
            self = self.press("j");
        }
        assert_eq!(self.app.selected_id(), Some(account), "the cursor finds the account");
        let rest = self.timers.iter().rev().find(|(_, wake)| matches!(wake, Wake::Rest(_))).cloned();
        if let Some((_, rest)) = rest {
            self = self.woken(rest);
        }
        self
    }

    /// With the one-time password of `sandbox-07` on its way and its dialog open.
    pub(crate) fn awaiting_code() -> Self {
        Self::ready()
            .on(super::world::SANDBOX_07)
            .press("e")
            .types(NEW)
            .press("enter enter")
            .writes()
            .ends(WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), Self::seen(EmailChangeStatus::Pending))
    }

    /// What is seen after a write where AWS still reports a change before it.
    pub(crate) fn seen_before(status: EmailChangeStatus) -> Seen {
        Seen::Email { report: Ok(report_before(status)), email: Ok(OLD.into()) }
    }

    pub(crate) fn seen(status: EmailChangeStatus) -> Seen {
        let report = EmailChangeReport { status, updated: Some(noon()) };
        Seen::Email { report: Ok(report), email: Ok(super::world::OLD.to_owned()) }
    }

    pub(crate) fn send(mut self, msg: Msg) -> Self {
        assert!(self.wanted.is_empty(), "nobody expected {:?}", self.wanted);
        let effects = self.app.update(self.now, msg);
        self.take(effects);
        self.draw_text()
    }

    /// On a screen that shows so many rows of a text with so many lines, wherever one has to be read.
    pub(crate) fn showing(mut self, rows: usize, lines: usize) -> Self {
        self.text = (rows, lines);
        self
    }

    /// Tells of the drawing of a text that has to be read, as the runtime does.
    fn draw_text(mut self) -> Self {
        if self.app.has_unread_text() {
            let (dialog_rows, dialog_lines) = self.text;
            let geometry = Geometry { dialog_rows, dialog_lines, ..self.app.geometry() };
            let effects = self.app.update(self.now, Msg::Geometry(geometry));
            self.take(effects);
        }
        self
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Wake(delay, wake @ (Wake::Fade(_) | Wake::Rest(_) | Wake::Minute | Wake::Countdown)) => {
                    self.timers.push((delay, wake));
                }
                Effect::Keep(_, store_request) if matches!(*store_request, StoreRequest::Refusal(..)) => {
                    if let StoreRequest::Refusal(subject, why) = *store_request {
                        self.refused.push((subject, why));
                    }
                }
                Effect::Keep(_, store_request) if matches!(*store_request, StoreRequest::View(_)) => {
                    if let StoreRequest::View(choice) = *store_request {
                        self.left.push(choice);
                    }
                }
                Effect::Read(id, Read::Stored) if matches!(self.layer(), Some(Layer::StartEmail(_))) => {
                    self.cache_read = Some(id);
                }
                other => self.wanted.push(other),
            }
        }
        self.app.recompute();
        self.tell_what_is_kept();
    }

    /// Answers the dialog of a new address what this machine keeps: what the test says, and what was started.
    fn tell_what_is_kept(&mut self) {
        let Some(id) = self.cache_read.take() else { return };
        let mut stored = self.world.stored.clone();
        for facts in self.app.model.emails.iter().map(|(_, facts)| facts) {
            let is_other = |it: &StartedEmailChange| Some(it.account) != facts.started.as_ref().map(|it| it.account);
            if facts.started.is_some() {
                stored.started.retain(is_other);
            }
            stored.started.extend(facts.started.clone());
            stored.earlier.retain(is_other);
            stored.earlier.extend(facts.earlier.clone());
        }
        let effects = self.app.update(self.now, Msg::Answer(id, Answer::Stored(Ok(Box::new(stored)))));
        self.take(effects);
    }

    /// Presses keys by name, separated by blanks: `e`, `enter`, `ctrl-t`.
    pub(crate) fn press(mut self, keys: &str) -> Self {
        for name in keys.split(' ') {
            self = self.send(Msg::Key(key(name)));
        }
        self
    }

    pub(crate) fn types(mut self, text: &str) -> Self {
        for c in text.chars() {
            self = self.send(Msg::Key(Key::char(c)));
        }
        self
    }

    pub(crate) fn pastes(self, text: &str) -> Self {
        self.send(Msg::Paste(Paste::new(text.to_owned())))
    }

    pub(crate) fn woken(self, wake: Wake) -> Self {
        self.send(Msg::Woken(wake))
    }

    pub(crate) fn after(mut self, seconds: i64) -> Self {
        self.now += SignedDuration::from_secs(seconds);
        self
    }

    /// Names the questions that the last message asked, in any order, and no other effect.
    #[track_caller]
    pub(crate) fn asks(mut self, reads: &[Read]) -> Self {
        for read in reads {
            let place = self.wanted.iter().position(
                |effect| matches!(effect, Effect::Read(_, other) | Effect::ReadInBackground(_, other) if other == read),
            );
            let Some(place) = place else { panic!("{read:?} was not asked: {:?}", self.wanted) };
            if let Effect::Read(id, read) | Effect::ReadInBackground(id, read) = self.wanted.remove(place) {
                self.reads.push((id, read));
            }
        }
        self
    }

    /// Names the accounts that are read before the listing comes to them, and the read they belong to.
    #[track_caller]
    pub(crate) fn reads_first(&mut self) -> (ReadId, Vec<AccountId>) {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::ReadFirst(..)));
        match place.map(|place| self.wanted.remove(place)) {
            Some(Effect::ReadFirst(id, accounts)) => (id, accounts),
            _ => panic!("nothing is read first: {:?}", self.wanted),
        }
    }

    /// Names the one write that the last message sent.
    #[track_caller]
    pub(crate) fn writes(mut self) -> Self {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::Write(..)));
        let Some(place) = place else { panic!("nothing was written: {:?}", self.wanted) };
        if let Effect::Write(id, request) = self.wanted.remove(place) {
            self.writes.push((id, *request));
        }
        self
    }

    #[track_caller]
    pub(crate) fn writing(self, change: &Change) -> Self {
        let driver = self.writes();
        assert_eq!(driver.writes.last().map(|(_, request)| &request.change), Some(change));
        driver
    }

    /// Names any other effect.
    #[track_caller]
    pub(crate) fn wants(mut self, effect: &Effect) -> Self {
        let place = self.wanted.iter().position(|wanted| wanted == effect);
        let Some(place) = place else { panic!("{effect:?} was not wanted: {:?}", self.wanted) };
        self.wanted.remove(place);
        self
    }

    /// Says that the last messages wanted nothing at all.
    #[track_caller]
    pub(crate) fn quietly(self) -> Self {
        assert!(self.wanted.is_empty(), "nobody expected {:?}", self.wanted);
        self
    }

    /// Answers the newest question of this kind.
    #[track_caller]
    pub(crate) fn answers(mut self, read: Read, answer: Answer) -> Self {
        let id = self.in_progress(read);
        if !matches!(answer, Answer::AccountPages(_)) {
            self.reads.retain(|(other, _)| *other != id);
        }
        self.send(Msg::Answer(id, answer))
    }

    #[track_caller]
    pub(crate) fn fails(self, read: Read, kind: ApiErrorKind) -> Self {
        self.answers(read, World::failure(read, kind))
    }

    /// The number of the newest question of this kind.
    #[track_caller]
    pub(crate) fn in_progress(&self, read: Read) -> ReadId {
        let found = self.reads.iter().rev().find(|(_, other)| *other == read);
        let Some((id, _)) = found else { panic!("{read:?} is not under way: {:?}", self.reads) };
        *id
    }

    /// Has AWS answer one question as the world has it.
    #[track_caller]
    pub(crate) fn aws_answers_to(mut self, read: Read) -> Self {
        for answer in self.world.answers(read) {
            self = self.answers(read, answer);
        }
        self
    }

    /// Has AWS answer everything asked, and what is asked because of that. Whatever else is wanted
    /// meanwhile is to be named after it.
    pub(crate) fn aws_answers(mut self) -> Self {
        let mut others = Vec::new();
        loop {
            let (reads, rest) =
                std::mem::take(&mut self.wanted).into_iter().partition(|effect| matches!(effect, Effect::Read(..)));
            self.wanted = reads;
            others.extend::<Vec<Effect>>(rest);
            let asked: Vec<Read> = self
                .wanted
                .iter()
                .filter_map(|effect| if let Effect::Read(_, read) = effect { Some(*read) } else { None })
                .collect();
            self = self.asks(&asked);
            let Some((_, read)) = self.reads.first().copied() else {
                self.wanted = others;
                return self;
            };
            self = self.aws_answers_to(read);
        }
    }

    /// Names the attempt to connect with a code of an MFA device.
    #[track_caller]
    pub(crate) fn connects(mut self, code: &MfaCode) -> Self {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::Connect(_, other) if other == code));
        let Some(place) = place else { panic!("nobody connects with a code: {:?}", self.wanted) };
        if let Effect::Connect(id, _) = self.wanted.remove(place) {
            self.reads.push((id, Read::Connect));
        }
        self
    }

    /// Ends the oldest write in progress.
    #[track_caller]
    pub(crate) fn ends(mut self, outcome: WriteOutcome, seen: Seen) -> Self {
        assert!(!self.writes.is_empty(), "no write is under way");
        let (id, _) = self.writes.remove(0);
        self.send(Msg::Written(id, Box::new(Written { outcome, seen })))
    }

    /// The newest news on screen.
    pub(crate) fn notification(&self) -> Option<&Notification> {
        self.app.notifications.current().map(|posted| &posted.notification)
    }

    #[track_caller]
    pub(crate) fn says(self, notification: &Notification) -> Self {
        assert_eq!(self.notification(), Some(notification));
        self
    }

    pub(crate) fn layer(&self) -> Option<&Layer> {
        self.app.layers.last()
    }

    /// The focus of the top dialog.
    pub(crate) fn focus(&self) -> Option<Focus> {
        self.layer()?.dialog().form().map(|form| form.focus)
    }

    #[track_caller]
    pub(crate) fn focuses(self, focus: Focus) -> Self {
        assert_eq!(self.focus(), Some(focus));
        self
    }

    /// What stands in the field of the one-time password.
    pub(crate) fn code(&self) -> &str {
        match self.layer() {
            Some(Layer::EnterOtp(dialog)) => dialog.field.reveal(),
            _ => panic!("the dialog of the one-time password is not open"),
        }
    }

    pub(crate) fn with_code(self) -> Self {
        self.types(CODE)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.wanted.is_empty(), "nobody expected {:?}", self.wanted);
        }
    }
}

pub(crate) fn key(name: &str) -> Key {
    let (name, ctrl) = name.strip_prefix("ctrl-").map_or((name, false), |name| (name, true));
    let (name, alt) = name.strip_prefix("alt-").map_or((name, false), |name| (name, true));
    let code = match name {
        "enter" => Code::Enter,
        "esc" => Code::Esc,
        "tab" => Code::Tab,
        "shift-tab" => Code::BackTab,
        "backspace" => Code::Backspace,
        "up" => Code::Up,
        "down" => Code::Down,
        "left" => Code::Left,
        "right" => Code::Right,
        "space" => Code::Char(' '),
        "page-down" => Code::PageDown,
        "page-up" => Code::PageUp,
        "end" => Code::End,
        "f1" => Code::F(1),
        _ => match (name.chars().next(), name.chars().count()) {
            (Some(c), 1) => Code::Char(c),
            _ => panic!("no key is called {name}"),
        },
    };
    Key { code, ctrl, alt }
}

pub(crate) fn refused(error: ApiError) -> WriteOutcome {
    WriteOutcome::Refused(error)
}
