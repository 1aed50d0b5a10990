//! Starting an email change, and having its one-time password sent again.

use std::time::Duration;

use super::known::{kept_of, open, take_report};
use super::{forms, forms::Row};
use crate::cli::arguments::{Arguments, Consent, OneForm, ResendEmail, StartEmail};
use crate::cli::error::{CliError, Done};
use crate::cli::ground::{Answer, DEMO_FORGETS, Ground, tell};
use crate::cli::output::{self, Progress, complain};
use crate::cli::signals::Interrupts;
use crate::domain::account::Account;
use crate::domain::change::{Change, START_EMAIL_CHANGE};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeStatus, StartedEmailChange, StartedProgress, wait_for_start};
use crate::domain::email_check::{AddressCheck, check_address};
use crate::domain::emails::{ChangeStanding, EmailFacts};
use crate::domain::fault::FaultKind;
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::permit::permit;
use crate::domain::write::{Outcome, Seen};
use crate::engine::journal::Subject;
use crate::words::email::{NOT_KEPT, check as check_words, unusual};
use crate::words::fault::headline;

/// How many entries of the journal are looked at for starts within the quota's time.
const ENTRIES: usize = 200;

/// Has a one-time password sent to the new address.
pub(super) async fn start(arguments: &Arguments, wanted: &StartEmail) -> Done {
    wanted.consent.check()?;
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    permit_start(&ground, account, &wanted.new_email, &wanted.consent).await?;
    let old = present(&ground, account).await?;
    let (text, rules) = (wanted.new_email.as_str(), ground.engine.rules());
    let check = check_address(text, account.id, &old, ground.accounts.iter(), rules);
    let is_new_domain = match &check {
        AddressCheck::Good(_) => false,
        AddressCheck::NewDomain(_) => true,
        AddressCheck::Same => return already_there(&ground, account, wanted).await,
        _ => return Err(CliError::usage(check_words(&check).unwrap_or_default())),
    };
    if !wanted.resend
        && let Some(facts) = pending_already(&ground, account, &wanted.new_email).await
    {
        complain(&already_pending(&ground, account));
        let row = Row::new(account.id, Some(account), facts);
        return output::deliver(forms::one(&row, wanted.output, ground.engine.now()));
    }
    announce(&ground, account, &old, &wanted.new_email).await?;
    if is_new_domain {
        complain_of_address(&check);
    }
    insist(wanted).await?;
    if is_new_domain && !wanted.allow_new_domain {
        vouch(&wanted.new_email, &wanted.consent).await?;
    } else {
        wanted.consent.agree().await?;
    }
    let change = Change::StartEmailChange { account: account.id, old, new: wanted.new_email.clone() };
    send(&ground, account, (change, wanted.resend), &wanted.consent, wanted.output).await
}

/// The account has the address: that is a state, and no error.
async fn already_there(ground: &Ground, account: &Account, wanted: &StartEmail) -> Done {
    complain_of_address(&AddressCheck::Same);
    complain("nothing was sent");
    let facts = kept_of(ground, account.id).await.unwrap_or_default();
    let row = Row::new(account.id, Some(account), facts);
    output::deliver(forms::one(&row, wanted.output, ground.engine.now()))
}

/// What is known of the account, if this very change is pending as far as this machine and AWS know.
async fn pending_already(ground: &Ground, account: &Account, new: &EmailAddress) -> Option<EmailFacts> {
    let mut facts = kept_of(ground, account.id).await.ok()?;
    let is_same = |started: &StartedEmailChange| {
        started.progress != StartedProgress::Unconfirmed && new.same_mailbox(started.new.as_str())
    };
    facts.started.as_ref().filter(|started| is_same(started))?;
    let now = ground.engine.now();
    let report = ground.engine.email_change(account.id).await.ok()?;
    let is_reported = matches!(report.status, EmailChangeStatus::Pending | EmailChangeStatus::Accepted);
    take_report(&mut facts, Ok(report), now);
    let stands = matches!(facts.standing(now), ChangeStanding::Pending(_) | ChangeStanding::Accepted);
    (is_reported && stands).then_some(facts)
}

fn already_pending(ground: &Ground, account: &Account) -> String {
    format!(
        "this change is pending already; nothing was sent. `{}` takes its one-time password, `{}` has it sent again",
        ground.email_command("accept", account.id),
        ground.email_command("resend", account.id)
    )
}

/// The same start again, with the address that this machine has kept.
pub(super) async fn resend(arguments: &Arguments, wanted: &ResendEmail) -> Done {
    wanted.consent.check()?;
    let ground = Ground::read(arguments).await?;
    let account = ground.find(&wanted.account)?;
    let facts = kept_of(&ground, account.id).await?;
    let waits = |progress| matches!(progress, StartedProgress::Unconfirmed | StartedProgress::Pending);
    let Some(started) = open(&facts).into_iter().find(|change| waits(change.progress)) else {
        let error = CliError::not_ready(format!(
            "no email change of {} ({}) that was started from this machine waits for its one-time password",
            account.name, account.id
        ));
        return Err(if ground.is_demo() { error.and(DEMO_FORGETS) } else { error });
    };
    let new = started.new.clone();
    permit_start(&ground, account, &new, &wanted.consent).await?;
    let old = present(&ground, account).await?;
    let check = check_address(new.as_str(), account.id, &old, ground.accounts.iter(), ground.engine.rules());
    // A new domain was vouched for at the first start.
    if !matches!(check, AddressCheck::Good(_) | AddressCheck::NewDomain(_)) {
        return Err(CliError::failed(check_words(&check).unwrap_or_default()));
    }
    announce(&ground, account, &old, &new).await?;
    complain("the code of an earlier mail may no longer count: use that of the newest");
    wanted.consent.agree().await?;
    let change = Change::StartEmailChange { account: account.id, old, new };
    send(&ground, account, (change, true), &wanted.consent, wanted.output).await
}

/// Whether the change may be started at all, the address itself aside.
async fn permit_start(ground: &Ground, account: &Account, new: &EmailAddress, consent: &Consent) -> Done {
    let change = Change::StartEmailChange { account: account.id, old: account.email.clone(), new: new.clone() };
    match permit(&change, &ground.facts(Some(account))) {
        Ok(()) => ground.can_record().await,
        Err(refusal) => Err(ground.refuse(&refusal, None, &Subject::of(&change, consent.reason.clone())).await),
    }
}

/// The address that the account has; the listing's, if AWS can't be asked for it.
async fn present(ground: &Ground, account: &Account) -> Result<String, CliError> {
    match ground.engine.primary_email(account.id).await {
        Ok(email) => Ok(email),
        Err(fault) if fault.kind == FaultKind::TrustedAccessOff => Err(ground.error(&fault)),
        Err(fault) => {
            let listed = &account.email;
            complain(&format!("the address is taken from the listing ({listed}), since {}", headline(&fault)));
            Ok(listed.clone())
        }
    }
}

fn complain_of_address(address: &AddressCheck) {
    if let Some(what) = check_words(address) {
        complain(&what);
    }
}

/// Says what would be done.
async fn announce(ground: &Ground, account: &Account, old: &str, new: &EmailAddress) -> Done {
    let change = Change::StartEmailChange { account: account.id, old: old.to_owned(), new: new.clone() };
    tell(&change, Some(account));
    complain(&format!("now {old}, then {new}"));
    ground.tell_command(&change);
    if ground.is_demo() {
        complain(DEMO_FORGETS);
    } else if !ground.is_lasting().await {
        complain(NOT_KEPT);
        return Ok(());
    }
    let facts = kept_of(ground, account.id).await?;
    for before in open(&facts).into_iter().filter(|before| before.new != *new) {
        complain(&format!(
            "the change to {}, started {:.0}, is not over; AWS has one change for an account, and this one takes its place",
            before.new, before.started
        ));
    }
    Ok(())
}

/// Has an address typed that AWS documents as invalid.
async fn insist(wanted: &StartEmail) -> Done {
    let Some(why) = wanted.new_email.unusual() else { return Ok(()) };
    complain(&unusual(why));
    if wanted.allow_unusual_address {
        return Ok(());
    }
    if wanted.consent.yes {
        return Err(CliError::usage("to use it anyway, add --allow-unusual-address"));
    }
    wanted.consent.ask(wanted.new_email.as_str()).await
}

/// Has the new domain typed: whoever reads its mail gets root.
async fn vouch(new: &EmailAddress, consent: &Consent) -> Done {
    if consent.yes {
        let how = "a new domain has to be confirmed as well: add --allow-new-domain if it is ours and spelled right";
        return Err(CliError::usage(how));
    }
    consent.ask(&new.domain()).await
}

async fn send(
    ground: &Ground,
    account: &Account,
    (change, resend): (Change, bool),
    consent: &Consent,
    form: OneForm,
) -> Done {
    wait_for_turn(ground, account).await?;
    let change_to = match &change {
        Change::StartEmailChange { new, .. } => Some(new.clone()),
        _ => None,
    };
    let written = ground.start_email(change, account, consent.reason.clone(), resend).await;
    let is_lost = ground.judge(&written.outcome, None)? == Answer::Lost;
    let new = change_to.as_ref();
    let mut facts = kept_of(ground, account.id).await.unwrap_or_default();
    let now = ground.engine.now();
    if let Seen::Email { report: Ok(report), .. } = written.seen {
        take_report(&mut facts, Ok(report), now);
    }
    // The record follows what AWS shows: past `unconfirmed`, the change is AWS's.
    let is_seen = facts.started.as_ref().is_some_and(|started| {
        Some(&started.new) == new && started.progress != StartedProgress::Unconfirmed && !started.progress.is_final()
    });
    let row = Row::new(account.id, Some(account), facts);
    let row = match &written.outcome {
        Outcome::Unknown(fault) if !is_seen => row.unknown(headline(fault)),
        _ => row,
    };
    let printed = output::deliver(forms::one(&row, form, now));
    let id = account.id;
    if is_lost && is_seen {
        complain("the answer was lost; AWS shows the change");
    } else if is_lost {
        return Err(CliError::unknown(format!(
            "AWS may have sent the mail. If it comes, `{}` takes its code; `{}` tells what AWS shows",
            ground.email_command("accept", id),
            ground.email_command("status", id)
        )));
    }
    if matches!(written.outcome, Outcome::AlreadySo(_)) {
        complain(&already_pending(ground, account));
        return printed;
    }
    complain(&format!("the one-time password is on its way; `{}` takes it", ground.email_command("accept", id)));
    printed
}

/// Waits until AWS takes another start for the account. Each run of the program begins with nothing
/// sent, so what runs before it have sent is in the journal.
async fn wait_for_turn(ground: &Ground, account: &Account) -> Done {
    let entries = ground.engine.journal_entries(ENTRIES).await.unwrap_or_default();
    let is_sent = |entry: &JournalEntry| {
        // What rootdeck itself refused never reached AWS.
        let held_back = entry.outcome == JournalOutcome::Refused && entry.code.is_none();
        entry.operation == START_EMAIL_CHANGE && entry.account == Some(account.id) && !held_back
    };
    let sent = entries.iter().filter(|entry| is_sent(entry)).map(|entry| entry.at).collect();
    let wait = wait_for_start(sent, ground.engine.now());
    if wait.is_zero() {
        return Ok(());
    }
    let mut seconds = Duration::from_millis(u64::try_from(wait.as_millis()).unwrap_or(0)).as_secs() + 1;
    complain(&format!("AWS takes 3 starts in 30 seconds for each account: this one waits for {seconds} s"));
    let progress = Progress::new();
    let mut interrupts = Interrupts::new().ok();
    while seconds > 0 {
        progress.show(&format!("waiting, {seconds} s left"));
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => seconds -= 1,
            () = Interrupts::next_of(&mut interrupts) => {
                progress.show("");
                return Err(CliError::interrupted("nothing was sent"));
            }
        }
    }
    Ok(())
}
