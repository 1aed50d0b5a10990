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
use crate::domain::contact_edit::Wanted;
use crate::domain::contact_plan::{ContactRow, read};
use crate::words::cli::contacts as words;
use crate::words::cli::plans as plan_words;
use crate::words::contacts as shown;

pub(super) async fn run(arguments: &Arguments, wanted: &PlanContacts) -> Done {
    let how = How::of(&wanted.how);
    how.check()?;
    let name = input::name(&wanted.file);
    let plan = read(&input::bytes(&wanted.file)?)
        .map_err(|why| CliError::usage(plan_words::no_plan(&name, words::unreadable(&why))))?;
    for note in plan_words::notes(&plan.notes) {
        print_note(&format!("{name}: {note}"));
    }
    let context = CommandContext::read(arguments).await?;
    let items = items(&context, plan.rows)?;
    apply(&context, items, &how).await
}

/// Each line with its account. Two lines for one account could contradict each other.
fn items(context: &CommandContext, rows: Vec<ContactRow>) -> Result<Vec<Item<'_>>, CliError> {
    let mut lines: BTreeMap<AccountId, u64> = BTreeMap::new();
    let (mut items, mut problems, mut flaws) = (Vec::new(), Vec::new(), Vec::new());
    // In the order of the file.
    for row in rows {
        let line = row.line;
        let found = match row.account.as_str() {
            "" => Err(words::NO_ACCOUNT.to_owned()),
            text => find::find(&context.accounts, text),
        };
        let found = found.and_then(|account| match lines.insert(account.id, line) {
            Some(other) => Err(words::twice(account.id, other)),
            None => Ok(account),
        });
        let of_texts = row.wanted.iter().flat_map(Wanted::flaws).map(|flaw| words::line(line, shown::problem(flaw)));
        flaws.extend(of_texts.map(|text| (line, text)));
        match found {
            Ok(account) => {
                items.extend(row.wanted.into_iter().map(|wanted| Item { line: Some(line), account, wanted }));
            }
            Err(why) => problems.push((line, words::line(line, why))),
        }
    }
    // Without them, what is wrong with the texts is told with what the accounts have.
    if problems.is_empty() {
        return Ok(items);
    }
    problems.extend(flaws);
    problems.sort_by_key(|(line, _)| *line);
    let problems = problems.into_iter().map(|(_, text)| text).collect();
    let error = CliError::usage(words::NOTHING_SENT);
    Err(plan_words::capped(problems).into_iter().fold(error, CliError::and))
}
