//! `rootdeck email plan`, `resume` and `template`: many email changes, checked as a whole, started one by one.

mod dry_run;
mod forms;
mod plans;
mod questions;
mod work;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub(super) use forms::columns;
pub(super) use plans::{columns as plans_columns, drop_columns, run as plans};

use super::arguments::{Arguments, Consent, Form, PlanTemplate, ResumePlan, StartPlan};
use super::context::{CommandContext, Needs};
use super::error::{CliError, Done, Exit};
use super::find::given_which;
use super::input;
use super::output::{self, print_error, print_note};
use crate::domain::account::{Account, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::change::Danger;
use crate::domain::email_change::StartedProgress;
use crate::domain::email_plan::{
    CheckedPlan, EmailPlan, ItemState, NO_FILE, NewPlan, PlanGround, PlanProblem, PlanRow, PlanText, check,
    check_again, read, template,
};
use crate::domain::journal::Subject;
use crate::domain::organization::UnitNames;
use crate::domain::permit::permit_emails;
use crate::domain::run::PlanToStart;
use crate::domain::text::clean;
use crate::runtime::text_file;
use crate::words::api_error::headline;
use crate::words::cli::plans as words;
use crate::words::cli::program::no_units;
use questions::confirm_domain;
use work::Work;

pub(super) async fn plan(arguments: &Arguments, wanted: &StartPlan) -> Done {
    if !wanted.dry_run {
        wanted.consent.check()?;
    }
    let (source, rows) = load(&wanted.file)?;
    let context = CommandContext::read(arguments).await?;
    let checked = check_against(&context, wanted.resend, |on| check(&rows, on)).await?;
    if !checked.problems.is_empty() {
        if !wanted.dry_run {
            journal_refusals(&context, &checked, &wanted.consent).await;
        }
        return print_problems(&context, (&source, &rows), &checked, *wanted.output);
    }
    print_all(checked.replaced.iter().map(words::replaced), print_note);
    print_all(checked.already.iter().map(words::already), print_note);
    let open = open_plan_of(&context, &source, &checked).await?;
    if wanted.dry_run {
        // What was answered when it was begun is not asked again.
        let questions = if open.is_none() { dry_run::questions(&checked, wanted) } else { BTreeMap::new() };
        let shown = output::deliver(forms::preview(&checked, &questions, *wanted.output));
        dry_run::answer(&context, &checked, wanted, open.as_ref()).await?;
        return shown;
    }
    if let Some(plan) = open {
        return go_on(&context, plan, &wanted.consent, (wanted.results.clone(), *wanted.output)).await;
    }
    if checked.changes.is_empty() {
        print_note(&words::all_already(checked.already.len()));
        return output::deliver(forms::outcomes(&checked.items(), &context.account_names(), *wanted.output));
    }
    permit(&context, checked.changes.len(), wanted.consent.reason.as_ref()).await?;
    announce(&checked, &wanted.consent)?;
    context.tell_control_tower(&wanted.consent);
    confirm_domain(&checked, wanted).await?;
    wanted.consent.ask(&checked.token()).await?;
    let new = NewPlan { source, reason: wanted.consent.reason.clone(), items: checked.items() };
    let work = Work {
        source: new.source.clone(),
        items: new.items.clone(),
        plan: PlanToStart::New(new),
        checked,
        resend: wanted.resend,
        results: wanted.results.clone(),
        output: *wanted.output,
    };
    work.start(&context).await
}

/// The open plan of the same file, which is continued and never doubled; an error if the file has changed since.
async fn open_plan_of(
    context: &CommandContext,
    source: &str,
    checked: &CheckedPlan,
) -> Result<Option<EmailPlan>, CliError> {
    let plans = context.engine.email_plans().await.map_err(|error| failed(context, &error))?;
    let is_it = |plan: &EmailPlan| plan.is_open() && plan.source == source && source != NO_FILE;
    let Some(plan) = plans.into_iter().find(is_it) else { return Ok(None) };
    let now = Timestamp::now();
    if checked.is_same_as(&plan) {
        print_note(&words::continued(&plan, now));
        return Ok(Some(plan));
    }
    let first = words::finish_first(context.resume_command(plan.id));
    Err(CliError::usage(words::other_open(&plan, now)).and(first))
}

pub(super) async fn resume(arguments: &Arguments, wanted: &ResumePlan) -> Done {
    let consent = Consent { yes: wanted.yes, reason: None };
    let context = CommandContext::read(arguments).await?;
    let Some(plan) = unfinished(&context, wanted.plan).await? else {
        let nothing = forms::outcomes(&[], &BTreeMap::new(), *wanted.output);
        return if *wanted.output == Form::Table { Ok(()) } else { output::deliver(nothing) };
    };
    consent.check()?;
    go_on(&context, plan, &consent, (wanted.results.clone(), *wanted.output)).await
}

async fn go_on(
    context: &CommandContext,
    plan: EmailPlan,
    consent: &Consent,
    (results, output): (Option<PathBuf>, Form),
) -> Done {
    let checked = check_against(context, false, |on| check_again(&plan, on)).await?;
    permit(context, checked.changes.len(), plan.reason.as_ref()).await?;
    print_note(&words::from(words::plan(&plan, Timestamp::now()), words::source(&plan.source)));
    let unsure = plan.count(ItemState::Sending) + plan.count(ItemState::Unknown);
    if unsure > 0 {
        print_error(&words::cut_off(unsure));
    }
    if !checked.problems.is_empty() {
        print_error(words::CANT_BE_STARTED);
        print_all(checked.problems.iter().map(words::line_problem), print_error);
    }
    print_all(checked.already.iter().map(words::already), print_note);
    if !checked.changes.is_empty() {
        announce(&checked, consent)?;
        consent.ask(&checked.token()).await?;
    }
    let work = Work {
        source: plan.source.clone(),
        plan: PlanToStart::Kept(plan.id),
        items: plan.items,
        checked,
        resend: false,
        results,
        output,
    };
    work.start(context).await
}

pub(super) async fn write_template(arguments: &Arguments, wanted: &PlanTemplate) -> Done {
    let which = given_which(arguments, wanted.accounts.which())?;
    let context = CommandContext::read_which(arguments, &which, Needs::Organization).await?;
    let accounts = context.which(&which)?;
    let units = context.engine.unit_names_of(&accounts).await.unwrap_or_else(|error| {
        print_error(&no_units(headline(&error)));
        UnitNames::default()
    });
    let can = |account: &&Account| {
        account.state == AccountState::Active
            && Some(account.id) != context.management_account()
            && !context.engine.rules().protected.contains(&account.id)
    };
    let (accounts, skipped): (Vec<&Account>, Vec<&Account>) = accounts.into_iter().partition(can);
    if !skipped.is_empty() {
        let ids: Vec<String> = skipped.iter().map(|account| account.id.to_string()).collect();
        print_note(&words::skipped(ids.join(", ")));
    }
    let paths: Vec<String> =
        accounts.iter().map(|account| units.path_of(account).unwrap_or_else(|| "?".to_owned())).collect();
    let rows = accounts.into_iter().zip(paths.iter().map(String::as_str));
    let text = template(rows, wanted.domain.as_deref());
    // The mark is for spreadsheets; a terminal has no use for it.
    let shown = if std::io::stdout().is_terminal() { text.trim_start_matches('\u{FEFF}') } else { &text };
    output::deliver(Ok(shown.to_owned()))
}

fn load(file: &Path) -> Result<(String, Vec<PlanRow>), CliError> {
    let name = input::name(file);
    let bytes = input::bytes(file)?;
    let PlanText { rows, notes } =
        read(&bytes).map_err(|why| CliError::usage(words::no_plan(&name, words::unreadable(&why))))?;
    for note in words::notes(&notes) {
        print_note(&format!("{name}: {note}"));
    }
    let source = if input::is_stdin(file) {
        NO_FILE.to_owned()
    } else {
        clean(&text_file::absolute(file).display().to_string())
    };
    Ok((source, rows))
}

async fn check_against(
    context: &CommandContext,
    resend: bool,
    check: impl FnOnce(&PlanGround<'_>) -> CheckedPlan,
) -> Result<CheckedPlan, CliError> {
    let now = context.engine.now();
    let started = context.engine.started_email_changes().await.map_err(|error| failed(context, &error))?;
    let pending: BTreeMap<_, _> = started
        .into_iter()
        // Of one that is not confirmed AWS is asked before anything is sent.
        .filter(|change| !change.progress.is_final() && !change.is_expired(now))
        .filter(|change| change.progress != StartedProgress::Unconfirmed)
        .map(|change| (change.account, Some(change.new)))
        .collect();
    Ok(check(&PlanGround {
        accounts: context.accounts.iter().collect(),
        management: context.management_account(),
        rules: context.engine.rules(),
        pending,
        resend,
    }))
}

/// One on a line, the first few of many.
fn print_all(lines: impl Iterator<Item = String>, print: fn(&str)) {
    for line in words::capped(lines.collect()) {
        print(&line);
    }
}

fn failed(context: &CommandContext, error: &ApiError) -> CliError {
    context.error(error).ending(Exit::Failed)
}

fn print_problems(
    context: &CommandContext,
    (source, rows): (&str, &[PlanRow]),
    checked: &CheckedPlan,
    form: Form,
) -> Done {
    print_all(checked.problems.iter().map(words::line_problem), print_error);
    let name = words::source(source);
    print_error(&format!("{name}: {}", words::problems(&checked.problems, checked.lines)));
    if form != Form::Table {
        output::deliver(forms::problems(checked, rows, &context.accounts, form))?;
    }
    Exit::Usage.end()
}

/// Whether primary emails may be changed at all. A refusal is journaled.
async fn permit(context: &CommandContext, changes: usize, reason: Option<&String>) -> Done {
    let permitted = permit_emails(&context.facts(None))
        .and_then(|()| context.permit_reason(Danger::Mild.on(changes), reason.map(String::as_str)));
    let Err(refusal) = permitted else { return context.can_record().await };
    let subject = Subject { reason: reason.cloned(), ..Subject::of_plan(Some(changes)) };
    Err(context.refuse(&refusal, None, &subject).await)
}

/// Journals the lines that rootdeck does not let out: of such a plan nothing is started.
async fn journal_refusals(context: &CommandContext, checked: &CheckedPlan, consent: &Consent) {
    for problem in &checked.problems {
        if let (PlanProblem::NotPermitted(refusal), Ok(account)) = (&problem.problem, problem.account.parse()) {
            let reason = consent.reason.clone();
            let subject = Subject { reason, ..Subject::of_start(account, Some(problem.line)) };
            context.engine.note_refusal(&subject, Timestamp::now(), refusal).await;
        }
    }
}

fn announce(checked: &CheckedPlan, consent: &Consent) -> Done {
    let preview = forms::preview(checked, &BTreeMap::new(), Form::Table)?;
    consent.tell(&format!("{}\n{}", words::would_start(checked.changes.len()), preview.trim_end()));
    consent.tell(words::WHAT_HAPPENS);
    Ok(())
}

/// The plan that is to be gone on with. That there is none, or more than one, is told.
async fn unfinished(context: &CommandContext, wanted: Option<i64>) -> Result<Option<EmailPlan>, CliError> {
    let plans = context.engine.email_plans().await.map_err(|error| failed(context, &error))?;
    if let Some(number) = wanted {
        let Some(plan) = plans.into_iter().find(|plan| plan.id.0 == number) else {
            return Err(CliError::usage(words::unknown_plan(number)));
        };
        if !plan.is_open() {
            print_note(&words::nothing_left(words::plan(&plan, Timestamp::now())));
            return Ok(None);
        }
        return Ok(Some(plan));
    }
    let mut open: Vec<EmailPlan> = plans.into_iter().filter(EmailPlan::is_open).collect();
    if open.is_empty() {
        print_note(words::ALL_FINISHED);
    }
    if open.len() > 1 {
        let now = Timestamp::now();
        let each = |plan: &EmailPlan| words::from(words::plan(plan, now), words::source(&plan.source));
        return Err(open.iter().map(each).fold(CliError::usage(words::SEVERAL_OPEN), CliError::and));
    }
    Ok(open.pop())
}
