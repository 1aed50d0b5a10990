//! The second dialog of an email change: entering the one-time password.

use crate::app::dialog::{Dialog, Step, form};
use crate::app::field::OtpField;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::key::Key;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::domain::account::AccountId;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::{Change, Danger};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::emails::EmailFacts;
use crate::domain::mails::CodeMail;
use crate::domain::otp::{OTP_LENGTH, Otp};
use crate::domain::otp_choice::{CodeFound, code_for};
use crate::domain::write::{WriteOutcome, WriteRequest};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnterOtp {
    pub account: AccountId,
    pub old: String,
    /// The address that the password was sent to.
    pub new: EmailAddress,
    pub field: OtpField,
    pub revealed: bool,
    pub pasted: Option<PasteResult>,
    pub form: Form,
    /// Whether what is on its way is the sending of a new password.
    pub resending: bool,
    /// Whether a new password was sent from this dialog.
    pub resent: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PasteResult {
    Found,
    /// It held no code, or more than one.
    NoCode,
    /// It held several codes for this address, and nothing shows which is the newest.
    Several,
    /// It is the mail of another address: its code was not used.
    OtherAddress(String),
    /// It is the mail of another account: its code was not used.
    OtherAccount(AccountId),
    /// It does not say that its code is for this change: it was not used.
    Unrelated,
}

impl EnterOtp {
    pub(crate) fn new(account: AccountId, old: &str, new: EmailAddress) -> Self {
        Self {
            account,
            old: old.to_owned(),
            new,
            field: OtpField::default(),
            revealed: false,
            pasted: None,
            form: Form::new(Focus::Field),
            resending: false,
            resent: false,
        }
    }

    /// The code goes to the field; nothing is submitted. Among several mails, the one of this change is found
    /// by its address, or that of another `open` change of the account.
    pub(crate) fn on_paste(&mut self, text: &str, open: &[&EmailAddress]) {
        let new = self.new.clone();
        let others = open.iter().copied().filter(|address| **address != new);
        let addresses: Vec<&EmailAddress> = std::iter::once(&new).chain(others).collect();
        self.pasted = Some(match code_for(text, self.account, &addresses) {
            CodeFound::For(address, otp) => {
                self.new = address.clone();
                self.field.set(&otp);
                PasteResult::Found
            }
            CodeFound::Several(_) => PasteResult::Several,
            CodeFound::OtherAddress(address) => PasteResult::OtherAddress(address),
            CodeFound::OtherAccount(account) => PasteResult::OtherAccount(account),
            CodeFound::Unrelated => PasteResult::Unrelated,
            CodeFound::Nothing => PasteResult::NoCode,
        });
    }

    /// After an attempt that failed, the first letter or digit begins a new code.
    pub(crate) fn on_key(&mut self, key: Key) -> bool {
        if self.form.trouble.is_some() && self.field.len() == OTP_LENGTH && OtpField::letter(key).is_some() {
            self.field.clear();
        }
        let took = self.field.handle(key);
        if took {
            self.pasted = None;
        }
        took
    }

    /// A code that AWS did not accept is cleared, or it would be sent again.
    pub(crate) fn on_outcome(&mut self, trouble: Option<WriteOutcome>) {
        self.resent = trouble.is_none() && self.resending;
        if self.resent || !self.resending && trouble.as_ref().is_some_and(WriteOutcome::is_about_the_code) {
            self.field.clear();
        }
        self.form.ended(trouble, Focus::Field);
    }

    pub(crate) fn accept(&self) -> Option<Change> {
        let otp = self.field.otp().filter(|_| !self.form.waits())?;
        Some(self.acceptance(Some(otp)))
    }

    fn acceptance(&self, otp: Option<Otp>) -> Change {
        Change::AcceptEmailChange { account: self.account, new: self.new.clone(), otp }
    }

    /// Never contains the code.
    pub(crate) fn aws_command(&self, caller: &CallerOptions) -> AwsCommand {
        self.acceptance(None).command(caller)
    }

    pub(crate) fn resend(&self) -> Change {
        Change::StartEmailChange { account: self.account, old: self.old.clone(), new: self.new.clone() }
    }
}

impl Dialog for EnterOtp {
    form!();

    fn focuses(&self) -> Vec<Focus> {
        vec![Focus::Field, Focus::Cancel, Focus::Other, Focus::Act]
    }

    fn typed(&mut self, key: Key, _model: &Model) -> bool {
        self.is_typing() && self.on_key(key)
    }

    fn paste(&mut self, text: &str, model: &Model) {
        if !self.form.waits() {
            // The mail of a change before the newest one belongs to that change.
            let open = model.emails.get(self.account).map(EmailFacts::open_addresses).unwrap_or_default();
            self.on_paste(text, &open);
            self.form.focus = Focus::Field;
        }
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let change = match (self.form.focus, self.accept()) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, Some(_)) => {
                self.form.focus = Focus::Act;
                return Step::Stay(None);
            }
            (Focus::Act, Some(accept)) => accept,
            (Focus::Other, _) if !self.form.waits() => self.resend(),
            (Focus::Field | Focus::Act, None) if !self.form.waits() => {
                self.form.focus = Focus::Field;
                model.say_missing(Missing::Code);
                return Step::Stay(None);
            }
            _ => return Step::Stay(None),
        };
        self.resending = self.form.focus == Focus::Other;
        let request = WriteRequest::new(change, None, self.form.given_reason());
        let sent = model.send(WriteRequest { resend: self.resending, ..request });
        self.form.sent(Phase::Sending(sent));
        (self.resent, self.pasted) = (false, None);
        Step::Stay(None)
    }

    fn accounts(&self) -> Vec<AccountId> {
        vec![self.account]
    }

    fn confirms(&self) -> Option<Danger> {
        Some(Danger::Mild)
    }

    fn take_mails(&mut self, text: &str, _mails: &[CodeMail], model: &mut Model) -> bool {
        self.paste(text, model);
        true
    }

    fn can_reveal(&self) -> bool {
        true
    }

    fn reveals(&self) -> bool {
        self.revealed
    }

    fn reveal(&mut self) {
        self.revealed = !self.revealed;
    }

    fn answered(&mut self, _change: &Change, trouble: Option<&WriteOutcome>, _seen: Option<EmailChangeStatus>) -> Step {
        let accepted = trouble.is_none() && !self.resending;
        self.on_outcome(trouble.cloned());
        if accepted { Step::Done(None) } else { Step::Stay(None) }
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands(|caller| [self.aws_command(caller)]))
    }

    fn counts_down(&self) -> bool {
        true
    }
}
