//! `rootdeck contacts plan`: contacts and names of many accounts from a file.

use std::collections::BTreeMap;

use super::super::arguments::{Arguments, PlanContacts};
use super::super::context::CommandContext;
use super::super::error::{CliError, Done};
use super::super::find;
use super::super::input;
use super::super::output::print_note;
use super::change::{How, Item, apply};
use crate::domain::account::AccountId;
use crate::domain::contact_plan::{ContactRow, read};
use crate::words::cli::contacts as words;
use crate::words::cli::plans as plan_words;

pub(super) async fn run(arguments: &Arguments, wanted: &PlanContacts) -> Done {
    if !wanted.dry_run {
        wanted.consent.check()?;
    }
    let name = input::name(&wanted.file);
    let plan = read(&input::bytes(&wanted.file)?)
        .map_err(|why| CliError::usage(plan_words::no_plan(&name, words::unreadable(&why))))?;
    for note in plan_words::notes(&plan.notes) {
        print_note(&format!("{name}: {note}"));
    }
    let context = CommandContext::read(arguments).await?;
    let items = items(&context, plan.rows)?;
    let how = How { consent: &wanted.consent, dry_run: wanted.dry_run, form: *wanted.output };
    apply(&context, items, &how).await
}

/// Each line with its account. Two lines for one account could contradict each other.
fn items(context: &CommandContext, rows: Vec<ContactRow>) -> Result<Vec<Item<'_>>, CliError> {
    let mut lines: BTreeMap<AccountId, u64> = BTreeMap::new();
    let (mut items, mut problems) = (Vec::new(), Vec::new());
    for row in rows {
        if row.account.is_empty() {
            problems.push(words::line(row.line, words::NO_ACCOUNT));
            continue;
        }
        let account = match find::find(&context.accounts, &row.account) {
            Ok(account) => account,
            Err(why) => {
                problems.push(words::line(row.line, &why));
                continue;
            }
        };
        if let Some(other) = lines.insert(account.id, row.line) {
            problems.push(words::line(row.line, words::twice(account.id, other)));
            continue;
        }
        let line = Some(row.line);
        items.extend(row.wanted.into_iter().map(|wanted| Item { line, account, wanted }));
    }
    if problems.is_empty() {
        return Ok(items);
    }
    let error = CliError::usage(words::NOTHING_SENT);
    Err(plan_words::capped(problems).into_iter().fold(error, CliError::and))
}
