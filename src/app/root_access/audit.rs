//! Asking for an audit: of which accounts, what stands in the way, and what has to be said first.

use crate::app::App;
use crate::app::command::{CommandId, DisabledReason};
use crate::app::confirm::{Focus, Then};
use crate::app::dialog::{Dialog, Next, Step};
use crate::app::key::Key;
use crate::app::layers::{Choice, Layer, Menu, MenuKind};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::runs::RunKind;
use crate::domain::account::{Account, AccountId};
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::Switch;
use crate::domain::permit::{Refusal, permit_task};
use crate::domain::root_change::audit_commands;
use crate::domain::root_credentials::AuditDepth;
use crate::domain::run::Run;
use crate::domain::task_policy::TaskPolicy;

/// Something wanted of the root access of accounts, which may have to wait for a gate to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootWish {
    /// Audit them.
    Audit(AuditDepth, Vec<AccountId>),
    /// Delete root credentials of them.
    Delete(Vec<AccountId>),
}

impl RootWish {
    /// The task it needs root sessions for.
    #[must_use]
    pub fn task(&self) -> TaskPolicy {
        match self {
            Self::Audit(..) => TaskPolicy::AuditRootCredentials,
            Self::Delete(_) => TaskPolicy::DeleteRootCredentials,
        }
    }

    fn accounts(&self) -> &[AccountId] {
        match self {
            Self::Audit(_, accounts) | Self::Delete(accounts) => accounts,
        }
    }
}

/// Which accounts an audit is to be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditScope {
    /// The selected one.
    Selected,
    /// The marked ones.
    Marked,
    /// Those that the filter lets through.
    Shown,
    /// All.
    All,
}

/// An account that can't be worked on, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutAccount {
    /// The account.
    pub account: AccountId,
    /// Why.
    pub reason: Refusal,
}

/// The confirmation of an audit: it opens root sessions, and alarms go off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskAudit {
    /// How thoroughly.
    pub depth: AuditDepth,
    /// The accounts that would be audited.
    pub accounts: Vec<Account>,
    /// Those that would not.
    pub left_out: Vec<LeftOutAccount>,
    /// Where the focus is.
    pub focus: Focus,
    /// Whether no further audit of what is shown is to be asked about in this run.
    pub unasked: bool,
}

impl AskAudit {
    /// What can have the focus, in order.
    pub const SPOTS: [Focus; 3] = [Focus::Cancel, Focus::Act, Focus::Answer];

    /// All that it is about.
    fn all(&self) -> Vec<AccountId> {
        let left_out = self.left_out.iter().map(|one| one.account);
        self.accounts.iter().map(|account| account.id).chain(left_out).collect()
    }
}

impl AskAudit {
    /// The command lines that make the calls in the first account; those in the others are the same.
    #[must_use]
    pub fn aws_commands(&self, caller: &CallerOptions) -> Vec<AwsCommand> {
        let first = self.accounts.first().map(|account| audit_commands(account.id, self.depth));
        first.unwrap_or_default().into_iter().map(|command| command.by(caller)).collect()
    }
}

impl Dialog for AskAudit {
    fn stops(&self) -> Vec<Focus> {
        Self::SPOTS.to_vec()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands(|caller| self.aws_commands(caller)))
    }

    fn typed(&mut self, key: Key, _model: &Model) -> bool {
        let answers = self.focus == Focus::Answer && key.typed() == Some(' ');
        self.unasked ^= answers;
        answers
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.focus {
            // Space answers the question; Enter leads on to the button.
            Focus::Answer => {
                self.focus = Focus::Act;
                return Step::Stay(None);
            }
            Focus::Act => return Step::Done(model.audit_confirmed(self)),
            Focus::Field | Focus::Cancel | Focus::Other => {}
        }
        Step::Done(None)
    }
}

impl Model {
    /// Begins an audit that was confirmed. More may be known now than when it was asked about.
    fn audit_confirmed(&mut self, ask: &AskAudit) -> Option<Next> {
        let wish = RootWish::Audit(ask.depth, ask.all());
        if let Err(why) = self.can_task(wish.task(), wish.accounts()) {
            return Some(Next::Refuse(CommandId::Audit, why));
        }
        let Ok((accounts, left_out)) = self.targets(wish.task(), wish.accounts()) else {
            // A gate was closed meanwhile.
            return Some(Next::Wish(wish));
        };
        self.root.unasked = ask.unasked;
        self.begin_audit(ask.depth, accounts, left_out.len());
        None
    }

    /// Whether `task` can be done in at least one of `accounts`, or a dialog can open its gate.
    fn can_task<'a>(
        &self,
        task: TaskPolicy,
        accounts: impl IntoIterator<Item = &'a AccountId>,
    ) -> Result<(), DisabledReason> {
        if self.under_way.is_some() {
            return Err(DisabledReason::RunUnderWay);
        }
        let mut first = None;
        for account in accounts.into_iter().filter_map(|id| self.accounts.get(*id)) {
            match permit_task(task, account.id, &self.facts(Some(account))) {
                Ok(()) => return Ok(()),
                Err(refusal) if refusal.is_of_account() => first = first.or(Some(refusal)),
                Err(refusal) => return self.gate_opens(&refusal).map(|_| ()),
            }
        }
        Err(first.map_or_else(|| self.no_account(), DisabledReason::Refusal))
    }

    /// The switch that has to be turned on first, if the caller can do that.
    fn gate_opens(&self, refusal: &Refusal) -> Result<Switch, DisabledReason> {
        let closed = DisabledReason::Refusal(refusal.clone());
        self.gate(&closed).unwrap_or(Err(closed))
    }

    pub(in crate::app) fn can_audit_any(&self) -> Result<(), DisabledReason> {
        self.can_task(TaskPolicy::AuditRootCredentials, self.accounts.keys())
    }

    pub(in crate::app) fn can_steer(&self) -> Result<(), DisabledReason> {
        self.under_way.as_ref().map(|_| ()).ok_or(DisabledReason::NoRun)
    }

    /// Those of `ids` that `task` can be done in, and those that are left out.
    ///
    /// # Errors
    /// What stands in the way of all of them.
    pub(in crate::app) fn targets(
        &self,
        task: TaskPolicy,
        ids: &[AccountId],
    ) -> Result<(Vec<Account>, Vec<LeftOutAccount>), Refusal> {
        let (mut accounts, mut left_out) = (Vec::new(), Vec::new());
        for account in ids.iter().filter_map(|id| self.accounts.get(*id)) {
            match permit_task(task, account.id, &self.facts(Some(account))) {
                Ok(()) => accounts.push(account.clone()),
                Err(reason) if reason.is_of_account() => left_out.push(LeftOutAccount { account: account.id, reason }),
                Err(refusal) => return Err(refusal),
            }
        }
        Ok((accounts, left_out))
    }

    fn begin_audit(&mut self, depth: AuditDepth, accounts: Vec<Account>, left_out: usize) {
        self.out.notify(Notification::AuditStarted(accounts.iter().map(|account| account.id).collect(), left_out));
        self.start_run(Run::Audit { accounts, depth }, RunKind::Audit(depth));
    }
}

impl App {
    fn accounts_of(&self, scope: AuditScope) -> Vec<AccountId> {
        match scope {
            AuditScope::Selected => self.selected_id().into_iter().collect(),
            AuditScope::Marked => self.model.root.marks.iter().copied().collect(),
            AuditScope::Shown => self.shown_accounts().to_vec(),
            AuditScope::All => self.model.accounts.ids(),
        }
    }

    /// How many accounts a scope has.
    #[must_use]
    pub fn count_of(&self, scope: AuditScope) -> usize {
        match scope {
            AuditScope::Selected => usize::from(self.selected_id().is_some()),
            AuditScope::Marked => self.model.root.marks.len(),
            AuditScope::Shown => self.shown_accounts().len(),
            AuditScope::All => self.model.accounts.len(),
        }
    }

    pub(in crate::app) fn can_audit(&self) -> Result<(), DisabledReason> {
        self.can_name_marks()?;
        self.model.can_task(TaskPolicy::AuditRootCredentials, &self.accounts_in_hand())
    }

    pub(in crate::app) fn can_delete_credentials(&self) -> Result<(), DisabledReason> {
        self.can_name_marks()?;
        self.model.can_task(TaskPolicy::DeleteRootCredentials, &self.accounts_in_hand())
    }

    /// Audits what is in hand, quickly.
    pub(in crate::app) fn audit(&mut self) {
        self.want(RootWish::Audit(AuditDepth::Quick, self.accounts_in_hand()));
    }

    /// Shows what is known of the selected account. Nothing is asked of AWS: that opens a root session.
    pub(in crate::app) fn open_root(&mut self) {
        self.details = self.selected_id();
        self.model.root.chosen = true;
        self.model.root.reading = true;
    }

    /// Asks how thoroughly which accounts are to be audited.
    pub(in crate::app) fn audit_menu(&mut self) {
        let marked = (!self.model.root.marks.is_empty()).then_some(AuditScope::Marked);
        let shown = self.is_filtered().then_some(AuditScope::Shown);
        let scopes: Vec<AuditScope> =
            marked.into_iter().chain([AuditScope::Selected]).chain(shown).chain([AuditScope::All]).collect();
        let choices = [AuditDepth::Quick, AuditDepth::Deep]
            .into_iter()
            .flat_map(|depth| scopes.iter().map(move |scope| Choice::Audit(depth, *scope)))
            .collect();
        self.layers.push(Layer::Menu(Menu::new(MenuKind::Audit, choices)));
    }

    /// Does what the menu was asked for.
    pub(in crate::app) fn audit_chosen(&mut self, depth: AuditDepth, scope: AuditScope) {
        let accounts = self.accounts_of(scope);
        let named = if scope == AuditScope::Marked { self.can_name_marks() } else { Ok(()) };
        match named.and_then(|()| self.model.can_task(TaskPolicy::AuditRootCredentials, &accounts)) {
            Ok(()) => {
                self.layers.pop();
                // Whoever chose so many in a menu has not seen which they are.
                self.model.root.unasked &= accounts.len() <= 1;
                self.want(RootWish::Audit(depth, accounts));
            }
            Err(why) => self.refuse(CommandId::Audit, why),
        }
    }

    /// Asks for what is to go of the accounts in hand.
    pub(in crate::app) fn delete_credentials(&mut self) {
        self.want(RootWish::Delete(self.accounts_in_hand()));
    }

    /// Goes about a wish: opens its gate first, or its dialog, or begins at once.
    pub(in crate::app) fn want(&mut self, wish: RootWish) {
        let command = match &wish {
            RootWish::Audit(..) => CommandId::Audit,
            RootWish::Delete(_) => CommandId::DeleteCredentials,
        };
        if let Err(why) = self.model.can_task(wish.task(), wish.accounts()) {
            self.refuse(command, why);
            return;
        }
        let (accounts, left_out) = match self.model.targets(wish.task(), wish.accounts()) {
            Ok(targets) => targets,
            Err(refusal) => {
                if let Some(switch) = refusal.gate() {
                    self.confirm(&switch, true, Some(Then::Wish(wish)));
                }
                return;
            }
        };
        match wish {
            RootWish::Audit(depth, _) if !self.model.root.unasked || self.hides_any(&accounts) => {
                let ask =
                    AskAudit { depth, accounts, left_out, focus: Focus::Cancel, unasked: self.model.root.unasked };
                self.layers.push(Layer::AskAudit(ask));
            }
            RootWish::Audit(depth, _) => self.model.begin_audit(depth, accounts, left_out.len()),
            RootWish::Delete(_) => {
                self.model.journal_left_out(&left_out);
                self.ask_kinds(accounts, left_out);
            }
        }
    }

    /// Whether the view does not show one of these accounts.
    fn hides_any(&self, accounts: &[Account]) -> bool {
        let hidden = self.hidden_marks();
        accounts.iter().any(|account| hidden.contains(&account.id))
    }

    /// Goes on with a wish whose gate has been opened; where the features are being read because of
    /// that, once they are.
    pub(in crate::app) fn go_on_with(&mut self, wish: RootWish) {
        if self.model.switches.features.is_loading() {
            self.model.root.waiting = Some(wish);
        } else {
            self.want(wish);
        }
    }

    /// The features were read: what waited for that goes on, if the person has not gone on to
    /// something else.
    pub(in crate::app) fn features_read(&mut self) {
        if let Some(wish) = self.model.root.waiting.take().filter(|_| self.layers.is_empty() && !self.quitting) {
            self.want(wish);
        }
    }
}
