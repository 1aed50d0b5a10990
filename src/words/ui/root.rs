//! The dialogs of root access: audits, deletions, tasks, sessions, policies.

pub(crate) const BUCKET: &str = "Bucket";
pub(crate) const QUEUE: &str = "Queue";
pub(crate) const ASKING_AWS: &str = "loading (you can close this)";
pub(crate) const ASKING_MAILBOX: &str = "from the account list, verifying";
pub(crate) const AWS_WAS_NOT_ASKED: &str = "No request was sent to AWS.";
pub(crate) const CANNOT_BE_REVOKED: &str = "The session cannot be revoked. It stays valid until it expires.";
pub(crate) const CHANGE_ACCEPTED: &str = "Accepted by AWS, verifying (up to 60 s).";
pub(crate) const COPIES_SECRETS: &str = "Copy exports puts the secret key and the token on your local clipboard.";
pub(crate) const COPY_EXPORTS: &str = "Copy exports";
pub(crate) const ABSENT: &str = "already absent";
pub(crate) const DELETED: &str = "deleted";
pub(crate) const DELETION_NOT_TRIED: &str = "not attempted";
pub(crate) const DELETION_UNKNOWN: &str = "unknown";
pub(crate) const NOT_DELETED: &str = "not deleted";
pub(crate) const DELETION: &str = "Deletion of root credentials";
pub(crate) const FILE_IS_SHOWN: &str = "The file is read and shown first. Nothing is put before you confirm it.";
pub(crate) const OPEN_ALREADY: &str = "already open";
pub(crate) const IT_COULD_NOT_BE_READ: &str = "Could not be read";
pub(crate) const IT_WOULD_REPLACE: &str = "Will replace:";
pub(crate) const LOOK_IN: &str = "Search";
pub(crate) const NEVER_VERIFIED: &str = "from the account list, never verified";
pub(crate) const NOT_ATTEMPTED: &str = "not attempted: stopped before this account";
pub(crate) const NOT_LOOKED_AT: &str = "not checked in this session";
pub(crate) const NOT_REACHED: &str = "not reached";
pub(crate) const NOT_LOCKED: &str = "not locked";
pub(crate) const NOT_SAVED_YET: &str = "no backup yet";
pub(crate) const NOT_YET: &str = "not yet";
pub(crate) const NO_BUCKETS: &str = "This account has no buckets.";
pub(crate) const NO_POLICY_CHOICES: &str = "put one from a file, reload";
pub(crate) const NO_POLICY_NOW: &str = "No policy.";
pub(crate) const NO_QUEUES: &str = "No queues there.";
pub(crate) const NO_REGION_OR_QUEUE: &str = "not a list of regions, nor a queue";
pub(crate) const NO_STATEMENT_LEFT: &str =
    "No statement is left. AWS refuses a policy without statements: delete the policy instead.";
pub(crate) const NO_SESSION: &str = "No session";
pub(crate) const POLICY_CHOICES: &str = "save, edit, remove a statement, delete, put a policy from a file";
pub(crate) const READING_IT: &str = "reading";
pub(crate) const REGION_UNKNOWN: &str = "region unknown";
pub(crate) const SAME_POLICY: &str = "No change: AWS already has this policy.";
pub(crate) const SECONDS_RANGE: &str = "a number from 1 to 900";
pub(crate) const SHELL: &str = "Shell opens a shell with the credentials in its environment. exit returns to rootdeck.";
pub(crate) const WHICH_KINDS: &str = "Credential types to delete (space toggles)";

pub(crate) const AWS_REFUSES_IT: &str = "AWS would refuse it: nothing is put.";
pub(crate) const FROM_EDITOR: &str = "as edited";
pub(crate) const LOCKED: &str = "locked";
pub(crate) const LOCK_DEPENDS: &str = "on condition";
pub(crate) const LOCK_NOT_READ: &str = "not read";
pub(crate) const LOCK_UNCLEAR: &str = "unclear";
pub(crate) const WITHOUT_POLICY: &str = "no policy";

pub(crate) fn unchanged_lines(count: usize) -> String {
    if count == 1 { "1 unchanged line".to_owned() } else { format!("{count} unchanged lines") }
}

pub(crate) fn reading_policies(left: usize) -> String {
    let stop = super::super::keys::key(crate::app::command::CommandId::CheckLocks);
    let what = if left == 1 { "1 policy".to_owned() } else { format!("{left} policies") };
    format!("reading {what} ({stop} stops)")
}

sentences! {
    account_unread(account, cause) = "{account} could not be read, so nothing in it is deleted: {cause}";
    all_queues_in(regions) = "all queues in {regions}";
    accounts_of(count) = "{count}:";
    as_listed_because(why) = "from the account list; GetPrimaryEmail: {why}";
    as_of(at) = "as of {at}";
    audit_account(name, id) = "Audit the root credentials of {name} ({id})";
    audit_accounts(count) = "Audit the root credentials of {count}";
    audit_takes(count, time) [pause: PauseRun, stop: StopRun] = "{count}, about {time}. You can pause ({pause}) and \
        stop ({stop}) it.";
    aws_allows(commands) = "Allowed commands: {commands}.";
    backup_is_in(path) = "Backup: {path}";
    backup_to_restore(path) = "To restore the backup, enter {path}";
    checks_locks() [check: CheckLocks] = "{check}: read the policies to see which are locked";
    credential_process() [copy: DialogCopy] = "For other programs, credential_process in ~/.aws/config ({copy} \
        copies it):";
    deletes_it() [choose: Choose, edit: EditText] = "{choose}: delete the policy (asks for confirmation), {edit}: edit it again";
    edits_same() [edit: EditText, back: Back] = "{edit}: edit it, {back}: back";
    edits_it() [edit: EditText] = "{edit}: edit it again. Your text is kept.";
    from_file(path) = "from {path}";
    delete_of_account(name, id) = "Delete root credentials of {name} ({id})";
    delete_of_accounts(count) = "Delete root credentials of {count}";
    edit_not_put() [edit: EditText, again: ReadPageAgain] = "Your edit is not put. {edit}: continue it, {again}: discard it.";
    earlier_reading_in(path) = "no backup of what AWS shows now (earlier one: {path})";
    in_each_account(name, id) = "In each account, as in {name} ({id}):";
    skipped_of(count) = "Skipped: {count}";
    skipped_because(reason) = "Skipped: {reason}.";
    none_as_of(at) = "none, as of {at}";
    not_chosen(kinds) = "Not selected, unchanged: {kinds}.";
    nothing_there(account) = "- {account}: no credentials of these types";
    open_session_in(account) = "Open a root session in {account}";
    other_text_saved_in(path) = "backup of another text: {path}";
    holders_of(kind, account) = "{kind} of {account}";
    policy_for(holder, account) = "New policy for {holder} in {account}";
    policy_of(holder, account) = "Policy of {holder} in {account}";
    put_policy_on(holder) = "Put a policy on {holder}";
    puts_it() [choose: Choose, edit: EditText] = "{choose}: put this policy (asks for confirmation), {edit}: edit it";
    queue_in_region(queue, region) = "the queue {queue} in {region}";
    queue_or_region(queue, region) = "the queue {queue} (or in {region})";
    queues_of(account) = "Queues of {account}";
    region_unread(reason) [choose: Choose] = "could not be read: {reason} ({choose} for details)";
    saved_in(path) = "backup: {path}";
    session_in(account) = "Root session in {account}";
    shown_policy_saved_in(path) = "Backup of the policy shown: {path}";
    there_as_of(since, at) = "present{since}, as of {at}";
    verified_at(at) = "verified with GetPrimaryEmail at {at}";
    where_to_look() [next: DialogNext] = "Regions separated by commas, or one queue: its URL, its ARN, or its name and \
        region ({next} completes).";
    without_statement(number) = "the present policy without statement {number}";
    will_delete(credentials, accounts) = "Will delete {credentials} in {accounts}, in this order:";
}
