//! How dialogs name accounts.

use crate::app::shell::App;
use crate::domain::account::AccountId;

pub(super) fn who(app: &App, account: AccountId) -> String {
    app.model.accounts.get(account).map_or_else(|| account.to_string(), |known| format!("{} ({account})", known.name))
}

/// The id first: for lists.
pub(super) fn id_and_name(app: &App, id: AccountId) -> String {
    app.model.accounts.get(id).map_or_else(|| id.to_string(), |account| format!("{id} {}", account.name))
}

pub(super) fn named_account(app: &App, id: AccountId) -> String {
    app.model.accounts.get(id).map_or_else(|| id.to_string(), |account| format!("{} {id}", account.name))
}
