//! The dialogs of root access: audits, deletions, tasks, sessions, policies.

pub(crate) const ASKING_AWS: &str = "asking AWS; it can be closed";
pub(crate) const ASKING_MAILBOX: &str = "as listed; asking GetPrimaryEmail";
pub(crate) const AWS_WAS_NOT_ASKED: &str = "AWS was not asked.";
pub(crate) const CANNOT_BE_REVOKED: &str = "It can't be revoked: it lives until its time is over.";
pub(crate) const CHANGE_ACCEPTED: &str = "AWS took the change; waiting until it shows it (up to 60 s).";
pub(crate) const COPIES_SECRETS: &str =
    "Copy exports puts the secret key and the token on the clipboard of the machine you sit at.";
pub(crate) const COPY_EXPORTS: &str = "Copy exports";
pub(crate) const DELETION: &str = "Deletion of root credentials";
pub(crate) const FILE_IS_SHOWN: &str = "The file is read and shown; nothing is put before it was confirmed.";
pub(crate) const OPEN_ALREADY: &str = "in hand already";
pub(crate) const IT_COULD_NOT_BE_READ: &str = "It could not be read";
pub(crate) const IT_WOULD_REPLACE: &str = "It would replace:";
pub(crate) const LOOK_IN: &str = "Look in";
pub(crate) const NEVER_VERIFIED: &str = "as listed, never verified";
pub(crate) const NOT_ATTEMPTED: &str = "  not attempted: it was stopped before this account";
pub(crate) const NOT_LOOKED_AT: &str = "not looked at in this run";
pub(crate) const NOT_REACHED: &str = "not reached";
pub(crate) const NOT_SAVED_YET: &str = "not saved yet";
pub(crate) const NOT_YET: &str = "not yet";
pub(crate) const NO_BUCKETS: &str = "AWS shows no buckets in this account.";
pub(crate) const NO_POLICY_CHOICES: &str = "put one from a file, read again";
pub(crate) const NO_POLICY_NOW: &str = "There is no policy at present.";
pub(crate) const NO_QUEUES: &str = "AWS shows no queues there.";
pub(crate) const NO_REGION_OR_QUEUE: &str = "neither regions nor one queue";
pub(crate) const NO_SESSION: &str = "No session";
pub(crate) const POLICY_CHOICES: &str = "save, delete, put a policy from a file";
pub(crate) const READING_IT: &str = "reading it";
pub(crate) const REGION_UNKNOWN: &str = "region not told";
pub(crate) const SAME_POLICY: &str = "It is the policy that AWS shows already.";
pub(crate) const SECONDS_RANGE: &str = "a whole number from 1 to 900";
pub(crate) const SHELL: &str =
    "Shell hands this terminal to a shell with the credentials in its environment; exit comes back.";
pub(crate) const WHERE_TO_LOOK: &str =
    "Regions, separated by commas; or one queue by its URL, its ARN, or its name, the region behind it.";
pub(crate) const WHICH_KINDS: &str = "Which kinds are to go? Space takes one in or out.";

sentences! {
    account_unread(account, cause) = "{account} could not be read, so nothing of it goes: {cause}";
    all_queues_in(regions) = "all queues in {regions}";
    and_more(count) = "and {count} more";
    as_listed_because(why) = "as listed; GetPrimaryEmail: {why}";
    as_of(at) = "as of {at}";
    audit_account(name, id) = "Audit the root credentials of {name} ({id})";
    audit_accounts(count) = "Audit the root credentials of {count}";
    audit_takes(count, time) [pause: PauseRun, stop: StopRun] = "{count}, about {time}; it can be paused ({pause}) and stopped ({stop}).";
    aws_allows(commands) = "AWS allows in it: {commands}.";
    backup_is_in(path) = "What was saved of it lies in {path}";
    credential_process() [copy: DialogCopy] = "For other programs, as credential_process in ~/.aws/config ({copy} copies it):";
    delete_of_account(name, id) = "Delete root credentials of {name} ({id})";
    delete_of_accounts(count) = "Delete root credentials of {count}";
    earlier_reading_in(path) = "not saved yet; an earlier reading lies in {path}";
    in_each_account(name, id) = "In each account, as in {name} ({id}):";
    skipped_because(reason) = "Left out: {reason}.";
    none_as_of(at) = "none, as of {at}";
    not_chosen(kinds) = "Not chosen, left as they are: {kinds}.";
    nothing_there(account) = "- {account}: nothing of these kinds is there";
    open_session_in(account) = "Open a root session in {account}";
    other_text_saved_in(path) = "another text was saved in {path}";
    policy_for(holder) = "A policy for {holder}";
    policy_of(holder) = "Policy of {holder}";
    put_policy_on(holder) = "Put a policy on {holder}";
    puts_it() [choose: Choose] = "{choose}: put it, after a confirmation";
    queue_in_region(queue, region) = "the queue {queue} in {region}";
    queue_or_region(queue, region) = "the queue {queue} (or in {region})";
    queues_of(account) = "Queues of {account}";
    region_unread(reason) [choose: Choose] = "could not be read: {reason}; {choose} tells more";
    saved_in(path) = "saved in {path}";
    session_in(account) = "Root session in {account}";
    shown_policy_saved_in(path) = "The policy as it was shown is saved in {path}";
    there_as_of(since, at) = "there{since}, as of {at}";
    verified_at(at) = "verified with GetPrimaryEmail at {at}";
    will_delete(credentials, accounts) = "Will delete {credentials} of {accounts}, in this order:";
}
