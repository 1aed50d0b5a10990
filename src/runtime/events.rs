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
use super::effects::{Connect, Performer};
use super::files::export_to_copy;
use super::input::{Input, TerminalEvent};
use super::screen::Screen;
use super::signals::{Received, Signals, has_shell, stop_group, stop_with_child};
use super::terminal::{Guard, Modes};
use super::width_query::{self, WidthAnswer};
use super::writer::FrameWriter;
use super::{subshell, trace};
use crate::app::effect::Effect;
use crate::app::mouse::{Mouse, MouseAction};
use crate::app::msg::{Answer, Msg};
use crate::app::shell::App;
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

#[derive(Debug)]
pub(crate) struct Setup {
    pub start: Start,
    pub theme: Theme,
    /// Whether the terminal reports the mouse.
    pub mouse: bool,
    /// How long the terminal may take to tell whether it draws signs wide; `None` where it is not asked.
    pub width_query: Option<Duration>,
    pub multiplexer: Multiplexer,
    /// What opens links on this machine.
    pub opener: Option<Opener>,
    pub connector: Arc<dyn Connect>,
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
    let (results_in, results) = mpsc::unbounded_channel();
    trace::start(&setup.start);
    let (app, effects) = App::new(setup.start);
    let mut looper = Loop {
        app,
        theme,
        multiplexer: setup.multiplexer,
        opener: setup.opener,
        screen: Screen::new(columns, rows),
        writer: FrameWriter::start()?,
        performer: Performer::new(setup.connector, results_in),
        queue: effects.into(),
        results,
        _guard: guard,
        dirty: true,
        left: false,
        blind: false,
        lost: false,
        out: Vec::new(),
        child_process: None,
        awaited_child: None,
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
            Some(msg) = looper.results.recv() => looper.update(msg).await,
            Some(msg) = sources.messages.recv() => looper.update(msg).await,
            written = looper.writer.written() => if written.is_err() {
                looper.update(Msg::Terminate).await;
            },
        }
        looper.drain(&mut sources).await;
    }
    looper.writer.flush(LAST_FRAME).await;
    Ok(looper.app.left_behind())
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
    app: App,
    theme: Theme,
    multiplexer: Multiplexer,
    opener: Option<Opener>,
    screen: Screen,
    writer: FrameWriter,
    performer: Performer,
    queue: VecDeque<Effect>,
    results: mpsc::UnboundedReceiver<Msg>,
    _guard: Guard,
    dirty: bool,
    left: bool,
    /// Nothing may be drawn: the terminal was given back after a panic, or belongs to the shell.
    blind: bool,
    lost: bool,
    out: Vec<u8>,
    child_process: Option<ChildProcess>,
    awaited_child: Option<ChildPurpose>,
    modes: Option<Modes>,
    child_ended: Option<Instant>,
}

impl Loop {
    async fn update(&mut self, msg: Msg) {
        self.step(msg);
        self.dirty = true;
        self.perform().await;
    }

    fn step(&mut self, msg: Msg) {
        trace::message(&self.app, &msg);
        self.queue.extend(self.app.update(self.performer.now(), msg));
    }

    async fn perform(&mut self) {
        while let Some(effect) = self.queue.pop_front() {
            trace::effect(&effect);
            match effect {
                Effect::Read(id, read) => self.performer.read(id, read),
                Effect::ReadFirst(id, accounts) => self.performer.read_first(id, accounts),
                Effect::ReadInBackground(id, read) => self.performer.read_in_background(id, read),
                Effect::Write(id, request) => self.performer.write(id, *request),
                Effect::Visit(id, visit) => self.performer.visit(id, *visit),
                Effect::Run(id, run) => self.performer.run(id, *run),
                Effect::Steer(id, steering) => self.performer.steer(id, steering),
                Effect::File(id, file) => self.performer.file(id, *file),
                Effect::Keep(id, store_request) => self.performer.keep(id, *store_request),
                Effect::Text(id, file) => self.performer.text(id, *file),
                Effect::CopyExports(key) => self.copy_exports(key).await,
                Effect::Subshell(key) => self.awaited_child = Some(ChildPurpose::Shell(key)),
                Effect::Edit(id, edit) => {
                    self.awaited_child = Some(ChildPurpose::Editor(Box::new(Editing::new(id, *edit))));
                }
                Effect::SignIn(sign_in, browser) => self.awaited_child = Some(ChildPurpose::SignIn(sign_in, browser)),
                Effect::Connect(id, code) => self.performer.connect(id, Some(code)),
                Effect::TakeProfile(profile) => self.use_profile(profile),
                Effect::Wake(delay, wake) => self.performer.wake(delay, wake),
                Effect::Copy(text) => self.out.extend(sequence(&text, self.multiplexer)),
                Effect::CopyExport(form, rows) => self.copy_export(form, &rows),
                Effect::CopyMail(text) => self.out.extend(sequence(text.expose(), self.multiplexer)),
                Effect::OpenLink(url) => self.performer.open_link(self.opener.clone(), url),
                Effect::Suspend => self.suspend().await,
                Effect::Redraw => self.screen.invalidate(),
                Effect::Quit => self.left = true,
            }
        }
    }

    async fn drain(&mut self, sources: &mut Sources) {
        while let Some(event) = sources.input.as_mut().and_then(Input::waiting) {
            self.on_input(event).await;
        }
        while let Ok(msg) = sources.messages.try_recv() {
            self.update(msg).await;
        }
        while let Ok(msg) = self.results.try_recv() {
            self.update(msg).await;
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
            self.app.recompute();
            let mut frame = self.screen.draw(&self.app, self.theme)?;
            // A text that has to be read may look like the one before: the core hears of each drawing.
            let unread = self.app.has_unread_text();
            if self.app.geometry() != frame.geometry || unread {
                let differs = self.app.geometry() != frame.geometry;
                self.step(Msg::Geometry(frame.geometry));
                self.perform().await;
                if differs || unread != self.app.has_unread_text() {
                    // What the screen holds decides what is shown; the second drawing has it right.
                    bytes.append(&mut frame.bytes);
                    frame = self.screen.draw(&self.app, self.theme)?;
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
    async fn copy_exports(&mut self, key: SessionKey) {
        match self.performer.with_session(key, subshell::exports).await {
            Ok(text) => self.out.extend(sequence(text.expose_secret(), self.multiplexer)),
            Err(error) => {
                self.step(Msg::Local(error));
                self.dirty = true;
            }
        }
    }

    fn copy_export(&mut self, form: ExportForm, rows: &Export) {
        match export_to_copy(form, rows) {
            Ok(text) => self.out.extend(sequence(&text, self.multiplexer)),
            Err(error) => self.step(Msg::Local(error)),
        }
    }

    fn use_profile(&mut self, profile: Option<String>) {
        let (results_in, results) = mpsc::unbounded_channel();
        self.performer = self.performer.with_profile(profile, results_in);
        self.results = results;
    }

    async fn start_awaited_child(&mut self, sources: &mut Sources) {
        let Some(mut purpose) = self.awaited_child.take().filter(|_| self.child_process.is_none() && !self.blind)
        else {
            return;
        };
        let command = match &mut purpose {
            ChildPurpose::Editor(editing) => editing.command(),
            ChildPurpose::Shell(key) => self.performer.with_session(*key, subshell::shell).await,
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
                self.update(msg).await;
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
        self.update(msg).await;
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
            self.step(Msg::Local(error));
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
