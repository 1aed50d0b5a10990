//! The first dialog of an email change: the new address.

use crate::app::dialog::{Dialog, Next, Reported, Step, form};
use crate::app::field::TextField;
use crate::app::focus::{Focus, Phase, cycle};
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{Change, Danger};
use crate::domain::email::{EmailAddress, Unusual};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::email_check::{AddressCheck, check_address};
use crate::domain::mails::CodeMail;
use crate::domain::write::{WriteOutcome, WriteRequest};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StartEmail {
    pub account: AccountId,
    pub old: String,
    pub field: TextField,
    /// The new domain, once the person has confirmed that they own it.
    pub confirmed_domain: Option<String>,
    /// The address that the person wants to use although AWS documents it as invalid.
    pub insisted: Option<EmailAddress>,
    pub form: Form,
    /// The status of the account's change after an attempt with an unknown outcome.
    pub seen: Option<EmailChangeStatus>,
    pub purpose: Purpose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Start,
    /// The one-time password is to be sent to it again.
    Again,
    /// It is that of a change which was started elsewhere.
    Adopt,
}

impl StartEmail {
    pub(crate) fn new(account: AccountId, old: &str) -> Self {
        Self {
            account,
            old: old.to_owned(),
            field: TextField::default(),
            confirmed_domain: None,
            insisted: None,
            form: Form::new(Focus::Field),
            seen: None,
            purpose: Purpose::Start,
        }
    }

    pub(crate) fn check(&self, model: &Model) -> AddressCheck {
        check_address(self.field.text(), self.account, &self.old, model.accounts.listed(), &model.start.rules)
    }

    /// The address that may be sent now, given what the check says.
    pub(crate) fn ready(&self, check: &AddressCheck) -> Option<EmailAddress> {
        match check {
            _ if self.form.waits() => None,
            AddressCheck::NewDomain(address, _) if !self.has_confirmed(address) => None,
            _ if self.unusual(check).is_some() && !self.insists(check) => None,
            _ => check.address().cloned(),
        }
    }

    /// Why AWS documents the address as invalid, unless a code was already sent to it.
    pub(crate) fn unusual(&self, check: &AddressCheck) -> Option<Unusual> {
        check.address().filter(|_| self.purpose == Purpose::Start).and_then(EmailAddress::unusual)
    }

    pub(crate) fn insists(&self, check: &AddressCheck) -> bool {
        self.insisted.is_some() && self.insisted.as_ref() == check.address()
    }

    pub(crate) fn has_confirmed(&self, address: &EmailAddress) -> bool {
        self.confirmed_domain.as_deref() == Some(address.domain().as_str())
    }

    pub(crate) fn focuses_of(&self, check: &AddressCheck) -> Vec<Focus> {
        if self.form.waits() {
            return vec![Focus::Cancel];
        }
        let domain = matches!(check, AddressCheck::NewDomain(..)).then_some(Focus::Answer);
        let unusual = self.unusual(check).map(|_| Focus::Other);
        [Focus::Field].into_iter().chain(domain).chain(unusual).chain([Focus::Cancel, Focus::Act]).collect()
    }

    pub(crate) fn change(&self, new: EmailAddress) -> Change {
        Change::StartEmailChange { account: self.account, old: self.old.clone(), new }
    }

    /// The first question that has no answer.
    fn first_question(&self, check: &AddressCheck) -> Option<Focus> {
        match check {
            AddressCheck::NewDomain(address, _) if !self.has_confirmed(address) => Some(Focus::Answer),
            _ => self.unusual(check).filter(|_| !self.insists(check)).map(|_| Focus::Other),
        }
    }

    /// The person says that the new domain is theirs, or takes that back.
    fn confirm_domain(&mut self, check: &AddressCheck) {
        if let AddressCheck::NewDomain(address, _) = check {
            self.confirmed_domain = if self.has_confirmed(address) { None } else { Some(address.domain()) };
        }
    }

    /// The person wants to use the address although AWS documents it as invalid, or takes that back.
    fn insist(&mut self, check: &AddressCheck) {
        self.insisted = if self.insists(check) { None } else { check.address().cloned() };
    }
}

impl Dialog for StartEmail {
    form!(field);

    /// A question can go while it has the focus: an account that uses the new domain has been listed.
    fn refresh(&mut self, model: &Model) -> bool {
        let focus = self.form.focus;
        let asked = matches!(focus, Focus::Answer | Focus::Other);
        if asked && !self.focuses_of(&self.check(model)).contains(&focus) {
            self.form.focus = Focus::Field;
        }
        true
    }

    fn answer(&mut self, model: &Model) -> bool {
        let check = self.check(model);
        match self.form.focus {
            Focus::Answer => self.confirm_domain(&check),
            Focus::Other => self.insist(&check),
            _ => return false,
        }
        true
    }

    /// The mail of a change that was started elsewhere names its address.
    fn take_mails(&mut self, _text: &str, mails: &[CodeMail], _model: &mut Model) -> bool {
        let takes = self.purpose == Purpose::Adopt && self.form.is_in_field();
        if let Some(CodeMail { address, .. }) = mails.first().filter(|_| takes)
            && mails.iter().all(|mail| mail.address.eq_ignore_ascii_case(address))
        {
            self.field = TextField::with(address);
        }
        takes
    }

    fn accounts(&self) -> Vec<AccountId> {
        vec![self.account]
    }

    fn confirms(&self) -> Option<Danger> {
        (self.purpose != Purpose::Adopt).then_some(Danger::Mild)
    }

    fn move_focus(&mut self, step: isize, model: &Model) {
        self.form.focus = cycle(&self.focuses_of(&self.check(model)), self.form.focus, step);
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let check = self.check(model);
        match (self.form.focus, self.ready(&check)) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field | Focus::Answer | Focus::Other, Some(_)) => self.form.focus = Focus::Act,
            // Enter alone must not carry anyone through a question: space answers it.
            (Focus::Field | Focus::Answer | Focus::Other | Focus::Act, None) if !self.form.waits() => {
                let question = self.first_question(&check);
                self.form.focus = question.unwrap_or(Focus::Field);
                model.say_missing(if question.is_some() { Missing::Check } else { Missing::Address });
            }
            (Focus::Act, Some(new)) if self.purpose == Purpose::Adopt => return model.adopt(self, new),
            (Focus::Act, Some(new)) => {
                let request = WriteRequest::new(self.change(new), None, self.form.given_reason());
                let resend = self.purpose == Purpose::Again;
                self.form.sent(Phase::Sending(model.send(WriteRequest { resend, ..request })));
                self.seen = None;
            }
            (Focus::Field | Focus::Answer | Focus::Other | Focus::Act | Focus::Item(_), _) => {}
        }
        Step::Stay(None)
    }

    fn answered(&mut self, change: &Change, trouble: Option<&WriteOutcome>, seen: Option<EmailChangeStatus>) -> Step {
        let Some(trouble) = trouble else {
            let Change::StartEmailChange { account, old, new } = change else { return Step::Stay(None) };
            return Step::Done(Some(Next::EnterCode(*account, old.clone(), new.clone())));
        };
        self.form.ended(trouble.clone(), Focus::Field);
        self.seen = seen;
        Step::Stay(None)
    }

    /// An address that was typed comes back.
    fn closed(&mut self, model: &mut Model) -> Option<Reported> {
        if self.purpose == Purpose::Start {
            model.drafts.insert(self.account, self.field.clone());
        }
        None
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        let check = self.check(model);
        let new = self.ready(&check).filter(|_| self.purpose != Purpose::Adopt)?;
        Some(model.commands_of(&self.change(new)))
    }
}
