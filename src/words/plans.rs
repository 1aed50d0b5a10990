//! Bulk plans: what is wrong with them, what would be started, and what came of it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::api_error::headline;
use super::record;
use super::refusal::refusal;
use super::root_access::{accounts, span};
use super::time::{ago, utc_second};
use super::{email, keys};
use crate::app::state::choices::PlanChoice;
use crate::domain::api_error::ApiError;
use crate::domain::email_plan::{
    self, ACCOUNT_COLUMN, AlreadySo, EMAIL_COLUMN, EmailPlan, IdProblem, ItemState, LineProblem, NewDomain,
    PLACEHOLDERS, PatternProblem, PlanId, PlanNote, PlanProblem, Replaced, Unreadable, UnusualLine,
};

pub(crate) const FORMAT: &str = "CSV with a header. Required columns: account_id and new_email. Other columns are \
    ignored.";

pub(crate) const WHAT_HAPPENS: &str = "AWS sends a one-time password, valid for 24 hours, to each new address. Each \
    change is accepted with its code. Nobody else is notified until then.";

pub(crate) fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}

pub(crate) fn pattern() -> String {
    format!("Example: aws+{{name}}@corp.example. Placeholders: {}.", PLACEHOLDERS.join(", "))
}

pub(crate) const CAN_STOP: &str = "1 per second. You can stop at any point and resume: nothing is sent twice.";

pub(crate) fn cut_off(count: usize) -> String {
    if count == 1 {
        "1 change with unknown outcome: checked first, and started only if AWS shows that it was not started".to_owned()
    } else {
        format!(
            "{count} changes with unknown outcome: checked first, and started only if AWS shows they were not started"
        )
    }
}

const AS_UTF8: &str = "save it as \"CSV UTF-8\"";

pub(crate) fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::NotUtf8(line) => {
            format!("line {line} contains a character that is neither UTF-8 nor CP932 (Shift_JIS): {AS_UTF8}")
        }
        Unreadable::Utf16 => format!("UTF-16, damaged or without a byte order mark: {AS_UTF8}"),
        Unreadable::Empty => format!("the file is empty: start with the header {ACCOUNT_COLUMN},{EMAIL_COLUMN}"),
        Unreadable::NoHeader => {
            format!("no header: add {ACCOUNT_COLUMN},{EMAIL_COLUMN} as the first line, in the order of the columns")
        }
        Unreadable::NoColumn(name, found) => {
            format!("no column {name} in the header; found {}", found.join(", "))
        }
        Unreadable::TwoColumns(name) => format!("two columns {name} in the header: remove one"),
        Unreadable::NoLines => "no lines below the header".to_owned(),
        Unreadable::AllBlank => format!("every {EMAIL_COLUMN} is blank: fill in those to change"),
    }
}

pub(crate) fn note(note: &PlanNote) -> String {
    match note {
        PlanNote::Cp932 => "read as CP932 (Shift_JIS), as Excel in Japan saves CSV".to_owned(),
        PlanNote::Utf16 => "read as UTF-16, which spreadsheets call Unicode text".to_owned(),
        PlanNote::Separator(separator) => format!("columns separated by {}", separator_name(*separator)),
        PlanNote::Blank(count) => format!("{} without {EMAIL_COLUMN} skipped", self::count(*count, "line")),
        PlanNote::FullWidth(found) => format!("full-width digits in account ids converted ({})", lines(found)),
    }
}

fn separator_name(separator: char) -> String {
    match separator {
        ';' => "semicolons".to_owned(),
        '\t' => "tabs".to_owned(),
        '|' => "bars".to_owned(),
        other => format!("{other:?}"),
    }
}

/// How a file was read, in one line; then what else is noted.
pub(crate) fn notes(found: &[PlanNote]) -> Vec<String> {
    let encoding = found.iter().find_map(|note| match note {
        PlanNote::Cp932 => Some("CP932 (Shift_JIS)"),
        PlanNote::Utf16 => Some("UTF-16"),
        _ => None,
    });
    let separator = found.iter().find_map(|note| match note {
        PlanNote::Separator(separator) => Some(format!(", separated by {}", separator_name(*separator))),
        _ => None,
    });
    let is_as_documented = encoding.is_none() && separator.is_none();
    let read_as = format!("read as {}{}", encoding.unwrap_or("UTF-8"), separator.unwrap_or_default());
    let is_other = |note: &&PlanNote| matches!(note, PlanNote::FullWidth(_) | PlanNote::Blank(_));
    (!is_as_documented).then_some(read_as).into_iter().chain(found.iter().filter(is_other).map(note)).collect()
}

/// The first few of many lines, and how many more there are.
pub(crate) fn capped(lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(MOST_LINES);
    // A line that says that there is one more takes as much room as that one.
    if more <= 1 {
        return lines;
    }
    lines.into_iter().take(MOST_LINES).chain([format!("and {more} more (all: -o json)")]).collect()
}

const MOST_LINES: usize = 20;

pub(crate) fn pattern_problem(problem: &PatternProblem) -> String {
    match problem {
        PatternProblem::Unknown(name) => format!("unknown placeholder {name}: use {}", PLACEHOLDERS.join(", ")),
        PatternProblem::NoName => "name without Latin letters or digits: use {id} or {local}".to_owned(),
        PatternProblem::NoUnit => "OU unknown, or without Latin letters or digits: use {id} or {local}".to_owned(),
        PatternProblem::NoLocal => "current email has nothing before the @".to_owned(),
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
    format!("{many} in {} of {}. Nothing was started. Fix them first", wrong.len(), count(lines, "line"))
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
    email::new_domain(&new.domain, new.like.as_deref(), &format!(" ({})", lines(&new.lines)))
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
            format!("line {line}: {account}: this change is already pending; AWS sends another one-time password")
        }
        Some(address) => format!("line {line}: {account}: replaces a pending change to {address}"),
        None => {
            format!("line {line}: {account}: replaces a pending change started elsewhere")
        }
    }
}

pub(crate) fn already(already: &AlreadySo) -> String {
    format!("line {}: {}: {}", already.change.line, already.change.account.id, problem(&already.why))
}

pub(crate) fn all_already(lines: usize) -> String {
    format!(
        "nothing to send: {} already up to date",
        if lines == 1 { "1 line is".to_owned() } else { format!("{lines} lines are") }
    )
}

pub(crate) fn continued(plan: &EmailPlan, now: Timestamp) -> String {
    format!("this file has an open plan, resuming it: {}", self::plan(plan, now))
}

pub(crate) fn other_open(plan: &EmailPlan, now: Timestamp) -> String {
    format!("the file has changed since its plan was started, and that plan is still open: {}", self::plan(plan, now))
}

pub(crate) fn open_elsewhere(id: PlanId) -> String {
    format!("This file has changed since plan {} was started from it. Resume that plan first.", id.0)
}

/// How long a plan of so many accounts takes, roughly.
pub(crate) fn about(accounts: usize) -> String {
    let each = SignedDuration::from_millis(1050);
    format!("about {}", span(each.saturating_mul(i32::try_from(accounts).unwrap_or(i32::MAX))))
}

pub(crate) fn state(state: ItemState) -> &'static str {
    match state {
        ItemState::Waiting => "waiting",
        ItemState::Sending => "outcome unknown: interrupted, or in progress in another rootdeck",
        ItemState::Started => "started, one-time password sent",
        ItemState::Already => "not sent: the account has this address, or the change is already pending",
        ItemState::Refused => "refused; nothing was changed",
        ItemState::Failed => "failed; nothing was changed",
        ItemState::Unknown => "outcome unknown: may have been started",
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

/// What Enter does with a choice, in the footer.
pub(crate) fn chooses(choice: PlanChoice) -> &'static str {
    match choice {
        PlanChoice::Read => "choose file",
        PlanChoice::Resume(_) => "resume",
        PlanChoice::Begun | PlanChoice::Results(_) => "show results",
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
    let plans = if plans == 1 { "1 bulk plan".to_owned() } else { format!("{plans} bulk plans") };
    format!("{plans} open, {left} left (resume: {})", keys::bulk_plans())
}

pub(crate) fn halted(error: &ApiError) -> String {
    format!("plan stopped, the rest stays open: {}", headline(error))
}

pub(crate) const NOTHING_STARTED: &str = "Nothing was started. The rest of the plan stays open.";

pub(crate) const HALTED: &str = "Changes started before this stay started. The rest of the plan stays open.";

/// From when on it can be told whether a change was started that was cut off, or whose answer was lost.
pub(crate) fn come_back(from: Timestamp) -> String {
    let from = utc_second(from);
    format!("until {from} another rootdeck may be sending it: resume the plan after that to find out")
}

pub(crate) fn would_start(changes: usize) -> String {
    format!("Will change the primary emails of {}, {}:", accounts(changes), about(changes))
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
        assert_eq!(open(1, 18), "1 bulk plan open, 18 left (resume: 2 b)");
    }

    #[test]
    fn how_a_file_was_read_is_one_line() {
        let notes = |found: &[PlanNote]| notes(found).join("; ");
        let cp932 = [PlanNote::Cp932, PlanNote::Separator(';'), PlanNote::Blank(2)];
        assert_eq!(
            notes(&cp932),
            "read as CP932 (Shift_JIS), separated by semicolons; 2 lines without new_email skipped"
        );
        assert_eq!(notes(&[PlanNote::Separator('\t')]), "read as UTF-8, separated by tabs");
        assert_eq!(notes(&[]), "");
    }

    #[test]
    fn many_lines_are_cut_and_the_rest_counted() {
        let lines = |count: usize| -> Vec<String> { (0..count).map(|line| line.to_string()).collect() };
        assert_eq!(capped(lines(21)), lines(21));
        let cut = capped(lines(332));
        assert_eq!((cut.len(), cut[20].as_str()), (21, "and 312 more (all: -o json)"));
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
