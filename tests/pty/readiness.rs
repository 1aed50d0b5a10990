//! Who may what, before anything is tried.

use crate::terminal::Start;

/// The caller, what the header says of it, what view 5 says of its flows, and why a root email can't be
/// changed.
const CALLERS: [(&str, &str, &str, &str); 4] = [
    (
        "AWSOrganizationsReadOnlyAccess",
        "111122223333 management",
        "not known: Enable",
        "trusted access for account.amazonaws.com has to be on first",
    ),
    ("PowerUserAccess", "111122223333 management", "denied: ListAccounts", "it could not be read: not permitted"),
    (
        "delegated-admin",
        "delegated admin for access-analyzer",
        "delegate for other services",
        "only the management account or the delegated administrator for account.amazonaws.com may do this",
    ),
    ("member", "555500000204 member", "this account is a member", "it could not be read: not permitted"),
];

#[test]
fn each_caller_is_told_who_it_is_and_what_it_may_not_do() {
    for (who, header, flow, email) in CALLERS {
        let mut terminal = Start::new(&["--demo", "--demo-as", who]).run();
        terminal.sees(header).types("5").sees("asked just now").sees(flow);
        terminal.types("m").sees("AWSOrganizationsFullAccess").types("q").types("1").types("/shop-prod\r");
        terminal.types("e");
        if who == "AWSOrganizationsReadOnlyAccess" {
            // The dialog offers what is missing; AWS's own words tell the rest.
            terminal.sees("Enable trusted access for account.amazonaws.com").types("\r");
            terminal.sees("AccessDeniedException").sees("Only the management account may change this").types("\x1b");
            terminal.types("5").sees("denied: Enable");
        } else {
            terminal.sees(email);
        }
        terminal.types("q");
        assert!(terminal.ends().success(), "{who}");
    }
}
