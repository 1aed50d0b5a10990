//! The principals everybody can become.

mod principal;
mod who;

pub(crate) use principal::{EntityPlan, PolicyPlan, PrincipalPlan, RoleTrust};
pub(crate) use who::SECRET;
pub use who::{AccessKey, Identity};
