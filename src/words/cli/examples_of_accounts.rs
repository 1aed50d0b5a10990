//! The examples of the commands about accounts, their emails, contacts and audits.

/// A command line, and what it does.
pub(super) type Example = (&'static str, &'static str);

/// By the words of the command.
pub(super) const ACCOUNTS: [(&str, [Example; 2]); 29] = [
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
];
