//! What the commands about bucket and queue policies say.

use crate::domain::policy_judgement::LockState;
use crate::words::ui::root as ui;

pub(crate) const NO_FOLDER: &str = "no folder for policy backups: name a file with --save";
pub(crate) const SAVED_TO: &str = "policy saved to:";
pub(crate) const NOT_SHOWN_YET: &str = "accepted by AWS, not shown yet (can take 1 minute)";

pub(crate) const LOCK_DEPENDS: &str = "a statement denies all principals on conditions that depend on each call";
pub(crate) const LOCK_UNCLEAR: &str = "rootdeck cannot tell which statements lock out whom";

/// What the policy of a bucket does, in a column of a table.
pub(crate) fn lock(state: LockState) -> &'static str {
    match state {
        LockState::NoPolicy => ui::WITHOUT_POLICY,
        LockState::NotLocked => ui::NOT_LOCKED,
        LockState::Depends => ui::LOCK_DEPENDS,
        LockState::Locked => "!! locked",
        LockState::Unclear => ui::LOCK_UNCLEAR,
    }
}

sentences! {
    would_go(policy) = "will be saved, then deleted:\n{policy}";
    nothing_to_unlock(holder) = "{holder} has no policy: nothing to unlock";
    lockouts_unknown(why) = "cannot determine which statements lock out whom: {why}";
    saved_to(path) = "policy saved to {path}";
    exists(path) = "{path} exists; a policy backup replaces no file. Without --save, each backup gets a file of its \
         own, named after account, policy and time";
    not_saved(why) = "{why}; nothing was changed";
    waiting(seconds) = "waiting, {seconds} s";
    has_new_policy(holder) = "{holder} has the policy of the file (verified)";
    has_no_policy(holder) = "{holder} has no policy (verified)";
    shows_no_policy(holder) = "{holder} has no policy (verified)";
    shows_another(holder) = "{holder} has a different policy now: check it with show";
    now_unread(why) = "the current policy could not be read: {why}";
    no_bucket(name, id, bucket) = "{name} ({id}) has no bucket {bucket}";
    no_region(bucket) = "unknown region of {bucket}: AWS does not report it";
    no_queue(queue, region, search) = "no queue {queue} in {region}. Search with `{search}`";
    policy_unread(name) = "the policy of {name} could not be read";
    account_unread(id, name) = "{id} ({name}) could not be read";
    regions_disabled(account, regions) =
        "not enabled in {account}, so without queues that can be reached: {regions} (they refuse the session that \
         other regions accept)";
    region_unread(region, account) = "the queues of {account} in {region} could not be read";
}
