//! What `rootdeck policy` and its `explain` say, beside what the dashboard says of permissions.

pub(crate) use crate::words::permission::*;

pub(crate) const NOT_UTF8: &str = "is not text in UTF-8";
pub(crate) const FOR_OR_EXPLAIN: &str = "--for prints a policy and explain judges one: give one of the two";
pub(crate) const SCP_ALONE: &str = "scp is another kind of policy, for member accounts: print it by itself";

sentences! {
    of_a_resource(name) = "{name} is the policy of a resource (it has a Principal); callers have policies without one";
    cant_be_read(error) = "can't be read: {error}";
    published(policy, version, day) = "{policy} ({version}; as AWS published it on {day})\n\n";
    all_published(day) = "as AWS published them on {day}\n\n";
    root_session(task) = "root session {task}";
}
