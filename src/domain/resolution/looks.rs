//! What was to be done in a member account, judged by a look that somebody takes there anyway.

use jiff::Timestamp;

use super::{Doubt, MARGIN, ROUNDING, Sought, TRACELESS, Verdict, What, second};
use crate::domain::journal::JournalEntry;
use crate::domain::policy_holder::{PolicyHolder, PolicyText};
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{Presence, RootAudit, RootCredential};

/// What an audit of the account says about the end of `entry`.
#[must_use]
pub fn judge_by_audit(entry: &JournalEntry, audit: &RootAudit, now: Timestamp) -> Verdict {
    let sought = Sought::of(entry);
    let (account, verdict) = match &sought.what {
        What::Credential(account, credential) => (*account, deleted(sought.at, credential, audit)),
        What::Recovery(account) => (*account, allowed(sought.at, audit, now)),
        _ => return Verdict::Open(sought.doubt().unwrap_or(Doubt::NothingTells)),
    };
    verdict.unwrap_or(Verdict::Open(Doubt::NeedsAudit(account)))
}

fn deleted(at: Timestamp, credential: &RootCredential, audit: &RootAudit) -> Option<Verdict> {
    let there = audit.shows(credential)?;
    if !there {
        return Some(Verdict::Done("seen afterwards: an audit shows it gone".to_owned()));
    }
    // A password can have been set anew since; an id is never given twice.
    if *credential == RootCredential::Password {
        let created = audit.password.details()?.created?;
        if created + ROUNDING >= at {
            return Some(Verdict::Open(Doubt::OtherTime));
        }
    }
    Some(Verdict::NotDone("seen afterwards: an audit shows it still there".to_owned()))
}

fn allowed(at: Timestamp, audit: &RootAudit, now: Timestamp) -> Option<Verdict> {
    match &audit.password {
        Presence::Unknown(_) => None,
        Presence::Absent if now.duration_since(at) <= TRACELESS => {
            Some(Verdict::NotDone("seen afterwards: an audit shows no login profile".to_owned()))
        }
        Presence::Absent => Some(Verdict::Open(Doubt::Traceless)),
        Presence::Present(password) => {
            let created = password.as_ref()?.created?;
            Some(if created + MARGIN < at {
                Verdict::Open(Doubt::SoBefore(created))
            } else if created > at + MARGIN {
                Verdict::Open(Doubt::OtherTime)
            } else {
                Verdict::Done(format!("seen afterwards: a login profile since {}", second(created)))
            })
        }
    }
}

/// What a look at the policy of `holder` says about the end of `entry`, which is of the same account. A
/// policy that is there can be another one than before, so only that there is none says anything.
#[must_use]
pub fn judge_by_policy(entry: &JournalEntry, holder: &PolicyHolder, policy: Option<&PolicyText>) -> Option<Verdict> {
    let deletes = entry.summary == RootChange::DeletePolicy(holder.clone()).summary();
    (deletes && policy.is_none()).then(|| Verdict::Done("seen afterwards: there is no policy".to_owned()))
}
