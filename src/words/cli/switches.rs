//! What `rootdeck trust` and `rootdeck features` say.

pub(crate) const FEATURES_UNKNOWN: &str = "trusted access for iam.amazonaws.com is off: the features do nothing, and \
                                          AWS does not tell how they are set";

sentences! {
    is_so_already(what, state) = "{what} is {state} already: AWS shows it";
    is_so(what, state) = "{what} is {state}: AWS shows it";
    not_shown(what, state, command) = "AWS does not show that {what} is {state}; look again with `{command}`";
    unread(what, state, why) = "whether {what} is {state} could not be read: {why}";
    waiting(seconds, limit) = "waiting until AWS shows it, {seconds} s of at most {limit}";
    sent_not_shown(command) = "it was sent, and AWS does not show it yet; look again with `{command}`";
    open_email_changes(count) = "email changes started from this machine that are not over: {count}";
    open_recoveries(count) = "password recoveries allowed from this machine and not closed again: {count}";
}
