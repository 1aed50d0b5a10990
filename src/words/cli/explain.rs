//! What `rootdeck policy` and its `explain` say, beside what the dashboard says of permissions.

pub(crate) use crate::words::permission::*;

pub(crate) const FOR_OR_EXPLAIN: &str = "use either --for (print a policy) or explain, not both";
pub(crate) const SCP_ALONE: &str = "scp is a different type of policy, for member accounts: print it separately";

pub(crate) const ALARMS_ALONE: &str = "alarms is a template, not a policy: print it separately";
pub(crate) const PATTERNS_ALONE: &str = "--patterns is for --for alarms";

pub(crate) const AND: &str = " and ";

sentences! {
    holds_where(statement, conditions) = "{statement} applies if {conditions}";
    of_a_resource(name) = "{name} is a resource policy (it has a Principal), not an identity policy: for a resource control policy add --kind rcp";
    published(policy, version, day) = "{policy} ({version}, published by AWS as of {day})\n\n";
    all_published(day) = "as published by AWS on {day}\n\n";
    without_it(consequence) = "without it: {consequence}";
    root_session(task) = "root session {task}";
}
