//! The stack of dialogs and readers over the view. The top one has the focus.

use super::asking::AskScope;
use super::command::KeyContext;
use super::confirm::Confirm;
use super::delegation::AskDelegate;
use super::dialog::Dialog;
use super::effect::RunId;
use super::email_change::{EnterOtp, StartEmail};
use super::email_dialog::{ForgetChange, OpenFile};
use super::journal_export::ExportJournal;
use super::list::{List, Motion};
use super::mails::MailsDialog;
use super::msg::Geometry;
use super::notification::Notification;
use super::palette::Palette;
use super::plans::{PlanChoice, PlanDialog, ResultsOf, TemplateDialog};
use super::policies::{FindQueues, LoadPolicy, PolicyPage};
use super::profiles::{ChooseProfile, EnterMfaCode};
use super::readiness::ManagedTable;
use super::root_access::{AskAudit, AuditScope, DeleteDialog};
use super::root_tasks::{RootChoice, RootMenu};
use super::sessions::{OpenSession, SessionView};
use crate::domain::change::Switch;
use crate::domain::profile::{Browser, SignIn};
use crate::domain::root_credentials::AuditDepth;

/// Makes the enum of the layers, one line for each.
macro_rules! layers {
    ($($(#[$doc:meta])* $name:ident($data:ty),)*) => {
        /// One layer, with its data.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Layer {
            $($(#[$doc])* $name($data),)*
        }

        impl Layer {
            /// What every layer can do.
            pub(super) fn dialog(&self) -> &dyn Dialog {
                match self {
                    $(Self::$name(data) => data,)*
                }
            }

            /// The same, to change it.
            pub(super) fn dialog_mut(&mut self) -> &mut dyn Dialog {
                match self {
                    $(Self::$name(data) => data,)*
                }
            }
        }
    };
}

layers! {
    /// The confirmation of a change.
    Confirm(Confirm),
    /// The first dialog of an email change.
    StartEmail(StartEmail),
    /// The second one.
    EnterOtp(EnterOtp),
    /// What this machine keeps of an email change is to be forgotten.
    ForgetChange(ForgetChange),
    /// Which file holds the mails.
    OpenFile(OpenFile),
    /// The codes of mails, matched to the open changes.
    Mails(Box<MailsDialog>),
    /// The commands of a place.
    Help(Reader<KeyContext>),
    /// An error in full.
    Notification(Reader<Notification>),
    /// A choice.
    Menu(Menu),
    /// Which account is to be a delegated administrator.
    AskDelegate(AskDelegate),
    /// The search through all commands and accounts.
    Palette(Palette),
    /// The choice of a profile.
    Profiles(ChooseProfile),
    /// The code of an MFA device.
    MfaCode(EnterMfaCode),
    /// The confirmation of an audit of several accounts.
    AskAudit(AskAudit),
    /// The deletion of root credentials.
    Delete(Box<DeleteDialog>),
    /// What came of a deletion, or of accepting email changes.
    Results(Reader<RunId>),
    /// The findings that were there when it was opened, by their numbers.
    Findings(Reader<Vec<i64>>),
    /// Which flows the policies that AWS manages allow.
    ManagedPolicies(Reader<ManagedTable>),
    /// Where to look for queues.
    FindQueues(FindQueues),
    /// Which file holds the policy to put.
    LoadPolicy(LoadPolicy),
    /// A root session that is to be opened.
    OpenSession(OpenSession),
    /// An open root session.
    Session(SessionView),
    /// A page on the way to a policy.
    Policies(PolicyPage),
    /// A bulk plan on its way to be started.
    Plan(Box<PlanDialog>),
    /// A template for a plan.
    Template(Box<TemplateDialog>),
    /// What came of a plan.
    PlanResults(Reader<ResultsOf>),
    /// Where the journal is to be saved.
    Export(ExportJournal),
}

/// A text to read, scrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader<T> {
    /// What it is about.
    pub about: T,
    /// The first line on screen.
    pub top: usize,
}

impl<T> Reader<T> {
    /// A text, from its beginning.
    pub fn new(about: T) -> Self {
        Self { about, top: 0 }
    }

    /// Scrolls, where `rows` of `lines` lines are on screen.
    pub fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        let last = lines.saturating_sub(rows);
        self.top = motion.apply(self.top, rows, lines).min(last);
    }
}

impl<T> Dialog for Reader<T> {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        Self::go(self, motion, rows, lines);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.top = self.top.min(geometry.dialog_lines.saturating_sub(geometry.dialog_rows));
    }
}

/// A short list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What it asks.
    pub kind: MenuKind,
    /// The choices.
    pub items: Vec<Choice>,
    /// The one that is selected.
    pub list: List<usize>,
}

/// What a menu asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuKind {
    /// Which switch to turn.
    Switches,
    /// What to copy.
    Copy,
    /// What to audit.
    Audit,
    /// Which email changes to ask AWS about.
    AskChanges,
    /// What to do about plans.
    Plans,
    /// How to sign in.
    SignIn,
    /// One of the menus of the root tasks.
    Root(RootMenu),
}

/// A choice of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A switch.
    Switch(Switch),
    /// A text of an account, and what kind it is.
    Text(TextKind, String),
    /// An audit.
    Audit(AuditDepth, AuditScope),
    /// Asking AWS about email changes.
    AskChanges(AskScope),
    /// Something about plans.
    Plan(PlanChoice),
    /// Signing in with a browser here or elsewhere.
    SignIn(SignIn, Browser),
    /// One of the root tasks.
    Root(RootChoice),
}

/// The texts of an account that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The id.
    Id,
    /// The name.
    Name,
    /// The primary email.
    Email,
    /// The address that a started change is to bring.
    NewEmail,
    /// The path of organizational units.
    Path,
}

impl Menu {
    /// A menu with its first choice selected.
    #[must_use]
    pub fn new(kind: MenuKind, items: Vec<Choice>) -> Self {
        let mut list = List::default();
        list.set_page(items.len().max(1));
        list.set_rows((0..items.len()).collect());
        Self { kind, items, list }
    }

    /// The selected choice.
    #[must_use]
    pub fn chosen(&self) -> Option<&Choice> {
        self.items.get(self.list.index())
    }

    /// Takes a choice away that can't be taken any more.
    pub fn remove(&mut self, choice: &Choice) {
        let before = self.chosen().cloned();
        self.items.retain(|item| item != choice);
        self.list.set_rows((0..self.items.len()).collect());
        if let Some(index) = self.items.iter().position(|item| Some(item) == before.as_ref()) {
            self.list.select(index);
        }
    }
}

impl Dialog for Menu {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        self.list.go(motion);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }
}
