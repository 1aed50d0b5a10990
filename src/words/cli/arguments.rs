//! What the help says behind the arguments, and what is wrong with a value.

pub(crate) const START_ENDS: &str = "Exit codes: 0 one-time password sent (or the account has the address, or the \
    change is already pending), 1 failed, 2 invalid or unconfirmed address, 4 not permitted or not ready, 5 outcome \
    unknown (may have been started). AWS operation: account:StartPrimaryEmailUpdate.";
pub(crate) const ACCEPT_ENDS: &str = "Prompts for the one-time password without echo, or reads it from stdin if \
    that is not a terminal: the code alone or the whole mail. It is never an argument. With --mails each mail is \
    matched to the open change of its account; of several mails for one change, the newest counts. Exit codes: 0 \
    accepted (with --wait: the account has the new address), 1 not accepted, 3 some of the mails not accepted, 4 no \
    change is waiting for a code, 5 outcome unknown.";
pub(crate) const STATUS_ENDS: &str = "Exit codes: 0 all accounts read, 3 some unread, 4 or 1 none read.";
pub(crate) const PLAN_ENDS: &str = "The file is CSV with a header. Required columns: account_id and new_email. \
    Other columns are ignored, and rows with an empty new_email skipped. Exit codes: 0 all started (or up to date), 2 errors in the plan, 3 some failed or \
    remain open, 4 not permitted or not ready, 5 some outcomes unknown, 130 interrupted. Resume with `rootdeck \
    email resume`.";
pub(crate) const RESUME_ENDS: &str =
    "Checks interrupted changes first. Nothing is sent twice. Exit codes: as `rootdeck email plan`.";
pub(crate) const POLICY_PRINTS: &str = "Prints the policy to stdout and notes to stderr, without calling AWS. \
    Values not given (organization, management account) are wildcards.";
pub(crate) const POLICY_EXPLAINS: &str = "Without a name, explains all relevant AWS managed policies. Uses the \
    versions included in rootdeck; AWS may have published newer ones.";
pub(crate) const READY_ENDS: &str = "Exit codes: 0 done (with --for: all these tasks are ready), 1 nothing could be \
    judged, 2 wrong usage, 4 no usable credentials (with --for: also a task that is not ready, or where that is \
    unknown).";
pub(crate) const ACCOUNTS_END: &str = "Several values of one filter mean either. Different filters must all match. \
    Exit codes: 0 done, 1 failed, or found what --fail-on names, 2 wrong usage, 3 the place of some accounts is \
    unknown (with --ou), 4 not permitted or not ready, 130 interrupted.";
pub(crate) const SET_CONTACTS_END: &str = "Texts that are not given stay as they are. For a contact that does not \
    exist yet, give all.";
pub(crate) const PLAN_CONTACTS_END: &str = "Columns: account_id, new_name, and security_name, security_title, \
    security_email, security_phone; the same for operations and billing, and primary_name, primary_company, \
    primary_address_1 to 3, primary_city, primary_state, primary_district, primary_postal_code, primary_country, \
    primary_phone, primary_website. A blank cell means: as it is. `-` as an email deletes the contact. Running the \
    same file again changes only what is not so yet.";
pub(crate) const CONTACTS_END: &str = "A missing security contact is a finding: CIS 7.0 2.3, Security Hub Account.1. Exit \
    codes: 0 all read, 1 findings (with --fail-on finding), 3 some accounts unread, or named and skipped (1 with \
    --fail-on unread), 4 not permitted or not ready, 130 interrupted.";
pub(crate) const FINDINGS_END: &str = "Each `rootdeck accounts` compares the list with the one saved before. Exit codes: 0 \
    done, 1 failed, or a finding is listed (with --fail-on finding), 2 wrong usage.";
pub(crate) const AUDIT_ENDS: &str = "With --since-last, --fail-on judges only new findings. Exit codes: 0 all read, 1 findings (with --fail-on finding), 3 some accounts \
    unread, or named and skipped (1 with --fail-on unread), 4 not permitted or not ready, 130 interrupted.";
pub(crate) const REPORT_ENDS: &str = "Each exception is a [[exception]] of a TOML file with account, finding, reason, \
    attested_by and until (its last day, UTC). Exit codes: 0 all read, 1 open findings (with --fail-on finding), 2 wrong \
    usage or a wrong file, 3 some accounts unread, or named and skipped (1 with --fail-on unread), 4 not permitted or not \
    ready, 130 interrupted.";
pub(crate) const HISTORY_ENDS: &str =
    "Audits in a row with the same result are one row. Exit codes: 0 done, 1 failed, 2 wrong usage or no such account.";
pub(crate) const DELETION_ENDS: &str = "Exit codes: 0 all deleted and verified, 3 some failed or not attempted, 4 \
    not permitted or not ready, 5 some outcomes unknown, 130 interrupted.";
pub(crate) const SESSION_USAGE: &str = "rootdeck session [OPTIONS] <ACCOUNT> <TASK> -- <COMMAND>...\n       \
     rootdeck session [OPTIONS] <ACCOUNT> <TASK> --shell\n       \
     rootdeck session [OPTIONS] <ACCOUNT> <TASK> --credential-process";
pub(crate) const SESSION_ENDS: &str = "Exit code: that of the command or shell, or 4 if the session is not \
    permitted or not ready. In a credential_process, set --profile to a profile other than the one that contains it.";
pub(crate) const SWITCH_ENDS: &str = "Exit codes: 0 verified, 1 failed, 4 not permitted or not ready, 5 outcome \
    unknown, or accepted by AWS but not verified (with --no-wait: not immediately).";
pub(crate) const NO_DOMAIN: &str = "not a valid domain for an email address";
pub(crate) const A_PARTITION: &str = "expected a partition such as aws, aws-cn or aws-us-gov";
pub(crate) const AN_ORGANIZATION: &str = "expected the id of an organization, o- and 10 to 32 letters and digits";
pub(crate) const AN_ACCOUNT: &str = "expected an account id of 12 digits";
pub(crate) const A_DOMAIN: &str = "expected a domain such as corp.example";
pub(crate) const AN_AGE: &str = "expected an age such as 90m, 12h or 7d";
pub(crate) const A_REGION: &str = "expected a region such as eu-west-1";
pub(crate) const A_PRINCIPAL: &str = "expected a principal such as iam.amazonaws.com";
pub(crate) const NO_KEPT_AUDITS: &str =
    "--since-last and --max-age need the audits saved on this machine: omit --no-cache";
pub(crate) const NO_REASON: &str = "empty reason: omit --reason instead";
pub(crate) const EVERY_COMMAND: &str = "Environment: ROOTDECK_ and the name of a long option stand for it, such as \
    ROOTDECK_PROFILE for --profile, ROOTDECK_FAIL_ON for --fail-on and ROOTDECK_READ_ONLY=1 for --read-only. An option \
    beats its variable. --yes, --all, --allow-new-domain, --allow-unusual-address, --shell and --credential-process have \
    none: they are typed for one command. AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and NO_COLOR are honored.\n\n\
    Exit codes: 0 done, 1 failed (or a finding, with --fail-on), 2 wrong usage, 3 some items failed or unread, 4 not \
    permitted or not ready, 5 outcome unknown, 130 interrupted, 141 output closed by its reader.\n\n\
    Examples:\n  rootdeck --demo\n  rootdeck accounts -o json | jq -r '.[].email'";
pub(crate) const RECOVERY_END: &str = "AWS does not close a recovery by itself. With --until or --for, rootdeck keeps the \
    end: the dashboard counts down and reminds, and `rootdeck recovery close --expired --yes` closes what is past it, for \
    cron.";
pub(crate) const SCP_END: &str = "Reads only: rootdeck does not change SCPs and RCPs.\n\nExit codes: 0 done, 1 a result of \
    --fail-on or failed, 2 wrong usage, 3 some policies unread (their effect is unknown), 4 not permitted, 130 interrupted.";
pub(crate) const COMPLETIONS: &str = "Accounts come from the account list saved on this machine; nothing is asked of \
    AWS.\n\n  bash        source <(rootdeck completions bash)                     in ~/.bashrc\n  \
    zsh         source <(rootdeck completions zsh)                      in ~/.zshrc, after compinit\n  \
    fish        rootdeck completions fish | source                      in ~/.config/fish/config.fish\n  \
    elvish      eval (rootdeck completions elvish | slurp)              in ~/.config/elvish/rc.elv\n  \
    powershell  rootdeck completions powershell | Out-String | Invoke-Expression   in $PROFILE";
pub(crate) const OUTPUT: &str = "Output format";
pub(crate) const ONLY_DEMO: &str = "--demo-accounts is for the demo: add --demo";
pub(crate) const A_PROFILE: &str = "expected names of profiles, such as prod,acquired";
pub(crate) const ONE_OR_SEVERAL: &str = "--profile is for one organization, --profiles for several: use one of them";
pub(crate) const A_URL: &str = "expected a URL such as https://host or http://127.0.0.1:4599";
pub(crate) const NAMES_NO_ACCOUNT: &str = "no account given";
pub(crate) const ACCESS_KEYS: &str = "Access key ids and their callers. Any secret access key works; with \
    --verify-signatures it is demo/not/a/secret/demo/not/a/secret/demo:\n";
pub(crate) const FAULTS_TITLE: &str = "Kinds of faults:\n";
pub(crate) const FAULTS: [(&str, &str); 9] = [
    ("throttle", "the throttling error of the service; nothing is done"),
    ("internal-error", "an error of the service (HTTP 500); nothing is done"),
    ("access-denied", "the caller's policies do not allow the operation; nothing is done"),
    ("expired-token", "the caller's session has expired; nothing is done"),
    ("clock-skew", "the caller's clock is 10 minutes behind; nothing is done"),
    ("drop", "the connection ends without a response; nothing is done"),
    ("lose-reply", "the operation is done, then the connection ends without a response"),
    ("malformed", "the operation is done, and half of the response arrives"),
    ("delay(DURATION)", "the response comes later, such as delay(250ms)"),
];
pub(crate) const FAULT_FORMS: &str = "RATE is a probability (0.1 or 10%) or a number of times (3x). \
    StartPrimaryEmailUpdate:lose-reply=1x is about one operation. Several rules: repeat --fault, or separate them \
    with commas.\n\n";

pub(crate) const A_SPAN: &str = "expected a duration such as 24h, 90d or 12w";

/// What can be typed as a time in the past.
pub(crate) const TIMES: &str = "30m, 2h, 7d, 1w, a day such as 2026-01-31, or a time such as 2026-01-31T14:00:00Z";

sentences! {
    only_dashboard(option, command) = "--{option} is for the dashboard, not for `rootdeck {command}`";
    no_output(command) = "`{command}` has no --output";
    of_variable(name) = "it comes from the variable {name}";
    one_of(names) = "expected one of {names}";
    one_of_policies(names) = "expected one of {names}; for your own policy use --file";
    task_help(names) = "Task policy (AWS name): {names}";
    feature_help(names) = "Feature (AWS name): {names}";
    a_time(forms) = "expected {forms}";
    a_kind(kinds) = "expected an operation of AWS, such as iam:DeleteAccessKey, or one of {kinds}";
    since_help(forms) = "Only entries since this time: {forms}";
    reason_too_long(longest, excess) = "at most {longest} characters ({excess} too many)";
    a_view(names) = "expected a number from 1 to 7 or one of {names}";
    a_number(most) = "expected a number from 1 to {most}";
    about_access_keys(user, token) =
        "The names are those of --demo-as. A policy name is a role with only this policy.\nSerial number and code \
         of {user}'s MFA device, required by the role OrgAdmin: GET /_emulator/mfa\nAccess token of the SSO portal \
         (account 111122223333, role OrgAdmin): {token}";
}
