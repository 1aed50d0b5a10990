//! `rootdeck accounts rename`.

use super::super::arguments::{Arguments, RenameAccount};
use super::super::contacts::{How, Item, apply};
use super::super::context::{CommandContext, Needs};
use super::super::error::Done;
use crate::domain::contact_edit::Wanted;

pub(super) async fn run(arguments: &Arguments, wanted: &RenameAccount) -> Done {
    let how = How::of(&wanted.how);
    how.check()?;
    let named = std::slice::from_ref(&wanted.account);
    let context = CommandContext::read_about(arguments, named, Needs::Emails).await?;
    let account = context.find(&wanted.account)?;
    let item = Item { line: None, account, wanted: Wanted::Name(wanted.new_name.clone()) };
    apply(&context, vec![item], &how).await
}
