//! Notices.

use super::api_error::{headline, short};
use super::change::title;
use super::keys::{key, view};
use super::labels::on_off;
use super::refusal::{refusal, why};
use super::root_tasks::{already, asked, done, session};
use super::{dialogs, findings, journal, plans, profiles, readiness, root_access};
use crate::app::command::{CommandId, by_id};
use crate::app::effect::TextUse;
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::text::clean;
use crate::domain::write::WriteOutcome;

#[expect(clippy::too_many_lines, reason = "a table: one row for each notification")]
pub(crate) fn line(notification: &Notification) -> String {
    let [again, changes, code] = [CommandId::Refresh, CommandId::ViewEmailChanges, CommandId::EnterOtp].map(key);
    match notification {
        Notification::SwitchSeen(which, on) => format!("{which} is {}: AWS shows it", on_off(*on)),
        Notification::SwitchNotSeen(which, on) => {
            format!("AWS took it, but does not show {which} {} after 3 minutes; {again} looks again", on_off(*on))
        }
        Notification::OpenChanges(1) => format!("an email change started from here is not over; {changes} shows it"),
        Notification::OpenChanges(count) => {
            format!("{count} email changes started from here are not over; {changes} shows them")
        }
        Notification::OtpSent(account, address) => {
            format!("{account}: the one-time password is on its way to {address}")
        }
        Notification::EmailAccepted(account) => {
            format!("{account}: ACCEPTED; waiting until AWS shows the new primary email")
        }
        Notification::EmailCompleted(account, email) => format!("{account}: COMPLETED; the primary email is {email}"),
        Notification::EmailChangedElsewhere(account, email) => format!(
            "{account}: primary email changed elsewhere, to {email}. If nobody on your team changed it, find \
             AcceptPrimaryEmailUpdate in CloudTrail now."
        ),
        Notification::EmailFailed(account) => {
            format!("{account}: AWS says the email change FAILED; the address may have been taken meanwhile")
        }
        Notification::AddressKept(account) => {
            format!("{account}: the address is kept; {code} enters the one-time password")
        }
        Notification::Forgotten(account) => format!("{account}: its email change is forgotten here; AWS keeps its own"),
        Notification::NoMails => "no one-time password was found in what was pasted".to_owned(),
        Notification::AlreadyPending(account, new) => format!(
            "{account}: the change to {new} is pending already; nothing was sent ({} sends its password again)",
            key(CommandId::SendAgain)
        ),
        Notification::UnrelatedCode => super::email::UNRELATED_CODE.to_owned(),
        Notification::SeveralCodes => super::email::SEVERAL_CODES.to_owned(),
        Notification::MailsElsewhere => {
            format!("mails with one-time passwords are taken in view {changes}, where no other dialog is open")
        }
        Notification::BareCode => format!(
            "a code alone could be that of any change: paste its whole mail, or select the change and press {code}"
        ),
        Notification::MailsChanged => "nothing was sent: what the mails match has changed; look again".to_owned(),
        Notification::MailCopied => format!("the mail is copied; {changes}, then paste"),
        Notification::Refreshing => "reading everything again".to_owned(),
        Notification::Copied(text) => format!("copied: {text}"),
        Notification::Unavailable(id, reason) => {
            format!("{}: {}", by_id(*id).map_or("", |command| command.title), why(reason))
        }
        Notification::NotTheMarked(command, account, others) => not_the_marked(*command, *account, *others),
        Notification::NotTyped(token) => format!("nothing was sent: type {token} to confirm"),
        Notification::ReadFirst => dialogs::read_first(),
        Notification::SessionsLetGo(count) => profiles::sessions(*count),
        Notification::ShortCode => "nothing was sent: the code has six digits".to_owned(),
        Notification::NoSignIn(source) => profiles::no_sign_in(source),
        Notification::WorksThere(id, place) => dialogs::works_there(*id, *place),
        Notification::NoCommand => {
            format!("that key has no meaning here; {} shows those that have", key(CommandId::Help))
        }
        Notification::ReadFailed(error) | Notification::Local(error) => headline(error),
        Notification::AuditStarted(accounts, skipped) => root_access::audit_started(accounts, *skipped),
        Notification::RunEnded(summary) => root_access::run_ended(summary),
        Notification::RootSeen(account, change) => format!("{account}: {}: AWS shows it", done(change)),
        Notification::RootAlready(account, change) => format!("{account}: {}: AWS shows it", already(change)),
        Notification::RootNotSeen(account, change) => {
            format!("{account}: AWS does not show that {}; look again with an audit", asked(change))
        }
        Notification::RootUnread(account, change, error) => {
            format!("{account}: whether {} could not be read: {}", asked(change), short(error.kind))
        }
        Notification::PolicyAwaited(account, change) => {
            format!("{account}: AWS took it; waiting until it shows that {} (up to 60 s)", asked(change))
        }
        Notification::PolicySeen(account, change) => format!("{account}: {}: AWS shows it now", done(change)),
        Notification::PolicyNotSeen(account, change) => {
            format!("{account}: AWS took it, but does not show after 60 seconds that {}; read it again", asked(change))
        }
        Notification::PolicySaved(holder, path) => format!("the policy of {holder} lies in {}", path.display()),
        Notification::PolicyCopied(holder) => format!("copied: the policy of {holder}"),
        Notification::SessionOpened(opened) => {
            format!("root session in hand: {}; {} shows it", session(*opened), key(CommandId::RootSessions))
        }
        Notification::SessionEnded(key) => format!("root session ended: {}", session(*key)),
        Notification::ExportsCopied(key) => {
            format!("copied: the credentials of {} as shell exports; they are secret", session(*key))
        }
        Notification::ShellEnded(key) => format!("back from the shell; its session lives on: {}", session(*key)),
        Notification::FlowPolicyCopied(flow) => readiness::policy_copied(*flow),
        Notification::DelegationSeen(account, service, now) => {
            let is = if *now { "is the" } else { "is no longer a" };
            format!("{account} {is} delegated administrator for {service}: AWS shows it")
        }
        Notification::DelegationNotSeen(account, service, _) => format!(
            "AWS took the delegation of {service} about {account}, and does not show it yet; {again} looks again"
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
        Notification::PlanChanged => "what would be started has changed meanwhile; look at it again".to_owned(),
        Notification::WriteTrouble(change, trouble) => format!("{}: {}", title(change), trouble_line(trouble)),
    }
}

pub(crate) fn text_use(purpose: TextUse) -> &'static str {
    match purpose {
        TextUse::Mails => "mails",
        TextUse::Plan => "plan",
        TextUse::Template => "template for a plan",
        TextUse::Results => "results of the plan",
        TextUse::Journal => "journal",
    }
}

fn not_the_marked(command: CommandId, account: AccountId, others: usize) -> String {
    let title = by_id(command).map_or("", |command| command.title);
    let marked = root_access::accounts(others);
    let many = if command == CommandId::EnterOtp {
        format!("; for several, paste their mails in {}", view(CommandId::ViewEmailChanges))
    } else {
        String::new()
    };
    format!("{title}: only {account}, not the marked ({marked}){many}")
}

pub(crate) fn trouble_line(trouble: &WriteOutcome) -> String {
    match trouble {
        WriteOutcome::Taken(_) => "AWS took it".to_owned(),
        WriteOutcome::AlreadySo(error) => format!("it was so already: {}", headline(error)),
        WriteOutcome::NotPermitted(reason) => format!("not sent: {}", refusal(reason)),
        WriteOutcome::Refused(error) => format!("AWS refused, nothing was changed: {}", headline(error)),
        WriteOutcome::Failed(error) => format!("failed, nothing was changed: {}", headline(error)),
        WriteOutcome::Unknown(error) => format!("outcome unknown, it may have been done: {}", headline(error)),
    }
}

pub(crate) fn trouble_title(trouble: &WriteOutcome) -> &'static str {
    match trouble {
        WriteOutcome::Taken(_) => "AWS took it",
        WriteOutcome::AlreadySo(_) => "It was so already",
        WriteOutcome::NotPermitted(_) => "Not sent",
        WriteOutcome::Refused(_) => "AWS refused; nothing was changed",
        WriteOutcome::Failed(_) => "Failed; nothing was changed",
        WriteOutcome::Unknown(_) => "Outcome unknown: it may have been done",
    }
}
