//! The dialogs of bulk plans.

pub(crate) const BACK_TO_LIST: &str = "Back to the list";
pub(crate) const BAD_DOMAIN: &str = "not a domain (example: corp.example)";
pub(crate) const CANNOT_START_ANY_MORE: &str = "No longer possible (recorded as not sent):";
pub(crate) const CHANGE_MANY: &str = "Change many primary emails with a plan";
pub(crate) const CHECKED_FIRST: &str = "The whole plan is checked and shown. Nothing starts before you confirm it.";
pub(crate) const IT_COULD_NOT_BE_WRITTEN: &str = "Could not be saved";
pub(crate) const EDIT_ADDRESS: &str = "edit address";
pub(crate) const EDIT_ALL: &str = "edit all";
pub(crate) const KEEP_ADDRESS: &str = "use this address";
pub(crate) const LAST_PLAN: &str = "of the last plan";
pub(crate) const NO_DOMAIN: &str = "none: the new addresses stay empty for you to fill in";
pub(crate) const ACCOUNT_UNKNOWN: &str = "unknown account";
pub(crate) const PLAN_IS_SHOWN: &str = "Shown as a list that you can edit. Nothing is sent before you confirm it.";
pub(crate) const LEFT_OUT: &str = "taken out of the plan";
pub(crate) const TAKEN_OUT: &str = "Taken out of the plan.";
pub(crate) const READ_AGAIN: &str = "Reload";
pub(crate) const READ_PLAN: &str = "a plan from a file (check, then start)";
pub(crate) const START_MARKED: &str = "Start a plan for the marked accounts";
pub(crate) const WRONG_WITH_PLAN: &str = "Problems of the plan";

sentences! {
    as_file(path) = "file: {path}";
    cannot_be_started(reason, fix) = "Cannot start: {reason}{fix}.";
    change_marked(count) = "New primary emails by pattern: {count}";
    skipped_in_template(count) = "Skipped: {count} whose primary email cannot be changed here.";
    more_before_sent(count) = "and {count} more (all are shown before anything is sent)";
    no_plan(reason) = "Not a plan: {reason}";
    pattern_fails(bad) = "The pattern gives no valid address for {bad} of them.";
    present_addresses_at(domain) = "the current addresses at {domain}";
    question(tick, question) = "{tick} {question} (space)";
    question_of(tick, of, question) = "{tick} {of}{question} (space)";
    edits_file() [edit: EditText] = "{edit}: edit the file, then check it again";
    edited_as(new) = "{new} (edited)";
    edits_kept(count) = "{count} edited in the list. Preview shows them again.";
    edits_lost(count) = "{count} edited for another pattern. Preview discards them.";
    to_buttons() [next: DialogNext] = "{next}: Cancel and Preview";
    list_of(count) = "New primary emails of {count}";
    no_plan_kept(reason) [edit: EditText] = "Not a plan: {reason} ({edit}: back to your text)";
    out_of(left, all) = "{left} of {all} accounts";
    resume_plan(id, file) = "Resume plan {id} ({file})";
    skipped(accounts) = "Skipped (primary email cannot be changed here): {accounts}.";
    start_plan(file) = "Start the plan {file}";
    template_columns() [changes: ViewEmailChanges, plan: BulkPlan] = "Columns: account_id, account_name, path, email, new_email. Fill in new_email, then start the plan in view {changes} ({plan}).";
    template_for(accounts) = "Template of a plan for {accounts}";
    template_hint() [template: PlanTemplate, accounts: ViewAccounts] = "To write a template for the marked \
        accounts: {template} in view {accounts}.";
    turns_it_on() [toggle: Toggle, organization: ViewOrganization] = "; enable it in view {organization} ({toggle})";
    wrong_with(file) = "Problems in {file}";
}
