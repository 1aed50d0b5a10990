//! What `rootdeck email plan`, `resume` and `template` say, beside what the dashboard says of plans.

pub(crate) use crate::words::plans::*;

pub(crate) const UNUSUAL_OPTION: &str = "unusual address: --allow-unusual-address";
pub(crate) const ALLOW_UNUSUAL: &str = "to use these addresses anyway, add --allow-unusual-address";
pub(crate) const CANT_BE_STARTED: &str = "can no longer be started (recorded as not sent):";
pub(crate) const NO_PLANS: &str = "no plans on this machine";
pub(crate) const STARTED_STAY: &str =
    "Changes that were started stay started, and can be accepted. The journal keeps its entries.";
pub(crate) const ALL_FINISHED: &str = "no open plans";
pub(crate) const SEVERAL_OPEN: &str = "several open plans: choose one with --plan:";

sentences! {
    domain_option(domain) = "new domain: --allow-new-domain={domain}";
    would_not_start(why) = "cannot be started: {why}";
    may_not_start(why) = "unknown whether it can be started: {why}";
    allow_domains(domains) = "if correct, add --allow-new-domain={domains}";
    is_domain_yours(domain) = "Do you own {domain}, and is it spelled correctly?";
    type_their_number(question) = "{question}? Type the number of addresses";
    results_in(file) = "results: {file}";
    rest_is_kept(resume) = "the rest stays open: resume with `{resume}`";
    results_unwritten(why) = "the results: {why}; name another file with --results";
    finish_first(resume) = "finish it first: `{resume}`";
    skipped(ids) = "skipped (primary email cannot be changed here): {ids}";
    no_plan(name, why) = "{name} is not a plan: {why}";
    unknown_plan(number) = "no plan {number} on this machine";
    nothing_left(plan) = "nothing left to send: {plan}";
    drop_plan(plan) = "Delete {plan}";
    wont_start(count) = "{count} of its changes are not started yet, and will not be";
    dropped(number) = "plan {number}: deleted on this machine";
    plan_moved(number) = "plan {number} has changed meanwhile: nothing was deleted";
    in_progress(wait) = "nothing was deleted: {wait}";
    from(plan, file) = "{plan}, from {file}";
}
