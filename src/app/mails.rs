//! The codes of mails that were pasted or read from a file, matched to the open changes by address.
//! Nothing is sent before that was shown and confirmed.

use crate::app::model::Model;
use jiff::Timestamp;

use super::acceptances::Acceptances;
use super::command::{CommandId, DisabledReason};
use super::confirm::Focus;
use super::dialog::{Dialog, Next, Step};
use super::email_change::PasteResult;
use super::field::TextField;
use super::layers::Layer;
use super::list::Motion;
use super::notification::Notification;
use super::preview::Reading;
use super::runs::RunKind;
use super::{App, View};
use crate::domain::account::AccountId;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::email::EmailAddress;
use crate::domain::emails::ChangeState;
use crate::domain::mails::{CodeMail, newest};
use crate::domain::otp::{Otp, Pasted, find_in_paste};
use crate::domain::otp_choice::{CodeFound, code_for};
use crate::domain::permit::Refusal;
use crate::domain::run::{Acceptance, Run};

/// The dialog's data. What is matched follows what is known, as long as it is open.
#[derive(Clone, Debug, PartialEq)]
pub struct MailsDialog {
    mails: Vec<CodeMail>,
    /// What would be accepted.
    pub matches: Vec<Acceptance>,
    /// The mails that are left alone.
    pub left: Vec<LeftMail>,
    /// What has to be typed, for several accounts.
    pub typed: TextField,
    /// Where the focus is.
    pub focus: Focus,
    /// How far what would be accepted was read.
    pub reading: Reading,
}

/// A mail whose code is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftMail {
    /// The address it was sent to verify.
    pub address: String,
    /// The account it is about, where that is known.
    pub account: Option<AccountId>,
    /// Why not.
    pub why: MailProblem,
}

/// Why the code of a mail is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailProblem {
    /// No change to this address is known here.
    NoChange,
    /// No change to this address is known here, and one of the account it names was started elsewhere.
    StartedElsewhere,
    /// Several accounts have an open change to this address, and the mail names none of them.
    SeveralAccounts,
    /// Several mails to this address hold different codes, and which is the newest can't be told.
    SeveralCodes,
    /// A newer mail to this address was found.
    Older,
    /// A later change of the account, to another address, has a mail as well.
    Superseded,
    /// Its 24 hours are over.
    Expired,
    /// The change was accepted already.
    Accepted,
    /// The change is over.
    Over,
    /// The account is not in the listing.
    NotListed,
    /// A write about the account is under way.
    UnderWay,
    /// The change may not be accepted now.
    Refused(Refusal),
}

impl MailsDialog {
    fn new(mails: Vec<CodeMail>) -> Self {
        let (matches, left) = (Vec::new(), Vec::new());
        Self { mails, matches, left, typed: TextField::default(), focus: Focus::Cancel, reading: Reading::default() }
    }

    /// Takes what the mails match now. Whatever was confirmed of something else counts no more.
    fn show(&mut self, (matches, left): (Vec<Acceptance>, Vec<LeftMail>)) {
        if self.matches != matches {
            // Whoever presses the button of what was there before must not press that of the rest.
            let first = if self.matches.is_empty() { Focus::Act } else { Focus::Cancel };
            self.matches = matches;
            self.typed.clear();
            self.reading.is_done = false;
            self.focus = match self.matches.len() {
                0 => Focus::Cancel,
                1 => first,
                _ => Focus::Field,
            };
        }
        self.left = left;
    }

    /// What has to be typed: for several accounts their number.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        (self.matches.len() > 1).then(|| self.matches.len().to_string())
    }

    /// Whether its button does something.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.matches.is_empty()
            && self.reading.is_done
            && self.token().is_none_or(|token| self.typed.text().trim() == token)
    }

    /// The fields and buttons, in order.
    #[must_use]
    pub fn focuses(&self) -> Vec<Focus> {
        match self.matches.len() {
            0 => vec![Focus::Cancel],
            1 => vec![Focus::Cancel, Focus::Act],
            _ => vec![Focus::Field, Focus::Cancel, Focus::Act],
        }
    }

    /// The same as command lines. The codes are not in them.
    #[must_use]
    pub fn aws_commands(&self, caller: &CallerOptions) -> Vec<AwsCommand> {
        self.matches.iter().map(|item| item.change().command(caller)).collect()
    }
}

impl Dialog for Box<MailsDialog> {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        self.is_typing().then_some(&mut self.typed)
    }

    fn stops(&self) -> Vec<Focus> {
        self.focuses()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        (!self.matches.is_empty()).then(|| model.commands(|caller| self.aws_commands(caller)))
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field && self.reading.is_done
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.focus {
            Focus::Cancel => return Step::Close,
            Focus::Field if self.is_ready() => self.focus = Focus::Act,
            Focus::Act if self.is_ready() => return model.accept_confirmed(self),
            Focus::Field | Focus::Act => model.ask_to_type(self.token()),
            Focus::Answer | Focus::Other => {}
        }
        Step::Stay(None)
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.reading.go(motion, rows, lines);
    }

    fn reading(&self) -> Option<&Reading> {
        Some(&self.reading)
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        Some(&mut self.reading)
    }

    fn focus_confirms(&self) -> bool {
        self.focus != Focus::Cancel
    }

    fn counts_down(&self) -> bool {
        !self.matches.is_empty()
    }
}

/// Whose change a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Nobody,
    One(AccountId),
    Several,
}

impl Model {
    /// Accepts exactly what the dialog showed. This is the only place that does.
    fn accept_confirmed(&mut self, dialog: &MailsDialog) -> Step {
        // Time has passed since it was shown.
        if self.sort(&dialog.mails).0 != dialog.matches {
            self.out.notify(Notification::MailsChanged);
            return Step::Stay(None);
        }
        if self.under_way.is_some() {
            return Step::Stay(Some(Next::Refuse(CommandId::ReadMails, DisabledReason::RunUnderWay)));
        }
        let items = dialog.matches.clone();
        let accepted = items.iter().map(|item| (item.account.id, item.new.clone())).collect();
        let run = Run::AcceptEmailChanges { items, reason: None };
        let id = self.start_run(run, RunKind::AcceptEmailChanges);
        self.acceptances = Some(Acceptances::new(id, accepted));
        Step::Done(Some(Next::Results(id)))
    }

    /// The accounts whose change waits for its one-time password.
    fn waiting_for_codes(&self) -> Vec<AccountId> {
        let waits = |id: &AccountId| self.can_enter_otp_of(*id).is_ok();
        self.emails.iter().map(|(id, _)| id).filter(waits).collect()
    }

    /// What can be accepted with the codes of these mails, and which mails are left alone.
    fn sort(&self, mails: &[CodeMail]) -> (Vec<Acceptance>, Vec<LeftMail>) {
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
            let leave = |why| LeftMail { address: first.address.clone(), account: account_of(target, first), why };
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
        // AWS has one change for each account: that of the later start.
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
            (Some(named), known) => {
                if known.contains(&named) {
                    Target::One(named)
                } else {
                    Target::Nobody
                }
            }
            (None, []) => Target::Nobody,
            (None, [one]) => Target::One(*one),
            (None, _) => Target::Several,
        }
    }

    /// What accepting the code of this mail would be, and when its change was started.
    fn match_mail(&self, target: Target, mail: &CodeMail) -> Result<(Acceptance, Timestamp), MailProblem> {
        let id = match target {
            Target::Several => return Err(MailProblem::SeveralAccounts),
            Target::One(id) => id,
            Target::Nobody => {
                let elsewhere = mail.account.map(|account| self.emails.org_role(account, self.now));
                let elsewhere = elsewhere == Some(ChangeState::AddressUnknown);
                return Err(if elsewhere { MailProblem::StartedElsewhere } else { MailProblem::NoChange });
            }
        };
        let facts = self.emails.get(id).ok_or(MailProblem::NoChange)?;
        let change = facts.open_to(&mail.address).ok_or(MailProblem::Over)?;
        match facts.org_role(self.now) {
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
        self.is_free(id).map_err(|_| MailProblem::UnderWay)?;
        Ok((item, change.started))
    }
}

impl App {
    /// Takes mails that were pasted, where they have a meaning.
    pub(super) fn apply_mails(&mut self, mails: Vec<CodeMail>) {
        match self.layers.last_mut() {
            None if self.view == View::EmailChanges => {
                self.keep_filter();
                self.show_mails(mails);
            }
            Some(Layer::Mails(dialog)) => {
                let new = mails.into_iter().filter(|mail| !dialog.mails.contains(mail)).collect::<Vec<_>>();
                dialog.mails.extend(new.clone());
                self.model.journal_refused_mails(&self.model.sort(&new).1);
            }
            // The mail of a change that was started elsewhere names its address.
            Some(Layer::StartEmail(dialog)) if dialog.takes_address_of_mail() => {
                let first = mails.first().map(|mail| mail.address.clone()).unwrap_or_default();
                if mails.iter().all(|mail| mail.address.eq_ignore_ascii_case(&first)) {
                    dialog.field = TextField::with(&first);
                }
            }
            _ => self.model.out.notify(Notification::MailsElsewhere),
        }
    }

    /// Takes a paste into view 2 that holds no mail: a code alone, or nothing.
    pub(super) fn paste_code(&mut self, text: &str) {
        if let Pasted::Code { otp, address: None } = find_in_paste(text) {
            self.apply_bare_code(&otp);
            return;
        }
        let mut found: Vec<(AccountId, EmailAddress, Otp)> = Vec::new();
        let mut notification = Notification::NoMails;
        for account in self.model.waiting_for_codes() {
            let Some(facts) = self.model.emails.get(account) else { continue };
            match code_for(text, account, &facts.open_addresses()) {
                CodeFound::For(address, otp) => found.push((account, address.clone(), otp)),
                CodeFound::Several(_) => notification = Notification::SeveralCodes,
                CodeFound::Unrelated if notification == Notification::NoMails => {
                    notification = Notification::UnrelatedCode;
                }
                _ => {}
            }
        }
        match found.as_slice() {
            [(account, address, otp)] => self.enter_code(*account, Some(address), otp),
            _ => self.model.out.notify(notification),
        }
    }

    /// Opens the dialog that shows what mails are matched to.
    pub(super) fn show_mails(&mut self, mails: Vec<CodeMail>) {
        self.model.journal_refused_mails(&self.model.sort(&mails).1);
        self.layers.push(Layer::Mails(Box::new(MailsDialog::new(mails))));
        self.recompute_mails();
    }

    /// A code without its mail is that of the selected change, or of the only one.
    fn apply_bare_code(&mut self, otp: &Otp) {
        let waiting = self.model.waiting_for_codes();
        let only = if let [only] = waiting.as_slice() { Some(*only) } else { None };
        let account = self.selected_id().filter(|id| waiting.contains(id)).or(only);
        let Some(account) = account else {
            self.model.out.notify(Notification::BareCode);
            return;
        };
        self.enter_code(account, None, otp);
    }

    /// Opens the dialog of a change with its code, to be confirmed there.
    fn enter_code(&mut self, account: AccountId, address: Option<&EmailAddress>, otp: &Otp) {
        self.details = Some(account);
        self.open_enter_otp(account);
        if let Some(Layer::EnterOtp(dialog)) = self.layers.last_mut() {
            if let Some(address) = address {
                dialog.new = address.clone();
            }
            dialog.field.set(otp);
            dialog.pasted = Some(PasteResult::Found);
        }
    }

    /// Brings what is matched up to date with what is known.
    pub(super) fn recompute_mails(&mut self) {
        let sorted = self.layers.iter().find_map(|layer| match layer {
            Layer::Mails(dialog) => Some(self.model.sort(&dialog.mails)),
            _ => None,
        });
        let Some(sorted) = sorted else { return };
        for layer in &mut self.layers {
            if let Layer::Mails(dialog) = layer {
                dialog.show(sorted);
                return;
            }
        }
    }
}

/// The account that a mail is about, or names.
fn account_of(target: Target, mail: &CodeMail) -> Option<AccountId> {
    match target {
        Target::One(account) => Some(account),
        Target::Nobody | Target::Several => mail.account,
    }
}
