//! Root sessions that were opened to be handed over. The credentials never come here: the engine
//! keeps them, and hands them to a shell or the clipboard when it is told to.

use crate::app::model::Model;
use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::command::DisabledReason;
use super::confirm::Focus;
use super::dialog::{Dialog, Step};
use super::effect::{Effect, Visit, Wake};
use super::field::TextField;
use super::layers::{Choice, Layer};
use super::notification::Notification;
use super::root_tasks::{RootChoice, RootMenu};
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::remote_data::ReadId;
use crate::domain::root_change::shell_command;
use crate::domain::root_session::{LONGEST_SECONDS, SessionInHand, SessionKey};

/// What the network and the clock of this machine may make of a session's time.
const ABOUT_THE_SAME: SignedDuration = SignedDuration::from_secs(15);

/// The sessions in hand.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    /// The newest last.
    in_hand: Vec<SessionInHand>,
    /// Those that were asked for.
    asked: BTreeMap<ReadId, SessionKey>,
    tick_asked: bool,
}

impl Sessions {
    /// All of them, the newest last.
    #[must_use]
    pub fn all(&self) -> &[SessionInHand] {
        &self.in_hand
    }

    /// The one that the header shows.
    #[must_use]
    pub fn newest(&self) -> Option<SessionInHand> {
        self.in_hand.last().copied()
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, key: SessionKey) -> Option<SessionInHand> {
        self.in_hand.iter().find(|session| session.key == key).copied()
    }

    /// Whether AWS has been asked for this one and has not answered.
    #[must_use]
    pub fn is_asked(&self, key: SessionKey) -> bool {
        self.asked.values().any(|asked| *asked == key)
    }

    /// Whether AWS has been asked for any and has not answered.
    #[must_use]
    pub fn is_any_asked(&self) -> bool {
        !self.asked.is_empty()
    }

    fn take(&mut self, session: SessionInHand) {
        self.in_hand.retain(|known| known.key != session.key);
        self.in_hand.push(session);
    }

    /// Takes those away that have ended, and tells which.
    fn expire(&mut self, now: Timestamp) -> Vec<SessionKey> {
        let ended = self.in_hand.iter().filter(|session| session.expires <= now).map(|session| session.key).collect();
        self.in_hand.retain(|session| session.expires > now);
        ended
    }

    /// How long until what a countdown shows changes: every 10 seconds, in the last minute every
    /// second. Each change costs bytes on the line. `None` while nothing counts down.
    fn next_tick(&self, now: Timestamp) -> Option<Duration> {
        const MINUTE: i128 = 60_000;
        let wait = |session: &SessionInHand| {
            let left = session.expires.duration_since(now).as_millis();
            let step = if left > MINUTE { 10_000 } else { 1_000 };
            // A timer that rings a little early must not ring again at once.
            let rest = left.rem_euclid(step);
            if rest < 50 { rest + step } else { rest }
        };
        let least = self.in_hand.iter().map(wait).min()?;
        u64::try_from(least).ok().map(Duration::from_millis)
    }
}

/// The dialog that opens a session.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenSession {
    /// Which.
    pub key: SessionKey,
    /// For how many seconds, as it is being typed.
    pub seconds: TextField,
    /// Where the focus is.
    pub focus: Focus,
    /// The question to AWS that is under way.
    pub asked: Option<ReadId>,
    /// Why the last attempt gave none.
    pub trouble: Option<ApiError>,
}

impl OpenSession {
    /// The dialog, for the longest time AWS allows.
    #[must_use]
    pub fn new(key: SessionKey) -> Self {
        let seconds = TextField::with(&LONGEST_SECONDS.to_string());
        Self { key, seconds, focus: Focus::Field, asked: None, trouble: None }
    }

    /// For how many seconds; `None` while what stands there is not a number that AWS takes.
    #[must_use]
    pub fn duration(&self) -> Option<u16> {
        self.seconds.text().trim().parse().ok().filter(|seconds| (1..=LONGEST_SECONDS).contains(seconds))
    }

    /// The command line that opens it and hands it to a shell; `None` while it has no length.
    #[must_use]
    pub fn aws_command(&self) -> Option<AwsCommand> {
        Some(shell_command(self.key, self.duration()?))
    }

    /// The fields and buttons, in order.
    #[must_use]
    pub fn focuses(&self) -> Vec<Focus> {
        if self.asked.is_some() { vec![Focus::Cancel] } else { vec![Focus::Field, Focus::Cancel, Focus::Act] }
    }
}

impl Dialog for OpenSession {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.seconds)
    }

    fn stops(&self) -> Vec<Focus> {
        self.focuses()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        let command = self.aws_command()?;
        Some(model.commands(|caller| [command.by(caller)]))
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field && self.asked.is_none()
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let account = model.accounts.get(self.key.account).cloned();
        match (self.focus, self.duration(), account) {
            (Focus::Cancel, ..) => return Step::Close,
            (Focus::Field, Some(_), _) => self.focus = Focus::Act,
            (Focus::Act, Some(seconds), Some(account)) if self.asked.is_none() => {
                let id = model.out.read_id();
                model.sessions.asked.insert(id, self.key);
                model.out.push(Effect::Visit(id, Box::new(Visit::Session(account, self.key.task, seconds))));
                (self.asked, self.trouble, self.focus) = (Some(id), None, Focus::Cancel);
            }
            _ => {}
        }
        Step::Stay(None)
    }
}

/// The dialog of a session in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// Which.
    pub key: SessionKey,
    /// Where the focus is.
    pub focus: Focus,
    /// Whether it was open before it was asked for, so that less, or more, is left than was asked.
    pub reused: bool,
}

impl SessionView {
    /// The buttons, in order.
    pub const SPOTS: [Focus; 3] = [Focus::Cancel, Focus::Other, Focus::Act];

    /// The dialog, with the focus where nothing happens.
    #[must_use]
    pub fn new(key: SessionKey) -> Self {
        Self { key, focus: Focus::Cancel, reused: false }
    }

    /// The command by which another program gets such a session by itself.
    #[must_use]
    pub fn aws_command(&self, caller: &CallerOptions) -> AwsCommand {
        let SessionKey { account, task } = self.key;
        let words = ["rootdeck", "session", &account.to_string(), task.as_str()];
        AwsCommand::of(&words).with_flag("credential-process").by(caller)
    }

    /// The dialog of a session that was asked for with so many seconds.
    fn asked_for(session: SessionInHand, seconds: u16, now: Timestamp) -> Self {
        let wanted = now + SignedDuration::from_secs(seconds.into());
        let off = session.expires.duration_since(wanted).abs();
        Self { reused: off > ABOUT_THE_SAME, ..Self::new(session.key) }
    }
}

impl Dialog for SessionView {
    fn stops(&self) -> Vec<Focus> {
        Self::SPOTS.to_vec()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands(|caller| [self.aws_command(caller)]))
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        // It may have ended since it was drawn.
        let lives = model.sessions.get(self.key).is_some_and(|session| session.expires > model.now);
        match self.focus {
            Focus::Cancel => return Step::Close,
            _ if !lives => {}
            Focus::Other => {
                model.out.push(Effect::CopyExports(self.key));
                model.out.notify(Notification::ExportsCopied(self.key));
            }
            Focus::Act => model.out.push(Effect::Subshell(self.key)),
            Focus::Field | Focus::Answer => {}
        }
        Step::Stay(None)
    }
}

impl Model {
    /// Asks to be woken when a countdown has to be drawn anew, once at a time.
    pub(super) fn tick_sessions(&mut self) {
        if self.sessions.tick_asked {
            return;
        }
        if let Some(wait) = self.sessions.next_tick(self.now) {
            self.sessions.tick_asked = true;
            self.out.push(Effect::Wake(wait, Wake::Countdown));
        }
    }

    /// Notes that the time asked for has passed.
    pub(super) fn session_ticked(&mut self) {
        self.sessions.tick_asked = false;
    }

    pub(super) fn can_list_sessions(&self) -> Result<(), DisabledReason> {
        self.sessions.newest().map(|_| ()).ok_or(DisabledReason::NoSession)
    }

    /// Tells that the shell has ended, and what became of its session meanwhile.
    pub(super) fn shell_ended(&mut self, key: SessionKey) {
        match self.sessions.get(key) {
            Some(session) if session.expires > self.now => self.out.notify(Notification::ShellEnded(key)),
            // Its end is told as that of any session.
            Some(_) => {}
            None => self.out.notify(Notification::SessionEnded(key)),
        }
    }

    /// What is left of a session; nothing once it has ended.
    #[must_use]
    pub fn time_left(&self, session: SessionInHand) -> SignedDuration {
        session.expires.duration_since(self.now).max(SignedDuration::ZERO)
    }
}

impl App {
    /// Takes a session, or why there is none; whether that is still to be told. A session that was
    /// asked for is in hand even if its dialog was closed meanwhile.
    pub(super) fn apply_session(&mut self, id: ReadId, result: Result<SessionInHand, ApiError>) -> bool {
        if self.model.sessions.asked.remove(&id).is_none() {
            return false;
        }
        let awaits = |layer: &&mut Layer| matches!(layer, Layer::OpenSession(dialog) if dialog.asked == Some(id));
        match (result, self.layers.iter_mut().find(awaits)) {
            (Ok(session), layer) => {
                self.model.sessions.take(session);
                match layer {
                    Some(layer) => {
                        let wanted = if let Layer::OpenSession(asked) = &*layer { asked.duration() } else { None };
                        let seconds = wanted.unwrap_or(LONGEST_SECONDS);
                        *layer = Layer::Session(SessionView::asked_for(session, seconds, self.model.now));
                    }
                    None => self.model.out.notify(Notification::SessionOpened(session.key)),
                }
                false
            }
            (Err(fault), Some(Layer::OpenSession(dialog))) => {
                (dialog.asked, dialog.trouble, dialog.focus) = (None, Some(fault), Focus::Field);
                false
            }
            (Err(_), _) => true,
        }
    }

    /// Takes the sessions away that have ended, with the dialogs and choices that were about them.
    pub(super) fn expire_sessions(&mut self) {
        for key in self.model.sessions.expire(self.model.now) {
            self.layers.retain_mut(|layer| match layer {
                Layer::Session(view) => view.key != key,
                Layer::Menu(menu) => {
                    menu.remove(&Choice::Root(RootChoice::InHand(key)));
                    menu.chosen().is_some()
                }
                _ => true,
            });
            self.model.out.notify(Notification::SessionEnded(key));
        }
    }

    /// Opens the sessions in hand: the only one, or the choice among them.
    pub(super) fn list_sessions(&mut self) {
        match self.model.sessions.all() {
            [only] => {
                let view = SessionView::new(only.key);
                self.layers.push(Layer::Session(view));
            }
            all => {
                let items = all.iter().rev().map(|session| RootChoice::InHand(session.key)).collect();
                self.root_menu(RootMenu::Sessions, items);
            }
        }
    }
}
