//! The dialogs of bulk plans.

pub(crate) const BAD_DOMAIN: &str = "no domain yet: corp.example";
pub(crate) const CANNOT_START_ANY_MORE: &str =
    "These can't be started any more; that is noted, and nothing is sent for them:";
pub(crate) const CHANGE_MANY: &str = "Change many primary emails by a plan";
pub(crate) const CHANGE_THE_PATTERN: &str = "Change the pattern";
pub(crate) const CHECKED_FIRST: &str =
    "It is checked as a whole and shown; nothing is started before it was confirmed.";
pub(crate) const IT_COULD_NOT_BE_WRITTEN: &str = "It could not be written";
pub(crate) const LAST_PLAN: &str = "of the plan begun last";
pub(crate) const NO_DOMAIN: &str = "nothing: the new addresses are left to be filled in";
pub(crate) const PLAN_IS_SHOWN: &str =
    "The plan is checked as a whole and shown; nothing is sent before it is confirmed.";
pub(crate) const READ_AGAIN: &str = "Read again";
pub(crate) const READ_PLAN: &str = "a plan from a file, to be checked and started";
pub(crate) const START_MARKED: &str = "Start the plan for the marked accounts";
pub(crate) const WRONG_WITH_PLAN: &str = "What is wrong with the plan";

sentences! {
    as_file(path) = "as a file: {path}";
    cannot_be_started(reason, fix) = "It can't be started: {reason}{fix}.";
    change_marked(count) = "Change the primary emails of the marked: {count}";
    skipped_in_template(count) = "Left out: {count} whose primary email can't be changed from here.";
    more_before_sent(count) = "and {count} more; all are shown before anything is sent";
    no_plan(reason) = "It is no plan: {reason}";
    pattern_fails(bad) = "The pattern gives {bad} of those no address.";
    present_addresses_at(domain) = "the present addresses at {domain}";
    question(tick, question) = "{tick} {question} (space answers)";
    question_of(tick, of, question) = "{tick} {of}{question} (space answers)";
    resume_plan(id, file) = "Resume plan {id} ({file})";
    skipped(accounts) = "Skipped, since their primary email can't be changed from here: {accounts}.";
    start_plan(file) = "Start the plan {file}";
    template_columns() [changes: ViewEmailChanges, plan: BulkPlan] = "Columns: account_id, name, ou, email, new_email. Fill in new_email, then {changes} {plan}.";
    template_for(accounts) = "Template of a plan for {accounts}";
    template_hint() [template: PlanTemplate, accounts: ViewAccounts] = "{template} in view {accounts} writes a template for the marked accounts.";
    turns_it_on() [toggle: Toggle, organization: ViewOrganization] = "; {toggle} in view {organization} turns it on";
    wrong_with(file) = "What is wrong with {file}";
}
