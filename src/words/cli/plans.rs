//! What `rootdeck email plan`, `resume` and `template` say, beside what the dashboard says of plans.

pub(crate) use crate::words::plans::*;

pub(crate) const UNUSUAL_OPTION: &str = "unusual address: --allow-unusual-address";
pub(crate) const ALLOW_UNUSUAL: &str = "to use these addresses anyway, add --allow-unusual-address";
pub(crate) const CANT_BE_STARTED: &str =
    "these can't be started any more; that is noted, and nothing is sent for them:";
pub(crate) const ALL_FINISHED: &str = "every plan is finished";
pub(crate) const SEVERAL_OPEN: &str = "several plans are not finished, so name one with --plan:";

sentences! {
    domain_option(domain) = "new domain: --allow-new-domain={domain}";
    would_not_start(why) = "it would not be started: {why}";
    may_not_start(why) = "whether AWS would let it be started is not known: {why}";
    allow_domains(domains) = "if that is right, add --allow-new-domain={domains}";
    is_domain_yours(domain) = "is {domain} yours and spelled right?";
    type_their_number(question) = "{question}? Type their number";
    results_in(file) = "what came of it is in {file}";
    rest_is_kept(resume) = "what is left is kept: `{resume}` goes on with it";
    results_unwritten(why) = "the results: {why}; name another file with --results";
    finish_first(resume) = "finish it first: `{resume}`";
    skipped(ids) = "left out, since their primary email can't be changed from here: {ids}";
    no_plan(name, why) = "{name} is no plan: {why}";
    unknown_plan(number) = "this machine keeps no plan {number}";
    nothing_left(plan) = "nothing is left of it: {plan}";
    from(plan, file) = "{plan}, from {file}";
}
