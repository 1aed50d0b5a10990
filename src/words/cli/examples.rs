//! What `--help` of each command ends with: two examples, and the exit codes.

/// A command line, and what it does.
type Example = (&'static str, &'static str);

pub(crate) const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some items failed or unread, 4 \
    not permitted or not ready, 5 outcome unknown, 130 interrupted.";
pub(crate) const LOCAL_EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 wrong usage.";

/// Whether a help has its own.
pub(crate) fn has_exit_codes(help: &str) -> bool {
    help.contains("Exit code")
}

/// The commands that do not call AWS.
pub(crate) const LOCAL: [&str; 10] = [
    "audit history",
    "completions",
    "config",
    "emulator",
    "keys",
    "man",
    "policy",
    "policy explain",
    "purge",
    "schema",
];

/// By the words of the command.
const EXAMPLES: [(&str, [Example; 2]); 62] = [
    (
        "status",
        [
            ("rootdeck status", "Show what each task needs, and what is missing"),
            ("rootdeck status --for audit,change-emails", "Stop a script that is not ready for these tasks"),
        ],
    ),
    (
        "accounts",
        [
            ("rootdeck accounts -o csv >accounts.csv", "Save the list for a spreadsheet"),
            ("rootdeck accounts --not-email-domain corp.example --fail-on any", "Fail on foreign domains"),
        ],
    ),
    (
        "accounts list",
        [
            ("rootdeck accounts list --state SUSPENDED,CLOSED -o json", "List accounts that are not in use"),
            ("rootdeck accounts list --ou Workloads/Production --pending", "List open email changes of one OU"),
        ],
    ),
    (
        "accounts show",
        [
            ("rootdeck accounts show sandbox-07", "Show all that is known of an account"),
            ("rootdeck accounts show 444455556666 -o json", "The same for a script"),
        ],
    ),
    (
        "findings",
        [
            ("rootdeck findings", "Show what changed since earlier account lists"),
            ("rootdeck findings --kind email --fail-on finding", "Fail where someone else changed a primary email"),
        ],
    ),
    (
        "findings list",
        [
            ("rootdeck findings list", "Show what changed since earlier account lists"),
            ("rootdeck findings list --kind gone,state -o json", "Print two kinds for a script"),
        ],
    ),
    (
        "findings acknowledge",
        [
            ("rootdeck findings acknowledge 3 4", "Acknowledge two findings"),
            ("rootdeck findings acknowledge --all", "Acknowledge all of them"),
        ],
    ),
    (
        "audit",
        [
            ("rootdeck audit --deep -o json --fail-on finding,unread", "Fail a nightly job where root can sign in"),
            ("rootdeck audit --since-last --fail-on finding -o csv", "Report only what is new since the last audit"),
        ],
    ),
    (
        "audit history",
        [
            ("rootdeck audit history sandbox-07", "Show what audits found over time"),
            ("rootdeck audit history 444455556666 -o json", "The same for a script"),
        ],
    ),
    (
        "report",
        [
            ("rootdeck report --format html --contacts --out root-users.html", "Write a page to print for an auditor"),
            (
                "rootdeck report --since 30d --max-age 1d --fail-on finding",
                "Print what changed in 30 days, and fail on findings",
            ),
        ],
    ),
    (
        "session",
        [
            (
                "rootdeck session payments-prod IAMAuditRootUserCredentials -- aws iam get-account-summary",
                "Run one call as root",
            ),
            ("rootdeck session 444455556666 S3UnlockBucketPolicy --shell", "Open a shell with the session"),
        ],
    ),
    (
        "credentials delete",
        [
            ("rootdeck credentials delete --dry-run sandbox-07", "Show what will be deleted"),
            (
                "rootdeck credentials delete --only access-keys --unused-for 90d --reason OPS-12 444455556666",
                "Delete the access keys of root that were not used for 90 days",
            ),
        ],
    ),
    (
        "recovery allow",
        [
            ("rootdeck recovery allow sandbox-07", "Allow the root mailbox to set a password"),
            (
                "rootdeck recovery allow 444455556666 payments-prod --for 2h --reason OPS-12",
                "The same in two accounts, to be closed in 2 hours, with a ticket",
            ),
        ],
    ),
    (
        "recovery close",
        [
            ("rootdeck recovery close sandbox-07", "Delete the password that was set in the meantime"),
            ("rootdeck recovery close --expired --yes --reason cron", "Close what is past its end, without a question"),
        ],
    ),
    (
        "recovery list",
        [
            ("rootdeck recovery list", "Show the recoveries that are still open"),
            ("rootdeck recovery list -o json", "The same for a script"),
        ],
    ),
    (
        "s3-policy list",
        [
            ("rootdeck s3-policy list shop-prod", "List the buckets of an account"),
            ("rootdeck s3-policy list 555500000103 -o json --reason OPS-12", "The same for a script, with a ticket"),
        ],
    ),
    (
        "s3-policy show",
        [
            ("rootdeck s3-policy show shop-prod shop-orders", "Print the policy of a bucket"),
            ("rootdeck s3-policy show shop-prod shop-orders >policy.json", "Save it to a file"),
        ],
    ),
    (
        "s3-policy delete",
        [
            ("rootdeck s3-policy delete shop-prod shop-orders", "Delete a policy that locks out all principals"),
            ("rootdeck s3-policy delete shop-prod shop-orders --save policy.json", "Save it to this file first"),
        ],
    ),
    (
        "s3-policy put",
        [
            ("rootdeck s3-policy put shop-prod shop-orders policy.json", "Put a policy on a bucket"),
            ("rootdeck s3-policy put shop-prod shop-orders - --yes <policy.json", "Take it from stdin"),
        ],
    ),
    (
        "sqs-policy list",
        [
            ("rootdeck sqs-policy list shop-prod", "List the queues of an account"),
            ("rootdeck sqs-policy list shop-prod --regions all -o json", "Search all regions"),
        ],
    ),
    (
        "sqs-policy show",
        [
            ("rootdeck sqs-policy show shop-prod orders", "Print the policy of a queue"),
            ("rootdeck sqs-policy show shop-prod orders --queue-region eu-west-1", "The same in another region"),
        ],
    ),
    (
        "sqs-policy delete",
        [
            ("rootdeck sqs-policy delete shop-prod orders", "Clear a policy that locks out all principals"),
            ("rootdeck sqs-policy delete shop-prod orders --save policy.json", "Save it to this file first"),
        ],
    ),
    (
        "sqs-policy put",
        [
            ("rootdeck sqs-policy put shop-prod orders policy.json", "Put a policy on a queue"),
            ("rootdeck sqs-policy put shop-prod orders policy.json --reason OPS-12", "The same with a ticket"),
        ],
    ),
    (
        "email show",
        [
            ("rootdeck email show sandbox-07", "Read the primary email from AWS"),
            ("rootdeck email show 444455556666 payments-prod -o csv", "Read those of two accounts"),
        ],
    ),
    (
        "email start",
        [
            ("rootdeck email start sandbox-07 root-sandbox07@corp.example", "Send a one-time password there"),
            ("rootdeck email start 444455556666 root@corp.example --allow-new-domain --yes", "The same in a script"),
        ],
    ),
    (
        "email accept",
        [
            ("rootdeck email accept sandbox-07", "Type the one-time password"),
            ("rootdeck email accept --mails codes.mbox --yes -o csv", "Accept all changes whose mails are in a file"),
        ],
    ),
    (
        "email status",
        [
            ("rootdeck email status", "Show the changes that were started here"),
            ("rootdeck email status --all -o json", "Check all active member accounts"),
        ],
    ),
    (
        "email resend",
        [
            ("rootdeck email resend sandbox-07", "Send a new one-time password"),
            ("rootdeck email resend 444455556666 --yes -o json", "The same in a script"),
        ],
    ),
    (
        "email forget",
        [
            ("rootdeck email forget sandbox-07", "Forget the new address on this machine"),
            ("rootdeck email forget 444455556666 --yes", "The same without a question"),
        ],
    ),
    (
        "email plan",
        [
            ("rootdeck email plan plan.csv --dry-run", "Check a plan and show its changes"),
            ("rootdeck email plan plan.csv --yes --allow-new-domain=corp.example -o json", "Start it in a script"),
        ],
    ),
    (
        "email resume",
        [
            ("rootdeck email resume", "Resume the open plan"),
            ("rootdeck email resume --plan 3 --results results.csv", "Resume one of several"),
        ],
    ),
    (
        "email plans list",
        [
            ("rootdeck email plans list", "List the plans on this machine"),
            ("rootdeck email plans list -o json", "The same for a script"),
        ],
    ),
    (
        "email plans show",
        [
            ("rootdeck email plans show 3", "Show what became of each change of a plan"),
            ("rootdeck email plans show 3 -o csv", "Save it for a spreadsheet"),
        ],
    ),
    (
        "email plans drop",
        [
            ("rootdeck email plans drop 3", "Delete a plan from this machine"),
            ("rootdeck email plans drop 3 --yes", "The same without a question"),
        ],
    ),
    (
        "email template",
        [
            ("rootdeck email template --domain corp.example >plan.csv", "Propose the addresses at another domain"),
            ("rootdeck email template --accounts sandbox-07,payments-prod", "Only for two accounts"),
        ],
    ),
    (
        "contacts list",
        [
            ("rootdeck contacts list --type security --fail-on finding", "Fail where the security contact is missing"),
            ("rootdeck contacts list -o csv >contacts.csv", "Save all contacts for a spreadsheet"),
        ],
    ),
    (
        "accounts rename",
        [
            ("rootdeck accounts rename sandbox-07 sandbox-7", "Rename an account"),
            ("rootdeck accounts rename 444455556666 sandbox-7 --dry-run", "Check the name only"),
        ],
    ),
    (
        "contacts set",
        [
            (
                "rootdeck contacts set all --type security --name SOC --title Team --email soc@corp.example --phone +1-206-555-0100",
                "Set the security contact of all accounts",
            ),
            (
                "rootdeck contacts set payments-prod --type billing --email bills@corp.example",
                "Change only the address of a contact",
            ),
        ],
    ),
    (
        "contacts set-primary",
        [
            ("rootdeck contacts set-primary sandbox-07 --phone +1-206-555-0199", "Change only the phone number"),
            ("rootdeck contacts set-primary all --company 'Example Corp.' --dry-run", "See what would be changed"),
        ],
    ),
    (
        "contacts delete",
        [
            ("rootdeck contacts delete sandbox-07 --type operations", "Delete a contact"),
            ("rootdeck contacts delete all --type billing --dry-run", "See which would be deleted"),
        ],
    ),
    (
        "contacts plan",
        [
            ("rootdeck contacts plan contacts.csv --dry-run", "Check a file and show its changes"),
            ("rootdeck contacts plan contacts.csv --reason OPS-12", "Make them"),
        ],
    ),
    (
        "contacts show",
        [
            ("rootdeck contacts show payments-prod", "Show the contacts of an account"),
            ("rootdeck contacts show 444455556666 -o json", "The same for a script"),
        ],
    ),
    (
        "scp explain",
        [
            ("rootdeck scp explain policy-canary", "Show what blocks root sessions in an account"),
            (
                "rootdeck scp explain 666600000001 -o json | jq -r '.exemptions[].diff'",
                "Print the change that lets them through",
            ),
        ],
    ),
    (
        "trust list",
        [
            ("rootdeck trust list", "Show the services with trusted access"),
            ("rootdeck trust list -o json", "The same for a script"),
        ],
    ),
    (
        "trust enable",
        [
            ("rootdeck trust enable iam.amazonaws.com", "Enable trusted access for IAM"),
            ("rootdeck trust enable account.amazonaws.com --yes --no-wait", "Do not wait until it is verified"),
        ],
    ),
    (
        "trust disable",
        [
            ("rootdeck trust disable account.amazonaws.com", "Disable trusted access"),
            ("rootdeck trust disable iam.amazonaws.com --reason OPS-12", "The same with a ticket"),
        ],
    ),
    (
        "features list",
        [
            ("rootdeck features list", "Show the features of centralized root access"),
            ("rootdeck features list -o json", "The same for a script"),
        ],
    ),
    (
        "features enable",
        [
            ("rootdeck features enable RootSessions", "Enable root sessions"),
            (
                "rootdeck features enable RootCredentialsManagement --yes",
                "The same for credentials, without a question",
            ),
        ],
    ),
    (
        "features disable",
        [
            ("rootdeck features disable RootSessions", "Disable root sessions"),
            ("rootdeck features disable RootCredentialsManagement --reason OPS-12", "The same for credentials"),
        ],
    ),
    (
        "delegated-admins list",
        [
            ("rootdeck delegated-admins list", "Show who administers which service"),
            ("rootdeck delegated-admins list -o json", "The same for a script"),
        ],
    ),
    (
        "delegated-admins register",
        [
            (
                "rootdeck delegated-admins register security-tooling iam.amazonaws.com",
                "Let it audit and delete root credentials",
            ),
            (
                "rootdeck delegated-admins register 444455556666 account.amazonaws.com --reason OPS-12",
                "Let it change primary emails, with a ticket",
            ),
        ],
    ),
    (
        "delegated-admins deregister",
        [
            ("rootdeck delegated-admins deregister security-tooling iam.amazonaws.com", "Take that away again"),
            (
                "rootdeck delegated-admins deregister 444455556666 account.amazonaws.com --yes -o json",
                "The same in a script",
            ),
        ],
    ),
    (
        "purge",
        [
            ("rootdeck purge --dry-run", "Show what will be forgotten"),
            ("rootdeck purge --yes", "Forget all email addresses saved here"),
        ],
    ),
    (
        "policy",
        [
            ("rootdeck policy --for audit,change-emails", "Print the policy for two tasks"),
            ("rootdeck policy --for scp >scp.json", "Save the policy that guards root"),
        ],
    ),
    (
        "policy explain",
        [
            ("rootdeck policy explain PowerUserAccess", "Show what is missing in an AWS managed policy"),
            ("rootdeck policy explain --file policy.json -o json", "Explain your own policy"),
        ],
    ),
    (
        "journal",
        [
            ("rootdeck journal --since 7d --changes --outcome ok -o json", "Print who changed what last week"),
            ("rootdeck journal --account sandbox-07 --all -o csv", "Save all that was done in an account"),
        ],
    ),
    (
        "emulator",
        [
            ("rootdeck emulator --accounts 5000 --seed 7", "Run a large organization"),
            ("rootdeck emulator --listen 127.0.0.1:0 --fault throttle=0.1", "Throttle every tenth request"),
        ],
    ),
    (
        "keys",
        [
            ("rootdeck keys", "Print all keys"),
            ("rootdeck keys --config team.toml", "Print those of another configuration"),
        ],
    ),
    (
        "config",
        [
            ("rootdeck config -o json", "Print the settings that hold"),
            ("rootdeck config --default >config.toml", "Save a file with every setting explained"),
        ],
    ),
    (
        "completions",
        [
            ("rootdeck completions bash >/etc/bash_completion.d/rootdeck", "Install them for all users"),
            ("rootdeck completions fish | source", "Use them in this shell"),
        ],
    ),
    (
        "man",
        [
            ("rootdeck man | man -l -", "Read the manual"),
            ("rootdeck man --dir /usr/local/share/man/man1", "Install the pages of all commands"),
        ],
    ),
    (
        "schema",
        [("rootdeck schema", "List the outputs"), ("rootdeck schema email-status", "Print the JSON Schema of one")],
    ),
];

/// Those of a command by its words, such as `email start`; of a group of commands the first ones of those in it. `None`
/// for a word that is none.
pub(crate) fn of(command: &str) -> Option<[Example; 2]> {
    let named = |(name, _): &&(&str, [Example; 2])| *name == command;
    if let Some((_, examples)) = EXAMPLES.iter().find(named) {
        return Some(*examples);
    }
    let is_inside = |name: &str| name.strip_prefix(command).is_some_and(|rest| rest.starts_with(' '));
    let mut inside = EXAMPLES.iter().filter(|(name, _)| is_inside(name)).map(|(_, examples)| examples);
    let [first, second] = inside.next()?;
    Some([*first, inside.next().map_or(*second, |[other, _]| *other)])
}

pub(crate) fn section(examples: &[Example]) -> String {
    let lines = examples.iter().map(|(line, what)| format!("  {line}\n      {what}"));
    format!("Examples:\n{}", lines.collect::<Vec<_>>().join("\n"))
}
