//! The contacts of the accounts of a report.

use crate::cli::contacts::{Skipped, read};
use crate::cli::context::CommandContext;
use crate::domain::account::Account;
use crate::domain::contacts::ContactKind;
use crate::domain::report::ReportedAccount;
use crate::words::columns::contacts::Found;

/// Whether it was interrupted.
pub(super) async fn read_into(
    context: &CommandContext,
    (taken, skipped): (Vec<&Account>, Skipped<'_>),
    reported: &mut [ReportedAccount],
) -> bool {
    let (rows, interrupted) = Box::pin(read(context, taken, ContactKind::ALL.to_vec())).await;
    for account in reported {
        if let Some((_, why)) = skipped.iter().find(|(skipped, _)| skipped.id == account.id) {
            account.contacts_skipped = Some(why.clone());
        }
        match rows.iter().find(|row| row.account.id == account.id).map(|row| &row.found) {
            Some(Found::Read(contacts)) => account.contacts = Some((**contacts).clone()),
            Some(Found::NotRead(why)) => account.contacts_skipped = Some((*why).to_owned()),
            Some(Found::Skipped(_)) | None => {}
        }
    }
    interrupted
}
