//! The dialogs of view 2 that have fields and buttons of their own, as the keys see them.

use std::path::PathBuf;

use super::App;
use super::asked::ReadId;
use super::confirm::{Spot, cycle};
use super::effect::{Effect, TextFile, TextUse};
use super::field::TextField;
use super::layers::Layer;
use super::mails::MailsDialog;
use crate::domain::account::AccountId;
use crate::domain::fault::Fault;

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub enum EmailDialog {
    /// What this machine keeps of a change is to be forgotten.
    Forget(ForgetChange),
    /// Which file holds the mails.
    OpenFile(OpenFile),
    /// The codes of mails, matched to the open changes.
    Mails(Box<MailsDialog>),
}

/// The confirmation that the changes of an account are forgotten here.
#[derive(Clone, Debug, PartialEq)]
pub struct ForgetChange {
    /// The account.
    pub account: AccountId,
    /// Where the focus is.
    pub spot: Spot,
    /// Set while it is being forgotten.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<Fault>,
}

/// Which text file is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenFile {
    /// What for.
    pub purpose: TextUse,
    /// Where it is.
    pub path: TextField,
    /// Where the focus is.
    pub spot: Spot,
    /// Set while it is being read.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<Fault>,
}

impl OpenFile {
    /// The dialog, with the focus in the field.
    #[must_use]
    pub fn new(purpose: TextUse) -> Self {
        Self { purpose, path: TextField::default(), spot: Spot::Field, asked: None, trouble: None }
    }
}

impl EmailDialog {
    /// Where the focus is.
    #[must_use]
    pub fn spot(&self) -> Spot {
        match self {
            Self::Forget(dialog) => dialog.spot,
            Self::OpenFile(dialog) => dialog.spot,
            Self::Mails(dialog) => dialog.spot,
        }
    }

    /// Moves the focus.
    pub fn set_spot(&mut self, to: Spot) {
        match self {
            Self::Forget(dialog) => dialog.spot = to,
            Self::OpenFile(dialog) => dialog.spot = to,
            Self::Mails(dialog) => dialog.spot = to,
        }
    }

    /// The fields and buttons, in order.
    #[must_use]
    pub fn spots(&self) -> Vec<Spot> {
        match self {
            Self::Mails(dialog) => dialog.spots(),
            dialog if dialog.asked().is_some() => vec![Spot::Cancel],
            Self::Forget(_) => vec![Spot::Cancel, Spot::Act],
            Self::OpenFile(_) => vec![Spot::Field, Spot::Cancel, Spot::Act],
        }
    }

    /// The question that it awaits the answer of.
    #[must_use]
    pub fn asked(&self) -> Option<ReadId> {
        match self {
            Self::Forget(dialog) => dialog.asked,
            Self::OpenFile(dialog) => dialog.asked,
            Self::Mails(_) => None,
        }
    }

    /// The field, while it has the focus.
    pub fn field_mut(&mut self) -> Option<&mut TextField> {
        if !self.is_typing() {
            return None;
        }
        match self {
            Self::Forget(_) => None,
            Self::OpenFile(dialog) => Some(&mut dialog.path),
            Self::Mails(dialog) => Some(&mut dialog.typed),
        }
    }

    /// Whether letters are text now.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        let is_read = if let Self::Mails(dialog) = self { dialog.reading.is_done } else { true };
        self.spot() == Spot::Field && self.asked().is_none() && is_read
    }

    /// Moves the focus by `step` places.
    pub fn step(&mut self, step: isize) {
        self.set_spot(cycle(&self.spots(), self.spot(), step));
    }
}

impl App {
    /// What Enter does in these dialogs.
    pub(super) fn act_email_dialog(&mut self, dialog: EmailDialog) {
        match dialog {
            EmailDialog::Forget(dialog) => self.act_forget(&dialog),
            EmailDialog::OpenFile(dialog) => self.act_open_file(&dialog),
            EmailDialog::Mails(dialog) => self.act_mails(*dialog),
        }
    }

    fn act_open_file(&mut self, dialog: &OpenFile) {
        let path = dialog.path.text().trim().to_owned();
        match dialog.spot {
            Spot::Cancel => self.close(),
            Spot::Field if !path.is_empty() => self.set_email_spot(Spot::Act),
            Spot::Act if !path.is_empty() && dialog.asked.is_none() => {
                let id = self.out.read_id();
                if let Some(Layer::Email(EmailDialog::OpenFile(dialog))) = self.layers.last_mut() {
                    (dialog.asked, dialog.trouble, dialog.spot) = (Some(id), None, Spot::Cancel);
                }
                self.out.push(Effect::Text(id, Box::new(TextFile::Load(PathBuf::from(path), dialog.purpose))));
            }
            _ => {}
        }
    }

    pub(super) fn set_email_spot(&mut self, to: Spot) {
        if let Some(Layer::Email(dialog)) = self.layers.last_mut() {
            dialog.set_spot(to);
        }
    }

    /// The dialog that awaits the answer `id`, and its place among the layers.
    pub(super) fn email_dialog_awaiting(&mut self, id: ReadId) -> Option<(usize, &mut EmailDialog)> {
        self.layers.iter_mut().enumerate().find_map(|(place, layer)| match layer {
            Layer::Email(dialog) if dialog.asked() == Some(id) => Some((place, dialog)),
            _ => None,
        })
    }
}
