//! What `rootdeck policy` and its `explain` say, beside what the dashboard says of permissions.

pub(crate) use crate::words::permission::*;

pub(crate) const FOR_OR_EXPLAIN: &str = "--for prints a policy and explain judges one: give one of the two";
pub(crate) const SCP_ALONE: &str = "scp is another kind of policy, for member accounts: print it by itself";

pub(crate) const AND: &str = " and ";

sentences! {
    holds_where(statement, conditions) = "{statement} holds where {conditions}";
    of_a_resource(name) = "{name} is the policy of a resource (it has a Principal); callers have policies without one";
    published(policy, version, day) = "{policy} ({version}; as AWS published it on {day})\n\n";
    all_published(day) = "as AWS published them on {day}\n\n";
    root_session(task) = "root session {task}";
}
