//! A plan to be filled in, for the accounts in hand.

use crate::app::model::Model;
use std::path::PathBuf;

use crate::app::App;
use crate::app::command::DisabledReason;
use crate::app::confirm::next_of;
use crate::app::dialog::{Dialog, Step};
use crate::app::effect::{Effect, TextFile, TextUse};
use crate::app::field::TextField;
use crate::app::layers::Layer;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{domain_of, template};
use crate::domain::remote_data::ReadId;

/// The dialog's data.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateDialog {
    /// The accounts it is for.
    pub accounts: Vec<AccountId>,
    /// Those in hand whose primary email can't be changed from here.
    pub left_out: Vec<AccountId>,
    /// Where it is to be written.
    pub path: TextField,
    /// The domain of the new addresses; nothing leaves them to be filled in.
    pub domain: TextField,
    /// Where the focus is.
    pub focus: TemplateFocus,
    /// The file being written.
    pub asked: Option<ReadId>,
    /// Why it could not be.
    pub trouble: Option<ApiError>,
}

/// What can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateFocus {
    /// The path.
    Path,
    /// The domain.
    Domain,
    /// Leave.
    Cancel,
    /// Write it.
    Write,
}

const SPOTS: [TemplateFocus; 4] =
    [TemplateFocus::Path, TemplateFocus::Domain, TemplateFocus::Cancel, TemplateFocus::Write];

/// A domain as it stands in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedDomain {
    /// Nothing: the new addresses are left to be filled in.
    None,
    /// This one.
    Good(String),
    /// No address can have it.
    Bad,
}

impl TemplateDialog {
    /// What stands in the field of the domain.
    #[must_use]
    pub fn typed_domain(&self) -> TypedDomain {
        let text = self.domain.text().trim();
        if text.is_empty() { TypedDomain::None } else { domain_of(text).map_or(TypedDomain::Bad, TypedDomain::Good) }
    }

    /// Whether it can be written.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.asked.is_none()
            && !self.accounts.is_empty()
            && !self.path.text().trim().is_empty()
            && self.typed_domain() != TypedDomain::Bad
    }
}

impl Dialog for Box<TemplateDialog> {
    fn field_mut(&mut self) -> Option<&mut TextField> {
        match self.focus {
            TemplateFocus::Path => Some(&mut self.path),
            TemplateFocus::Domain => Some(&mut self.domain),
            TemplateFocus::Cancel | TemplateFocus::Write => None,
        }
    }

    fn is_typing(&self) -> bool {
        matches!(self.focus, TemplateFocus::Path | TemplateFocus::Domain)
    }

    fn move_focus(&mut self, step: isize, _model: &Model) {
        self.focus = next_of(&SPOTS, self.focus, step);
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match self.focus {
            TemplateFocus::Cancel => return Step::Close,
            TemplateFocus::Path if !self.path.text().trim().is_empty() => self.focus = TemplateFocus::Domain,
            TemplateFocus::Domain if self.is_ready() => self.focus = TemplateFocus::Write,
            TemplateFocus::Write if self.is_ready() => model.write_template(self),
            TemplateFocus::Path | TemplateFocus::Domain | TemplateFocus::Write => {}
        }
        Step::Stay(None)
    }
}

impl Model {
    fn write_template(&mut self, dialog: &mut TemplateDialog) {
        let domain = match dialog.typed_domain() {
            TypedDomain::Good(domain) => Some(domain),
            TypedDomain::None | TypedDomain::Bad => None,
        };
        let accounts = dialog.accounts.iter().filter_map(|id| self.accounts.get(*id));
        let text = template(accounts.map(|account| (account, self.accounts.path(account.id))), domain.as_deref());
        let id = self.out.read_id();
        (dialog.asked, dialog.trouble, dialog.focus) = (Some(id), None, TemplateFocus::Cancel);
        let path = PathBuf::from(dialog.path.text().trim());
        self.out.push(Effect::Text(id, Box::new(TextFile::Save(path, TextUse::Template, text))));
    }
}

impl App {
    /// The accounts in hand whose primary email can be changed from here, and the others.
    pub(super) fn changeable_in_hand(&self) -> (Vec<Account>, Vec<AccountId>) {
        let management = self.model.organization.value().map(|organization| organization.management_account);
        let can = |account: &&Account| {
            account.state == AccountState::Active
                && Some(account.id) != management
                && !self.model.start.rules.protected.contains(&account.id)
        };
        let known = self.accounts_in_hand().into_iter().filter_map(|id| self.model.accounts.get(id));
        let (accounts, left_out): (Vec<&Account>, Vec<&Account>) = known.partition(can);
        (accounts.into_iter().cloned().collect(), left_out.into_iter().map(|account| account.id).collect())
    }

    /// Whether a template can be asked for.
    pub(in crate::app) fn can_template(&self) -> Result<(), DisabledReason> {
        self.can_name_marks()?;
        if self.model.root.marks.is_empty() { self.can_open() } else { Ok(()) }
    }

    /// Asks where the template for the accounts in hand is to go.
    pub(in crate::app) fn open_template(&mut self) {
        let (accounts, left_out) = self.changeable_in_hand();
        self.layers.push(Layer::Template(Box::new(TemplateDialog {
            accounts: accounts.into_iter().map(|account| account.id).collect(),
            left_out,
            path: TextField::with("plan.csv"),
            domain: TextField::default(),
            focus: TemplateFocus::Path,
            asked: None,
            trouble: None,
        })));
    }

    /// The template is written: its dialog goes; or it can't be, and the dialog says why. Whether a
    /// failure is still to be told.
    pub(in crate::app) fn template_saved(&mut self, id: ReadId, result: &Result<(), ApiError>) -> bool {
        let is_it = |layer: &Layer| matches!(layer, Layer::Template(dialog) if dialog.asked == Some(id));
        let Some(place) = self.layers.iter().position(is_it) else { return true };
        match (result, self.layers.get_mut(place)) {
            (Err(fault), Some(Layer::Template(dialog))) => {
                (dialog.asked, dialog.trouble, dialog.focus) = (None, Some(fault.clone()), TemplateFocus::Path);
            }
            _ => {
                if let Layer::Template(dialog) = self.layers.remove(place) {
                    self.model.unmark(dialog.accounts);
                }
            }
        }
        false
    }
}
