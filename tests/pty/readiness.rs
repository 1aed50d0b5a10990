//! Who may what, before anything is tried.

use crate::terminal::Start;

/// The caller, what the header says of it, what view 5 says of its flows, and why a root email can't be
/// changed.
const CALLERS: [(&str, &str, &str, &str); 4] = [
    (
        "AWSOrganizationsReadOnlyAccess",
        "111122223333 management",
        "unknown: Enable",
        "trusted access for account.amazonaws.com is off",
    ),
    ("PowerUserAccess", "111122223333 management", "denied: ListAccounts", "could not be read: not permitted"),
    (
        "delegated-admin",
        "delegated admin for access-analyzer",
        "delegated for other services",
        "management account or delegated administrator for account.amazonaws.com only",
    ),
    ("member", "555500000204 member", "member account", "could not be read: not permitted"),
];

#[test]
fn each_caller_is_told_who_it_is_and_what_it_may_not_do() {
    for (who, header, flow, email) in CALLERS {
        let mut terminal = Start::new(&["--demo", "--demo-as", who]).run();
        terminal.sees(header).types("5").sees("checked just now").sees(flow);
        terminal.types("m").sees("AWSOrganizationsFullAccess").types("q").types("1").types("/shop-prod\r");
        terminal.types("e");
        if who == "AWSOrganizationsReadOnlyAccess" {
            // The dialog offers what is missing; AWS's own words tell the rest.
            terminal.sees("Enable trusted access for account.amazonaws.com").types("\r");
            terminal.sees("AccessDeniedException").sees("Only the management account can change this").types("\x1b");
            terminal.types("5").sees("denied: Enable");
        } else {
            terminal.sees(email);
        }
        terminal.types("q");
        assert!(terminal.ends().success(), "{who}");
    }
}
