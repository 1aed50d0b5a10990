//! The event loop: signals first, then keys, then results; one frame once the queue is empty.

use std::collections::VecDeque;
use std::io;
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use tokio::sync::mpsc;

use super::browser::Opener;
use super::child_process::{self, ChildProcess, ChildPurpose};
use super::clipboard::{Multiplexer, sequence};
use super::editor::Editing;
use super::effects::Connect;
use super::files::export_to_copy;
use super::input::{Input, TerminalEvent};
use super::performers::{OrgPerformer, Performers};
use super::screen::Screen;
use super::signals::{Received, Signals, has_shell, stop_group, stop_with_child};
use super::terminal::{Guard, Modes};
use super::width_query::{self, WidthAnswer};
use super::writer::FrameWriter;
use super::{subshell, trace};
use crate::app::dashboard::{Dashboard, Wanted};
use crate::app::effect::Effect;
use crate::app::ids::OrgId;
use crate::app::mouse::{Mouse, MouseAction};
use crate::app::msg::{Answer, Msg};
use crate::app::start::Start;
use crate::app::state::left_behind::LeftBehind;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::ClientError;
use crate::domain::export::{Export, ExportForm};
use crate::domain::root_session::SessionKey;
use crate::ui::theme::Theme;

/// How long a frame may take to reach the terminal before a change of modes goes ahead without it.
const LAST_FRAME: Duration = Duration::from_millis(500);

/// How much later than the end of a child process the signal of the same key may come.
const SAME_KEY: Duration = Duration::from_secs(2);

/// An organization, and how it is reached.
#[derive(Debug)]
pub(crate) struct OrgSetup {
    pub start: Start,
    pub connector: Arc<dyn Connect>,
}

#[derive(Debug)]
pub(crate) struct Setup {
    /// The first organization, and more of them: where each starts, and its connection.
    pub first: OrgSetup,
    pub more: Vec<OrgSetup>,
    pub theme: Theme,
    /// Whether the terminal reports the mouse.
    pub mouse: bool,
    /// How long the terminal may take to tell whether it draws signs wide; `None` where it is not asked.
    pub width_query: Option<Duration>,
    pub multiplexer: Multiplexer,
    /// What opens links on this machine.
    pub opener: Option<Opener>,
    /// Messages from elsewhere: the demo's mailbox, what the start-up found.
    pub messages: mpsc::UnboundedReceiver<Msg>,
}

/// A terminal that is lost later ends it without an error.
/// Until the person leaves. Returns what stays open.
pub(crate) async fn run(setup: Setup) -> io::Result<LeftBehind> {
    let mut signals = Signals::listen()?;
    let guard = Guard::take(setup.mouse)?;
    let mut theme = setup.theme;
    let asked = match setup.width_query {
        // Where the terminal can't be asked, the first frame fails, too.
        Some(limit) => {
            tokio::task::spawn_blocking(move || width_query::ask(limit).unwrap_or_default()).await.unwrap_or_default()
        }
        None => WidthAnswer::default(),
    };
    theme.ascii |= asked.wide;
    let (columns, rows) = super::terminal::size();
    let (mut starts, mut performers) = (Vec::new(), Vec::new());
    for organization in setup.more {
        trace::start(&organization.start);
        starts.push(organization.start);
        performers.push(OrgPerformer::new(organization.connector));
    }
    trace::start(&setup.first.start);
    let first = OrgPerformer::new(setup.first.connector);
    let (dashboard, effects) = Dashboard::new(setup.first.start, starts);
    let mut looper = Loop {
        dashboard,
        theme,
        multiplexer: setup.multiplexer,
        opener: setup.opener,
        screen: Screen::new(columns, rows),
        writer: FrameWriter::start()?,
        performers: Performers { first, more: performers },
        queue: effects.into(),
        _guard: guard,
        dirty: true,
        left: false,
        blind: false,
        lost: false,
        out: Vec::new(),
        child_process: None,
        awaited_child: None,
        child_of: OrgId::default(),
        modes: None,
        child_ended: None,
    };
    looper.perform().await;
    let mut gone = super::terminal::watch();
    let mut sources = Sources { input: Some(Input::listen(asked.typed)), messages: setup.messages };
    while !looper.left {
        looper.start_awaited_child(&mut sources).await;
        looper.draw().await?;
        if std::mem::take(&mut looper.lost) {
            looper.blind = true;
            looper.update(Msg::Terminate).await;
            continue;
        }
        tokio::select! {
            biased;
            () = super::terminal::panicked() => {
                looper.blind = true;
                looper.update(Msg::Terminate).await;
            }
            signal = signals.next() => looper.on_signal(signal).await,
            () = &mut gone => {
                // The terminal's reader would spin on a terminal that is gone.
                sources.input = None;
                gone = super::terminal::never();
                looper.update(Msg::Terminate).await;
            }
            event = event(&mut sources.input) => if let Some(event) = event {
                looper.on_input(event).await;
            } else {
                sources.input = None;
                looper.update(Msg::Terminate).await;
            },
            status = child_process::ended(&mut looper.child_process) => looper.take_back(&mut sources, status).await,
            (org, msg) = looper.performers.next() => looper.update_of(org, msg).await,
            Some(msg) = sources.messages.recv() => looper.update_of(OrgId::default(), msg).await,
            written = looper.writer.written() => if written.is_err() {
                looper.update(Msg::Terminate).await;
            },
        }
        looper.drain(&mut sources).await;
    }
    looper.writer.flush(LAST_FRAME).await;
    Ok(looper.dashboard.left_behind())
}

async fn event(input: &mut Option<Input>) -> Option<TerminalEvent> {
    match input {
        Some(input) => input.next().await,
        None => std::future::pending().await,
    }
}

#[derive(Debug)]
struct Sources {
    input: Option<Input>,
    messages: mpsc::UnboundedReceiver<Msg>,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the terminal or the loop")]
struct Loop {
    dashboard: Dashboard,
    theme: Theme,
    multiplexer: Multiplexer,
    opener: Option<Opener>,
    screen: Screen,
    writer: FrameWriter,
    performers: Performers,
    queue: VecDeque<Wanted>,
    _guard: Guard,
    dirty: bool,
    left: bool,
    /// Nothing may be drawn: the terminal was given back after a panic, or belongs to the shell.
    blind: bool,
    lost: bool,
    out: Vec<u8>,
    child_process: Option<ChildProcess>,
    awaited_child: Option<ChildPurpose>,
    /// The organization that the child process is about.
    child_of: OrgId,
    modes: Option<Modes>,
    child_ended: Option<Instant>,
}

impl Loop {
    /// What a person or the system does is about the organization on screen.
    async fn update(&mut self, msg: Msg) {
        self.update_of(self.dashboard.present(), msg).await;
    }

    async fn update_of(&mut self, org: OrgId, msg: Msg) {
        self.step(org, msg);
        self.dirty = true;
        self.perform().await;
    }

    fn step(&mut self, org: OrgId, msg: Msg) {
        if let Some(app) = self.dashboard.app_of(org) {
            trace::message(app, &msg);
        }
        self.queue.extend(self.dashboard.update(self.performers.now(org), org, msg));
    }

    async fn perform(&mut self) {
        while let Some((org, effect)) = self.queue.pop_front() {
            trace::effect(&effect);
            let Some(performer) = self.performers.performer(org) else { continue };
            match effect {
                Effect::Read(id, read) => performer.read(id, read),
                Effect::ReadFirst(id, accounts) => performer.read_first(id, accounts),
                Effect::ReadInBackground(id, read) => performer.read_in_background(id, read),
                Effect::Write(id, request) => performer.write(id, *request),
                Effect::Visit(id, visit) => performer.visit(id, *visit),
                Effect::Run(id, run) => performer.run(id, *run),
                Effect::Steer(id, steering) => performer.steer(id, steering),
                Effect::File(id, file) => performer.file(id, *file),
                Effect::Keep(id, store_request) => performer.keep(id, *store_request),
                Effect::Text(id, file) => performer.text(id, *file),
                Effect::CopyExports(key) => self.copy_exports(org, key).await,
                Effect::Subshell(key) => self.await_child(org, ChildPurpose::Shell(key)),
                Effect::Edit(id, edit) => {
                    self.await_child(org, ChildPurpose::Editor(Box::new(Editing::new(id, *edit))));
                }
                Effect::SignIn(sign_in, browser) => self.await_child(org, ChildPurpose::SignIn(sign_in, browser)),
                Effect::Connect(id, code) => performer.connect(id, Some(code)),
                Effect::TakeProfile(profile) => self.performers.use_profile(org, profile),
                Effect::Wake(delay, wake) => performer.wake(delay, wake),
                Effect::Copy(text) => self.out.extend(sequence(&text, self.multiplexer)),
                Effect::CopyExport(form, rows) => self.copy_export(org, form, &rows),
                Effect::CopyMail(text) => self.out.extend(sequence(text.expose(), self.multiplexer)),
                Effect::OpenLink(url) => performer.open_link(self.opener.clone(), url),
                Effect::Suspend => self.suspend().await,
                Effect::Redraw => self.screen.invalidate(),
                Effect::Quit => self.left = true,
            }
        }
    }

    fn await_child(&mut self, org: OrgId, purpose: ChildPurpose) {
        (self.child_of, self.awaited_child) = (org, Some(purpose));
    }

    async fn drain(&mut self, sources: &mut Sources) {
        while let Some(event) = sources.input.as_mut().and_then(Input::waiting) {
            self.on_input(event).await;
        }
        while let Ok(msg) = sources.messages.try_recv() {
            self.update_of(OrgId::default(), msg).await;
        }
        while let Some((org, msg)) = self.performers.waiting() {
            self.update_of(org, msg).await;
        }
    }

    async fn on_input(&mut self, event: TerminalEvent) {
        match event {
            TerminalEvent::Key(key) => self.update(Msg::Key(key)).await,
            TerminalEvent::Paste(paste) => self.update(Msg::Paste(paste)).await,
            // Nobody has seen yet what a click would meet now.
            TerminalEvent::Mouse(MouseAction::Click, _) if self.dirty => {}
            TerminalEvent::Mouse(action, place) => {
                if let Some(target) = self.screen.at(place) {
                    self.update(Msg::Mouse(Mouse { action, target })).await;
                }
            }
            TerminalEvent::Size(columns, rows) => {
                let (columns, rows) = super::terminal::reported_size(columns, rows);
                self.screen.resize(columns, rows);
                self.dirty = true;
            }
        }
    }

    async fn on_signal(&mut self, signal: Received) {
        match signal {
            Received::End => self.update(Msg::Terminate).await,
            // What is pressed in the shell is meant for it.
            Received::Stop if self.child_process.as_ref().is_some_and(ChildProcess::is_stopped_by_keys) => {
                stop_with_child();
            }
            Received::Interrupt | Received::Stop if self.child_process.is_some() => {}
            // The key that ended the child process was pressed for it, too.
            Received::Interrupt if self.child_ended.is_some_and(|at| at.elapsed() < SAME_KEY) => {}
            Received::Interrupt => self.update(Msg::Terminate).await,
            Received::Stop => {
                self.suspend().await;
                self.perform().await;
            }
            Received::Continue if self.child_process.is_some() => {}
            Received::Continue => self.resume(),
        }
    }

    async fn draw(&mut self) -> io::Result<()> {
        if self.writer.is_busy() || self.blind {
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.out);
        if std::mem::take(&mut self.dirty) {
            self.dashboard.recompute();
            let mut frame = self.screen.draw(&self.dashboard, self.theme)?;
            // A text that has to be read may look like the one before: the core hears of each drawing.
            let unread = self.dashboard.app().has_unread_text();
            if self.dashboard.app().geometry() != frame.geometry || unread {
                let differs = self.dashboard.app().geometry() != frame.geometry;
                self.step(self.dashboard.present(), Msg::Geometry(frame.geometry));
                self.perform().await;
                if differs || unread != self.dashboard.app().has_unread_text() {
                    // What the screen holds decides what is shown; the second drawing has it right.
                    bytes.append(&mut frame.bytes);
                    frame = self.screen.draw(&self.dashboard, self.theme)?;
                }
            }
            bytes.append(&mut frame.bytes);
        }
        if !bytes.is_empty() && self.writer.send(bytes).is_err() {
            self.lost = true;
        }
        Ok(())
    }

    /// They pass through nothing that is kept.
    async fn copy_exports(&mut self, org: OrgId, key: SessionKey) {
        let Some(performer) = self.performers.performer(org) else { return };
        match performer.with_session(key, subshell::exports).await {
            Ok(text) => self.out.extend(sequence(text.expose_secret(), self.multiplexer)),
            Err(error) => {
                self.step(org, Msg::Local(error));
                self.dirty = true;
            }
        }
    }

    fn copy_export(&mut self, org: OrgId, form: ExportForm, rows: &Export) {
        match export_to_copy(form, rows) {
            Ok(text) => self.out.extend(sequence(&text, self.multiplexer)),
            Err(error) => self.step(org, Msg::Local(error)),
        }
    }

    async fn start_awaited_child(&mut self, sources: &mut Sources) {
        let Some(mut purpose) = self.awaited_child.take().filter(|_| self.child_process.is_none() && !self.blind)
        else {
            return;
        };
        let command = match &mut purpose {
            ChildPurpose::Editor(editing) => editing.command(),
            ChildPurpose::Shell(key) => {
                let Some(performer) = self.performers.performer(self.child_of) else { return };
                performer.with_session(*key, subshell::shell).await
            }
            ChildPurpose::SignIn(sign_in, browser) => Ok(child_process::sign_in(sign_in, *browser)),
            ChildPurpose::ReadFailure(_) => Ok(child_process::wait()),
        };
        // The reader of keys would take what is typed for the child process.
        if let Some(input) = sources.input.take() {
            input.end().await;
        }
        self.writer.flush(LAST_FRAME).await;
        Guard::leave();
        self.blind = true;
        self.modes = Modes::now();
        let (edited, line) = match &purpose {
            ChildPurpose::Editor(editing) => (Some(editing.id), Some(editing.waits())),
            // The command is shown above its output.
            ChildPurpose::SignIn(sign_in, browser) => (None, Some(format!("$ {}", sign_in.command(*browser)))),
            ChildPurpose::Shell(_) | ChildPurpose::ReadFailure(_) => (None, None),
        };
        if let Some(line) = line {
            self.lost |= super::terminal::write_at_once(format!("{line}\n").as_bytes()).is_err();
        }
        match command.and_then(|command| ChildProcess::start(purpose, command)) {
            Ok(child_process) => self.child_process = Some(child_process),
            Err(error) => {
                self.take_terminal(sources);
                let msg = match edited {
                    Some(id) => Msg::Answer(id, Answer::Edited(Err(error))),
                    None => Msg::Local(error),
                };
                self.update_of(self.child_of, msg).await;
            }
        }
    }

    async fn take_back(&mut self, sources: &mut Sources, status: Option<ExitStatus>) {
        let Some(purpose) = self.child_process.take().map(|child_process| child_process.purpose) else { return };
        self.child_ended = Some(Instant::now());
        // It may have been killed while it asked for a password.
        if let Some(modes) = &self.modes {
            modes.set();
        }
        let msg = match purpose {
            ChildPurpose::Shell(key) => Msg::ShellEnded(key),
            ChildPurpose::Editor(editing) => Msg::Answer(editing.id, editing.ended(status)),
            ChildPurpose::ReadFailure(error) => Msg::SignedIn(Err(error)),
            ChildPurpose::SignIn(..) => match child_process::signed_in(status) {
                Err(error) if !child_process::was_stopped(status) => {
                    match ChildProcess::start(ChildPurpose::ReadFailure(error), child_process::wait()) {
                        Ok(child_process) => {
                            self.child_process = Some(child_process);
                            return;
                        }
                        Err(error) => Msg::SignedIn(Err(error)),
                    }
                }
                result => Msg::SignedIn(result),
            },
        };
        self.take_terminal(sources);
        self.update_of(self.child_of, msg).await;
    }

    fn take_terminal(&mut self, sources: &mut Sources) {
        self.resume();
        // On a terminal that went away meanwhile the reader of keys would spin.
        if !self.lost {
            sources.input = Some(Input::listen(Vec::new()));
        }
    }

    async fn suspend(&mut self) {
        if !has_shell() {
            let error = ApiError::client("rootdeck:suspend", ApiErrorKind::Local, ClientError::NoShell);
            self.step(self.dashboard.present(), Msg::Local(error));
            self.dirty = true;
            return;
        }
        self.writer.flush(LAST_FRAME).await;
        Guard::leave();
        stop_group();
        self.resume();
    }

    /// In the background the terminal is left alone until `fg`; a signal that came meanwhile is heard all the same.
    fn resume(&mut self) {
        self.blind = !Guard::is_ours();
        if self.blind {
            return;
        }
        self.lost |= Guard::enter().is_err();
        let (columns, rows) = super::terminal::size();
        self.screen.resize(columns, rows);
        self.dirty = true;
    }
}
