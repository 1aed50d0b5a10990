//! The primary email that AWS tells for an account, asked for itself and not taken from the listing.

use jiff::Timestamp;

use super::known::{cached_emails, print_alarm};
use super::status::{ends, print_unknown};
use crate::cli::arguments::{Arguments, ShowEmail, WhichAccounts};
use crate::cli::context::{CommandContext, Needs};
use crate::cli::error::Done;
use crate::cli::find::given_or_all;
use crate::cli::output::{self, Progress, print_error};
use crate::cli::rows::{self, Cell, Column, fields as f};
use crate::domain::account::Account;
use crate::domain::api_error::ApiError;
use crate::words::api_error::headline;
use crate::words::cli::email as words;

pub(super) async fn show(arguments: &Arguments, wanted: &ShowEmail) -> Done {
    let which = given_or_all(arguments, &wanted.accounts)?;
    let needs = if matches!(which, WhichAccounts::All) { Needs::Organization } else { Needs::Nothing };
    let context = CommandContext::read_which(arguments, &which, needs).await?;
    let accounts = context.members(&which)?;
    let total = accounts.len();
    let progress = Progress::new();
    let mut rows = Vec::new();
    for account in accounts {
        progress.show(format!("ask {}/{}", rows.len(), total));
        rows.push(Row { account, email: context.engine.primary_email(account.id).await });
    }
    drop(progress);
    let printed = output::deliver(rows::write(*wanted.output, &columns(), &rows));
    for row in &rows {
        if let Ok(email) = &row.email
            && *email != row.account.email
        {
            print_error(&words::listing_differs(&row.account.email, row.account.id));
        }
    }
    // The alarms are known without asking; why they can't be read was told at the start.
    if let Ok(emails) = cached_emails(&context).await {
        let now = Timestamp::now();
        for (id, facts) in rows.iter().filter_map(|row| Some((row.account.id, emails.get(row.account.id)?))) {
            print_alarm(id, facts, now);
        }
    }
    let error = |row: &Row<'_>| row.email.as_ref().err().map(|error| (row.account.id, error.clone()));
    let errors: Vec<_> = rows.iter().filter_map(error).collect();
    print_unknown(&context, &errors);
    printed?;
    ends(errors.iter().map(|(_, error)| error), rows.len(), false)
}

pub(in crate::cli) struct Row<'a> {
    account: &'a Account,
    email: Result<String, ApiError>,
}

pub(in crate::cli) fn columns<'a>() -> Vec<Column<'static, Row<'a>>> {
    vec![
        Column::new(f::ACCOUNT_ID, |row: &Row<'_>| row.account.id.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |row: &Row<'_>| row.account.name.clone()).head("NAME"),
        Column::new(f::EMAIL.or_unknown(), |row: &Row<'_>| match &row.email {
            Ok(email) => email.into(),
            Err(error) => Cell::Unknown(headline(error)),
        })
        .head("PRIMARY EMAIL"),
    ]
}
