//! The dialogs of the tasks that have fields and buttons, as the keys see them.

use super::App;
use super::asked::ReadId;
use super::confirm::{Spot, cycle};
use super::field::TextField;
use super::layers::Layer;
use super::notice::News;
use super::policies::{FindQueues, LoadPolicy, PolicyPage};
use super::sessions::{OpenSession, SessionView};

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub enum RootDialog {
    /// Where to look for queues.
    FindQueues(FindQueues),
    /// Which file holds the policy to put.
    LoadPolicy(LoadPolicy),
    /// A session that is to be opened.
    OpenSession(OpenSession),
    /// A session in hand.
    Session(SessionView),
}

impl From<FindQueues> for RootDialog {
    fn from(dialog: FindQueues) -> Self {
        Self::FindQueues(dialog)
    }
}

impl From<LoadPolicy> for RootDialog {
    fn from(dialog: LoadPolicy) -> Self {
        Self::LoadPolicy(dialog)
    }
}

impl From<OpenSession> for RootDialog {
    fn from(dialog: OpenSession) -> Self {
        Self::OpenSession(dialog)
    }
}

impl From<SessionView> for RootDialog {
    fn from(dialog: SessionView) -> Self {
        Self::Session(dialog)
    }
}

impl RootDialog {
    /// Where the focus is.
    #[must_use]
    pub fn spot(&self) -> Spot {
        match self {
            Self::FindQueues(dialog) => dialog.spot,
            Self::LoadPolicy(dialog) => dialog.spot,
            Self::OpenSession(dialog) => dialog.spot,
            Self::Session(dialog) => dialog.spot,
        }
    }

    /// Moves the focus.
    pub fn set_spot(&mut self, to: Spot) {
        match self {
            Self::FindQueues(dialog) => dialog.spot = to,
            Self::LoadPolicy(dialog) => dialog.spot = to,
            Self::OpenSession(dialog) => dialog.spot = to,
            Self::Session(dialog) => dialog.spot = to,
        }
    }

    /// The fields and buttons, in order.
    #[must_use]
    pub fn spots(&self) -> Vec<Spot> {
        match self {
            Self::FindQueues(_) => vec![Spot::Field, Spot::Cancel, Spot::Act],
            Self::LoadPolicy(dialog) => dialog.spots(),
            Self::OpenSession(dialog) => dialog.spots(),
            Self::Session(_) => SessionView::SPOTS.to_vec(),
        }
    }

    /// The question that it awaits the answer of.
    #[must_use]
    pub fn asked(&self) -> Option<ReadId> {
        match self {
            Self::OpenSession(dialog) => dialog.asked,
            Self::LoadPolicy(dialog) => dialog.asked,
            Self::FindQueues(_) | Self::Session(_) => None,
        }
    }

    /// The field, while it has the focus.
    pub fn field_mut(&mut self) -> Option<&mut TextField> {
        if self.spot() != Spot::Field || self.asked().is_some() {
            return None;
        }
        match self {
            Self::FindQueues(dialog) => Some(&mut dialog.field),
            Self::LoadPolicy(dialog) => Some(&mut dialog.path),
            Self::OpenSession(dialog) => Some(&mut dialog.seconds),
            Self::Session(_) => None,
        }
    }

    /// Whether letters are text now.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.spot() == Spot::Field && self.asked().is_none()
    }

    /// Moves the focus by `step` places.
    pub fn step(&mut self, step: isize) {
        self.set_spot(cycle(&self.spots(), self.spot(), step));
    }
}

impl App {
    /// What Enter does in these dialogs.
    pub(super) fn act_root(&mut self, dialog: &RootDialog) {
        match dialog {
            RootDialog::FindQueues(dialog) => self.act_find_queues(dialog),
            RootDialog::LoadPolicy(dialog) => self.act_load_policy(dialog),
            RootDialog::OpenSession(dialog) => self.act_open_session(dialog),
            RootDialog::Session(dialog) => self.act_session(*dialog),
        }
    }

    /// The policy that `y` copies from these pages, and how that is told.
    pub(super) fn policy_text(&self) -> Option<(News, String)> {
        match self.layers.last()? {
            Layer::Policies(PolicyPage::Policy(view)) => {
                Some((News::PolicyCopied(view.holder.clone()), view.text()?.clone()))
            }
            Layer::Policies(PolicyPage::File(file)) => {
                Some((News::PolicyCopied(file.holder.clone()), file.text.clone()))
            }
            _ => None,
        }
    }

    pub(super) fn set_root_spot(&mut self, to: Spot) {
        if let Some(Layer::Root(dialog)) = self.layers.last_mut() {
            dialog.set_spot(to);
        }
    }
}
