//! Starting an email change, and having its one-time password sent again.

use std::time::Duration;

use super::known::{apply_report, cached_facts, open};
use super::{address, forms};
use crate::cli::arguments::{Arguments, Consent, OneForm, ResendEmail, StartEmail};
use crate::cli::context::{Answer, CommandContext, Needs, print};
use crate::cli::error::{CliError, Done};
use crate::cli::output::{self, Progress, print_error, print_note};
use crate::cli::signals::Interrupts;
use crate::cli::waiting::count_down;
use crate::domain::account::Account;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::{Change, START_EMAIL_CHANGE};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeStatus, StartedEmailChange, StartedProgress, wait_for_start};
use crate::domain::email_check::AddressCheck;
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::write::{Seen, WriteOutcome, WriteRequest};
use crate::words::api_error::headline;
use crate::words::cli::email as words;
use crate::words::cli::program::DEMO_FORGETS;
use crate::words::email::{NOT_KEPT, check as check_words, unusual};

/// How many entries of the journal are looked at for starts within the quota's time.
const ENTRIES: usize = 200;

pub(super) async fn start(arguments: &Arguments, wanted: &StartEmail) -> Done {
    wanted.consent.check()?;
    let context = about(arguments, &wanted.account).await?;
    let account = context.find(&wanted.account)?;
    permit_start(&context, account, &wanted.new_email, &wanted.consent).await?;
    let old = present(&context, account).await?;
    let check = address::check(&context, (account, &old), &wanted.new_email, wanted.allow_new_domain).await;
    let is_new_domain = match &check {
        AddressCheck::Good(_) => false,
        AddressCheck::NewDomain(..) => true,
        AddressCheck::Same => return already_there(&context, account, wanted).await,
        _ => return Err(CliError::usage(check_words(&check).unwrap_or_default())),
    };
    if !wanted.resend
        && let Some(facts) = pending_already(&context, account, &wanted.new_email).await
    {
        print_note(&already_pending(&context, account));
        return forms::deliver(&context, account, facts, *wanted.output);
    }
    announce(&context, account, (&old, &wanted.new_email), &wanted.consent).await?;
    if is_new_domain {
        tell_address_problems(&check, |text| wanted.consent.tell(text));
    }
    insist(wanted).await?;
    if is_new_domain && !wanted.allow_new_domain {
        confirm_domain(&wanted.new_email, &wanted.consent).await?;
    } else {
        wanted.consent.agree().await?;
    }
    let change = Change::StartEmailChange { account: account.id, old, new: wanted.new_email.clone() };
    send(&context, account, (change, wanted.resend), &wanted.consent, *wanted.output).await
}

async fn already_there(context: &CommandContext, account: &Account, wanted: &StartEmail) -> Done {
    tell_address_problems(&AddressCheck::Same, print_note);
    print_note(words::NOTHING_SENT);
    let facts = cached_facts(context, account.id).await.unwrap_or_default();
    forms::deliver(context, account, facts, *wanted.output)
}

/// What is known of the account, if this very change is pending as far as this machine and AWS know.
async fn pending_already(context: &CommandContext, account: &Account, new: &EmailAddress) -> Option<EmailFacts> {
    let mut facts = cached_facts(context, account.id).await.ok()?;
    let is_same = |started: &StartedEmailChange| {
        started.progress != StartedProgress::Unconfirmed && new.same_mailbox(started.new.as_str())
    };
    facts.started.as_ref().filter(|started| is_same(started))?;
    let now = context.engine.now();
    let report = context.engine.email_change(account.id).await.ok()?;
    let is_reported = matches!(report.status, EmailChangeStatus::Pending | EmailChangeStatus::Accepted);
    apply_report(&mut facts, Ok(report), now);
    let stands = matches!(facts.state(now), ChangeState::Pending(_) | ChangeState::Accepted);
    (is_reported && stands).then_some(facts)
}

fn already_pending(context: &CommandContext, account: &Account) -> String {
    words::pending_already(context.email_command("accept", account.id), context.email_command("resend", account.id))
}

/// The same start again, with the address that this machine has kept.
pub(super) async fn resend(arguments: &Arguments, wanted: &ResendEmail) -> Done {
    wanted.consent.check()?;
    let context = about(arguments, &wanted.account).await?;
    let account = context.find(&wanted.account)?;
    let facts = cached_facts(&context, account.id).await?;
    let waits = |progress| matches!(progress, StartedProgress::Unconfirmed | StartedProgress::Pending);
    let Some(started) = open(&facts).into_iter().find(|change| waits(change.progress)) else {
        let error = CliError::not_ready(words::none_waits_for_code(&account.name, account.id));
        return Err(if context.is_demo() { error.and(DEMO_FORGETS) } else { error });
    };
    let new = started.new.clone();
    permit_start(&context, account, &new, &wanted.consent).await?;
    let old = present(&context, account).await?;
    // A new domain was confirmed at the first start.
    let check = address::check(&context, (account, &old), &new, true).await;
    if !matches!(check, AddressCheck::Good(_) | AddressCheck::NewDomain(..)) {
        return Err(CliError::failed(check_words(&check).unwrap_or_default()));
    }
    announce(&context, account, (&old, &new), &wanted.consent).await?;
    wanted.consent.tell(words::USE_THE_NEWEST);
    wanted.consent.agree().await?;
    let change = Change::StartEmailChange { account: account.id, old, new };
    send(&context, account, (change, true), &wanted.consent, *wanted.output).await
}

async fn about(arguments: &Arguments, account: &str) -> Result<CommandContext, CliError> {
    CommandContext::read_about(arguments, &[account.to_owned()], Needs::Emails).await
}

async fn permit_start(context: &CommandContext, account: &Account, new: &EmailAddress, consent: &Consent) -> Done {
    let change = Change::StartEmailChange { account: account.id, old: account.email.clone(), new: new.clone() };
    context.permit_change(&change, account, None, consent).await
}

/// The address that the account has; the listing's, if AWS can't be asked for it.
async fn present(context: &CommandContext, account: &Account) -> Result<String, CliError> {
    match context.engine.primary_email(account.id).await {
        Ok(email) => Ok(email),
        Err(error) if error.kind == ApiErrorKind::TrustedAccessOff => Err(context.error(&error)),
        Err(error) => {
            let listed = &account.email;
            print_error(&words::taken_from_listing(listed, headline(&error)));
            Ok(listed.clone())
        }
    }
}

fn tell_address_problems(address: &AddressCheck, tell: impl Fn(&str)) {
    if let Some(what) = check_words(address) {
        tell(&what);
    }
}

async fn announce(
    context: &CommandContext,
    account: &Account,
    (old, new): (&str, &EmailAddress),
    consent: &Consent,
) -> Done {
    let change = Change::StartEmailChange { account: account.id, old: old.to_owned(), new: new.clone() };
    print(&change, Some(account), consent);
    context.tell_control_tower(consent);
    consent.tell(&words::now_then(old, new));
    context.print_command(&change);
    if context.is_demo() {
        consent.tell(DEMO_FORGETS);
    } else if !context.is_lasting().await {
        consent.tell(NOT_KEPT);
        return Ok(());
    }
    let facts = cached_facts(context, account.id).await?;
    for before in open(&facts).into_iter().filter(|before| before.new != *new) {
        consent.tell(&words::takes_the_place(&before.new, before.started));
    }
    Ok(())
}

async fn insist(wanted: &StartEmail) -> Done {
    let Some(why) = wanted.new_email.unusual() else { return Ok(()) };
    wanted.consent.tell(&unusual(why));
    if wanted.allow_unusual_address {
        return Ok(());
    }
    if wanted.consent.yes {
        return Err(CliError::usage(words::ALLOW_UNUSUAL));
    }
    wanted.consent.ask(wanted.new_email.as_str()).await
}

/// Has the new domain typed: whoever reads its mail gets root.
async fn confirm_domain(new: &EmailAddress, consent: &Consent) -> Done {
    if consent.yes { Err(CliError::usage(words::CONFIRM_DOMAIN)) } else { consent.ask(&new.domain()).await }
}

async fn send(
    context: &CommandContext,
    account: &Account,
    (change, resend): (Change, bool),
    consent: &Consent,
    form: OneForm,
) -> Done {
    wait_for_turn(context, account).await?;
    let change_to = match &change {
        Change::StartEmailChange { new, .. } => Some(new.clone()),
        _ => None,
    };
    let written =
        context.write(WriteRequest { resend, ..CommandContext::request(change, Some(account), consent) }).await;
    let is_lost = context.judge(&written.outcome, None)? == Answer::Lost;
    let new = change_to.as_ref();
    let mut facts = cached_facts(context, account.id).await.unwrap_or_default();
    let now = context.engine.now();
    if let Seen::Email { report: Ok(report), .. } = written.seen {
        apply_report(&mut facts, Ok(report), now);
    }
    // The record follows what AWS shows: past `unconfirmed`, the change is AWS's.
    let is_seen = facts.started.as_ref().is_some_and(|started| {
        Some(&started.new) == new && started.progress != StartedProgress::Unconfirmed && !started.progress.is_final()
    });
    let row = forms::row(account, facts);
    let row = match &written.outcome {
        WriteOutcome::Unknown(error) if !is_seen => row.unknown(headline(error)),
        _ => row,
    };
    let printed = output::deliver(forms::one(&row, form, now));
    let id = account.id;
    if is_lost && is_seen {
        print_error(words::LOST_AND_SHOWN);
    } else if is_lost {
        let (accept, status) = (context.email_command("accept", id), context.email_command("status", id));
        return Err(CliError::unknown(words::may_be_sent(accept, status)));
    }
    if matches!(written.outcome, WriteOutcome::AlreadySo(_)) {
        print_note(&already_pending(context, account));
        return printed;
    }
    print_note(&words::on_its_way(context.email_command("accept", id)));
    printed
}

/// Waits until AWS takes another start for the account. What earlier runs have sent is in the journal.
async fn wait_for_turn(context: &CommandContext, account: &Account) -> Done {
    let entries = context.engine.journal_entries(ENTRIES).await.unwrap_or_default();
    let is_sent = |entry: &JournalEntry| {
        // What rootdeck itself refused never reached AWS.
        let held_back = entry.outcome == JournalOutcome::Refused && entry.code.is_none();
        entry.operation == START_EMAIL_CHANGE && entry.account == Some(account.id) && !held_back
    };
    let sent = entries.iter().filter(|entry| is_sent(entry)).map(|entry| entry.at).collect();
    let wait = wait_for_start(sent, context.engine.now());
    if wait.is_zero() {
        return Ok(());
    }
    let seconds = Duration::from_millis(u64::try_from(wait.as_millis()).unwrap_or(0)).as_secs() + 1;
    print_note(&words::waits_for_quota(seconds));
    let waited = count_down(&Progress::new(), &mut Interrupts::new(), seconds, words::seconds_left).await;
    if waited { Ok(()) } else { Err(CliError::interrupted(words::NOTHING_SENT)) }
}
