//! What the help says behind the arguments, and what is wrong with a value.

pub(crate) const START_ENDS: &str = "Ends with 0 if AWS has sent the one-time password (or the account has the address, or the change is pending, \
     already), 1 if it failed, 2 if the address can't be the account's or is not confirmed, 4 if it is not permitted \
     or not ready, 5 if it may have been started. AWS's name for it: account:StartPrimaryEmailUpdate.";
pub(crate) const ACCEPT_ENDS: &str = "The one-time password is asked for without echo, or read from stdin if that is no terminal: the code alone or \
     the whole mail. It is never an argument. Ends with 0 if AWS accepted it (with --wait: if the account has the \
     new address), 1 if it did not, 4 if no change waits for one, 5 if what became of it is not known.";
pub(crate) const STATUS_ENDS: &str =
    "Ends with 0 if AWS told of all accounts that it was asked about, 3 if not of some, 4 or 1 if of none.";
pub(crate) const PLAN_ENDS: &str = "The file is CSV with a header, as spreadsheets save it; the columns account_id and new_email count, others are \
     ignored. Ends with 0 if all were started (or had the address already), 2 if the plan has errors, 3 if some \
     failed or still wait, 4 if it is not permitted or not ready, 5 if the fate of some is not known, 130 if it was \
     interrupted; `rootdeck email resume` goes on.";
pub(crate) const RESUME_ENDS: &str =
    "What was cut off is found out first; nothing is sent twice. Ends as `rootdeck email plan` does.";
pub(crate) const POLICY_PRINTS: &str = "The policy goes to stdout, what should be known about it to stderr. AWS is not asked anything. What is not told \
     (organization, management account) stands as a wildcard.";
pub(crate) const POLICY_EXPLAINS: &str = "Without a name all AWS managed policies that matter here are judged. The policies are those that rootdeck \
     knows; AWS may have published newer ones since.";
pub(crate) const AUDIT_ENDS: &str = "Ends with 0 if all were read, 1 with --fail-on finding if there is a finding, 3 if some accounts could not be \
     read (or were named and are left out; 1 with --fail-on unread), 4 if it is not permitted or not ready, 130 if \
     it was interrupted.";
pub(crate) const DELETION_ENDS: &str = "Ends with 0 only if each credential is seen to be gone, 3 if some failed or were not attempted, 4 if it is not \
     permitted or not ready, 5 if the fate of some is not known, 130 if it was interrupted.";
pub(crate) const SESSION_USAGE: &str = "rootdeck session [OPTIONS] <ACCOUNT> <TASK> -- <COMMAND>...\n       \
     rootdeck session [OPTIONS] <ACCOUNT> <TASK> --shell\n       \
     rootdeck session [OPTIONS] <ACCOUNT> <TASK> --credential-process";
pub(crate) const SESSION_ENDS: &str = "Ends with what the command or shell ends with; 4 if the session is not permitted or not ready. In a \
     credential_process name the profile to call with (--profile), which must be another than the one that it stands \
     in.";
pub(crate) const SWITCH_ENDS: &str = "Ends with 0 if AWS shows it so, 1 if it failed, 4 if it is not permitted or not ready, 5 if AWS took it and \
     does not show it (with --no-wait: not at once), or may have taken it.";
pub(crate) const NO_DOMAIN: &str = "no address can have this domain";
pub(crate) const A_PARTITION: &str = "a partition such as aws, aws-cn or aws-us-gov";
pub(crate) const AN_ORGANIZATION: &str = "the id of an organization, o- and 10 to 32 letters and digits";
pub(crate) const AN_ACCOUNT: &str = "an account id of 12 digits";
pub(crate) const A_DOMAIN: &str = "a domain such as corp.example";
pub(crate) const A_REGION: &str = "a region such as eu-west-1";
pub(crate) const A_PRINCIPAL: &str = "a principal such as iam.amazonaws.com";
pub(crate) const NO_REASON: &str = "it is empty; without a reason, leave --reason out";
pub(crate) const NAMES_NO_ACCOUNT: &str = "it names no account";
pub(crate) const ACCESS_KEYS: &str = "Access key ids, and whose they are (any secret access key will do):\n";

/// What can be typed as a time in the past.
pub(crate) const TIMES: &str =
    "30m, 2h, 7d or 1w ago, a day such as 2026-01-31, or a time such as 2026-01-31T14:00:00Z";

sentences! {
    one_of(names) = "it is one of {names}";
    one_of_policies(names) = "it is one of {names}; a policy of your own is given with --file";
    task_help(names) = "The task policy, by AWS's name: {names}";
    feature_help(names) = "The feature, by AWS's name: {names}";
    since_help(forms) = "Only entries since then: {forms}";
    reason_too_long(longest, excess) = "at most {longest} characters ({excess} too many)";
    a_view(names) = "a number from 1 to 7 or one of {names}";
    a_number(most) = "a number from 1 to {most}";
    about_access_keys(user, token) =
        "The names are those of --demo-as. A policy's name is a role with this policy alone.\n\
         Serial number and code of {user}'s MFA device, which the role OrgAdmin wants: GET /_emulator/mfa\n\
         Access token of the SSO portal (account 111122223333, role OrgAdmin): {token}";
}
