//! Deleting root credentials: which kinds, and the dry run that shows exactly what would be deleted.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::dialog::{Dialog, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::ids::RunId;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::app::reading::Reading;
use crate::app::state::choices::SkippedAccount;
use crate::app::state::runs::RunInProgress;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::Danger;
use crate::domain::deletion::DeletionPlan;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{CredentialKind, RootAudit, RootCredential};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DeleteDialog {
    pub accounts: Vec<Account>,
    /// Those that were chosen and are left alone.
    pub skipped: Vec<SkippedAccount>,
    /// The kinds that are to go.
    pub kinds: BTreeSet<CredentialKind>,
    pub form: Form,
    pub stage: Stage,
    /// The first line on screen of the text above the kinds.
    pub top: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stage {
    Kinds,
    /// The accounts are being read in this run.
    Reading(RunId),
    Asking(Box<Asking>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asking {
    /// What would go: nothing else is deleted.
    pub plans: Vec<DeletionPlan>,
    pub audits: BTreeMap<AccountId, RootAudit>,
    /// The accounts that have nothing of the chosen kinds.
    pub nothing: Vec<AccountId>,
    /// The accounts that could not be read; nothing of them goes.
    pub unread: Vec<Unread>,
    pub typed: TextField,
    pub reading: Reading,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub account: AccountId,
    /// Why; `None` if it was not reached.
    pub error: Option<ApiError>,
}

impl Asking {
    /// What the audits of a dry run say would go of these kinds.
    pub(crate) fn new(
        accounts: &[Account],
        kinds: &BTreeSet<CredentialKind>,
        audits: BTreeMap<AccountId, RootAudit>,
    ) -> Self {
        let (mut plans, mut nothing, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        for account in accounts {
            match audits.get(&account.id).map(|audit| chosen(audit, kinds)) {
                None => unread.push(Unread { account: account.id, error: None }),
                Some(Err(error)) => unread.push(Unread { account: account.id, error }),
                Some(Ok(credentials)) if credentials.is_empty() => nothing.push(account.id),
                Some(Ok(credentials)) => plans.push(DeletionPlan { account: account.clone(), credentials }),
            }
        }
        Self { plans, audits, nothing, unread, typed: TextField::default(), reading: Reading::default() }
    }

    /// What has to be typed: the account's id, or for several accounts their number.
    pub(crate) fn token(&self) -> String {
        match self.plans.as_slice() {
            [plan] => plan.account.id.to_string(),
            plans => plans.len().to_string(),
        }
    }

    /// Whether it was typed, after all was read.
    pub(crate) fn is_ready(&self) -> bool {
        !self.plans.is_empty() && self.reading.is_done && self.typed.text().trim() == self.token()
    }

    pub(crate) fn credentials(&self) -> usize {
        self.plans.iter().map(|plan| plan.credentials.len()).sum()
    }

    /// The accounts whose second factor would go while a password stays, or may stay.
    pub(crate) fn weakened(&self) -> Vec<AccountId> {
        let weakened = |plan: &&DeletionPlan| {
            let goes = |kind| plan.credentials.iter().any(|credential| credential.kind() == kind);
            let password = self.audits.get(&plan.account.id).and_then(|audit| audit.has(CredentialKind::Password));
            goes(CredentialKind::MfaDevice) && !goes(CredentialKind::Password) && password != Some(false)
        };
        self.plans.iter().filter(weakened).map(|plan| plan.account.id).collect()
    }

    /// Each in a session of its own.
    pub(crate) fn aws_commands(&self, caller: &CallerOptions) -> Vec<AwsCommand> {
        let of = |plan: &DeletionPlan| {
            let account = plan.account.id;
            let changes = plan.credentials.iter().cloned().map(RootChange::DeleteCredential);
            changes.map(|change| change.command(account).by(caller)).collect::<Vec<_>>()
        };
        self.plans.iter().flat_map(of).collect()
    }
}

/// The credentials of the chosen kinds by name, or why not all of them are known.
fn chosen(audit: &RootAudit, kinds: &BTreeSet<CredentialKind>) -> Result<Vec<RootCredential>, Option<ApiError>> {
    for kind in kinds {
        match audit.has(*kind) {
            Some(false) => {}
            Some(true) if audit.credentials().iter().any(|credential| credential.kind() == *kind) => {}
            // There, but which ones was not read.
            Some(true) => return Err(audit.error().cloned()),
            None => return Err(error_of(audit, *kind).cloned()),
        }
    }
    Ok(audit.credentials().into_iter().filter(|credential| kinds.contains(&credential.kind())).collect())
}

fn error_of(audit: &RootAudit, kind: CredentialKind) -> Option<&ApiError> {
    match kind {
        CredentialKind::Password => audit.password.error(),
        CredentialKind::AccessKey => audit.access_keys.error(),
        CredentialKind::SigningCertificate => audit.signing_certificates.error(),
        CredentialKind::MfaDevice => audit.mfa_devices.error(),
    }
}

impl DeleteDialog {
    pub(in crate::app) fn new(accounts: Vec<Account>, skipped: Vec<SkippedAccount>) -> Self {
        let form = Form::new(Focus::Item(0));
        Self { accounts, skipped, kinds: CredentialKind::ALL.into(), form, stage: Stage::Kinds, top: 0 }
    }

    fn ask(&mut self, audits: BTreeMap<AccountId, RootAudit>) {
        let asking = Asking::new(&self.accounts, &self.kinds, audits);
        self.form.focus = if asking.plans.is_empty() { Focus::Cancel } else { Focus::Field };
        self.stage = Stage::Asking(Box::new(asking));
    }

    /// What would go, where something would.
    fn asking(&self) -> Option<&Asking> {
        match &self.stage {
            Stage::Asking(asking) if !asking.plans.is_empty() => Some(asking),
            _ => None,
        }
    }
}

impl Dialog for Box<DeleteDialog> {
    form!();

    fn field_mut(&mut self) -> Option<&mut TextField> {
        match &mut self.stage {
            Stage::Asking(asking) => Some(&mut asking.typed),
            Stage::Kinds | Stage::Reading(_) => None,
        }
    }

    fn focuses(&self) -> Vec<Focus> {
        match &self.stage {
            Stage::Kinds => {
                (0..CredentialKind::ALL.len()).map(Focus::Item).chain([Focus::Cancel, Focus::Act]).collect()
            }
            _ if self.asking().is_some() => vec![Focus::Field, Focus::Cancel, Focus::Act],
            Stage::Reading(_) | Stage::Asking(_) => vec![Focus::Cancel],
        }
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        self.asking().map(|asking| self.form.reasoned(model.commands(|caller| asking.aws_commands(caller))))
    }

    /// Takes a kind into the choice, or out of it.
    fn answer(&mut self, _model: &Model) -> bool {
        let Focus::Item(place) = self.form.focus else { return false };
        if let Some(kind) = CredentialKind::ALL.get(place)
            && !self.kinds.remove(kind)
        {
            self.kinds.insert(*kind);
        }
        true
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match (&self.stage, self.form.focus) {
            (_, Focus::Cancel) => return Step::Close,
            (Stage::Kinds, _) if self.kinds.is_empty() => {
                self.form.focus = Focus::Item(0);
                model.say_missing(Missing::CredentialType);
            }
            (Stage::Kinds, Focus::Act) => return Step::Stay(model.look_beforehand(self)),
            (Stage::Kinds, _) => self.form.focus = Focus::Act,
            (Stage::Asking(asking), Focus::Act) if asking.is_ready() => {
                return model.delete_confirmed(asking, self.form.given_reason());
            }
            (Stage::Asking(asking), Focus::Field) if asking.is_ready() => self.form.focus = Focus::Act,
            (Stage::Asking(asking), _) => {
                model.ask_to_type(Some(asking.token()));
                self.form.focus = Focus::Field;
            }
            (Stage::Reading(_), _) => {}
        }
        Step::Stay(None)
    }

    fn reading(&self) -> Option<&Reading> {
        match &self.stage {
            Stage::Asking(asking) => Some(&asking.reading),
            Stage::Kinds | Stage::Reading(_) => None,
        }
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        match &mut self.stage {
            Stage::Asking(asking) => Some(&mut asking.reading),
            Stage::Kinds | Stage::Reading(_) => None,
        }
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        match self.reading_mut() {
            Some(reading) => reading.go(motion, rows, lines),
            None => self.top = motion.scroll(self.top, rows, lines),
        }
    }

    fn awaits_run(&self, id: RunId) -> bool {
        self.stage == Stage::Reading(id)
    }

    fn ran(&mut self, run: &RunInProgress, model: &Model) {
        self.ask(run.done.iter().filter_map(|id| Some((*id, model.root.audit(*id)?.clone()))).collect());
    }

    fn accounts(&self) -> Vec<AccountId> {
        self.asking().into_iter().flat_map(|asking| &asking.plans).map(|plan| plan.account.id).collect()
    }

    fn confirms(&self) -> Option<Danger> {
        self.asking().map(|_| Danger::Severe)
    }
}
