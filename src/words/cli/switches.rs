//! What `rootdeck trust` and `rootdeck features` say.

pub(crate) const FEATURES_UNKNOWN: &str = "trusted access for iam.amazonaws.com is off: the features have no \
    effect, and AWS does not report them";

sentences! {
    is_so_already(what, state) = "{what} is already {state} (verified)";
    is_so(what, state) = "{what} is {state} (verified)";
    not_shown(what, state, command) = "not verified that {what} is {state}: check again with `{command}`";
    unread(what, state, why) = "could not verify that {what} is {state}: {why}";
    waiting(seconds, limit) = "verifying, {seconds} s of at most {limit}";
    sent_not_shown(command) = "sent, not shown by AWS yet: check again with `{command}`";
    open_email_changes(count) = "open email changes started from this machine: {count}";
    open_recoveries(count) = "open password recoveries allowed from this machine: {count}";
}
