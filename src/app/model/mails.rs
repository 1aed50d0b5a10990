use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialog::{Next, Step};
use crate::app::dialogs::mails::{LeftMail, MailProblem, MailsDialog};
use crate::app::ids::RunId;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::acceptances::Acceptances;
use crate::app::state::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::emails::ChangeState;
use crate::domain::mails::{CodeMail, newest};
use crate::domain::run::{Acceptance, Run};
use crate::domain::write::WriteOutcome;

/// Whose change a mail is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Nobody,
    One(AccountId),
    Several,
}

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
        let (mut found, mut left): (Vec<(Acceptance, Timestamp)>, Vec<LeftMail>) = (Vec::new(), Vec::new());
        let mut groups: Vec<(Target, Vec<&CodeMail>)> = Vec::new();
        for mail in mails {
            let target = self.target_of(mail);
            let same = groups.iter_mut().find(|(other, group)| {
                *other == target && group.iter().any(|one| one.address.eq_ignore_ascii_case(&mail.address))
            });
            match same {
                Some((_, group)) => group.push(mail),
                None => groups.push((target, vec![mail])),
            }
        }
        for (target, group) in groups {
            let Some(first) = group.first() else { continue };
            let account = if let Target::One(account) = target { Some(account) } else { first.account };
            let leave = |why| LeftMail { address: first.address.clone(), account, why };
            match newest(&group) {
                None => left.push(leave(MailProblem::SeveralCodes)),
                Some(mail) => match self.match_mail(target, mail) {
                    Ok(one) => {
                        found.push(one);
                        left.extend((group.len() > 1).then(|| leave(MailProblem::Older)));
                    }
                    Err(why) => left.push(leave(why)),
                },
            }
        }
        // AWS has one change per account: the one started last.
        let (kept, superseded): (Vec<_>, Vec<_>) = found.iter().cloned().partition(|(item, at)| {
            !found.iter().any(|(other, later)| other.account.id == item.account.id && later > at)
        });
        left.extend(superseded.into_iter().map(|(item, _)| LeftMail {
            address: item.new.to_string(),
            account: Some(item.account.id),
            why: MailProblem::Superseded,
        }));
        (kept.into_iter().map(|(item, _)| item).collect(), left)
    }

    fn target_of(&self, mail: &CodeMail) -> Target {
        let all = |open: bool| -> Vec<AccountId> {
            let changes = self.emails.iter().filter(|(_, facts)| {
                if open {
                    facts.open_to(&mail.address).is_some()
                } else {
                    facts.started.as_ref().is_some_and(|started| started.new.same_mailbox(&mail.address))
                }
            });
            changes.map(|(id, _)| id).collect()
        };
        let open = all(true);
        let known = if open.is_empty() { all(false) } else { open };
        match (mail.account, known.as_slice()) {
            (Some(named), known) if known.contains(&named) => Target::One(named),
            (Some(_), _) | (None, []) => Target::Nobody,
            (None, [one]) => Target::One(*one),
            (None, _) => Target::Several,
        }
    }

    /// The acceptance with the code of this mail, and when its change was started.
    fn match_mail(&self, target: Target, mail: &CodeMail) -> Result<(Acceptance, Timestamp), MailProblem> {
        let id = match target {
            Target::Several => return Err(MailProblem::SeveralAccounts),
            Target::One(id) => id,
            Target::Nobody => {
                let elsewhere = mail.account.map(|account| self.emails.state(account, self.now));
                let elsewhere = elsewhere == Some(ChangeState::AddressUnknown);
                return Err(if elsewhere { MailProblem::StartedElsewhere } else { MailProblem::NoChange });
            }
        };
        let facts = self.emails.get(id).ok_or(MailProblem::NoChange)?;
        let change = facts.open_to(&mail.address).ok_or(MailProblem::Over)?;
        match facts.state(self.now) {
            ChangeState::Accepted => return Err(MailProblem::Accepted),
            ChangeState::Completed | ChangeState::Failed | ChangeState::Quiet => {
                return Err(MailProblem::Over);
            }
            _ if change.is_expired(self.now) => return Err(MailProblem::Expired),
            _ => {}
        }
        let account = self.accounts.get(id).ok_or(MailProblem::NotListed)?.clone();
        let item = Acceptance { account, new: change.new.clone(), otp: mail.otp.clone() };
        if let Some(refusal) = self.refusal_of(&item.change()) {
            return Err(MailProblem::Refused(refusal));
        }
        self.is_free(id).map_err(|_| MailProblem::InProgress)?;
        Ok((item, change.started))
    }
}
