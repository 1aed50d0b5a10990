//! A plan to be filled in, for the chosen accounts.

use crate::app::field::TextField;
use crate::domain::account::AccountId;
use crate::domain::email_plan::domain_of;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanTemplate {
    pub accounts: Vec<AccountId>,
    /// Those chosen whose primary email can't be changed from here.
    pub skipped: Vec<AccountId>,
    /// The domain of the new addresses; nothing leaves them to be filled in.
    pub domain: TextField,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypedDomain {
    /// Nothing: the new addresses are left to be filled in.
    None,
    Good(String),
    /// No address can have it.
    Bad,
}

impl PlanTemplate {
    pub(crate) fn typed_domain(&self) -> TypedDomain {
        let text = self.domain.text().trim();
        if text.is_empty() { TypedDomain::None } else { domain_of(text).map_or(TypedDomain::Bad, TypedDomain::Good) }
    }

    pub(crate) fn is_ready(&self) -> bool {
        !self.accounts.is_empty() && self.typed_domain() != TypedDomain::Bad
    }
}
