//! What `rootdeck email plan` would answer, without starting anything.

use std::collections::BTreeMap;

use super::questions::{print_questions, unanswered, unconfirmed};
use crate::cli::arguments::StartPlan;
use crate::cli::context::CommandContext;
use crate::cli::error::{CliError, Done, Exit};
use crate::cli::output::{print_error, print_note};
use crate::domain::change::Change;
use crate::domain::email_plan::{CheckedPlan, EmailPlan, ItemState};
use crate::domain::permit::permit_emails;
use crate::domain::readiness::{Answer, of_change};
use crate::words::cli::plans as words;
use crate::words::readiness::why;

/// The lines with a question that the options leave open, and which option answers it.
pub(super) fn questions(checked: &CheckedPlan, wanted: &StartPlan) -> BTreeMap<u64, String> {
    let mut questions = BTreeMap::new();
    if !wanted.allow_unusual_address {
        let lines = checked.unusual.iter().map(|found| found.line);
        questions.extend(lines.map(|line| (line, words::UNUSUAL_OPTION.to_owned())));
    }
    for new in unconfirmed(checked, wanted) {
        let cause = words::domain_option(&new.domain);
        questions.extend(new.lines.iter().map(|line| (*line, cause.clone())));
    }
    questions
}

/// Whether the plan would be started, or continued where `open` is what was begun of it.
pub(super) async fn answer(
    context: &CommandContext,
    checked: &CheckedPlan,
    wanted: &StartPlan,
    open: Option<&EmailPlan>,
) -> Done {
    let unsure = open.map_or(0, |plan| plan.count(ItemState::Sending) + plan.count(ItemState::Unknown));
    if unsure > 0 {
        print_error(&words::cut_off(unsure));
    }
    let Some(first) = checked.changes.first() else {
        print_note(&words::all_already(checked.already.len()));
        return Ok(());
    };
    permit_emails(&context.facts(None)).map_err(|refusal| context.refusal(&refusal, None))?;
    print_questions(checked, print_note);
    let (account, old, new) = (first.account.id, first.account.email.clone(), first.new.clone());
    let change = Change::StartEmailChange { account, old, new };
    let (knowledge, _) = context.engine.knowledge().await;
    let readiness = of_change(&change, &knowledge);
    match readiness.verdict() {
        Answer::No => return Err(CliError::not_ready(words::would_not_start(why(&readiness)))),
        Answer::Unknown => print_error(&words::may_not_start(why(&readiness))),
        Answer::Yes => {}
    }
    match readiness.verdict() {
        // What was answered when it was begun is not asked again.
        _ if open.is_none() && unanswered(checked, wanted) => Exit::Usage.end(),
        _ if unsure > 0 => Exit::Unknown.end(),
        Answer::Unknown => Exit::Unknown.end(),
        Answer::Yes | Answer::No => Ok(()),
    }
}
