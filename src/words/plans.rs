//! Bulk plans: what is wrong with them, what would be started, and what came of it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::api_error::headline;
use super::keys;
use super::record;
use super::refusal::refusal;
use super::root_access::{accounts, span};
use super::time::{ago, utc_second};
use crate::app::state::choices::PlanChoice;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{
    self, ACCOUNT_COLUMN, AlreadySo, EMAIL_COLUMN, EmailPlan, IdProblem, ItemState, LineProblem, NewDomain,
    PLACEHOLDERS, PatternProblem, PlanId, PlanNote, PlanProblem, Replaced, Unreadable, UnusualLine,
};

pub(crate) const FORMAT: &str = "CSV with a header, as spreadsheets save it; the columns account_id and new_email count, others \
                          are ignored.";

pub(crate) const WHAT_HAPPENS: &str = "Each new address is sent a one-time password that is good for 24 hours; the changes \
                                are accepted one by one after that. Nobody is told until then.";

pub(crate) fn pattern() -> String {
    format!("For example aws+{{name}}@corp.example. There are {}.", PLACEHOLDERS.join(", "))
}

pub(crate) const CAN_STOP: &str =
    "One a second. It can be stopped at any point and gone on with: nothing is sent twice.";

pub(crate) fn cut_off(count: usize) -> String {
    if count == 1 {
        "1 of its changes has no known end: whether it was started is found out first; if surely not, it is started now"
            .to_owned()
    } else {
        format!(
            "{count} of its changes have no known end: whether they were started is found out first; those that surely \
             were not are started now"
        )
    }
}

const AS_UTF8: &str = "save it as \"CSV UTF-8\"";

pub(crate) fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::NotUtf8(line) => {
            format!("line {line} holds a character that is neither UTF-8 nor CP932 (Shift_JIS): {AS_UTF8}")
        }
        Unreadable::Utf16 => format!("it is UTF-16, broken or without its mark at the beginning: {AS_UTF8}"),
        Unreadable::Empty => format!("it is empty: the first line is {ACCOUNT_COLUMN},{EMAIL_COLUMN}"),
        Unreadable::NoHeader => {
            format!("its first line is no header: put {ACCOUNT_COLUMN},{EMAIL_COLUMN} above it, in their order")
        }
        Unreadable::NoColumn(name, found) => {
            format!("its header has no column {name}; it has {}", found.join(", "))
        }
        Unreadable::TwoColumns(name) => format!("its header has two columns {name}; take one out"),
        Unreadable::NoLines => "it has a header and nothing below it".to_owned(),
    }
}

pub(crate) fn note(note: &PlanNote) -> String {
    match note {
        PlanNote::Cp932 => "read as CP932 (Shift_JIS), as Excel in Japan saves CSV".to_owned(),
        PlanNote::Utf16 => "read as UTF-16, which spreadsheets call Unicode text".to_owned(),
        PlanNote::Separator(separator) => {
            let name = match separator {
                ';' => "semicolons",
                '\t' => "tabs",
                _ => "bars",
            };
            format!("read with {name} between the columns")
        }
        PlanNote::FullWidth(found) => format!("full-width digits in the account ids read as digits ({})", lines(found)),
    }
}

pub(crate) fn pattern_problem(problem: &PatternProblem) -> String {
    match problem {
        PatternProblem::Unknown(name) => format!("{name} is unknown: use {}", PLACEHOLDERS.join(", ")),
        PatternProblem::NoName => "its name has no Latin letters or digits: use {id} or {local}".to_owned(),
        PatternProblem::NoLocal => "its present email has nothing before an @".to_owned(),
    }
}

pub(crate) fn problem(problem: &PlanProblem) -> String {
    match problem {
        PlanProblem::NotPermitted(reason) => refusal(reason),
        other => record::line_problem(other),
    }
}

pub(crate) fn line_problem(found: &LineProblem) -> String {
    let said = problem(&found.problem);
    match &found.problem {
        // The id itself is in the sentence.
        PlanProblem::Id(IdProblem::Missing) => format!("line {}: {said}", found.line),
        PlanProblem::Id(_) => format!("line {}: {said}", found.line),
        _ => format!("line {}: {}: {said}", found.line, found.account),
    }
}

pub(crate) fn problems(problems: &[LineProblem], lines: usize) -> String {
    let mut wrong: Vec<u64> = problems.iter().map(|problem| problem.line).collect();
    wrong.dedup();
    let many = if problems.len() == 1 { "1 problem".to_owned() } else { format!("{} problems", problems.len()) };
    format!("{many} in {} of {}; nothing is started before they are mended", wrong.len(), count(lines, "line"))
}

fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Some numbers of lines: the first few by name.
pub(crate) fn lines(numbers: &[u64]) -> String {
    const NAMED: usize = 6;
    let named: Vec<String> = numbers.iter().take(NAMED).map(ToString::to_string).collect();
    let more = numbers.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let word = if numbers.len() == 1 { "line" } else { "lines" };
    format!("{word} {}{rest}", named.join(", "))
}

pub(crate) fn new_domain(new: &NewDomain) -> String {
    format!(
        "no account of the organization uses {} yet ({}); whoever reads its mail gets root",
        new.domain,
        lines(&new.lines)
    )
}

pub(crate) fn unusual(found: &UnusualLine) -> String {
    format!("line {}: {}: {}", found.line, found.new, super::email::unusual(found.why))
}

pub(crate) fn use_unusual(count: usize) -> String {
    if count == 1 { "Use this address anyway".to_owned() } else { format!("Use these {count} addresses anyway") }
}

pub(crate) fn replaced(replaced: &Replaced) -> String {
    let Replaced { line, account, pending, is_same } = replaced;
    match pending {
        Some(_) if *is_same => {
            format!("line {line}: {account} has this very change pending; a further password is sent to it")
        }
        Some(address) => format!("line {line}: {account} has a change to {address} pending, which this replaces"),
        None => {
            format!("line {line}: {account} has a change pending that was started elsewhere; this replaces it")
        }
    }
}

pub(crate) fn already(already: &AlreadySo) -> String {
    format!("line {}: {}: {}", already.change.line, already.change.account.id, problem(&already.why))
}

pub(crate) fn all_already(lines: usize) -> String {
    format!(
        "nothing to send: {} already as planned",
        if lines == 1 { "1 line is".to_owned() } else { format!("{lines} lines are") }
    )
}

pub(crate) fn continued(plan: &EmailPlan, now: Timestamp) -> String {
    format!("this file has an open plan, which is continued: {}", self::plan(plan, now))
}

pub(crate) fn other_open(plan: &EmailPlan, now: Timestamp) -> String {
    format!("the file has changed since its plan was started, and that is not finished: {}", self::plan(plan, now))
}

pub(crate) fn open_elsewhere(id: PlanId) -> String {
    format!("This file has changed since plan {} was started with it, and that is not finished: resume it first.", id.0)
}

/// How long a plan of so many accounts takes, roughly.
pub(crate) fn about(accounts: usize) -> String {
    let each = SignedDuration::from_millis(1050);
    format!("about {}", span(each.saturating_mul(i32::try_from(accounts).unwrap_or(i32::MAX))))
}

pub(crate) fn state(state: ItemState) -> &'static str {
    match state {
        ItemState::Waiting => "waiting",
        ItemState::Sending => "no known end: cut off, or under way in another rootdeck",
        ItemState::Started => "started: the one-time password is sent",
        ItemState::Already => "not sent: the account has this address, or the change is pending already",
        ItemState::Refused => "refused; nothing was changed",
        ItemState::Failed => "failed; nothing was changed",
        ItemState::Unknown => "outcome unknown: it may have been started",
    }
}

/// How many items are how far: `180 started, 2 refused, 18 waiting`.
pub(crate) fn counts(counts: &BTreeMap<ItemState, usize>) -> String {
    use ItemState as S;
    let order = [S::Started, S::Already, S::Refused, S::Failed, S::Unknown, S::Sending, S::Waiting];
    let parts: Vec<String> = order
        .into_iter()
        .filter_map(|state| counts.get(&state).map(|count| format!("{count} {}", short_state(state))))
        .collect();
    parts.join(", ")
}

fn short_state(state: ItemState) -> &'static str {
    match state {
        ItemState::Sending => "unanswered",
        other => other.as_str(),
    }
}

/// A plan in a few words: when it was confirmed, from which file, how far it is.
pub(crate) fn plan(plan: &EmailPlan, now: Timestamp) -> String {
    format!("plan {} of {}: {}", plan.id.0, ago(plan.at, now), counts(&email_plan::counts(&plan.items)))
}

pub(crate) fn source(source: &str) -> &str {
    match source {
        email_plan::NO_FILE => "standard input",
        email_plan::MARKED => "the marked accounts",
        file => file,
    }
}

pub(crate) fn choice(choice: PlanChoice) -> &'static str {
    match choice {
        PlanChoice::Read => "Read",
        PlanChoice::Resume(_) => "Resume",
        PlanChoice::Begun | PlanChoice::Results(_) => "Results",
    }
}

pub(crate) fn open(plans: usize, left: usize) -> String {
    let (plans, are) =
        if plans == 1 { ("a bulk plan".to_owned(), "is") } else { (format!("{plans} bulk plans"), "are") };
    format!("{plans} {are} not finished, {left} left; {} resumes", keys::bulk_plans())
}

pub(crate) fn halted(error: &ApiError) -> String {
    format!("the plan is stopped, what is left waits: {}", headline(error))
}

pub(crate) const NOTHING_STARTED: &str = "Nothing of the plan was started by this run. What is left of it waits.";

pub(crate) const HALTED: &str = "What was started before that is started. What is left of the plan waits.";

/// From when on it can be told whether a change was started that was cut off, or whose answer was lost.
pub(crate) fn come_back(from: Timestamp) -> String {
    let from = utc_second(from);
    format!("until {from} another rootdeck may have it under way: resume the plan after that, to find out")
}

pub(crate) fn would_start(changes: usize) -> String {
    format!("The primary emails of {} would be changed, {}:", accounts(changes), about(changes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::email::EmailAddress;
    use crate::domain::email_plan::PlanItem;

    #[test]
    fn what_is_left_is_said_in_few_words() {
        let found = BTreeMap::from([(ItemState::Waiting, 18), (ItemState::Started, 180), (ItemState::Refused, 2)]);
        assert_eq!(counts(&found), "180 started, 2 refused, 18 waiting");
        assert_eq!(open(1, 18), "a bulk plan is not finished, 18 left; 2 b resumes");
    }

    #[test]
    fn lines_are_named_and_then_counted() {
        assert_eq!(lines(&[7]), "line 7");
        assert_eq!(lines(&[2, 3, 4, 5, 6, 7, 8, 9]), "lines 2, 3, 4, 5, 6, 7 and 2 more");
    }

    #[test]
    fn a_plan_and_the_journal_name_the_same_time() {
        use crate::domain::journal::known_from;
        use crate::domain::resolution::Doubt;
        let at: Timestamp = "2025-03-14T14:02:00.25Z".parse().expect("a time");
        let item = PlanItem {
            state: ItemState::Sending,
            at: Some(at),
            ..PlanItem::waiting(1, "444455556666".parse().expect("an id"), "a@b.example", {
                EmailAddress::parse("c@b.example").expect("an address")
            })
        };
        let from = item.known_from(at).expect("a time");
        assert_eq!(from, known_from(at));
        let journal = super::super::journal::doubt(&Doubt::Recent(known_from(at)));
        for text in [come_back(from), journal, super::super::journal::may_run(at)] {
            assert!(text.contains("2025-03-14T14:07:01Z"), "{text}");
        }
        assert_eq!((item.known_from(from), item.known_from(from - SignedDuration::from_nanos(1))), (None, Some(from)));
    }

    #[test]
    fn a_plan_takes_a_second_for_each_account() {
        assert_eq!((about(1), about(200)), ("about 1 s".into(), "about 4 min".into()));
    }
}
