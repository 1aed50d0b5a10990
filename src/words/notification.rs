//! Notices.

use super::api_error::{headline, short};
use super::change::title;
use super::keys::{key, view};
use super::labels::enabled;
use super::refusal::{refusal, why};
use super::root_tasks::{already, asked, done, session};
use super::{console, contacts, dialogs, findings, journal, plans, profiles, readiness, root_access};
use crate::app::command::{CommandId, by_id};
use crate::app::effect::TextUse;
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::export::ExportForm;
use crate::domain::text::clean;
use crate::domain::write::WriteOutcome;

fn expired_recoveries(count: usize) -> String {
    let close = key(CommandId::LeftOpen);
    match count {
        1 => format!("1 password recovery is past its end and still open ({close} closes it)"),
        count => format!("{count} password recoveries are past their end and still open ({close} closes them)"),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one row for each notification")]
pub(crate) fn line(notification: &Notification) -> String {
    let [again, changes, code] = [CommandId::Refresh, CommandId::ViewEmailChanges, CommandId::EnterOtp].map(key);
    match notification {
        Notification::SwitchSeen(which, on) => format!("{which} {} (verified)", enabled(*on)),
        Notification::SwitchNotSeen(which, on) => {
            format!(
                "accepted by AWS, but {which} is not shown as {} after 3 minutes (check again: {again})",
                enabled(*on)
            )
        }
        Notification::AccountChanged(account, change, is_seen) => contacts::changed(*account, change, *is_seen),
        Notification::OpenChanges(1) => format!("1 open email change ({changes})"),
        Notification::OpenChanges(count) => {
            format!("{count} open email changes ({changes})")
        }
        Notification::ExpiredRecoveries(count) => expired_recoveries(*count),
        Notification::OtpSent(account, address) => {
            format!("{account}: one-time password sent to {address}")
        }
        Notification::EmailAccepted(account) => {
            format!("{account}: ACCEPTED, waiting for AWS to show the new primary email")
        }
        Notification::EmailCompleted(account, email) => format!("{account}: COMPLETED, the primary email is {email}"),
        Notification::EmailChangedElsewhere(account, email) => format!(
            "{account}: primary email changed elsewhere, to {email}. If nobody on your team changed it, find \
             AcceptPrimaryEmailUpdate in CloudTrail now."
        ),
        Notification::EmailFailed(account) => {
            format!("{account}: AWS reports the email change as FAILED; another account may use the address now")
        }
        Notification::AddressKept(account) => {
            format!("{account}: address saved; enter the one-time password ({code})")
        }
        Notification::Forgotten(account) => format!("{account}: email change forgotten on this machine; AWS keeps it"),
        Notification::NoMails => "no one-time password in the pasted text".to_owned(),
        Notification::AlreadyPending(account, new) => format!(
            "{account}: the change to {new} is already pending, nothing was sent (resend: {})",
            key(CommandId::SendAgain)
        ),
        Notification::UnrelatedCode => super::email::UNRELATED_CODE.to_owned(),
        Notification::SeveralCodes => super::email::SEVERAL_CODES.to_owned(),
        Notification::MailsElsewhere => {
            format!("paste mails with one-time passwords in view {changes}, with no other dialog open")
        }
        Notification::BareCode => {
            format!("a code alone fits any change: paste its whole mail, or select the change and press {code}")
        }
        Notification::MailsChanged => {
            "nothing was sent: the matches of these mails have changed, review them again".to_owned()
        }
        Notification::MailCopied => format!("mail copied: press {changes}, then paste"),
        Notification::Refreshing => "reloading".to_owned(),
        Notification::Copied(text) => format!("copied: {text}"),
        Notification::RowsCopied(count, form) => {
            let form = match form {
                ExportForm::Csv => "CSV",
                ExportForm::Json => "JSON",
            };
            format!("{count} {} copied as {form}", if *count == 1 { "row" } else { "rows" })
        }
        Notification::LinkOpened(page) => console::opened(*page),
        // The footer names what Enter does in the list, and not the command.
        Notification::Unavailable(CommandId::Choose | CommandId::CheckLocks | CommandId::RootTasks, reason) => {
            why(reason)
        }
        Notification::Unavailable(id, reason) => {
            format!("{}: {}", by_id(*id).map_or("", |command| command.title), why(reason))
        }
        Notification::NotTheMarked(command, account, others) => not_the_marked(*command, *account, *others),
        Notification::NotTyped(token) => format!("nothing was sent: type {token} to confirm"),
        Notification::Missing(what) => dialogs::missing(*what),
        Notification::ReadFirst => dialogs::read_first(),
        Notification::SessionsLetGo(count) => profiles::sessions(*count),
        Notification::ShortCode => "nothing was sent: the code must have six digits".to_owned(),
        Notification::NoSignIn(source) => profiles::no_sign_in(source),
        Notification::WorksThere(id, place) => dialogs::works_there(*id, *place),
        Notification::NoCommand => {
            format!("key not used here ({} for help)", key(CommandId::Help))
        }
        Notification::NoDialogCommand => dialogs::no_command(),
        Notification::ReadFailed(error) | Notification::Local(error) => headline(error),
        Notification::Warning(text) => text.clone(),
        Notification::AuditStarted(accounts, skipped) => root_access::audit_started(accounts, *skipped),
        Notification::RunEnded(summary) => root_access::run_ended(summary),
        Notification::RootSeen(account, change) => format!("{account}: {} (verified)", done(change)),
        Notification::RootAlready(account, change) => format!("{account}: {} (verified)", already(change)),
        Notification::RootNotSeen(account, change) => {
            format!("{account}: AWS does not confirm that {} (audit again)", asked(change))
        }
        Notification::RootUnread(account, change, error) => {
            format!("{account}: could not verify that {}: {}", asked(change), short(error.kind))
        }
        Notification::PolicyAwaited(account, change) => {
            format!("{account}: accepted by AWS, verifying that {} (up to 60 s)", asked(change))
        }
        Notification::PolicySeen(account, change) => format!("{account}: {} (verified now)", done(change)),
        Notification::PolicyNotSeen(account, change) => {
            format!("{account}: accepted by AWS, but after 60 s AWS does not confirm that {} (reload)", asked(change))
        }
        Notification::PolicySaved(holder, path) => format!("saved: policy of {holder} in {}", path.display()),
        Notification::NothingEdited => "nothing was changed in the editor".to_owned(),
        Notification::PolicyCopied(holder) => format!("policy of {holder} copied"),
        Notification::SessionOpened(opened) => {
            format!("root session open: {} ({} shows it)", session(*opened), key(CommandId::RootSessions))
        }
        Notification::SessionEnded(key) => format!("root session ended: {}", session(*key)),
        Notification::ExportsCopied(key) => {
            format!("credentials of {} copied as shell exports (secret)", session(*key))
        }
        Notification::ShellEnded(key) => {
            format!("back from the shell; its root session is still open: {}", session(*key))
        }
        Notification::FlowPolicyCopied(flow) => readiness::policy_copied(*flow),
        Notification::DelegationSeen(account, service, now) => {
            let is = if *now { "is the" } else { "is no longer a" };
            format!("{account} {is} delegated administrator for {service} (verified)")
        }
        Notification::DelegationNotSeen(account, service, _) => format!(
            "the delegation of {service} for {account} is accepted by AWS, but not shown yet (check again: {again})"
        ),
        Notification::Findings(summary) => findings::notification(summary),
        Notification::CutOff(_) | Notification::Resolved(_) | Notification::EntryResolved(..) => {
            journal::notification(notification).unwrap_or_default()
        }
        Notification::FileSaved(purpose, path) => {
            format!("{} saved: {}", text_use(*purpose), clean(&path.display().to_string()))
        }
        Notification::OpenPlans(open, left) => plans::open(*open, *left),
        Notification::PlanHalted(error) => plans::halted(error),
        Notification::PlanChanged => "nothing was started: the plan has changed, review it again".to_owned(),
        Notification::WriteTrouble(change, trouble) => format!("{}: {}", title(change), trouble_line(trouble)),
    }
}

pub(crate) fn text_use(purpose: TextUse) -> &'static str {
    match purpose {
        TextUse::Mails => "mails",
        TextUse::Plan => "plan",
        TextUse::Template => "template for a plan",
        TextUse::Results => "results of the plan",
        TextUse::Export => "export",
    }
}

fn not_the_marked(command: CommandId, account: AccountId, others: usize) -> String {
    let title = by_id(command).map_or("", |command| command.title);
    let marked =
        if others == 1 { "the other marked account".to_owned() } else { format!("the {others} other marked accounts") };
    let many = if command == CommandId::EnterOtp {
        format!("; for several accounts, paste their mails in {}", view(CommandId::ViewEmailChanges))
    } else {
        String::new()
    };
    format!("{title}: only {account}, not {marked}{many}")
}

pub(crate) fn trouble_line(trouble: &WriteOutcome) -> String {
    match trouble {
        WriteOutcome::Taken(_) => "accepted by AWS".to_owned(),
        WriteOutcome::AlreadySo(error) => format!("no change needed: {}", headline(error)),
        WriteOutcome::NotPermitted(reason) => format!("not sent: {}", refusal(reason)),
        WriteOutcome::Refused(error) => format!("refused by AWS, nothing was changed: {}", headline(error)),
        WriteOutcome::Failed(error) => format!("failed, nothing was changed: {}", headline(error)),
        WriteOutcome::Unknown(error) => format!("outcome unknown, the change may have been made: {}", headline(error)),
    }
}

pub(crate) fn trouble_title(trouble: &WriteOutcome) -> &'static str {
    match trouble {
        WriteOutcome::Taken(_) => "Accepted by AWS",
        WriteOutcome::AlreadySo(_) => "No change needed",
        WriteOutcome::NotPermitted(_) => "Not sent",
        WriteOutcome::Refused(_) => "Refused by AWS. Nothing was changed",
        WriteOutcome::Failed(_) => "Failed. Nothing was changed",
        WriteOutcome::Unknown(_) => "Outcome unknown: the change may have been made",
    }
}
