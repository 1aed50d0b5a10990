//! Sets an alternate contact of an account, or its name.

use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::field::TextField;
use crate::app::focus::{Focus, Phase, cycle};
use crate::app::form::Form;
use crate::app::model::Model;
use crate::app::state::choices::EditTarget;
use crate::domain::account::AccountId;
use crate::domain::account_change::AccountChange;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{Change, Danger};
use crate::domain::contact_edit::{ContactEdit, Wanted, Wish, WishProblem};
use crate::domain::contacts::{AlternateContact, Contact, Contacts};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::write::{WriteOutcome, WriteRequest};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EditAccount {
    pub account: AccountId,
    pub target: EditTarget,
    /// Name, title, email and phone of a contact; or the name of the account.
    pub fields: Vec<TextField>,
    pub form: Form,
}

impl EditAccount {
    pub(crate) fn new(account: AccountId, target: EditTarget, model: &Model) -> Self {
        let texts = match target {
            EditTarget::Name => {
                vec![model.accounts.get(account).map(|account| account.name.clone()).unwrap_or_default()]
            }
            EditTarget::Contact(kind) => {
                let known = model.contacts.of(account).and_then(|known| known.value());
                let present = known.and_then(|contacts| contacts.alternate(kind).present()).cloned();
                let empty = || AlternateContact {
                    name: String::new(),
                    title: String::new(),
                    email: String::new(),
                    phone: String::new(),
                };
                let AlternateContact { name, title, email, phone } = present.unwrap_or_else(empty);
                vec![name, title, email, phone]
            }
        };
        let fields = texts.iter().map(|text| TextField::with(text)).collect();
        Self { account, target, fields, form: Form::new(Focus::Item(0)) }
    }

    /// The same with texts that could be set: what its longest form looks like.
    pub(crate) fn filled(&self) -> Self {
        let texts: &[&str] = match self.target {
            EditTarget::Name => &["a name"],
            EditTarget::Contact(_) => &["a name", "a title", "a.long.address@of.a.company.example", "+1 206 555 0100"],
        };
        Self { fields: texts.iter().map(|text| TextField::with(text)).collect(), ..self.clone() }
    }

    /// Whether nothing is typed.
    pub(crate) fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.text().trim().is_empty())
    }

    fn wanted(&self) -> Wanted {
        let mut texts = self.fields.iter().map(|field| Some(field.text().to_owned()));
        let mut next = || texts.next().flatten();
        match self.target {
            EditTarget::Name => Wanted::Name(next().unwrap_or_default()),
            EditTarget::Contact(kind) => {
                let edit = ContactEdit { name: next(), title: next(), email: next(), phone: next() };
                Wanted::Contact(kind, edit)
            }
        }
    }

    /// What it comes to; an error says what is wrong with the first text that AWS would not take.
    pub(crate) fn wish(&self, model: &Model) -> Option<Result<Wish, WishProblem>> {
        let account = model.accounts.get(self.account)?;
        let nothing = Contacts::default();
        let contacts = model.contacts.of(self.account).and_then(|known| known.value()).unwrap_or(&nothing);
        Some(self.wanted().wish(account, contacts))
    }

    /// The change that can be sent now.
    pub(crate) fn ready(&self, model: &Model) -> Option<Change> {
        match self.wish(model)? {
            Ok(Wish::Change(change)) if !self.form.waits() => Some(model.account_change(self.account, change)),
            _ => None,
        }
    }

    /// Whether there is a contact that can be deleted.
    pub(crate) fn can_delete(&self, model: &Model) -> bool {
        let EditTarget::Contact(kind) = self.target else { return false };
        let known = model.contacts.of(self.account).and_then(|known| known.value());
        known.is_some_and(|contacts| matches!(contacts.alternate(kind), Contact::Present(_)))
    }

    pub(crate) fn focuses_of(&self, model: &Model) -> Vec<Focus> {
        if self.form.waits() {
            return vec![Focus::Cancel];
        }
        let fields = (0..self.fields.len()).map(Focus::Item);
        let delete = self.can_delete(model).then_some(Focus::Other);
        fields.chain([Focus::Cancel]).chain(delete).chain([Focus::Act]).collect()
    }
}

impl Dialog for EditAccount {
    form!();

    fn field_mut(&mut self) -> Option<&mut TextField> {
        match self.form.focus {
            Focus::Item(place) => self.fields.get_mut(place),
            _ => None,
        }
    }

    fn is_typing(&self) -> bool {
        matches!(self.form.focus, Focus::Item(_)) && !self.form.waits()
    }

    fn focuses(&self) -> Vec<Focus> {
        (0..self.fields.len()).map(Focus::Item).chain([Focus::Cancel, Focus::Act]).collect()
    }

    fn move_focus(&mut self, step: isize, model: &Model) {
        self.form.focus = cycle(&self.focuses_of(model), self.form.focus, step);
    }

    fn accounts(&self) -> Vec<AccountId> {
        vec![self.account]
    }

    fn confirms(&self) -> Option<Danger> {
        Some(Danger::Mild)
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.form.focus {
            Focus::Cancel => return Step::Close,
            Focus::Item(_) if self.ready(model).is_some() => self.form.focus = Focus::Act,
            // To the next text, the first one after the last.
            Focus::Item(place) => {
                self.form.focus = Focus::Item(if place + 1 < self.fields.len() { place + 1 } else { 0 });
            }
            Focus::Other => {
                if let EditTarget::Contact(kind) = self.target {
                    let known = model.contacts.of(self.account).and_then(|known| known.value());
                    let present = known.and_then(|contacts| contacts.alternate(kind).present());
                    let change = AccountChange::DeleteContact(kind, present.cloned().map(Box::new));
                    return Step::Done(Some(Next::Confirm(model.account_change(self.account, change))));
                }
            }
            Focus::Act => {
                if let Some(change) = self.ready(model) {
                    let request = WriteRequest::new(change, None, self.form.given_reason());
                    self.form.sent(Phase::Sending(model.send(request)));
                }
            }
            Focus::Field | Focus::Answer => {}
        }
        Step::Stay(None)
    }

    fn answered(&mut self, _change: &Change, trouble: Option<&WriteOutcome>, _: Option<EmailChangeStatus>) -> Step {
        let Some(trouble) = trouble else { return Step::Done(None) };
        self.form.ended(trouble.clone(), Focus::Item(0));
        Step::Stay(None)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands_of(&self.ready(model)?))
    }
}
