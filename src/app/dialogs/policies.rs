//! The pages on the way to a policy: buckets or queues, the policy of one, what would replace it.

use std::path::PathBuf;

use crate::app::command_id::{DisabledReason, KeyContext};
use crate::app::dialog::{Dialog, Next, Step};
use crate::app::dialogs::holders::{Found, Holders};
use crate::app::dialogs::new_policy::NewPolicy;
use crate::app::draft::{Draft, InEditor};
use crate::app::effect::{Effect, Visit};
use crate::app::filter::TypedFilter;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::notification::Notification;
use crate::app::reading::Reading;
use crate::app::search::Search;
use crate::app::state::policies::PolicySource;
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::policy::pretty;
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::remote_data::{ReadId, RemoteData};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PolicyPage {
    Holders(Holders),
    Policy(PolicyView),
    New(NewPolicy),
}

impl Dialog for PolicyPage {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        match self {
            Self::Holders(holders) => holders.list.go(motion),
            Self::Policy(view) => view.reading.go(motion, rows, lines),
            Self::New(new) => new.reading.go(motion, rows, lines),
        }
    }

    fn fit(&mut self, geometry: Geometry) {
        match self {
            Self::Holders(holders) => holders.list.set_page(geometry.dialog_rows),
            Self::Policy(PolicyView { reading, search, .. }) | Self::New(NewPolicy { reading, search, .. }) => {
                search.follow(&mut reading.top, geometry);
            }
        }
    }

    fn search(&self) -> Option<&Search> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&view.search),
            Self::New(new) => Some(&new.search),
        }
    }

    fn search_mut(&mut self) -> Option<&mut Search> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&mut view.search),
            Self::New(new) => Some(&mut new.search),
        }
    }

    fn filter(&self) -> Option<&dyn TypedFilter> {
        match self {
            Self::Holders(holders) => Some(&holders.filter),
            Self::Policy(view) => Some(&view.search),
            Self::New(new) => Some(&new.search),
        }
    }

    fn filter_mut(&mut self) -> Option<&mut dyn TypedFilter> {
        match self {
            Self::Holders(holders) => Some(&mut holders.filter),
            Self::Policy(view) => Some(&mut view.search),
            Self::New(new) => Some(&mut new.search),
        }
    }

    fn filter_changed(&mut self) {
        if let Self::Holders(holders) = self {
            holders.recompute();
        }
    }

    fn can_choose(&self, model: &Model) -> Result<(), DisabledReason> {
        match self {
            Self::Holders(holders) => holders.can_choose(),
            Self::Policy(_) => Ok(()),
            Self::New(new) => new.can_put(model),
        }
    }

    /// On to the policy, to its actions, to its confirmation.
    fn choose(&mut self, model: &Model) -> Option<Next> {
        match self {
            Self::Holders(holders) => holders.next(model),
            Self::Policy(_) => Some(Next::PolicyMenu),
            Self::New(new) => Some(Next::Confirm(new.change())),
        }
    }

    fn is_done_by(&self, change: &Change) -> bool {
        matches!(self, Self::New(new) if new.change() == *change)
    }

    fn can_read_again(&self) -> Result<(), DisabledReason> {
        let is_loading = match self {
            Self::Holders(Holders { found: Found::Buckets(asked), .. }) => asked.is_loading(),
            Self::Holders(Holders { found: Found::Queues(_, asked), .. }) => asked.is_loading(),
            Self::Policy(view) => view.policy.is_loading(),
            Self::New(_) => return Err(DisabledReason::NotHere),
        };
        if is_loading { Err(DisabledReason::Asked) } else { Ok(()) }
    }

    fn read_again(&mut self, model: &mut Model) {
        match self {
            Self::Holders(holders) => {
                model.unlocking.forget_locks(holders.account);
                holders.check = None;
                holders.read(model);
            }
            Self::Policy(view) => view.read_again(model),
            Self::New(_) => {}
        }
    }

    fn can_edit(&self, model: &Model) -> Result<(), DisabledReason> {
        match self {
            Self::Holders(_) => Err(DisabledReason::NotHere),
            Self::Policy(view) => view.can_edit(model),
            Self::New(_) => Ok(()),
        }
    }

    fn edit(&mut self, model: &mut Model) {
        match self {
            Self::Holders(_) => {}
            Self::Policy(view) => view.edit_text(model),
            Self::New(new) => new.edit_text(model),
        }
    }

    fn edits(&self) -> Option<ReadId> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(PolicyView { editing, .. }) | Self::New(NewPolicy { editing, .. }) => editing.id(),
        }
    }

    fn editing_mut(&mut self) -> Option<&mut InEditor> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(PolicyView { editing, .. }) | Self::New(NewPolicy { editing, .. }) => Some(editing),
        }
    }

    fn edited(&mut self, text: &str, model: &mut Model) -> Step {
        if !self.editing_mut().is_some_and(|editing| editing.closed(text)) {
            model.out.notify(Notification::NothingEdited);
            return Step::Stay(None);
        }
        Step::Stay(match self {
            Self::Holders(_) => None,
            Self::Policy(view) => {
                view.editing.keep(Draft::of(text));
                Some(Next::NewPolicy(PolicySource::Editor, text.to_owned()))
            }
            Self::New(new) => {
                new.replace(text);
                None
            }
        })
    }

    fn text(&self, _model: &Model) -> Option<(Notification, String)> {
        let (holder, text) = match self {
            Self::Holders(_) => return None,
            Self::Policy(view) => (&view.holder, view.text()?),
            Self::New(new) => (&new.holder, &new.text),
        };
        Some((Notification::PolicyCopied(holder.clone()), text.clone()))
    }

    fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&view.reading),
            Self::New(new) => Some(&new.reading),
        }
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        match self {
            Self::Holders(_) => None,
            Self::Policy(view) => Some(&mut view.reading),
            Self::New(new) => Some(&mut new.reading),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PolicyView {
    pub account: AccountId,
    pub holder: PolicyHolder,
    /// The policy; `None` if there is none.
    pub policy: RemoteData<Option<PolicyText>>,
    /// What was saved of it last, and where.
    pub saved: Option<(PolicyText, PathBuf)>,
    pub editing: InEditor,
    pub reading: Reading,
    pub search: Search,
}

impl PolicyView {
    pub(crate) fn new(account: AccountId, holder: PolicyHolder) -> Self {
        Self {
            account,
            holder,
            policy: RemoteData::default(),
            saved: None,
            editing: InEditor::default(),
            reading: Reading::default(),
            search: Search::default(),
        }
    }

    pub(in crate::app) fn read(&mut self, model: &mut Model) {
        let Some(account) = model.accounts.get(self.account).cloned() else { return };
        let id = model.out.read_id();
        self.policy.start(id);
        model.out.push(Effect::Visit(id, Box::new(Visit::Policy(account, self.holder.clone()))));
    }

    /// What was edited before and not put is discarded.
    pub(in crate::app) fn read_again(&mut self, model: &mut Model) {
        self.editing.discard();
        self.read(model);
    }

    fn can_edit(&self, model: &Model) -> Result<(), DisabledReason> {
        match self.policy.current() {
            None => Err(DisabledReason::NotReadYet),
            Some(None) => Err(DisabledReason::NoPolicy),
            Some(Some(_)) => model.is_policy_free(self.account, &self.holder),
        }
    }

    /// Opens it in the person's editor, and saves it meanwhile: nothing else is replaced later.
    pub(in crate::app) fn edit_text(&mut self, model: &mut Model) {
        let Some(text) = self.text() else { return };
        let text = pretty(text).join("\n") + "\n";
        model.save_policy(self);
        model.edit_text(&mut self.editing, "policy.json", &text);
    }

    /// The text on screen, if AWS shows one now.
    pub(crate) fn text(&self) -> Option<&PolicyText> {
        self.policy.current().and_then(Option::as_ref)
    }

    /// Whether what is on screen is saved in a file: the policy may have changed since it was saved.
    pub(crate) fn is_saved(&self) -> bool {
        matches!((self.text(), &self.saved), (Some(text), Some((saved, _))) if text == saved)
    }
}
