//! The Elm core: all state lives in [`App`], which changes only in [`App::update`].
//!
//! `update` is pure and synchronous: no clock (the time comes in with the message), no I/O
//! (what is wanted from outside goes out as an [`Effect`]). The view is a function of `&App`.

pub mod accounts;
pub mod asked;
pub mod availability;
pub mod awaited_policy;
pub mod command;
pub mod confirm;
mod dialogs;
pub mod effect;
pub mod email_change;
pub mod emails;
pub mod field;
pub mod filter;
pub mod key;
pub mod layers;
pub mod list;
pub mod mailbox;
pub mod msg;
pub mod notice;
pub mod organization;
pub mod policies;
mod reads;
pub mod recovery;
pub mod root_access;
pub mod root_dialog;
pub mod root_tasks;
mod root_writes;
mod run;
pub mod sessions;
pub mod unlock;
mod writes;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::account::{Account, AccountId};
use crate::domain::caller::Standing;
use crate::domain::change::Change;
use crate::domain::organization::{Organization, UnitNames};
use crate::domain::permit::{Facts, Rules, left_out_of_root_access};

use accounts::{Accounts, Beside};
use asked::{Asked, ReadId};
use command::{Place, by_key};
use confirm::Awaited;
use effect::{Effect, Read, Wake, WriteId};
use emails::Emails;
use key::Key;
use layers::Layer;
use mailbox::Mailbox;
use msg::{Connection, Geometry, Msg};
use notice::{News, Notices};
use organization::OrganizationView;
use recovery::Recovery;
use root_access::{RootAccess, RootFacts, RootStanding};
use root_tasks::RootChoice;
use sessions::Sessions;
use unlock::Unlocking;

/// How long the cursor has to rest before the details follow it.
pub const REST: Duration = Duration::from_millis(80);

/// What is settled before the first message.
#[derive(Clone, Debug)]
pub struct Start {
    /// The time of the start.
    pub now: Timestamp,
    /// The time zone that times are shown in.
    pub time_zone: TimeZone,
    /// Whether this is the demo, with its mailbox.
    pub demo: bool,
    /// What this run has ruled out.
    pub rules: Rules,
    /// The profile asked for, shown until AWS has answered.
    pub profile: Option<String>,
}

/// The views, by their numbers on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// `1 Accounts`.
    Accounts,
    /// `3 Root access`.
    RootAccess,
    /// `4 Organization`.
    Organization,
    /// `7 Mailbox`, in the demo.
    Mailbox,
}

/// The panes of view 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The list.
    List,
    /// The details of the selected account.
    Details,
    /// Trusted access and root features.
    Switches,
}

/// All state of the program.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) start: Start,
    pub(crate) now: Timestamp,
    pub(crate) geometry: Geometry,
    pub(crate) view: View,
    pub(crate) pane: Pane,
    pub(crate) layers: Vec<Layer>,
    pub(crate) notices: Notices,
    pub(crate) connection: Asked<Connection>,
    pub(crate) organization: Asked<Organization>,
    pub(crate) standing: Asked<Standing>,
    pub(crate) units: Asked<UnitNames>,
    pub(crate) stored: Asked<()>,
    pub(crate) accounts: Accounts,
    kept_of: Option<String>,
    pub(crate) details: Option<AccountId>,
    pub(crate) emails: Emails,
    /// The addresses that were typed when the dialogs of these accounts were last closed.
    drafts: BTreeMap<AccountId, field::TextField>,
    pub(crate) switches: OrganizationView,
    pub(crate) awaited: Vec<Awaited>,
    pub(crate) root: RootAccess,
    pub(crate) recovery: Recovery,
    pub(crate) sessions: Sessions,
    pub(crate) unlocking: Unlocking,
    /// The root task that goes on once the features are read.
    root_next: Option<RootChoice>,
    pub(crate) mailbox: Mailbox,
    pub(crate) writes: BTreeMap<WriteId, Change>,
    sent_at: BTreeMap<WriteId, Timestamp>,
    pub(crate) quitting: bool,
    next_read: u64,
    next_write: u64,
    rests: u64,
    minute_asked: bool,
    /// Whether a key was pressed yet.
    touched: bool,
}

impl App {
    /// The program at its start, and the first things it wants.
    #[must_use]
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut app = Self {
            now: start.now,
            geometry: Geometry { list_rows: 10, ..Geometry::default() },
            view: View::Accounts,
            pane: Pane::List,
            layers: Vec::new(),
            notices: Notices::default(),
            connection: Asked::default(),
            organization: Asked::default(),
            standing: Asked::default(),
            units: Asked::default(),
            stored: Asked::default(),
            accounts: Accounts::default(),
            kept_of: None,
            details: None,
            emails: Emails::default(),
            drafts: BTreeMap::new(),
            switches: OrganizationView::default(),
            awaited: Vec::new(),
            root: RootAccess::default(),
            recovery: Recovery::default(),
            sessions: Sessions::default(),
            unlocking: Unlocking::default(),
            root_next: None,
            mailbox: Mailbox::default(),
            writes: BTreeMap::new(),
            sent_at: BTreeMap::new(),
            quitting: false,
            next_read: 0,
            next_write: 0,
            rests: 0,
            minute_asked: false,
            touched: false,
            start,
        };
        app.switches.settle();
        let mut effects = Vec::new();
        app.read(Read::Stored, &mut effects);
        app.read(Read::Connect, &mut effects);
        (app, effects)
    }

    /// Takes one event at `now`, and says what is wanted from outside.
    pub fn update(&mut self, now: Timestamp, msg: Msg) -> Vec<Effect> {
        self.now = now;
        let mut effects = Vec::new();
        let before = self.selected_id();
        let lazily = matches!(msg, Msg::Answer(_, msg::Answer::AccountPages(_)) | Msg::Run(..));
        match msg {
            Msg::Key(key) => self.key(key, &mut effects),
            Msg::Paste(_) if self.is_deaf() => {}
            Msg::Paste(paste) => self.paste(paste.expose()),
            Msg::Geometry(geometry) => self.fit(geometry),
            Msg::Answer(id, answer) => self.answer(id, answer, &mut effects),
            Msg::Written(id, written) => self.written(id, *written, &mut effects),
            Msg::Run(id, report) => self.run_report(id, *report, &mut effects),
            Msg::ShellEnded(key) => self.shell_ended(key, &mut effects),
            Msg::Woken(wake) => self.woken(wake, &mut effects),
            Msg::Mail(mails) => self.mailbox.set(mails),
            Msg::Local(fault) => self.notices.add(News::Local(fault), &mut effects),
            Msg::Terminate => self.quit(&mut effects),
        }
        self.expire_sessions(&mut effects);
        self.switches.settle();
        if !lazily {
            self.settle();
        }
        self.settle_focus();
        self.drop_unwanted_dry_run(&mut effects);
        if self.selected_id() != before && self.selected_id() != self.details {
            self.rest(&mut effects);
        }
        self.tick_if_needed(&mut effects);
        self.tick_sessions(&mut effects);
        effects
    }

    /// Brings what is derived up to date. `update` does it itself but for the pages of a listing and
    /// the reports of a run, which come many at a time; it is then done once before drawing.
    pub fn settle(&mut self) {
        let (emails, root, now) = (&self.emails, &self.root, self.now);
        let organization = self.organization.value();
        let settled = self.accounts.settle(|account| Beside {
            pending: emails.is_pending(account.id, now),
            root: RootFacts {
                standing: RootStanding::of(
                    root.audit(account.id),
                    left_out_of_root_access(account, organization).is_some(),
                ),
                audit: root.audit(account.id),
            },
        });
        self.settle_root(settled);
        if !self.touched {
            // The rows come page by page; nobody has chosen one yet.
            self.accounts.list.go(list::Motion::First);
            self.details = None;
        }
        if self.details.is_none() {
            self.details = self.selected_id();
        }
    }

    /// How the screen was drawn last.
    #[must_use]
    pub fn geometry(&self) -> Geometry {
        self.geometry
    }

    /// Where keys go now.
    #[must_use]
    pub fn place(&self) -> Place {
        match self.layers.last() {
            Some(
                Layer::Confirm(_)
                | Layer::StartEmail(_)
                | Layer::EnterOtp(_)
                | Layer::AskAudit(_)
                | Layer::Delete(_)
                | Layer::Root(_),
            ) => Place::Dialog,
            Some(
                Layer::Help(_)
                | Layer::News(_)
                | Layer::Menu(_)
                | Layer::Palette(_)
                | Layer::Results(_)
                | Layer::Policies(_),
            ) => Place::Reader,
            None => self.place_below(),
        }
    }

    /// Where keys would go without dialogs.
    fn place_below(&self) -> Place {
        match (self.view, self.pane) {
            (View::Accounts | View::RootAccess, _) if self.accounts.filter.editing => Place::Filter,
            (View::Accounts, Pane::List) => Place::Accounts,
            (View::Accounts, Pane::Details) => Place::Details,
            (View::Accounts, Pane::Switches) => Place::Switches,
            (View::RootAccess, _) => Place::RootAccess,
            (View::Organization, _) => Place::Organization,
            (View::Mailbox, _) => Place::Mailbox,
        }
    }

    /// The account that account commands are about: the selected one.
    #[must_use]
    pub fn selected_account(&self) -> Option<&Account> {
        self.selected_id().and_then(|id| self.accounts.get(id))
    }

    /// The account whose row has the cursor, in the view that is shown; view 1's elsewhere.
    #[must_use]
    pub fn selected_id(&self) -> Option<AccountId> {
        if self.view == View::RootAccess { self.root.list.selected() } else { self.accounts.list.selected() }
    }

    /// What is known now, for the question whether a change about `account` may be made.
    #[must_use]
    pub fn facts<'a>(&'a self, account: Option<&'a Account>) -> Facts<'a> {
        Facts {
            rules: &self.start.rules,
            caller: self.connection.state().current().map(|connection| &connection.caller),
            organization: self.organization.value(),
            standing: self.standing.value(),
            account,
            trusted_access: self.switches.trusted.state().current(),
            root_features: self.switches.features.state().current(),
        }
    }

    /// The partition of the caller's ARN, for the ARNs of task policies.
    #[must_use]
    pub fn partition(&self) -> &str {
        self.connection.value().map_or("aws", |connection| connection.caller.partition())
    }

    /// Whether what is typed or pasted has no meaning: on leaving, and where it could not be seen.
    fn is_deaf(&self) -> bool {
        self.quitting || self.geometry.too_small
    }

    fn key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        let place = self.place();
        let command = by_key(place, key);
        if self.is_deaf() {
            if let Some(command) = command.filter(|command| command.is_basic()) {
                self.run(command, effects);
            }
            return;
        }
        self.touched = true;
        if command.is_some_and(command::Command::is_basic) || !self.typed(key) {
            match command {
                Some(command) => self.run_if_available(command, effects),
                None if place == Place::Filter || !self.layers.is_empty() => {}
                None => self.notices.add(News::NoCommand, effects),
            }
        }
    }

    fn fit(&mut self, geometry: Geometry) {
        self.geometry = geometry;
        self.accounts.list.set_page(geometry.list_rows);
        self.root.list.set_page(geometry.list_rows);
        self.switches.list.set_page(geometry.list_rows);
        self.mailbox.list.set_page(geometry.list_rows);
        let most = geometry.dialog_lines.saturating_sub(geometry.dialog_rows);
        match self.layers.last_mut() {
            Some(Layer::Help(reader)) => reader.top = reader.top.min(most),
            Some(Layer::News(reader)) => reader.top = reader.top.min(most),
            Some(Layer::Palette(palette)) => palette.list.set_page(geometry.dialog_rows),
            Some(Layer::Results(reader)) => reader.top = reader.top.min(most),
            Some(Layer::Delete(dialog)) => {
                dialog.go(list::Motion::Rows(0), geometry.dialog_rows, geometry.dialog_lines);
            }
            Some(Layer::Menu(menu)) => menu.list.set_page(geometry.dialog_rows),
            Some(Layer::Policies(page)) => page.fit(geometry.dialog_rows, most),
            Some(_) => {}
            None => self.root.top = self.root.top.min(most),
        }
    }

    fn woken(&mut self, wake: Wake, effects: &mut Vec<Effect>) {
        match wake {
            Wake::Rest(rest) if rest == self.rests => self.details = self.selected_id(),
            Wake::Rest(_) => {}
            Wake::Fade(id) => {
                self.notices.remove(id);
            }
            Wake::Minute => self.minute_asked = false,
            Wake::LookAt(switch) => self.look_at(&switch, effects),
            Wake::LookAtPolicy(account, holder) => self.look_at_policy(account, &holder, effects),
            Wake::Countdown => self.session_ticked(),
            Wake::Follow(account) => {
                let facts = self.emails.entry(account);
                facts.look_due = false;
                if facts.looks.is_some() {
                    self.read(Read::EmailChange(account), effects);
                }
            }
        }
    }

    /// Leaves at once, or once the writes under way have ended. A run that deletes starts nothing
    /// more and finishes what it has begun; an audit is left where it is.
    fn quit(&mut self, effects: &mut Vec<Effect>) {
        self.quitting = true;
        if self.is_deleting() {
            self.stop_run(effects);
        }
        self.leave_when_done(effects);
    }

    fn leave_when_done(&self, effects: &mut Vec<Effect>) {
        if self.quitting && self.writes.is_empty() && !self.is_deleting() {
            effects.push(Effect::Quit);
        }
    }

    /// A countdown on screen needs a tick each minute; nothing else does.
    fn tick_if_needed(&mut self, effects: &mut Vec<Effect>) {
        if self.counts_down() && !self.minute_asked {
            self.minute_asked = true;
            effects.push(Effect::Wake(Duration::from_mins(1), Wake::Minute));
        }
    }

    fn counts_down(&self) -> bool {
        let dialog = self.layers.iter().any(|layer| matches!(layer, Layer::EnterOtp(_)));
        let details = self.view == View::Accounts
            && self.details.and_then(|id| self.emails.get(id)).is_some_and(|facts| {
                matches!(
                    facts.standing(self.now),
                    emails::ChangeStanding::Pending(_) | emails::ChangeStanding::Unconfirmed(_)
                )
            });
        dialog || details
    }

    fn read_id(&mut self) -> ReadId {
        self.next_read += 1;
        ReadId(self.next_read)
    }

    fn write_id(&mut self) -> WriteId {
        self.next_write += 1;
        WriteId(self.next_write)
    }

    fn rest(&mut self, effects: &mut Vec<Effect>) {
        self.rests += 1;
        effects.push(Effect::Wake(REST, Wake::Rest(self.rests)));
    }
}
