use std::collections::BTreeMap;

use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialog::{Next, Step};
use crate::app::dialogs::mails::MailsDialog;
use crate::app::ids::RunId;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::acceptances::Acceptances;
use crate::app::state::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::mail_match::{LeftMail, MailGround, MailProblem};
use crate::domain::mails::CodeMail;
use crate::domain::run::{Acceptance, Run};
use crate::domain::write::WriteOutcome;

impl Model {
    pub(in crate::app) fn note_acceptance(&mut self, id: RunId, account: AccountId, trouble: Option<WriteOutcome>) {
        if let Some(all) = self.acceptances.as_mut().filter(|all| all.run == id) {
            all.results.insert(account, trouble.map_or(Ok(()), Err));
        }
    }

    pub(in crate::app) fn has_acceptances(&self) -> Result<(), DisabledReason> {
        self.acceptances.as_ref().map(|_| ()).ok_or(DisabledReason::NothingAccepted)
    }

    pub(in crate::app) fn kind_of_results(&self, id: RunId) -> RunKind {
        let accepted = self.acceptances.as_ref().is_some_and(|all| all.run == id);
        if accepted { RunKind::AcceptEmailChanges } else { RunKind::Deletion }
    }

    /// Accepts exactly what the dialog showed. This is the only place that does.
    pub(in crate::app) fn accept_confirmed(&mut self, dialog: &MailsDialog) -> Step {
        // Time has passed since it was shown.
        if self.sort(&dialog.mails).0 != dialog.matches {
            self.out.notify(Notification::MailsChanged);
            return Step::Stay(None);
        }
        if self.in_progress.is_some() {
            return Step::Stay(Some(Next::Refuse(CommandId::ReadMails, DisabledReason::RunInProgress)));
        }
        let items = dialog.matches.clone();
        let accepted = items.iter().map(|item| (item.account.id, item.new.clone())).collect();
        let run = Run::AcceptEmailChanges { items, reason: dialog.form.given_reason() };
        let run = self.start_run(run, RunKind::AcceptEmailChanges);
        self.acceptances = Some(Acceptances { run, items: accepted, results: BTreeMap::new(), ended: false });
        Step::Done(Some(Next::Results(run)))
    }

    pub(in crate::app) fn waiting_for_codes(&self) -> Vec<AccountId> {
        let waits = |id: &AccountId| self.can_enter_otp_of(*id).is_ok();
        self.emails.iter().map(|(id, _)| id).filter(waits).collect()
    }

    pub(in crate::app) fn sort(&self, mails: &[CodeMail]) -> (Vec<Acceptance>, Vec<LeftMail>) {
        let problem = |item: &Acceptance| match self.refusal_of(&item.change()) {
            Some(refusal) => Some(MailProblem::Refused(refusal)),
            None => self.is_free(item.account.id).err().map(|_| MailProblem::InProgress),
        };
        let account = |id| self.accounts.get(id);
        MailGround { emails: &self.emails, now: self.now, account: &account, problem: &problem }.sort(mails)
    }
}
