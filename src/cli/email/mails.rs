//! Accepting many email changes with the one-time passwords of their mails.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::cli::arguments::{AcceptEmail, Arguments, Form};
use crate::cli::bulk::{self, Worked};
use crate::cli::context::CommandContext;
use crate::cli::error::{Came, CliError, Done, Exit};
use crate::cli::input;
use crate::cli::output::{self, print_error, print_note};
use crate::cli::rows::{self, Column, fields as f};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::change::{Change, Danger};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::journal::Subject;
use crate::domain::mail_match::{LeftMail, MailGround, MailProblem};
use crate::domain::mails::{CodeMail, code_mails};
use crate::domain::permit::permit;
use crate::domain::run::{Acceptance, Run, RunReport};
use crate::domain::write::{Seen, WriteOutcome, Written};
use crate::words::api_error::{explain, headline};
use crate::words::cli::email as email_words;
use crate::words::cli::mails as words;
use crate::words::refusal::refusal as refusal_words;

use super::follow::until_all_over;
use super::known::cached_emails;

pub(super) async fn accept(arguments: &Arguments, wanted: &AcceptEmail) -> Done {
    if !wanted.dry_run {
        wanted.consent.check()?;
    }
    let mails = load(wanted)?;
    let context = CommandContext::read(arguments).await?;
    let (items, left) = sorted(&context, &mails).await?;
    let left_rows: Vec<Row> = left.iter().map(|mail| Row::of_left(&context, mail)).collect();
    if wanted.dry_run {
        let all: Vec<Row> =
            items.iter().map(|item| Row::of(item, "would_accept", Came::Good)).chain(left_rows).collect();
        output::deliver(form(*wanted.output, &all))?;
        print_note(words::DRY_RUN);
        return exit(&all, false).end();
    }
    journal_refusals(&context, &left, wanted).await;
    if items.is_empty() {
        print_note(words::NOTHING_TO_ACCEPT);
        output::deliver(form(*wanted.output, &left_rows))?;
        return exit(&left_rows, false).end();
    }
    confirm(&context, (&items, &left_rows), wanted).await?;
    let run = Run::AcceptEmailChanges { items: items.clone(), reason: wanted.consent.reason.clone() };
    let worked = bulk::work(&context.engine, run, "accept").await;
    let mut interrupted = worked.interrupted;
    let mut all: Vec<Row> = outcomes(&context, &items, worked).into_iter().chain(left_rows).collect();
    if wanted.wait && !interrupted {
        interrupted = follow(&context, &mut all).await;
    }
    output::deliver(form(*wanted.output, &all))?;
    let accepted = all.iter().filter(|row| row.status == "accepted").count();
    if accepted > 0 {
        print_note(&words::accepted(accepted, context.again(&["email", "status"])));
    }
    exit(&all, interrupted).end()
}

/// Waits until what was accepted is carried out; whether that was interrupted.
async fn follow(context: &CommandContext, all: &mut [Row]) -> bool {
    let open = all.iter().filter(|row| row.status == "accepted").filter_map(|row| row.account).collect();
    let interrupted = until_all_over(context, open, |account, status| {
        let accepted = all.iter_mut().find(|row| row.account == Some(account) && row.status == "accepted");
        if let Some(row) = accepted {
            row.end(status);
        }
    });
    let interrupted = interrupted.await;
    if interrupted {
        print_error(email_words::AWS_GOES_ON);
    }
    interrupted
}

fn load(wanted: &AcceptEmail) -> Result<Vec<CodeMail>, CliError> {
    let text = input::secret_text(&wanted.mails)?;
    let mails = code_mails(&text);
    if mails.is_empty() {
        let name = wanted.mails.first().map_or_else(String::new, |file| input::name(Path::new(file)));
        return Err(CliError::usage(words::file_has(name, words::NO_MAILS)));
    }
    Ok(mails)
}

async fn sorted(context: &CommandContext, mails: &[CodeMail]) -> Result<(Vec<Acceptance>, Vec<LeftMail>), CliError> {
    let emails = cached_emails(context).await?;
    let by_id: BTreeMap<AccountId, &Account> = context.accounts.iter().map(|account| (account.id, account)).collect();
    let account = |id| by_id.get(&id).copied();
    let problem =
        |item: &Acceptance| permit(&item.change(), &context.facts(Some(&item.account))).err().map(MailProblem::Refused);
    let ground = MailGround { emails: &emails, now: context.engine.now(), account: &account, problem: &problem };
    Ok(ground.sort(mails))
}

async fn journal_refusals(context: &CommandContext, left: &[LeftMail], wanted: &AcceptEmail) {
    for mail in left {
        if let MailProblem::Refused(refusal) = &mail.why {
            let reason = wanted.consent.reason.clone();
            let subject = Subject { reason, ..Subject::of_acceptance(mail.account, &mail.address) };
            context.engine.note_refusal(&subject, context.engine.now(), refusal).await;
        }
    }
}

/// Names each change before it is confirmed: one with a yes, several with their number.
async fn confirm(context: &CommandContext, (items, left): (&[Acceptance], &[Row]), wanted: &AcceptEmail) -> Done {
    let danger = Danger::Mild.on(items.len());
    if let Err(refusal) = context.permit_reason(danger, wanted.consent.reason.as_deref()) {
        for item in items {
            let subject = Subject::of(&item.change(), wanted.consent.reason.clone());
            context.engine.note_refusal(&subject, context.engine.now(), &refusal).await;
        }
        return Err(context.refusal(&refusal, None));
    }
    context.can_record().await?;
    if !left.is_empty() {
        wanted.consent.tell(words::SKIPPED);
        for row in left {
            wanted.consent.tell(&words::skipped(row.who(), row.message.as_deref().unwrap_or_default()));
        }
    }
    let table = rows::table(&preview(), items);
    wanted.consent.tell(&words::will_accept(words::changes(items.len()), table.trim_end()));
    wanted.consent.tell(words::ACCEPT);
    match items {
        [_] => wanted.consent.agree().await,
        several => wanted.consent.ask(&several.len().to_string()).await,
    }
}

fn preview() -> Vec<Column<'static, Acceptance>> {
    vec![
        Column::table_only("ACCOUNT", |item: &Acceptance| item.account.id.to_string()),
        Column::table_only("NAME", |item: &Acceptance| item.account.name.clone()),
        Column::table_only("PRIMARY EMAIL", |item: &Acceptance| item.account.email.clone()),
        Column::table_only("NEW EMAIL", |item: &Acceptance| item.new.to_string()),
    ]
}

fn outcomes(context: &CommandContext, items: &[Acceptance], worked: Worked) -> Vec<Row> {
    let mut written: BTreeMap<AccountId, Written> = BTreeMap::new();
    for (report, _) in worked.reports {
        if let RunReport::Written(change, _, came) = report
            && let Change::AcceptEmailChange { account, .. } = *change
        {
            written.insert(account, *came);
        }
    }
    let row = |item: &Acceptance| match written.get(&item.account.id) {
        Some(written) => Row::of_written(context, item, written),
        None if worked.interrupted => Row::of(item, "not_attempted", Came::Failed).saying(words::NOT_SENT),
        None => {
            let status = context.email_command("status", item.account.id);
            Row::of(item, "unknown", Came::Unknown).saying(&words::no_answer(status))
        }
    };
    items.iter().map(row).collect()
}

fn exit(all: &[Row], interrupted: bool) -> Exit {
    Exit::of_each(&all.iter().map(|row| row.came).collect::<Vec<_>>(), interrupted, None)
}

/// What became of a mail, or of the change that it is about. Without its code.
#[derive(Clone)]
pub(in crate::cli) struct Row {
    account: Option<AccountId>,
    name: Option<String>,
    old: Option<String>,
    new: String,
    status: &'static str,
    code: Option<String>,
    message: Option<String>,
    came: Came,
}

impl Row {
    fn of(item: &Acceptance, status: &'static str, came: Came) -> Self {
        Self {
            account: Some(item.account.id),
            name: Some(item.account.name.clone()),
            old: Some(item.account.email.clone()),
            new: item.new.to_string(),
            status,
            code: None,
            message: None,
            came,
        }
    }

    fn of_left(context: &CommandContext, mail: &LeftMail) -> Self {
        let account = context.accounts.iter().find(|account| Some(account.id) == mail.account);
        let (status, came) = word(&mail.why);
        let said = words::problem(&mail.why);
        let message = match (&mail.why, mail.account) {
            (MailProblem::Expired, Some(id)) => words::request_new(said, context.email_command("resend", id)),
            _ => said,
        };
        Self {
            account: mail.account,
            name: account.map(|account| account.name.clone()),
            old: account.map(|account| account.email.clone()),
            new: mail.address.clone(),
            status,
            code: None,
            message: Some(message),
            came,
        }
    }

    fn of_written(context: &CommandContext, item: &Acceptance, written: &Written) -> Self {
        let of = |status, came| Self::of(item, status, came);
        let with = |status, came, error: &ApiError| {
            let said = explain(error, context.caller().as_ref());
            let message = format!("{} {}", said.cause, said.fix);
            Self { code: error.code.clone(), message: Some(message), ..of(status, came) }
        };
        match &written.outcome {
            WriteOutcome::Taken(_) => of("accepted", Came::Good),
            WriteOutcome::AlreadySo(error) => with("already_accepted", Came::Good, error),
            WriteOutcome::Unknown(_) | WriteOutcome::Refused(_) if is_past(&written.seen) => {
                of("accepted", Came::Good).saying(words::ANSWER_LOST)
            }
            WriteOutcome::NotPermitted(refusal) => of("refused", Came::Refused).saying(&refusal_words(refusal)),
            WriteOutcome::Refused(error) if context.error(error).exit() == Exit::NotPermitted => {
                with("refused", Came::Refused, error)
            }
            WriteOutcome::Refused(error) => with("refused", Came::Failed, error),
            WriteOutcome::Failed(error) => with("failed", Came::Failed, error),
            WriteOutcome::Unknown(error) => with("unknown", Came::Unknown, error),
        }
    }

    /// How what was accepted has ended, by AWS's report.
    fn end(&mut self, status: Result<EmailChangeStatus, ApiError>) {
        match status {
            Ok(EmailChangeStatus::Completed) => self.status = "completed",
            Ok(_) => {
                (self.status, self.came) = ("failed", Came::Failed);
                self.message = Some(email_words::CHANGE_FAILED.to_owned());
            }
            Err(error) => {
                (self.code, self.came) = (error.code.clone(), Came::Unknown);
                self.message = Some(headline(&error));
            }
        }
    }

    fn saying(self, message: &str) -> Self {
        Self { message: Some(message.to_owned()), ..self }
    }

    fn who(&self) -> String {
        self.account.map_or_else(|| self.new.clone(), |id| format!("{id}, {}", self.new))
    }
}

/// Whether AWS is seen to be past the code.
fn is_past(seen: &Seen) -> bool {
    let Seen::Email { report: Ok(report), .. } = seen else { return false };
    matches!(report.status, EmailChangeStatus::Accepted | EmailChangeStatus::Completed)
}

fn word(problem: &MailProblem) -> (&'static str, Came) {
    match problem {
        MailProblem::Older => ("older", Came::Good),
        MailProblem::Superseded => ("superseded", Came::Good),
        MailProblem::Accepted => ("already_accepted", Came::Good),
        MailProblem::NoChange => ("no_change", Came::Failed),
        MailProblem::StartedElsewhere => ("started_elsewhere", Came::Failed),
        MailProblem::SeveralAccounts => ("several_accounts", Came::Failed),
        MailProblem::SeveralCodes => ("several_codes", Came::Failed),
        MailProblem::Expired => ("expired", Came::Failed),
        MailProblem::Over => ("ended", Came::Failed),
        MailProblem::NotListed => ("not_listed", Came::Failed),
        MailProblem::InProgress => ("not_attempted", Came::Failed),
        MailProblem::Refused(_) => ("refused", Came::Refused),
    }
}

fn form(form: Form, all: &[Row]) -> io::Result<String> {
    rows::write(form, &columns(), all)
}

pub(in crate::cli) fn columns() -> Vec<Column<'static, Row>> {
    let id = |row: &Row| row.account.map(|id| id.to_string());
    vec![
        Column::new(f::ACCOUNT_ID.or_null(), id).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME.or_null(), |row: &Row| row.name.clone()).head("NAME"),
        Column::new(f::OLD_EMAIL.or_null(), |row: &Row| row.old.clone()),
        Column::new(f::NEW_EMAIL, |row: &Row| row.new.clone()).head("NEW EMAIL"),
        Column::new(f::MAIL_STATUS, |row: &Row| row.status).head("STATUS"),
        Column::new(f::AWS_CODE.or_null(), |row: &Row| row.code.clone()),
        Column::new(f::MESSAGE.or_null(), |row: &Row| row.message.clone()).head("MESSAGE"),
    ]
}
