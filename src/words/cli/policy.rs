//! What the commands about bucket and queue policies say.

pub(crate) const NO_FOLDER: &str = "there is no folder to save the policy in: name a file with --save";
pub(crate) const SAVED_TO: &str = "the policy was saved to:";
pub(crate) const NOT_SHOWN_YET: &str = "AWS took it and does not show it yet, which can take a minute";

sentences! {
    would_go(policy) = "this would go, after it was saved:\n{policy}";
    nothing_to_unlock(holder) = "{holder} has no policy: there is nothing to unlock";
    lockouts_unknown(why) = "which statement shuts out whom can't be told: {why}";
    not_saved(why) = "{why}; nothing was changed";
    waiting(seconds) = "waiting, {seconds} s";
    has_new_policy(holder) = "{holder} has the policy of the file: AWS shows it";
    has_no_policy(holder) = "{holder} has no policy: AWS shows it";
    shows_no_policy(holder) = "AWS shows that {holder} has no policy";
    shows_another(holder) = "AWS shows a policy of {holder} that is another; look at it with show";
    now_unread(why) = "what AWS shows now could not be read: {why}";
    no_bucket(name, id, bucket) = "{name} ({id}) has no bucket called {bucket}";
    no_region(bucket) = "AWS does not tell the region of {bucket}, where the calls would have to go";
    no_queue(name, id, queue) = "{name} ({id}) has no queue {queue} there";
    region_unread(region) = "the queues in {region} could not be read";
}
