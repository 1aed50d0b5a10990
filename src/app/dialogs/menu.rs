//! A short list to choose from, and what each choice leads to.

use std::fmt::Debug;

use crate::app::command_id::DisabledReason;
use crate::app::dialog::{Dialog, Next};
use crate::app::list::{List, Scrolled};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::choices::{
    AskScope, AuditScope, ContactChoice, ExportChoice, LinkChoice, PlanChoice, RootChoice, RootMenu, TextKind,
};
use crate::app::state::columns::Column;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::profile::{Browser, SignIn};
use crate::domain::root_credentials::AuditDepth;

/// A choice of a menu.
pub(crate) trait Choice: Clone + Debug + PartialEq {
    /// What tells apart menus with such choices.
    type Kind: Clone + Debug + PartialEq;

    /// Whether that only looks, or asks before anything else: a click may take it.
    const LOOKS: bool = false;

    /// What it leads to. The menu is on top.
    fn next(self) -> Next;

    /// What of it is worth copying.
    fn text(&self) -> Option<String> {
        None
    }

    /// Whether it is still there to be taken.
    fn stays(&self, _model: &Model) -> bool {
        true
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Menu<C: Choice> {
    pub kind: C::Kind,
    pub items: Vec<C>,
    pub list: List<usize>,
}

impl<C: Choice<Kind = ()>> Menu<C> {
    pub(crate) fn of(items: Vec<C>) -> Self {
        Self::new((), items)
    }
}

impl<C: Choice> Menu<C> {
    /// One of several with such choices.
    pub(crate) fn new(kind: C::Kind, items: Vec<C>) -> Self {
        let mut list = List::default();
        list.set_page(items.len().max(1));
        list.set_rows((0..items.len()).collect());
        Self { kind, items, list }
    }

    pub(crate) fn chosen(&self) -> Option<&C> {
        self.items.get(self.list.index())
    }
}

impl<C: Choice> Dialog for Menu<C> {
    fn can_choose(&self, _model: &Model) -> Result<(), DisabledReason> {
        Ok(())
    }

    fn click_chooses(&self) -> bool {
        C::LOOKS
    }

    fn choose(&mut self, _model: &Model) -> Option<Next> {
        self.chosen().cloned().map(C::next)
    }

    fn refresh(&mut self, model: &Model) -> bool {
        if !self.items.iter().all(|choice| choice.stays(model)) {
            let before = self.chosen().cloned();
            self.items.retain(|choice| choice.stays(model));
            self.list.set_rows((0..self.items.len()).collect());
            if let Some(index) = self.items.iter().position(|item| Some(item) == before.as_ref()) {
                self.list.select(index);
            }
        }
        !self.items.is_empty()
    }

    fn list_mut(&mut self) -> Option<&mut dyn Scrolled> {
        Some(&mut self.list)
    }

    fn text(&self, _model: &Model) -> Option<(Notification, String)> {
        let text = self.chosen()?.text()?;
        Some((Notification::Copied(text.clone()), text))
    }
}

/// Whether these choices only look, and what they lead to, one line each.
macro_rules! choices {
    ($($choice:ty: $looks:literal => $next:expr,)*) => {
        $(impl Choice for $choice {
            type Kind = ();

            const LOOKS: bool = $looks;

            fn next(self) -> Next {
                $next(self)
            }
        })*
    };
}

choices! {
    Switch: true => Next::Toggle,
    (TextKind, String): true => |(_, text)| Next::Copy(text),
    (AuditDepth, AuditScope): false => |(depth, scope)| Next::Audit(depth, scope),
    AskScope: false => Next::Ask,
    ExportChoice: true => Next::Export,
    Column: true => Next::SortBy,
    PlanChoice: true => Next::Plan,
    (SignIn, Browser): false => |(sign_in, browser)| Next::SignIn(sign_in, browser),
}

impl Choice for LinkChoice {
    type Kind = ();

    const LOOKS: bool = true;

    fn next(self) -> Next {
        Next::Link(self)
    }

    fn text(&self) -> Option<String> {
        Some(self.0.url.clone())
    }
}

impl Choice for ContactChoice {
    /// Whose they are.
    type Kind = AccountId;

    const LOOKS: bool = true;

    fn next(self) -> Next {
        Next::EditAccount(self.0, self.1)
    }
}

impl Choice for RootChoice {
    type Kind = RootMenu;

    fn next(self) -> Next {
        Next::Root(self)
    }

    /// Root sessions end.
    fn stays(&self, model: &Model) -> bool {
        !matches!(self, Self::Session(key) if model.sessions.get(*key).is_none())
    }
}
