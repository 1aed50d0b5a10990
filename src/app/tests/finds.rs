//! What a walk finds in the member accounts and files it comes to.

use jiff::{SignedDuration, Timestamp};

use super::rooted::{FILE, FIXED, LOCKED, buckets, gated};
use super::walk::Found;
use super::world::{
    KENSHO, NEW, OLD, OTHER_NEW, SANDBOX_07, SANDBOX_08, World, api_error, clean, full, id, noon, scp_denial, started,
    started_for,
};
use crate::app::effect::{Edit, PolicyFile, TextFile, TextUse, Visit};
use crate::app::key::Paste;
use crate::app::msg::Answer;
use crate::domain::account::Account;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::deletion::{DeletionCall, DeletionResult};
use crate::domain::email_change::{EmailChangeStatus, StartedProgress};
use crate::domain::policy_holder::{Queue, QueueListing};
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
use crate::domain::root_session::{SessionInfo, SessionKey};
use crate::domain::run::{Run, RunReport};
use crate::domain::stored::Stored;
use crate::domain::write::{Seen, WriteOutcome, Written};

/// An organization with both gates open and an account whose recovery was left open.
pub(super) fn left_open() -> World {
    let mut world = gated();
    world.stored.left_open = vec![LeftOpen::new(id(SANDBOX_07), noon(), "arn".into())];
    world
}

/// An organization that is otherwise than it was listed before.
pub(super) fn found() -> World {
    let stored = Stored { findings: super::world::findings(), ..Stored::default() };
    World { stored, ..World::default() }
}

/// An organization with two changes that wait for their passwords, and one that was started elsewhere.
pub(super) fn pending() -> World {
    let mut world = World::default();
    world.stored.started = vec![
        started("2025-03-14T13:14:00Z", StartedProgress::Pending),
        started_for(SANDBOX_08, OTHER_NEW, "2025-03-14T13:20:00Z", StartedProgress::Unconfirmed),
    ];
    for account in [SANDBOX_07, SANDBOX_08, KENSHO] {
        world.changes.insert(id(account), EmailChangeStatus::Pending);
    }
    world
}

/// What a look into a member account finds.
pub(super) fn looked(visit: &Visit, now: Timestamp) -> Answer {
    match visit {
        Visit::Buckets(account) => Answer::Buckets(account.id, Ok(buckets())),
        Visit::Queues(account, _) => {
            let queue = Queue { url: "https://sqs.test/444455556666/a\u{1b}b".into(), region: "eu-west-1".into() };
            let failed = vec![("us-east-1".into(), api_error(ApiErrorKind::DeniedByScp))];
            Answer::Queues(account.id, Ok(QueueListing { queues: vec![queue], failed }))
        }
        Visit::Policy(account, holder) => Answer::Policy(account.id, holder.clone(), Ok(Some(LOCKED.into()))),
        Visit::Session(account, task, seconds, _) => {
            let key = SessionKey { account: account.id, task: *task };
            let expires = now + SignedDuration::from_secs((*seconds).into());
            Answer::Session(key, Ok(SessionInfo { key, expires }))
        }
    }
}

/// What comes of a text in the editor.
pub(super) fn edited(edit: Edit) -> Answer {
    Answer::Edited(Ok(match edit {
        Edit::Text { text, .. } => Paste::new(text.text().replace("sandbox", "s")),
        Edit::File(_) => Paste::new(String::new()),
    }))
}

pub(super) fn filed(file: PolicyFile) -> Answer {
    match file {
        PolicyFile::Save(_, holder, _) => Answer::Saved(holder, Ok(FILE.into())),
        PolicyFile::Load(path) => Answer::Loaded(path, Ok(FIXED.into())),
    }
}

pub(super) fn looked_in_vain(answer: Answer) -> Answer {
    let why = api_error(ApiErrorKind::Throttled);
    match answer {
        Answer::Buckets(account, _) => Answer::Buckets(account, Err(why)),
        Answer::Queues(account, _) => Answer::Queues(account, Err(why)),
        Answer::Policy(account, holder, _) => Answer::Policy(account, holder, Err(why)),
        Answer::Session(key, _) => Answer::Session(key, Err(why)),
        Answer::Saved(holder, _) => Answer::Saved(holder, Err(why)),
        Answer::Edited(_) => Answer::Edited(Err(why)),
        Answer::Loaded(path, _) => Answer::Loaded(path, Err(why)),
        Answer::Kept(store_request, _) => Answer::Kept(store_request, Err(why)),
        Answer::PlanLoaded(path, _) => Answer::PlanLoaded(path, Err(why)),
        Answer::TextLoaded(path, purpose, _) => Answer::TextLoaded(path, purpose, Err(why)),
        other => other,
    }
}

/// What is seen after a change inside a member account: what it was to bring about, or not.
pub(super) fn seen_in_account(change: &RootChange, shown: bool) -> Seen {
    match change {
        RootChange::AllowPasswordRecovery if shown => Seen::LoginProfile(Presence::Present(None)),
        RootChange::ClosePasswordRecovery if shown => Seen::LoginProfile(Presence::Absent),
        RootChange::AllowPasswordRecovery | RootChange::ClosePasswordRecovery => {
            Seen::LoginProfile(Presence::Unknown(api_error(ApiErrorKind::Throttled)))
        }
        RootChange::DeletePolicy(_) => Seen::Policy(Ok((!shown).then(|| LOCKED.into()))),
        RootChange::PutPolicy(_, text) if shown => Seen::Policy(Ok(Some(text.clone()))),
        RootChange::PutPolicy(..) => Seen::Policy(Err(api_error(ApiErrorKind::Throttled))),
        RootChange::DeleteCredential(_) => Seen::Nothing,
    }
}

/// What a run would report of an account.
pub(super) fn reported(run: &Run, account: &Account, found: &Found) -> RunReport {
    let audit = match found {
        Found::Clean => clean(AuditDepth::Deep),
        Found::Unread => RootAudit::unknown(AuditDepth::Deep, &scp_denial()),
        _ => full(AuditDepth::Deep),
    };
    match run {
        Run::Audit { .. } => RunReport::Audited(account.id, Box::new(audit)),
        Run::DeleteCredentials { plans, .. } => {
            let plan = plans.iter().find(|plan| plan.account.id == account.id).expect("a plan");
            let results = plan.credentials.iter().cloned();
            let results = results
                .map(|one| DeletionResult::proved_by(one, DeletionCall::Made(WriteOutcome::Taken(None)), &audit))
                .collect();
            RunReport::Deleted { account: account.id, results, audit: Box::new(audit) }
        }
        Run::AskEmailChanges { .. } => {
            let report = match found {
                Found::Unread => Err(api_error(ApiErrorKind::Throttled)),
                Found::Clean => Ok(super::world::report_before(EmailChangeStatus::None)),
                _ => Ok(super::world::report(EmailChangeStatus::Pending)),
            };
            RunReport::EmailChange(account.id, report)
        }
        Run::ReadContacts { .. } | Run::ChangeAccounts { .. } => unreachable!("the dashboard has no such run"),
        Run::AcceptEmailChanges { items, .. } => {
            let item = items.iter().find(|item| item.account.id == account.id).expect("an item");
            let written = match found {
                Found::Unread => {
                    Written { outcome: WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), seen: Seen::Nothing }
                }
                Found::Clean => {
                    Written { outcome: WriteOutcome::Refused(api_error(ApiErrorKind::Invalid)), seen: Seen::Nothing }
                }
                _ => written(EmailChangeStatus::Accepted),
            };
            RunReport::Written(Box::new(item.change()), noon(), Box::new(written))
        }
        Run::StartEmailChanges { plan, .. } => super::plans::item_report(plan, account, found),
    }
}

/// What comes of a change that AWS takes and shows.
pub(super) fn written(status: EmailChangeStatus) -> Written {
    let seen = Seen::Email { report: Ok(super::world::report(status.clone())), email: Ok(OLD.into()) };
    Written { outcome: WriteOutcome::Taken(Some(status)), seen }
}

/// What comes of reading or writing a text file.
pub(super) fn texted(file: TextFile) -> Answer {
    match file {
        TextFile::Load(path, TextUse::Plan) => {
            Answer::PlanLoaded(path, Ok((Paste::new(super::plans::FILE.to_owned()), None)))
        }
        TextFile::Load(path, purpose) => Answer::TextLoaded(path, purpose, Ok(Paste::new(super::world::mail(NEW)))),
        TextFile::Save(path, purpose, _) => Answer::TextSaved(path, purpose, Ok(())),
        TextFile::Export(path, ..) => Answer::TextSaved(path, TextUse::Export, Ok(())),
    }
}
