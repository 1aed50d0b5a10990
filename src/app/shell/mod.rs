//! [`App`]: the model and what is on screen. State changes only in [`App::update`]. The files below hold what
//! keys and answers do, one file for each subject; what concerns the `Model` alone is in `app/model`.

pub(in crate::app) mod asking;
pub(in crate::app) mod availability;
pub(in crate::app) mod changes;
pub(in crate::app) mod columns;
pub(in crate::app) mod console;
mod contacts;
pub(in crate::app) mod controls;
pub(in crate::app) mod delegation;
pub(in crate::app) mod export;
pub(in crate::app) mod filtering;
pub(in crate::app) mod findings;
pub(in crate::app) mod input;
pub(in crate::app) mod journal;
pub(in crate::app) mod left_behind;
pub(in crate::app) mod mails;
pub(in crate::app) mod marks;
pub(in crate::app) mod mouse;
pub(in crate::app) mod palette;
pub(in crate::app) mod plans;
pub(in crate::app) mod policies;
pub(in crate::app) mod profiles;
pub(in crate::app) mod readiness;
pub(in crate::app) mod reading;
pub(in crate::app) mod reads;
pub(in crate::app) mod refused;
pub(in crate::app) mod resolving;
pub(in crate::app) mod root_access;
pub(in crate::app) mod root_tasks;
pub(in crate::app) mod root_writes;
pub(in crate::app) mod run;
pub(in crate::app) mod runs;
pub(in crate::app) mod sessions;
pub(in crate::app) mod several;
pub(in crate::app) mod shown_commands;
pub(in crate::app) mod stack;
pub(in crate::app) mod start_asking;
pub(crate) mod start_view;
pub(in crate::app) mod store;
pub(in crate::app) mod ticks;
pub(in crate::app) mod units;
pub(in crate::app) mod view_choices;
pub(in crate::app) mod writes;

use std::time::Duration;

use jiff::Timestamp;

use crate::app::command_id::CommandInfo;
use crate::app::dialogs::palette::PaletteRow;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::key_map::KeyMap;
use crate::app::layers::Layer;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::model::journal::is_journaled;
use crate::app::msg::{Answer, Geometry, Msg};
use crate::app::notification::Notification;
use crate::app::notification_list::Notifications;
use crate::app::start::Start;
use crate::app::state::elsewhere::{Elsewhere, Turn};
use crate::app::state::kept_choices::KeptChoices;
use crate::app::view::ViewId;
use crate::app::views::{self, View};
use crate::domain::account::{Account, AccountId};

/// How long the cursor has to rest before the details follow it.
pub const REST: Duration = Duration::from_millis(80);

/// All state of the program: what is known, and what is on screen.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) model: Model,
    pub(crate) geometry: Geometry,
    pub(crate) view: ViewId,
    pub(crate) layers: Vec<Layer>,
    pub(crate) notifications: Notifications,
    pub(crate) details: Option<AccountId>,
    pub(crate) quitting: bool,
    rests: u64,
    minute_asked: bool,
    kept_choices: KeptChoices,
    touched: bool,
    /// What was chosen in the palette, the last first.
    recent: Vec<PaletteRow>,
    /// Since when the top layer is there.
    layers_since: Timestamp,
    /// What this one has to know of the other organizations of the dashboard.
    pub(in crate::app) elsewhere: Elsewhere,
    /// The organization that a person wants to see.
    pub(in crate::app) turn: Option<Turn>,
}

impl App {
    /// The program at its start, and the first things it wants.
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut app = Self::blank(start);
        app.model.ask_first();
        app.show_first();
        let effects = app.send_out();
        (app, effects)
    }

    fn blank(start: Start) -> Self {
        Self {
            layers_since: start.now,
            model: Model::new(start),
            geometry: Geometry { list_rows: 10, ..Geometry::default() },
            view: ViewId::Accounts,
            layers: Vec::new(),
            notifications: Notifications::default(),
            details: None,
            quitting: false,
            rests: 0,
            minute_asked: false,
            kept_choices: KeptChoices::default(),
            touched: false,
            recent: Vec::new(),
            elsewhere: Elsewhere::default(),
            turn: None,
        }
    }

    /// Takes one event at `now`, and says what is wanted from outside.
    pub fn update(&mut self, now: Timestamp, msg: Msg) -> Vec<Effect> {
        self.model.now = now;
        let before = (self.selected_id(), self.model.journal.pane.list.selected());
        let layers = self.layers.len();
        let top = self.layers.last().map(std::mem::discriminant);
        let journaled = is_journaled(&msg);
        let lazily = matches!(msg, Msg::Answer(_, Answer::AccountPages(_) | Answer::AccountFirst(_)) | Msg::Run(..));
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Paste(_) if self.is_deaf() => {}
            Msg::Paste(paste) => self.paste(paste.expose()),
            Msg::Geometry(geometry) => self.fit(geometry),
            Msg::Answer(id, answer) => self.answer(id, answer),
            Msg::Written(id, written) => self.written(id, *written),
            Msg::Run(id, report) => self.run_report(id, *report),
            Msg::ShellEnded(key) => self.model.shell_ended(key),
            Msg::SignedIn(result) => self.model.signed_in(result),
            Msg::Woken(wake) => self.woken(wake),
            Msg::Findings(findings) => self.apply_findings(findings),
            Msg::Mail(mails) => self.model.mailbox.set(mails),
            Msg::Local(error) => self.model.out.notify(Notification::Local(error)),
            Msg::Warning(text) => self.model.out.notify(Notification::Warning(text)),
            Msg::Terminate => self.quit(),
        }
        if journaled {
            self.journal_grew();
        }
        self.expire_sessions();
        if !lazily {
            self.recompute();
        }
        self.layers.retain_mut(|layer| layer.dialog_mut().refresh(&self.model));
        if self.layers.len() != layers || self.layers.last().map(std::mem::discriminant) != top {
            self.layers_since = now;
        }
        self.require_reason();
        self.drop_unwanted_dry_run();
        self.keep_view_choices();
        let (account, entry) = (self.selected_id(), self.model.journal.pane.list.selected());
        if account != before.0 && account != self.details || entry != before.1 && entry != self.model.journal.details {
            self.rest();
        }
        self.tick_if_needed();
        self.model.tick_sessions();
        self.send_out()
    }

    /// Shows what is to be told, and gives what is to be done outside.
    pub(in crate::app) fn send_out(&mut self) -> Vec<Effect> {
        for notification in self.model.out.take_notifications() {
            if let Some(fading) = self.notifications.add(notification) {
                self.model.out.push(fading);
            }
        }
        self.model.out.take_effects()
    }

    /// Brings what is derived up to date: each view knows what its rows are computed from. `update` does it
    /// itself but for the pages of a listing and the reports of a run, which come many at a time; it is then
    /// done once before drawing.
    pub fn recompute(&mut self) {
        for id in ViewId::ALL {
            views::view(id).recompute(&mut self.model, id == self.view);
        }
        if !self.touched {
            // The rows come page by page; nobody has chosen one yet.
            self.model.accounts.list.go(Motion::First);
            self.details = None;
        }
        self.follow_row();
    }

    /// The details are about the selected row until a person has chosen one.
    pub(in crate::app) fn follow_row(&mut self) {
        let view = self.shown();
        if self.details.is_none() || view.chosen_mut(&mut self.model).is_some_and(|chosen| !*chosen) {
            self.details = self.selected_id().or(self.details);
        }
    }

    pub(in crate::app) fn shown(&self) -> &'static dyn View {
        views::view(self.view)
    }

    /// The keys of the commands.
    pub fn keys(&self) -> &KeyMap {
        &self.model.start.keys
    }

    /// The key to name for a command: the first, and where text is typed the first that is no text.
    pub(crate) fn key_of(&self, command: &CommandInfo) -> Option<Key> {
        let typing = self.is_typing();
        self.keys().of(command).iter().copied().find(|key| !typing || key.typed().is_none())
    }

    /// How the screen was drawn last.
    pub fn geometry(&self) -> Geometry {
        self.geometry
    }

    /// The account that account commands are about: the selected one.
    pub fn selected_account(&self) -> Option<&Account> {
        self.selected_id().and_then(|id| self.model.accounts.get(id))
    }

    /// The account whose row has the cursor, in the view that is shown; view 1's elsewhere.
    pub fn selected_id(&self) -> Option<AccountId> {
        self.row_with_cursor().filter(|id| self.model.is_own(*id))
    }

    /// Leaves once the writes in progress have ended. A run that writes finishes what it has begun.
    fn quit(&mut self) {
        self.quitting = true;
        if self.model.is_run_writing() {
            self.model.stop_run();
        }
        self.leave_when_done();
    }

    fn leave_when_done(&mut self) {
        if self.can_leave() {
            self.model.out.push(Effect::Quit);
        }
    }

    /// Whether it is quitting and waits for nothing any more.
    pub(in crate::app) fn can_leave(&self) -> bool {
        self.quitting
            && self.model.writes.is_empty()
            && !self.model.is_run_writing()
            && self.model.plans.saving.is_empty()
    }
}
