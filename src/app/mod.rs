//! The Elm core: all state lives in [`App`], which changes only in [`App::update`].
//!
//! `update` is pure and synchronous: no clock (the time comes in with the message), no I/O
//! (what is wanted from outside goes out as an [`Effect`]). The view is a function of `&App`.

pub mod acceptances;
pub mod accounts;
pub mod asked;
pub mod asking;
pub mod availability;
pub mod awaited_policy;
pub mod board;
mod changes;
pub mod command;
pub mod confirm;
pub mod delegation;
pub mod dialog;
mod dialogs;
pub mod effect;
pub mod email_change;
pub mod email_dialog;
pub mod emails;
pub mod field;
pub mod filter;
mod filtering;
pub mod findings;
mod input;
pub mod journal;
pub mod journal_export;
mod keeping;
mod kept;
pub mod key;
pub mod layers;
pub mod list;
pub mod mailbox;
pub mod mails;
pub mod marks;
pub mod msg;
pub mod notice;
pub mod organization;
pub mod outbox;
pub mod palette;
mod pasting;
pub mod plans;
pub mod policies;
pub mod preview;
pub mod profiles;
pub mod readiness;
mod reads;
pub mod recovery;
mod refused;
pub mod resolving;
pub mod root_access;
pub mod root_tasks;
mod root_writes;
mod run;
pub mod runs;
pub mod sessions;
mod shown_commands;
pub mod start_asking;
mod ticks;
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
use crate::domain::permit::{Facts, Rules};
use crate::domain::profile::Browser;

use acceptances::Acceptances;
use accounts::Accounts;
use asked::Asked;
use board::Board;

use confirm::Awaited;
use effect::{Effect, Read, WriteId};
use emails::Emails;
use filtering::Sources;
use findings::Findings;
use journal::JournalView;

use layers::Layer;
use mailbox::Mailbox;
use msg::{Connection, Geometry, Msg};
use notice::{News, Notices};
use organization::OrganizationView;
use outbox::Outbox;
use plans::Plans;
use profiles::Profiles;
use readiness::ReadinessView;
use recovery::Recovery;
use root_access::RootAccess;
use root_tasks::RootChoice;
use runs::RunUnderWay;
use sessions::Sessions;
use start_asking::StartAsking;
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
    /// Whether that profile was named for this program, and so comes before what the environment holds.
    pub named: bool,
    /// The endpoint asked for, shown until AWS has answered.
    pub endpoint: Option<String>,
    /// Where the browser is that the person signs in with.
    pub browser: Browser,
    /// Up to so many active members are asked about at the start where their email changes stand.
    pub ask_at_start: usize,
}

/// The views, by their numbers on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// `1 Accounts`.
    Accounts,
    /// `2 Email changes`.
    EmailChanges,
    /// `3 Root access`.
    RootAccess,
    /// `4 Organization`.
    Organization,
    /// `5 Readiness`.
    Readiness,
    /// `6 Journal`.
    Journal,
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
    pub(crate) profiles: Profiles,
    pub(crate) organization: Asked<Organization>,
    pub(crate) standing: Asked<Standing>,
    pub(crate) units: Asked<UnitNames>,
    pub(crate) stored: Asked<()>,
    pub(crate) accounts: Accounts,
    kept_of: Option<String>,
    pub(crate) details: Option<AccountId>,
    pub(crate) emails: Emails,
    pub(crate) board: Board,
    /// Asking about the changes of all accounts at the start.
    pub(crate) start_asking: StartAsking,
    /// The email changes that were accepted together last, and what came of them.
    pub(crate) acceptances: Option<Acceptances>,
    /// The addresses that were typed when the dialogs of these accounts were last closed.
    drafts: BTreeMap<AccountId, field::TextField>,
    pub(crate) switches: OrganizationView,
    pub(crate) readiness: ReadinessView,
    pub(crate) awaited: Vec<Awaited>,
    pub(crate) root: RootAccess,
    /// The run over accounts that is under way; there is one at a time.
    pub(crate) under_way: Option<RunUnderWay>,
    /// The bulk plans of email changes.
    pub(crate) plans: Plans,
    pub(crate) recovery: Recovery,
    pub(crate) sessions: Sessions,
    pub(crate) unlocking: Unlocking,
    /// The root task that goes on once the features are read.
    root_next: Option<RootChoice>,
    /// What the listings showed to be otherwise than before, and nobody has read yet.
    pub(crate) findings: Findings,
    pub(crate) journal: JournalView,
    pub(crate) mailbox: Mailbox,
    pub(crate) writes: BTreeMap<WriteId, Change>,
    sent_at: BTreeMap<WriteId, Timestamp>,
    /// When the last starts of email changes had their turn, for each account.
    start_turns: BTreeMap<AccountId, Vec<Timestamp>>,
    pub(crate) quitting: bool,
    /// What goes out at the end of the message.
    out: Outbox,
    rests: u64,
    minute_asked: bool,
    /// Whether a key was pressed yet.
    touched: bool,
}

impl App {
    /// The program at its start, and the first things it wants.
    #[must_use]
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut app = Self::blank(start);
        app.ask_first();
        let effects = app.send_out();
        (app, effects)
    }

    /// The program before anything is asked.
    fn blank(start: Start) -> Self {
        let mut app = Self {
            now: start.now,
            geometry: Geometry { list_rows: 10, ..Geometry::default() },
            view: View::Accounts,
            pane: Pane::List,
            layers: Vec::new(),
            notices: Notices::default(),
            connection: Asked::default(),
            profiles: Profiles::default(),
            organization: Asked::default(),
            standing: Asked::default(),
            units: Asked::default(),
            stored: Asked::default(),
            accounts: Accounts::default(),
            kept_of: None,
            details: None,
            emails: Emails::default(),
            board: Board::default(),
            start_asking: StartAsking::default(),
            acceptances: None,
            drafts: BTreeMap::new(),
            switches: OrganizationView::default(),
            readiness: ReadinessView::default(),
            awaited: Vec::new(),
            root: RootAccess::default(),
            under_way: None,
            plans: Plans::default(),
            recovery: Recovery::default(),
            sessions: Sessions::default(),
            unlocking: Unlocking::default(),
            root_next: None,
            findings: Findings::default(),
            journal: JournalView::default(),
            mailbox: Mailbox::default(),
            writes: BTreeMap::new(),
            sent_at: BTreeMap::new(),
            start_turns: BTreeMap::new(),
            quitting: false,
            out: Outbox::default(),
            rests: 0,
            minute_asked: false,
            touched: false,
            start,
        };
        app.switches.settle();
        app
    }

    /// Asks the first questions.
    fn ask_first(&mut self) {
        self.read(Read::Stored);
        self.read(Read::Connect);
    }

    /// Takes one event at `now`, and says what is wanted from outside.
    pub fn update(&mut self, now: Timestamp, msg: Msg) -> Vec<Effect> {
        self.now = now;
        let before = (self.selected_id(), self.journal.list.selected());
        let journaled = journal::is_journaled(&msg);
        let lazily = matches!(msg, Msg::Answer(_, msg::Answer::AccountPages(_)) | Msg::Run(..));
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(_) if self.is_deaf() => {}
            Msg::Paste(paste) => self.paste(paste.expose()),
            Msg::Geometry(geometry) => self.fit(geometry),
            Msg::Answer(id, answer) => self.answer(id, answer),
            Msg::Written(id, written) => self.written(id, *written),
            Msg::Run(id, report) => self.run_report(id, *report),
            Msg::ShellEnded(key) => self.shell_ended(key),
            Msg::SignedIn(result) => self.signed_in(result),
            Msg::Woken(wake) => self.woken(wake),
            Msg::Findings(findings) => self.take_findings(findings),
            Msg::Mail(mails) => self.mailbox.set(mails),
            Msg::Local(fault) => self.out.notify(News::Local(fault)),
            Msg::Terminate => self.quit(),
        }
        if journaled {
            self.journal_grew();
        }
        self.expire_sessions();
        self.switches.settle();
        if !lazily {
            self.settle();
        }
        self.settle_mails();
        self.settle_focus();
        self.drop_unwanted_dry_run();
        let (account, entry) = (self.selected_id(), self.journal.list.selected());
        if account != before.0 && account != self.details || entry != before.1 && entry != self.journal.details {
            self.rest();
        }
        self.tick_if_needed();
        self.tick_sessions();
        self.send_out()
    }

    /// Shows what is to be told, and gives what is to be done outside.
    fn send_out(&mut self) -> Vec<Effect> {
        for news in self.out.take_news() {
            if let Some(fading) = self.notices.add(news) {
                self.out.push(fading);
            }
        }
        self.out.take_effects()
    }

    /// Brings what is derived up to date. `update` does it itself but for the pages of a listing and
    /// the reports of a run, which come many at a time; it is then done once before drawing.
    pub fn settle(&mut self) {
        let (emails, root, findings) = (&self.emails, &self.root, &self.findings);
        let sources = Sources { emails, root, findings, organization: self.organization.value(), now: self.now };
        let settled = self.accounts.settle(|account| sources.beside(account));
        self.settle_root(settled);
        self.settle_board(settled);
        self.settle_journal(settled);
        self.settle_readiness();
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

    /// The account that account commands are about: the selected one.
    #[must_use]
    pub fn selected_account(&self) -> Option<&Account> {
        self.selected_id().and_then(|id| self.accounts.get(id))
    }

    /// The account whose row has the cursor, in the view that is shown; view 1's elsewhere.
    #[must_use]
    pub fn selected_id(&self) -> Option<AccountId> {
        match self.view {
            View::RootAccess => self.root.list.selected(),
            View::EmailChanges => self.board.list.selected(),
            View::Accounts | View::Organization | View::Readiness | View::Journal | View::Mailbox => {
                self.accounts.list.selected()
            }
        }
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
            delegates: self.switches.delegates.state().current().map(Vec::as_slice),
            endpoint: self.endpoint(),
        }
    }

    /// The partition of the caller's ARN, for the ARNs of task policies.
    #[must_use]
    pub fn partition(&self) -> &str {
        self.connection.value().map_or("aws", |connection| connection.caller.partition())
    }

    /// Leaves at once, or once the writes under way have ended. A run that deletes starts nothing
    /// more and finishes what it has begun; an audit is left where it is.
    fn quit(&mut self) {
        self.quitting = true;
        if self.is_run_writing() {
            self.stop_run();
        }
        self.leave_when_done();
    }

    fn leave_when_done(&mut self) {
        if self.quitting && self.writes.is_empty() && !self.is_run_writing() && self.plans.saving.is_empty() {
            self.out.push(Effect::Quit);
        }
    }
}
